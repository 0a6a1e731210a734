#include "scripted_peer.h"

#include "sluice/trickle/publisher.h"

#include <atomic>
#include <mutex>

using namespace sluice;
using namespace sluice::trickle;
using namespace sluice::trickle::test;
using namespace std::chrono_literals;

namespace {

PublisherOptions optionsFor(const QUrl &channel)
{
    PublisherOptions options;
    options.channel = channel;
    options.mimeType = "text/plain";
    return options;
}

/// What a publisher told its owner.
class Told {
public:
    Publisher::Callbacks callbacks()
    {
        Publisher::Callbacks result;
        result.segmentEnded = [this](const Publisher::SegmentReport &report) {
            const std::scoped_lock lock(m_mutex);
            m_reports.append(report);
        };
        result.terminal = [this](const Error &error) {
            const std::scoped_lock lock(m_mutex);
            m_terminal.append(error);
        };
        result.ready = [this](qint64 seq) { ready = seq; };
        return result;
    }
    QList<Publisher::SegmentReport> reports() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_reports;
    }
    QList<Error> terminal() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_terminal;
    }
    std::atomic<qint64> ready = -1;

private:
    mutable std::mutex m_mutex;
    QList<Publisher::SegmentReport> m_reports;
    QList<Error> m_terminal;
};

} // namespace

class TestTricklePublisher : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void trickle_31_exactly_the_next_segment_is_open_ahead();
    void trickle_32_it_starts_at_next_with_one_reset();
    void trickle_33_interim_answers_keep_the_parked_request();
    void trickle_34_a_404_on_any_segment_is_terminal_data();
    void trickle_34_a_404_on_any_segment_is_terminal();
    void trickle_35_before_a_byte_retry_after_a_byte_go_on_data();
    void trickle_35_before_a_byte_retry_after_a_byte_go_on();
    void trickle_36_a_chunk_that_is_not_taken_fails_its_segment_only();
    void trickle_37_three_failures_in_a_row_are_terminal_data();
    void trickle_37_three_failures_in_a_row_are_terminal();
    void trickle_38_close_deletes_once_and_swallows_errors_data();
    void trickle_38_close_deletes_once_and_swallows_errors();

    void oneWriteIsOneChunkAndLeavesAtOnce();
    void anAnswerInMidSegmentMovesTheRestToTheNext();
    void aClosedHeaderEndsThePublisher();
    void aQuietParkedRequestIsRenewed();
    void anAbsentChannelIsTerminal();
    void anUnreachableServerIsTerminalAfterItsTime();
    void aFullQueueRefusesTheRestOfTheSegment();
    void aLateSegmentIsGivenUpForANewerOne();
    void resendingReadsBackAndSendsTheRest_data();
    void resendingReadsBackAndSendsTheRest();
    void connectionsAreUsedAgain();
    void segmentsReachOurServer_data();
    void segmentsReachOurServer();
    void aSecondPublisherTakesOver();
    void destroyingClosesToo();
};

void TestTricklePublisher::trickle_31_exactly_the_next_segment_is_open_ahead()
{
    ScriptedPeer peer;
    peer.onComplete = [](const SeenPtr &seen) { behave(seen); };
    IoThread io;
    Publisher publisher(io, optionsFor(peer.url()));
    QTRY_COMPARE(peer.count("POST", "/c/0"), 1);
    QCOMPARE(peer.count("POST"), 1);
    for (int n = 0; n < 4; ++n) {
        publisher.write("a");
        QTRY_COMPARE(peer.count("POST", "/c/" + QByteArray::number(n + 1)), 1);
        publisher.write("b");
        const auto current = peer.having("POST", "/c/" + QByteArray::number(n)).constFirst();
        QTRY_COMPARE(current->body, QByteArray("ab"));
        QVERIFY(!current->complete);
        QCOMPARE(peer.count("POST"), n + 2);
        publisher.nextSegment();
        QTRY_VERIFY(current->complete);
        QCOMPARE(peer.count("POST"), n + 2);
    }
}

