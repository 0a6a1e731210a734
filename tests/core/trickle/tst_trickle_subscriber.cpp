#include "scripted_peer.h"

#include "sluice/trickle/publisher.h"
#include "sluice/trickle/subscriber.h"

#include <QtTest/QSignalSpy>

#include <atomic>
#include <future>
#include <mutex>
#include <thread>

using namespace sluice;
using namespace sluice::trickle;
using namespace sluice::trickle::test;
using namespace std::chrono_literals;

namespace {

using Type = SubscriberEvent::Type;

SubscriberOptions optionsFor(const QUrl &channel, qint64 start = CurrentSegment)
{
    SubscriberOptions options;
    options.channel = channel;
    options.start = start;
    return options;
}

/// Writes the events down: "0[abc]" a segment, "~" an incomplete one's end, "(1>5)" a gap, "." the end, "!" an end with an error.
class Log {
public:
    Subscriber::Sink sink()
    {
        return [this](const SubscriberEvent &event) {
            const std::scoped_lock lock(m_mutex);
            append(event);
        };
    }
    void append(const SubscriberEvent &event)
    {
        switch (event.type) {
        case Type::SegmentBegin: m_text += QByteArray::number(event.seq) + '['; break;
        case Type::Bytes: m_text += event.bytes; break;
        case Type::SegmentEnd: m_text += event.complete ? "]" : "~]"; break;
        case Type::Gap: m_text += '(' + QByteArray::number(event.seq) + '>' + QByteArray::number(event.next) + ')'; break;
        case Type::End:
            m_text += event.error ? '!' : '.';
            m_error = event.error;
            break;
        }
    }
    QByteArray text() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_text;
    }
    std::optional<Error> error() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_error;
    }

private:
    mutable std::mutex m_mutex;
    QByteArray m_text;
    std::optional<Error> m_error;
};

Headers seqHeaders(qint64 seq, qint64 latest = -1)
{
    Headers fields{{"Lp-Trickle-Seq", QByteArray::number(seq)}, {"Content-Type", "text/plain"}};
    if (latest >= 0)
        fields.append({QByteArray("Lp-Trickle-Latest"), QByteArray::number(latest)});
    return fields;
}

const Headers Closed{{"Lp-Trickle-Closed", "terminated"}};

} // namespace

class TestTrickleSubscriber : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void trickle_39_the_next_segment_is_asked_for_before_the_body_ends();
    void trickle_40_a_470_jumps_ahead_or_waits();
    void trickle_41_the_end_is_reported_once_data();
    void trickle_41_the_end_is_reported_once();
    void trickle_42_a_passing_500_loses_nothing();

    void bytesComeAsTheyAreWritten();
    void everyStartIsServed_data();
    void everyStartIsServed();
    void aCutSegmentIsResumedWhereItWasCut();
    void aCutSegmentThatIsGoneEndsIncomplete();
    void aLaggingReaderIsToldOfTheGap();
    void aRestartedPublisherIsFound();
    void emptySegmentsAreSkipped();
    void anEmptiedEdgeIsNotHammered();
    void waitingRequestsAreRenewed();
    void aSilentBodyIsAskedForAnew();
    void failuresEndAfterTheirTime();
    void anAbsentChannelIsAnError();
    void aSegmentBeyondItsBoundEnds();
    void oddAnswersAreNotAskedForInABusyLoop_data();
    void oddAnswersAreNotAskedForInABusyLoop();
    void aSlowPullerStopsTheReading();
    void askingAndWaitingGiveTheSameEvents();
    void stoppingEndsAtOnce();
    void tlsAsksTheTrustOnItsOwnThread();
    void aPublisherFeedsManySubscribers();
};

void TestTrickleSubscriber::trickle_39_the_next_segment_is_asked_for_before_the_body_ends()
{
    ScriptedPeer peer;
    IoThread io;
    Log log;
    Subscriber subscriber(io, optionsFor(peer.url(), 3), log.sink());
    QTRY_COMPARE(peer.count("GET", "/c/3"), 1);
    QCOMPARE(peer.count("GET"), 1);
    const auto third = peer.requests.constFirst();
    third->beginChunked(seqHeaders(3));
    QTRY_COMPARE(peer.count("GET", "/c/4"), 1);
    third->chunk("abc");
    QTRY_COMPARE(log.text(), QByteArray("3[abc"));
    QCOMPARE(peer.count("GET"), 2);
    third->end();
    QTRY_COMPARE(log.text(), QByteArray("3[abc]"));
    const auto fourth = peer.having("GET", "/c/4").constFirst();
    fourth->beginChunked(seqHeaders(4));
    QTRY_COMPARE(peer.count("GET", "/c/5"), 1);
    QCOMPARE(peer.count("GET"), 3);
}

