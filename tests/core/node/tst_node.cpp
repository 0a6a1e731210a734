#include "sluice/net/asio_http_client.h"
#include "sluice/node/discovery.h"
#include "sluice/node/node.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslSocket>
#include <QtTest/QtTest>

#include <unistd.h>

using namespace sluice;

/// A node's port, and which of the routes that were mounted on it gets a request.
class TestNode : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_path_leads_to_its_route_data();
    void a_path_leads_to_its_route();
    void paths_of_raw_routes_are_passed_on_as_they_came();
    void a_taken_port_can_be_tried_again();
    void only_a_mounted_handler_takes_http2();
    void discovery_lists_what_protocols_offer_under_the_address_for_clients();
};

namespace {

constexpr char Path[] = "X-Path";

/// Answers with its name, and tells the path that it got.
HttpHandler named(const QByteArray &name)
{
    return [name](ServerRequest request, ServerResponse &response) -> boost::asio::awaitable<void> {
        const Headers fields{{Path, request.path}};
        co_await response.send(200, fields, name);
    };
}

AsioHttpResponse get(IoThread &io, const QUrl &base, const QByteArray &target)
{
    const auto ask = [](AsioHttpRequest request) -> boost::asio::awaitable<AsioHttpResponse> { co_return co_await asioSend(std::move(request)); };
    AsioHttpRequest request;
    request.method = "GET";
    request.url = QUrl::fromEncoded(base.toEncoded() + target);
    return boost::asio::co_spawn(io.context(), ask(std::move(request)), boost::asio::use_future).get();
}

} // namespace

void TestNode::a_path_leads_to_its_route_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("location");
    const auto row = [](const char *name, const char *target, int status, const char *body, const char *location = "") {
        QTest::newRow(name) << QByteArray(target) << status << QByteArray(body) << QByteArray(location);
    };
    row("exact", "/one", 200, "one");
    row("exact, percent-encoded", "/%6fne", 200, "one");
    row("exact, with a query", "/one?a=b", 200, "one");
    row("what is below an exact one is another path", "/one/more", 404, "404 page not found\n");
    row("a slash more is another path", "/one/", 404, "404 page not found\n");
    row("below", "/below/a/b", 200, "below");
    row("below, nothing more", "/below/", 200, "below");
    row("below without its slash", "/below?a=b", 301, "", "/below/?a=b");
    row("an exact one is asked before one that it is below of", "/below/exact", 200, "exact");
    row("not clean", "//x/.././one", 301, "", "/one");
    row("not clean, leads nowhere", "/a//b", 301, "", "/a/b");
    row("nobody's", "/two", 404, "404 page not found\n");
    row("root", "/", 404, "404 page not found\n");
}

void TestNode::a_path_leads_to_its_route()
{
    QFETCH(QByteArray, target);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, location);
    IoThread io;
    Node node(io, {});
    node.router().mount("/one", named("one"));
    node.router().mount("/below/", named("below"));
    node.router().mount("/below/exact", named("exact"));
    const QUrl url = orThrow(node.listen());
    const AsioHttpResponse answer = get(io, url, target);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.body, body);
    QCOMPARE(headers::value(answer.headers, "Location"), location);
}

void TestNode::paths_of_raw_routes_are_passed_on_as_they_came()
{
    IoThread io;
    Node node(io, {});
    node.router().mount("/raw/", named("clean"));
    node.router().mountRaw([](const ServerRequest &request) { return request.path.startsWith("/raw/"); }, named("raw"));
    const QUrl url = orThrow(node.listen());
    for (const char *target : {"/raw/a%2Fb", "/raw//x", "/raw/"}) {
        const AsioHttpResponse answer = get(io, url, target);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, QByteArray("raw"));
        QCOMPARE(headers::value(answer.headers, Path), QByteArray(target));
    }
}

void TestNode::a_taken_port_can_be_tried_again()
{
    IoThread io;
    Node first(io, {});
    const QUrl url = orThrow(first.listen());
    Node second(io, {});
    second.router().mount("/", named("second"));
    const auto taken = second.listen(quint16(url.port()));
    QVERIFY(!taken);
    QCOMPARE(taken.error().kind(), Error::Kind::Network);
    const QUrl other = orThrow(second.listen());
    QVERIFY(other.port() != url.port());
    QCOMPARE(get(io, other, "/").body, QByteArray("second"));
    second.stop();
    QCOMPARE(second.url(), other);
    first.stop();
    first.stop();
}

void TestNode::only_a_mounted_handler_takes_http2()
{
    const TlsIdentity identity = orThrow(makeSelfSigned(QStringLiteral("127.0.0.1")));
    IoThread io;
    for (const bool mounted : {false, true}) {
        NodeOptions options;
        options.tls = identity;
        Node node(io, options);
        std::atomic<int> taken = 0;
        if (mounted) {
            node.router().mountHttp2([&taken](int socket) {
                ++taken;
                ::close(socket);
            });
        }
        const QUrl url = orThrow(node.listen());
        QSslSocket client;
        client.setPeerVerifyMode(QSslSocket::VerifyNone);
        QSslConfiguration protocols = client.sslConfiguration();
        protocols.setAllowedNextProtocols({"h2"});
        client.setSslConfiguration(protocols);
        client.connectToHostEncrypted(url.host(), quint16(url.port()));
        QTRY_VERIFY(client.isEncrypted() || client.state() == QAbstractSocket::UnconnectedState);
        if (mounted)
            QTRY_COMPARE(taken.load(), 1);
        else
            QCOMPARE(taken.load(), 0);
        node.stop();
    }
}

void TestNode::discovery_lists_what_protocols_offer_under_the_address_for_clients()
{
    IoThread io;
    NodeOptions options;
    options.serviceAddr = QStringLiteral("https://orch.example");
    Node node(io, options);
    Discovery discovery(node);
    discovery.list([] { return QStringList{QStringLiteral("byoc/a"), QStringLiteral("byoc/b")}; });
    discovery.list([] { return QStringList(QStringLiteral("live-video-to-video/c")); });
    const QUrl url = orThrow(node.listen());
    const auto found = [&](const char *query) { return get(io, url, QByteArray("/discover-orchestrators") + query).body; };
    const QByteArray all = R"([{"address":"https://orch.example","score":1,"capabilities":["byoc/a","byoc/b","live-video-to-video/c"]}])" "\n";
    QCOMPARE(found(""), all);
    QCOMPARE(found("?caps=x&caps=byoc/b"), all);
    QCOMPARE(found("?caps=x"), QByteArray("[]\n"));
}

QTEST_GUILESS_MAIN(TestNode)
#include "tst_node.moc"