void TestTricklePublisher::trickle_32_it_starts_at_next_with_one_reset()
{
    ScriptedPeer peer;
    peer.onComplete = [](const SeenPtr &seen) { behave(seen, 5); };
    IoThread io;
    Told told;
    Publisher publisher(io, optionsFor(peer.url()), told.callbacks());
    QTRY_COMPARE(told.ready.load(), 5);
    publisher.write("data");
    QTRY_COMPARE(peer.requests.size(), 3);
    QCOMPARE(peer.requests[0]->method + ' ' + peer.requests[0]->path, QByteArray("GET /c/next"));
    QCOMPARE(peer.requests[1]->method + ' ' + peer.requests[1]->path, QByteArray("POST /c/5"));
    QCOMPARE(peer.requests[1]->field("Lp-Trickle-Reset"), QByteArray("1"));
    QCOMPARE(peer.requests[1]->field("Content-Type"), QByteArray("text/plain"));
    QCOMPARE(peer.requests[2]->method + ' ' + peer.requests[2]->path, QByteArray("POST /c/6"));
    QVERIFY(!headers::contains(peer.requests[2]->fields, "Lp-Trickle-Reset"));
}

void TestTricklePublisher::trickle_33_interim_answers_keep_the_parked_request()
{
    ScriptedPeer peer;
    peer.onHead = [](const SeenPtr &seen) {
        for (int i = 0; seen->method == "POST" && i < 50; ++i)
            seen->raw("HTTP/1.1 100 Continue\r\n\r\n");
    };
    peer.onComplete = [](const SeenPtr &seen) { behave(seen); };
    IoThread io;
    Told told;
    Publisher publisher(io, optionsFor(peer.url()), told.callbacks());
    QTRY_COMPARE(peer.count("POST"), 1);
    const auto parked = peer.having("POST").constFirst();
    for (int i = 0; i < 50; ++i)
        parked->raw("HTTP/1.1 100 Continue\r\n\r\n");
    QTRY_COMPARE(told.ready.load(), 0);
    publisher.write("late");
    publisher.nextSegment();
    QTRY_COMPARE(told.reports().size(), 1);
    QVERIFY(told.reports().constFirst().complete);
    QCOMPARE(parked->body, QByteArray("late"));
    QCOMPARE(peer.count("POST", "/c/0"), 1);
    QVERIFY(publisher.stats().interims >= 100);
}

void TestTricklePublisher::trickle_34_a_404_on_any_segment_is_terminal_data()
{
    QTest::addColumn<int>("seq");
    QTest::newRow("the first, waiting") << 0;
    QTest::newRow("the one ahead") << 1;
}

void TestTricklePublisher::trickle_34_a_404_on_any_segment_is_terminal()
{
    QFETCH(int, seq);
    const QByteArray path = "/c/" + QByteArray::number(seq);
    ScriptedPeer peer;
    peer.onHead = [&](const SeenPtr &seen) {
        if (seen->method == "POST" && seen->path == path)
            seen->reply(404, {{"Connection", "close"}});
    };
    peer.onComplete = [&](const SeenPtr &seen) {
        if (seen->path != path)
            behave(seen);
    };
    IoThread io;
    Told told;
    Publisher publisher(io, optionsFor(peer.url()), told.callbacks());
    if (seq > 0)
        publisher.write("data");
    QTRY_COMPARE(told.terminal().size(), 1);
    QCOMPARE(told.terminal().constFirst().kind(), Error::Kind::TrickleTerminal);
    QCOMPARE(told.terminal().constFirst().httpStatus(), 404);
    QVERIFY(publisher.isTerminal());
    const int posts = peer.count("POST");
    QVERIFY(!publisher.write("more"));
    publisher.nextSegment();
    QVERIFY(!publisher.write("and more"));
    auto closed = publisher.close();
    QTRY_VERIFY(closed.isFinished());
    QCOMPARE(peer.count("POST"), posts);
    QCOMPARE(told.terminal().size(), 1);
}

