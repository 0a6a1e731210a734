// Connections are kept per server and used again; a request never goes out twice because of it.

#include "net_test_support.h"

#include "sluice/net/http_client.h"

#include <QtTest/QSignalSpy>

#include <algorithm>

using namespace sluice;
using namespace sluice::test;

namespace {

const QByteArray Begun = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n";
const QByteArray Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

HttpRequest ask(const QUrl &url, TrustPolicy trust = TrustPolicy::PinOnFirstUse)
{
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.body = "x";
    request.trust = trust;
    return request;
}

auto answering(const QByteArray &bytes)
{
    return [bytes](QSslSocket &socket) { socket.write(bytes); };
}

QStringList steps(const CallContext &context)
{
    QStringList names;
    for (const TraceSpan &span : context.trace->spans())
        names.append(span.name);
    return names;
}

} // namespace

class TestNetClientReuse : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theSecondRequestNeedsNoHandshake();
    void anAnswerThatEndsItsConnectionLeavesNone_data();
    void anAnswerThatEndsItsConnectionLeavesNone();
    void aStreamReadToItsEndLeavesItsConnection();
    void aStreamThatIsDroppedDoesNot();
    void aStreamThatIsReleasedLeavesItsConnectionIfItEndsSoon();
    void aReleasedStreamThatGoesOnIsClosed_data();
    void aReleasedStreamThatGoesOnIsClosed();
    void requestsAtOnceHaveConnectionsOfTheirOwn();
    void requestsAtOnceFindTheirConnectionsAgain_data();
    void requestsAtOnceFindTheirConnectionsAgain();
    void noMoreConnectionsAreKeptThanTheBound();
    void aServerThatClosesMeanwhileIsConnectedToAgain();
    void aRequestOnAConnectionThatBreaksIsNotRepeated();
    void bytesThatNobodyAskedForEndTheConnection();
    void aConnectionServesOnlyTheTrustItWasMadeWith();
    void aKeyThatIsNoLongerTrustedIsSeenBeforeTheNextRequest();
    void theServersOwnTimeIsHonoured();

private:
    [[nodiscard]] QByteArray body(const QUrl &url, const CallContext &context = {})
    {
        const auto outcome = finished(m_client->send(ask(url), context));
        return outcome->value ? outcome->value->body : "failed: " + (outcome->error ? outcome->error->describe().toUtf8() : QByteArray("no end"));
    }

    /// So many requests that are answered once all of them are there; how many had their answer.
    [[nodiscard]] int atOnce(RawServer &server, int count)
    {
        QList<QSslSocket *> asked;
        server.onRequest = [&asked](QSslSocket &socket) { asked.append(&socket); };
        QList<std::shared_ptr<Outcome<HttpResponse>>> outcomes;
        for (int i = 0; i < count; ++i)
            outcomes.append(started(m_client->send(ask(server.url()), {})));
        [&] { QTRY_COMPARE(asked.size(), count); }();
        server.onRequest = nullptr;
        for (QSslSocket *socket : asked)
            socket->write(Ok);
        const auto answered = [](const auto &outcome) { return outcome->value.has_value(); };
        [&] { QTRY_VERIFY(std::all_of(outcomes.cbegin(), outcomes.cend(), answered)); }();
        return int(std::count_if(outcomes.cbegin(), outcomes.cend(), answered));
    }

    /// A stream of which the first bytes are read.
    [[nodiscard]] std::shared_ptr<HttpStream> begun(const RawServer &server)
    {
        const auto opened = finished(m_client->open(ask(server.url()), {}));
        [&] {
            QVERIFY(opened->value);
            QCOMPARE(*finished((*opened->value)->read())->value, QByteArray("ok"));
        }();
        return *opened->value;
    }

    std::unique_ptr<MemoryPinStore> m_pins;
    std::unique_ptr<TlsTrust> m_trust;
    std::unique_ptr<HttpClient> m_client;
};

void TestNetClientReuse::init()
{
    m_client.reset();
    m_trust.reset();
    m_pins = std::make_unique<MemoryPinStore>();
    m_trust = std::make_unique<TlsTrust>(*m_pins);
    m_client = std::make_unique<HttpClient>(*m_trust);
}

void TestNetClientReuse::theSecondRequestNeedsNoHandshake()
{
    RawServer server(*makeSelfSigned(QStringLiteral("127.0.0.1")));
    server.keepsConnections = true;
    server.onRequest = answering(Ok);
    QCOMPARE(body(server.url()), QByteArray("ok"));
    for (int i = 0; i < 5; ++i) {
        const CallContext context;
        QCOMPARE(body(server.url(), context), QByteArray("ok"));
        QCOMPARE(steps(context), QStringList({QStringLiteral("send"), QStringLiteral("wait"), QStringLiteral("receive")}));
    }
    QCOMPARE(server.connections, 1);
    QCOMPARE(server.handshakes, 1);
    QCOMPARE(server.requests, 6);
}

