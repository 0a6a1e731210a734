// Attacks of a web page on a server of this machine: DNS rebinding, cross-site posts, pictures and scripts that are no such thing.

#include "net_test_support.h"

#include "sluice/net/host_guard.h"
#include "sluice/net/http_server.h"

#include <atomic>

using namespace sluice;
using namespace sluice::test;
namespace asio = boost::asio;

class TestNetGuard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyOwnNamesPass_data();
    void onlyOwnNamesPass();
    void onlyOwnPagesPass_data();
    void onlyOwnPagesPass();
    void aForeignRequestMeetsNoHandlerAndItsBodyIsNotRead_data();
    void aForeignRequestMeetsNoHandlerAndItsBodyIsNotRead();
    void aServerAnswersToTheNamesThatItWasTold();
};

void TestNetGuard::onlyOwnNamesPass_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("passes");
    const auto row = [](const char *host, bool passes) { QTest::newRow(host) << QByteArray(host) << passes; };
    for (const char *host : {"localhost", "LocalHost:80", "localhost.", "127.0.0.1", "127.0.0.1:8935", "127.8.8.8", "[::1]", "[::1]:443", "192.168.7.9:1",
             "[::ffff:192.168.7.9]", "orch.example", "ORCH.example:9", "named.example:8443"})
        row(host, true);
    for (const char *host : {"evil.example", "evil.example:8935", "localhost.evil.example", "evil.localhost", "127.0.0.1.evil.example", "0.0.0.0", "[::]", "192.168.7.10",
             "127.1", "2130706433", "0x7f000001", "017700000001", "localhost:x", "localhost:99999", "localhost@evil.example", "localhost/", "", "[::1", "::1",
             "localhost evil.example", "sub.orch.example", "[fe80::1]", "localhost\xc2\xa0"})
        row(host, false);
}

void TestNetGuard::onlyOwnNamesPass()
{
    QFETCH(QByteArray, host);
    QFETCH(bool, passes);
    const HostGuard guard({QStringLiteral("orch.example"), QStringLiteral("https://named.example:8443")});
    const Headers fields{{"Host", host}};
    const auto refused = guard.whyRefused(fields, "/", {QStringLiteral("192.168.7.9"), false});
    QCOMPARE(!refused, passes);
    // The target in absolute form overrules the Host for some, so it is looked at too.
    const Headers good{{"Host", "localhost"}};
    if (!host.isEmpty() && !host.contains('/'))
        QCOMPARE(!guard.whyRefused(good, "http://" + host + "/x", {QStringLiteral("192.168.7.9"), false}), passes);
    const Headers two{{"Host", "localhost"}, {"Host", host}};
    QVERIFY(guard.whyRefused(two, "/", {QStringLiteral("192.168.7.9"), false}));
}

void TestNetGuard::onlyOwnPagesPass_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("passes");
    const auto row = [](const char *name, const char *value, bool passes) { QTest::addRow("%s: %s", name, value) << QByteArray(name) << QByteArray(value) << passes; };
    row("Origin", "https://127.0.0.1:8935", true);
    row("Origin", "https://named.example", true);
    row("Sec-Fetch-Site", "none", true);
    row("Sec-Fetch-Site", "same-origin", true);
    for (const char *origin : {"null", "https://evil.example", "http://127.0.0.1:8935", "https://127.0.0.1", "https://127.0.0.1:3000", "https://localhost:8935", "http://named.example",
             "https://named.example:8444", "https://127.0.0.1:8935.evil.example", "chrome-extension://abcdef", "file://", ""})
        row("Origin", origin, false);
    for (const char *site : {"cross-site", "same-site", "Cross-Site", "something-new"})
        row("Sec-Fetch-Site", site, false);
}

void TestNetGuard::onlyOwnPagesPass()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(bool, passes);
    const HostGuard guard({QStringLiteral("https://named.example")});
    const Headers fields{{"Host", "127.0.0.1:8935"}, {name, value}};
    QCOMPARE(!guard.whyRefused(fields, "/", {QStringLiteral("127.0.0.1"), true}), passes);
}

void TestNetGuard::aForeignRequestMeetsNoHandlerAndItsBodyIsNotRead_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("rebound name") << QByteArray("Host: evil.example\r\n");
    QTest::newRow("foreign page") << QByteArray("Host: 127.0.0.1\r\nOrigin: https://evil.example\r\nContent-Type: text/plain\r\n");
    QTest::newRow("picture") << QByteArray("Host: 127.0.0.1\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n");
    QTest::newRow("neighbour port") << QByteArray("Host: localhost\r\nSec-Fetch-Site: same-site\r\n");
    QTest::newRow("sandboxed frame") << QByteArray("Host: localhost\r\nOrigin: null\r\n");
}

void TestNetGuard::aForeignRequestMeetsNoHandlerAndItsBodyIsNotRead()
{
    QFETCH(QByteArray, fields);
    for (const bool streamed : {false, true}) {
        IoThread io;
        std::atomic<int> handled = 0;
        HttpServerOptions options;
        options.streamsBody = [&](const ServerRequest &) {
            ++handled;
            return streamed;
        };
        HttpServer server(io, options, [&](ServerRequest, ServerResponse &response) -> asio::awaitable<void> {
            ++handled;
            co_await response.sendText(200, "paid for");
        });
        RawClient page(orThrow(server.listen()));
        // Its body never comes, and the answer does not wait for it; nor is it asked for.
        page.write("POST /llm-chat HTTP/1.1\r\n" + fields + "Expect: 100-continue\r\nContent-Length: 1000000\r\n\r\n");
        QTRY_VERIFY(page.received.endsWith(".\n"));
        QVERIFY2(page.received.startsWith("HTTP/1.1 403 Forbidden\r\n"), page.received.constData());
        QVERIFY(!page.received.toLower().contains("access-control"));
        QTRY_VERIFY(page.closed);
        RawClient asking(orThrow(Expected<quint16>(quint16(QUrl(server.origin()).port()))));
        asking.write("OPTIONS /llm-chat HTTP/1.1\r\n" + fields + "Access-Control-Request-Method: POST\r\n\r\n");
        QTRY_VERIFY(asking.received.startsWith("HTTP/1.1 403 Forbidden\r\n"));
        QCOMPARE(handled.load(), 0);
    }
}

void TestNetGuard::aServerAnswersToTheNamesThatItWasTold()
{
    IoThread io;
    HttpServerOptions options;
    options.hosts = {QStringLiteral("https://orch.example:8935")};
    HttpServer server(io, options, [](ServerRequest, ServerResponse &response) -> asio::awaitable<void> { co_await response.sendText(200, "here"); });
    RawClient client(orThrow(server.listen()));
    client.write("GET / HTTP/1.1\r\nHost: orch.example\r\nOrigin: https://orch.example:8935\r\nSec-Fetch-Site: same-origin\r\n\r\n");
    QTRY_VERIFY(client.received.endsWith("here\n"));
}

QTEST_GUILESS_MAIN(TestNetGuard)
#include "tst_net_guard.moc"