void TestTricklePublisher::trickle_35_before_a_byte_retry_after_a_byte_go_on_data()
{
    QTest::addColumn<bool>("afterBytes");
    QTest::newRow("before") << false;
    QTest::newRow("after") << true;
}

void TestTricklePublisher::trickle_35_before_a_byte_retry_after_a_byte_go_on()
{
    QFETCH(bool, afterBytes);
    ScriptedPeer peer;
    peer.onComplete = [](const SeenPtr &seen) { behave(seen); };
    IoThread io;
    Told told;
    Publisher publisher(io, optionsFor(peer.url()), told.callbacks());
    QTRY_COMPARE(told.ready.load(), 0);
    QTRY_COMPARE(peer.count("POST", "/c/0"), 1);
    const auto first = peer.having("POST", "/c/0").constFirst();
    if (afterBytes) {
        publisher.write("one");
        QTRY_COMPARE(first->body, QByteArray("one"));
    }
    first->cut();
    if (!afterBytes)
        QTRY_COMPARE(peer.count("POST", "/c/0"), 2); // renewed while it waits
    else
        QTRY_COMPARE(told.reports().size(), 1);
    publisher.write("two");
    publisher.nextSegment();
    publisher.write("three");
    publisher.nextSegment();
    QTRY_COMPARE(told.reports().size(), 2);
    const auto reports = told.reports();
    if (!afterBytes) {
        QVERIFY(reports[0].complete && reports[1].complete);
        QCOMPARE(peer.having("POST", "/c/0").constLast()->body, QByteArray("two"));
        QCOMPARE(peer.having("POST", "/c/1").constLast()->body, QByteArray("three"));
        QCOMPARE(peer.count("DELETE"), 0);
        return;
    }
    QVERIFY(!reports[0].complete);
    QCOMPARE(reports[0].error->kind(), Error::Kind::TrickleSegment);
    QVERIFY(reports[1].complete);
    QCOMPARE(peer.count("POST", "/c/0"), 1);
    QCOMPARE(peer.having("POST", "/c/1").constLast()->body, QByteArray("three"));
    QTRY_COMPARE(peer.count("DELETE", "/c/0"), 1); // so that its readers do not wait for the rest
    QVERIFY(!publisher.isTerminal());
}

void TestTricklePublisher::trickle_36_a_chunk_that_is_not_taken_fails_its_segment_only()
{
    QCOMPARE(PublisherOptions().chunkTimeout, 5s);
    ScriptedPeer peer;
    peer.onHead = [](const SeenPtr &seen) { seen->stalled = seen->path == "/c/0" && seen->method == "POST"; };
    peer.onComplete = [](const SeenPtr &seen) { behave(seen); };
    IoThread io;
    Told told;
    auto options = optionsFor(peer.url());
    options.chunkTimeout = 300ms; // the statement's 5 s, scaled
    options.maxQueuedBytes = 64 * 1024 * 1024;
    Publisher publisher(io, options, told.callbacks());
    QElapsedTimer timer;
    timer.start();
    publisher.write("begin");
    QVERIFY(publisher.write(QByteArray(32 * 1024 * 1024, 'x'))); // more than any socket buffer
    publisher.nextSegment();
    publisher.write("next");
    publisher.nextSegment();
    QTRY_COMPARE(told.reports().size(), 2);
    QVERIFY(timer.elapsed() >= 290);
    QVERIFY(!told.reports()[0].complete);
    QCOMPARE(told.reports()[0].seq, 0);
    QVERIFY(told.reports()[1].complete);
    QCOMPARE(told.reports()[1].seq, 1);
    QCOMPARE(peer.having("POST", "/c/1").constFirst()->body, QByteArray("next"));
    QCOMPARE(publisher.stats().chunkTimeouts, 1);
    QVERIFY(!publisher.isTerminal());
}

void TestTricklePublisher::trickle_37_three_failures_in_a_row_are_terminal_data()
{
    QTest::addColumn<QByteArray>("outcomes"); // f: the server answers 500 at the end of the segment
    QTest::addColumn<bool>("terminal");
    QTest::newRow("three") << QByteArray("fff") << true;
    QTest::newRow("two") << QByteArray("ffs") << false;
    QTest::newRow("a success between") << QByteArray("ffsff") << false;
    QTest::newRow("counted anew after it") << QByteArray("ffsfff") << true;
}

