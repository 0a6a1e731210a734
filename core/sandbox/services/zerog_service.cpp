#include "sluice/sandbox/services/zerog_service.h"

#include "sluice/net/asio_http_client.h"
#include "sluice/sandbox/sandbox_host.h"
#include "sluice/sandbox/services/openai_service.h"
#include "sluice/zerog/local_ledger.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace sluice {

namespace {

const QString ServiceName = QStringLiteral("sandbox-chat");
const QString StorageName = QStringLiteral("sandbox-files");
/// So short that a refund can be seen to become due.
constexpr qint64 LockSeconds = 60;
constexpr std::chrono::seconds RefundInterval{5};
constexpr std::chrono::seconds SettleInterval{30};

/// What a funded wallet holds, 1 A0GI each, and what of it the user has at the provider.
U256 funding()
{
    return U256(1'000'000'000'000'000'000ULL);
}
const char AccountNeuron[] = "100000000000000000";

AsioHttpResponse ask(IoThread &io, const QByteArray &method, const QUrl &base, const QString &path, const Json &body)
{
    AsioHttpRequest request;
    request.method = method;
    request.url = base;
    request.url.setPath(path);
    request.headers = headers::contentType("application/json");
    if (!body.isNull())
        request.body = body.dump();
    request.totalTimeout = std::chrono::seconds(30);
    return boost::asio::co_spawn(io.context(), asioSend(request), boost::asio::use_future).get();
}

void mustBe(int status, const AsioHttpResponse &answer, const char *what)
{
    if (answer.status != status)
        throw Error(Error::Kind::Config, QStringLiteral("%1: the agent answered %2: %3").arg(QLatin1String(what)).arg(answer.status).arg(QString::fromUtf8(answer.body.left(500))));
}

/// Passes a chat on with this model, and its answer back as it comes.
boost::asio::awaitable<void> passChat(QUrl server, QString model, ServerRequest request, ServerResponse &response)
{
    auto body = Json::parse(request.body);
    if (request.method != "POST" || !body || !body->isObject()) {
        QByteArray said = "A chat is a JSON object, sent with POST.";
        co_await response.sendText(400, std::move(said));
        co_return;
    }
    body->insert(QStringLiteral("model"), model);
    AsioHttpRequest asked;
    asked.url = server;
    asked.url.setPath(QString::fromUtf8(request.path), QUrl::TolerantMode);
    asked.headers = headers::contentType("application/json");
    asked.body = body->dump();
    const std::shared_ptr<AsioHttpStream> answer = co_await asioOpen(std::move(asked));
    Headers head = headers::contentType(headers::value(answer->headers(), "Content-Type"));
    co_await response.begin(answer->status(), std::move(head));
    for (;;) {
        QByteArray bytes = co_await answer->read();
        if (bytes.isEmpty())
            break;
        const bool there = co_await response.write(std::move(bytes));
        if (!there)
            co_return;
    }
    co_await response.end();
}

} // namespace

void ZerogService::startChat(SandboxHost &host, const QUrl &server)
{
    const AsioHttpResponse listed = ask(host.io(), "GET", server, QStringLiteral("/v1/models"), Json());
    const auto models = Json::parse(listed.body);
    const QString model = models ? models->find(QStringLiteral("/data/0/id")).value_or(Json()).toString() : QString();
    if (model.isEmpty())
        throw Error(Error::Kind::Config, QStringLiteral("The sandbox's OpenAI-compatible server lists no chat that could be sold."));
    host.listenAgain(QStringLiteral("zerog_chat"), [&](quint16 port) -> Expected<quint16> {
        HttpServerOptions options;
        options.port = port;
        m_chat = std::make_unique<HttpServer>(host.io(), options,
            [server, model](ServerRequest request, ServerResponse &response) { return passChat(server, model, std::move(request), response); });
        return m_chat->listen();
    });
}

QCoro::Task<Json> ZerogService::start(SandboxHost &host)
{
    const QString ledger = host.options().stateFile + QStringLiteral(".zerog");
    const Address provider = host.key(QStringLiteral("zerog_provider_key")).address();
    const Address user = host.key(QStringLiteral("zerog_user_key")).address();
    {
        const std::unique_ptr<zerog::LocalLedger> made = orThrow(zerog::LocalLedger::open(ledger));
        zerog::LocalLedger::Genesis genesis;
        genesis.lockTime = LockSeconds;
        genesis.owner = provider;
        genesis.wallets = {{provider, funding()}, {user, funding()}};
        QCoro::Task<zerog::Settled<void>> initializing = made->initialize(genesis);
        const zerog::Settled<void> done = co_await initializing;
        if (!done && done.error().kind() != zerog::Refusal::Kind::AlreadyInitialized)
            throw done.error().toError();
    }
    startProvider(host, ledger);
    startUser(host, ledger);
    QUrl server = host.service<OpenAiService>()->url();
    server.setPath(QString()); // callers add /v1/chat/completions
    startChat(host, server);
    startStorage(host);
    sell(host, ServiceName, QStringLiteral("chatbot"), m_chat->origin());
    sell(host, StorageName, QStringLiteral("zgStorage"), m_storage->origin());
    fillAccount(host);
    Json settings{{QStringLiteral("user_agent"), m_userUrl.toString()}, {QStringLiteral("provider_agent"), m_providerUrl.toString()},
        {QStringLiteral("user"), user.toChecksum()}, {QStringLiteral("provider"), provider.toChecksum()}, {QStringLiteral("service"), ServiceName},
        {QStringLiteral("storage_service"), StorageName}, {QStringLiteral("chat"), m_chat->origin()}, {QStringLiteral("storage"), m_storage->origin()}, {QStringLiteral("ledger"), ledger}};
    co_return settings;
}

