#include "sluice/backend/backend_services.h"
#include "sluice/backend/sales_desk.h"
#include "sluice/backend/user_data.h"
#include "sluice/base/task.h"
#include "sluice/crypto/private_key.h"
#include "sluice/net/asio_http_client.h"
#include "sluice/net/http_server.h"
#include "sluice/zerog/backend.h"
#include "sluice/zerog/local_ledger.h"
#include "sluice/zerog/provider_agent.h"
#include "sluice/zerog/user_agent.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::zerog;

namespace {

const QString Zerog = QStringLiteral("zerog");

/// The value or the error, once the future has ended.
template <typename T> Expected<T> settled(QFuture<T> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        return unexpected(Error(Error::Kind::Internal, QStringLiteral("the future did not end")));
    try {
        future.waitForFinished();
    } catch (const Error &error) {
        return unexpected(error);
    }
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return future.result();
}

/// A service that answers chats in four words, whole or as a stream, and everything else as a storage node would.
boost::asio::awaitable<void> serve(ServerRequest request, ServerResponse &response)
{
    const bool stream = request.body.contains(R"("stream":true)");
    if (request.body.contains("break")) {
        Headers type = headers::contentType("application/json");
        QByteArray said = R"({"error":{"message":"out of order"}})";
        co_await response.send(503, std::move(type), std::move(said));
        co_return;
    }
    Headers head = headers::contentType(stream ? "text/event-stream" : "application/json");
    QByteArray body = R"({"choices":[{"message":{"role":"assistant","content":"one two three four"}}]})";
    if (stream)
        body = "data: {\"choices\":[{\"delta\":{\"content\":\"one two \"},\"finish_reason\":null}]}\n\n"
               "data: {\"choices\":[{\"delta\":{\"content\":\"three four\"},\"finish_reason\":null}]}\n\n"
               "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    else if (!request.body.contains("messages"))
        body = R"({"jsonrpc":"2.0","id":1,"result":{"connectedPeers":0}})";
    co_await response.send(200, std::move(head), std::move(body));
}

/// Who hears what calls tell.
class Sink final : public CallSink {
public:
    [[nodiscard]] QString runId() const override { return QStringLiteral("run"); }
    void servedBy(const QUrl &url) override { server = url; }
    void balanceFound(const QUrl &, const QString &) override {}
    void balanceReported(const QByteArray &) override {}
    void note(const QString &) override {}
    void keepReceived(const QByteArray &, const QByteArray &) override {}
    [[nodiscard]] TicketObserver &tickets() override { throw Error(Error::Kind::Internal, QStringLiteral("0G serving pays with no tickets")); }
    QUrl server;
};

/// A service, both agents and the backend that knows the user's.
struct Network {
    Network()
        : service(io, HttpServerOptions(), &serve)
    {
        (void)orThrow(service.listen());
        const QString ledger = folder.filePath(QStringLiteral("ledger.db"));
        ProviderAgentOptions selling(providerKey);
        selling.ledger = ledgerFile(ledger);
        selling.stateFile = folder.filePath(QStringLiteral("provider.db"));
        provider = std::make_unique<ProviderAgent>(io, selling);
        providerUrl = orThrow(provider->listen());
        UserAgentOptions calling(userKey);
        calling.ledger = ledgerFile(ledger);
        calling.stateFile = folder.filePath(QStringLiteral("user.db"));
        user = std::make_unique<UserAgent>(io, calling);
        BackendSettings settings;
        settings.values.insert(QStringLiteral("user_agent"), orThrow(user->listen()).toString());
        settings.values.insert(QStringLiteral("provider_agent"), providerUrl.toString());
        backend = backendKind().make(services, settings);
        accounts = RemoteAccounts::of(*backend);
        for (const char *type : {"chatbot", "zgStorage"})
            offer(type);
    }
    void offer(const QByteArray &type)
    {
        const QString name = type == "chatbot" ? QStringLiteral("llama7b") : QStringLiteral("files");
        AsioHttpRequest request;
        request.url = providerUrl.resolved(QUrl(QStringLiteral("/v1/service")));
        request.headers = headers::contentType("application/json");
        request.body = Json{{QStringLiteral("URL"), service.origin()}, {QStringLiteral("inputPrice"), 1}, {QStringLiteral("outputPrice"), 2},
            {QStringLiteral("Type"), QString::fromLatin1(type)}, {QStringLiteral("Name"), name}}.dump();
        const AsioHttpResponse answer = boost::asio::co_spawn(io.context(), asioSend(request), boost::asio::use_future).get();
        QCOMPARE(answer.status, 204);
    }
    [[nodiscard]] QString name(const QString &sold) const { return capabilityName(sold, providerKey.address().toChecksum()); }
    [[nodiscard]] Call call(const QString &capability, const char *input, Verb verb = Verb::Run) const
    {
        Call made;
        made.backend = Zerog;
        made.capability = capability;
        made.verb = verb;
        made.input = orThrow(Json::parse(QByteArrayView(input)));
        return made;
    }
    [[nodiscard]] QString seller() const { return providerKey.address().toChecksum(); }
    void open(const QString &amount) { orThrow(settled(toFuture(accounts->openAccount(seller(), amount, CallContext())))); }
    Expected<RunResult> run(const Call &call)
    {
        BackendCall given;
        given.call = call;
        for (const CapabilityInfo &info : list()) {
            if (info.name == call.capability)
                given.info = info;
        }
        return settled(toFuture(backend->run(given, sink, CallContext())));
    }
    QList<CapabilityInfo> list() { return orThrow(settled(toFuture(backend->list({}, CallContext())))).capabilities; }
    SalesBook sales() { return orThrow(settled(toFuture(SalesDesk::of(*backend)->sales(0, CallContext())))); }
    SettlementOutcome settle() { return orThrow(settled(toFuture(SalesDesk::of(*backend)->settle(CallContext())))); }
    QList<AccountCall> calls() { return orThrow(settled(toFuture(accounts->calls(0, CallContext())))); }
    AccountBook book() { return orThrow(settled(toFuture(accounts->accounts(CallContext())))); }