void TestTrickleSubscriber::trickle_40_a_470_jumps_ahead_or_waits()
{
    ScriptedPeer peer;
    IoThread io;
    Log log;
    auto options = optionsFor(peer.url(), 3);
    QCOMPARE(options.aheadDelay, 250ms);
    Subscriber subscriber(io, options, log.sink());
    QTRY_COMPARE(peer.count("GET", "/c/3"), 1);
    QElapsedTimer timer;
    timer.start();
    peer.requests.constLast()->reply(470, seqHeaders(3, 11), "Entry not found\n");
    QTRY_COMPARE(peer.count("GET", "/c/11"), 1);
    QCOMPARE(peer.requests.size(), 2);
    QVERIFY(timer.elapsed() < 240);
    // Behind what is wanted: the same again after a while.
    timer.restart();
    peer.requests.constLast()->reply(470, seqHeaders(11, 10), "Entry not found\n");
    QTRY_COMPARE(peer.count("GET", "/c/11"), 2);
    QVERIFY2(timer.elapsed() >= 240 && timer.elapsed() < 1500, QByteArray::number(timer.elapsed()).constData());
    QCOMPARE(peer.requests.size(), 3);
    QCOMPARE(subscriber.stats().notHeld, 2);
}

void TestTrickleSubscriber::trickle_41_the_end_is_reported_once_data()
{
    QTest::addColumn<bool>("closed");
    QTest::addColumn<bool>("later");
    QTest::newRow("closed header") << true << false;
    QTest::newRow("closed header after a segment") << true << true;
    QTest::newRow("404 after a segment") << false << true;
}

void TestTrickleSubscriber::trickle_41_the_end_is_reported_once()
{
    QFETCH(bool, closed);
    QFETCH(bool, later);
    ScriptedPeer peer;
    peer.onComplete = [&](const SeenPtr &seen) {
        if (later && seen->path == "/c/0")
            seen->reply(200, seqHeaders(0, 1), "abc");
        else
            seen->reply(closed ? 200 : 404, closed ? Closed : Headers());
    };
    IoThread io;
    Log log;
    Subscriber subscriber(io, optionsFor(peer.url(), 0), log.sink());
    QTRY_VERIFY(subscriber.isEnded());
    QCOMPARE(log.text(), later ? QByteArray("0[abc].") : QByteArray("."));
    const auto requests = peer.requests.size();
    QElapsedTimer timer;
    timer.start();
    QTRY_VERIFY(timer.elapsed() > 600); // longer than any pause before another try
    QCOMPARE(peer.requests.size(), requests);
    QCOMPARE(log.text().count('.'), 1);
}

void TestTrickleSubscriber::trickle_42_a_passing_500_loses_nothing()
{
    ScriptedPeer peer;
    int refused = 0;
    peer.onComplete = [&](const SeenPtr &seen) {
        const qint64 seq = seen->path.mid(3).toInt();
        if (seq == 1 && refused++ < 2)
            seen->reply(500);
        else if (seq < 3)
            seen->reply(200, seqHeaders(seq, seq + 1), "data" + QByteArray::number(seq));
        else
            seen->reply(200, Closed);
    };
    IoThread io;
    Log log;
    Subscriber subscriber(io, optionsFor(peer.url(), 0), log.sink());
    QTRY_COMPARE(log.text(), QByteArray("0[data0]1[data1]2[data2]."));
    QCOMPARE(subscriber.stats().failures, 2);
    QCOMPARE(subscriber.stats().segments, 3);
    QCOMPARE(subscriber.stats().bytes, 15);
}

