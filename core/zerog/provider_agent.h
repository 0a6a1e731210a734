#pragma once

#include "sluice/base/clock.h"
#include "sluice/net/io_thread.h"
#include "sluice/zerog/agent_options.h"

#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <chrono>
#include <memory>

namespace sluice::zerog {

struct ProviderAgentOptions {
    explicit ProviderAgentOptions(PrivateKey providerKey)
        : key(std::move(providerKey))
    {
    }
    PrivateKey key; ///< whose services they are, and who is paid
    LedgerMaker ledger;
    QString stateFile; ///< its own tables, in a file of its own
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 0;  ///< 0: a free one
    QString publicUrl; ///< where users' agents reach this one; empty: where it listens
    QStringList hosts; ///< further names of this server, as HttpServerOptions takes them; that of publicUrl is one already
    std::chrono::milliseconds settleInterval{600'000};     ///< looks whether somebody may not be able to pay what is not settled
    std::chrono::milliseconds forceInterval{86'400'000};   ///< settles whatever there is
    std::chrono::milliseconds aloneTime{600'000}; ///< how long an answer is read and counted for a caller that has left
    qsizetype maxBodyBytes = 32 * 1024 * 1024;
    const Clock *clock = &Clock::system();
};

/// The provider's side of 0G serving (zerog-serving.md 1.3, 2.6, 2.7, 3, 5, 7): it registers services, checks and records signed calls, passes
/// them on to the services, and settles.
///
/// A caller may rely on this: what was accepted is on the disk before the service is asked, and what was counted before the answer leaves, so a
/// kill -9 at any moment neither loses nor doubles a charge; a call that fails costs nothing; nothing is sent to a service twice, and no redirect of
/// one is followed. Only `/v1/proxy` is answered to other machines, if it listens for them at all.
///
/// Made, listened and stopped from any thread but the I/O thread; the IoThread must outlive it.
class ProviderAgent final {
public:
    ProviderAgent(IoThread &io, ProviderAgentOptions options);
    /// Stops.
    ~ProviderAgent();
    ProviderAgent(const ProviderAgent &) = delete;
    ProviderAgent &operator=(const ProviderAgent &) = delete;

    /// Opens ledger and state, brings them together, settles what is left over, and answers. Blocks until then. Errors: Storage, Network (port in
    /// use), Config.
    [[nodiscard]] Expected<QUrl> listen();
    /// Calls under way are dropped; what they were is settled with at the next start.
    void stop();
    /// Once listening.
    [[nodiscard]] QUrl url() const;
    /// Whose it is.
    [[nodiscard]] Address provider() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sluice::zerog
