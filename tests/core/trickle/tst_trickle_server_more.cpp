#include "trickle_test_support.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

using namespace sluice;
using namespace sluice::trickle;
using namespace sluice::trickle::test;
using namespace std::chrono_literals;

/// What the server does beyond the conformance list: refusals, bounds, hooks, and channels of its own process.
class TestTrickleServerMore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void postingToAClosedSegmentIsReleasedAndNextDoesNotFall();
    void bytesAfterTheCloseAreSeenByLaterReadersOnly();
    void evictionClosesAnOpenSegment();
    void otherMethodsAndPathsAreRefused();
    void namesArePercentDecoded();
    void hooksMayRefuse();
    void aSegmentBeyondItsBoundIsRefused();
    void brokenFramingLeavesTheSegmentOpen();
    void anExpectingClientIsToldToContinueAtOnce();
    void headIsGetWithoutABody();
    void largeSegmentsPassUnchanged();
    void thisProcessCanWriteAndRead();
    void listenersHearOfSegmentsAndRemovals();
};

void TestTrickleServerMore::postingToAClosedSegmentIsReleasedAndNextDoesNotFall()
{
    ServerFixture f;
    for (int i = 0; i <= 4; ++i)
        f.post("/c/" + QByteArray::number(i), "data");
    const Answer answer = f.post("/c/2", "late");
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.closes());
    QCOMPARE(f.next(), 5);
    QCOMPARE(f.ask("GET", "/c/2").body, QByteArray("data"));
    // But an old number whose slot is taken begins anew, and readers find it through the lowered number (S4).
    QCOMPARE(f.post("/c/5", "five").status, 200);
    QCOMPARE(f.post("/c/0", "again").status, 200);
    QCOMPARE(f.next(), 1);
}

void TestTrickleServerMore::bytesAfterTheCloseAreSeenByLaterReadersOnly()
{
    ServerFixture f;
    RawPeer early(f.port);
    early.request("GET", "/c/0");
    RawPeer writer(f.port);
    writer.openPost("/c/0");
    writer.chunk("before");
    QTRY_COMPARE(early.bodySoFar(), QByteArray("before"));
    QCOMPARE(f.ask("DELETE", "/c/0").status, 200);
    QCOMPARE(early.answer().body, QByteArray("before"));
    writer.chunk(" after");
    writer.end();
    QCOMPARE(writer.answer().status, 200);
    QVERIFY(!writer.answer().closes());
    QCOMPARE(f.ask("GET", "/c/0").body, QByteArray("before after"));
}

void TestTrickleServerMore::evictionClosesAnOpenSegment()
{
    ServerFixture f;
    RawPeer reader(f.port);
    reader.request("GET", "/c/0");
    RawPeer writer(f.port);
    writer.openPost("/c/0");
    writer.chunk("half");
    QTRY_COMPARE(reader.bodySoFar(), QByteArray("half"));
    for (int i = 1; i <= 4; ++i)
        f.post("/c/" + QByteArray::number(i), "data");
    QVERIFY(!reader.answered());
    RawPeer edge(f.port);
    edge.request("GET", "/c/5"); // a reader takes the slot of 0
    QTRY_VERIFY(reader.answered());
    QCOMPARE(reader.bodySoFar(), QByteArray("half"));
}

void TestTrickleServerMore::otherMethodsAndPathsAreRefused()
{
    ServerFixture f;
    const Answer put = f.ask("PUT", "/c/0");
    QCOMPARE(put.status, 405);
    QVERIFY(put.field("Allow").contains("POST"));
    QCOMPARE(f.ask("GET", "/c").status, 405);
    QCOMPARE(f.ask("GET", "/c/").status, 404);
    QCOMPARE(f.ask("POST", "/c/0/").status, 404);
    QCOMPARE(f.ask("GET", "/").status, 404);
    QCOMPARE(f.ask("GET", "//0").status, 404);
    QCOMPARE(f.ask("GET", "/c/0/1").status, 404);

    ServerOptions options;
    options.basePath = "/ai/trickle/";
    ServerFixture based(options);
    QCOMPARE(based.ask("GET", "/ai/trickle/c/next").status, 200);
    QCOMPARE(based.ask("GET", "/c/next").status, 404);
}

