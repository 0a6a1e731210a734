#pragma once

#include "sluice/byoc/orchestrator_journal.h"
#include "sluice/byoc/orchestrator_options.h"
#include "sluice/crypto/address.h"
#include "sluice/node/node.h"
#include "sluice/payments/recipient.h"

#include <boost/asio/awaitable.hpp>

namespace sluice::byoc {

template <typename T> using Awaitable = boost::asio::awaitable<T>;

/// What the parts of one orchestrator share: its node, recipient and settings.
struct OrchestratorContext {
    Node &node;
    Recipient &recipient;
    const ChainView &chain;
    const OrchestratorOptions options;
    TicketJournal *const journal; ///< may be null

    [[nodiscard]] bool has(Quirk quirk) const { return options.quirks.testFlag(quirk); }
    /// Where workers find the channels.
    [[nodiscard]] QString workerAddr() const;
    /// Whether `text` is a signature of `address` over `message`; without a chain any hexadecimal text is.
    [[nodiscard]] bool isSignature(const QString &text, const Expected<Address> &address, const QByteArray &message) const;
};
using SharedContext = std::shared_ptr<const OrchestratorContext>;

/// The answer to a request that is refused.
struct HttpRefusal {
    int status = 400;
    QByteArray text;
    bool drop = false; ///< a quirk: close without an answer
    bool insufficientBalance = false;
};

/// Sends it.
Awaitable<void> refuse(const HttpRefusal &refusal, ServerResponse &response);
/// 405 `Method not allowed`.
Awaitable<void> refuseMethod(ServerResponse &response);
[[nodiscard]] Headers jsonHeaders();
/// `Livepeer-Balance` and nothing else.
[[nodiscard]] Headers balanceField(const QByteArray &balance);
/// 200 with a JSON document.
Awaitable<void> sendJson(const Json &json, ServerResponse &response);

} // namespace sluice::byoc
