#include "orchestrator_live_p.h"

#include "sluice/base/log.h"
#include "sluice/net/io_ask.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include <future>

namespace sluice::byoc {

namespace {

constexpr QByteArrayView ProcessPath("/process/request/");
constexpr QByteArrayView LivePath("/ai/stream/");

/// As Go's path.Clean: no empty, "." or ".." segments; a trailing slash stays.
QByteArray cleaned(const QByteArray &path)
{
    QList<QByteArray> kept;
    const QList<QByteArray> segments = path.split('/');
    for (const QByteArray &segment : segments) {
        if (segment.isEmpty() || segment == ".")
            continue;
        if (segment == "..") {
            if (!kept.isEmpty())
                kept.removeLast();
            continue;
        }
        kept.append(segment);
    }
    QByteArray result = "/" + kept.join('/');
    if (path.endsWith('/') && result != "/")
        result += '/';
    return result;
}

} // namespace

Headers jsonHeaders()
{
    return {{"Content-Type", "application/json"}};
}

Awaitable<void> refuse(const Refusal &refusal, ServerResponse &response)
{
    if (refusal.drop)
        response.abort();
    else
        co_await response.sendText(refusal.status, refusal.text);
}

Awaitable<void> refuseMethod(ServerResponse &response)
{
    co_await response.sendText(405, "Method not allowed");
}

Awaitable<void> sendJson(const Json &json, ServerResponse &response)
{
    // Built before the co_await: g++ 12 cannot keep the array behind a braced list in a coroutine's frame.
    const Headers fields = jsonHeaders();
    co_await response.send(200, fields, json.dump() + '\n');
}

Orchestrator::Server::Server(
    IoThread &ioThread, Recipient &payee, const ChainView &view, OrchestratorOptions chosen, TicketJournal *notes)
    : io(ioThread)
    , recipient(payee)
    , chain(view)
    , options(std::move(chosen))
    , journal(notes)
{
}

Expected<QUrl> Orchestrator::Server::start()
{
    HttpServerOptions http;
    http.address = options.address;
    http.port = options.port;
    http.tls = options.tls;
    trickle::ServerOptions channels;
    channels.basePath = "/ai/trickle/";
    channels.idleTimeout = options.channelIdle;
    channels.sweepPeriod = options.channelSweep;
    trickle = std::make_unique<trickle::Server>(io, std::move(channels));
    io.post([weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->watchChannels();
    });
    // Every route looks at the credentials in the head before it has the body collected.
    http.streamsBody = [](const ServerRequest &) { return true; };
    http.hosts = QStringList{options.serviceAddr, options.workerAddr};
    if (options.mounted)
        http.takesHttp2 = options.mounted->takeHttp2;
    m_http = std::make_unique<HttpServer>(io, std::move(http),
        [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); });
    if (const auto port = m_http->listen(); !port)
        return unexpected(port.error());
    url = QUrl(m_http->origin());
    return url;
}

void Orchestrator::Server::stop()
{
    if (!m_http)
        return;
    // The workers are told while they can still be reached and their last words still arrive.
    const auto self = shared_from_this();
    boost::asio::co_spawn(io.context(), [self] { return self->endAllStreams(); }, boost::asio::use_future)
        .wait_for(options.farewellTimeout);
    m_http->stop();
    m_http.reset(); // here: the last reference to this object may go on the I/O thread, where a server cannot be stopped
    const auto done = std::make_shared<std::promise<void>>();
    io.post([weak = weak_from_this(), done] {
        if (const auto alive = weak.lock()) {
            while (!alive->streams.empty())
                alive->closeStream(alive->streams.begin()->second, {});
            alive->m_segments.reset();
            alive->m_removals.reset();
        }
        done->set_value();
    });
    done->get_future().wait_for(options.farewellTimeout);
}

QString Orchestrator::Server::serviceAddr() const
{
    return options.serviceAddr.isEmpty() ? url.toString() : options.serviceAddr;
}

QString Orchestrator::Server::workerAddr() const
{
    if (options.workersAreHere)
        return url.toString();
    return options.workerAddr.isEmpty() ? serviceAddr() : options.workerAddr;
}

Awaitable<void> Orchestrator::Server::handle(ServerRequest request, ServerResponse &response)
{
    if (trickle->owns(request.path)) {
        co_await trickle->handle(std::move(request), response);
        co_return;
    }
    if (options.mounted && options.mounted->owns(request.path)) {
        co_await options.mounted->handle(std::move(request), response);
        co_return;
    }
    if (co_await redirectedToCleanPath(request, response))
        co_return;
    const QByteArray path = QByteArray::fromPercentEncoding(request.path);
    if (path.startsWith(ProcessPath))
        co_await handleProcess(std::move(request), response, QString::fromUtf8(path.mid(ProcessPath.size())));
    else if (path.startsWith(LivePath))
        co_await handleLive(path.mid(LivePath.size()), std::move(request), response);
    else if (path == "/process/token")
        co_await handleToken(std::move(request), response);
    else if (path == "/capability/register")
        co_await handleRegister(std::move(request), response);
    else if (path == "/capability/unregister")
        co_await handleUnregister(std::move(request), response);
    else if (path == "/capabilities")
        co_await handleCapabilities(request, response);
    else if (path == "/discover-orchestrators")
        co_await handleDiscovery(request, response);
    else if (path == "/payments/tickets")
        co_await handleTickets(request, response);
    else if (path == "/health")
        co_await handleHealth(request, response);
    else
        co_await response.sendText(404, "404 page not found");
}

Awaitable<bool> Orchestrator::Server::redirectedToCleanPath(const ServerRequest &request, ServerResponse &response)
{
    const QByteArray path = QByteArray::fromPercentEncoding(request.path);
    QByteArray target = cleaned(path);
    if (target + '/' == ProcessPath)
        target += '/';
    if (target == path)
        co_return false;
    QByteArray location = target.toPercentEncoding("/:@!$&'()*+,;=");
    if (!request.query.isEmpty())
        location += '?' + request.query;
    const Headers fields{{"Location", location}};
    co_await response.send(301, fields, {});
    co_return true;
}

Orchestrator::Orchestrator(
    IoThread &io, Recipient &recipient, const ChainView &chain, OrchestratorOptions options, TicketJournal *journal)
    : m_server(std::make_shared<Server>(io, recipient, chain, std::move(options), journal))
{
}

Orchestrator::~Orchestrator()
{
    stop();
}

Expected<QUrl> Orchestrator::start()
{
    return m_server->start();
}

void Orchestrator::stop()
{
    m_server->stop();
}

QUrl Orchestrator::url() const
{
    return m_server->url;
}

trickle::Server &Orchestrator::channelServer() const
{
    return *m_server->trickle;
}

QList<RegisteredCapability> Orchestrator::capabilities() const
{
    return askOn(m_server->io, [this] { return m_server->table.all(); });
}

QList<RegisteredCapability> Orchestrator::capabilitiesNow() const
{
    Q_ASSERT(m_server->io.isCurrent());
    return m_server->table.all();
}

QStringList Orchestrator::streams() const
{
    return askOn(m_server->io, [this] {
        QStringList ids;
        for (const auto &[id, stream] : m_server->streams)
            ids.append(id);
        return ids;
    });
}

QList<trickle::ChannelInfo> Orchestrator::channels() const
{
    return askOn(m_server->io, [this] { return m_server->trickle->channels(); });
}

} // namespace sluice::byoc