void TestTricklePublisher::trickle_37_three_failures_in_a_row_are_terminal()
{
    QFETCH(QByteArray, outcomes);
    QFETCH(bool, terminal);
    ScriptedPeer peer;
    peer.onComplete = [&](const SeenPtr &seen) {
        const int seq = seen->path.mid(3).toInt();
        if (seen->method == "POST" && outcomes.at(seq) == 'f')
            seen->reply(500, {{"Connection", "close"}});
        else
            behave(seen);
    };
    IoThread io;
    Told told;
    Publisher publisher(io, optionsFor(peer.url()), told.callbacks());
    for (int i = 0; i < outcomes.size(); ++i) {
        publisher.write("data");
        publisher.nextSegment();
        QTRY_COMPARE(told.reports().size(), i + 1);
        QCOMPARE(told.reports().constLast().complete, outcomes.at(i) == 's');
        QVERIFY(i + 1 == outcomes.size() || !publisher.isTerminal());
    }
    QTRY_COMPARE(publisher.isTerminal(), terminal);
    QTRY_COMPARE(told.terminal().size(), terminal ? 1 : 0);
}

void TestTricklePublisher::trickle_38_close_deletes_once_and_swallows_errors_data()
{
    QTest::addColumn<int>("status"); // 0: the connection is cut
    QTest::addColumn<bool>("inSegment");
    QTest::newRow("fine") << 200 << false;
    QTest::newRow("in mid-segment") << 200 << true;
    QTest::newRow("500") << 500 << false;
    QTest::newRow("400") << 400 << true;
    QTest::newRow("cut") << 0 << false;
}

void TestTricklePublisher::trickle_38_close_deletes_once_and_swallows_errors()
{
    QFETCH(int, status);
    QFETCH(bool, inSegment);
    ScriptedPeer peer;
    peer.onComplete = [&](const SeenPtr &seen) {
        if (seen->method != "DELETE")
            behave(seen);
        else if (status == 0)
            seen->cut();
        else
            seen->reply(status);
    };
    IoThread io;
    Told told;
    Publisher publisher(io, optionsFor(peer.url()), told.callbacks());
    QTRY_COMPARE(told.ready.load(), 0);
    if (inSegment)
        publisher.write("half");
    auto closed = publisher.close();
    publisher.close();
    QTRY_VERIFY(closed.isFinished());
    QVERIFY(!closed.isCanceled());
    QCOMPARE(peer.count("DELETE", "/c"), 1);
    QCOMPARE(peer.count("DELETE"), 1);
    QCOMPARE(told.terminal().size(), 0);
    QVERIFY(!publisher.isTerminal());
    QVERIFY(!publisher.write("more"));
    if (inSegment) {
        QCOMPARE(told.reports().size(), 1);
        QVERIFY(told.reports().constFirst().complete);
        QCOMPARE(peer.having("POST", "/c/0").constFirst()->body, QByteArray("half"));
    }
}

void TestTricklePublisher::oneWriteIsOneChunkAndLeavesAtOnce()
{
    ScriptedPeer peer;
    peer.onComplete = [](const SeenPtr &seen) { behave(seen); };
    IoThread io;
    Publisher publisher(io, optionsFor(peer.url()));
    QTRY_COMPARE(peer.count("POST", "/c/0"), 1);
    const auto current = peer.having("POST", "/c/0").constFirst();
    for (int i = 0; i < 5; ++i) {
        publisher.write("piece " + QByteArray::number(i));
        QTRY_COMPARE(current->chunks.size(), i + 1);
    }
    for (int i = 5; i < 100; ++i)
        publisher.write("piece " + QByteArray::number(i));
    publisher.nextSegment();
    QTRY_VERIFY(current->complete);
    QCOMPARE(current->chunks.size(), 100);
    QCOMPARE(current->chunks.constLast(), QByteArray("piece 99"));
    QCOMPARE(publisher.stats().chunksSent, 100);
}

