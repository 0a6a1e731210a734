#include "sluice/livepeer/orchestrator_network.h"

#include "sluice/backend/user_data.h"
#include "sluice/base/log.h"
#include "sluice/livepeer/signer_login.h"
#include "sluice/livepeer/signer_pool.h"
#include "sluice/livepeer/terms_client.h"
#include "sluice/net/origin_policy.h"
#include "sluice/payments/ticket_sender.h"

#include <algorithm>

namespace sluice::livepeer {

namespace {

constexpr std::chrono::milliseconds DiscoveryAge{60'000};
/// Between two backends of one listing; a listing that a person asks for again is a new one.
constexpr std::chrono::milliseconds RecentTerms{2'000};

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

QUrl askingFor(QUrl url, const QString &name)
{
    if (name.isEmpty())
        return url;
    QString query = url.query(QUrl::FullyEncoded);
    if (!query.isEmpty())
        query += QLatin1Char('&');
    query += QStringLiteral("caps=") + QString::fromLatin1(QUrl::toPercentEncoding(name, "/"));
    url.setQuery(query, QUrl::StrictMode);
    return url;
}

bool offers(const DiscoveredOrchestrator &orchestrator, const QString &name)
{
    return name.isEmpty() || orchestrator.capabilities.isEmpty() || orchestrator.capabilities.contains(name);
}

} // namespace

std::shared_ptr<OrchestratorNetwork> OrchestratorNetwork::of(BackendServices &services, const OrchestratorSettings &settings)
{
    return services.shared<OrchestratorNetwork>([&](const OrchestratorNetwork &one) { return one.m_settings == settings; },
        [&] { return std::make_shared<OrchestratorNetwork>(services, settings); });
}

OrchestratorNetwork::OrchestratorNetwork(BackendServices &services, OrchestratorSettings settings)
    : m_services(services)
    , m_settings(std::move(settings))
{
    try {
        readSettings();
    } catch (const Error &error) {
        m_fault = error;
    }
    m_own = std::make_unique<OneSender>(m_sender.get());
    m_senders = m_own.get();
    if (m_signers)
        m_senders = m_signers.get();
    TermsClient::Options options;
    options.probeTimeout = services.timing().discoveryTimeout;
    options.rpcTimeout = services.timing().discoveryTimeout;
    m_terms = std::make_unique<TermsClient>(services.http(), services.trust(), *m_senders, options);
    m_book = std::make_shared<CandidateBook>(services.sharedData());
}

OrchestratorNetwork::~OrchestratorNetwork() = default;

void OrchestratorNetwork::readSettings()
{
    if (!m_settings.senderKey.isEmpty()) {
        auto key = PrivateKey::fromHex(m_settings.senderKey.expose());
        if (!key)
            throw Error(Error::Kind::Config, QStringLiteral("The sender key is no private key."))
                .withAdvice(QStringLiteral("A key has 64 hex digits, or is the path of a readable file that holds them."));
        m_signer = std::make_unique<LocalSigner>(std::move(*key));
        const QString purse = m_signer->address().toChecksum();
        openPurse(purse);
        UserData &data = m_services.data();
        auto ahead = PaidAhead::make(&data.paidAhead(purse), data.clock());
        m_sender = std::make_unique<TicketSender>(*m_signer, data.nonces(), *m_limits, SenderPolicy(), std::move(ahead));
    }
    m_access = orThrow(NetworkAccess::from(m_settings));
    if (m_signer || m_access.signers.isEmpty() || !m_access.gateway.isEmpty())
        return;
    openPurse(signerPurse(m_access.signers));
    if (!m_settings.signerLogin.isEmpty()) {
        const oauth::Login login = orThrow(oauth::Login::fromSecret(m_settings.signerLogin));
        // One at another clearinghouse is not for these signers.
        const auto issuer = oauth::secureUrl(m_settings.issuerUrl, QStringLiteral("a clearinghouse"));
        if (!issuer || issuer->adjusted(QUrl::StripTrailingSlash) != login.issuer.adjusted(QUrl::StripTrailingSlash))
            throw Error(Error::Kind::Config, QStringLiteral("The sign-in of this profile is at %1, not at the clearinghouse that it names.").arg(login.issuer.host()))
                .withAdvice(QStringLiteral("Sign in again: in the profile's dialog, or with sluicectl profile connect."));
        m_login = std::make_shared<SignerLogin>(m_services.http(), login, m_services.secretKeeper(), QStringLiteral("/byoc") + SignerLoginSecret);
    }
    m_signers = std::make_unique<SignerPool>(m_services.http(), m_services.data(), *m_limits, m_access.signers, m_login);
}

void OrchestratorNetwork::openPurse(const QString &purse)
{
    const SpendPolicy &policy = m_services.spend();
    SpendLimits::Limits limits;
    limits.perCall = limitFrom(policy.perCallWei, QStringLiteral("call"));
    limits.perSession = limitFrom(policy.perSessionWei, QStringLiteral("session"));
    limits.perDay = limitFrom(policy.perDayWei, QStringLiteral("day"));
    UserData &data = m_services.data();
    if (!policy.profile.isEmpty())
        data.adoptProfileLimits(policy.profile, purse);
    m_limits = std::make_unique<SpendLimits>(limits, data.spending(purse));
}

void OrchestratorNetwork::check() const
{
    if (m_fault)
        throw *m_fault;
}

QString OrchestratorNetwork::purseName() const
{
    if (m_signer)
        return m_signer->address().toChecksum();
    return m_signers ? signerPurse(m_access.signers) : QString();
}

QStringList OrchestratorNetwork::accounts() const
{
    if (m_signer)
        return {m_signer->address().toChecksum()};
    return m_signers ? m_signers->accounts() : QStringList();
}

std::optional<Spending> OrchestratorNetwork::spending() const
{
    if (!m_limits)
        return std::nullopt;
    const SpendLimits::Spending spent = m_limits->spending();
    const SpendLimits::Limits bounds = m_limits->inForce();
    const auto text = [](const std::optional<Wei> &wei) { return wei ? std::optional(toDecimal(*wei)) : std::nullopt; };
    return Spending{toDecimal(spent.session), toDecimal(spent.today), text(bounds.perSession), text(bounds.perDay), text(bounds.perCall),
        text(bounds.faceValue)};
}

QCoro::Task<QList<DiscoveredOrchestrator>> OrchestratorNetwork::ask(QUrl url, CallContext context)
{
    if (!m_login || !m_access.discoveryBySignIn)
        co_return co_await askAs(url, Secret(), context);
    const Secret authorization = co_await m_login->authorization(context);
    std::optional<Error> refused;
    QList<DiscoveredOrchestrator> found;
    try {
        found = co_await askAs(url, authorization, context);
    } catch (const Error &error) {
        if (error.httpStatus() != 401)
            throw;
        refused = error;
    }
    if (!refused)
        co_return found;
    const bool another = co_await m_login->renew(authorization, context);
    if (!another)
        throw *refused;
    const Secret renewed = co_await m_login->authorization(context);
    co_return co_await askAs(url, renewed, context);
}

QCoro::Task<QList<DiscoveredOrchestrator>> OrchestratorNetwork::askAs(QUrl url, Secret authorization, CallContext context)
{
    auto step = context.trace->begin(QStringLiteral("discover"), url.authority());
    DiscoveryService service;
    service.url = url;
    for (const auto &[name, value] : m_access.discoveryHeaders) {
        if (authorization.isEmpty() || name.compare("Authorization", Qt::CaseInsensitive) != 0)
            service.headers.append({name, value.expose().toByteArray()});
    }
    if (!authorization.isEmpty())
        service.headers.append({"Authorization", authorization.expose().toByteArray()});
    service.trust = TlsTrust::policyFor(url);
    service.connectTimeout = m_services.timing().connectTimeout;
    service.timeout = m_services.timing().discoveryTimeout;
    try {
        co_return co_await discover(m_services.http(), service, context);
    } catch (const Error &error) {
        step.fail();
        if (error.kind() == Error::Kind::Canceled || error.kind() == Error::Kind::Discovery)
            throw;
        throw Error(Error::Kind::Discovery, QStringLiteral("Discovery failed: %1").arg(error.message()))
            .withAdvice(QStringLiteral("Check the discovery address, or name orchestrators in the profile."))
            .withRequest("GET", url).withHttp(error.httpStatus(), error.body());
    }
}

QCoro::Task<QList<QUrl>> OrchestratorNetwork::orchestratorsFor(QString name, CallContext context)
{
    check();
    if (!m_access.orchestrators.isEmpty() || m_access.discovery.isEmpty())
        co_return std::as_const(m_access.orchestrators);
    const QUrl url = askingFor(m_access.discovery, name);
    auto cached = m_discovered.find(url);
    if (cached == m_discovered.end() || cached->second.age.hasExpired(DiscoveryAge.count())) {
        Discovered discovered;
        discovered.orchestrators = co_await ask(url, context);
        discovered.age.start();
        cached = m_discovered.insert_or_assign(url, discovered).first;
    }
    const OriginPolicy policy(orThrow(Origin::of(url)));
    QList<QUrl> origins;
    std::optional<Error> refused;
    for (const DiscoveredOrchestrator &orchestrator : cached->second.orchestrators) {
        // One bad entry does not spoil the others.
        const auto origin = orchestratorOrigins({orchestrator.address});
        if (!origin || origin->size() != 1 || !offers(orchestrator, name) || origins.contains(origin->first()))
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

QStringList OrchestratorNetwork::discoveredNames(const QUrl &origin) const
{
    const auto cached = m_discovered.find(m_access.discovery);
    if (cached == m_discovered.end())
        return {};
    QStringList names;
    for (const DiscoveredOrchestrator &orchestrator : cached->second.orchestrators) {
        const auto origins = orchestratorOrigins({orchestrator.address});
        if (origins && origins->contains(origin))
            names += orchestrator.capabilities;
    }
    return names;
}

QCoro::Task<QList<DiscoveredOrchestrator>> OrchestratorNetwork::toldBy(QUrl orchestrator, CallContext context)
{
    DiscoveryService service;
    service.url = orchestrator;
    service.url.setPath(QStringLiteral("/discover-orchestrators"));
    service.connectTimeout = m_services.timing().connectTimeout;
    service.timeout = m_services.timing().discoveryTimeout;
    co_return co_await discover(m_services.http(), service, context);
}

QCoro::Task<QList<QUrl>> OrchestratorNetwork::addressesOf(QUrl orchestrator, QString prefix, QString name, CallContext context)
{
    const OriginPolicy policy(orThrow(Origin::of(orchestrator)));
    QList<QUrl> addresses;
    QList<QUrl> others;
    try {
        const auto found = co_await toldBy(orchestrator, context);
        for (const DiscoveredOrchestrator &one : found) {
            const auto fits = [&prefix](const QString &offered) { return offered.startsWith(prefix); };
            const QUrl address(one.address, QUrl::StrictMode);
            // Only addresses of its own host count: others that it names are not those that the profile trusts.
            if (!policy.check(address, OriginPolicy::Scope::SameHost, QStringLiteral("address")) || std::none_of(one.capabilities.begin(), one.capabilities.end(), fits))
                continue;
            const QUrl origin = address.adjusted(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
            if (name.isEmpty() || one.capabilities.contains(name))
                addresses.append(origin);
            else
                others.append(origin);
        }
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled || error.kind() == Error::Kind::TlsChanged)
            throw;
        qCDebug(logNet, "%s does not say what it offers where: %s", qUtf8Printable(orchestrator.authority()), qUtf8Printable(error.message()));
    }
    if (addresses.isEmpty())
        addresses = others;
    co_return addresses;
}

QCoro::Task<QList<NodeTerms>> OrchestratorNetwork::termsOf(QUrl orchestrator, bool listsNames, CallContext context)
{
    QList<QUrl> addresses{orchestrator};
    if (listsNames)
        addresses = co_await addressesOf(orchestrator, LiveVideoPrefix, QString(), context);
    Terms all;
    for (const QUrl &address : std::as_const(addresses)) {
        QElapsedTimer timer;
        timer.start();
        NodeTerms node;
        node.address = address;
        try {
            node.info = co_await m_terms->info(address, QString(), true, context);
            node.latency = std::chrono::milliseconds(timer.elapsed());
            all.nodes.append(node);
        } catch (const Error &error) {
            if (error.kind() == Error::Kind::Canceled)
                throw;
            qCDebug(logNet, "%s names no terms: %s", qUtf8Printable(address.authority()), qUtf8Printable(error.message()));
        }
    }
    all.age.start();
    m_recentTerms.insert_or_assign(orchestrator, all);
    co_return all.nodes;
}

QCoro::Task<QList<NodeTerms>> OrchestratorNetwork::recentTermsOf(QUrl orchestrator, CallContext context)
{
    const auto recent = m_recentTerms.find(orchestrator);
    if (recent != m_recentTerms.end() && !recent->second.age.hasExpired(RecentTerms.count()))
        co_return std::as_const(recent->second.nodes);
    // An orchestrator may name another port of its own host for gRPC; one that names none has it where everything else is.
    QList<NodeTerms> nodes = co_await termsOf(orchestrator, true, context);
    if (nodes.isEmpty())
        nodes = co_await termsOf(orchestrator, false, context);
    co_return nodes;
}

NetworkPurse::NetworkPurse(std::shared_ptr<OrchestratorNetwork> network)
    : m_network(std::move(network))
{
}

QString NetworkPurse::address() const
{
    return m_network->purseName();
}


std::optional<Spending> NetworkPurse::spending() const
{
    return m_network->spending();
}

Subscription NetworkPurse::onSpendingChanged(std::function<void()> changed)
{
    SpendLimits *limits = m_network->limits();
    return limits ? limits->onChanged(std::move(changed)) : Subscription();
}

QCoro::Task<QList<Balance>> NetworkPurse::balances(QList<CapabilityInfo>, CallContext)
{
    co_return QList<Balance>();
}

QCoro::Task<int> NetworkPurse::refreshOutcomes(CallContext)
{
    co_return 0;
}

} // namespace sluice::livepeer
