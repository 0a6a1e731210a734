#pragma once

#include "sluice/livepeer/orchestrator_info.h"

#include <chrono>

namespace sluice::livepeer {

/// Makes an orchestrator's auth tokens and knows them again: a MAC over sender, expiration, session id and what else they are bound to, so that
/// nothing has to be remembered. A restart invalidates them. Thread-safe.
class TokenMint final {
public:
    explicit TokenMint(std::chrono::seconds life);

    /// A token for that sender. `bound`: what it is good for and nothing else.
    [[nodiscard]] AuthToken make(const Address &sender, const QString &sessionId, QByteArrayView bound = {}) const;
    /// Nothing, or the words to refuse with (payments.md 2.7).
    [[nodiscard]] std::optional<QByteArray> whyRefused(const std::optional<AuthToken> &token, const Address &sender, QByteArrayView bound = {}) const;

private:
    [[nodiscard]] QByteArray macOf(const AuthToken &token, const Address &sender, QByteArrayView bound) const;

    const std::chrono::seconds m_life;
    const QByteArray m_secret;
};

/// Random bits as lower-case hex.
[[nodiscard]] QString randomHex(int bytes);

} // namespace sluice::livepeer