    QTemporaryDir folder;
    IoThread io;
    HttpServer service;
    const PrivateKey providerKey = PrivateKey::generate();
    const PrivateKey userKey = PrivateKey::generate();
    std::unique_ptr<ProviderAgent> provider;
    std::unique_ptr<UserAgent> user;
    BackendServices services{UserData::inMemory(), CallTiming(), SpendPolicy()};
    std::shared_ptr<Sink> sink = std::make_shared<Sink>();
    std::unique_ptr<Backend> backend;
    RemoteAccounts *accounts = nullptr;
    QUrl providerUrl;
};

constexpr char Question[] = R"({"messages":[{"role":"user","content":"Say this is a test!"}]})";

} // namespace

/// 0G serving through a Gateway: services as capabilities, calls, and the accounts that pay them.
class TestZerogBackend : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachServiceIsACapability();
    void aChatRuns();
    void aChatStreams();
    void storageIsAsked();
    void aServiceIsFoundByItsNameAlone();
    void accountsAreOpenedFilledAndEmptied();
    void whatIsMissingIsSaid();
    void aFailedCallIsToldAndFree();
    void aUserAgentBelongsOnThisMachine();
    void whatIsSoldIsListedAndSettledToTheNeuron();
    void signaturesAreCheckedFromTheRows();
    void theLatestCallsCanBeAskedForAlone();
    void refundsThatAreNotDueStay();
    void nothingIsSoldWithoutAProviderAgent();
};

