#pragma once

#include "sluice/base/expected.h"
#include "sluice/net/io_thread.h"
#include "sluice/net/self_signed.h"

#include <QtCore/QByteArray>
#include <QtCore/QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace sluice::lv2v {

/// The status that a gRPC client gets instead of an answer.
struct RpcRefusal {
    int code = 2; ///< UNKNOWN, as the network's orchestrators say (payments.md 1.1)
    QByteArray text;
};

/// Serves `net.Orchestrator/GetOrchestrator` and nothing else, under the names that HostGuard lets through: `hosts` and this machine's own.
/// Its answers are made on the I/O thread, which must run until stop().
class RpcServer {
public:
    using Answer = std::function<Expected<QByteArray, RpcRefusal>(const QByteArray &request)>;

    RpcServer(IoThread &io, const QStringList &hosts, Answer answer);
    /// Stops.
    ~RpcServer();
    RpcServer(const RpcServer &) = delete;
    RpcServer &operator=(const RpcServer &) = delete;

    /// Binds and begins; the port. Errors: Network, Config.
    [[nodiscard]] Expected<quint16> start(const QString &address, quint16 port, const std::optional<TlsIdentity> &tls);
    /// Begins without a port of its own, for the connections that it is given.
    [[nodiscard]] Expected<void> startWithoutPort(const std::optional<TlsIdentity> &tls);
    /// Serves a connection that another server accepted, and closes it. Any thread, between start and stop.
    void take(int socket);
    /// Ends what runs within a second, and waits for it. Not on the I/O thread.
    void stop();

private:
    class Service;
    std::unique_ptr<Service> m_service;
};

} // namespace sluice::lv2v