void TestTrickleSubscriber::bytesComeAsTheyAreWritten()
{
    ServerFixture f;
    IoThread io;
    Log log;
    Subscriber subscriber(io, optionsFor(f.url()), log.sink());
    QTRY_COMPARE(f.readers(), 1);
    RawPeer writer(f.port);
    writer.openPost("/c/0");
    QByteArray expected = "0[";
    for (int i = 0; i < 5; ++i) {
        writer.chunk("piece" + QByteArray::number(i));
        expected += "piece" + QByteArray::number(i);
        QTRY_COMPARE(log.text(), expected);
    }
    writer.end();
    QTRY_COMPARE(log.text(), expected + ']');
    f.ask("DELETE", "/c");
    QTRY_COMPARE(log.text(), expected + "].");
    QVERIFY(!log.error());
}

void TestTrickleSubscriber::everyStartIsServed_data()
{
    QTest::addColumn<qint64>("start");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("current") << CurrentSegment << QByteArray("6[six]7[seven].");
    QTest::newRow("next") << NextSegment << QByteArray("7[seven].");
    QTest::newRow("held") << qint64(4) << QByteArray("4[data]5[data]6[six]7[seven].");
    QTest::newRow("too old: the next one") << qint64(0) << QByteArray("7[seven].");
}

void TestTrickleSubscriber::everyStartIsServed()
{
    QFETCH(qint64, start);
    QFETCH(QByteArray, expected);
    ServerFixture f;
    for (int i = 0; i < 6; ++i)
        f.post("/c/" + QByteArray::number(i), "data");
    RawPeer six(f.port);
    six.openPost("/c/6");
    six.chunk("six");
    QTRY_COMPARE(f.next(), 7);
    IoThread io;
    Log log;
    Subscriber subscriber(io, optionsFor(f.url(), start), log.sink());
    // At the edge, where it stays: before that it is a reader of each older segment for a moment.
    if (expected.contains("6[six]"))
        QTRY_VERIFY(log.text().endsWith("6[six"));
    QTRY_VERIFY(start != 0 || subscriber.stats().notHeld == 1);
    QTRY_VERIFY(subscriber.stats().requests >= (start == NextSegment ? 1 : 2));
    QTRY_VERIFY(f.readers() >= 1);
    six.end();
    six.answer();
    f.post("/c/7", "seven");
    QTRY_VERIFY(log.text().endsWith("7[seven]"));
    f.ask("DELETE", "/c");
    QTRY_COMPARE(log.text(), expected);
}

void TestTrickleSubscriber::aCutSegmentIsResumedWhereItWasCut()
{
    ScriptedPeer peer;
    IoThread io;
    Log log;
    Subscriber subscriber(io, optionsFor(peer.url(), 0), log.sink());
    QTRY_COMPARE(peer.count("GET", "/c/0"), 1);
    const auto first = peer.requests.constFirst();
    first->beginChunked(seqHeaders(0));
    first->chunk("abcd");
    QTRY_COMPARE(log.text(), QByteArray("0[abcd"));
    first->cut();
    QTRY_COMPARE(peer.count("GET", "/c/0"), 2);
    const auto second = peer.having("GET", "/c/0").constLast();
    second->beginChunked(seqHeaders(0));
    second->chunk("ab"); // cut again before the place of the first cut
    QTRY_COMPARE(peer.count("GET", "/c/1"), 2);
    second->cut();
    QTRY_COMPARE(peer.count("GET", "/c/0"), 3);
    const auto third = peer.having("GET", "/c/0").constLast();
    third->beginChunked(seqHeaders(0));
    third->chunk("abcdef");
    third->chunk("gh");
    third->end();
    QTRY_COMPARE(log.text(), QByteArray("0[abcdefgh]"));
    QCOMPARE(subscriber.stats().resumed, 2);
    QCOMPARE(subscriber.stats().bytes, 8);
}

void TestTrickleSubscriber::aCutSegmentThatIsGoneEndsIncomplete()
{
    ScriptedPeer peer;
    IoThread io;
    Log log;
    Subscriber subscriber(io, optionsFor(peer.url(), 0), log.sink());
    QTRY_COMPARE(peer.count("GET", "/c/0"), 1);
    const auto first = peer.requests.constFirst();
    first->beginChunked(seqHeaders(0));
    first->chunk("abcd");
    QTRY_COMPARE(log.text(), QByteArray("0[abcd"));
    first->cut();
    QTRY_COMPARE(peer.count("GET", "/c/0"), 2);
    peer.having("GET", "/c/0").constLast()->reply(470, seqHeaders(0, 9));
    QTRY_COMPARE(peer.count("GET", "/c/9"), 1);
    QCOMPARE(log.text(), QByteArray("0[abcd~]"));
    peer.requests.constLast()->reply(200, seqHeaders(9), "nine");
    QTRY_COMPARE(log.text(), QByteArray("0[abcd~](1>9)9[nine]"));
    QCOMPARE(subscriber.stats().incompleteSegments, 1);
    QCOMPARE(subscriber.stats().gaps, 1);
    QCOMPARE(subscriber.stats().segmentsMissed, 8);
}

