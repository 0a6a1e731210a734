#include "scripted_peer.h"

#include "sluice/trickle/publisher.h"
#include "sluice/trickle/subscriber.h"

#include <mutex>

using namespace sluice;
using namespace sluice::trickle;
using namespace sluice::trickle::test;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

/// What publisher and subscriber do for live video while the network, or the other side, does not keep pace.
class TestTrickleFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anOutageIsSatOut();
    void anOutageThatLastsEndsThePublisher();
    void whatFellBehindInAnOutageIsDropped();
    void whoFallsBehindIsAskedForANewerSegment();
    void aBrokenSegmentIsEndedOnceTheServerIsBack();
    void heldSegmentsStayForLateReaders();
    void aReaderThatLagsGoesOnWithTheNewest();
    void aReaderThatCatchesUpMissesNothing();
    void oneBreakLongAfterAnotherIsNoReasonToGiveUp();
};

namespace {

PublisherOptions publishing(const QUrl &channel)
{
    PublisherOptions options;
    options.channel = channel;
    options.outage = 5s;
    return options;
}

/// A publisher whose server nobody reaches any more, until the end of it.
class CutOff {
public:
    explicit CutOff(const std::function<void(PublisherOptions &)> &change = {}, Publisher::Callbacks callbacks = {})
    {
        peer.onComplete = [](const SeenPtr &seen) { behave(seen); };
        PublisherOptions options = publishing(peer.url());
        if (change)
            change(options);
        publisher = std::make_unique<Publisher>(m_io, options, std::move(callbacks));
        QTRY_COMPARE(peer.count("POST"), 1);
        m_port = peer.serverPort();
        peer.close();
        for (const SeenPtr &seen : std::as_const(peer.requests))
            seen->cut();
    }
    void endOutage() { QVERIFY(peer.listen(QHostAddress::LocalHost, m_port)); }

    ScriptedPeer peer;
private:
    IoThread m_io;
    quint16 m_port = 0;

public:
    std::unique_ptr<Publisher> publisher;
};

/// Events as text: "3[abc]" a segment, "~" an incomplete one's end, "(4>9)" a gap.
class Log {
public:
    Subscriber::Sink sink()
    {
        return [this](const SubscriberEvent &event) {
            using Type = SubscriberEvent::Type;
            const std::scoped_lock lock(m_mutex);
            if (event.type == Type::SegmentBegin)
                m_text += QByteArray::number(event.seq) + '[';
            else if (event.type == Type::Bytes)
                m_text += event.bytes;
            else if (event.type == Type::SegmentEnd)
                m_text += event.complete ? "]" : "~]";
            else if (event.type == Type::Gap)
                m_text += '(' + QByteArray::number(event.seq) + '>' + QByteArray::number(event.next) + ')';
        };
    }
    QByteArray text() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_text;
    }

private:
    mutable std::mutex m_mutex;
    QByteArray m_text;
};

Headers answerTo(qint64 seq, qint64 latest = -1)
{
    Headers fields{{"Lp-Trickle-Seq", QByteArray::number(seq)}};
    if (latest >= 0)
        fields.append({QByteArray("Lp-Trickle-Latest"), QByteArray::number(latest)});
    return fields;
}

} // namespace

void TestTrickleFaults::anOutageIsSatOut()
{
    CutOff scene;
    for (int i = 0; i < 5; ++i) { // more than maxFailures
        scene.publisher->write("data");
        scene.publisher->nextSegment();
    }
    QTRY_VERIFY(scene.publisher->stats().retries > 5);
    scene.endOutage();
    QTRY_COMPARE(scene.publisher->stats().segmentsCompleted, 5);
    QCOMPARE(scene.publisher->stats().segmentsFailed, 0);
    QVERIFY(!scene.publisher->isTerminal());
}

void TestTrickleFaults::anOutageThatLastsEndsThePublisher()
{
    CutOff scene([](PublisherOptions &options) { options.outage = 500ms; });
    const auto begun = Steady::now();
    scene.publisher->write("data");
    QTRY_VERIFY(scene.publisher->isTerminal());
    QVERIFY(Steady::now() - begun >= 500ms);
    const Error error = *scene.publisher->terminalError();
    QCOMPARE(error.kind(), Error::Kind::Network);
    QVERIFY2(error.message().startsWith(QStringLiteral("Nothing could be sent to")), qPrintable(error.message()));
}

void TestTrickleFaults::whatFellBehindInAnOutageIsDropped()
{
    std::atomic<int> late = 0;
    Publisher::Callbacks callbacks;
    callbacks.segmentEnded = [&](const Publisher::SegmentReport &report) { late += report.late ? 1 : 0; };
    CutOff scene([](PublisherOptions &options) { options.maxLag = 200ms; }, callbacks);
    for (const char *text : {"old", "new"}) {
        scene.publisher->write(text);
        scene.publisher->nextSegment();
    }
    QTRY_COMPARE(late.load(), 1);
    scene.endOutage();
    QTRY_COMPARE(scene.publisher->stats().segmentsCompleted, 1);
    QByteArray sent;
    for (const SeenPtr &post : scene.peer.having("POST"))
        sent += post->body;
    QCOMPARE(sent, QByteArray("new"));
    QCOMPARE(scene.publisher->stats().bytesQueued, 0);
}

void TestTrickleFaults::whoFallsBehindIsAskedForANewerSegment()
{
    std::atomic<int> asked = 0;
    Publisher::Callbacks callbacks;
    callbacks.behind = [&] { ++asked; };
    CutOff scene([](PublisherOptions &options) { options.maxLag = 200ms; }, callbacks);
    scene.publisher->write("the only segment");
    scene.publisher->write(" that there is");
    QTRY_COMPARE(asked.load(), 1);
    scene.endOutage();
    scene.publisher->nextSegment();
    QTRY_COMPARE(scene.publisher->stats().segmentsCompleted, 1); // old, but there is none newer
    QCOMPARE(asked.load(), 1);
}