void TestZerogBackend::eachServiceIsACapability()
{
    Network network;
    const QList<CapabilityInfo> all = network.list();
    QCOMPARE(all.size(), 2);
    const auto named = [&](const QString &name) {
        for (const CapabilityInfo &info : all) {
            if (info.name == network.name(name))
                return info;
        }
        return CapabilityInfo();
    };
    const CapabilityInfo chat = named(QStringLiteral("llama7b"));
    QCOMPARE(chat.title, QStringLiteral("llama7b"));
    QVERIFY(chat.isChat() && chat.listed && chat.description.contains(QStringLiteral("1 neuron per word sent, 2 neuron per word received")));
    const CapabilityInfo files = named(QStringLiteral("files"));
    QVERIFY(!files.isChat());
    QCOMPARE(files.verbs, QList<Verb>{Verb::Run});
}

void TestZerogBackend::aChatRuns()
{
    Network network;
    network.open(QStringLiteral("1000"));
    const RunResult result = orThrow(network.run(network.call(network.name(QStringLiteral("llama7b")), Question)));
    QCOMPARE(result.status, 200);
    QCOMPARE(orThrow(Json::parse(result.content)).find(QStringLiteral("/choices/0/message/content")).value_or(Json()).toString(), QStringLiteral("one two three four"));
    const QList<AccountCall> calls = network.calls();
    QCOMPARE(calls.size(), 1);
    QCOMPARE(calls.first().state, QStringLiteral("done"));
    QCOMPARE(calls.first().fee, QStringLiteral("5"));
    QCOMPARE(calls.first().signature.size(), 132);
}

void TestZerogBackend::aChatStreams()
{
    Network network;
    network.open(QStringLiteral("1000"));
    BackendCall given;
    given.call = network.call(network.name(QStringLiteral("llama7b")), Question, Verb::Stream);
    const auto events = orThrow(settled(toFuture(network.backend->stream(given, network.sink, CallContext()))));
    QStringList datas;
    EventSource::Item item;
    do {
        item = orThrow(settled(toFuture(events->next())));
        if (item.kind == EventSource::Item::Kind::Event)
            datas.append(item.event.data);
    } while (!item.isEnd());
    QCOMPARE(item.kind, EventSource::Item::Kind::Done);
    QCOMPARE(datas.size(), 3);
    QVERIFY(datas.at(1).contains(QStringLiteral("three four")));
    QVERIFY(!events->isOtherShape());
}

void TestZerogBackend::storageIsAsked()
{
    Network network;
    network.open(QStringLiteral("1000"));
    const RunResult result = orThrow(network.run(network.call(network.name(QStringLiteral("files")), R"({"method":"zgs_getStatus","params":[]})")));
    QVERIFY(orThrow(Json::parse(result.content)).contains(QStringLiteral("result")));
    QCOMPARE(network.calls().first().inputCount, QStringLiteral("38"));
}

void TestZerogBackend::aServiceIsFoundByItsNameAlone()
{
    Network network;
    network.open(QStringLiteral("1000"));
    QCOMPARE(orThrow(network.run(network.call(QStringLiteral("llama7b"), Question))).status, 200);
    const auto none = network.run(network.call(QStringLiteral("none"), Question));
    QVERIFY(!none);
}

