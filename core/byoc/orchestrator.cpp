#include "sluice/byoc/orchestrator.h"

#include "orchestrator_job_desk_p.h"
#include "orchestrator_live_desk_p.h"
#include "orchestrator_registry_p.h"
#include "orchestrator_token_desk_p.h"

#include "sluice/net/io_thread.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

namespace sluice::byoc {

namespace {

constexpr QByteArrayView ProcessPath("/process/request/");

/// A handler that is a member of `part`, which lives as long as the route.
template <typename Part>
HttpHandler route(std::shared_ptr<Part> part, Awaitable<void> (std::remove_const_t<Part>::*handle)(ServerRequest, ServerResponse &))
{
    return [part = std::move(part), handle](ServerRequest request, ServerResponse &response) {
        return (*part.*handle)(std::move(request), response);
    };
}

template <typename Part>
HttpHandler route(std::shared_ptr<Part> part, Awaitable<void> (std::remove_const_t<Part>::*handle)(ServerRequest, ServerResponse &) const)
{
    return [part = std::move(part), handle](ServerRequest request, ServerResponse &response) {
        return (*part.*handle)(std::move(request), response);
    };
}

} // namespace

class Orchestrator::Parts {
public:
    Parts(SharedContext given, trickle::Server &channels);
    void mount(Router &router) const;
    void stop();

    const SharedContext context;
    const std::shared_ptr<Registry> registry;
    const std::shared_ptr<TokenDesk> tokens;
    const std::shared_ptr<JobDesk> jobs;
    const std::shared_ptr<LiveStreams> streams;
    const std::shared_ptr<LiveDesk> live;
    bool stopped = false;
};

Orchestrator::Parts::Parts(SharedContext given, trickle::Server &channels)
    : context(std::move(given))
    , registry(std::make_shared<Registry>(context))
    , tokens(std::make_shared<TokenDesk>(context, registry))
    , jobs(std::make_shared<JobDesk>(context, registry, tokens))
    , streams(std::make_shared<LiveStreams>(context, registry, channels))
    , live(std::make_shared<LiveDesk>(context, registry, jobs, streams))
{
}

void Orchestrator::Parts::mount(Router &router) const
{
    router.mount("/capability/register", route(registry, &Registry::handleRegister));
    router.mount("/capability/unregister", route(registry, &Registry::handleUnregister));
    router.mount("/capabilities", route(registry, &Registry::handleCapabilities));
    router.mount("/health", route(registry, &Registry::handleHealth));
    router.mount("/process/token", route(tokens, &TokenDesk::handleToken));
    router.mount("/payments/tickets", route(tokens, &TokenDesk::handleTickets));
    router.mount(ProcessPath.toByteArray(), [desk = jobs](ServerRequest request, ServerResponse &response) {
        QString subPath = QString::fromUtf8(QByteArray::fromPercentEncoding(request.path).mid(ProcessPath.size()));
        return desk->handleProcess(std::move(request), response, std::move(subPath));
    });
    router.mount("/ai/stream/start", route(live, &LiveDesk::handleStart));
    router.mount("/ai/stream/stop", route(live, &LiveDesk::handleStop));
    router.mount("/ai/stream/update", route(live, &LiveDesk::handleUpdate));
    router.mount("/ai/stream/payment", route(live, &LiveDesk::handlePayment));
}

void Orchestrator::Parts::stop()
{
    if (std::exchange(stopped, true))
        return;
    // First the workers are stopped: while the node listens, what they still send arrives.
    boost::asio::co_spawn(context->node.io().context(), [all = streams] { return all->endAll(); }, boost::asio::use_future)
        .wait_for(context->options.farewellTimeout);
    askOn(context->node.io(), [this] {
        streams->stop();
        return true;
    });
}

Orchestrator::Orchestrator(Node &node, trickle::Server &channels, Recipient &recipient, const ChainView &chain, OrchestratorOptions options,
    TicketJournal *journal)
    : m_parts(std::make_unique<Parts>(
        std::make_shared<OrchestratorContext>(OrchestratorContext{node, recipient, chain, std::move(options), journal}), channels))
{
    m_parts->mount(node.router());
    node.io().post([streams = m_parts->streams] { streams->watch(); });
}

Orchestrator::~Orchestrator()
{
    stop();
}

void Orchestrator::listIn(Discovery &discovery) const
{
    discovery.list([registry = m_parts->registry] { return registry->discovered(); });
}

void Orchestrator::stop()
{
    m_parts->stop();
}

QList<RegisteredCapability> Orchestrator::capabilities() const
{
    return askOn(m_parts->context->node.io(), [this] { return capabilitiesNow(); });
}

QList<RegisteredCapability> Orchestrator::capabilitiesNow() const
{
    Q_ASSERT(m_parts->context->node.io().isCurrent());
    return m_parts->registry->all();
}

QStringList Orchestrator::streams() const
{
    return askOn(m_parts->context->node.io(), [this] { return m_parts->streams->ids(); });
}

} // namespace sluice::byoc
