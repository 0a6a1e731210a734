#pragma once

#include "sluice/net/http_server.h"

#include <boost/asio/awaitable.hpp>

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QList>

#include <functional>

namespace sluice {

/// Which handler answers a request, by its path. Protocols mount their routes on it; it knows none of them.
///
/// Paths are treated as Go's ServeMux does: one that is not clean ("//", ".", "..") is redirected with 301, one that nobody mounted is
/// answered `404 page not found`. Filled before the server listens, by one thread; from then on it is constant, and used on the I/O thread.
class Router final {
public:
    /// Requests for exactly this path, percent-decoded; for all paths below it when it ends in a slash.
    void mount(const QByteArray &path, HttpHandler handler);
    /// Requests whose path, as received and not cleaned, is the protocol's own to judge. These are asked first, in the order of their mounting.
    void mountRaw(std::function<bool(const ServerRequest &request)> owns, HttpHandler handler);
    /// Takes open connections whose client speaks HTTP/2 only, as gRPC's do, and closes them. There can be one.
    void mountHttp2(std::function<void(int socket)> take);

    [[nodiscard]] bool isEmpty() const { return m_exact.isEmpty() && m_below.isEmpty() && m_raw.isEmpty() && !m_takeHttp2; }
    /// Unset: no HTTP/2.
    [[nodiscard]] const std::function<void(int socket)> &takeHttp2() const { return m_takeHttp2; }
    /// Answers one request.
    [[nodiscard]] boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response) const;

private:
    struct Raw {
        std::function<bool(const ServerRequest &request)> owns;
        HttpHandler handler;
    };
    struct Below {
        QByteArray path; ///< with its slash
        HttpHandler handler;
    };
    [[nodiscard]] QByteArray cleaned(const QByteArray &path) const;

    QHash<QByteArray, HttpHandler> m_exact;
    QList<Below> m_below;
    QList<Raw> m_raw;
    std::function<void(int socket)> m_takeHttp2;
};

} // namespace sluice
