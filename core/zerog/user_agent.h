#pragma once

#include "sluice/base/clock.h"
#include "sluice/net/io_thread.h"
#include "sluice/zerog/agent_options.h"

#include <QtCore/QUrl>

#include <chrono>
#include <memory>

namespace sluice::zerog {

struct UserAgentOptions {
    explicit UserAgentOptions(PrivateKey userKey)
        : key(std::move(userKey))
    {
    }
    PrivateKey key; ///< who signs and pays
    LedgerMaker ledger;
    QString stateFile; ///< its own tables, in a file of its own
    quint16 port = 0;  ///< on 127.0.0.1; 0: a free one
    std::chrono::milliseconds refundInterval{600'000}; ///< from one look for refunds that are due to the next; the first after one of them
    std::chrono::milliseconds aloneTime{600'000}; ///< how long an answer is read and counted for a caller that has left
    qsizetype maxBodyBytes = 32 * 1024 * 1024;
    const Clock *clock = &Clock::system();
};

/// The user's side of 0G serving (zerog-serving.md 1.3, 2, 7): services, accounts, deposits and refunds, and calls that it signs and sends on. On
/// loopback only: whoever reaches it spends its key's money.
///
/// A caller may rely on this: a nonce is on the disk before its request leaves, and a count before its answer does; a request that may have been
/// taken is not sent again; nothing is signed for an answer that this agent did not count itself, but once for each call whose end it could not
/// see (rule 11).
///
/// Made, listened and stopped from any thread but the I/O thread; the IoThread must outlive it.
class UserAgent final {
public:
    UserAgent(IoThread &io, UserAgentOptions options);
    /// Stops.
    ~UserAgent();
    UserAgent(const UserAgent &) = delete;
    UserAgent &operator=(const UserAgent &) = delete;

    /// Opens ledger and state and answers. Errors: Storage, Network (port in use).
    [[nodiscard]] Expected<QUrl> listen();
    void stop();
    /// Once listening.
    [[nodiscard]] QUrl url() const;
    [[nodiscard]] Address user() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sluice::zerog
