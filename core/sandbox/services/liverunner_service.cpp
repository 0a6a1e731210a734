#include "sluice/sandbox/services/liverunner_service.h"

#include "sluice/base/log.h"
#include "sluice/runner/runner_server.h"
#include "sluice/sandbox/sandbox_capabilities_p.h"
#include "sluice/sandbox/sandbox_host.h"

#include <QCoro/QCoroTimer>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QFile>
#include <QtCore/QTimer>

namespace sluice {

namespace {

using namespace liverunner;

constexpr std::chrono::milliseconds HealthPause{20};
constexpr std::chrono::seconds HealthLimit{5};
/// What a call at a fixed price costs: so many seconds.
constexpr qint64 FixedSeconds = 10;

/// The price in dollars that becomes so many wei a second again: exact at the orchestrator's 2000 dollars per ETH.
RegisteredPrice priceOf(qint64 weiPerSecond, const QString &unit)
{
    RegisteredPrice price;
    price.currency = QStringLiteral("usd");
    price.unit = unit;
    if (unit == QLatin1String("fixed"))
        price.price = toDecimal(Wei(Wei(weiPerSecond) * FixedSeconds * 2)).toLatin1() + "e-15";
    else
        price.price = toDecimal(Wei(Wei(weiPerSecond) * 72)).toLatin1() + "e-13";
    return price;
}

StaticRunner entryOf(const Capability &capability, const QString &origin)
{
    StaticRunner entry;
    entry.label = capability.name();
    entry.routedByLabel = true;
    entry.runner.runnerUrl = origin + QLatin1Char('/') + capability.name();
    entry.runner.app = QStringLiteral("sluice/") + capability.name();
    entry.runner.mode = Mode::SingleShot;
    entry.runner.capacity = std::max(1, capability.capacity());
    entry.runner.version = capability.version();
    entry.healthUrl = QStringLiteral("/health");
    // One of each kind of price.
    const bool isImage = capability.name() == QLatin1String("image-filter");
    const bool isStream = capability.kind() == Capability::Kind::Stream;
    const auto &price = capability.price();
    entry.runner.price = priceOf(price.pricePerUnit / std::max<qint64>(1, price.priceScaling),
        isImage ? QStringLiteral("720p") : isStream ? QStringLiteral("hour") : QStringLiteral("fixed"));
    // What a caller needs to know; discovery has no place for a schema.
    entry.runner.metadata = QString::fromUtf8(Json{{QStringLiteral("path"), QLatin1Char('/') + capability.path()}}.dump());
    return entry;
}

Json toJson(const StaticRunner &entry)
{
    const RunnerDescription &runner = entry.runner;
    return Json{{QStringLiteral("label"), entry.label}, {QStringLiteral("routing"), QStringLiteral("label")},
        {QStringLiteral("runner_url"), runner.runnerUrl}, {QStringLiteral("app"), runner.app}, {QStringLiteral("version"), runner.version},
        {QStringLiteral("metadata"), runner.metadata}, {QStringLiteral("mode"), modeText(runner.mode)},
        {QStringLiteral("capacity"), runner.capacity}, {QStringLiteral("price_info"), runner.price->toJson()},
        {QStringLiteral("health_url"), entry.healthUrl}};
}

} // namespace

LiveRunnerService::LiveRunnerService() = default;
LiveRunnerService::~LiveRunnerService() = default;

QStringList LiveRunnerService::ownOptions(const SandboxOptions &options) const
{
    QStringList given;
    if (!options.prices.isEmpty())
        given.append(QStringLiteral("price"));
    if (!options.runnersFile.isEmpty())
        given.append(QStringLiteral("runners"));
    return given;
}

void LiveRunnerService::mount(SandboxHost &host)
{
    m_capabilities = sandboxCapabilities(host.options());
    OrchestratorOptions chosen;
    chosen.secret = Secret(host.secret());
    chosen.offChain = host.options().offChain;
    // In the same journal as BYOC's tickets.
    chosen.note = [&store = host.store()](const WirePayment &payment, const PaymentOutcome &outcome) { store.record(payment, outcome); };
    m_orchestrator = std::make_unique<Orchestrator>(host.node(), host.channels(), host.recipient(), std::move(chosen));
    m_orchestrator->listIn(host.discovery());
}

QCoro::Task<Json> LiveRunnerService::start(SandboxHost &host)
{
    orThrow(m_orchestrator->start());
    const int demos = serveDemos(host.options().offChain);
    const QDeadlineTimer limit(HealthLimit);
    while (m_orchestrator->listed().runners.size() < demos && !limit.hasExpired()) {
        QTimer pause;
        pause.setSingleShot(true);
        pause.start(HealthPause);
        co_await qCoro(pause).waitForTimeout();
    }
    if (!host.options().runnersFile.isEmpty())
        loadFile(host.options().runnersFile);
    Json apps = Json::array();
    const DiscoveredNode node = m_orchestrator->listed();
    for (const DiscoveredRunner &runner : node.runners)
        apps.append(runner.app);
    Json settings{
        {QStringLiteral("orchestrator"), host.node().url().toString()},
        {QStringLiteral("discovery"), node.address + QStringLiteral("/discovery")},
        {QStringLiteral("fingerprint"), host.fingerprint()},
        {QStringLiteral("sender_key"), QString::fromLatin1(host.senderKey().secret().expose().toByteArray().toHex())},
        {QStringLiteral("secret"), QString::fromLatin1(host.secret())},
        {QStringLiteral("apps"), apps},
    };
    co_return settings;
}

void LiveRunnerService::loadFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Error::Kind::Config, QStringLiteral("%1 cannot be read: %2.").arg(path, file.errorString()));
    const auto loaded = m_orchestrator->load(file.read(MaxRunnersFileBytes + 1));
    if (!loaded)
        throw Error(Error::Kind::Config, QStringLiteral("%1 cannot be used: %2.").arg(path, loaded.error().message()));
}

int LiveRunnerService::serveDemos(bool isFree)
{
    RunnerOptions chosen; // registers nowhere by itself, and knows no bearer: an orchestrator of live runners sends none
    m_apps = std::make_unique<RunnerServer>(chosen);
    QList<const Capability *> served;
    for (auto &capability : m_capabilities) {
        // A live one gets its channels in another way, and on a chain nothing is free.
        const bool isPriced = isFree || capability->price().pricePerUnit > 0;
        if (capability->kind() == Capability::Kind::Live || !isPriced)
            continue;
        served.append(capability.get());
        orThrow(m_apps->add(std::move(capability)));
    }
    m_capabilities.clear();
    if (served.isEmpty())
        return 0;
    orThrow(m_apps->start());
    Json runners = Json::array();
    int count = 0;
    for (const Capability *capability : std::as_const(served)) {
        StaticRunner entry = entryOf(*capability, m_apps->origin());
        runners.append(toJson(entry));
        ++count;
        if (capability->name() != QLatin1String("docs-chat"))
            continue;
        // The same once more as a session.
        entry.label += QStringLiteral("-session");
        entry.runner.app += QStringLiteral("-session");
        entry.runner.mode = Mode::Persistent;
        runners.append(toJson(entry));
        ++count;
    }
    orThrow(m_orchestrator->load(Json{{QStringLiteral("runners"), runners}}.dump()));
    return count;
}

QFuture<void> LiveRunnerService::stop()
{
    if (m_orchestrator)
        m_orchestrator->stop();
    return m_apps ? m_apps->stop() : QtFuture::makeReadyFuture();
}

} // namespace sluice
