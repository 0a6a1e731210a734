#include "orchestrator_p.h"

#include "sluice/base/log.h"

#include <future>

namespace sluice::byoc {

namespace {

constexpr QByteArrayView ProcessPath("/process/request/");

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
    http.maxBodyBytes = options.maxBodyBytes;
    m_http = std::make_unique<HttpServer>(io, std::move(http),
        [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); });
    if (const auto port = m_http->listen(); !port)
        return unexpected(port.error());
    url = QUrl(m_http->origin());
    return url;
}

void Orchestrator::Server::stop()
{
    if (m_http)
        m_http->stop();
}

QString Orchestrator::Server::serviceAddr() const
{
    return options.serviceAddr.isEmpty() ? url.toString() : options.serviceAddr;
}

Awaitable<void> Orchestrator::Server::handle(ServerRequest request, ServerResponse &response)
{
    if (co_await redirectedToCleanPath(request, response))
        co_return;
    const QByteArray path = QByteArray::fromPercentEncoding(request.path);
    if (path.startsWith(ProcessPath))
        co_await handleProcess(std::move(request), response, QString::fromUtf8(path.mid(ProcessPath.size())));
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

QList<RegisteredCapability> Orchestrator::capabilities() const
{
    std::promise<QList<RegisteredCapability>> promise;
    auto answer = promise.get_future();
    m_server->io.post([this, &promise] { promise.set_value(m_server->table.all()); });
    return answer.get();
}

} // namespace sluice::byoc
