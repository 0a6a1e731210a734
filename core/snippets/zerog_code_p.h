#pragma once

#include "sluice/snippets/body_p.h"
#include "sluice/zerog/sent_call.h"

namespace sluice::detail {

/// What every language needs to know about a call of 0G serving through a user agent, decided once. The agent holds the key that signs and pays, so
/// that code has no secret of its own.
struct ZerogCode {
    explicit ZerogCode(const SnippetContext &context);

    QString path;     ///< below the agent's address, percent-encoded
    Body body;        ///< as the backend sends it
    bool chat = false; ///< else a storage node is asked
    bool stream = false;
    qint64 timeout = 0; ///< in seconds
    QString version;
    QList<SnippetVariable> environment;

    [[nodiscard]] QString comment() const { return QStringLiteral("a user agent of 0G serving, which signs and pays"); }
    [[nodiscard]] Snippet snippet(const QStringList &lines, const char *fileName, const char *language, const char *run) const;
};

/// The variable with the agent's address.
inline constexpr char ZerogAddress[] = "ZEROG_USER_AGENT_URL";
/// ZerogAddress, with what fits the profile.
[[nodiscard]] SnippetVariable zerogAddress(const SnippetContext &context);
/// Of a chat; else the service stands before a storage node.
[[nodiscard]] bool isZerogChat(const SnippetContext &context);
/// Why no language can write this call; empty when some can.
[[nodiscard]] QString whyNoZerogCode(const SnippetContext &context);

} // namespace sluice::detail
