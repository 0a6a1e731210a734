#include "gateway_core_p.h"

#include "sluice/gateway/user_data.h"
#include "sluice/net/io_thread.h"
#include "sluice/net/origin_policy.h"
#include "sluice/payments/ticket_sender.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr std::chrono::milliseconds DiscoveryAge{60'000};

std::optional<Wei> limitFrom(const std::optional<QString> &text, const QString &what)
{
    if (!text)
        return std::nullopt;
    const auto wei = weiFromDecimal(*text);
    if (!wei || *wei < 0)
        throw Error(Error::Kind::Config, QStringLiteral("The spend limit per %1 is “%2”, which is no amount of wei.").arg(what, *text))
            .withAdvice(QStringLiteral("Write it as a whole decimal number, or leave it out for no limit."));
    return *wei;
}

/// Bearer headers go only where a certificate is verified; a loopback service may carry its own.
TrustPolicy discoveryTrust(const QUrl &url)
{
    const auto origin = Origin::of(url);
    return origin && origin->reach() == Origin::Reach::Loopback ? TrustPolicy::PinOnFirstUse : TrustPolicy::SystemCas;
}

const QString LiveVideoPrefix = lv2v::Pipeline + QLatin1Char('/');

/// "byoc/<name>", or "live-video-to-video/<model>" as it is.
QString discoveryName(const QString &capability)
{
    return capability.startsWith(LiveVideoPrefix) ? capability : QStringLiteral("byoc/") + capability;
}

QUrl withCapability(QUrl url, const QString &capability)
{
    if (capability.isEmpty())
        return url;
    QString query = url.query(QUrl::FullyEncoded);
    if (!query.isEmpty())
        query += QLatin1Char('&');
    query += QStringLiteral("caps=") + QString::fromLatin1(QUrl::toPercentEncoding(discoveryName(capability), "/"));
    url.setQuery(query, QUrl::StrictMode);
    return url;
}

bool offers(const byoc::DiscoveredOrchestrator &orchestrator, const QString &capability)
{
    return capability.isEmpty() || orchestrator.capabilities.isEmpty()
        || orchestrator.capabilities.contains(discoveryName(capability));
}

} // namespace

Call withLiveVideoNamed(Call call)
{
    if (call.capability == lv2v::Pipeline && !call.model.isEmpty())
        call.capability = LiveVideoPrefix + call.model;
    if (call.capability != lv2v::Pipeline && !call.capability.startsWith(LiveVideoPrefix))
        return call;
    call.backend = QStringLiteral("lv2v");
    call.model.clear();
    return call;
}

CallScope::CallScope(const CancelToken &alive, CancelSource cancel)
    : source(std::move(cancel))
    , m_link(alive.onCancel([own = source]() mutable { own.cancel(); }))
{
    context.cancel = source.token();
}

GatewayCore::GatewayCore(GatewayConfig config, std::shared_ptr<UserData> data)
    : m_config(std::move(config))
    , m_data(data ? std::move(data) : UserData::inMemory())
    , m_trust(m_data->pins())
    , m_http(std::make_unique<HttpClient>(m_trust))
{
    try {
        readConfig();
    } catch (const Error &error) {
        m_configError = error;
    }
    byoc::Client::Options options;
    options.connectTimeout = m_config.connectTimeout;
    options.tokenTimeout = m_config.discoveryTimeout;
    options.formats = &m_data->signatureFormats();
    m_client = std::make_unique<byoc::Client>(*m_http, m_sender.get(), options);
    lv2v::Client::Options live;
    live.probeTimeout = m_config.discoveryTimeout;
    live.rpcTimeout = m_config.discoveryTimeout;
    m_liveVideo = std::make_unique<lv2v::Client>(*m_http, m_trust, m_sender.get(), live);
}

GatewayCore::~GatewayCore() = default;

IoThread &GatewayCore::io()
{
    if (!m_io)
        m_io = std::make_unique<IoThread>();
    return *m_io;
}

void GatewayCore::readConfig()
{
    if (!m_config.senderKey.isEmpty()) {
        auto key = PrivateKey::fromHex(m_config.senderKey.expose());
        if (!key)
            throw Error(Error::Kind::Config, QStringLiteral("The sender key is no private key."))
                .withAdvice(QStringLiteral("A key has 64 hex digits, or is the path of a readable file that holds them."));
        m_signer = std::make_unique<LocalSigner>(std::move(*key));
        SpendLimits::Limits limits;
        limits.perCall = limitFrom(m_config.maxSpendPerCallWei, QStringLiteral("call"));
        limits.perSession = limitFrom(m_config.maxSpendPerSessionWei, QStringLiteral("session"));
        limits.perDay = limitFrom(m_config.maxSpendPerDayWei, QStringLiteral("day"));
        const QString purse = m_signer->address().toChecksum();
        if (!m_config.profile.isEmpty())
            m_data->adoptProfileLimits(m_config.profile, purse);
        m_limits = std::make_unique<SpendLimits>(limits, m_data->spending(purse));
        auto ahead = PaidAhead::make(&m_data->paidAhead(purse), m_data->clock());
        m_sender = std::make_unique<TicketSender>(*m_signer, m_data->nonces(), *m_limits, SenderPolicy(), std::move(ahead));
    }
    m_access = orThrow(NetworkAccess::from(m_config));
}