void TestTrickleSubscriber::aLaggingReaderIsToldOfTheGap()
{
    ServerFixture f;
    IoThread io;
    auto options = optionsFor(f.url(), 0);
    options.maxQueuedBytes = 1000;
    Subscriber subscriber(io, options);
    f.post("/c/0", QByteArray(4000, 'x'));
    QTRY_VERIFY(subscriber.stats().bytesQueued >= 1000);
    for (int i = 1; i <= 12; ++i)
        f.post("/c/" + QByteArray::number(i), QByteArray(4000, 'y'));
    Log log;
    const auto pullUntil = [&](Type type, qint64 seq) {
        for (;;) {
            const auto event = subscriber.wait(5s);
            if (!event || (event->type == type && event->seq == seq))
                return event.has_value();
            if (event->type != Type::Bytes)
                log.append(*event);
        }
    };
    QVERIFY(pullUntil(Type::SegmentEnd, 1)); // it was on its way already
    QTRY_COMPARE(subscriber.stats().notHeld, 1);
    QTRY_COMPARE(f.readers(), 1);
    f.post("/c/13", "now");
    QVERIFY(pullUntil(Type::SegmentEnd, 13));
    QCOMPARE(log.text(), QByteArray("0[]1[(2>13)13["));
    QCOMPARE(subscriber.stats().gaps, 1);
    QCOMPARE(subscriber.stats().segmentsMissed, 11);
}

void TestTrickleSubscriber::aRestartedPublisherIsFound()
{
    ServerFixture f;
    for (int i = 0; i < 8; ++i)
        f.post("/c/" + QByteArray::number(i), "old");
    IoThread io;
    Log log;
    Subscriber subscriber(io, optionsFor(f.url(), 7), log.sink());
    QTRY_COMPARE(log.text(), QByteArray("7[old]"));
    // A publisher that begins at 0 without asking, as others do: four segments evict the one that is waited for.
    for (int i = 0; i < 4; ++i)
        f.post("/c/" + QByteArray::number(i), "new" + QByteArray::number(i));
    QTRY_VERIFY_WITH_TIMEOUT(log.text().contains("3[new3]"), 8000);
    QVERIFY(log.text().startsWith("7[old](9>3)3[new3]")); // 8 was emptied by the eviction, and 9 is not coming
}

void TestTrickleSubscriber::emptySegmentsAreSkipped()
{
    ServerFixture f;
    IoThread io;
    Log log;
    Subscriber subscriber(io, optionsFor(f.url(), 0), log.sink());
    f.post("/c/0", {});
    f.post("/c/1", "one");
    f.post("/c/2", {});
    f.post("/c/3", "three");
    QTRY_COMPARE(log.text(), QByteArray("0[]1[one]2[]3[three]").replace("0[]", "").replace("2[]", ""));
    QCOMPARE(subscriber.stats().emptySegments, 2);
    QCOMPARE(subscriber.stats().gaps, 0);
}

void TestTrickleSubscriber::anEmptiedEdgeIsNotHammered()
{
    ScriptedPeer peer;
    peer.onComplete = [](const SeenPtr &seen) { seen->reply(200, seqHeaders(5, 5)); };
    IoThread io;
    Log log;
    Subscriber subscriber(io, optionsFor(peer.url(), NextSegment), log.sink());
    QElapsedTimer timer;
    timer.start();
    QTRY_VERIFY(timer.elapsed() > 900);
    QVERIFY2(peer.requests.size() < 14, QByteArray::number(peer.requests.size()).constData());
    QVERIFY(log.text().isEmpty());
}

