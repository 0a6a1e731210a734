#include "sluice/sandbox/services/lv2v_service.h"

#include "sluice/sandbox/sandbox_host.h"
#include "sluice/sandbox/services/byoc_service.h"

namespace sluice {

namespace {

constexpr qint64 MaxCapacity = 1'000'000;

/// What BYOC offers on the same node, for GetOrchestrator's list. On the I/O thread.
QMap<QString, lv2v::ExternalOffer> byocOffers(const byoc::Orchestrator &orchestrator, bool isFree)
{
    QMap<QString, lv2v::ExternalOffer> offers;
    const QList<byoc::RegisteredCapability> all = orchestrator.capabilitiesNow();
    for (const byoc::RegisteredCapability &one : all) {
        const qint64 capacity = std::clamp<qint64>(one.registration.capacity, 0, MaxCapacity);
        offers.insert(one.registration.name,
            {quint32(capacity), quint32(std::clamp<qint64>(one.load, 0, capacity)), PriceInfo{isFree ? 0 : one.pricePerSecond, 1}});
    }
    return offers;
}

lv2v::Model modelOf(const byoc::RegisteredCapability &capability)
{
    lv2v::Model model;
    model.name = capability.registration.name;
    model.worker = QUrl(capability.registration.url);
    model.workerToken = capability.registration.token.toUtf8();
    model.capacity = quint32(std::clamp<qint64>(capability.registration.capacity, 1, MaxCapacity));
    model.price = PriceInfo{capability.pricePerSecond, lv2v::PixelsPerSecond};
    return model;
}

} // namespace

void Lv2vService::mount(SandboxHost &host)
{
    m_channels = &host.channels();
    lv2v::OrchestratorOptions chosen;
    chosen.tls = host.tls();
    chosen.offChain = host.options().offChain;
    if (const auto *byoc = host.service<ByocService>())
        chosen.external = [byoc, isFree = chosen.offChain] { return byocOffers(byoc->orchestrator(), isFree); };
    // In the same journal as BYOC's tickets.
    chosen.note = [&store = host.store()](const WirePayment &payment, const PaymentOutcome &outcome) { store.record(payment, outcome); };
    m_orchestrator = std::make_unique<lv2v::Orchestrator>(host.io(), host.recipient(), host.chain(), std::move(chosen));
    m_orchestrator->mount(host.node().router());
    m_orchestrator->mountRpc(host.node().router());
    m_orchestrator->listIn(host.discovery());
}

QCoro::Task<Json> Lv2vService::start(SandboxHost &host)
{
    const QUrl url = orThrow(m_orchestrator->startOnServicePort(*m_channels, host.node().url()));
    Json models = Json::array();
    const auto *byoc = host.service<ByocService>();
    const auto registered = byoc ? byoc->orchestrator().capabilities() : QList<byoc::RegisteredCapability>();
    for (const byoc::RegisteredCapability &capability : registered) {
        const QString name = capability.registration.name;
        if (name != QLatin1String("noop") && name != QLatin1String("video-filter"))
            continue;
        m_orchestrator->offer(modelOf(capability));
        models.append(name);
    }
    Json settings{
        {QStringLiteral("orchestrator"), url.toString()},
        {QStringLiteral("fingerprint"), host.fingerprint()},
        {QStringLiteral("sender_key"), QString::fromLatin1(host.senderKey().secret().expose().toByteArray().toHex())},
        {QStringLiteral("models"), models},
    };
    co_return settings;
}

QFuture<void> Lv2vService::stop()
{
    if (m_orchestrator)
        m_orchestrator->stop();
    return QtFuture::makeReadyFuture();
}

} // namespace sluice
