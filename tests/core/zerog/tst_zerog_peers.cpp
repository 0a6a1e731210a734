// What dishonest peers of 0G serving try: a node of a chain towards a ledger, and a provider towards a user agent.
#include "ledger_fixture.h"
#include "scripted_node.h"
#include "sluice/net/asio_http_client.h"
#include "sluice/net/http_client.h"
#include "sluice/net/pin_store.h"
#include "sluice/zerog/call_headers.h"
#include "sluice/zerog/chain_ledger.h"
#include "sluice/zerog/user_agent.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

#include <functional>

using namespace sluice;
using namespace sluice::zerog;
using namespace sluice::zerog::test;
namespace encoding = sluice::abi;
using encoding::Array;
using encoding::Tuple;
using encoding::Value;

namespace {

const QString Sold = QStringLiteral("llama7b");
constexpr char Answer[] = R"({"choices":[{"message":{"role":"assistant","content":"one two three"}}]})";

/// Of a call's task that must throw.
template <typename T> Error failureOf(QCoro::Task<T> task)
{
    try {
        (void)await(std::move(task));
    } catch (const Error &error) {
        return error;
    }
    return Error(Error::Kind::Internal, QStringLiteral("it was believed"));
}

/// A node that lets a transaction through, until it is told to lie.
class ChainNode final : public ScriptedNode {
public:
    ChainNode()
    {
        set("eth_chainId", "\"0x40d8\"");
        set("eth_estimateGas", "\"0x5208\"");
        set("eth_gasPrice", "\"0x77359400\"");
        set("eth_getTransactionCount", "\"0x1\"");
        set("eth_sendRawTransaction", "\"0x00\"");
        set("eth_getTransactionReceipt", R"({"status":"0x1","blockNumber":"0x11","logs":[]})");
        block("0x1c9c380");
    }
    void block(const QByteArray &gas, const QByteArray &number = "0x10") { set("eth_getBlockByNumber", R"({"number":")" + number + R"(","timestamp":"0x66c6dcfc","baseFeePerGas":"0x7","gasLimit":")" + gas + "\"}"); }
    [[nodiscard]] bool gotTransaction() { return asked().contains("eth_sendRawTransaction"); }
};

/// In a provider's place, without any agent: what it does with a call is told by the test.
class DishonestProvider {
public:
    using Plan = std::function<boost::asio::awaitable<void>(ServerRequest, ServerResponse &)>;
    DishonestProvider()
        : m_server(m_io, HttpServerOptions(), [this](ServerRequest request, ServerResponse &response) { return serve(std::move(request), response); })
    {
        (void)orThrow(m_server.listen());
    }
    ~DishonestProvider() { m_server.stop(); }
    DishonestProvider(const DishonestProvider &) = delete;
    DishonestProvider &operator=(const DishonestProvider &) = delete;

    void does(Plan plan)
    {
        const std::scoped_lock lock(m_mutex);
        m_plan = std::move(plan);
    }
    /// What it was signed, in the order of the calls.
    [[nodiscard]] QList<Request> signedCalls()
    {
        const std::scoped_lock lock(m_mutex);
        return m_signed;
    }
    [[nodiscard]] QString origin() const { return m_server.origin(); }

private:
    boost::asio::awaitable<void> serve(ServerRequest request, ServerResponse &response)
    {
        Plan plan;
        {
            const std::scoped_lock lock(m_mutex);
            m_signed.append(orThrow(requestFromHeaders(request.headers)));
            plan = m_plan;
        }
        co_await plan(std::move(request), response);
    }

    IoThread m_io;
    std::mutex m_mutex;
    Plan m_plan;
    QList<Request> m_signed;
    HttpServer m_server;
};

boost::asio::awaitable<void> answerWhole(ServerRequest, ServerResponse &response)
{
    Headers head = headers::contentType("application/json");
    QByteArray body = Answer;
    co_await response.send(200, std::move(head), std::move(body));
}

boost::asio::awaitable<void> answerHalf(ServerRequest, ServerResponse &response)
{
    Headers head = headers::contentType("application/json");
    co_await response.begin(200, std::move(head));
    QByteArray piece = "{";
    co_await response.write(std::move(piece));
    response.abort();
}

