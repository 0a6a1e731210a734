#include "sluice/trickle/connection_pool_p.h"

namespace sluice::trickle {

namespace {
constexpr std::size_t MaxIdle = 2; // the current request and the one ahead
} // namespace

ConnectionPool::ConnectionPool(
    boost::asio::any_io_executor executor, QUrl server, std::shared_ptr<AsioTls> tls, std::chrono::milliseconds connectTimeout)
    : m_executor(std::move(executor))
    , m_server(std::move(server))
    , m_tls(std::move(tls))
    , m_connectTimeout(connectTimeout)
{
}

boost::asio::awaitable<std::shared_ptr<AsioExchange>> ConnectionPool::take()
{
    while (!m_idle.empty()) {
        const auto idle = m_idle.back();
        m_idle.pop_back();
        if (idle->isReusable())
            co_return idle;
    }
    const auto exchange = std::make_shared<AsioExchange>(m_executor, m_server, m_tls);
    co_await exchange->connect(m_connectTimeout);
    co_return exchange;
}

void ConnectionPool::keep(std::shared_ptr<AsioExchange> &exchange)
{
    if (exchange && exchange->isReusable() && m_idle.size() < MaxIdle)
        m_idle.push_back(std::exchange(exchange, nullptr));
}

} // namespace sluice::trickle
