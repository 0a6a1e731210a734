#pragma once

#include "sluice/snippets/body_p.h"

namespace sluice::detail {

/// How the network is reached, which decides what the code must do by itself.
enum class Route {
    Paid,    ///< an orchestrator, with a signed and paid job
    Unpaid,  ///< an orchestrator of a test network that asks for neither
    Gateway, ///< a gateway that signs and pays
};

/// What signs and pays on the Paid route.
enum class Payer { LocalKey, Token, Signer };

/// What every language needs to know about a call, decided once.
struct Plan {
    explicit Plan(const SnippetContext &context);

    Body body;
    Route route = Route::Paid;
    Payer payer = Payer::LocalKey;
    bool stream = false;
    bool live = false;
    bool ownOrchestrators = false; ///< the profile names them, so the token's own list is not used
    QString capability;
    QString plainPath;  ///< below the worker's address, as Call::path has it
    QString path;       ///< the same, percent-encoded
    qint64 timeout = 0; ///< of the job, in seconds
    qint64 httpTimeout = 0; ///< a little longer than the job's
    QString backend;    ///< for the header comment
    QString version;

    /// LIVEPEER_GATEWAY_URL or LIVEPEER_ORCH_URL.
    [[nodiscard]] QString addressVariable() const;
    /// The address, and what signs: for curl, Node and C++.
    [[nodiscard]] QList<SnippetVariable> environment() const;

    QString address; ///< a suggestion for it
};

[[nodiscard]] SnippetVariable senderKeyVariable();
[[nodiscard]] SnippetVariable tokenVariable();
[[nodiscard]] SnippetVariable signerVariable(bool required);
[[nodiscard]] SnippetVariable signerAuthVariable();

/// No control characters, which would end up hidden in code that a person pastes.
[[nodiscard]] bool isPlain(const QString &text);

/// Why no language can write this call; empty when some can.
[[nodiscard]] QString whyNoCode(const SnippetContext &context);

/// The unsigned job header of a gateway as JSON, except for its id.
[[nodiscard]] Json jobHeader(const Plan &plan, const Call &call);

/// The Python expression for a hole.
[[nodiscard]] QString pythonHole(const Hole &hole);

/// Lines joined, with one at the end.
[[nodiscard]] QString joined(const QStringList &lines);

} // namespace sluice::detail
