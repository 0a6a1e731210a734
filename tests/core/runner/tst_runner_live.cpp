#include "live_fixture_p.h"

#include "sluice/runner/live_capability.h"

#include <QtCore/QFile>

#include <atomic>

using namespace sluice;
using namespace std::chrono_literals;

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

/// What a test wants a job to do; every function may be empty.
struct Script {
    std::function<void(LiveSink &, const Json &)> parameters;
    std::function<void(LiveSink &, const media::Frame &)> frame;
    std::function<void(LiveSink &, const QByteArray &, bool)> raw;
    std::function<void(LiveSink &)> ended;
    std::atomic<int> jobs = 0; ///< that exist
};

class ScriptedJob final : public LiveJob {
public:
    ScriptedJob(std::shared_ptr<Script> script, LiveSink &sink)
        : m_script(std::move(script))
        , m_sink(sink)
    {
        ++m_script->jobs;
    }
    ~ScriptedJob() override { --m_script->jobs; }
    void parameters(const Json &parameters) override
    {
        if (m_script->parameters)
            m_script->parameters(m_sink, parameters);
    }
    void frame(const media::Frame &frame) override
    {
        if (m_script->frame)
            m_script->frame(m_sink, frame);
        else
            m_sink.frame(frame);
    }
    void raw(const QByteArray &bytes, bool segmentEnd) override
    {
        if (m_script->raw)
            m_script->raw(m_sink, bytes, segmentEnd);
    }
    void ended() override
    {
        if (m_script->ended)
            m_script->ended(m_sink);
    }

private:
    std::shared_ptr<Script> m_script;
    LiveSink &m_sink;
};

class ScriptedLive final : public LiveCapability {
public:
    explicit ScriptedLive(std::shared_ptr<Script> script, Channels channels = {}, int slots = 1)
        : m_script(std::move(script))
        , m_channels(channels)
        , m_slots(slots)
    {
    }
    [[nodiscard]] QString name() const override { return QStringLiteral("lens"); }
    [[nodiscard]] QString description() const override { return QStringLiteral("Does what the test says."); }
    [[nodiscard]] QString version() const override { return QStringLiteral("1"); }
    [[nodiscard]] CapabilityPrice price() const override { return {100, 1, QStringLiteral("wei")}; }
    [[nodiscard]] int capacity() const override { return m_slots; }
    [[nodiscard]] Json inputSchema() const override
    {
        return orThrow(Json::parse(R"({"type":"object","properties":{"level":{"type":"integer","minimum":0,"maximum":9,"default":3},
            "word":{"type":"string"}},"additionalProperties":false})"));
    }
    [[nodiscard]] Json outputSchema() const override { return orThrow(Json::parse(R"({"x-output":{"type":"video"}})")); }
    [[nodiscard]] Channels channels() const override { return m_channels; }
    [[nodiscard]] std::unique_ptr<LiveJob> start(LiveSink &sink) override { return std::make_unique<ScriptedJob>(m_script, sink); }

private:
    std::shared_ptr<Script> m_script;
    Channels m_channels;
    int m_slots;
};

std::unique_ptr<Capability> lens(const std::shared_ptr<Script> &script, LiveCapability::Channels channels = {}, int slots = 1)
{
    return std::make_unique<ScriptedLive>(script, channels, slots);
}

RunnerOptions lively()
{
    RunnerOptions options;
    options.heartbeatInterval = 100ms;
    options.statusInterval = 500ms;
    return options;
}

int threadCount()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("Threads:"))
            return line.mid(8).trimmed().toInt();
    }
    return -1;
}

} // namespace

class TestRunnerLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void schema_and_registration_say_that_it_is_live();
    void frames_pass_in_order_with_their_times_and_without_delay();
    void byoc_39_an_update_on_control_reaches_the_running_job();
    void byoc_39_an_update_by_request_reaches_the_running_job();
    void byoc_39_what_does_not_fit_the_schema_changes_nothing();
    void byoc_39_a_keepalive_changes_nothing();
    void byoc_39_events_carry_heartbeats_and_what_happened();
    void byoc_42_stop_ends_the_job_and_its_channels_and_is_harmless_twice();
    void byoc_43_a_bearer_token_is_required_for_streams_too();
    void byoc_44_a_start_that_does_not_fit_is_422_at_its_field_data();
    void byoc_44_a_start_that_does_not_fit_is_422_at_its_field();
    void byoc_44_a_job_that_throws_at_the_start_refuses_it();
    void byoc_44_a_job_that_throws_on_a_frame_says_so_and_goes_on();
    void one_job_per_slot();
    void a_job_ends_with_its_input_and_what_it_still_held_comes_out();
    void a_job_without_some_channels_runs();
    void a_slow_job_loses_frames_and_stays_up_to_date();
    void data_records_arrive_in_order();
    void raw_segments_pass_as_they_are();
    void sound_is_carried_through();
    void input_that_is_no_video_ends_the_job_with_a_sentence();
    void channels_elsewhere_are_refused_and_nothing_is_sent_there_data();
    void channels_elsewhere_are_refused_and_nothing_is_sent_there();
    void stopping_the_runner_ends_its_jobs();
    void nothing_is_left_behind();
};

void TestRunnerLive::schema_and_registration_say_that_it_is_live()
{
    const auto script = std::make_shared<Script>();
    LiveFixture fixture(lens(script, {true, true, true, false}));
    AsioHttpRequest request;
    IoThread io;
    request.method = "GET";
    request.url = QUrl(fixture.runner->origin() + QStringLiteral("/lens/schema"));
    const auto response = boost::asio::co_spawn(io.context(), asioSend(std::move(request)), boost::asio::use_future).get();
    const Json document = orThrow(Json::parse(response.body));
    QCOMPARE(document.value(key("verbs")), Json::array({Json("live")}));
    QCOMPARE(document.value(key("live")).dump(), "{\"video_in\":true,\"video_out\":true,\"data\":true,\"raw\":false}");
    QVERIFY(!document.contains(key("path")));
}

void TestRunnerLive::frames_pass_in_order_with_their_times_and_without_delay()
{
    const auto script = std::make_shared<Script>();
    LiveFixture fixture(lens(script));
    QCOMPARE(fixture.start().status, 200);
    fixture.listen();
    fixture.publishVideo(90);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.saw(89), 10'000);
    QVERIFY(fixture.isInOrder());
    QVERIFY(fixture.seenCount() >= 60);
    const LiveFixture::Latency latency = fixture.latency();
    qInfo("two hops, two encodes and two decodes: p50 %.1f ms, p95 %.1f ms, first %.1f ms", latency.median, latency.p95, latency.first);
    QVERIFY(latency.median < 60); // room for a busy machine
}

void TestRunnerLive::byoc_39_an_update_on_control_reaches_the_running_job()
{
    const auto script = std::make_shared<Script>();
    std::mutex mutex;
    QList<Json> taken;
    script->parameters = [&](LiveSink &, const Json &parameters) {
        const std::lock_guard lock(mutex);
        taken.append(parameters);
    };
    LiveFixture fixture(lens(script));
    QCOMPARE(fixture.start(Json{{key("word"), "a"}}).status, 200);
    fixture.listen();
    fixture.control(Json{{key("level"), 7}});
    QTRY_COMPARE(fixture.events(key("params_updated")).size(), 1);
    const std::lock_guard lock(mutex);
    QCOMPARE(taken.size(), 2);
    QCOMPARE(taken[0].dump(), "{\"word\":\"a\",\"level\":3}"); // with the default
    QCOMPARE(taken[1].dump(), "{\"word\":\"a\",\"level\":7}");
    QCOMPARE(fixture.events(key("params_updated")).first().value(key("params")), taken[1]);
}

