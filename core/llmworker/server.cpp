#include "sluice/llmworker/server.h"

#include "server_connection_p.h"

#include "sluice/base/log.h"
#include "sluice/net/io_thread.h"
#include "sluice/net/listening.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <condition_variable>
#include <mutex>
#include <set>

namespace sluice::llmworker {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

namespace {

/// What nobody expected of a connection ends it, and is told.
void logProblem(const std::exception_ptr &problem)
{
    try {
        if (problem)
            std::rethrow_exception(problem);
    } catch (const std::exception &error) {
        qCWarning(logNet) << "A worker's connection ended with:" << error.what();
    }
}

} // namespace

class Server::Impl : public std::enable_shared_from_this<Server::Impl> {
public:
    Impl(IoThread &thread, const ServerOptions &options, Providers given)
        : io(thread)
        , shared(std::make_shared<ServerShared>(options))
        , providers(std::move(given))
        , acceptor(thread.context())
    {
    }

    Expected<QUrl> listen();
    asio::awaitable<void> acceptAll();
    void serve(tcp::socket socket);
    void dropLargest();
    void stopOnThread();
    void signalIfIdle();

    IoThread &io;
    const std::shared_ptr<ServerShared> shared;
    const Providers providers;
    tcp::acceptor acceptor;
    quint16 port = 0;
    bool listening = false;

    // On the I/O thread only.
    std::set<std::shared_ptr<ServerConnection>> connections;
    bool stopping = false;
    bool accepting = false;

    std::mutex mutex;
    std::condition_variable idleChanged;
    bool idle = false;
};

Expected<QUrl> Server::Impl::listen()
{
    const ServerOptions &options = shared->options;
    const Expected<quint16> bound = listenOn(acceptor, options.address, options.port);
    if (!bound)
        return unexpected(bound.error());
    port = *bound;
    QList<QueueFile::Entry> left;
    std::unique_ptr<QueueFile> file;
    if (!options.queueFile.isEmpty()) {
        auto opened = QueueFile::open(options.queueFile, left);
        if (!opened)
            return unexpected(opened.error());
        file = *std::move(opened);
    }
    shared->desk = std::make_shared<JobDesk>(io.context().get_executor(), options, providers, std::move(file));
    listening = true;
    accepting = true;
    io.post([self = shared_from_this(), left] {
        self->shared->dropLargest = [weak = std::weak_ptr(self)] {
            if (const auto impl = weak.lock())
                impl->dropLargest();
        };
        self->shared->desk->begin(left);
        asio::co_spawn(
            self->io.context(), [self] { return self->acceptAll(); },
            [self](const std::exception_ptr &) {
                self->accepting = false;
                self->signalIfIdle();
            });
    });
    const bool any = options.address == QLatin1String("0.0.0.0") || options.address == QLatin1String("::");
    QUrl url;
    url.setScheme(QStringLiteral("ws"));
    url.setHost(any ? QStringLiteral("127.0.0.1") : options.address);
    url.setPort(port);
    url.setPath(QStringLiteral("/ws/"));
    return url;
}

asio::awaitable<void> Server::Impl::acceptAll()
{
    asio::steady_timer pause(io.context());
    while (!stopping) {
        auto [error, socket] = co_await acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
        if (!error) {
            serve(std::move(socket));
        } else if (!stopping) {
            // Out of file descriptors, most likely: it passes, and spinning would not help.
            qCWarning(logNet) << "Accepting a connection failed:" << QString::fromStdString(error.message());
            pause.expires_after(100ms);
            co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
        }
    }
}

void Server::Impl::serve(tcp::socket socket)
{
    if (connections.size() >= std::size_t(shared->options.maxConnections)) {
        qCWarning(logNet) << "A connection was refused: there are" << connections.size() << "already.";
        return;
    }
    boost::system::error_code ignored; // only latency is lost
    socket.set_option(tcp::no_delay(true), ignored);
    const auto connection = std::make_shared<ServerConnection>(std::move(socket), shared);
    connections.insert(connection);
    asio::co_spawn(
        io.context(), [connection] { return connection->serve(); },
        [self = shared_from_this(), connection](const std::exception_ptr &problem) {
            logProblem(problem);
            connection->drop();
            self->connections.erase(connection);
            self->signalIfIdle();
        });
}

void Server::Impl::dropLargest()
{
    std::shared_ptr<ServerConnection> largest;
    qsizetype most = 0;
    for (const auto &connection : connections) {
        // Each counts anew: what was read since its last message is not in the sum yet.
        if (const qsizetype backlog = connection->backlog(); backlog > most) {
            most = backlog;
            largest = connection;
        }
    }
    if (!largest || shared->backlog <= shared->options.maxBacklog)
        return;
    qCWarning(logNet) << "A worker's client was dropped: it has not read" << most << "bytes, and memory is short.";
    largest->drop();
}

void Server::Impl::stopOnThread()
{
    if (std::exchange(stopping, true))
        return;
    boost::system::error_code ignored; // closing a closed acceptor
    acceptor.close(ignored);
    if (shared->desk)
        shared->desk->stop();
    const auto open = connections;
    for (const auto &connection : open)
        connection->closeWith(1012);
    signalIfIdle();
}

void Server::Impl::signalIfIdle()
{
    if (!stopping || accepting || !connections.empty())
        return;
    shared->desk.reset();
    const std::scoped_lock lock(mutex);
    idle = true;
    idleChanged.notify_all();
}

Server::Server(IoThread &io, ServerOptions options, Providers providers)
    : m_impl(std::make_shared<Impl>(io, options, std::move(providers)))
{
}

Server::~Server()
{
    stop();
}

Expected<QUrl> Server::listen()
{
    return m_impl->listen();
}

void Server::stop()
{
    if (!m_impl->listening)
        return;
    Q_ASSERT(!m_impl->io.isCurrent());
    m_impl->io.post([impl = m_impl] { impl->stopOnThread(); });
    std::unique_lock lock(m_impl->mutex);
    const bool ended = m_impl->idleChanged.wait_for(lock, 10s, [this] { return m_impl->idle || m_impl->io.context().stopped(); });
    if (!ended)
        qCCritical(logNet) << "The worker's server does not end.";
}

} // namespace sluice::llmworker
