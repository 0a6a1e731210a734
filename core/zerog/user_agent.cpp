#include "sluice/zerog/user_agent.h"

#include "user_agent_p.h"

namespace sluice::zerog {

UserCore::UserCore(IoThread &io, UserAgentOptions options)
    : AgentCore(io, "User")
    , m_options(std::move(options))
    , m_landed(io.context().get_executor())
    , m_sweepAlarm(io.context().get_executor())
{
}

Expected<void> UserCore::open()
{
    return openState(m_options.stateFile, m_options.ledger, user_store::schema(), [this](Sql &sql) {
        for (const ProviderAccount &account : user_store::load(sql))
            m_accounts.emplace(account.provider, account);
    });
}

awaitable<void> UserCore::begin(QString publicUrl)
{
    m_ownPort = QUrl(publicUrl).port();
    armSweep();
    co_return;
}

void UserCore::end()
{
    m_sweepAlarm.disarm();
    AgentCore::end();
}

awaitable<void> UserCore::route(ServerRequest &request, ServerResponse &response)
{
    const QStringList parts = agentPath(request.path, 0).parts;
    const QString what = parts.value(1);
    const bool get = request.method == "GET";
    if (parts.value(0) != QLatin1String("v1")) {
        co_await answerUnknown(response, {});
    } else if (what == QLatin1String("provider")) {
        co_await routeProvider(request, response, parts);
    } else if (parts.size() == 3 && what == QLatin1String("refund") && parts.at(2) == QLatin1String("process")) {
        if (request.method == "POST")
            co_await answerProcessRefunds(response);
        else
            co_await answerUnknown(response, "POST");
    } else if (parts.size() != 2) {
        co_await answerUnknown(response, {});
    } else if (what == QLatin1String("sync")) {
        // Nothing is kept here that the ledger has.
        if (request.method == "POST")
            co_await answerEmpty(response, 202);
        else
            co_await answerUnknown(response, "POST");
    } else if (what != QLatin1String("service") && what != QLatin1String("request") && what != QLatin1String("refund") && what != QLatin1String("ledger")) {
        co_await answerUnknown(response, {});
    } else if (!get) {
        co_await answerUnknown(response, "GET");
    } else if (what == QLatin1String("service")) {
        co_await listServices(response);
    } else if (what == QLatin1String("request")) {
        co_await listRequests(response, request.query);
    } else if (what == QLatin1String("ledger")) {
        co_await showLedger(response);
    } else {
        co_await listRefunds(response, request.query);
    }
}

awaitable<void> UserCore::routeProvider(ServerRequest &request, ServerResponse &response, QStringList parts)
{
    if (parts.size() == 2) {
        if (request.method == "GET")
            co_await listAccounts(response);
        else if (request.method == "POST")
            co_await createAccount(request, response);
        else
            co_await answerUnknown(response, "GET, POST");
        co_return;
    }
    const auto provider = Address::fromHex(parts.at(2));
    if (!provider) {
        co_await answerError(response, QStringLiteral("User: the provider in the path: %1").arg(provider.error().message()));
        co_return;
    }
    const QString what = parts.value(3);
    const bool post = request.method == "POST";
    if (parts.size() >= 5 && what == QLatin1String("service")) {
        co_await routeService(request, response, *provider);
    } else if (parts.size() == 3) {
        if (request.method == "GET")
            co_await showAccount(response, *provider);
        else
            co_await answerUnknown(response, "GET");
    } else if (parts.size() != 4 || (what != QLatin1String("charge") && what != QLatin1String("refund") && what != QLatin1String("sync"))) {
        co_await answerUnknown(response, {});
    } else if (!post) {
        co_await answerUnknown(response, "POST");
    } else if (what == QLatin1String("charge")) {
        co_await charge(request, response, *provider);
    } else if (what == QLatin1String("refund")) {
        co_await refund(request, response, *provider);
    } else {
        co_await answerEmpty(response, 202);
    }
}

awaitable<void> UserCore::routeService(ServerRequest &request, ServerResponse &response, Address provider)
{
    const AgentPath path = agentPath(request.path, 5);
    const QString name = path.parts.at(4);
    if (request.method == "POST") {
        co_await serveCall(request, response, provider, name, path.rest);
    } else if (request.method != "GET") {
        co_await answerUnknown(response, "GET, POST");
    } else if (path.rest == "/description") {
        co_await describe(response, provider, name);
    } else if (path.rest.isEmpty()) {
        const LookedUp looked = co_await serviceAt(provider, name, true);
        co_await answerJson(response, 200, looked.service.toJson(Service::Keys::Camel));
    } else {
        co_await answerUnknown(response, "POST");
    }
}

awaitable<void> UserCore::listServices(ServerResponse &response)
{
    std::function<QCoro::Task<QList<Service>>(Ledger &)> work = [](Ledger &ledger) { return ledger.services(); };
    const QList<Service> services = co_await m_ledger.ask(std::move(work));
    co_await answerJson(response, 200, serviceListJson(services));
}

awaitable<void> UserCore::listRequests(ServerResponse &response, QByteArray query)
{
    const std::optional<int> latest = latestFilter(query);
    std::function<Json(Sql &)> job = [latest](Sql &sql) { return user_store::calls(sql, latest); };
    Json list = co_await m_journal->read(std::move(job));
    co_await answerJson(response, 200, std::move(list));
}

awaitable<void> UserCore::showLedger(ServerResponse &response)
{
    Json told = co_await ledgerJson(m_ledger, QStringLiteral("user"), self());
    co_await answerJson(response, 200, std::move(told));
}

awaitable<void> UserCore::describe(ServerResponse &response, Address provider, QString name)
{
    std::optional<QString> problem;
    Service service;
    try {
        const LookedUp looked = co_await serviceAt(provider, name, true);
        service = looked.service;
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        problem = error.message();
    }
    if (problem) {
        co_await answerError(response, QStringLiteral("User: ") + *problem, 404);
        co_return;
    }
    // What the ledger tells; no provider tells more in a way that is written down anywhere.
    const Json told{{QStringLiteral("Name"), service.name}, {QStringLiteral("Type"), service.type}, {QStringLiteral("Provider"), service.provider.toChecksum()}};
    co_await answerJson(response, 200, told);
}

class UserAgent::Impl {
public:
    Impl(IoThread &io, const UserAgentOptions &options)
        : user(options.key.address())
        , server(io, std::make_shared<UserCore>(io, options), AgentServer::httpOptions(options.port, options.maxBodyBytes), QString())
    {
    }

    const Address user;
    AgentServer server;
};

UserAgent::UserAgent(IoThread &io, UserAgentOptions options)
    : m_impl(std::make_unique<Impl>(io, options))
{
}

UserAgent::~UserAgent() = default;

Expected<QUrl> UserAgent::listen()
{
    return m_impl->server.listen();
}

void UserAgent::stop()
{
    m_impl->server.stop();
}

QUrl UserAgent::url() const
{
    return m_impl->server.url();
}

Address UserAgent::user() const
{
    return m_impl->user;
}

} // namespace sluice::zerog
