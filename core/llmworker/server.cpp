#include "sluice/llmworker/server.h"

#include "server_connection_p.h"

#include "sluice/base/log.h"
#include "sluice/net/accepting.h"
#include "sluice/net/io_thread.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <set>

namespace sluice::llmworker {

namespace asio = boost::asio;
using asio::ip::tcp;

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

class Server::Impl final : public Accepting, public std::enable_shared_from_this<Server::Impl> {
public:
    Impl(IoThread &thread, const ServerOptions &options, Providers given)
        : Accepting(thread)
        , shared(std::make_shared<ServerShared>(options))
        , providers(std::move(given))
    {
    }

    Expected<QUrl> listen();

private:
    void serve(tcp::socket socket) override;
    void endAll() override;
    void ended() override { shared->desk.reset(); }
    void dropLargest();

    const std::shared_ptr<ServerShared> shared;
    const Providers providers;

    // On the I/O thread only.
    std::set<std::shared_ptr<ServerConnection>> connections;
};

Expected<QUrl> Server::Impl::listen()
{
    const ServerOptions &options = shared->options;
    const Expected<quint16> bound = bind(options.address, options.port);
    if (!bound)
        return unexpected(bound.error());
    QList<QueueFile::Entry> left;
    std::unique_ptr<QueueFile> file;
    if (!options.queueFile.isEmpty()) {
        auto opened = QueueFile::open(options.queueFile, left);
        if (!opened)
            return unexpected(opened.error());
        file = *std::move(opened);
    }
    shared->desk = std::make_shared<JobDesk>(io().context().get_executor(), options, providers, std::move(file));
    io().post([self = shared_from_this(), left] {
        self->shared->dropLargest = [weak = std::weak_ptr(self)] {
            if (const auto impl = weak.lock())
                impl->dropLargest();
        };
        self->shared->desk->begin(left);
    });
    begin(shared_from_this());
    const bool any = options.address == QLatin1String("0.0.0.0") || options.address == QLatin1String("::");
    QUrl url;
    url.setScheme(QStringLiteral("ws"));
    url.setHost(any ? QStringLiteral("127.0.0.1") : options.address);
    url.setPort(*bound);
    url.setPath(QStringLiteral("/ws/"));
    return url;
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
    entered();
    asio::co_spawn(
        io().context(), [connection] { return connection->serve(); },
        [self = shared_from_this(), connection](const std::exception_ptr &problem) {
            logProblem(problem);
            connection->drop();
            self->connections.erase(connection);
            self->left();
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

void Server::Impl::endAll()
{
    shared->desk->stop();
    const auto open = connections;
    for (const auto &connection : open)
        connection->closeWith(1012);
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
    if (!m_impl->stop(m_impl))
        qCCritical(logNet) << "The worker's server does not end.";
}

} // namespace sluice::llmworker
