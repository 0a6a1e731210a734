#include "peers/outcome.h"

#include "sluice/base/json.h"
#include "sluice/livepeer/chain_account.h"
#include "sluice/net/http_server.h"
#include "sluice/net/pin_store.h"

#include <QtTest/QTest>

#include <mutex>

using namespace sluice;
using namespace sluice::livepeer;
using test::outcomeOf;

namespace {

const Address Account = orThrow(Address::fromHex(QStringLiteral("0xA83Cc3117bfe5153D236F958500E39b397610082")));

QByteArray word(quint64 number)
{
    return QByteArray::number(number, 16).rightJustified(64, '0');
}

QByteArray answered(int id, const QByteArray &result)
{
    return "{\"jsonrpc\":\"2.0\",\"id\":" + QByteArray::number(id) + ",\"result\":\"" + result + "\"}";
}

QByteArray refused(int id, const QByteArray &error)
{
    return "{\"jsonrpc\":\"2.0\",\"id\":" + QByteArray::number(id) + ",\"error\":" + error + "}";
}

const QByteArray Chain = answered(1, "0xa4b1");
const QByteArray Sender = answered(2, "0x" + word(1000) + word(0) + word(2000) + word(3));
const QByteArray Round = answered(3, "0x" + word(3472));

/// A chain's node that says one thing and remembers what it was asked.
class ChainNode {
public:
    ChainNode(int status, QByteArray answer)
        : m_server(m_io, HttpServerOptions(), [this, status, answer](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response, status, answer); })
    {
        orThrow(m_server.listen());
    }
    ~ChainNode() { m_server.stop(); }
    [[nodiscard]] QUrl url() const { return QUrl(m_server.origin()); }
    [[nodiscard]] QList<QByteArray> bodies()
    {
        const std::scoped_lock lock(m_mutex);
        return m_bodies;
    }

private:
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response, int status, QByteArray answer)
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_bodies.append(request.body);
        }
        const Headers fields = headers::contentType("application/json");
        co_await response.send(status, fields, answer);
    }
    IoThread m_io;
    std::mutex m_mutex;
    QList<QByteArray> m_bodies;
    HttpServer m_server;
};

Expected<ChainAccount> read(const QUrl &node)
{
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient http(trust);
    ChainAccess chain;
    chain.node = node;
    return outcomeOf(readAccount(&http, chain, Account, CallContext()));
}

} // namespace

/// What a sender has at the ticket broker, as a chain's node tells it.
class ChainAccountTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void payments_21_oneBatchReadsTheAccountAndTheRound();
    void payments_21_aWrongChainARevertAndASilentNodeAreThreeErrors();
    void hostileAnswersAreRefused_data();
    void hostileAnswersAreRefused();
    void amountsOf256BitsAreExact();
};

void ChainAccountTest::payments_21_oneBatchReadsTheAccountAndTheRound()
{
    ChainNode node(200, "[" + Round + "," + Sender + "," + Chain + "]"); // in whatever order
    const auto account = read(node.url());
    QVERIFY2(account, account ? "" : qPrintable(account.error().describe()));
    QCOMPARE(account->deposit, Wei(1000));
    QCOMPARE(account->reserve, Wei(2000));
    QCOMPARE(account->claimedThisRound, Wei(3));
    QCOMPARE(account->withdrawRound, Wei(0));
    QVERIFY(!account->isUnlocking());
    QCOMPARE(account->currentRound, Wei(3472));
    QCOMPARE(node.bodies().size(), 1);
    const Json asked = orThrow(Json::parse(node.bodies().first()));
    QCOMPARE(asked.size(), 3);
    // The page's own example.
    QCOMPARE(asked.find(QStringLiteral("/1/params/0/to"))->toString().toLower(), QStringLiteral("0xa8bb618b1520e284046f3dfc448851a1ff26e41b"));
    QCOMPARE(asked.find(QStringLiteral("/1/params/0/data"))->toString(), QStringLiteral("0xe1a589da000000000000000000000000a83cc3117bfe5153d236f958500e39b397610082"));
    QCOMPARE(asked.find(QStringLiteral("/2/params/0/data"))->toString(), QStringLiteral("0x8a19c8bc"));
}

