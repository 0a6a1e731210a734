#include "gateway_bench.h"

#include "peers/live_orchestrator.h"
#include "peers/moved_clock.h"

#include "sluice/gateway/live_run.h"
#include "sluice/media/decoder.h"
#include "sluice/media/frame.h"
#include "sluice/media/frame_clock.h"
#include "sluice/media/latency_meter.h"
#include "sluice/media/test_pattern.h"
#include "sluice/trickle/subscriber.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>

#include <atomic>

using namespace sluice;
using namespace sluice::test;
using namespace std::chrono_literals;
using State = LiveSession::State;
using Channel = LiveSession::Channel;

namespace {

Call liveCall()
{
    Call call = callTo(QStringLiteral("noop"), Verb::Live);
    call.path.clear();
    call.input = Json{{QStringLiteral("strength"), 3}};
    return call;
}

Call rawCall()
{
    Call call = liveCall();
    call.parameters = Json{{QStringLiteral("enable_data_output"), true}};
    return call;
}

/// A gateway that looks at its balance often, and what a session of it told.
struct Bench {
    explicit Bench(const Call &call = liveCall(), std::chrono::milliseconds interval = 50ms)
        : Bench(call, interval, {})
    {
    }
    Bench(const Call &call, std::chrono::milliseconds interval, const std::function<void(LiveOrchestrator &)> &prepare)
    {
        if (prepare)
            prepare(orchestrator);
        GatewayConfig config = directConfig({orchestrator.url()});
        config.livePaymentInterval = interval;
        gateway = std::make_unique<Gateway>(config, data);
        session = gateway->live(call);
        QObject::connect(session.get(), &LiveSession::stateChanged, session.get(), [this](State state) { states.append(state); });
        QObject::connect(session.get(), &LiveSession::failed, session.get(), [this](const Error &e) {
            error = e;
            ++failures;
        });
        QObject::connect(session.get(), &LiveSession::event, session.get(), [this](const Json &event) { events.append(event); });
        QObject::connect(session.get(), &LiveSession::data, session.get(), [this](const Json &record) { records.append(record); });
        QObject::connect(session.get(), &LiveSession::warning, session.get(), [this](const QString &sentence) { warnings.append(sentence); });
    }
    ~Bench()
    {
        if (session)
            (void)settled(session->close());
    }
    void pattern(double framesPerSecond = 30)
    {
        session->setFrameHandler([this](const media::Frame &) { ++shown; });
        PublishOptions options;
        options.framesPerSecond = framesPerSecond;
        session->publish(std::make_shared<media::TestPatternSource>(media::VideoFormat{320, 240, framesPerSecond}), options);
    }
    [[nodiscard]] bool isReady() { return settled(session->ready()).hasValue(); }

    /// A job of that many seconds passes at once: the node takes their price, and the clock by which the client counts goes on as far.
    void pass(int seconds)
    {
        clock.advance(std::chrono::seconds(seconds));
        orchestrator.debit(seconds);
    }

    MovedClock clock;
    LiveOrchestrator orchestrator;
    std::shared_ptr<UserData> data = UserData::inMemory(clock);
    std::unique_ptr<Gateway> gateway;
    std::unique_ptr<LiveSession> session;
    QList<State> states;
    QList<Json> events;
    QList<Json> records;
    QStringList warnings;
    std::optional<Error> error;
    int failures = 0;
    std::atomic<int> shown = 0;
};

qsizetype positionOf(const QStringList &journal, const QString &prefix, bool last = false)
{
    qsizetype found = -1;
    for (qsizetype i = 0; i < journal.size(); ++i) {
        if (journal[i].startsWith(prefix) && (last || found < 0))
            found = i;
    }
    return found;
}

} // namespace

class GatewayLiveTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void framesGoOutAndComeBack();
    void latencyIsMeasuredByStage();
    void sdk_21_withoutAControlChannelNothingIsSent();
    void sdk_21_closingTwiceIsHarmless();
    void sdk_22_paymentsEndBeforeChannelsBeforeTheJob();
    void sdk_22_destroyingEndsItInTheSameOrder();
    void destroyingTheGatewayEndsItsSessions();
    void closingBeforeReadyStopsWhatMayRun();
    void refusedStartsSayWhy();
    void byoc_41_theBalanceStaysAheadWhileItRuns();
    void runningOutKeepsWhatWasReceived();
    void aLostPaymentIsMadeAgainOnce();
    void controlRecordsArriveOnceAndInOrder();
    void byoc_39_controlIsKeptAliveAndEventsAreHeard();
    void dataRecordsAreOnRecord();
    void updatesReachTheOrchestrator();
    void aRemovedJobEndsWithASentence();
    void aDeadOrchestratorEndsItWithinThreeSeconds();
    void pausingStopsPicturesOnly();
    void anotherSourceContinuesTheSameJob();
    void recordingsHoldWholeSegments();
    void rawSegmentsPassAsTheyAre();
    void endOfInputLetsTheOutputFinish();
    void aBadRecordingPathIsSaid();
    void gatewaysOfferNoLive();
    void scriptsRunAJobInOneCall();
    void signingALiveJobNamesItsStream();
};

void GatewayLiveTest::framesGoOutAndComeBack()
{
    Bench bench(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    bench.pattern();
    QVERIFY(bench.isReady());
    QCOMPARE(bench.session->state(), State::Ready);
    QTRY_VERIFY(bench.shown > 20);
    const LiveStats stats = bench.session->stats();
    QVERIFY(stats.out.frames > 20);
    QVERIFY(stats.in.frames > 20);
    QVERIFY(stats.out.kilobitsPerSecond > 10);
    QVERIFY(settled(bench.session->close()));
    QCOMPARE(bench.states, (QList<State>{State::Ready, State::Closing, State::Closed}));
    QVERIFY(!bench.error);
    const RunRecord run = latestRun(*bench.data);
    QCOMPARE(run.verb, QStringLiteral("live"));
    QCOMPARE(run.state, RunRecord::State::Succeeded);
    QCOMPARE(run.id, bench.session->runId());
}

void GatewayLiveTest::latencyIsMeasuredByStage()
{
    Bench bench(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    bench.pattern();
    QVERIFY(bench.isReady());
    QTRY_VERIFY(bench.shown > 30);
    const LiveStats stats = bench.session->stats();
    QVERIFY(stats.latency && stats.latency->endToEnd && stats.latency->firstFrameMs);
    qInfo("end to end p50 %.1f ms p95 %.1f ms, first frame %.0f ms", stats.latency->endToEnd->p50Ms, stats.latency->endToEnd->p95Ms,
        *stats.latency->firstFrameMs);
    QVERIFY(stats.latency->endToEnd->p50Ms < 500);
    QStringList stages;
    for (const media::LatencySpan &span : stats.latency->spans)
        stages.append(QStringLiteral("%1-%2 %3").arg(int(span.from)).arg(int(span.to)).arg(span.p50Ms));
    qInfo("%s", qPrintable(stages.join(QStringLiteral(", "))));
    QVERIFY(stats.latency->spans.size() >= 4);
}

void GatewayLiveTest::sdk_21_withoutAControlChannelNothingIsSent()
{
    Bench bench(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setHeader(byoc::header::ControlUrl, QByteArray()); });
    QVERIFY(bench.isReady());
    QVERIFY(bench.session->channelUrl(Channel::Control).isEmpty());
    const auto sent = settled(bench.session->control(Json{{QStringLiteral("a"), 1}}));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind(), Error::Kind::NotRouted);
}

void GatewayLiveTest::sdk_21_closingTwiceIsHarmless()
{
    Bench bench;
    QVERIFY(bench.isReady());
    const QFuture<void> first = bench.session->close();
    const QFuture<void> second = bench.session->close();
    QVERIFY(settled(first));
    QVERIFY(settled(second));
    QVERIFY(settled(bench.session->close()));
    QCOMPARE(bench.orchestrator.count(QStringLiteral("stop")), 1);
    QCOMPARE(bench.states.count(State::Closed), 1);
}