void TestRunnerLive::byoc_39_an_update_by_request_reaches_the_running_job()
{
    const auto script = std::make_shared<Script>();
    std::atomic<qint64> level = -1;
    script->parameters = [&](LiveSink &, const Json &parameters) { level = parameters.value(key("level")).toInt64().value_or(-1); };
    LiveFixture fixture(lens(script));
    QCOMPARE(fixture.start().status, 200);
    QCOMPARE(level.load(), 3);
    QCOMPARE(fixture.post("params", "{\"level\":5}").status, 200);
    QTRY_COMPARE(level.load(), 5);
    QCOMPARE(fixture.post("update", "{\"level\":6}").status, 200);
    QTRY_COMPARE(level.load(), 6);
    QCOMPARE(fixture.post("params", "{\"level\":5}", "other").status, 404);
}

void TestRunnerLive::byoc_39_what_does_not_fit_the_schema_changes_nothing()
{
    const auto script = std::make_shared<Script>();
    std::atomic<int> calls = 0;
    script->parameters = [&](LiveSink &, const Json &parameters) {
        ++calls;
        if (parameters.value(key("level")).toInt64() == 8)
            throw Error(Error::Kind::InvalidInput, QStringLiteral("eight is too much"));
    };
    LiveFixture fixture(lens(script));
    QCOMPARE(fixture.start().status, 200);
    fixture.listen();
    const auto refused = fixture.post("params", "{\"level\":99}");
    QCOMPARE(refused.status, 422);
    QVERIFY(refused.body.contains("level"));
    fixture.control(Json{{key("level"), "high"}});
    QTRY_COMPARE(fixture.events(key("error")).size(), 1);
    QCOMPARE(calls.load(), 1);
    // What the job itself refuses is undone too.
    QCOMPARE(fixture.post("params", "{\"level\":8}").status, 200);
    QTRY_COMPARE(fixture.events(key("error")).size(), 2);
    QVERIFY(fixture.events(key("error"))[1].value(key("message")).toString().contains(key("eight is too much")));
    QCOMPARE(fixture.post("params", "{\"word\":\"x\"}").status, 200);
    QTRY_COMPARE(fixture.events(key("params_updated")).size(), 1);
    QCOMPARE(fixture.events(key("params_updated")).first().value(key("params")).value(key("level")).toInt64(), 3);
}

void TestRunnerLive::byoc_39_a_keepalive_changes_nothing()
{
    const auto script = std::make_shared<Script>();
    std::atomic<int> calls = 0;
    script->parameters = [&](LiveSink &, const Json &) { ++calls; };
    LiveFixture fixture(lens(script));
    QCOMPARE(fixture.start().status, 200);
    fixture.listen();
    fixture.control(Json{{key("keep"), "alive"}});
    fixture.control(Json{{key("level"), 1}});
    QTRY_COMPARE(fixture.events(key("params_updated")).size(), 1);
    QCOMPARE(calls.load(), 2);
    QCOMPARE(fixture.events(key("error")).size(), 0);
}

void TestRunnerLive::byoc_39_events_carry_heartbeats_and_what_happened()
{
    const auto script = std::make_shared<Script>();
    LiveFixture fixture(lens(script), lively());
    QCOMPARE(fixture.start().status, 200);
    fixture.listen();
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    QTRY_VERIFY(fixture.events(key("heartbeat")).size() >= 3);
    const auto beats = fixture.events(key("heartbeat"));
    QVERIFY(qAbs(beats.first().value(key("timestamp")).toInt64().value_or(0) - before) < 5000);
    fixture.publishVideo(45);
    QTRY_COMPARE(fixture.events(key("receive_first_ingest_segment")).size(), 1);
    QTRY_COMPARE(fixture.events(key("send_first_processed_segment")).size(), 1);
    QTRY_VERIFY(fixture.events(key("status")).size() >= 2);
    const Json measured = fixture.events(key("status")).last().value(key("inference_status"));
    QVERIFY2(measured.value(key("input_fps")).toDouble() > 5, measured.dump().constData());
    QVERIFY(measured.value(key("output_fps")).toDouble() > 5);
    QCOMPARE(measured.value(key("width")).toInt64(), 640);
}