void TestTrickleFaults::aBrokenSegmentIsEndedOnceTheServerIsBack()
{
    ScriptedPeer peer;
    int refused = 0;
    peer.onHead = [&](const SeenPtr &seen) {
        if (seen->method == "DELETE" && refused < 4) {
            ++refused;
            seen->cut();
        }
    };
    peer.onComplete = [](const SeenPtr &seen) {
        if (seen->method != "POST" || seen->path != "/c/0")
            behave(seen);
    };
    IoThread io;
    Publisher publisher(io, publishing(peer.url()));
    publisher.write("half of it");
    QTRY_VERIFY(peer.count("POST", "/c/0") == 1 && !peer.having("POST", "/c/0").constFirst()->body.isEmpty());
    peer.having("POST", "/c/0").constFirst()->cut();
    QTRY_COMPARE(peer.count("DELETE", "/c/0"), 5);
    QCOMPARE(refused, 4);
}

void TestTrickleFaults::heldSegmentsStayForLateReaders()
{
    ScriptedPeer peer;
    peer.onComplete = [](const SeenPtr &seen) { behave(seen); };
    IoThread io;
    PublisherOptions options = publishing(peer.url());
    options.onFailure = PublisherOptions::OnFailure::Resend;
    options.hold = 300ms;
    std::mutex mutex;
    QList<Steady::time_point> ended;
    Publisher::Callbacks callbacks;
    callbacks.segmentEnded = [&](const Publisher::SegmentReport &) {
        const std::scoped_lock lock(mutex);
        ended.append(Steady::now());
    };
    Publisher publisher(io, options, callbacks);
    for (int i = 0; i < 10; ++i) {
        publisher.write("x");
        publisher.nextSegment();
    }
    QTRY_COMPARE(publisher.stats().segmentsCompleted, 10);
    const std::scoped_lock lock(mutex);
    QVERIFY(ended.at(3) - ended.at(0) < 300ms); // the first four at once
    for (qsizetype i = 4; i < ended.size(); ++i)
        QVERIFY2(ended.at(i) - ended.at(i - 4) >= 295ms, QByteArray::number(i).constData());
}

void TestTrickleFaults::aReaderThatLagsGoesOnWithTheNewest()
{
    ScriptedPeer peer;
    IoThread io;
    Log log;
    SubscriberOptions options;
    options.channel = peer.url();
    options.start = 3;
    options.maxLag = 300ms;
    Subscriber subscriber(io, options, log.sink());
    QTRY_COMPARE(peer.count("GET", "/c/3"), 1);
    const SeenPtr third = peer.having("GET", "/c/3").constFirst();
    third->beginChunked(answerTo(3));
    third->chunk("abc"); // and then it hangs
    QTRY_COMPARE(peer.count("GET", "/c/4"), 1);
    QTRY_COMPARE(log.text(), QByteArray("3[abc"));
    QCOMPARE(peer.count("GET", "/c/-2"), 0); // as long as nothing newer is there
    const auto begun = Steady::now();
    peer.having("GET", "/c/4").constFirst()->beginChunked(answerTo(4));
    QTRY_COMPARE(peer.count("GET", "/c/-2"), 1);
    QVERIFY(Steady::now() - begun >= 300ms);
    const SeenPtr newest = peer.having("GET", "/c/-2").constFirst();
    newest->beginChunked(answerTo(7));
    newest->chunk("xyz");
    newest->end();
    QTRY_COMPARE(log.text(), QByteArray("3[abc~](4>7)7[xyz]"));
    QCOMPARE(subscriber.stats().jumps, 1);
}

void TestTrickleFaults::aReaderThatCatchesUpMissesNothing()
{
    ScriptedPeer peer;
    // Ten segments are there already; each is read at once.
    peer.onComplete = [](const SeenPtr &seen) {
        const qint64 seq = seen->path.mid(3).toLongLong();
        if (seq < 10)
            seen->reply(200, answerTo(seq, 10), QByteArray::number(seq));
    };
    IoThread io;
    Log log;
    SubscriberOptions options;
    options.channel = peer.url();
    options.start = 0;
    options.maxLag = 2s;
    Subscriber subscriber(io, options, log.sink());
    QTRY_VERIFY(log.text().endsWith("9[9]"));
    QCOMPARE(subscriber.stats().gaps, 0);
    QCOMPARE(subscriber.stats().jumps, 0);
}

void TestTrickleFaults::oneBreakLongAfterAnotherIsNoReasonToGiveUp()
{
    ScriptedPeer peer;
    IoThread io;
    Log log;
    SubscriberOptions options;
    options.channel = peer.url();
    options.start = 0;
    options.giveUpAfter = 500ms;
    options.retryDelay = 50ms;
    Subscriber subscriber(io, options, log.sink());
    for (int round = 1; round <= 3; ++round) {
        QTRY_COMPARE(peer.count("GET", "/c/0"), round);
        const auto waiting = Steady::now();
        QTRY_VERIFY(Steady::now() - waiting > 600ms);
        peer.having("GET", "/c/0").constLast()->cut();
    }
    QTRY_COMPARE(peer.count("GET", "/c/0"), 4);
    QVERIFY(!subscriber.isEnded());
    QCOMPARE(subscriber.stats().failures, 3);
}

QTEST_GUILESS_MAIN(TestTrickleFaults)
#include "tst_trickle_faults.moc"