void GatewayCore::check() const
{
    if (m_configError)
        throw *m_configError;
}

QString GatewayCore::senderAddress() const
{
    return m_signer ? m_signer->address().toChecksum() : QString();
}

QCoro::Task<QList<QUrl>> GatewayCore::orchestratorsFor(std::shared_ptr<GatewayCore> core, QString capability, CallContext context)
{
    core->check();
    const NetworkAccess &access = core->m_access;
    if (!access.orchestrators.isEmpty() || access.discovery.isEmpty())
        co_return access.orchestrators;
    const QUrl url = withCapability(access.discovery, capability);
    auto cached = core->m_discovered.find(url);
    if (cached == core->m_discovered.end() || cached->second.age.hasExpired(DiscoveryAge.count())) {
        auto step = context.trace->begin(QStringLiteral("discover"), url.authority());
        Discovered discovered;
        try {
            Headers headers;
            for (const auto &[name, value] : access.discoveryHeaders)
                headers.append({name, value.expose().toByteArray()});
            discovered.orchestrators = co_await core->m_client->discover(url, headers, discoveryTrust(url), context);
        } catch (const Error &error) {
            step.fail();
            if (error.kind() == Error::Kind::Canceled || error.kind() == Error::Kind::Discovery)
                throw;
            throw Error(Error::Kind::Discovery, QStringLiteral("Discovery failed: %1").arg(error.message()))
                .withAdvice(QStringLiteral("Check the discovery address, or name orchestrators in the profile."))
                .withRequest("GET", url).withHttp(error.httpStatus(), error.body());
        }
        discovered.age.start();
        cached = core->m_discovered.insert_or_assign(url, discovered).first;
    }
    const OriginPolicy policy(orThrow(Origin::of(url)));
    QList<QUrl> origins;
    std::optional<Error> refused;
    for (const byoc::DiscoveredOrchestrator &orchestrator : cached->second.orchestrators) {
        // One bad entry does not spoil the others.
        const auto origin = orchestratorOrigins({orchestrator.address});
        if (!origin || origin->size() != 1 || !offers(orchestrator, capability) || origins.contains(origin->first()))
            continue;
        const auto allowed = policy.check(origin->first(), OriginPolicy::Scope::AnyHost, QStringLiteral("orchestrator"));
        if (allowed)
            origins.append(origin->first());
        else
            refused = allowed.error();
    }
    if (origins.isEmpty() && refused)
        throw Error(Error::Kind::Discovery, refused->message()).withAdvice(refused->advice()).withRequest("GET", url);
    co_return origins;
}

std::optional<CapabilityInfo> GatewayCore::known(const QString &capability) const
{
    if (const auto it = m_known.find(capability); it != m_known.end())
        return *it;
    const auto named = std::find_if(m_config.capabilities.begin(), m_config.capabilities.end(),
        [&](const NamedCapability &one) { return one.name == capability; });
    return named == m_config.capabilities.end() ? std::nullopt : std::optional(named->info());
}

void GatewayCore::setNamed(const QList<NamedCapability> &capabilities)
{
    m_config.capabilities = capabilities;
    // What was known holds what the person said before.
    m_known.clear();
    m_undescribed.clear();
}

QStringList GatewayCore::discoveredNames(const QUrl &origin) const
{
    const auto cached = m_discovered.find(m_access.discovery);
    if (cached == m_discovered.end())
        return {};
    QStringList names;
    for (const byoc::DiscoveredOrchestrator &orchestrator : cached->second.orchestrators) {
        const auto origins = orchestratorOrigins({orchestrator.address});
        if (origins && origins->contains(origin))
            names += orchestrator.capabilities;
    }
    return names;
}

bool GatewayCore::isUndescribed(const QString &capability) const
{
    const auto it = m_undescribed.constFind(capability);
    return it != m_undescribed.constEnd() && !it->hasExpired(DiscoveryAge.count());
}

void GatewayCore::remember(const QList<CapabilityInfo> &capabilities)
{
    for (const CapabilityInfo &info : capabilities)
        m_known.insert(info.name, info);
}

} // namespace sluice