void TestRunnerLive::byoc_42_stop_ends_the_job_and_its_channels_and_is_harmless_twice()
{
    const auto script = std::make_shared<Script>();
    std::atomic<int> ended = 0;
    script->ended = [&](LiveSink &) { ++ended; };
    LiveFixture fixture(lens(script));
    QCOMPARE(fixture.start().status, 200);
    fixture.listen();
    fixture.publishVideo(10);
    QTRY_VERIFY(fixture.saw(9));
    QCOMPARE(fixture.post("stop", "an error sentence that is no JSON").status, 200);
    QCOMPARE(ended.load(), 1);
    QCOMPARE(script->jobs.load(), 0);
    QCOMPARE(fixture.running(), 0);
    QTRY_VERIFY(fixture.outEnded());
    QVERIFY(!fixture.hasChannel("s1-out"));
    QTRY_COMPARE(fixture.events(key("stream_stopped")).size(), 1);
    QCOMPARE(fixture.post("stop", {}).status, 200);
    QCOMPARE(ended.load(), 1);
}

void TestRunnerLive::byoc_43_a_bearer_token_is_required_for_streams_too()
{
    const auto script = std::make_shared<Script>();
    RunnerOptions options;
    options.bearerToken = Secret(QByteArrayView("the right one"));
    LiveFixture fixture(lens(script), options);
    QCOMPARE(fixture.start().status, 401);
    QCOMPARE(fixture.post("stop", {}).status, 401);
    QCOMPARE(fixture.post("status", {}).status, 401);
    QCOMPARE(script->jobs.load(), 0);
}

void TestRunnerLive::byoc_44_a_start_that_does_not_fit_is_422_at_its_field_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("place");
    QTest::newRow("no JSON") << QByteArray("{") << QByteArray("[\"body\"]");
    QTest::newRow("a list") << QByteArray("[]") << QByteArray("[\"body\",\"\"]");
    QTest::newRow("a URL of another kind") << QByteArray("{\"subscribe_url\":\"file:///etc/passwd\"}") << QByteArray("[\"body\",\"subscribe_url\"]");
    QTest::newRow("a URL that is a number") << QByteArray("{\"events_url\":5}") << QByteArray("[\"body\",\"events_url\"]");
    QTest::newRow("parameters that are a list") << QByteArray("{\"params\":[]}") << QByteArray("[\"body\",\"params\"]");
    QTest::newRow("a parameter out of range") << QByteArray("{\"params\":{\"level\":10}}") << QByteArray("[\"body\",\"params\",\"level\"]");
}

void TestRunnerLive::byoc_44_a_start_that_does_not_fit_is_422_at_its_field()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, place);
    const auto script = std::make_shared<Script>();
    LiveFixture fixture(lens(script));
    const auto answer = fixture.post("start", body);
    QCOMPARE(answer.status, 422);
    QVERIFY2(answer.body.contains("\"loc\":" + place), answer.body.constData());
    QCOMPARE(fixture.running(), 0);
}

void TestRunnerLive::byoc_44_a_job_that_throws_at_the_start_refuses_it()
{
    const auto script = std::make_shared<Script>();
    script->parameters = [](LiveSink &, const Json &parameters) {
        if (parameters.value(key("level")).toInt64() == 1)
            throw InputError(QStringLiteral("/level"), QStringLiteral("one is not enough"));
        throw std::runtime_error("the lens is broken");
    };
    LiveFixture fixture(lens(script));
    const auto wrong = fixture.start(Json{{key("level"), 1}});
    QCOMPARE(wrong.status, 422);
    QVERIFY(wrong.body.contains("one is not enough"));
    QTRY_COMPARE(fixture.running(), 0);
    const auto broken = fixture.start();
    QCOMPARE(broken.status, 500);
    QVERIFY(broken.body.contains("the lens is broken"));
    QTRY_COMPARE(fixture.running(), 0);
    QCOMPARE(script->jobs.load(), 0);
}