void TestTricklePublisher::anAnswerInMidSegmentMovesTheRestToTheNext()
{
    ScriptedPeer peer;
    peer.onComplete = [](const SeenPtr &seen) { behave(seen); };
    IoThread io;
    Told told;
    Publisher publisher(io, optionsFor(peer.url()), told.callbacks());
    publisher.write("one");
    QTRY_COMPARE(peer.count("POST", "/c/1"), 1);
    const auto first = peer.having("POST", "/c/0").constFirst();
    QTRY_COMPARE(first->body, QByteArray("one"));
    first->reply(200, {{"Lp-Trickle-Seq", "0"}, {"Connection", "close"}});
    QTRY_COMPARE(told.reports().size(), 1);
    publisher.write("two");
    publisher.nextSegment();
    QTRY_COMPARE(peer.having("POST", "/c/1").constFirst()->body, QByteArray("two"));
    QTRY_COMPARE(told.reports().size(), 2);
    QVERIFY(!publisher.isTerminal());
    QVERIFY(peer.having("POST", "/c/2").size() <= 1);
}

void TestTricklePublisher::aClosedHeaderEndsThePublisher()
{
    ScriptedPeer peer;
    peer.onComplete = [](const SeenPtr &seen) { behave(seen); };
    IoThread io;
    Told told;
    Publisher publisher(io, optionsFor(peer.url()), told.callbacks());
    QTRY_COMPARE(peer.count("POST", "/c/0"), 1);
    peer.having("POST", "/c/0").constFirst()->reply(200, {{"Lp-Trickle-Closed", "terminated"}, {"Connection", "close"}});
    QTRY_COMPARE(told.terminal().size(), 1);
    QCOMPARE(told.terminal().constFirst().kind(), Error::Kind::TrickleTerminal);
    QCOMPARE(peer.count("POST"), 1);
}

void TestTricklePublisher::aQuietParkedRequestIsRenewed()
{
    QVERIFY(PublisherOptions().parkedRefresh >= 20s && PublisherOptions().parkedRefresh <= 25s);
    ScriptedPeer peer;
    peer.onComplete = [](const SeenPtr &seen) { behave(seen); };
    IoThread io;
    auto options = optionsFor(peer.url());
    options.parkedRefresh = 100ms;
    Publisher publisher(io, options);
    QTRY_VERIFY(peer.count("POST", "/c/0") >= 3);
    QCOMPARE(peer.count("POST"), peer.count("POST", "/c/0"));
    publisher.write("data");
    publisher.nextSegment();
    QTRY_COMPARE(publisher.stats().segmentsCompleted, 1);
    QCOMPARE(publisher.stats().segmentsFailed, 0);
}

void TestTricklePublisher::anAbsentChannelIsTerminal()
{
    ServerFixture f;
    IoThread io;
    Told told;
    Publisher publisher(io, optionsFor(f.url(QStringLiteral("absent"))), told.callbacks());
    publisher.write("early");
    QTRY_COMPARE(told.terminal().size(), 1);
    QCOMPARE(told.terminal().constFirst().httpStatus(), 404);
    QCOMPARE(publisher.stats().chunksDropped, 1);
    QCOMPARE(publisher.stats().bytesQueued, 0);
}

void TestTricklePublisher::anUnreachableServerIsTerminalAfterItsTime()
{
    quint16 port = 0;
    {
        QTcpServer gone;
        gone.listen(QHostAddress::LocalHost);
        port = gone.serverPort();
    }
    IoThread io;
    Told told;
    auto options = optionsFor(QUrl(QStringLiteral("http://127.0.0.1:%1/c").arg(port)));
    options.startTimeout = 300ms;
    Publisher publisher(io, options, told.callbacks());
    QTRY_COMPARE(told.terminal().size(), 1);
    auto closed = publisher.close();
    QTRY_VERIFY(closed.isFinished());
}