void TestTrickleServerMore::namesArePercentDecoded()
{
    ServerFixture f;
    f.onIo([&] { f.server.create("a/b", "text/plain"); });
    QCOMPARE(f.ask("GET", "/a%2Fb/next").status, 200);
    QCOMPARE(f.ask("GET", "/%63/next").status, 200);
    QCOMPARE(channelUrl(QUrl(QStringLiteral("http://h/base")), "a/b").toEncoded(), QByteArray("http://h/base/a%2Fb"));
    QCOMPARE(segmentUrl(channelUrl(QUrl(QStringLiteral("http://h/base")), "a/b"), "next").toEncoded(), QByteArray("http://h/base/a%2Fb/next"));
}

void TestTrickleServerMore::hooksMayRefuse()
{
    ServerOptions options = autocreating();
    options.beforeCreate = [](const QByteArray &name, const ServerRequest &) -> std::optional<HttpRefusal> {
        if (name == "broken")
            throw std::runtime_error("hook");
        if (name == "odd")
            return HttpRefusal{302, "odd"};
        return name == "no" ? std::optional(HttpRefusal{409, "not this one"}) : std::nullopt;
    };
    options.beforeDelete = [](const QByteArray &, const ServerRequest &) { return std::optional(HttpRefusal{403, "keep"}); };
    ServerFixture f(options);
    QCOMPARE(f.ask("POST", "/no").status, 409);
    QCOMPARE(f.post("/no/0", "data").status, 409);
    QCOMPARE(f.ask("POST", "/odd").status, 400);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("hook")));
    QCOMPARE(f.ask("POST", "/broken").status, 500);
    for (const char *path : {"/no/next", "/odd/next", "/broken/next"})
        QCOMPARE(f.ask("GET", path).status, 404);
    QCOMPARE(f.ask("POST", "/yes").status, 200);
    QCOMPARE(f.ask("DELETE", "/yes").status, 403);
    QCOMPARE(f.ask("GET", "/yes/next").status, 200);
}

void TestTrickleServerMore::aSegmentBeyondItsBoundIsRefused()
{
    ServerOptions options;
    options.maxSegmentBytes = 1000;
    options.maxChannels = 2;
    options.autocreate = true;
    ServerFixture f(options);
    QVERIFY(ServerOptions().maxSegmentBytes > 10 * 1024 * 1024);
    QCOMPARE(f.post("/c/0", QByteArray(1000, 'x')).status, 200);
    QCOMPARE(f.post("/c/1", QByteArray(1001, 'x')).status, 413);
    QCOMPARE(f.post("/c/2", "on").status, 200);
    QCOMPARE(f.ask("POST", "/second").status, 200);
    QCOMPARE(f.ask("POST", "/third").status, 503);
}

void TestTrickleServerMore::brokenFramingLeavesTheSegmentOpen()
{
    ServerFixture f;
    RawPeer reader(f.port);
    reader.request("GET", "/c/0");
    RawPeer writer(f.port);
    writer.openPost("/c/0");
    writer.chunk("good");
    QTRY_COMPARE(reader.bodySoFar(), QByteArray("good"));
    writer.write("zz\r\n");
    const Answer answer = writer.answer();
    QCOMPARE(answer.status, 500);
    QVERIFY(answer.closes());
    f.settle();
    QVERIFY(!reader.answered());
}

void TestTrickleServerMore::anExpectingClientIsToldToContinueAtOnce()
{
    ServerFixture f;
    RawPeer writer(f.port);
    writer.openPost("/c/0", {{"Expect", "100-continue"}});
    QTRY_COMPARE(writer.answers().size(), 1);
    QCOMPARE(writer.answers().constFirst().status, 100);
    writer.chunk("data");
    writer.end();
    QTRY_VERIFY(writer.answered(2));
    QCOMPARE(writer.answers().constLast().status, 200);
}