void TestNetClientReuse::anAnswerThatEndsItsConnectionLeavesNone_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("Connection: close") << QByteArray("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
    QTest::newRow("among others") << QByteArray("HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 2\r\n\r\nok");
    QTest::newRow("HTTP/1.0") << QByteArray("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
    QTest::newRow("more than the answer") << Ok + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
    QTest::newRow("no time") << QByteArray("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1, max=100\r\nContent-Length: 2\r\n\r\nok");
}

void TestNetClientReuse::anAnswerThatEndsItsConnectionLeavesNone()
{
    QFETCH(QByteArray, answer);
    RawServer server;
    server.keepsConnections = true;
    server.onRequest = answering(answer);
    for (int i = 1; i <= 3; ++i) {
        QCOMPARE(body(server.url()), QByteArray("ok"));
        QCOMPARE(server.connections, i);
        QTRY_COMPARE(server.closed, i);
    }
}

void TestNetClientReuse::aStreamReadToItsEndLeavesItsConnection()
{
    RawServer server;
    server.keepsConnections = true;
    server.onRequest = answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
    for (int i = 0; i < 3; ++i) {
        const auto opened = finished(m_client->open(ask(server.url()), {}));
        QVERIFY(opened->value);
        QCOMPARE(*finished((*opened->value)->readAll(100))->value, QByteArray("ok"));
        (*opened->value)->close(); // as its readers do, also after the end
    }
    QCOMPARE(server.connections, 1);
}

void TestNetClientReuse::aStreamThatIsDroppedDoesNot()
{
    RawServer server;
    server.keepsConnections = true;
    server.onRequest = answering(Begun);
    auto opened = finished(m_client->open(ask(server.url()), {}));
    QVERIFY(opened->value);
    opened.reset();
    QTRY_COMPARE(server.closed, 1);
    server.onRequest = answering(Ok);
    QCOMPARE(body(server.url()), QByteArray("ok"));
    QCOMPARE(server.connections, 2);
}

void TestNetClientReuse::aStreamThatIsReleasedLeavesItsConnectionIfItEndsSoon()
{
    RawServer server;
    server.keepsConnections = true;
    server.onRequest = answering(Begun);
    begun(server)->release();
    server.sockets.constFirst()->write("3\r\nend\r\n0\r\n\r\n");
    QTRY_COMPARE(server.sockets.constFirst()->bytesToWrite(), 0);
    QCoreApplication::processEvents(); // the client's turn to read it
    server.onRequest = answering(Ok);
    QCOMPARE(body(server.url()), QByteArray("ok"));
    QCOMPARE(server.connections, 1);
}

void TestNetClientReuse::aReleasedStreamThatGoesOnIsClosed_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::newRow("silent") << QByteArray();
    QTest::newRow("long") << QByteArray("20000\r\n") + QByteArray(0x20000, 'x') + "\r\n";
    QTest::newRow("broken") << QByteArray("no chunk\r\n");
}

void TestNetClientReuse::aReleasedStreamThatGoesOnIsClosed()
{
    QFETCH(QByteArray, more);
    RawServer server;
    server.keepsConnections = true;
    server.onRequest = answering(Begun);
    begun(server)->release();
    server.sockets.constFirst()->write(more);
    QTRY_COMPARE(server.closed, 1);
    server.onRequest = answering(Ok);
    QCOMPARE(body(server.url()), QByteArray("ok"));
    QCOMPARE(server.connections, 2);
}

void TestNetClientReuse::requestsAtOnceHaveConnectionsOfTheirOwn()
{
    RawServer server;
    server.keepsConnections = true;
    QCOMPARE(atOnce(server, 10), 10);
    QCOMPARE(server.connections, 10);
}

void TestNetClientReuse::requestsAtOnceFindTheirConnectionsAgain_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {2, 8, 32})
        QTest::addRow("%d", count) << count;
}

/// The rule behind the speed of many calls at once: only the first ones begin with a handshake.
void TestNetClientReuse::requestsAtOnceFindTheirConnectionsAgain()
{
    QFETCH(int, count);
    RawServer server(*makeSelfSigned(QStringLiteral("127.0.0.1")));
    server.keepsConnections = true;
    for (int round = 0; round < 3; ++round)
        QCOMPARE(atOnce(server, count), count);
    QCOMPARE(server.requests, 3 * count);
    QCOMPARE(server.connections, count);
    QCOMPARE(server.handshakes, count);
    QCOMPARE(server.closed, 0);
}