void ChainAccountTest::payments_21_aWrongChainARevertAndASilentNodeAreThreeErrors()
{
    ChainNode other(200, "[" + answered(1, "0x1") + "," + Sender + "," + Round + "]");
    const auto wrongChain = read(other.url());
    QVERIFY(!wrongChain);
    QCOMPARE(wrongChain.error().kind(), Error::Kind::Config);
    QVERIFY(wrongChain.error().message().contains(QStringLiteral("42161")));

    ChainNode reverting(200, "[" + Chain + "," + refused(2, R"({"code":3,"message":"execution reverted: current round is not initialized","data":"0x"})") + "," + Round + "]");
    const auto reverted = read(reverting.url());
    QVERIFY(!reverted);
    QCOMPARE(reverted.error().kind(), Error::Kind::Payment);
    QVERIFY(reverted.error().message().contains(QStringLiteral("current round is not initialized")));

    QUrl nobody;
    {
        ChainNode gone(200, "[]");
        nobody = gone.url();
    }
    const auto silent = read(nobody);
    QVERIFY(!silent);
    QCOMPARE(silent.error().kind(), Error::Kind::Network);
    ChainNode busy(200, refused(0, R"({"code":-32005,"message":"daily request count exceeded"})"));
    QCOMPARE(read(busy.url()).error().kind(), Error::Kind::Rpc);
    ChainNode locked(401, "no key");
    QCOMPARE(read(locked.url()).error().kind(), Error::Kind::Http);
}

void ChainAccountTest::hostileAnswersAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no array") << QByteArray("7");
    QTest::newRow("empty") << QByteArray("[]");
    QTest::newRow("one is missing") << QByteArray("[" + Chain + "," + Sender + "]");
    QTest::newRow("no contract there") << QByteArray("[" + Chain + "," + answered(2, "0x") + "," + Round + "]");
    QTest::newRow("a word too few") << QByteArray("[" + Chain + "," + answered(2, "0x" + word(1) + word(2) + word(3)) + "," + Round + "]");
    QTest::newRow("half a word") << QByteArray("[" + Chain + "," + Sender + "," + answered(3, "0x12") + "]");
    QTest::newRow("no hex") << QByteArray("[" + Chain + "," + answered(2, QByteArray(256, 'z')) + "," + Round + "]");
    QTest::newRow("no chain") << QByteArray("[" + answered(1, "many") + "," + Sender + "," + Round + "]");
    QTest::newRow("a chain beyond all") << QByteArray("[" + answered(1, "0x" + QByteArray(60, 'f')) + "," + Sender + "," + Round + "]");
    QTest::newRow("a number where hex stands") << QByteArray("[" + Chain + "," + Sender + R"(,{"id":3,"result":3472}])");
}

void ChainAccountTest::hostileAnswersAreRefused()
{
    QFETCH(QByteArray, body);
    const auto account = parseAccount(body, ChainAccess());
    QVERIFY(!account);
    QCOMPARE(account.error().kind(), Error::Kind::Protocol);
    QVERIFY(!parseAccount(QByteArray(MaxChainAnswerBytes + 1, ' '), ChainAccess()));
}

void ChainAccountTest::amountsOf256BitsAreExact()
{
    const QByteArray all(64, 'f');
    const auto account = parseAccount("[" + Chain + "," + answered(2, "0x" + all + word(7) + all + all) + "," + Round + "]", ChainAccess());
    QVERIFY(account);
    QCOMPARE(account->deposit, (Wei(1) << 256) - 1);
    QVERIFY(account->isUnlocking());
}

QTEST_GUILESS_MAIN(ChainAccountTest)
#include "tst_livepeer_chain_account.moc"
