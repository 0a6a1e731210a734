#include "sluice/zerog/provider_agent.h"

#include "provider_agent_p.h"

#include "sluice/base/log.h"
#include "sluice/zerog/neuron.h"

#include <QtNetwork/QHostAddress>

namespace sluice::zerog {

ProviderCore::ProviderCore(IoThread &io, ProviderAgentOptions options)
    : AgentCore(io, "Provider")
    , m_options(std::move(options))
    , m_released(io.context().get_executor())
    , m_riskAlarm(io.context().get_executor())
    , m_forceAlarm(io.context().get_executor())
{
}

QString refusalText(const Refusal &refusal)
{
    return refusal.toText();
}

Expected<void> ProviderCore::open()
{
    return openState(m_options.stateFile, m_options.ledger, provider_store::schema(), [this](Sql &sql) {
        const provider_store::Loaded loaded = provider_store::load(sql);
        m_services = loaded.services;
        for (const ProviderUser &user : loaded.users)
            m_users.emplace(user.user, user);
    });
}

awaitable<void> ProviderCore::begin(QString publicUrl)
{
    m_publicUrl = publicUrl;
    co_await syncAccounts();
    const std::optional<QString> problem = co_await settleNow(QStringLiteral("start"));
    if (problem)
        qCWarning(logNet) << "0G provider agent: what was left over could not be settled:" << *problem;
    else
        co_await pushServices(); // a changed service cannot be settled any more
    m_held = false;
    m_started = true;
    m_released.notify();
    armRisk();
    armForce();
}

void ProviderCore::end()
{
    m_riskAlarm.disarm();
    m_forceAlarm.disarm();
    AgentCore::end();
}

awaitable<void> ProviderCore::route(ServerRequest &request, ServerResponse &response)
{
    while (!m_started)
        co_await m_released.wait();
    const QStringList parts = agentPath(request.path, 0).parts;
    const QString what = parts.value(1);
    if (parts.value(0) == QLatin1String("v1") && what == QLatin1String("proxy") && parts.size() >= 3) {
        co_await serveProxy(request, response);
        co_return;
    }
    // As the original's deployment: everything else is for its owner.
    if (!QHostAddress(request.remote).isLoopback()) {
        co_await answerError(response, QStringLiteral("Provider: only this machine may ask for that"), 403);
        co_return;
    }
    if (parts.value(0) != QLatin1String("v1")) {
        co_await answerUnknown(response, {});
    } else if (what == QLatin1String("service")) {
        co_await routeService(request, response, parts);
    } else if (what == QLatin1String("user") || what == QLatin1String("sync-account")) {
        co_await routeUser(request, response, parts);
    } else if (parts.size() == 2) {
        co_await routeOther(request, response, what);
    } else {
        co_await answerUnknown(response, {});
    }
}

awaitable<void> ProviderCore::routeOther(ServerRequest &request, ServerResponse &response, QString what)
{
    const bool lists = what == QLatin1String("request") || what == QLatin1String("settlement") || what == QLatin1String("ledger");
    const bool acts = what == QLatin1String("settle") || what == QLatin1String("sync-service");
    if (!lists && !acts) {
        co_await answerUnknown(response, {});
    } else if (request.method != (lists ? "GET" : "POST")) {
        const QByteArray allowed = lists ? QByteArray("GET") : QByteArray("POST");
        co_await answerUnknown(response, allowed);
    } else if (what == QLatin1String("request")) {
        co_await listRequests(response, request.query);
    } else if (what == QLatin1String("settlement")) {
        co_await listSettlements(response, request.query);
    } else if (what == QLatin1String("ledger")) {
        co_await showLedger(response);
    } else if (what == QLatin1String("settle")) {
        co_await answerSettle(response);
    } else {
        co_await pushServices();
        co_await answerEmpty(response, 202);
    }
}

awaitable<void> ProviderCore::routeService(ServerRequest &request, ServerResponse &response, QStringList parts)
{
    const QString name = parts.value(2);
    if (parts.size() == 2 && request.method == "GET") {
        co_await listServices(response);
    } else if (parts.size() == 2 && request.method == "POST") {
        co_await registerService(request, response);
    } else if (parts.size() == 3 && request.method == "GET") {
        const OwnService *service = serviceOf(name);
        if (service)
            co_await answerJson(response, 200, service->toJson());
        else
            co_await answerError(response, QStringLiteral("Provider: get service: get service from db: record not found"));
    } else if (parts.size() == 3 && (request.method == "PUT" || request.method == "POST")) {
        co_await updateService(request, response, name);
    } else if (parts.size() == 3 && request.method == "DELETE") {
        co_await deleteService(response, name);
    } else {
        const QByteArray allowed = parts.size() == 2 ? QByteArray("GET, POST") : parts.size() == 3 ? QByteArray("GET, PUT, DELETE") : QByteArray();
        co_await answerUnknown(response, allowed);
    }
}

awaitable<void> ProviderCore::routeUser(ServerRequest &request, ServerResponse &response, QStringList parts)
{
    const bool sync = (parts.size() == 2 && parts.at(1) == QLatin1String("sync-account")) || (parts.size() == 4 && parts.at(3) == QLatin1String("sync"));
    if (sync && request.method == "POST") {
        co_await syncAccounts();
        co_await answerEmpty(response, 202);
    } else if (sync) {
        co_await answerUnknown(response, "POST");
    } else if (parts.size() > 3) {
        co_await answerUnknown(response, {});
    } else if (request.method != "GET") {
        co_await answerUnknown(response, "GET");
    } else if (parts.size() == 3) {
        co_await showUser(response, parts.at(2));
    } else {
        co_await listUsers(response);
    }
}

namespace {

Json userJson(const ProviderUser &user)
{
    UserAccount shown;
    shown.user = user.user;
    shown.lastRequestNonce = user.lastServed;
    shown.lockBalance = user.lockBalance;
    shown.lastBalanceCheckTime = user.checkedAt;
    shown.lastResponseTokenCount = user.lastOutput;
    shown.unsettledFee = user.unsettledFee();
    return shown.toJson();
}

} // namespace

awaitable<void> ProviderCore::listUsers(ServerResponse &response)
{
    const Address provider = self();
    std::function<QCoro::Task<QList<Account>>(Ledger &)> work = [provider](Ledger &ledger) { return ledger.accounts(std::nullopt, provider); };
    const QList<Account> accounts = co_await m_ledger.ask(std::move(work));
    QList<Json> items;
    for (const Account &account : accounts) {
        takeAccount(account);
        items.append(userJson(m_users.at(account.user)));
    }
    co_await answerJson(response, 200, listJson(items));
}

awaitable<void> ProviderCore::showUser(ServerResponse &response, QString text)
{
    const auto address = Address::fromHex(text);
    if (!address) {
        co_await answerError(response, QStringLiteral("Provider: get user account: %1").arg(address.error().message()));
        co_return;
    }
    const Address user = *address;
    const Address provider = self();
    std::function<QCoro::Task<Settled<Account>>(Ledger &)> work = [user, provider](Ledger &ledger) { return ledger.account(user, provider); };
    const Settled<Account> account = co_await m_ledger.ask(std::move(work));
    if (!account) {
        co_await answerError(response, QStringLiteral("Provider: get user account: get account from contract: %1").arg(refusalText(account.error())));
        co_return;
    }
    takeAccount(*account);
    co_await answerJson(response, 200, userJson(m_users.at(user)));
}

awaitable<void> ProviderCore::listRequests(ServerResponse &response, QByteArray query)
{
    const std::optional<bool> processed = processedFilter(query);
    const std::optional<int> latest = latestFilter(query);
    std::function<Json(Sql &)> job = [processed, latest](Sql &sql) { return provider_store::requests(sql, processed, latest); };
    Json list = co_await m_journal->read(std::move(job));
    co_await answerJson(response, 200, std::move(list));
}

awaitable<void> ProviderCore::listSettlements(ServerResponse &response, QByteArray query)
{
    const std::optional<int> latest = latestFilter(query);
    std::function<QList<Json>(Sql &)> job = [latest](Sql &sql) { return provider_store::settlements(sql, latest); };
    const QList<Json> items = co_await m_journal->read(std::move(job));
    co_await answerJson(response, 200, listJson(items));
}

awaitable<void> ProviderCore::showLedger(ServerResponse &response)
{
    Json told = co_await ledgerJson(m_ledger, QStringLiteral("provider"), self());
    co_await answerJson(response, 200, std::move(told));
}

awaitable<void> ProviderCore::answerSettle(ServerResponse &response)
{
    const std::optional<QString> problem = co_await settle(QStringLiteral("asked"));
    if (problem)
        co_await answerError(response, QStringLiteral("Provider: settle fees: %1").arg(*problem));
    else
        co_await answerEmpty(response, 202);
}

namespace {

HttpServerOptions httpOptions(const ProviderAgentOptions &options)
{
    HttpServerOptions http = AgentServer::httpOptions(options.port, options.maxBodyBytes);
    http.address = options.address;
    http.hosts = options.hosts;
    if (!options.publicUrl.isEmpty())
        http.hosts.append(QUrl(options.publicUrl).host());
    return http;
}

} // namespace

class ProviderAgent::Impl {
public:
    Impl(IoThread &io, const ProviderAgentOptions &options)
        : provider(options.key.address())
        , server(io, std::make_shared<ProviderCore>(io, options), httpOptions(options), options.publicUrl)
    {
    }

    const Address provider;
    AgentServer server;
};

ProviderAgent::ProviderAgent(IoThread &io, ProviderAgentOptions options)
    : m_impl(std::make_unique<Impl>(io, options))
{
}

ProviderAgent::~ProviderAgent() = default;

Expected<QUrl> ProviderAgent::listen()
{
    return m_impl->server.listen();
}

void ProviderAgent::stop()
{
    m_impl->server.stop();
}

QUrl ProviderAgent::url() const
{
    return m_impl->server.url();
}

Address ProviderAgent::provider() const
{
    return m_impl->provider;
}

} // namespace sluice::zerog