void TestTrickleSubscriber::waitingRequestsAreRenewed()
{
    QVERIFY(SubscriberOptions().parkedRefresh >= 20s && SubscriberOptions().parkedRefresh <= 25s);
    ServerFixture f;
    IoThread io;
    Log log;
    auto options = optionsFor(f.url(), 0);
    options.parkedRefresh = 60ms;
    Subscriber subscriber(io, options, log.sink());
    QTRY_VERIFY(subscriber.stats().refreshes >= 3);
    for (int i = 0; i < 20; ++i)
        f.post("/c/" + QByteArray::number(i), "s");
    QTRY_VERIFY(log.text().endsWith("19[s]"));
    QCOMPARE(subscriber.stats().segments, 20);
    QCOMPARE(subscriber.stats().failures, 0);
}

void TestTrickleSubscriber::aSilentBodyIsAskedForAnew()
{
    ScriptedPeer peer;
    IoThread io;
    Log log;
    auto options = optionsFor(peer.url(), 0);
    options.bodyTimeout = 100ms;
    Subscriber subscriber(io, options, log.sink());
    QTRY_COMPARE(peer.count("GET", "/c/0"), 1);
    peer.requests.constFirst()->beginChunked(seqHeaders(0));
    peer.requests.constFirst()->chunk("ab");
    QTRY_COMPARE(peer.count("GET", "/c/0"), 2);
    peer.having("GET", "/c/0").constLast()->reply(200, seqHeaders(0), "abcd");
    QTRY_COMPARE(log.text(), QByteArray("0[abcd]"));
}

void TestTrickleSubscriber::failuresEndAfterTheirTime()
{
    ScriptedPeer peer;
    peer.onComplete = [](const SeenPtr &seen) { seen->reply(503); };
    IoThread io;
    Log log;
    auto options = optionsFor(peer.url(), 0);
    options.giveUpAfter = 200ms;
    options.retryDelay = 50ms;
    Subscriber subscriber(io, options, log.sink());
    QTRY_COMPARE(log.text(), QByteArray("!"));
    QCOMPARE(log.error()->kind(), Error::Kind::Http);
    QVERIFY(log.error()->message().contains(QStringLiteral("503")));
    QVERIFY(peer.requests.size() >= 3);
}

void TestTrickleSubscriber::anAbsentChannelIsAnError()
{
    ServerFixture f;
    IoThread io;
    Log log;
    Subscriber subscriber(io, optionsFor(f.url(QStringLiteral("absent"))), log.sink());
    QTRY_COMPARE(log.text(), QByteArray("!"));
    QCOMPARE(log.error()->kind(), Error::Kind::TrickleTerminal);
    QCOMPARE(log.error()->httpStatus(), 404);
}

void TestTrickleSubscriber::aSegmentBeyondItsBoundEnds()
{
    ServerFixture f;
    f.post("/c/0", QByteArray(1001, 'x'));
    IoThread io;
    Log log;
    auto options = optionsFor(f.url(), 0);
    options.maxSegmentBytes = 1000;
    Subscriber subscriber(io, options, log.sink());
    QTRY_VERIFY(log.text().endsWith('!'));
    QCOMPARE(log.error()->kind(), Error::Kind::TooLarge);
}

void TestTrickleSubscriber::oddAnswersAreNotAskedForInABusyLoop_data()
{
    using Answer = std::function<void(const SeenPtr &, int)>;
    QTest::addColumn<Answer>("answer");
    const auto row = [](const char *name, Answer answer) { QTest::newRow(name) << std::move(answer); };
    const auto asked = [](const SeenPtr &seen) { return seen->path.mid(3).toLongLong(); };
    row("nothing at all", [](const SeenPtr &seen, int) { seen->reply(200); });
    row("empty segments", [asked](const SeenPtr &seen, int) { seen->reply(200, seqHeaders(asked(seen))); });
    row("a page without a number", [](const SeenPtr &seen, int) { seen->reply(200, {{"Content-Type", "text/html"}}, "<html>Welcome</html>"); });
    row("a number that is none", [](const SeenPtr &seen, int) { seen->reply(200, {{"Lp-Trickle-Seq", "many"}}, "abc"); });
    row("204", [](const SeenPtr &seen, int) { seen->raw("HTTP/1.1 204 No Content\r\n\r\n"); });
    row("500", [](const SeenPtr &seen, int) { seen->reply(500, {}, "no\n"); });
    row("429", [](const SeenPtr &seen, int) { seen->reply(429, {{"Retry-After", "0"}}, "no\n"); });
    row("a redirect to itself", [](const SeenPtr &seen, int) { seen->reply(302, {{"Location", seen->path}}); });
    row("no HTTP", [](const SeenPtr &seen, int) { seen->raw("SSH-2.0-OpenSSH_9.2p1\r\n\r\n"); });
    row("hung up", [](const SeenPtr &seen, int) { seen->cut(); });
    row("the same segment", [](const SeenPtr &seen, int) { seen->reply(200, seqHeaders(3), "abc"); });
    row("to and fro", [](const SeenPtr &seen, int number) { seen->reply(200, seqHeaders(number / 2 % 2 == 0 ? 3 : 70), "abc"); });
    row("ever further back", [](const SeenPtr &seen, int number) { seen->reply(200, seqHeaders(1'000'000 - number), "abc"); });
    row("not held, and never is", [asked](const SeenPtr &seen, int) { seen->reply(470, seqHeaders(asked(seen), asked(seen) + 5), "Entry not found\n"); });
    row("not there yet, for ever", [asked](const SeenPtr &seen, int) { seen->reply(470, seqHeaders(asked(seen), 0), "Entry not found\n"); });
}

