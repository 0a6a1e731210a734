#pragma once

#include "sluice/net/http_server.h"
#include "sluice/node/router.h"

#include <QtCore/QUrl>

#include <memory>
#include <optional>

namespace sluice {

struct NodeOptions {
    QString address = QStringLiteral("127.0.0.1");
    /// The certificate to serve with; none means cleartext HTTP.
    std::optional<TlsIdentity> tls;
    /// What clients are told as the place for requests, when something stands before the node; empty: where it listens.
    QString serviceAddr;
    /// Further names under which it is reached, as HttpServerOptions::hosts takes them.
    QStringList hosts;
};

/// One port of a network's node and what protocols share there: the listener with its TLS and host guard, the router on which they mount
/// their routes, and the connections of gRPC clients, which are told apart by ALPN.
///
/// Mount everything first, then listen. Handlers collect bodies themselves (ServerResponse::readBody), after a look at the head. What
/// mounted routes must outlive the node's stop(). Made, listened and stopped from any thread but the I/O thread; the IoThread must outlive it.
class Node final {
public:
    Node(IoThread &io, NodeOptions options);
    /// Stops.
    ~Node();
    Node(const Node &) = delete;
    Node &operator=(const Node &) = delete;

    [[nodiscard]] IoThread &io() const;
    /// To be filled before listen().
    [[nodiscard]] Router &router();
    [[nodiscard]] const NodeOptions &options() const;

    /// Binds and begins to answer; 0: any free port. Errors, after which it may be tried again: Network (port in use), Config (certificate
    /// unusable).
    [[nodiscard]] Expected<QUrl> listen(quint16 port = 0);
    /// Closes every connection and waits until the handlers have returned. Harmless twice.
    void stop();
    /// Where it listens, or did: "https://127.0.0.1:8935". For handlers, and for others once listen() returned.
    [[nodiscard]] QUrl url() const;
    /// What clients are told, as above.
    [[nodiscard]] QString serviceAddr() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sluice