/// A user agent with an account at a dishonest provider; clock and ledger stand still.
struct Victim {
    explicit Victim(std::chrono::milliseconds alone = std::chrono::minutes(10))
    {
        const QString file = folder.filePath(QStringLiteral("ledger.db"));
        LocalLedger::Options timed;
        timed.clock = &clock;
        ledger = orThrow(LocalLedger::open(file, timed));
        UserAgentOptions options(userKey);
        options.ledger = [file, timed]() -> std::unique_ptr<Ledger> { return orThrow(LocalLedger::open(file, timed)); };
        options.stateFile = folder.filePath(QStringLiteral("user.db"));
        options.clock = &clock;
        options.aloneTime = alone;
        agent = std::make_unique<UserAgent>(io, options);
        url = orThrow(agent->listen());
        sell(provider.origin(), 2);
        const auto paid = await(ledger->depositFund(userKey, seller(), U256(1'000'000)));
        if (!paid)
            throw paid.error().toError();
        clock.pass(10);
    }
    [[nodiscard]] Address seller() const { return providerKey.address(); }
    /// As the ledger lists it from now on.
    void sell(const QString &at, quint64 outputPrice)
    {
        Service sold = service(Sold, 1, outputPrice);
        sold.url = at;
        const auto done = await(ledger->addOrUpdateService(providerKey, sold));
        if (!done)
            throw done.error().toError();
    }
    [[nodiscard]] QString path() const { return QStringLiteral("/v1/provider/%1/service/%2").arg(seller().toChecksum(), Sold); }
    AsioHttpResponse ask(const QByteArray &method, const QString &at, const QByteArray &body = {})
    {
        AsioHttpRequest request;
        request.method = method;
        request.url = url.resolved(QUrl(at));
        request.headers = headers::contentType("application/json");
        request.body = body;
        return boost::asio::co_spawn(client.context(), asioSend(request), boost::asio::use_future).get();
    }
    AsioHttpResponse call() { return ask("POST", path() + QStringLiteral("/v1/chat/completions"), R"({"messages":[{"role":"user","content":"a b"}]})"); }
    [[nodiscard]] qsizetype callsKept() { return orThrow(Json::parse(ask("GET", QStringLiteral("/v1/request")).body)).value(QStringLiteral("items")).size(); }

    QTemporaryDir folder;
    HandClock clock;
    IoThread io;
    IoThread client;
    const PrivateKey providerKey = key(1);
    const PrivateKey userKey = key(2);
    DishonestProvider provider;
    std::unique_ptr<LocalLedger> ledger;
    std::unique_ptr<UserAgent> agent;
    QUrl url;
};

} // namespace

class TstZerogPeers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gas_dearer_than_allowed_is_not_signed_data();
    void gas_dearer_than_allowed_is_not_signed();
    void a_node_of_another_chain_gets_no_signature();
    void a_transaction_that_no_block_takes_is_left_in_time();
    void an_account_or_service_of_others_is_refused();
    void events_without_an_end_are_asked_for_so_many_times();
    void a_price_that_rose_after_the_look_cannot_be_charged();
    void a_provider_that_cuts_answers_is_not_believed_any_length();
    void no_provider_leads_the_agent_to_itself();
    void an_answer_without_an_end_is_left_with_its_caller();

private:
    ChainLedger::Options optionsFor(const ScriptedNode &node) const
    {
        ChainLedger::Options options;
        options.url = node.url;
        options.contract = Address(Address::Bytes{5});
        options.pollInterval = std::chrono::milliseconds(10);
        options.receiptTimeout = std::chrono::milliseconds(200);
        return options;
    }
    Error depositError(const ChainLedger::Options &options)
    {
        ChainLedger ledger(m_http, options);
        return failureOf(ledger.depositFund(key(2), key(1).address(), U256(5)));
    }

    MemoryPinStore m_pins;
    TlsTrust m_trust{m_pins};
    HttpClient m_http{m_trust};
};