void TestNetClientReuse::noMoreConnectionsAreKeptThanTheBound()
{
    RawServer server;
    server.keepsConnections = true;
    QCOMPARE(atOnce(server, 40), 40);
    QTRY_COMPARE(server.closed, 8);
    server.onRequest = answering(Ok);
    QCOMPARE(body(server.url()), QByteArray("ok"));
    QCOMPARE(server.connections, 40);
}

void TestNetClientReuse::aServerThatClosesMeanwhileIsConnectedToAgain()
{
    RawServer server(*makeSelfSigned(QStringLiteral("127.0.0.1")));
    server.keepsConnections = true;
    server.onRequest = answering(Ok);
    QCOMPARE(body(server.url()), QByteArray("ok"));
    // Seen although the client's event loop had no turn between the end and the next request.
    QPointer<QSslSocket> socket = server.sockets.constFirst();
    socket->abort();
    QCOMPARE(body(server.url()), QByteArray("ok"));
    QCOMPARE(server.connections, 2);
    QCOMPARE(server.requests, 2);
    server.sockets.constLast()->disconnectFromHost();
    QTRY_COMPARE(server.closed, 2);
    QCOMPARE(body(server.url()), QByteArray("ok"));
    QCOMPARE(server.requests, 3);
}

void TestNetClientReuse::aRequestOnAConnectionThatBreaksIsNotRepeated()
{
    RawServer server;
    server.keepsConnections = true;
    server.onRequest = answering(Ok);
    QCOMPARE(body(server.url()), QByteArray("ok"));
    server.onRequest = [](QSslSocket &socket) { socket.abort(); };
    const HttpRequest request = ask(server.url());
    const auto outcome = finished(m_client->send(request, {}));
    QVERIFY(outcome->error);
    QCOMPARE(outcome->kind(), Error::Kind::Network);
    QVERIFY(*request.sent);
    QVERIFY2(outcome->error->advice().contains(QStringLiteral("not repeated")) || outcome->error->message().contains(QStringLiteral("broke")),
        qPrintable(outcome->error->describe()));
    QCOMPARE(server.requests, 2);
    QCOMPARE(server.connections, 1);
}

void TestNetClientReuse::bytesThatNobodyAskedForEndTheConnection()
{
    RawServer server;
    server.keepsConnections = true;
    server.onRequest = answering(Ok);
    QCOMPARE(body(server.url()), QByteArray("ok"));
    server.sockets.constFirst()->write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
    server.sockets.constFirst()->flush();
    QCOMPARE(body(server.url()), QByteArray("ok"));
    QCOMPARE(server.connections, 2);
}

void TestNetClientReuse::aConnectionServesOnlyTheTrustItWasMadeWith()
{
    RawServer server(*makeSelfSigned(QStringLiteral("127.0.0.1")));
    server.keepsConnections = true;
    server.onRequest = answering(Ok);
    QCOMPARE(body(server.url()), QByteArray("ok"));
    const auto outcome = finished(m_client->send(ask(server.url(), TrustPolicy::SystemCas), {}));
    QVERIFY2(outcome->error, "a self-signed server is no ordinary host because it was pinned as an orchestrator");
    QCOMPARE(server.requests, 1);
}

void TestNetClientReuse::aKeyThatIsNoLongerTrustedIsSeenBeforeTheNextRequest()
{
    RawServer server(*makeSelfSigned(QStringLiteral("127.0.0.1")));
    server.keepsConnections = true;
    server.onRequest = answering(Ok);
    QCOMPARE(body(server.url()), QByteArray("ok"));
    m_trust->accept(TlsTrust::hostPort(server.url()), QString(64, QLatin1Char('a')));
    const auto outcome = finished(m_client->send(ask(server.url()), {}));
    QCOMPARE(outcome->kind(), Error::Kind::TlsChanged);
    QCOMPARE(server.requests, 1);
}

void TestNetClientReuse::theServersOwnTimeIsHonoured()
{
    RawServer server;
    server.keepsConnections = true;
    server.onRequest = answering("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=2\r\nContent-Length: 2\r\n\r\nok");
    QCOMPARE(body(server.url()), QByteArray("ok"));
    QCOMPARE(body(server.url()), QByteArray("ok"));
    QCOMPARE(server.connections, 1);
    // A second before the server would: the sweep finds it.
    QTRY_COMPARE_WITH_TIMEOUT(server.closed, 1, 15000);
}

QTEST_GUILESS_MAIN(TestNetClientReuse)
#include "tst_net_client_reuse.moc"
