#include "net_test_support.h"

#include "sluice/net/asio_exchange.h"
#include "sluice/net/http_server.h"

#include <QtNetwork/QTcpSocket>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

using namespace sluice;
using namespace sluice::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

struct Client : QTcpSocket {
    Client(quint16 port, const QByteArray &request)
    {
        connectToHost(QHostAddress::LocalHost, port);
        waitForConnected(5000);
        write(request);
    }
    QByteArray all()
    {
        waitForReadyRead(1);
        return received += readAll();
    }
    bool isOver()
    {
        (void)all();
        return state() == UnconnectedState;
    }
    QByteArray received;
};

} // namespace

/// What a server needs to pass requests on: told lengths, targets as they came, connections that are handed over.
class NetPassingOnTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_told_length_is_kept_to_data();
    void a_told_length_is_kept_to();
    void a_target_is_sent_byte_for_byte_and_a_bad_one_not_at_all();
    void only_who_asked_for_an_upgrade_takes_a_101();
};

void NetPassingOnTest::a_told_length_is_kept_to_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<bool>("whole");
    QTest::newRow("exact") << QByteArray("12345") << true;
    QTest::newRow("less") << QByteArray("123") << false;
    QTest::newRow("more") << QByteArray("1234567") << false;
}

void NetPassingOnTest::a_told_length_is_kept_to()
{
    QFETCH(QByteArray, written);
    QFETCH(bool, whole);
    IoThread io;
    HttpServer server(io, {}, [written](ServerRequest, ServerResponse &response) -> asio::awaitable<void> {
        co_await response.begin(200, headers::contentType("text/plain"), 5);
        co_await response.write(written);
        co_await response.end();
    });
    const quint16 port = orThrow(server.listen());
    Client client(port, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    QTRY_VERIFY(client.all().contains("Content-Length: 5\r\n"));
    if (whole) {
        QTRY_VERIFY(client.all().endsWith("\r\n\r\n12345"));
        QCOMPARE(client.state(), QAbstractSocket::ConnectedState);
    } else {
        QTRY_VERIFY(client.isOver());
        QVERIFY(!client.received.contains("12345"));
    }
    server.stop();
}

void NetPassingOnTest::a_target_is_sent_byte_for_byte_and_a_bad_one_not_at_all()
{
    IoThread io;
    QByteArray seen;
    HttpServer server(io, {}, [&seen](ServerRequest request, ServerResponse &response) -> asio::awaitable<void> {
        seen = request.path + '?' + request.query;
        co_await response.sendText(200, "ok");
    });
    const QUrl url(QStringLiteral("http://127.0.0.1:%1").arg(orThrow(server.listen())));
    const auto pass = [](QUrl where, QByteArray target) -> asio::awaitable<int> {
        AsioExchange exchange(co_await asio::this_coro::executor, where, nullptr);
        co_await exchange.connect(5000ms);
        AsioExchange::Passed request;
        request.method = "GET";
        request.target = target;
        co_await exchange.pass(std::move(request));
        co_await exchange.receiveHead(5000ms);
        co_return exchange.status();
    };
    const QByteArray odd = "/%41%2e/a%20b;c=d?x=%7E&y=[1]&z='";
    QCOMPARE(asio::co_spawn(io.context(), pass(url, odd), asio::use_future).get(), 200);
    QCOMPARE(seen, odd);
    for (const QByteArray &bad : {QByteArray("/a b"), QByteArray("/a\r\nX: y"), QByteArray("x"), QByteArray()}) {
        try {
            asio::co_spawn(io.context(), pass(url, bad), asio::use_future).get();
            QFAIL("it was sent");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), Error::Kind::InvalidInput);
        }
    }
    server.stop();
}

void NetPassingOnTest::only_who_asked_for_an_upgrade_takes_a_101()
{
    IoThread io;
    HttpServer server(io, {}, [](ServerRequest, ServerResponse &response) -> asio::awaitable<void> {
        const Headers fields{{"Upgrade", "echo"}};
        if (!co_await response.upgrade(fields))
            co_return;
        for (QByteArray bytes = co_await response.readUpgraded(); !bytes.isEmpty(); bytes = co_await response.readUpgraded())
            co_await response.writeUpgraded(bytes);
    });
    const QUrl url(QStringLiteral("http://127.0.0.1:%1").arg(orThrow(server.listen())));
    const auto talk = [](QUrl where, bool upgrades) -> asio::awaitable<QByteArray> {
        AsioExchange exchange(co_await asio::this_coro::executor, where, nullptr);
        co_await exchange.connect(5000ms);
        AsioExchange::Passed request;
        request.method = "GET";
        request.target = "/";
        request.upgrades = upgrades;
        co_await exchange.pass(std::move(request));
        co_await exchange.receiveHead(5000ms);
        QByteArray heard;
        const QByteArray said = "hello";
        co_await exchange.writeSome(said, 5000ms);
        while (heard.size() < said.size()) {
            const QByteArray more = co_await exchange.readUpgraded();
            if (more.isEmpty())
                break;
            heard += more;
        }
        co_return heard;
    };
    QCOMPARE(asio::co_spawn(io.context(), talk(url, true), asio::use_future).get(), QByteArray("hello"));
    try {
        asio::co_spawn(io.context(), talk(url, false), asio::use_future).get();
        QFAIL("it was taken");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Protocol);
    }
    server.stop();
}

QTEST_GUILESS_MAIN(NetPassingOnTest)
#include "tst_net_passing_on.moc"