void TestTricklePublisher::aFullQueueRefusesTheRestOfTheSegment()
{
    ScriptedPeer peer;
    peer.onHead = [](const SeenPtr &seen) { seen->stalled = seen->path == "/c/0"; };
    peer.onComplete = [](const SeenPtr &seen) { behave(seen); };
    IoThread io;
    auto options = optionsFor(peer.url());
    options.chunkTimeout = 500ms;
    options.maxQueuedBytes = 32 * 1024 * 1024;
    Publisher publisher(io, options);
    const QByteArray piece(8 * 1024 * 1024, 'x');
    int taken = 0;
    while (publisher.write(piece))
        ++taken;
    QVERIFY(taken >= 4);
    QVERIFY(!publisher.write("small")); // a hole would be of no use
    QVERIFY(publisher.stats().bytesQueued <= options.maxQueuedBytes);
    QTRY_VERIFY((publisher.nextSegment(), publisher.write("begins anew"))); // once the stalled one is given up
    publisher.nextSegment();
    QTRY_VERIFY(publisher.stats().segmentsCompleted >= 1);
    QVERIFY(publisher.stats().chunksDropped >= 2);
}

void TestTricklePublisher::aLateSegmentIsGivenUpForANewerOne()
{
    ScriptedPeer peer;
    bool answering = false;
    peer.onComplete = [&](const SeenPtr &seen) {
        if (seen->path != "/c/next" || answering)
            behave(seen);
    };
    IoThread io;
    Told told;
    auto options = optionsFor(peer.url());
    options.maxLag = 50ms;
    Publisher publisher(io, options, told.callbacks());
    for (const char *text : {"old", "older", "newest"}) {
        publisher.nextSegment();
        publisher.write(text);
    }
    QTRY_COMPARE(peer.count("GET"), 1);
    QElapsedTimer timer;
    timer.start();
    QTRY_VERIFY(timer.elapsed() > 60);
    answering = true;
    behave(peer.requests.constFirst());
    QTRY_COMPARE(peer.count("POST", "/c/0"), 1);
    QTRY_COMPARE(peer.having("POST", "/c/0").constFirst()->body, QByteArray("newest"));
    QCOMPARE(publisher.stats().segmentsFailed, 2);
    QVERIFY(!publisher.isTerminal());
}

void TestTricklePublisher::resendingReadsBackAndSendsTheRest_data()
{
    QTest::addColumn<QByteArray>("held"); // what the server turns out to hold of segment 0; "-": nothing, not even the segment
    QTest::addColumn<QByteArray>("resent");
    QTest::newRow("everything") << QByteArray("one;two;") << QByteArray();
    QTest::newRow("the first piece") << QByteArray("one;") << QByteArray("two;");
    QTest::newRow("one and a half") << QByteArray("one;tw") << QByteArray("two;");
    QTest::newRow("nothing of use") << QByteArray("on") << QByteArray("one;two;");
    QTest::newRow("nothing") << QByteArray() << QByteArray("one;two;");
    QTest::newRow("not held") << QByteArray("-") << QByteArray("one;two;");
    QTest::newRow("something else") << QByteArray("xyz") << QByteArray("one;two;");
}

void TestTricklePublisher::resendingReadsBackAndSendsTheRest()
{
    QFETCH(QByteArray, held);
    QFETCH(QByteArray, resent);
    ScriptedPeer peer;
    peer.onComplete = [&](const SeenPtr &seen) {
        if (seen->method == "POST" && seen->path == "/c/0")
            seen->cut();
        else if (seen->method == "DELETE" && seen->path == "/c/0")
            seen->reply(held == "-" ? 400 : 200);
        else if (seen->method == "GET" && seen->path == "/c/0")
            seen->reply(200, {{"Lp-Trickle-Seq", "0"}}, held);
        else
            behave(seen);
    };
    IoThread io;
    Told told;
    auto options = optionsFor(peer.url());
    options.onFailure = PublisherOptions::OnFailure::Resend;
    Publisher publisher(io, options, told.callbacks());
    publisher.write("one;");
    publisher.write("two;");
    publisher.nextSegment();
    publisher.write("three;");
    publisher.nextSegment();
    const int failures = resent.isEmpty() ? 0 : 1;
    QTRY_COMPARE(told.reports().size(), resent.isEmpty() ? 2 : 3);
    QCOMPARE(publisher.stats().segmentsFailed, failures);
    QByteArray all;
    for (const auto &post : peer.having("POST")) {
        if (post->path != "/c/0")
            all += post->body;
    }
    QCOMPARE(all, resent + "three;");
}