void TestRunnerLive::byoc_44_a_job_that_throws_on_a_frame_says_so_and_goes_on()
{
    const auto script = std::make_shared<Script>();
    script->frame = [](LiveSink &sink, const media::Frame &frame) {
        if (frame.pts() % 6000 != 0)
            throw std::runtime_error("I only do even ones");
        sink.frame(frame);
    };
    LiveFixture fixture(lens(script));
    QCOMPARE(fixture.start().status, 200);
    fixture.listen();
    fixture.publishVideo(20);
    QTRY_VERIFY(fixture.saw(18));
    QVERIFY(fixture.isInOrder());
    QTRY_COMPARE(fixture.events(key("error")).size(), 1); // not one per picture
    QVERIFY(fixture.events(key("error")).first().value(key("message")).toString().contains(key("I only do even ones")));
    QCOMPARE(fixture.running(), 1);
}

void TestRunnerLive::one_job_per_slot()
{
    const auto script = std::make_shared<Script>();
    LiveFixture fixture(lens(script, {}, 2));
    QCOMPARE(fixture.start({}, {"", "-out"}, "s1").status, 200);
    QCOMPARE(fixture.start({}, {"", "-out"}, "s1").status, 409);
    QCOMPARE(fixture.start({}, {"", "-out"}, "s2").status, 200);
    const auto busy = fixture.start({}, {"", "-out"}, "s3");
    QCOMPARE(busy.status, 503);
    QVERIFY(busy.body.contains("2 slots"));
    QCOMPARE(fixture.running(), 2);
    QCOMPARE(fixture.post("stop", {}, "s2").status, 200);
    QCOMPARE(fixture.start({}, {"", "-out"}, "s3").status, 200);
}

void TestRunnerLive::a_job_ends_with_its_input_and_what_it_still_held_comes_out()
{
    const auto script = std::make_shared<Script>();
    script->ended = [](LiveSink &sink) { sink.data(Json{{key("last"), "words"}}); };
    LiveFixture fixture(lens(script));
    QCOMPARE(fixture.start().status, 200);
    fixture.listen();
    fixture.publishVideo(12);
    fixture.closeInput();
    QTRY_VERIFY(fixture.outEnded());
    QVERIFY(fixture.saw(11));
    QVERIFY(fixture.isInOrder());
    QTRY_COMPARE(fixture.dataRecords().size(), 1);
    QTRY_COMPARE(fixture.running(), 0);
    QTRY_VERIFY(fixture.events(key("stream_stopped")).size() == 1);
    QVERIFY(fixture.events(key("stream_stopped")).first().value(key("reason")).toString().contains(key("closed")));
}

void TestRunnerLive::a_job_without_some_channels_runs()
{
    const auto script = std::make_shared<Script>();
    std::atomic<int> frames = 0;
    script->frame = [&](LiveSink &sink, const media::Frame &frame) {
        ++frames;
        sink.frame(frame);
        sink.data(Json{{key("n"), 1}});
        sink.event(key("x"), {});
        sink.raw("x", true);
    };
    LiveFixture fixture(lens(script));
    QCOMPARE(fixture.start({}, {""}).status, 200);
    fixture.publishVideo(5);
    QTRY_VERIFY(frames.load() >= 3);
    fixture.closeInput();
    QTRY_COMPARE(fixture.running(), 0);
}

