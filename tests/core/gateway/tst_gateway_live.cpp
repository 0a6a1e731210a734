#include "gateway_fixture.h"

#include "peers/live_orchestrator.h"
#include "peers/moved_clock.h"

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
struct Fixture {
    explicit Fixture(const Call &call = liveCall(), std::chrono::milliseconds interval = 50ms)
        : Fixture(call, interval, {})
    {
    }
    Fixture(const Call &call, std::chrono::milliseconds interval, const std::function<void(LiveOrchestrator &)> &prepare)
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
    ~Fixture()
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
    void signingALiveJobNamesItsStream();
};

void GatewayLiveTest::framesGoOutAndComeBack()
{
    Fixture fixture(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    fixture.pattern();
    QVERIFY(fixture.isReady());
    QCOMPARE(fixture.session->state(), State::Ready);
    QTRY_VERIFY(fixture.shown > 20);
    const LiveStats stats = fixture.session->stats();
    QVERIFY(stats.out.frames > 20);
    QVERIFY(stats.in.frames > 20);
    QVERIFY(stats.out.kilobitsPerSecond > 10);
    QVERIFY(settled(fixture.session->close()));
    QCOMPARE(fixture.states, (QList<State>{State::Ready, State::Closing, State::Closed}));
    QVERIFY(!fixture.error);
    const RunRecord run = latestRun(*fixture.data);
    QCOMPARE(run.verb, QStringLiteral("live"));
    QCOMPARE(run.state, RunRecord::State::Succeeded);
    QCOMPARE(run.id, fixture.session->runId());
}

void GatewayLiveTest::latencyIsMeasuredByStage()
{
    Fixture fixture(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    fixture.pattern();
    QVERIFY(fixture.isReady());
    QTRY_VERIFY(fixture.shown > 30);
    const LiveStats stats = fixture.session->stats();
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
    Fixture fixture(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setHeader(byoc::header::ControlUrl, QByteArray()); });
    QVERIFY(fixture.isReady());
    QVERIFY(fixture.session->channelUrl(Channel::Control).isEmpty());
    const auto sent = settled(fixture.session->control(Json{{QStringLiteral("a"), 1}}));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind(), Error::Kind::NotRouted);
}

void GatewayLiveTest::sdk_21_closingTwiceIsHarmless()
{
    Fixture fixture;
    QVERIFY(fixture.isReady());
    const QFuture<void> first = fixture.session->close();
    const QFuture<void> second = fixture.session->close();
    QVERIFY(settled(first));
    QVERIFY(settled(second));
    QVERIFY(settled(fixture.session->close()));
    QCOMPARE(fixture.orchestrator.count(QStringLiteral("stop")), 1);
    QCOMPARE(fixture.states.count(State::Closed), 1);
}

void GatewayLiveTest::sdk_22_paymentsEndBeforeChannelsBeforeTheJob()
{
    Fixture fixture(liveCall(), 10ms, [](LiveOrchestrator &o) {
        o.setPrice(Price);
        o.setEcho(true);
    });
    fixture.pattern();
    QVERIFY(fixture.isReady());
    QTRY_VERIFY(fixture.orchestrator.count(QStringLiteral("token")) > 3);
    QVERIFY(settled(fixture.session->close()));
    const QStringList journal = fixture.orchestrator.journal();
    const qsizetype channel = positionOf(journal, QStringLiteral("gone ") + fixture.session->streamId());
    const qsizetype stop = positionOf(journal, QStringLiteral("stop"));
    QVERIFY2(positionOf(journal, QStringLiteral("token"), true) < channel, qPrintable(journal.join(QLatin1Char('\n'))));
    QVERIFY2(channel < stop, qPrintable(journal.join(QLatin1Char('\n'))));
    QVERIFY(positionOf(journal, QStringLiteral("payment"), true) < channel);
}

void GatewayLiveTest::sdk_22_destroyingEndsItInTheSameOrder()
{
    Fixture fixture(liveCall(), 10ms, [](LiveOrchestrator &o) {
        o.setPrice(Price);
        o.setEcho(true);
    });
    fixture.pattern();
    QVERIFY(fixture.isReady());
    QTRY_VERIFY(fixture.shown > 5);
    fixture.session.reset();
    const int shown = fixture.shown;
    QTRY_COMPARE(fixture.orchestrator.count(QStringLiteral("stop")), 1);
    QCOMPARE(fixture.shown.load(), shown); // nobody is called after the end
    const QStringList journal = fixture.orchestrator.journal();
    const qsizetype stop = positionOf(journal, QStringLiteral("stop"));
    const qsizetype channel = positionOf(journal, QStringLiteral("gone "));
    QVERIFY(channel >= 0 && channel < stop);
    QVERIFY(positionOf(journal, QStringLiteral("token"), true) < channel);
    QTRY_COMPARE(latestRun(*fixture.data).state, RunRecord::State::Succeeded);
}