void TestZerogBackend::accountsAreOpenedFilledAndEmptied()
{
    Network network;
    QVERIFY(network.accounts);
    const QString provider = network.providerKey.address().toChecksum();
    QVERIFY(network.book().accounts.isEmpty());
    network.open(QStringLiteral("340282366920938463463374607431768211456"));
    QVERIFY(!settled(toFuture(network.accounts->openAccount(provider, QStringLiteral("1"), CallContext()))));
    orThrow(settled(toFuture(network.accounts->deposit(provider, QStringLiteral("4"), CallContext()))));
    orThrow(settled(toFuture(network.accounts->askRefund(provider, QStringLiteral("3"), CallContext()))));
    const AccountBook book = network.book();
    QCOMPARE(book.owner, network.userKey.address().toChecksum());
    QCOMPARE(book.unit, QStringLiteral("neuron"));
    QCOMPARE(book.accounts.size(), 1);
    const RemoteAccount account = book.accounts.first();
    QCOMPARE(account.balance, QStringLiteral("340282366920938463463374607431768211460"));
    QCOMPARE(account.pendingRefund, QStringLiteral("3"));
    QCOMPARE(account.services.size(), 2);
    QCOMPARE(account.refunds.size(), 1);
    QCOMPARE(account.refunds.first().askedAt.secsTo(account.refunds.first().dueAt), qint64(LocalLedger::DefaultLockTime));
    QVERIFY(!settled(toFuture(network.accounts->askRefund(provider, QStringLiteral("-1"), CallContext()))));
    QVERIFY(!settled(toFuture(network.accounts->deposit(QStringLiteral("0x12"), QStringLiteral("1"), CallContext()))));
}

void TestZerogBackend::whatIsMissingIsSaid()
{
    Network network;
    const auto without = network.run(network.call(network.name(QStringLiteral("llama7b")), Question));
    QVERIFY(!without);
    QCOMPARE(without.error().kind(), Error::Kind::InsufficientBalance);
    QVERIFY(without.error().advice().contains(QStringLiteral("account")));
    network.open(QStringLiteral("4"));
    const auto poor = network.run(network.call(network.name(QStringLiteral("llama7b")), Question));
    QVERIFY(!poor);
    QCOMPARE(poor.error().kind(), Error::Kind::InsufficientBalance);
    QVERIFY(poor.error().message().contains(QStringLiteral("total fee of 5 exceeds the available balance of 4")));
}

void TestZerogBackend::aFailedCallIsToldAndFree()
{
    Network network;
    network.open(QStringLiteral("100"));
    const auto failed = network.run(network.call(network.name(QStringLiteral("llama7b")), R"({"messages":[{"role":"user","content":"break"}]})"));
    QVERIFY(!failed);
    QCOMPARE(failed.error().httpStatus(), 503);
    QVERIFY(failed.error().message().contains(QStringLiteral("out of order")));
    QCOMPARE(network.calls().first().fee, QStringLiteral("0"));
}

void TestZerogBackend::aUserAgentBelongsOnThisMachine()
{
    const BackendKind kind = backendKind();
    const auto check = [&](const QString &url) {
        BackendSettings settings;
        settings.values.insert(QStringLiteral("user_agent"), url);
        return kind.check(settings, false);
    };
    QVERIFY(check(QStringLiteral("http://127.0.0.1:1034")));
    QVERIFY(check(QStringLiteral("https://agent.example")));
    QVERIFY(!check(QStringLiteral("http://agent.example")));
    QVERIFY(!check(QStringLiteral("nothing")));
}

void TestZerogBackend::whatIsSoldIsListedAndSettledToTheNeuron()
{
    Network network;
    network.open(QStringLiteral("1000"));
    QCOMPARE(network.sales().services.size(), 2);
    QVERIFY(!network.settle().settlement); // nothing is owed
    (void)orThrow(network.run(network.call(network.name(QStringLiteral("llama7b")), Question)));
    (void)orThrow(network.run(network.call(network.name(QStringLiteral("llama7b")), Question)));
    const SalesBook before = network.sales();
    QCOMPARE(before.provider, network.seller());
    QCOMPARE(before.unsettled, QStringLiteral("18")); // 5, and 5 with 4 words of the first answer at 2
    QCOMPARE(before.customers.size(), 1);
    QCOMPARE(before.customers.first().user, network.userKey.address().toChecksum());
    QCOMPARE(before.customers.first().available, QStringLiteral("1000"));
    QCOMPARE(before.calls.size(), 2);
    const SettlementOutcome outcome = network.settle();
    QVERIFY(outcome.settlement && outcome.settlement->ok && outcome.leftOut.isEmpty());
    QCOMPARE(outcome.settlement->total, QStringLiteral("18"));
    QCOMPARE(outcome.settlement->cause, QStringLiteral("asked"));
    const SalesBook after = network.sales();
    QCOMPARE(after.unsettled, QStringLiteral("0"));
    QCOMPARE(after.wallet, toDecimal(Wei(orThrow(weiFromDecimal(before.wallet)) + 18)));
    QCOMPARE(after.settlements.size(), 1);
    QCOMPARE(after.calls.last().state, QStringLiteral("settled"));
    QCOMPARE(network.book().accounts.first().balance, QStringLiteral("982"));
    QCOMPARE(network.book().accounts.first().settledNonce, network.calls().last().nonce);
}

