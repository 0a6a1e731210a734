// Clients that open connections and say nothing, or announce bodies and never send their end.

#include "net_test_support.h"

#include "sluice/net/http_server.h"

#include <atomic>

using namespace sluice;
using namespace sluice::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

constexpr char Get[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

asio::awaitable<void> length(ServerRequest request, ServerResponse &response)
{
    if (!co_await response.readBody(request, 1024 * 1024))
        co_return;
    const QByteArray text = QByteArray::number(request.body.size());
    co_await response.sendText(200, text);
}

std::unique_ptr<RawClient> clientOf(const HttpServer &server)
{
    return std::make_unique<RawClient>(quint16(QUrl(server.origin()).port()));
}

QByteArray post(qsizetype announced, qsizetype sent)
{
    return "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(announced) + "\r\n\r\n" + QByteArray(sent, 'x');
}

} // namespace

class TestNetLimits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void silentConnectionsMakeRoomTheOldestFirst();
    void aConnectionWithARequestIsNeverTakenAway();
    void oneAddressDoesNotTakeThePlacesOfAll();
    void withheldBodiesMakeRoom_data() { collecting(); }
    void withheldBodiesMakeRoom();
    void whenEveryBodyIsInWorkAFurtherOneIsRefused_data() { collecting(); }
    void whenEveryBodyIsInWorkAFurtherOneIsRefused();
    void oneAddressDoesNotTakeTheMemoryOfAll_data() { collecting(); }
    void oneAddressDoesNotTakeTheMemoryOfAll();
    void roomComesBackWhenABodyIsDropped();
    void longHeadsCountToo();
    void aHandlerLooksAtTheHeadBeforeTheBodyIsRead();
    void aRefusedSmallBodyLeavesTheConnectionOpen();

private:
    static void collecting()
    {
        QTest::addColumn<bool>("byHandler");
        QTest::newRow("by the server") << false;
        QTest::newRow("by the handler") << true;
    }
};

void TestNetLimits::silentConnectionsMakeRoomTheOldestFirst()
{
    IoThread io;
    HttpServerOptions options;
    options.maxConnections = 3;
    HttpServer server(io, options, length);
    orThrow(server.listen());
    const auto served = clientOf(server);
    served->write(Get);
    QTRY_VERIFY(served->received.endsWith("0\n")); // this one is known, so the silent ones go before it
    const auto first = clientOf(server);
    const auto second = clientOf(server);
    const auto third = clientOf(server);
    QTRY_VERIFY(first->closed);
    third->write(Get);
    QTRY_VERIFY(third->received.endsWith("0\n"));
    QVERIFY(!second->closed && !served->closed);
    for (int i = 0; i < 20; ++i) {
        const auto next = clientOf(server);
        next->write(Get);
        QTRY_VERIFY(next->received.endsWith("0\n"));
    }
    QVERIFY(second->closed);
}

void TestNetLimits::aConnectionWithARequestIsNeverTakenAway()
{
    IoThread io;
    std::atomic<int> waiting = 0;
    HttpServerOptions options;
    options.maxConnections = 2;
    HttpServer server(io, options, [&](ServerRequest, ServerResponse &response) -> asio::awaitable<void> {
        ++waiting;
        co_await response.closed();
    });
    orThrow(server.listen());
    const auto first = clientOf(server);
    const auto second = clientOf(server);
    first->write(Get);
    second->write(Get);
    QTRY_COMPARE(waiting.load(), 2);
    const auto third = clientOf(server);
    QTRY_VERIFY(third->closed);
    QVERIFY(!first->closed && !second->closed);
}

void TestNetLimits::oneAddressDoesNotTakeThePlacesOfAll()
{
    IoThread io;
    HttpServerOptions options;
    options.maxConnections = 100;
    options.maxConnectionsPerPeer = 2;
    HttpServer server(io, options, length);
    const quint16 port = orThrow(server.listen());
    QTcpSocket other; // on the same machine, by another address
    QVERIFY(other.bind(QHostAddress(QStringLiteral("127.0.0.2"))));
    other.connectToHost(QHostAddress::LocalHost, port);
    QTRY_COMPARE(other.state(), QAbstractSocket::ConnectedState);
    const auto first = clientOf(server);
    const auto second = clientOf(server);
    const auto third = clientOf(server);
    QTRY_VERIFY(first->closed);
    other.write(Get);
    QByteArray answer;
    QTRY_VERIFY((answer += other.readAll()).endsWith("0\n"));
    QVERIFY(!second->closed && !third->closed);
}