void TestTrickleSubscriber::oddAnswersAreNotAskedForInABusyLoop()
{
    using Answer = std::function<void(const SeenPtr &, int)>;
    QFETCH(Answer, answer);
    ScriptedPeer peer;
    int answered = 0;
    peer.onHead = [&](const SeenPtr &seen) { answer(seen, answered++); };
    IoThread io;
    Log log;
    Subscriber subscriber(io, optionsFor(peer.url(), 3), log.sink());
    QTRY_VERIFY(peer.requests.size() >= 3); // it does not give up at the first one
    // Some at once, because most odd answers are an accident; then about ten a second at most. A busy loop makes hundreds.
    const qsizetype most = 40;
    QVERIFY2(!QTest::qWaitFor([&] { return peer.requests.size() > most; }, 1200), "it asks again and again without a pause");
    subscriber.stop();
    QTRY_VERIFY(subscriber.isEnded());
}

void TestTrickleSubscriber::aSlowPullerStopsTheReading()
{
    ServerFixture f;
    IoThread io;
    auto options = optionsFor(f.url(), 0);
    options.maxQueuedBytes = 100'000;
    Subscriber subscriber(io, options);
    const QByteArray large(20 * 1024 * 1024, 'x');
    f.post("/c/0", large);
    QTRY_VERIFY(subscriber.stats().bytesQueued >= 100'000);
    f.settle();
    QVERIFY(subscriber.stats().bytesQueued <= 100'000);
    qsizetype received = 0;
    for (;;) {
        const auto event = subscriber.wait(5s);
        QVERIFY(event);
        received += event->bytes.size();
        QVERIFY(subscriber.stats().bytesQueued <= 100'000);
        if (event->type == Type::SegmentEnd)
            break;
    }
    QCOMPARE(received, large.size());
    QCOMPARE(subscriber.stats().bytesQueued, 0);
}

void TestTrickleSubscriber::askingAndWaitingGiveTheSameEvents()
{
    ServerFixture f;
    IoThread io;
    Subscriber subscriber(io, optionsFor(f.url(), 0));
    const auto ask = [&subscriber] {
        const auto promise = std::make_shared<std::promise<SubscriberEvent>>();
        subscriber.next([promise](const SubscriberEvent &event) { promise->set_value(event); });
        return promise->get_future();
    };
    auto first = ask();
    QVERIFY(!subscriber.wait(0ms));
    QVERIFY(first.wait_for(0ms) == std::future_status::timeout);
    f.post("/c/0", "abc");
    QVERIFY(first.wait_for(5s) == std::future_status::ready);
    const SubscriberEvent begin = first.get();
    QCOMPARE(begin.type, Type::SegmentBegin);
    QCOMPARE(begin.mimeType, QByteArray("text/plain"));
    const auto second = subscriber.wait(5s);
    QVERIFY(second && second->type == Type::Bytes);
    QCOMPARE(second->bytes, QByteArray("abc"));
    auto third = ask();
    QVERIFY(third.wait_for(5s) == std::future_status::ready);
    QCOMPARE(third.get().type, Type::SegmentEnd);
    f.ask("DELETE", "/c");
    for (int i = 0; i < 3; ++i) {
        const auto end = subscriber.wait(5s);
        QVERIFY(end && end->type == Type::End && !end->error);
    }
    QCOMPARE(ask().get().type, Type::End);
}

void TestTrickleSubscriber::stoppingEndsAtOnce()
{
    ServerFixture f;
    IoThread io;
    Subscriber subscriber(io, optionsFor(f.url(), 0));
    QTRY_COMPARE(f.readers(), 1);
    std::thread stopper([&] { subscriber.stop(); });
    const auto end = subscriber.wait(5s);
    stopper.join();
    QVERIFY(end && end->type == Type::End);
    QCOMPARE(end->error->kind(), Error::Kind::Canceled);
    QTRY_COMPARE(f.readers(), 0);
    // Destroying one that waits or reads leaves nothing behind either.
    RawPeer writer(f.port);
    writer.openPost("/c/0");
    writer.chunk("data");
    {
        Log log;
        Subscriber reading(io, optionsFor(f.url(), 0), log.sink());
        QTRY_COMPARE(log.text(), QByteArray("0[data"));
    }
    QTRY_COMPARE(f.readers(), 0);
}

void TestTrickleSubscriber::tlsAsksTheTrustOnItsOwnThread()
{
    HttpServerOptions http;
    http.tls = orThrow(makeSelfSigned(QStringLiteral("127.0.0.1")));
    ServerFixture f({}, http);
    MemoryPinStore pins;
    auto trust = std::make_unique<TlsTrust>(pins);
    IoThread io;
    auto options = optionsFor(f.url(), CurrentSegment);
    options.tls = AsioTls::trusting(*trust, TrustPolicy::PinOnFirstUse);
    QSignalSpy firstUse(trust.get(), &TlsTrust::firstUse);
    Log log;
    Subscriber subscriber(io, options, log.sink());
    QTRY_COMPARE(firstUse.count(), 1);
    QTRY_COMPARE(f.readers(), 1);
    QCOMPARE(trust->pinned(TlsTrust::hostPort(f.url())), orThrow(publicKeyFingerprint(http.tls->certificatePem)));

    // A changed key is an error, at once.
    trust->accept(TlsTrust::hostPort(f.url()), QStringLiteral("another"));
    Log changed;
    Subscriber deceived(io, options, changed.sink());
    QTRY_COMPARE(changed.text(), QByteArray("!"));
    QCOMPARE(changed.error()->kind(), Error::Kind::TlsChanged);

    // Once the trust is gone, nobody is trusted.
    trust.reset();
    Log refused;
    options.giveUpAfter = 0ms;
    Subscriber late(io, options, refused.sink());
    QTRY_COMPARE(refused.text(), QByteArray("!"));
}

void TestTrickleSubscriber::aPublisherFeedsManySubscribers()
{
    ServerFixture f;
    IoThread io;
    std::vector<std::unique_ptr<Log>> logs;
    std::vector<std::unique_ptr<Subscriber>> subscribers;
    for (int i = 0; i < 20; ++i) {
        logs.push_back(std::make_unique<Log>());
        subscribers.push_back(std::make_unique<Subscriber>(io, optionsFor(f.url(), 0), logs.back()->sink()));
    }
    QTRY_COMPARE(f.readers(), 20);
    PublisherOptions options;
    options.channel = f.url();
    options.mimeType = "text/plain";
    Publisher publisher(io, options);
    QByteArray expected;
    for (int i = 0; i < 50; ++i) {
        expected += QByteArray::number(i) + '[';
        for (int j = 0; j < 5; ++j) {
            const QByteArray piece = QByteArray::number(i * 10 + j) + ' ';
            QVERIFY(publisher.write(piece));
            expected += piece;
        }
        expected += ']';
        publisher.nextSegment();
        // Within what the server keeps: a reader that is behind by more misses segments, as it should.
        QTRY_VERIFY(publisher.stats().segmentsCompleted >= i - 1);
        for (const auto &subscriber : subscribers)
            QTRY_VERIFY(subscriber->stats().segments >= i - 1);
    }
    for (const auto &log : logs)
        QTRY_COMPARE(log->text(), expected); // before the channel goes, and with it what has not been read
    auto closed = publisher.close();
    QTRY_VERIFY(closed.isFinished());
    for (const auto &log : logs)
        QTRY_COMPARE(log->text(), expected + '.');
}

QTEST_GUILESS_MAIN(TestTrickleSubscriber)
#include "tst_trickle_subscriber.moc"
