#pragma once

#include "sluice/base/expected.h"
#include "sluice/net/tls_trust.h"

#include <chrono>
#include <memory>
#include <mutex>

// Only declared, so that users of these clients need not have Asio.
namespace boost::asio {
class any_io_executor;
template <typename T, typename Executor> class awaitable;
namespace ssl {
class context;
}
} // namespace boost::asio

namespace sluice {

/// How a client on the I/O thread judges the servers' certificates. Shared by all connections that trust alike; thread-safe.
class AsioTls {
public:
    virtual ~AsioTls() = default;

    /// Asks `trust` on its own thread, whose event loop must run meanwhile. May outlive it: then every server is refused.
    static std::shared_ptr<AsioTls> trusting(TlsTrust &trust, TrustPolicy policy);
    /// Takes only the public key with this fingerprint (TlsTrust::fingerprint()), or with TlsTrust::VerifiedBySystem what
    /// the system's authorities vouch for. For callers that have looked up TlsTrust::pinned() before.
    static std::shared_ptr<AsioTls> expecting(const QString &fingerprint);
    /// Takes what the system's authorities vouch for, under its own name.
    static std::shared_ptr<AsioTls> systemCas();
    /// Takes every certificate: orchestrator to worker (byoc.md 4.4). One for all.
    static std::shared_ptr<AsioTls> unverified();

    /// The verdict on one server; `problem` is what the system's authorities hold against it, empty if nothing. Timeout when
    /// the thread that is asked does not answer in time.
    virtual boost::asio::awaitable<Expected<void>, boost::asio::any_io_executor> judge(
        QUrl url, QSslCertificate certificate, QString problem, std::chrono::milliseconds timeout) = 0;
    /// Whether a clear-text address may be used, asked before anything is connected: TlsTrust::permits(); never where a key is expected.
    virtual boost::asio::awaitable<Expected<void>, boost::asio::any_io_executor> permits(QUrl url, std::chrono::milliseconds timeout);
    /// One context for all connections that trust alike.
    [[nodiscard]] std::shared_ptr<boost::asio::ssl::context> context();

private:
    std::mutex m_mutex;
    std::shared_ptr<boost::asio::ssl::context> m_context;
};

} // namespace sluice