void TestTrickleServerMore::headIsGetWithoutABody()
{
    ServerFixture f;
    f.post("/c/0", "hello");
    RawPeer peer(f.port);
    peer.request("HEAD", "/c/0");
    QTRY_VERIFY(peer.received.contains("\r\n\r\n"));
    peer.request("GET", "/c/next");
    QTRY_VERIFY(peer.received.endsWith("\r\n\r\n1"));
    QVERIFY(peer.received.startsWith("HTTP/1.1 200"));
    QVERIFY(!peer.received.contains("hello"));
}

void TestTrickleServerMore::largeSegmentsPassUnchanged()
{
    ServerFixture f;
    QByteArray large(20 * 1024 * 1024 + 1, 'x');
    for (qsizetype i = 0; i < large.size(); i += 7)
        large[i] = char(i);
    RawPeer reader(f.port);
    reader.request("GET", "/c/0");
    QCOMPARE(f.post("/c/0", large).status, 200);
    QTRY_VERIFY(reader.received.endsWith("\r\n0\r\n\r\n"));
    QVERIFY(reader.answers().constFirst().body == large);
    QVERIFY(f.ask("GET", "/c/0").body == large);
}

void TestTrickleServerMore::thisProcessCanWriteAndRead()
{
    ServerFixture f;
    std::promise<QByteArray> read;
    f.onIo([&] {
        boost::asio::co_spawn(f.io.context(), [&]() -> boost::asio::awaitable<void> {
            const auto subscriber = f.server.subscribe("c");
            QByteArray all;
            for (;;) {
                const auto seq = co_await subscriber->nextSegment();
                if (!seq)
                    break;
                all += QByteArray::number(*seq) + ':';
                for (;;) {
                    const QByteArray bytes = co_await subscriber->read();
                    if (bytes.isEmpty())
                        break;
                    all += bytes;
                }
                all += ';';
            }
            read.set_value(all);
        }, boost::asio::detached);
    });
    RawPeer reader(f.port);
    reader.request("GET", "/c/0");
    QTRY_COMPARE(f.readers(), 2);
    f.onIo([&] {
        const auto publisher = f.server.publish("c");
        QVERIFY(publisher->write("one"));
        QVERIFY(publisher->write("two"));
        publisher->nextSegment();
        QVERIFY(publisher->write("three"));
    });
    QCOMPARE(reader.answer().body, QByteArray("onetwo"));
    QCOMPARE(f.post("/c/-1", "four").field("Lp-Trickle-Seq"), QByteArray("2"));
    auto result = read.get_future();
    f.settle();
    f.onIo([&] {
        f.server.remove("c");
        QVERIFY(!f.server.publish("c"));
    });
    QCOMPARE(result.wait_for(10s), std::future_status::ready);
    QCOMPARE(result.get(), QByteArray("0:onetwo;1:three;2:four;"));
}

void TestTrickleServerMore::listenersHearOfSegmentsAndRemovals()
{
    ServerFixture f;
    QByteArray heard;
    Subscription segments;
    Subscription removals;
    f.onIo([&] {
        segments = f.server.onSegmentBegin([&](const QByteArray &name, qint64 seq) { heard += name + QByteArray::number(seq) + ' '; });
        removals = f.server.onRemoved([&](const QByteArray &name) { heard += '-' + name; });
    });
    RawPeer writer(f.port);
    writer.openPost("/c/0");
    f.settle();
    writer.chunk("first");
    writer.chunk("second");
    writer.end();
    QCOMPARE(writer.answer().status, 200);
    f.post("/c/1", "data");
    f.ask("DELETE", "/c");
    f.onIo([&] {
        segments.reset();
        removals.reset();
    });
    QCOMPARE(heard, QByteArray("c0 c1 -c"));
}
QTEST_GUILESS_MAIN(TestTrickleServerMore)
#include "tst_trickle_server_more.moc"