void TestRunnerLive::a_slow_job_loses_frames_and_stays_up_to_date()
{
    const auto script = std::make_shared<Script>();
    std::atomic<int> taken = 0;
    script->frame = [&](LiveSink &sink, const media::Frame &frame) {
        ++taken;
        std::this_thread::sleep_for(100ms); // the job's own work; nothing here waits for it by time
        sink.frame(frame);
    };
    LiveFixture fixture(lens(script));
    QCOMPARE(fixture.start().status, 200);
    fixture.listen();
    fixture.publishVideo(75);
    QTRY_VERIFY(fixture.saw(74));
    QVERIFY(fixture.isInOrder());
    QVERIFY2(taken < 40, qPrintable(QString::number(taken)));
    // Two pictures of 100 ms each wait at most, beside the one at work.
    const auto last = fixture.seen().last();
    const double late = std::chrono::duration<double, std::milli>(last.at - fixture.sentAt(74)).count();
    QVERIFY2(late < 600, qPrintable(QString::number(late)));
}

void TestRunnerLive::data_records_arrive_in_order()
{
    const auto script = std::make_shared<Script>();
    std::atomic<int> taken = 0;
    script->frame = [&taken, n = 0](LiveSink &sink, const media::Frame &) mutable {
        ++taken;
        for (int i = 0; i < 100; ++i)
            sink.data(Json{{key("n"), n++}});
    };
    LiveFixture fixture(lens(script, {true, false, true, false}));
    QCOMPARE(fixture.start({}, {"", "-data", "-events"}).status, 200);
    fixture.listen();
    fixture.publishVideo(10);
    QTRY_VERIFY(taken.load() >= 5 && fixture.dataRecords().size() == 100 * taken.load());
    const auto records = fixture.dataRecords();
    for (qsizetype i = 0; i < records.size(); ++i)
        QCOMPARE(records[i].value(key("n")).toInt64(), i);
}

void TestRunnerLive::raw_segments_pass_as_they_are()
{
    const auto script = std::make_shared<Script>();
    script->raw = [](LiveSink &sink, const QByteArray &bytes, bool segmentEnd) { sink.raw(bytes.toUpper(), segmentEnd); };
    LiveFixture fixture(lens(script, {true, true, false, true}));
    QCOMPARE(fixture.start().status, 200);
    fixture.listen();
    QByteArray expected;
    for (int i = 0; i < 20; ++i) {
        const QByteArray line = "segment " + QByteArray::number(i) + '\n';
        expected += line.toUpper();
        QVERIFY(fixture.publisher().write(line));
        fixture.publisher().nextSegment();
        QTRY_COMPARE(fixture.rawOut(), expected); // a server holds five segments: who writes faster than is read loses some
    }
    fixture.closeInput();
    QTRY_VERIFY(fixture.outEnded());
    QTRY_COMPARE(fixture.running(), 0);
}