void TestNetLimits::withheldBodiesMakeRoom()
{
    QFETCH(bool, byHandler);
    IoThread io;
    HttpServerOptions options;
    options.maxBytesInHand = 100'000;
    options.maxBodyBytes = 1024 * 1024;
    options.streamsBody = [byHandler](const ServerRequest &) { return byHandler; };
    HttpServer server(io, options, length);
    orThrow(server.listen());
    std::vector<std::unique_ptr<RawClient>> silent;
    for (int i = 0; i < 6; ++i) {
        silent.push_back(clientOf(server));
        silent.back()->write(post(50'000, 40'000));
        QTRY_VERIFY(silent.back()->flush() || silent.back()->bytesToWrite() == 0);
    }
    QTRY_VERIFY_WITH_TIMEOUT([&] {
        // Each try may come before the others have been silent for long enough.
        const auto honest = clientOf(server);
        honest->write(post(60'000, 60'000));
        [&] { QTRY_VERIFY(honest->received.endsWith(".\n") || honest->received.endsWith("60000\n") || honest->closed); }();
        return honest->received.endsWith("60000\n");
    }(), 10'000);
    QTRY_VERIFY(std::any_of(silent.begin(), silent.end(), [](const auto &one) { return one->received.startsWith("HTTP/1.1 503 "); }));
}

void TestNetLimits::whenEveryBodyIsInWorkAFurtherOneIsRefused()
{
    QFETCH(bool, byHandler);
    IoThread io;
    std::atomic<int> working = 0;
    HttpServerOptions options;
    options.maxBytesInHand = 100'000;
    options.streamsBody = [byHandler](const ServerRequest &) { return byHandler; };
    HttpServer server(io, options, [&](ServerRequest request, ServerResponse &response) -> asio::awaitable<void> {
        if (!co_await response.readBody(request, 1024 * 1024))
            co_return;
        ++working;
        co_await response.closed();
    });
    orThrow(server.listen());
    const auto first = clientOf(server);
    first->write(post(90'000, 90'000));
    QTRY_COMPARE(working.load(), 1);
    const auto second = clientOf(server);
    second->write(post(90'000, 90'000));
    QTRY_VERIFY(second->received.startsWith("HTTP/1.1 503 "));
    QVERIFY(second->received.contains("\r\nRetry-After: 1\r\n"));
    const auto small = clientOf(server);
    small->write(post(1'000, 1'000));
    QTRY_COMPARE(working.load(), 2);
    QVERIFY(!first->closed);
}

void TestNetLimits::oneAddressDoesNotTakeTheMemoryOfAll()
{
    QFETCH(bool, byHandler);
    QVERIFY(HttpServerOptions().maxBytesInHandPerPeer < HttpServerOptions().maxBytesInHand);
    IoThread io;
    std::atomic<int> working = 0;
    HttpServerOptions options;
    options.maxBytesInHand = 100'000;
    options.maxBytesInHandPerPeer = 75'000;
    options.streamsBody = [byHandler](const ServerRequest &) { return byHandler; };
    HttpServer server(io, options, [&working](ServerRequest request, ServerResponse &response) -> asio::awaitable<void> {
        if (!co_await response.readBody(request, 1024 * 1024))
            co_return;
        if (request.path == "/") {
            ++working;
            co_await response.closed(); // a client that has much in hand, for ever
        } else {
            co_await response.sendText(200, QByteArray::number(request.body.size()));
        }
    });
    const quint16 port = orThrow(server.listen());
    const auto greedy = clientOf(server);
    greedy->write(post(70'000, 70'000));
    QTRY_COMPARE(working.load(), 1);
    const auto more = clientOf(server);
    more->write(post(20'000, 20'000));
    QTRY_VERIFY(more->received.startsWith("HTTP/1.1 503 "));
    // What is larger than the part of one is not a matter of waiting.
    const auto large = clientOf(server);
    large->write(post(80'000, 0));
    QTRY_VERIFY2(large->received.startsWith("HTTP/1.1 413 ") && large->received.contains("75000 bytes"), large->received.constData());
    QTcpSocket other;
    QVERIFY(other.bind(QHostAddress(QStringLiteral("127.0.0.2"))));
    other.connectToHost(QHostAddress::LocalHost, port);
    QTRY_COMPARE(other.state(), QAbstractSocket::ConnectedState);
    other.write("POST /other HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000\r\n\r\n" + QByteArray(20'000, 'x'));
    QByteArray answer;
    QTRY_VERIFY((answer += other.readAll()).endsWith("20000\n"));
}

void TestNetLimits::roomComesBackWhenABodyIsDropped()
{
    IoThread io;
    std::atomic<int> working = 0;
    HttpServerOptions options;
    options.maxBytesInHand = 100'000;
    HttpServer server(io, options, [&](ServerRequest request, ServerResponse &response) -> asio::awaitable<void> {
        request.dropBody();
        ++working;
        co_await response.closed();
    });
    orThrow(server.listen());
    const auto first = clientOf(server);
    first->write(post(90'000, 90'000));
    QTRY_COMPARE(working.load(), 1);
    const auto second = clientOf(server);
    second->write(post(90'000, 90'000));
    QTRY_COMPARE(working.load(), 2);
}

void TestNetLimits::longHeadsCountToo()
{
    IoThread io;
    HttpServerOptions options;
    options.maxBytesInHand = 100'000;
    HttpServer server(io, options, length);
    orThrow(server.listen());
    std::vector<std::unique_ptr<RawClient>> talkers;
    for (int i = 0; i < 4; ++i) {
        talkers.push_back(clientOf(server));
        talkers.back()->write("GET / HTTP/1.1\r\nX: " + QByteArray(40'000, 'x'));
    }
    QTRY_VERIFY(std::any_of(talkers.begin(), talkers.end(), [](const auto &one) { return one->received.startsWith("HTTP/1.1 503 "); }));
    const auto honest = clientOf(server);
    honest->write(Get);
    QTRY_VERIFY(honest->received.endsWith("0\n"));
}

void TestNetLimits::aHandlerLooksAtTheHeadBeforeTheBodyIsRead()
{
    IoThread io;
    HttpServerOptions options;
    options.streamsBody = [](const ServerRequest &) { return true; };
    HttpServer server(io, options, [](ServerRequest request, ServerResponse &response) -> asio::awaitable<void> {
        if (!headers::contains(request.headers, "Authorization")) {
            co_await response.sendText(401, "no");
            co_return;
        }
        co_await length(std::move(request), response);
    });
    orThrow(server.listen());
    const auto stranger = clientOf(server);
    stranger->write(post(1'000'000, 100));
    QTRY_VERIFY(stranger->received.startsWith("HTTP/1.1 401 "));
    QTRY_VERIFY(stranger->closed);
    const auto friendly = clientOf(server);
    friendly->write("POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    QTRY_COMPARE(friendly->received, QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    friendly->write("abc");
    QTRY_VERIFY(friendly->received.endsWith("3\n"));
    const auto large = clientOf(server);
    large->write("POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: x\r\nContent-Length: 2000000\r\n\r\n");
    QTRY_VERIFY(large->received.contains("HTTP/1.1 413 "));
    const auto endless = clientOf(server);
    endless->write("POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: x\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n" + QByteArray(0x200000, 'x'));
    QTRY_VERIFY(endless->received.contains("HTTP/1.1 413 "));
    const auto broken = clientOf(server);
    broken->write("POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    QTRY_VERIFY(broken->received.contains("HTTP/1.1 400 "));
}

void TestNetLimits::aRefusedSmallBodyLeavesTheConnectionOpen()
{
    IoThread io;
    HttpServerOptions options;
    options.streamsBody = [](const ServerRequest &) { return true; };
    HttpServer server(io, options, [](ServerRequest, ServerResponse &response) -> asio::awaitable<void> { co_await response.sendText(402, "pay"); });
    orThrow(server.listen());
    const auto client = clientOf(server);
    client->write(post(5, 5) + post(7, 7));
    QTRY_COMPARE(client->received.count("HTTP/1.1 402 "), 2);
    QVERIFY(!client->closed);
}

QTEST_GUILESS_MAIN(TestNetLimits)
#include "tst_net_limits.moc"