void GatewayLiveTest::sdk_22_paymentsEndBeforeChannelsBeforeTheJob()
{
    Bench bench(liveCall(), 10ms, [](LiveOrchestrator &o) {
        o.setPrice(Price);
        o.setEcho(true);
    });
    bench.pattern();
    QVERIFY(bench.isReady());
    QTRY_VERIFY(bench.orchestrator.count(QStringLiteral("token")) > 3);
    QVERIFY(settled(bench.session->close()));
    const QStringList journal = bench.orchestrator.journal();
    const qsizetype channel = positionOf(journal, QStringLiteral("gone ") + bench.session->streamId());
    const qsizetype stop = positionOf(journal, QStringLiteral("stop"));
    QVERIFY2(positionOf(journal, QStringLiteral("token"), true) < channel, qPrintable(journal.join(QLatin1Char('\n'))));
    QVERIFY2(channel < stop, qPrintable(journal.join(QLatin1Char('\n'))));
    QVERIFY(positionOf(journal, QStringLiteral("payment"), true) < channel);
}

void GatewayLiveTest::sdk_22_destroyingEndsItInTheSameOrder()
{
    Bench bench(liveCall(), 10ms, [](LiveOrchestrator &o) {
        o.setPrice(Price);
        o.setEcho(true);
    });
    bench.pattern();
    QVERIFY(bench.isReady());
    QTRY_VERIFY(bench.shown > 5);
    bench.session.reset();
    const int shown = bench.shown;
    QTRY_COMPARE(bench.orchestrator.count(QStringLiteral("stop")), 1);
    QCOMPARE(bench.shown.load(), shown); // nobody is called after the end
    const QStringList journal = bench.orchestrator.journal();
    const qsizetype stop = positionOf(journal, QStringLiteral("stop"));
    const qsizetype channel = positionOf(journal, QStringLiteral("gone "));
    QVERIFY(channel >= 0 && channel < stop);
    QVERIFY(positionOf(journal, QStringLiteral("token"), true) < channel);
    QTRY_COMPARE(latestRun(*bench.data).state, RunRecord::State::Succeeded);
}