void TestZerogBackend::signaturesAreCheckedFromTheRows()
{
    Network network;
    network.open(QStringLiteral("1000"));
    (void)orThrow(network.run(network.call(network.name(QStringLiteral("llama7b")), Question)));
    for (int look = 0; look < 2; ++look) { // the second time it is known
        QCOMPARE(network.calls().first().check, SignatureCheck::Good);
        QCOMPARE(network.sales().calls.first().check, SignatureCheck::Good);
    }
    QCOMPARE(network.calls().first().user, network.userKey.address().toChecksum());
}

void TestZerogBackend::theLatestCallsCanBeAskedForAlone()
{
    Network network;
    network.open(QStringLiteral("1000"));
    for (int i = 0; i < 3; ++i)
        (void)orThrow(network.run(network.call(network.name(QStringLiteral("llama7b")), Question)));
    const QList<AccountCall> all = network.calls();
    QCOMPARE(all.size(), 3);
    const QList<AccountCall> latest = orThrow(settled(toFuture(network.accounts->calls(2, CallContext()))));
    QCOMPARE(latest.size(), 2);
    QCOMPARE(latest.first().nonce, all.at(1).nonce);
    QCOMPARE(latest.last().nonce, all.at(2).nonce);
    const SalesBook sold = orThrow(settled(toFuture(SalesDesk::of(*network.backend)->sales(1, CallContext()))));
    QCOMPARE(sold.calls.size(), 1);
    QCOMPARE(sold.calls.first().nonce, all.last().nonce);
}

void TestZerogBackend::refundsThatAreNotDueStay()
{
    Network network;
    network.open(QStringLiteral("1000"));
    orThrow(settled(toFuture(network.accounts->askRefund(network.seller(), QStringLiteral("400"), CallContext()))));
    orThrow(settled(toFuture(network.accounts->processRefunds(CallContext()))));
    const RemoteAccount account = network.book().accounts.first();
    QCOMPARE(account.balance, QStringLiteral("1000"));
    QCOMPARE(account.refunds.size(), 1);
}

void TestZerogBackend::nothingIsSoldWithoutAProviderAgent()
{
    const BackendKind kind = backendKind();
    BackendServices services{UserData::inMemory(), CallTiming(), SpendPolicy()};
    BackendSettings settings;
    settings.values.insert(QStringLiteral("user_agent"), QStringLiteral("http://127.0.0.1:1034"));
    const auto without = kind.make(services, settings);
    QVERIFY(RemoteAccounts::of(*without));
    QVERIFY(!SalesDesk::of(*without));
    settings.values.insert(QStringLiteral("provider_agent"), QStringLiteral("http://127.0.0.1:3080"));
    QVERIFY(kind.check(settings, false));
    const auto with = kind.make(services, settings);
    QVERIFY(SalesDesk::of(*with));
    // Its books are not for the way through a strange network.
    settings.values.insert(QStringLiteral("provider_agent"), QStringLiteral("http://agent.example"));
    const auto refused = kind.check(settings, false);
    QVERIFY(!refused);
    QCOMPARE(refused.error().field(), QStringLiteral("/provider_agent"));
}

QTEST_GUILESS_MAIN(TestZerogBackend)
#include "tst_zerog_backend.moc"
