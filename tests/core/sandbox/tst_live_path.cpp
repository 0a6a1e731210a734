#include "../byoc/orchestrator_fixture_p.h"

#include "sluice/media/decoder.h"
#include "sluice/media/encoder.h"
#include "sluice/media/frame_clock.h"
#include "sluice/media/test_pattern.h"
#include "sluice/net/asio_tls.h"
#include "sluice/runner/runner_server.h"
#include "sluice/sandbox/capabilities/live_capabilities.h"
#include "sluice/trickle/json_channel.h"
#include "sluice/trickle/publisher.h"
#include "sluice/trickle/subscriber.h"

#include <thread>

using namespace sluice;
using namespace sluice::byoc;
using namespace std::chrono_literals;

namespace {

using Steady = std::chrono::steady_clock;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

double milliseconds(Steady::duration time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

ByocNodeOptions withTls(const TlsIdentity &identity)
{
    ByocNodeOptions options;
    options.tls = identity;
    return options;
}

/// An orchestrator with TLS, a runner that registered with it, and a client who signs, pays, publishes and reads by hand.
class Path {
public:
    explicit Path(std::unique_ptr<Capability> capability, const std::function<void(OrchestratorOptions &)> &change = {})
        : identity(orThrow(makeSelfSigned(key("127.0.0.1"))))
        , fixture([&] {
            ByocNodeOptions options = withTls(identity);
            if (change)
                change(options);
            return options;
        }())
        , name(capability->name())
    {
        RunnerOptions options;
        options.orchestrator = fixture.orchestrator->url();
        options.orchestratorSecret = Secret(QByteArrayView(OrchestratorFixture::Secret));
        options.orchestratorFingerprint = orThrow(publicKeyFingerprint(identity.certificatePem));
        options.retryInterval = 100ms;
        runner = std::make_unique<RunnerServer>(options);
        orThrow(runner->add(std::move(capability)));
        orThrow(runner->start());
    }
    ~Path()
    {
        in.reset();
        out.reset();
        data.reset();
        runner.reset();
    }
    OrchestratorFixture::Answer live(const char *route, const QByteArray &body = "{}", const QByteArray &paid = {})
    {
        JobHeader job = OrchestratorFixture::job(name);
        job.id = key("s1");
        job.request = key("{\"stream_id\":\"s1\"}");
        job.parameters = key("{\"enable_video_ingress\":true,\"enable_video_egress\":true,\"enable_data_output\":true}");
        Headers fields{{"Content-Type", "application/json"}, {byoc::header::Job, OrchestratorFixture::signedJob(job, fixture.sender)}};
        if (!paid.isEmpty())
            fields.emplaceBack(byoc::header::Payment, paid);
        return fixture.send("POST", QStringLiteral("/ai/stream/") + QString::fromLatin1(route), fields, body);
    }
    /// Starts the job and connects to its channels.
    bool start(const QByteArray &params = "{}", int tickets = 4)
    {
        begun = Steady::now();
        const QByteArray paid = OrchestratorFixture::payment(fixture.token(fixture.sender, name), fixture.sender, tickets);
        const auto answer = live("start", "{\"params\":" + params + "}", paid);
        if (answer.status != 200) {
            qWarning() << answer.status << answer.body;
            return false;
        }
        trickle::PublisherOptions publishing;
        publishing.channel = QUrl(QString::fromLatin1(answer.header("X-Publish-Url")));
        publishing.tls = AsioTls::unverified();
        in = std::make_unique<trickle::Publisher>(fixture.io, publishing);
        trickle::JsonReaderOptions reading;
        reading.subscriber.channel = QUrl(QString::fromLatin1(answer.header("X-Data-Url")));
        reading.subscriber.tls = AsioTls::unverified();
        reading.subscriber.start = 0;
        trickle::JsonReader::Callbacks callbacks;
        callbacks.record = [this](const Json &record) {
            const std::lock_guard lock(mutex);
            records.append(record);
        };
        data = std::make_unique<trickle::JsonReader>(fixture.io, reading, callbacks);
        media::Decoder::Output output;
        output.frame = [this](const media::Frame &frame) {
            const std::lock_guard lock(mutex);
            seen.append({media::readFrameClock(frame).value_or(0xffffffff), Steady::now()});
        };
        decoder = std::make_unique<media::Decoder>(media::DecoderSettings(), std::move(output));
        trickle::SubscriberOptions options;
        options.channel = QUrl(QString::fromLatin1(answer.header("X-Subscribe-Url")));
        options.tls = AsioTls::unverified();
        options.start = 0;
        out = std::make_unique<trickle::Subscriber>(fixture.io, options, [this](const trickle::SubscriberEvent &event) {
            if (event.type == trickle::SubscriberEvent::Type::Bytes) {
                media::TsInput input;
                input.bytes = event.bytes;
                orThrow(decoder->feed(input));
            } else if (event.type == trickle::SubscriberEvent::Type::End) {
                ended = true;
            }
        });
        return true;
    }
    void publish(int count)
    {
        auto encoder = orThrow(media::Encoder::create({}, [this](const media::TsChunk &chunk) {
            if (chunk.segmentStart)
                in->nextSegment();
            in->write(chunk.bytes);
        }));
        const auto first = Steady::now();
        for (int i = 0; i < count; ++i) {
            media::Frame frame = media::drawTestPattern({}, std::uint32_t(i));
            frame.setPts(i * 3000);
            std::this_thread::sleep_until(first + i * 33'333us);
            {
                const std::lock_guard lock(mutex);
                sent.append(Steady::now());
            }
            orThrow(encoder->encode(frame));
        }
    }
    /// True once that picture came back; on a busy machine some before it may be missing.
    bool saw(std::uint32_t number)
    {
        const std::lock_guard lock(mutex);
        return !seen.isEmpty() && seen.last().first == number;
    }
    int jobs()
    {
        const Json health = orThrow(Json::parse(ManualClient(fixture.io, QUrl(runner->origin())).send("GET", key("/health")).body));
        return int(health.value(key("capabilities")).at(0).value(key("running")).toInt64().value_or(-1));
    }

    TlsIdentity identity;
    OrchestratorFixture fixture;
    QString name;
    std::unique_ptr<RunnerServer> runner;
    std::unique_ptr<trickle::Publisher> in;
    std::unique_ptr<trickle::Subscriber> out;
    std::unique_ptr<trickle::JsonReader> data;
    std::unique_ptr<media::Decoder> decoder;
    std::mutex mutex;
    QList<std::pair<std::uint32_t, Steady::time_point>> seen;
    QList<Steady::time_point> sent;
    QList<Json> records;
    std::atomic<bool> ended = false;
    Steady::time_point begun;
};

} // namespace

/// The whole path: client, orchestrator with TLS, runner, demo capability and back.
class TestLivePath : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void the_listing_says_what_a_live_job_uses();
    void noop_comes_back_in_order_and_at_once();
    void byoc_39_an_update_changes_the_running_job();
    void byoc_40_running_out_of_money_ends_the_workers_job();
    void byoc_42_stop_ends_the_workers_job();
    void a_closed_input_gives_everything_back_before_the_end();
    void a_client_that_vanishes_leaves_nothing_running();
    void a_runner_that_stops_ends_the_stream();
};

void TestLivePath::the_listing_says_what_a_live_job_uses()
{
    Path path(std::make_unique<sandbox::MotionDetect>());
    QTRY_VERIFY(path.fixture.isRegistered(path.name));
    const auto listing = orThrow(parseListing(path.fixture.send("GET", key("/capabilities")).body));
    QCOMPARE(listing.size(), 1);
    QCOMPARE(listing[0].about.verbs, QStringList(key("live")));
    QVERIFY(listing[0].about.live.has_value());
    QCOMPARE(*listing[0].about.live, (LiveChannels{true, true, true, false}));
    QVERIFY(listing[0].about.path.isEmpty());
}

void TestLivePath::noop_comes_back_in_order_and_at_once()
{
    Path path(std::make_unique<sandbox::LiveNoop>());
    QTRY_VERIFY(path.fixture.isRegistered(path.name));
    QVERIFY(path.start());
    path.publish(90);
    QTRY_VERIFY_WITH_TIMEOUT(path.saw(89), 10'000);
    QList<double> latencies;
    for (qsizetype i = 0; i < path.seen.size(); ++i) {
        QVERIFY(i == 0 || path.seen[i].first > path.seen[i - 1].first);
        latencies.append(milliseconds(path.seen[i].second - path.sent.value(path.seen[i].first)));
    }
    QVERIFY(latencies.size() >= 60);
    std::sort(latencies.begin(), latencies.end());
    qInfo("noop through the orchestrator, TLS, 640x480 at 30/s: p50 %.1f ms, p95 %.1f ms; first picture %.0f ms after start was asked for",
        latencies[latencies.size() / 2], latencies[latencies.size() * 95 / 100], milliseconds(path.seen[0].second - path.begun));
    QVERIFY(latencies[latencies.size() / 2] < 60); // room for a busy machine
}

void TestLivePath::byoc_39_an_update_changes_the_running_job()
{
    Path path(std::make_unique<sandbox::VideoFilter>());
    QTRY_VERIFY(path.fixture.isRegistered(path.name));
    QVERIFY(path.start("{\"filter\":\"none\"}"));
    path.publish(10);
    QTRY_VERIFY(path.saw(9));
    const auto taken = path.live("update", "{\"filter\":\"edges\"}");
    QCOMPARE(taken.status, 200);
    QVERIFY(taken.body.contains("edges"));
    const auto refused = path.live("update", "{\"filter\":\"of my own\"}");
    QCOMPARE(refused.status, 422);
    QVERIFY(refused.body.contains("[\"body\",\"filter\"]"));
}

void TestLivePath::byoc_40_running_out_of_money_ends_the_workers_job()
{
    Path path(std::make_unique<sandbox::LiveNoop>(), [](OrchestratorOptions &options) { options.liveDebitInterval = 50ms; });
    QTRY_VERIFY(path.fixture.isRegistered(path.name));
    QVERIFY(path.start("{}", 1));
    QTRY_COMPARE(path.fixture.orchestrator->streams(), QStringList());
    QTRY_COMPARE(path.jobs(), 0);
    QTRY_VERIFY(path.ended);
    QCOMPARE(path.fixture.load(path.name), 0);
}

void TestLivePath::byoc_42_stop_ends_the_workers_job()
{
    Path path(std::make_unique<sandbox::LiveNoop>());
    QTRY_VERIFY(path.fixture.isRegistered(path.name));
    QVERIFY(path.start());
    path.publish(15);
    QTRY_VERIFY(path.saw(14));
    QCOMPARE(path.jobs(), 1);
    const auto begun = Steady::now();
    QCOMPARE(path.live("stop").status, 200);
    qInfo("stop took %.0f ms", milliseconds(Steady::now() - begun));
    QCOMPARE(path.jobs(), 0);
    QCOMPARE(path.fixture.load(path.name), 0);
    QVERIFY(path.fixture.orchestrator->channels().isEmpty());
    QTRY_VERIFY(path.ended);
    QCOMPARE(path.live("stop").status, 200);
    QVERIFY(Steady::now() - begun < 4s);
}

void TestLivePath::a_closed_input_gives_everything_back_before_the_end()
{
    Path path(std::make_unique<sandbox::LiveNoop>());
    QTRY_VERIFY(path.fixture.isRegistered(path.name));
    QVERIFY(path.start());
    path.publish(20);
    path.in->close().waitForFinished();
    QTRY_VERIFY(path.ended);
    QVERIFY(path.saw(19));
    QTRY_COMPARE(path.fixture.orchestrator->streams(), QStringList());
    QTRY_COMPARE(path.jobs(), 0);
    QCOMPARE(path.fixture.load(path.name), 0);
}

void TestLivePath::a_client_that_vanishes_leaves_nothing_running()
{
    Path path(std::make_unique<sandbox::LiveNoop>(), [](OrchestratorOptions &options) {
        options.channelIdle = 400ms;
        options.channelSweep = 100ms;
    });
    QTRY_VERIFY(path.fixture.isRegistered(path.name));
    QVERIFY(path.start());
    path.publish(5);
    QTRY_COMPARE(path.fixture.orchestrator->streams(), QStringList());
    QTRY_COMPARE(path.jobs(), 0);
    QCOMPARE(path.fixture.load(path.name), 0);
}

void TestLivePath::a_runner_that_stops_ends_the_stream()
{
    Path path(std::make_unique<sandbox::LiveNoop>());
    QTRY_VERIFY(path.fixture.isRegistered(path.name));
    QVERIFY(path.start());
    path.publish(5);
    path.runner->stop().waitForFinished();
    QTRY_VERIFY(path.ended);
    QTRY_COMPARE(path.fixture.orchestrator->streams(), QStringList());
}

QTEST_GUILESS_MAIN(TestLivePath)
#include "tst_live_path.moc"