void GatewayLiveTest::destroyingTheGatewayEndsItsSessions()
{
    Bench bench(liveCall(), 10ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    bench.pattern();
    QVERIFY(bench.isReady());
    bench.gateway.reset();
    QTRY_COMPARE(bench.session->state(), State::Closed);
    QCOMPARE(bench.orchestrator.count(QStringLiteral("stop")), 1);
}

void GatewayLiveTest::closingBeforeReadyStopsWhatMayRun()
{
    Bench bench(liveCall(), 50ms, [](LiveOrchestrator &o) { o.answerNext("start", ScriptedOrchestrator::hang()); });
    QTRY_COMPARE(bench.orchestrator.count(QStringLiteral("start")), 1);
    const auto ready = bench.session->ready();
    QVERIFY(settled(bench.session->close()));
    QVERIFY(ready.isCanceled());
    QCOMPARE(bench.session->state(), State::Closed);
    QCOMPARE(bench.orchestrator.count(QStringLiteral("stop")), 1);
    QCOMPARE(latestRun(*bench.data).state, RunRecord::State::Canceled);
}

void GatewayLiveTest::refusedStartsSayWhy()
{
    Bench bench(liveCall(), 50ms, [](LiveOrchestrator &o) { o.answerNext("start", ScriptedOrchestrator::text(409, "the worker is busy")); });
    const auto ready = settled(bench.session->ready());
    QVERIFY(!ready);
    QVERIFY2(ready.error().message().contains(QStringLiteral("the worker is busy")), qPrintable(ready.error().message()));
    QTRY_COMPARE(bench.session->state(), State::Failed);
    QTRY_COMPARE(bench.failures, 1);
    QCOMPARE(latestRun(*bench.data).state, RunRecord::State::Failed);
    QCOMPARE(bench.orchestrator.count(QStringLiteral("stop")), 0);
}

void GatewayLiveTest::byoc_41_theBalanceStaysAheadWhileItRuns()
{
    Bench bench(liveCall(), 10ms, [](LiveOrchestrator &o) { o.setPrice(Price); });
    QVERIFY(bench.isReady());
    QTRY_VERIFY(bench.orchestrator.count(QStringLiteral("payment ")) > 0); // the start paid for a minute, the first look for another
    for (int i = 0; i < 20; ++i) {
        const auto looks = bench.orchestrator.count(QStringLiteral("token"));
        bench.pass(23);
        // Two looks later any payment that this debit made due has been made.
        QTRY_VERIFY(bench.orchestrator.count(QStringLiteral("token")) >= looks + 2);
        QVERIFY(bench.orchestrator.balance() >= 60 * Price);
    }
    QVERIFY(bench.orchestrator.lowestBalance() >= 60 * Price);
    QVERIFY(bench.orchestrator.count(QStringLiteral("payment ")) >= 4);
    QVERIFY(settled(bench.session->close()));
    const RunRecord run = latestRun(*bench.data);
    QCOMPARE(run.ticketCount, bench.orchestrator.tickets().size());
    QCOMPARE(run.paidWei, QString::number(8'000'000'000 * bench.orchestrator.tickets().size()));
    QVERIFY(!bench.session->stats().weiPerMinute); // this orchestrator lists no price
}

void GatewayLiveTest::runningOutKeepsWhatWasReceived()
{
    Call call = liveCall();
    call.limits.maxSpendWei = QStringLiteral("16000000000"); // two tickets: 160 s
    Bench bench(call, 10ms, [](LiveOrchestrator &o) {
        o.setPrice(Price);
        o.setEcho(true);
    });
    bench.pattern();
    QVERIFY(bench.isReady());
    QTRY_VERIFY(bench.shown > 5);
    for (int i = 0; i < 6 && bench.session->state() == State::Ready; ++i) {
        const auto looks = bench.orchestrator.count(QStringLiteral("token"));
        bench.pass(23);
        QTRY_VERIFY_WITH_TIMEOUT(bench.orchestrator.count(QStringLiteral("token")) >= looks + 2 || bench.session->state() != State::Ready, 10000);
    }
    QTRY_COMPARE(bench.session->state(), State::Failed);
    QCOMPARE(bench.error->kind(), Error::Kind::SpendLimit);
    QVERIFY2(bench.error->message().contains(QStringLiteral("used up")), qPrintable(bench.error->message()));
    QVERIFY(bench.error->paymentSent());
    QVERIFY(!bench.warnings.isEmpty()); // told before it ended
    QCOMPARE(bench.orchestrator.tickets().size(), 2);
    QVERIFY(bench.orchestrator.lowestBalance() >= 0);
    QVERIFY(bench.session->stats().in.frames > 5);
    QCOMPARE(bench.orchestrator.count(QStringLiteral("stop")), 1);
    QCOMPARE(latestRun(*bench.data).state, RunRecord::State::Failed);
}

void GatewayLiveTest::aLostPaymentIsMadeAgainOnce()
{
    Bench bench(liveCall(), 10ms, [](LiveOrchestrator &o) {
        o.setPrice(Price);
        o.answerNext("payment", ScriptedOrchestrator::drop());
    });
    QVERIFY(bench.isReady());
    QTRY_VERIFY(!bench.warnings.isEmpty());
    bench.pass(80);
    QTRY_COMPARE(bench.orchestrator.count(QStringLiteral("payment 1")), 1);
    QVERIFY(bench.orchestrator.balance() >= 60 * Price);
    QStringList tickets = bench.orchestrator.tickets();
    QCOMPARE(tickets.removeDuplicates(), 0);
    QCOMPARE(bench.session->state(), State::Ready);
}

void GatewayLiveTest::controlRecordsArriveOnceAndInOrder()
{
    Bench bench;
    QVERIFY(bench.isReady());
    trickle::SubscriberOptions options;
    options.channel = bench.session->channelUrl(Channel::Control);
    options.start = 0;
    IoThread io;
    trickle::Subscriber reader(io, options);
    QByteArrayList seen;
    QByteArray segment;
    for (int i = 0; i < 10; ++i) {
        QVERIFY(settled(bench.session->control(Json{{QStringLiteral("n"), i}})));
        while (seen.size() <= i) {
            // Not longer at a time: this thread answers whether the channels may be used.
            std::optional<trickle::SubscriberEvent> event;
            const auto came = [&] { return (event = reader.wait(20ms)).has_value(); };
            QVERIFY(QTest::qWaitFor(came, 5000));
            if (event->type == trickle::SubscriberEvent::Type::Bytes)
                segment += event->bytes;
            if (event->type == trickle::SubscriberEvent::Type::SegmentEnd)
                seen.append(std::exchange(segment, {}));
        }
        QCOMPARE(seen.last(), QByteArray("{\"n\":" + QByteArray::number(i) + "}"));
    }
}

void GatewayLiveTest::byoc_39_controlIsKeptAliveAndEventsAreHeard()
{
    Bench bench;
    QVERIFY(bench.isReady());
    bench.orchestrator.say("-events", R"({"type":"heartbeat","timestamp":1})");
    QTRY_COMPARE(bench.events.size(), 1);
    QCOMPARE(bench.events[0].value(QStringLiteral("type")).toString(), QStringLiteral("heartbeat"));
    trickle::SubscriberOptions options;
    options.channel = bench.session->channelUrl(Channel::Control);
    options.start = 0;
    IoThread io;
    trickle::Subscriber reader(io, options);
    // Ten seconds without a record bring one that keeps the channel alive.
    QByteArray bytes;
    QTRY_VERIFY_WITH_TIMEOUT(([&] {
        if (const auto event = reader.wait(10ms); event && event->type == trickle::SubscriberEvent::Type::Bytes)
            bytes += event->bytes;
        return bytes == R"({"keep":"alive"})";
    }()), 15000);
}

void GatewayLiveTest::dataRecordsAreOnRecord()
{
    Bench bench(rawCall());
    QVERIFY(bench.isReady());
    bench.orchestrator.say("-data", "{\"moved\":1}\n{\"moved\":2}\n");
    QTRY_COMPARE(bench.records.size(), 2);
    QVERIFY(settled(bench.session->close()));
    const RunRecord run = latestRun(*bench.data);
    QCOMPARE(run.resultBytes, QByteArray("{\"moved\":1}\n{\"moved\":2}\n"));
    QCOMPARE(run.events, 2);
    QCOMPARE(run.resultContentType, QStringLiteral("application/jsonl"));
}

void GatewayLiveTest::updatesReachTheOrchestrator()
{
    Bench bench;
    QVERIFY(!settled(bench.session->update(Json{{QStringLiteral("strength"), 1}}))); // not running yet
    QVERIFY(bench.isReady());
    QVERIFY(settled(bench.session->update(Json{{QStringLiteral("strength"), 7}})));
    QCOMPARE(bench.orchestrator.lastBody("update"), QByteArray(R"({"strength":7})"));
    const auto odd = settled(bench.session->update(Json::array()));
    QVERIFY(!odd && odd.error().kind() == Error::Kind::InvalidInput);
}

void GatewayLiveTest::aRemovedJobEndsWithASentence()
{
    Bench bench(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    bench.pattern();
    QVERIFY(bench.isReady());
    QTRY_VERIFY(bench.shown > 3);
    bench.orchestrator.forgetJob();
    QTRY_COMPARE_WITH_TIMEOUT(bench.session->state(), State::Failed, 5000);
    QCOMPARE(bench.error->kind(), Error::Kind::TrickleTerminal);
    QVERIFY2(bench.error->message().contains(QStringLiteral("channel")), qPrintable(bench.error->message()));
    QCOMPARE(bench.failures, 1);
}

void GatewayLiveTest::aDeadOrchestratorEndsItWithinThreeSeconds()
{
    auto orchestrator = std::make_unique<LiveOrchestrator>();
    orchestrator->setEcho(true);
    Gateway gateway(directConfig({orchestrator->url()}));
    const auto session = gateway.live(liveCall());
    std::optional<Error> error;
    connect(session.get(), &LiveSession::failed, session.get(), [&](const Error &e) { error = e; });
    session->publish(std::make_shared<media::TestPatternSource>(media::VideoFormat{320, 240, 30}));
    QVERIFY(settled(session->ready()));
    std::atomic<int> shown = 0;
    session->setFrameHandler([&](const media::Frame &) { ++shown; });
    QTRY_VERIFY(shown > 3);
    orchestrator.reset();
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY_WITH_TIMEOUT(session->state() != State::Ready, 6000);
    QVERIFY2(clock.elapsed() < 4000, QByteArray::number(clock.elapsed()).constData());
    QTRY_VERIFY_WITH_TIMEOUT(error, 15000);
    QVERIFY2(error->message().contains(QStringLiteral("refused")), qPrintable(error->describe()));
}

void GatewayLiveTest::pausingStopsPicturesOnly()
{
    Bench bench(liveCall(), 10ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    bench.pattern();
    QVERIFY(bench.isReady());
    QTRY_VERIFY(bench.shown > 5);
    bench.session->setPaused(true);
    const auto frames = [&] { return bench.session->stats().out.frames; };
    // A picture that the encoder held may still come; then there is none while the payments go on.
    qint64 before = -1;
    qsizetype looks = 0;
    QTRY_VERIFY_WITH_TIMEOUT((before == frames() || (before = frames(), looks = bench.orchestrator.count(QStringLiteral("token")), false))
            && bench.orchestrator.count(QStringLiteral("token")) > looks + 20,
        30'000);
    QCOMPARE(frames(), before);
    QCOMPARE(bench.session->state(), State::Ready);
    bench.session->setPaused(false);
    QTRY_VERIFY(frames() > before + 5);
}

void GatewayLiveTest::anotherSourceContinuesTheSameJob()
{
    Bench bench(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    bench.pattern();
    QVERIFY(bench.isReady());
    QTRY_VERIFY(bench.shown > 5);
    std::atomic<int> width = 0;
    std::atomic<qint64> last = 0;
    std::atomic<bool> back = false;
    bench.session->setFrameHandler([&](const media::Frame &frame) {
        back = back || frame.pts() <= last;
        last = frame.pts();
        width = frame.width();
    });
    bench.session->publish(std::make_shared<media::TestPatternSource>(media::VideoFormat{480, 360, 30}));
    QTRY_COMPARE(width.load(), 480);
    QVERIFY(!back);
    QCOMPARE(bench.orchestrator.count(QStringLiteral("start")), 1);
    bench.session->setFrameHandler({});
}

void GatewayLiveTest::recordingsHoldWholeSegments()
{
    QTemporaryDir dir;
    const QString sent = dir.filePath(QStringLiteral("sent.ts"));
    const QString received = dir.filePath(QStringLiteral("received.ts"));
    Bench bench(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    bench.pattern();
    QVERIFY(bench.isReady());
    QVERIFY(settled(bench.session->record(Channel::Publish, sent)));
    QVERIFY(settled(bench.session->record(Channel::Subscribe, received)));
    QTRY_VERIFY(bench.shown > 75);
    QVERIFY(settled(bench.session->record(Channel::Publish, QString())));
    QVERIFY(settled(bench.session->close()));
    for (const QString &name : {sent, received}) {
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY2(bytes.size() > 10'000, qPrintable(name));
        QCOMPARE(bytes.size() % 188, 0);
        int frames = 0;
        media::Decoder decoder({}, {[&](const media::Frame &) { ++frames; }, {}});
        QVERIFY(decoder.feed({bytes, true, true, false, media::steadyNow()}));
        QVERIFY(decoder.finish());
        QVERIFY2(frames > 20, QByteArray::number(frames).constData());
        QCOMPARE(decoder.stats().waitingForKey, quint64(0));
    }
}

void GatewayLiveTest::rawSegmentsPassAsTheyAre()
{
    Bench bench(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    std::mutex mutex;
    QByteArrayList segments;
    QByteArray current;
    bench.session->setRawHandler([&](const QByteArray &bytes, qint64, bool end) {
        const std::lock_guard lock(mutex);
        current += bytes;
        if (end)
            segments.append(std::exchange(current, {}));
    });
    QVERIFY(!bench.session->writeRaw("too early"));
    QVERIFY(bench.isReady());
    QVERIFY(bench.session->writeRaw("one, ", false));
    QVERIFY(bench.session->writeRaw("two"));
    QVERIFY(bench.session->writeRaw("three"));
    QTRY_VERIFY(([&] {
        const std::lock_guard lock(mutex);
        return segments.size() == 2;
    }()));
    QCOMPARE(segments, (QByteArrayList{"one, two", "three"}));
    bench.session->setRawHandler({});
}

void GatewayLiveTest::endOfInputLetsTheOutputFinish()
{
    Bench bench(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    QSignalSpy ended(bench.session.get(), &LiveSession::channelEnded);
    bench.pattern();
    QVERIFY(bench.isReady());
    QTRY_VERIFY(bench.shown > 10);
    QVERIFY(settled(bench.session->endInput()));
    QTRY_COMPARE(bench.session->state(), State::Closed);
    QVERIFY(!bench.error);
    QVERIFY(ended.count() >= 1);
    const LiveStats stats = bench.session->stats();
    QCOMPARE(stats.in.frames, stats.out.frames); // all that was sent came back
}

void GatewayLiveTest::aBadRecordingPathIsSaid()
{
    Bench bench;
    const auto opened = settled(bench.session->record(Channel::Subscribe, QStringLiteral("/nowhere/at/all.ts")));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind(), Error::Kind::Storage);
}

void GatewayLiveTest::gatewaysOfferNoLive()
{
    GatewayConfig config;
    config.gatewayUrl = QStringLiteral("http://127.0.0.1:1");
    Gateway gateway(config);
    const auto session = gateway.live(liveCall());
    const auto ready = settled(session->ready());
    QVERIFY(!ready);
    QCOMPARE(ready.error().kind(), Error::Kind::NotRouted);
    const auto run = settled(gateway.run(liveCall()));
    QVERIFY(!run);
    QCOMPARE(run.error().kind(), Error::Kind::NotRouted);
}

void GatewayLiveTest::scriptsRunAJobInOneCall()
{
    LiveOrchestrator orchestrator;
    orchestrator.setEcho(true);
    Gateway gateway(directConfig({orchestrator.url()}));
    std::atomic<int> frames = 0;
    LiveRunOptions options;
    options.source = std::make_shared<media::TestPatternSource>(media::VideoFormat{320, 240, 30});
    options.duration = 1000ms;
    options.frame = [&](const media::Frame &) { ++frames; };
    const LiveRunResult result = runLive(gateway, liveCall(), options);
    QVERIFY2(!result.error, result.error ? qPrintable(result.error->describe()) : "");
    QVERIFY(frames > 5);
    QCOMPARE(orchestrator.count(QStringLiteral("stop")), 1); // over when it returns
    orchestrator.answerNext("start", ScriptedOrchestrator::text(409, "busy"));
    const LiveRunResult refused = runLive(gateway, liveCall(), options);
    QVERIFY(refused.error && refused.error->httpStatus() == 409);
}

void GatewayLiveTest::signingALiveJobNamesItsStream()
{
    LiveOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    Gateway gateway(directConfig({orchestrator.url()}));
    const auto made = settled(gateway.sign(liveCall()));
    QVERIFY2(made, made ? "" : qPrintable(made.error().describe()));
    QCOMPARE(made->url.path(), QStringLiteral("/ai/stream/start"));
    const auto header = byoc::JobHeader::fromHeader(headers::value(made->headers, byoc::header::Job));
    QVERIFY(header);
    QCOMPARE(header->id, made->streamId);
    QVERIFY(headers::contains(made->headers, byoc::header::Payment));
    const auto again = settled(gateway.sign(liveCall(), made->streamId));
    QVERIFY(again);
    QCOMPARE(again->streamId, made->streamId);
}

QTEST_GUILESS_MAIN(GatewayLiveTest)
#include "tst_gateway_live.moc"
