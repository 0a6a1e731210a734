#include "sluice/zerog/user_agent.h"

#include "user_agent_p.h"

namespace sluice::zerog {

UserCore::UserCore(IoThread &io, UserAgentOptions options)
    : m_io(io)
    , m_options(std::move(options))
    , m_landed(io.context().get_executor())
    , m_sweepAlarm(io.context().get_executor())
{
}

Expected<void> UserCore::open()
{
    auto lock = StateLock::take(m_options.stateFile);
    if (!lock)
        return unexpected(lock.error());
    m_lock = std::move(*lock);
    if (const auto started = m_ledger.start(m_options.ledger); !started)
        return unexpected(started.error());
    auto database = Database::open(m_options.stateFile, {user_store::schema()});
    if (!database)
        return unexpected(database.error());
    m_database = *database;
    try {
        const QList<ProviderAccount> known = m_database->transactionSync([](Sql &sql) { return user_store::load(sql); });
        for (const ProviderAccount &account : known)
            m_accounts.emplace(account.provider, account);
    } catch (const Error &error) {
        return unexpected(error);
    }
    m_journal = std::make_shared<Journal>(m_database, m_io.context().get_executor());
    return {};
}

void UserCore::begin()
{
    armSweep();
}

void UserCore::end()
{
    m_ended = true;
    m_sweepAlarm.disarm();
    m_connections.clear();
    m_ledger.close();
}

void UserCore::close()
{
    m_ledger.stop();
    if (m_journal)
        m_journal->finish();
    m_lock.reset();
}

awaitable<void> UserCore::serve(ServerRequest request, ServerResponse &response)
{
    std::optional<QString> failure;
    try {
        co_await route(request, response);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        failure = error.message();
    }
    if (!failure)
        co_return;
    if (response.started())
        response.abort();
    else
        co_await answerError(response, QStringLiteral("User: ") + *failure);
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
        const Service service = co_await serviceAt(provider, name, true);
        co_await answerJson(response, 200, service.toJson(Service::Keys::Camel));
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
        service = co_await serviceAt(provider, name, true);
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
    Impl(IoThread &thread, UserAgentOptions given)
        : io(thread)
        , user(given.key.address())
        , core(std::make_shared<UserCore>(thread, given))
        , server(thread, httpOptions(given), [this](ServerRequest request, ServerResponse &response) { return core->serve(std::move(request), response); })
    {
    }

    Expected<void> start()
    {
        if (const auto opened = core->open(); !opened)
            return opened;
        if (const auto port = server.listen(); !port)
            return unexpected(port.error());
        askOn(io, [this] { return core->begin(), true; });
        return {};
    }

    void stop()
    {
        if (std::exchange(stopped, true))
            return;
        server.stop();
        askOn(io, [this] { return core->end(), true; });
        core->close();
    }

    IoThread &io;
    Address user;
    std::shared_ptr<UserCore> core;
    HttpServer server;
    bool stopped = false;

private:
    static HttpServerOptions httpOptions(const UserAgentOptions &options)
    {
        HttpServerOptions http;
        http.port = options.port;
        http.maxBodyBytes = options.maxBodyBytes;
        http.maxBytesInHand = std::max<qsizetype>(http.maxBytesInHand, 4 * options.maxBodyBytes);
        http.maxBytesInHandPerPeer = std::max<qsizetype>(http.maxBytesInHandPerPeer, 3 * options.maxBodyBytes);
        http.refusal = &agentRefusal;
        return http;
    }
};

UserAgent::UserAgent(IoThread &io, UserAgentOptions options)
    : m_impl(std::make_unique<Impl>(io, std::move(options)))
{
}

UserAgent::~UserAgent()
{
    stop();
}

Expected<QUrl> UserAgent::listen()
{
    if (const auto started = m_impl->start(); !started) {
        const Error why = started.error();
        stop();
        return unexpected(why);
    }
    return url();
}

void UserAgent::stop()
{
    m_impl->stop();
}

QUrl UserAgent::url() const
{
    return QUrl(m_impl->server.origin());
}

Address UserAgent::user() const
{
    return m_impl->user;
}

} // namespace sluice::zerog
