#include "sluice/net/accepting.h"

#include "sluice/base/log.h"
#include "sluice/net/listening.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace sluice {

namespace asio = boost::asio;
using namespace std::chrono_literals;

Accepting::Accepting(IoThread &io)
    : m_io(io)
    , m_acceptor(io.context())
{
}

Expected<quint16> Accepting::bind(const QString &address, quint16 port)
{
    return listenOn(m_acceptor, address, port);
}

void Accepting::begin(std::shared_ptr<Accepting> self)
{
    m_begun = true;
    m_io.post([self] {
        self->m_accepting = true;
        asio::co_spawn(
            self->m_io.context(), [self] { return self->acceptAll(); },
            [self](const std::exception_ptr &) {
                self->m_accepting = false;
                self->tellIfEnded();
            });
    });
}

asio::awaitable<void> Accepting::acceptAll()
{
    asio::steady_timer pause(m_io.context());
    while (!m_stopping) {
        auto [error, socket] = co_await m_acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
        if (!error) {
            serve(std::move(socket));
        } else if (!m_stopping && !makeRoom()) {
            // It passes, and spinning would not help.
            qCWarning(logNet) << "Accepting a connection failed:" << QString::fromStdString(error.message());
            pause.expires_after(100ms);
            co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
        }
    }
}

void Accepting::left()
{
    --m_open;
    tellIfEnded();
}

void Accepting::stopOnThread()
{
    if (std::exchange(m_stopping, true))
        return;
    boost::system::error_code ignored; // closing a closed acceptor
    m_acceptor.close(ignored);
    endAll();
    tellIfEnded();
}

void Accepting::tellIfEnded()
{
    if (!m_stopping || m_accepting || m_open > 0)
        return;
    ended();
    const std::scoped_lock lock(m_mutex);
    m_ended = true;
    m_endedChanged.notify_all();
}

bool Accepting::stop(const std::shared_ptr<Accepting> &self)
{
    if (!m_begun)
        return true;
    Q_ASSERT(!m_io.isCurrent());
    m_io.post([self] { self->stopOnThread(); });
    std::unique_lock lock(m_mutex);
    return m_endedChanged.wait_for(lock, 10s, [this] { return m_ended || m_io.context().stopped(); });
}

} // namespace sluice