void TestRunnerLive::sound_is_carried_through()
{
    const auto script = std::make_shared<Script>();
    LiveFixture fixture(lens(script));
    QCOMPARE(fixture.start().status, 200);
    fixture.listen();
    media::EncoderSettings settings;
    settings.audio = media::AudioFormat();
    auto &publisher = fixture.publisher();
    const auto encoder = orThrow(media::Encoder::create(settings, [&](const media::TsChunk &chunk) {
        if (chunk.segmentStart)
            publisher.nextSegment();
        publisher.write(chunk.bytes);
    }));
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < 60; ++i) {
        media::Frame frame = media::drawTestPattern({}, std::uint32_t(i));
        frame.setPts(i * 3000);
        media::AudioChunk chunk;
        chunk.pts = i * 3000;
        chunk.samples = QList<float>(1600, 0.1F);
        std::this_thread::sleep_until(begun + i * 33'333us);
        orThrow(encoder->encode(frame));
        orThrow(encoder->encode(chunk));
    }
    QTRY_VERIFY(fixture.saw(59));
    QTRY_VERIFY2(fixture.samples() >= 48'000, qPrintable(QString::number(fixture.samples())));
}

void TestRunnerLive::input_that_is_no_video_ends_the_job_with_a_sentence()
{
    const auto script = std::make_shared<Script>();
    LiveFixture fixture(lens(script));
    QCOMPARE(fixture.start().status, 200);
    fixture.listen();
    // On and on: a reader that lags loses segments, and it is what it has read that tells.
    const auto oneMoreSegment = [&fixture] {
        fixture.publisher().write(QByteArray(64 * 1024, 'x'));
        fixture.publisher().nextSegment();
        return fixture.running() == 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(oneMoreSegment(), 10000);
    QTRY_COMPARE(fixture.events(key("stream_stopped")).size(), 1);
    QVERIFY(fixture.events(key("stream_stopped")).first().value(key("reason")).toString().contains(key("cannot be decoded")));
}

void TestRunnerLive::channels_elsewhere_are_refused_and_nothing_is_sent_there_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("host");
    for (const char *name : {"subscribe_url", "publish_url", "data_url", "control_url", "events_url"})
        QTest::newRow(name) << key(name) << QStringLiteral("127.0.0.1");
    QTest::newRow("by another name") << key("events_url") << QStringLiteral("localhost");
    QTest::newRow("by another address") << key("events_url") << QStringLiteral("127.0.0.2");
}

void TestRunnerLive::channels_elsewhere_are_refused_and_nothing_is_sent_there()
{
    QFETCH(QString, name);
    QFETCH(QString, host);
    IoThread io;
    std::atomic<int> requests = 0;
    HttpServer elsewhere(io, {}, [&](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        ++requests;
        co_await response.sendText(200, "here");
    });
    orThrow(elsewhere.listen());
    const auto script = std::make_shared<Script>();
    LiveFixture fixture(lens(script));
    QUrl foreign(elsewhere.origin() + QStringLiteral("/secret"));
    foreign.setHost(host);
    Json body{{key("gateway_request_id"), "s1"}, {name, foreign.toString()}};
    const AsioHttpResponse answer = fixture.post("start", body.dump());
    QCOMPARE(answer.status, 422);
    QVERIFY2(answer.body.contains("may not use the channel"), answer.body.constData());
    QVERIFY2(answer.body.contains(name.toLatin1()), answer.body.constData());
    QCOMPARE(fixture.running(), 0);
    QCOMPARE(script->jobs.load(), 0);
    QCOMPARE(requests.load(), 0);
}

void TestRunnerLive::stopping_the_runner_ends_its_jobs()
{
    const auto script = std::make_shared<Script>();
    LiveFixture fixture(lens(script));
    QCOMPARE(fixture.start().status, 200);
    fixture.listen();
    fixture.publishVideo(5);
    QTRY_VERIFY(fixture.saw(4));
    QElapsedTimer timer;
    timer.start();
    fixture.runner->stop().waitForFinished();
    QVERIFY(timer.elapsed() < 3000);
    QCOMPARE(script->jobs.load(), 0);
    QTRY_VERIFY(fixture.outEnded());
}

void TestRunnerLive::nothing_is_left_behind()
{
    const auto script = std::make_shared<Script>();
    LiveFixture fixture(lens(script));
    const auto once = [&](const QByteArray &id) {
        QCOMPARE(fixture.start({}, {"", "-out", "-data", "-control", "-events"}, id).status, 200);
        QCOMPARE(fixture.post("stop", {}, id).status, 200);
        QTRY_COMPARE(fixture.running(), 0);
    };
    once("first");
    const int before = threadCount();
    for (int i = 0; i < 10; ++i)
        once("s" + QByteArray::number(i));
    QTRY_VERIFY(threadCount() <= before);
    QCOMPARE(script->jobs.load(), 0);
}

QTEST_GUILESS_MAIN(TestRunnerLive)
#include "tst_runner_live.moc"
