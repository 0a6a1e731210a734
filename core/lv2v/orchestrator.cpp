#include "orchestrator_p.h"

#include "sluice/net/io_thread.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include <unistd.h>

namespace sluice::lv2v {

namespace {

constexpr QByteArrayView StartPath("/live-video-to-video");
constexpr QByteArrayView PaymentPath("/payment");

} // namespace

Orchestrator::Server::Server(IoThread &ioThread, Recipient &payee, const ChainView &view, OrchestratorOptions chosen)
    : io(ioThread)
    , recipient(payee)
    , chain(view)
    , options(std::move(chosen))
    , m_tokens(options.tokenLife)
{
}

void Orchestrator::Server::attach(trickle::Server &channels, QUrl service)
{
    askOn(io, [&] {
        m_channels = &channels;
        m_service = service;
        watchChannels();
        return true;
    });
    const QStringList hosts{m_service.toString()};
    m_rpc = std::make_unique<RpcServer>(io, hosts, [this](const QByteArray &request) { return answerInfo(request); });
}

Expected<QUrl> Orchestrator::Server::start(trickle::Server &channels, QUrl service, quint16 wanted)
{
    attach(channels, std::move(service));
    const auto port = m_rpc->start(options.address, wanted, options.tls);
    if (!port) {
        m_rpc.reset();
        detach();
        return unexpected(port.error());
    }
    url.setScheme(options.tls ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(options.address);
    url.setPort(*port);
    return url;
}

Expected<QUrl> Orchestrator::Server::startOnServicePort(trickle::Server &channels, QUrl service)
{
    attach(channels, service);
    if (const auto started = m_rpc->startWithoutPort(options.tls); !started) {
        m_rpc.reset();
        detach();
        return unexpected(started.error());
    }
    askOn(io, [this] {
        m_taker = m_rpc.get();
        return true;
    });
    url = service;
    return url;
}

void Orchestrator::Server::takeHttp2(int socket)
{
    if (m_taker)
        m_taker->take(socket);
    else
        ::close(socket); // before the start or after the end
}

void Orchestrator::Server::stop()
{
    if (!m_rpc)
        return;
    askOn(io, [this] {
        m_taker = nullptr;
        return true;
    });
    // No new clients first; then the workers are stopped, while their channels still take what they send.
    m_rpc->stop();
    m_rpc.reset();
    const auto self = shared_from_this();
    boost::asio::co_spawn(io.context(), [self] { return self->endAll(); }, boost::asio::use_future).wait_for(options.farewellTimeout);
    detach();
}

void Orchestrator::Server::detach()
{
    askOn(io, [this] {
        while (!jobs.empty())
            closeJob(jobs.begin()->second, {});
        m_segments.reset();
        m_removals.reset();
        m_channels = nullptr;
        return true;
    });
}

Awaitable<void> Orchestrator::Server::handle(ServerRequest request, ServerResponse &response, Handler handler)
{
    if (request.method != "POST")
        co_await response.sendText(405, "Method not allowed");
    else if (!m_channels)
        co_await response.sendText(503, "insufficient capacity");
    else
        co_await (this->*handler)(std::move(request), response);
}

Orchestrator::Orchestrator(IoThread &io, Recipient &recipient, const ChainView &chain, OrchestratorOptions options)
    : m_server(std::make_shared<Server>(io, recipient, chain, std::move(options)))
{
}

Orchestrator::~Orchestrator()
{
    stop();
}

void Orchestrator::mount(Router &router) const
{
    router.mount(StartPath.toByteArray(), [server = m_server](ServerRequest request, ServerResponse &response) {
        return server->handle(std::move(request), response, &Server::handleStart);
    });
    router.mount(PaymentPath.toByteArray(), [server = m_server](ServerRequest request, ServerResponse &response) {
        return server->handle(std::move(request), response, &Server::handlePayment);
    });
}

void Orchestrator::mountRpc(Router &router) const
{
    router.mountHttp2([server = m_server](int socket) { server->takeHttp2(socket); });
}

void Orchestrator::listIn(Discovery &discovery) const
{
    discovery.list([server = m_server] {
        QStringList names;
        for (const Model &model : std::as_const(server->models))
            names.append(Pipeline + QLatin1Char('/') + model.name);
        return names;
    });
}

Expected<QUrl> Orchestrator::start(trickle::Server &channels, QUrl service, quint16 port)
{
    return m_server->start(channels, std::move(service), port);
}

void Orchestrator::stop()
{
    m_server->stop();
}

Expected<QUrl> Orchestrator::startOnServicePort(trickle::Server &channels, QUrl service)
{
    return m_server->startOnServicePort(channels, std::move(service));
}

QUrl Orchestrator::url() const
{
    return m_server->url;
}

void Orchestrator::offer(Model model)
{
    if (m_server->options.offChain)
        model.price = PriceInfo{0, 1};
    m_server->io.post([server = m_server, model = std::move(model)] { server->models.insert(model.name, model); });
}

QStringList Orchestrator::jobs() const
{
    return askOn(m_server->io, [this] {
        QStringList ids;
        for (const auto &[id, job] : m_server->jobs)
            ids.append(id);
        return ids;
    });
}

} // namespace sluice::lv2v
