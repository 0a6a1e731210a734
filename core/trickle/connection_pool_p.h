#pragma once

#include "sluice/net/asio_exchange.h"

#include <memory>
#include <vector>

namespace sluice::trickle {

/// Connections to one server, of which a few wait for their next request. On the I/O thread.
class ConnectionPool final {
public:
    ConnectionPool(boost::asio::any_io_executor executor, QUrl server, std::shared_ptr<AsioTls> tls, std::chrono::milliseconds connectTimeout);

    /// One that waits, or a new one. Throws as AsioExchange::connect() does.
    boost::asio::awaitable<std::shared_ptr<AsioExchange>> take();
    /// Takes it over if it can carry another request and there is room; else `exchange` stays as it is.
    void keep(std::shared_ptr<AsioExchange> &exchange);
    /// Drops those that wait.
    void clear() { m_idle.clear(); }

private:
    const boost::asio::any_io_executor m_executor;
    const QUrl m_server;
    const std::shared_ptr<AsioTls> m_tls;
    const std::chrono::milliseconds m_connectTimeout;
    std::vector<std::shared_ptr<AsioExchange>> m_idle;
};

} // namespace sluice::trickle