void TstZerogPeers::gas_dearer_than_allowed_is_not_signed_data()
{
    QTest::addColumn<QByteArray>("estimate");
    QTest::addColumn<QByteArray>("price");
    QTest::addColumn<QByteArray>("blockGas");
    QTest::newRow("a coin for each gas") << QByteArray("0x5208") << QByteArray("0xde0b6b3a7640000") << QByteArray("0x1c9c380");
    QTest::newRow("gas without end") << QByteArray("0xfffffffffffffff") << QByteArray("0x77359400") << QByteArray("0xffffffffffffffff");
    QTest::newRow("numbers of 256 bits") << QByteArray("0x5208") << QByteArray("0x" + QByteArray(64, 'f')) << QByteArray("0x1c9c380");
}

void TstZerogPeers::gas_dearer_than_allowed_is_not_signed()
{
    QFETCH(QByteArray, estimate);
    QFETCH(QByteArray, price);
    QFETCH(QByteArray, blockGas);
    ChainNode node;
    node.set("eth_estimateGas", '"' + estimate + '"');
    node.set("eth_gasPrice", '"' + price + '"');
    node.block(blockGas);
    const Error error = depositError(optionsFor(node));
    QVERIFY2(error.kind() == Error::Kind::PriceExceeded || error.kind() == Error::Kind::InvalidInput, qPrintable(error.describe()));
    QVERIFY(!node.gotTransaction());
}

void TstZerogPeers::a_node_of_another_chain_gets_no_signature()
{
    ChainNode node;
    node.set("eth_chainId", "\"0x1\"");
    ChainLedger::Options options = optionsFor(node);
    options.chainId = U256(16661);
    const Error error = depositError(options);
    QCOMPARE(error.kind(), Error::Kind::Config);
    QVERIFY2(error.message().contains(QStringLiteral("chain 1,")), qPrintable(error.describe()));
    QVERIFY(!node.gotTransaction());
    // And one of that chain does.
    options.chainId = U256(1);
    ChainLedger ledger(m_http, options);
    QVERIFY(await(ledger.depositFund(key(2), key(1).address(), U256(5))).hasValue());
    QVERIFY(node.gotTransaction());
}

void TstZerogPeers::a_transaction_that_no_block_takes_is_left_in_time()
{
    ChainNode node;
    node.set("eth_getTransactionReceipt", "null");
    QCOMPARE(depositError(optionsFor(node)).kind(), Error::Kind::Timeout);
}