void TestTricklePublisher::connectionsAreUsedAgain()
{
    ScriptedPeer peer;
    peer.onComplete = [](const SeenPtr &seen) { behave(seen); };
    IoThread io;
    Publisher publisher(io, optionsFor(peer.url()));
    for (int i = 0; i < 20; ++i) {
        publisher.write("data");
        publisher.nextSegment();
        QTRY_COMPARE(publisher.stats().segmentsCompleted, i + 1);
    }
    QCOMPARE(publisher.stats().segmentsFailed, 0);
    QVERIFY2(peer.connections <= 5, QByteArray::number(peer.connections).constData());
}

void TestTricklePublisher::segmentsReachOurServer_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("http") << false;
    QTest::newRow("https, expected key") << true;
}

void TestTricklePublisher::segmentsReachOurServer()
{
    QFETCH(bool, tls);
    HttpServerOptions http;
    if (tls)
        http.tls = orThrow(makeSelfSigned(QStringLiteral("127.0.0.1")));
    ServerFixture f({}, http);
    IoThread io;
    auto options = optionsFor(f.url());
    if (tls)
        options.tls = AsioTls::expecting(orThrow(publicKeyFingerprint(http.tls->certificatePem)));
    {
        Publisher publisher(io, options);
        for (int i = 0; i < 3; ++i) {
            publisher.write("segment ");
            publisher.write(QByteArray::number(i));
            publisher.nextSegment();
        }
        QTRY_COMPARE(publisher.stats().segmentsCompleted, 3);
        std::optional<ChannelInfo> info;
        f.onIo([&] { info = f.server.channel("c"); });
        QCOMPARE(info->next, 3);
        QCOMPARE(info->bytesIn, 27);
        auto closed = publisher.close();
        QTRY_VERIFY(closed.isFinished());
    }
    f.onIo([&] { QVERIFY(!f.server.channel("c")); });
    if (!tls)
        return;
    f.onIo([&] { f.server.create("c", "text/plain"); });
    Told told;
    options.tls = AsioTls::expecting(QStringLiteral("00"));
    Publisher deceived(io, options, told.callbacks());
    QTRY_COMPARE(told.terminal().size(), 1);
    QCOMPARE(told.terminal().constFirst().kind(), Error::Kind::TlsChanged);
}

void TestTricklePublisher::aSecondPublisherTakesOver()
{
    ServerFixture f;
    IoThread io;
    auto options = optionsFor(f.url());
    options.deleteOnClose = false;
    Publisher first(io, options);
    first.write("unfinished");
    QTRY_COMPARE(f.next(), 1);
    RawPeer reader(f.port);
    reader.request("GET", "/c/0");
    QTRY_COMPARE(reader.bodySoFar(), QByteArray("unfinished"));
    Publisher second(io, options);
    QTRY_VERIFY(reader.answered()); // the reset
    second.write("second");
    second.nextSegment();
    QTRY_COMPARE(second.stats().segmentsCompleted, 1);
    QCOMPARE(f.ask("GET", "/c/1").body, QByteArray("second"));
}

void TestTricklePublisher::destroyingClosesToo()
{
    ServerFixture f;
    IoThread io;
    {
        Publisher publisher(io, optionsFor(f.url()));
        publisher.write("last words");
    }
    QTRY_COMPARE(f.ask("GET", "/c/next").status, 404);
}

QTEST_GUILESS_MAIN(TestTricklePublisher)
#include "tst_trickle_publisher.moc"
