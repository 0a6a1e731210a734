#include "sandbox_live_video_p.h"

#include "sluice/sandbox/sandbox_store.h"

namespace sluice {

namespace {

lv2v::OrchestratorOptions notingIn(SandboxStore &store, lv2v::OrchestratorOptions options)
{
    // As for BYOC: what became of a ticket is told at the same place.
    options.note = [&store](const WirePayment &payment, const PaymentOutcome &outcome) { store.record(payment, outcome); };
    return options;
}

} // namespace

SandboxLiveVideo::SandboxLiveVideo(IoThread &io, Recipient &recipient, const ChainView &chain, SandboxStore &store, lv2v::OrchestratorOptions options)
    : m_orchestrator(io, recipient, chain, notingIn(store, listing(std::move(options))))
    , m_io(io)
{
}

lv2v::OrchestratorOptions SandboxLiveVideo::listing(lv2v::OrchestratorOptions options) const
{
    options.external = [this, isFree = options.offChain] {
        QMap<QString, lv2v::ExternalOffer> offers;
        const QList<byoc::RegisteredCapability> all = m_byoc ? m_byoc->capabilitiesNow() : QList<byoc::RegisteredCapability>();
        for (const byoc::RegisteredCapability &one : all) {
            const qint64 capacity = std::clamp<qint64>(one.registration.capacity, 0, 1'000'000);
            offers.insert(one.registration.name, {quint32(capacity), quint32(std::clamp<qint64>(one.load, 0, capacity)),
                                                     PriceInfo{isFree ? 0 : one.pricePerSecond, 1}});
        }
        return offers;
    };
    return options;
}

byoc::MountedRoutes SandboxLiveVideo::routes()
{
    byoc::MountedRoutes routes;
    routes.owns = &lv2v::Orchestrator::owns;
    routes.handle = [this](ServerRequest request, ServerResponse &response) { return m_orchestrator.handle(std::move(request), response); };
    routes.takeHttp2 = [this](int socket) { m_orchestrator.takeHttp2(socket); };
    routes.discovered = [this] {
        QList<byoc::DiscoveredOrchestrator> found;
        if (m_offered.isEmpty())
            return found; // not even its address is known
        byoc::DiscoveredOrchestrator self;
        self.address = m_orchestrator.url().toString();
        self.capabilities = m_offered;
        found.append(self);
        return found;
    };
    return routes;
}

Expected<QUrl> SandboxLiveVideo::start(const byoc::Orchestrator &orchestrator)
{
    m_io.post([this, byoc = &orchestrator] { m_byoc = byoc; });
    return m_orchestrator.startOnServicePort(orchestrator.channelServer(), orchestrator.url());
}

void SandboxLiveVideo::offer(const QList<byoc::RegisteredCapability> &registered)
{
    for (const byoc::RegisteredCapability &capability : registered) {
        const QString name = capability.registration.name;
        if (name != QLatin1String("noop") && name != QLatin1String("video-filter"))
            continue;
        lv2v::Model model;
        model.name = name;
        model.worker = QUrl(capability.registration.url);
        model.workerToken = capability.registration.token.toUtf8();
        model.capacity = quint32(std::clamp<qint64>(capability.registration.capacity, 1, 1'000'000));
        model.price = PriceInfo{capability.pricePerSecond, lv2v::PixelsPerSecond};
        m_orchestrator.offer(model);
        m_io.post([this, offered = lv2v::Pipeline + QLatin1Char('/') + name] { m_offered.append(offered); });
    }
}

} // namespace sluice