void ZerogService::startProvider(SandboxHost &host, const QString &ledger)
{
    host.listenAgain(QStringLiteral("zerog_provider"), [&](quint16 port) -> Expected<quint16> {
        zerog::ProviderAgentOptions options(host.key(QStringLiteral("zerog_provider_key")));
        options.ledger = zerog::ledgerFile(ledger);
        options.stateFile = zerog::stateFileBeside(ledger, QStringLiteral("provider"), options.key.address());
        options.port = port;
        options.settleInterval = SettleInterval;
        m_provider = std::make_unique<zerog::ProviderAgent>(host.io(), options);
        const auto listening = m_provider->listen();
        if (!listening)
            return unexpected(listening.error());
        m_providerUrl = *listening;
        return quint16(m_providerUrl.port());
    });
}

void ZerogService::startUser(SandboxHost &host, const QString &ledger)
{
    host.listenAgain(QStringLiteral("zerog_user"), [&](quint16 port) -> Expected<quint16> {
        zerog::UserAgentOptions options(host.key(QStringLiteral("zerog_user_key")));
        options.ledger = zerog::ledgerFile(ledger);
        options.stateFile = zerog::stateFileBeside(ledger, QStringLiteral("user"), options.key.address());
        options.port = port;
        options.refundInterval = RefundInterval;
        m_user = std::make_unique<zerog::UserAgent>(host.io(), options);
        const auto listening = m_user->listen();
        if (!listening)
            return unexpected(listening.error());
        m_userUrl = *listening;
        return quint16(m_userUrl.port());
    });
}

void ZerogService::startStorage(SandboxHost &host)
{
    m_files = std::make_unique<StorageNode>(host.options().stateFile + QStringLiteral(".zerog-files"));
    host.listenAgain(QStringLiteral("zerog_storage"), [&](quint16 port) -> Expected<quint16> {
        HttpServerOptions options;
        options.port = port;
        m_storage = std::make_unique<HttpServer>(host.io(), options, [this](ServerRequest request, ServerResponse &response) { return m_files->serve(std::move(request), response); });
        return m_storage->listen();
    });
}

void ZerogService::sell(SandboxHost &host, const QString &name, const QString &type, const QString &target)
{
    const Json service{{QStringLiteral("URL"), target}, {QStringLiteral("inputPrice"), 1}, {QStringLiteral("outputPrice"), 2}, {QStringLiteral("Type"), type},
        {QStringLiteral("Name"), name}};
    const QString place = QStringLiteral("/v1/service");
    const QString own = place + QLatin1Char('/') + name;
    const AsioHttpResponse known = ask(host.io(), "GET", m_providerUrl, own, Json());
    if (known.status != 200) {
        mustBe(204, ask(host.io(), "POST", m_providerUrl, place, service), "A service of the sandbox was not registered");
        return;
    }
    const auto json = Json::parse(known.body);
    if (json && json->value(QStringLiteral("url")).toString() != target)
        mustBe(202, ask(host.io(), "PUT", m_providerUrl, own, service), "A service of the sandbox did not get its new address");
}

void ZerogService::fillAccount(SandboxHost &host)
{
    const QString place = QStringLiteral("/v1/provider");
    const QString provider = m_provider->provider().toChecksum();
    const AsioHttpResponse known = ask(host.io(), "GET", m_userUrl, place + QLatin1Char('/') + provider, Json());
    if (known.status == 200)
        return;
    const Json account{{QStringLiteral("provider"), provider}, {QStringLiteral("balance"), QString::fromLatin1(AccountNeuron)}};
    mustBe(204, ask(host.io(), "POST", m_userUrl, place, account), "The user's account was not made");
}

QFuture<void> ZerogService::stop()
{
    if (m_user)
        m_user->stop();
    if (m_provider)
        m_provider->stop();
    if (m_chat)
        m_chat->stop();
    if (m_storage)
        m_storage->stop();
    return QtFuture::makeReadyFuture();
}

} // namespace sluice