void GatewayLiveTest::destroyingTheGatewayEndsItsSessions()
{
    Fixture fixture(liveCall(), 10ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    fixture.pattern();
    QVERIFY(fixture.isReady());
    fixture.gateway.reset();
    QTRY_COMPARE(fixture.session->state(), State::Closed);
    QCOMPARE(fixture.orchestrator.count(QStringLiteral("stop")), 1);
}

void GatewayLiveTest::closingBeforeReadyStopsWhatMayRun()
{
    Fixture fixture(liveCall(), 50ms, [](LiveOrchestrator &o) { o.answerNext("start", ScriptedOrchestrator::hang()); });
    QTRY_COMPARE(fixture.orchestrator.count(QStringLiteral("start")), 1);
    const auto ready = fixture.session->ready();
    QVERIFY(settled(fixture.session->close()));
    QVERIFY(ready.isCanceled());
    QCOMPARE(fixture.session->state(), State::Closed);
    QCOMPARE(fixture.orchestrator.count(QStringLiteral("stop")), 1);
    QCOMPARE(latestRun(*fixture.data).state, RunRecord::State::Canceled);
}

void GatewayLiveTest::refusedStartsSayWhy()
{
    Fixture fixture(liveCall(), 50ms, [](LiveOrchestrator &o) { o.answerNext("start", ScriptedOrchestrator::text(409, "the worker is busy")); });
    const auto ready = settled(fixture.session->ready());
    QVERIFY(!ready);
    QVERIFY2(ready.error().message().contains(QStringLiteral("the worker is busy")), qPrintable(ready.error().message()));
    QTRY_COMPARE(fixture.session->state(), State::Failed);
    QTRY_COMPARE(fixture.failures, 1);
    QCOMPARE(latestRun(*fixture.data).state, RunRecord::State::Failed);
    QCOMPARE(fixture.orchestrator.count(QStringLiteral("stop")), 0);
}

void GatewayLiveTest::byoc_41_theBalanceStaysAheadWhileItRuns()
{
    Fixture fixture(liveCall(), 10ms, [](LiveOrchestrator &o) { o.setPrice(Price); });
    QVERIFY(fixture.isReady());
    QTRY_VERIFY(fixture.orchestrator.count(QStringLiteral("payment ")) > 0); // the start paid for a minute, the first look for another
    for (int i = 0; i < 20; ++i) {
        const auto looks = fixture.orchestrator.count(QStringLiteral("token"));
        fixture.pass(23);
        // Two looks later any payment that this debit made due has been made.
        QTRY_VERIFY(fixture.orchestrator.count(QStringLiteral("token")) >= looks + 2);
        QVERIFY(fixture.orchestrator.balance() >= 60 * Price);
    }
    QVERIFY(fixture.orchestrator.lowestBalance() >= 60 * Price);
    QVERIFY(fixture.orchestrator.count(QStringLiteral("payment ")) >= 4);
    QVERIFY(settled(fixture.session->close()));
    const RunRecord run = latestRun(*fixture.data);
    QCOMPARE(run.ticketCount, fixture.orchestrator.tickets().size());
    QCOMPARE(run.paidWei, QString::number(8'000'000'000 * fixture.orchestrator.tickets().size()));
    QVERIFY(!fixture.session->stats().weiPerMinute); // this orchestrator lists no price
}

void GatewayLiveTest::runningOutKeepsWhatWasReceived()
{
    Call call = liveCall();
    call.limits.maxSpendWei = QStringLiteral("16000000000"); // two tickets: 160 s
    Fixture fixture(call, 10ms, [](LiveOrchestrator &o) {
        o.setPrice(Price);
        o.setEcho(true);
    });
    fixture.pattern();
    QVERIFY(fixture.isReady());
    QTRY_VERIFY(fixture.shown > 5);
    for (int i = 0; i < 6 && fixture.session->state() == State::Ready; ++i) {
        const auto looks = fixture.orchestrator.count(QStringLiteral("token"));
        fixture.pass(23);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.orchestrator.count(QStringLiteral("token")) >= looks + 2 || fixture.session->state() != State::Ready, 10000);
    }
    QTRY_COMPARE(fixture.session->state(), State::Failed);
    QCOMPARE(fixture.error->kind(), Error::Kind::SpendLimit);
    QVERIFY2(fixture.error->message().contains(QStringLiteral("used up")), qPrintable(fixture.error->message()));
    QVERIFY(fixture.error->paymentSent());
    QVERIFY(!fixture.warnings.isEmpty()); // told before it ended
    QCOMPARE(fixture.orchestrator.tickets().size(), 2);
    QVERIFY(fixture.orchestrator.lowestBalance() >= 0);
    QVERIFY(fixture.session->stats().in.frames > 5);
    QCOMPARE(fixture.orchestrator.count(QStringLiteral("stop")), 1);
    QCOMPARE(latestRun(*fixture.data).state, RunRecord::State::Failed);
}

void GatewayLiveTest::aLostPaymentIsMadeAgainOnce()
{
    Fixture fixture(liveCall(), 10ms, [](LiveOrchestrator &o) {
        o.setPrice(Price);
        o.answerNext("payment", ScriptedOrchestrator::drop());
    });
    QVERIFY(fixture.isReady());
    QTRY_VERIFY(!fixture.warnings.isEmpty());
    fixture.pass(80);
    QTRY_COMPARE(fixture.orchestrator.count(QStringLiteral("payment 1")), 1);
    QVERIFY(fixture.orchestrator.balance() >= 60 * Price);
    QStringList tickets = fixture.orchestrator.tickets();
    QCOMPARE(tickets.removeDuplicates(), 0);
    QCOMPARE(fixture.session->state(), State::Ready);
}

void GatewayLiveTest::controlRecordsArriveOnceAndInOrder()
{
    Fixture fixture;
    QVERIFY(fixture.isReady());
    trickle::SubscriberOptions options;
    options.channel = fixture.session->channelUrl(Channel::Control);
    options.start = 0;
    IoThread io;
    trickle::Subscriber reader(io, options);
    QByteArrayList seen;
    QByteArray segment;
    for (int i = 0; i < 10; ++i) {
        QVERIFY(settled(fixture.session->control(Json{{QStringLiteral("n"), i}})));
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
    Fixture fixture;
    QVERIFY(fixture.isReady());
    fixture.orchestrator.say("-events", R"({"type":"heartbeat","timestamp":1})");
    QTRY_COMPARE(fixture.events.size(), 1);
    QCOMPARE(fixture.events[0].value(QStringLiteral("type")).toString(), QStringLiteral("heartbeat"));
    trickle::SubscriberOptions options;
    options.channel = fixture.session->channelUrl(Channel::Control);
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
    Fixture fixture(rawCall());
    QVERIFY(fixture.isReady());
    fixture.orchestrator.say("-data", "{\"moved\":1}\n{\"moved\":2}\n");
    QTRY_COMPARE(fixture.records.size(), 2);
    QVERIFY(settled(fixture.session->close()));
    const RunRecord run = latestRun(*fixture.data);
    QCOMPARE(run.resultBytes, QByteArray("{\"moved\":1}\n{\"moved\":2}\n"));
    QCOMPARE(run.events, 2);
    QCOMPARE(run.resultContentType, QStringLiteral("application/jsonl"));
}

void GatewayLiveTest::updatesReachTheOrchestrator()
{
    Fixture fixture;
    QVERIFY(!settled(fixture.session->update(Json{{QStringLiteral("strength"), 1}}))); // not running yet
    QVERIFY(fixture.isReady());
    QVERIFY(settled(fixture.session->update(Json{{QStringLiteral("strength"), 7}})));
    QCOMPARE(fixture.orchestrator.lastBody("update"), QByteArray(R"({"strength":7})"));
    const auto odd = settled(fixture.session->update(Json::array()));
    QVERIFY(!odd && odd.error().kind() == Error::Kind::InvalidInput);
}

void GatewayLiveTest::aRemovedJobEndsWithASentence()
{
    Fixture fixture(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    fixture.pattern();
    QVERIFY(fixture.isReady());
    QTRY_VERIFY(fixture.shown > 3);
    fixture.orchestrator.forgetJob();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.session->state(), State::Failed, 5000);
    QCOMPARE(fixture.error->kind(), Error::Kind::TrickleTerminal);
    QVERIFY2(fixture.error->message().contains(QStringLiteral("channel")), qPrintable(fixture.error->message()));
    QCOMPARE(fixture.failures, 1);
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
    Fixture fixture(liveCall(), 10ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    fixture.pattern();
    QVERIFY(fixture.isReady());
    QTRY_VERIFY(fixture.shown > 5);
    fixture.session->setPaused(true);
    const auto frames = [&] { return fixture.session->stats().out.frames; };
    // A picture that the encoder held may still come; then there is none while the payments go on.
    qint64 before = -1;
    qsizetype looks = 0;
    QTRY_VERIFY_WITH_TIMEOUT((before == frames() || (before = frames(), looks = fixture.orchestrator.count(QStringLiteral("token")), false))
            && fixture.orchestrator.count(QStringLiteral("token")) > looks + 20,
        30'000);
    QCOMPARE(frames(), before);
    QCOMPARE(fixture.session->state(), State::Ready);
    fixture.session->setPaused(false);
    QTRY_VERIFY(frames() > before + 5);
}

void GatewayLiveTest::anotherSourceContinuesTheSameJob()
{
    Fixture fixture(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    fixture.pattern();
    QVERIFY(fixture.isReady());
    QTRY_VERIFY(fixture.shown > 5);
    std::atomic<int> width = 0;
    std::atomic<qint64> last = 0;
    std::atomic<bool> back = false;
    fixture.session->setFrameHandler([&](const media::Frame &frame) {
        back = back || frame.pts() <= last;
        last = frame.pts();
        width = frame.width();
    });
    fixture.session->publish(std::make_shared<media::TestPatternSource>(media::VideoFormat{480, 360, 30}));
    QTRY_COMPARE(width.load(), 480);
    QVERIFY(!back);
    QCOMPARE(fixture.orchestrator.count(QStringLiteral("start")), 1);
    fixture.session->setFrameHandler({});
}

void GatewayLiveTest::recordingsHoldWholeSegments()
{
    QTemporaryDir dir;
    const QString sent = dir.filePath(QStringLiteral("sent.ts"));
    const QString received = dir.filePath(QStringLiteral("received.ts"));
    Fixture fixture(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    fixture.pattern();
    QVERIFY(fixture.isReady());
    QVERIFY(settled(fixture.session->record(Channel::Publish, sent)));
    QVERIFY(settled(fixture.session->record(Channel::Subscribe, received)));
    QTRY_VERIFY(fixture.shown > 75);
    QVERIFY(settled(fixture.session->record(Channel::Publish, QString())));
    QVERIFY(settled(fixture.session->close()));
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
    Fixture fixture(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    std::mutex mutex;
    QByteArrayList segments;
    QByteArray current;
    fixture.session->setRawHandler([&](const QByteArray &bytes, qint64, bool end) {
        const std::lock_guard lock(mutex);
        current += bytes;
        if (end)
            segments.append(std::exchange(current, {}));
    });
    QVERIFY(!fixture.session->writeRaw("too early"));
    QVERIFY(fixture.isReady());
    QVERIFY(fixture.session->writeRaw("one, ", false));
    QVERIFY(fixture.session->writeRaw("two"));
    QVERIFY(fixture.session->writeRaw("three"));
    QTRY_VERIFY(([&] {
        const std::lock_guard lock(mutex);
        return segments.size() == 2;
    }()));
    QCOMPARE(segments, (QByteArrayList{"one, two", "three"}));
    fixture.session->setRawHandler({});
}

void GatewayLiveTest::endOfInputLetsTheOutputFinish()
{
    Fixture fixture(liveCall(), 50ms, [](LiveOrchestrator &o) { o.setEcho(true); });
    QSignalSpy ended(fixture.session.get(), &LiveSession::channelEnded);
    fixture.pattern();
    QVERIFY(fixture.isReady());
    QTRY_VERIFY(fixture.shown > 10);
    QVERIFY(settled(fixture.session->endInput()));
    QTRY_COMPARE(fixture.session->state(), State::Closed);
    QVERIFY(!fixture.error);
    QVERIFY(ended.count() >= 1);
    const LiveStats stats = fixture.session->stats();
    QCOMPARE(stats.in.frames, stats.out.frames); // all that was sent came back
}

void GatewayLiveTest::aBadRecordingPathIsSaid()
{
    Fixture fixture;
    const auto opened = settled(fixture.session->record(Channel::Subscribe, QStringLiteral("/nowhere/at/all.ts")));
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