void TstZerogPeers::an_account_or_service_of_others_is_refused()
{
    const Address user = key(2).address();
    const Address provider = key(1).address();
    const Address other = key(3).address();
    ChainNode node;
    ChainLedger ledger(m_http, optionsFor(node));
    const auto account = [](const Address &of, const Address &at) {
        return encoding::encode(Tuple{{Value(Tuple{{of, at, U256(0), U256(1'000), U256(0), Array{{}}}})}});
    };
    const auto sold = [](const Address &by, const QString &name) {
        return encoding::encode(Tuple{{Value(Tuple{{by, name, QStringLiteral("chatbot"), QStringLiteral("http://127.0.0.1:1"), U256(1), U256(2), U256(1'724'308'732)}})}});
    };
    node.view("getAccount(address,address)", account(user, provider));
    QCOMPARE((*await(ledger.account(user, provider))).balance, U256(1'000));
    node.view("getAccount(address,address)", account(other, provider));
    QCOMPARE(failureOf(ledger.account(user, provider)).kind(), Error::Kind::Rpc);
    node.view("getService(address,string)", sold(provider, Sold));
    QCOMPARE((*await(ledger.service(provider, Sold))).name, Sold);
    node.view("getService(address,string)", sold(other, Sold));
    QCOMPARE(failureOf(ledger.service(provider, Sold)).kind(), Error::Kind::Rpc);
    node.view("getService(address,string)", sold(provider, QStringLiteral("dearer")));
    QCOMPARE(failureOf(ledger.service(provider, Sold)).kind(), Error::Kind::Rpc);
}

void TstZerogPeers::events_without_an_end_are_asked_for_so_many_times()
{
    ChainNode node;
    node.set("eth_getLogs", "[]");
    node.block("0x1c9c380", "0x3fffffffffffffff");
    ChainLedger ledger(m_http, optionsFor(node));
    const LedgerEvents events = await(ledger.events(0, 100));
    QVERIFY(events.events.isEmpty());
    const qsizetype asked = node.asked().count("eth_getLogs");
    QVERIFY2(asked <= 1000, qPrintable(QString::number(asked)));
    QCOMPARE(events.next, quint64(asked) * 5000); // whoever wants to goes on from there
    node.block("0x1c9c380", "0xffffffffffffffff");
    QCOMPARE(failureOf(ledger.events(0, 100)).kind(), Error::Kind::Rpc);
}

void TstZerogPeers::a_price_that_rose_after_the_look_cannot_be_charged()
{
    Victim victim;
    victim.provider.does(&answerWhole);
    QCOMPARE(victim.call().status, 200);
    // The agent looked a moment ago, and does not look again for the next call.
    victim.clock.pass(2);
    victim.sell(victim.provider.origin(), 100'000);
    victim.clock.pass(1);
    QCOMPARE(victim.call().status, 200);
    const QList<Request> given = victim.provider.signedCalls();
    QCOMPARE(given.size(), 2);
    QCOMPARE(given.last().previousOutputCount, U256(3));
    const auto settled = await(victim.ledger->settleFees(victim.providerKey, {RequestTrace({given.last()})}));
    QVERIFY2(!settled.hasValue(), "300,000 neuron were taken for what was to cost 8");
    QCOMPARE(settled.error().kind(), Refusal::Kind::ServiceUpdatedBeforeSettle);
}

void TstZerogPeers::a_provider_that_cuts_answers_is_not_believed_any_length()
{
    Victim victim;
    victim.provider.does(&answerHalf);
    (void)victim.call();
    victim.provider.does([](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        Headers head = headers::contentType("application/json");
        QByteArray body = R"({"error":"Provider proxy: handle proxied service, validate request: invalid previousOutputCount, expected 400000, but received 0"})";
        co_await response.send(400, std::move(head), std::move(body));
    });
    const AsioHttpResponse refused = victim.call();
    QCOMPARE(refused.status, 400);
    for (const Request &one : victim.provider.signedCalls())
        QVERIFY2(one.previousOutputCount < 400'000, "800,000 of the account's 1,000,000 neuron were signed away for an answer that nobody saw");
}

void TstZerogPeers::no_provider_leads_the_agent_to_itself()
{
    for (const char *host : {"127.0.0.1", "localhost", "[::1]"}) {
        Victim victim;
        victim.sell(QStringLiteral("http://%1:%2%3").arg(QLatin1String(host)).arg(victim.url.port()).arg(victim.path()), 2);
        const AsioHttpResponse refused = victim.call();
        QCOMPARE(refused.status, 400);
        QVERIFY2(refused.body.contains("this agent itself"), refused.body.constData());
        QCOMPARE(victim.callsKept(), 0);
    }
}

void TstZerogPeers::an_answer_without_an_end_is_left_with_its_caller()
{
    Victim victim(std::chrono::milliseconds(300));
    std::atomic<bool> begun = false;
    std::atomic<bool> left = false;
    victim.provider.does([&](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
        Headers head = headers::contentType("application/json");
        co_await response.begin(200, std::move(head));
        begun = true;
        bool there = true;
        while (there) {
            timer.expires_after(std::chrono::milliseconds(20));
            co_await timer.async_wait(boost::asio::use_awaitable);
            QByteArray piece = " ";
            there = co_await response.write(std::move(piece));
        }
        left = true;
    });
    QTcpSocket caller;
    caller.connectToHost(QStringLiteral("127.0.0.1"), quint16(victim.url.port()));
    QVERIFY(caller.waitForConnected(5000));
    const QByteArray body = R"({"messages":[]})";
    caller.write("POST " + victim.path().toLatin1() + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QTRY_VERIFY_WITH_TIMEOUT(begun, 10'000);
    caller.abort();
    QTRY_VERIFY_WITH_TIMEOUT(left, 10'000);
    QTRY_COMPARE(victim.callsKept(), 1);
}

QTEST_GUILESS_MAIN(TstZerogPeers)
#include "tst_zerog_peers.moc"
