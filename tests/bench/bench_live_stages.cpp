// Where the milliseconds of live video go, at 640x480 and 30 frames a second on loopback, by the frame clock in the pictures: one hop
// from publisher to decoded frame, the way through `noop` in the sandbox to the display, the first picture after Start, and what a
// publisher costs its readers that leaves the length of its PES packets open. Prints JSON lines; asserts nothing.

#include "bench_support.h"

#include "sluice/gateway/gateway.h"
#include "sluice/gateway/local_network.h"
#include "sluice/live/video_view.h"
#include "sluice/media/decoder.h"
#include "sluice/media/frame_clock.h"
#include "sluice/media/latency_meter.h"
#include "sluice/media/test_pattern.h"
#include "sluice/trickle/publisher.h"
#include "sluice/trickle/subscriber.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QFutureWatcher>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtWidgets/QApplication>

#include <map>

using namespace sluice;
using namespace sluice::bench;
using namespace std::chrono_literals;
using media::SteadyTime;

namespace {

const media::VideoFormat Vga{640, 480, 30};
constexpr auto WarmUp = 2s;

/// Turns the event loop for that long.
void turn(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Turns the event loop until the future has ended; throws its error.
template <typename T> void finish(QFuture<T> future)
{
    if (!future.isFinished()) {
        QFutureWatcher<T> watcher;
        QEventLoop loop;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(future);
        loop.exec();
    }
    future.waitForFinished();
}

/// When the picture with each number was taken, and how long it took to be seen again. Any thread.
class ClockBook final {
public:
    void taken(const media::Frame &frame)
    {
        const std::lock_guard lock(m_mutex);
        const auto number = media::readFrameClock(frame);
        if (number && frame.stamps().at(media::Stage::Captured))
            m_taken[*number] = *frame.stamps().at(media::Stage::Captured);
    }
    void seen(std::uint32_t number, SteadyTime at = media::steadyNow())
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_taken.find(number);
        if (found == m_taken.end())
            return;
        m_disorder += m_last && number <= *m_last ? 1 : 0;
        m_last = number;
        if (at - m_begun >= WarmUp)
            m_latencies.push_back(milliseconds(at - found->second));
    }
    [[nodiscard]] Json line(const char *part, const QString &what) const
    {
        const std::lock_guard lock(m_mutex);
        return Json{{"part", part}, {"what", what}, {"p50_ms", rounded(percentile(m_latencies, 0.5))}, {"p95_ms", rounded(percentile(m_latencies, 0.95))},
            {"frames", qint64(m_latencies.size())}, {"out_of_order", m_disorder}};
    }

private:
    mutable std::mutex m_mutex;
    std::map<std::uint32_t, SteadyTime> m_taken;
    std::optional<std::uint32_t> m_last;
    std::vector<double> m_latencies;
    SteadyTime m_begun = media::steadyNow();
    int m_disorder = 0;
};

QString stageName(media::Stage from, media::Stage to)
{
    using media::Stage;
    if (from == Stage::Captured && to == Stage::Encoded)
        return QStringLiteral("encode");
    if (from == Stage::Encoded && to == Stage::Sent)
        return QStringLiteral("queue");
    if (from == Stage::Sent && to == Stage::Received)
        return QStringLiteral("network");
    if (from == Stage::Received && to == Stage::Decoded)
        return QStringLiteral("decode");
    return from == Stage::Decoded && to == Stage::Shown ? QStringLiteral("display") : QStringLiteral("other");
}

void printStages(const char *of, const media::LatencySnapshot &snapshot)
{
    for (const media::LatencySpan &span : snapshot.spans)
        printLine(Json{{"part", "stage"}, {"of", of}, {"stage", stageName(span.from, span.to)}, {"p50_ms", rounded(span.p50Ms)}, {"p95_ms", rounded(span.p95Ms)},
            {"frames", qint64(span.count)}});
}

/// How a publisher of one hop behaves.
struct HopOptions {
    QString name;
    bool tls = false;
    bool openLength = false;
    qsizetype chunk = 0; ///< bytes of an HTTP chunk; 0: one frame each
};

/// Publisher, server and reader with a thread each for the network, as in three programs.
void oneHop(const char *part, const HopOptions &options, std::chrono::seconds time)
{
    LoopbackServer server(options.tls);
    IoThread out;
    IoThread in;
    ClockBook book;
    media::LatencyMeter meter;

    media::DecoderThread decoder({}, {.frame = [&](const media::Frame &frame) {
        if (const auto number = media::readFrameClock(frame))
            book.seen(*number, frame.stamps().at(media::Stage::Decoded).value_or(media::steadyNow()));
        meter.mark(frame.pts(), frame.stamps());
    }, .audio = {}, .failed = {}, .noPicture = {}});
    trickle::SubscriberOptions reading;
    reading.channel = server.channel("hop");
    reading.tls = AsioTls::unverified();
    bool segmentStart = false;
    trickle::Subscriber subscriber(in, reading, [&](const trickle::SubscriberEvent &event) {
        using Type = trickle::SubscriberEvent::Type;
        if (event.type == Type::SegmentBegin)
            segmentStart = true;
        if (event.type == Type::SegmentEnd)
            decoder.endSegment();
        if (event.type != Type::Bytes)
            return;
        media::TsInput input;
        input.bytes = event.bytes;
        input.segmentStart = std::exchange(segmentStart, false);
        input.receivedAt = event.received;
        decoder.submit(std::move(input));
    });
    trickle::PublisherOptions writing;
    writing.channel = reading.channel;
    writing.tls = AsioTls::unverified();
    trickle::Publisher publisher(out, writing);
    media::EncoderSettings settings;
    settings.leavePesLengthOpen = options.openLength;
    media::EncoderThread encoder(settings, {.chunk = [&](const media::TsChunk &chunk) {
        meter.mark(chunk.pts, chunk.stamps);
        meter.mark(chunk.pts, media::Stage::Sent); // before it is, or else the reader may be quicker than this thread
        if (chunk.segmentStart)
            publisher.nextSegment();
        const qsizetype step = options.chunk > 0 ? options.chunk : chunk.bytes.size();
        for (qsizetype at = 0; at < chunk.bytes.size(); at += step)
            publisher.write(chunk.bytes.mid(at, step));
    }, .failed = {}});
    media::TestPatternSource source(Vga);
    source.start({.frame = [&](const media::Frame &frame) {
        book.taken(frame);
        meter.mark(frame.pts(), frame.stamps());
        encoder.submit(frame);
    }, .audio = {}, .failed = {}, .ended = {}});
    turn(time + WarmUp);
    source.stop();
    encoder.stop();
    finish(publisher.close());
    subscriber.stop();
    decoder.stop();
    printLine(book.line(part, options.name));
    if (qstrcmp(part, "one_hop") == 0)
        printStages(options.name.toUtf8().constData(), meter.snapshot());
}

Call noopCall()
{
    Call call;
    call.capability = QStringLiteral("noop");
    call.verb = Verb::Live;
    call.input = Json::object();
    return call;
}

/// A live job as the window runs it: pictures go to a view, which tells when they are on the screen.
class WindowJob final {
public:
    explicit WindowJob(Gateway &gateway)
    {
        m_view.resize(1280, 520);
        m_view.show();
        QApplication::processEvents();
        m_clock.start();
        session = gateway.live(noopCall());
        session->setPreviewHandler([this, feed = m_view.feed(ui::VideoView::Side::Input)](const media::Frame &frame) {
            book.taken(frame);
            feed->submit(frame);
        });
        session->setFrameHandler([this, feed = m_view.feed(ui::VideoView::Side::Output)](const media::Frame &frame) {
            if (const auto number = media::readFrameClock(frame)) {
                const std::lock_guard lock(m_mutex);
                m_numbers[frame.pts()] = *number;
            }
            feed->submit(frame);
        });
        QObject::connect(&m_view, &ui::VideoView::outputShown, session.get(), [this](qint64 pts) { shown(pts); });
        QObject::connect(session.get(), &LiveSession::failed, session.get(),
            [](const Error &error) { std::fprintf(stderr, "%s\n", qPrintable(error.describe())); });
        session->publish(std::make_shared<media::TestPatternSource>(Vga));
    }
    ~WindowJob()
    {
        session->setFrameHandler({});
        session->setPreviewHandler({});
    }

    /// From Start to the first picture on the screen; nothing when there is none within ten seconds.
    std::optional<double> firstShown()
    {
        for (int i = 0; i < 2000 && m_firstShown < 0; ++i)
            turn(5ms);
        return m_firstShown < 0 ? std::nullopt : std::optional(m_firstShown);
    }

    std::unique_ptr<LiveSession> session;
    ClockBook book;

private:
    void shown(qint64 pts)
    {
        const SteadyTime now = media::steadyNow();
        session->markShown(pts);
        if (m_firstShown < 0)
            m_firstShown = double(m_clock.nsecsElapsed()) / 1e6;
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_numbers.find(pts); found != m_numbers.end())
            book.seen(found->second, now);
    }

    ui::VideoView m_view;
    QElapsedTimer m_clock;
    double m_firstShown = -1;
    std::mutex m_mutex;
    std::map<qint64, std::uint32_t> m_numbers;
};

void throughNoop(Gateway &gateway, std::chrono::seconds time)
{
    WindowJob job(gateway);
    printLine(Json{{"part", "first_frame"}, {"cold", true}, {"ms", rounded(job.firstShown())}});
    turn(time + WarmUp);
    const LiveStats stats = job.session->stats();
    Json line = job.book.line("noop", QStringLiteral("capture to display through noop"));
    line.insert(QStringLiteral("paid_wei"), job.session->payment().paidWei);
    line.insert(QStringLiteral("dropped"), stats.out.dropped + stats.in.dropped);
    line.insert(QStringLiteral("kbit_s"), rounded(stats.out.kilobitsPerSecond));
    printLine(line);
    if (stats.latency)
        printStages("noop", *stats.latency);
    finish(job.session->close());
}

void firstFrames(Gateway &gateway, int runs)
{
    for (int i = 0; i < runs; ++i) {
        WindowJob job(gateway);
        printLine(Json{{"part", "first_frame"}, {"cold", false}, {"ms", rounded(job.firstShown())}});
        finish(job.session->close());
    }
}

void inTheSandbox(const QString &program, std::chrono::seconds time, int runs)
{
    const QTemporaryDir folder;
    LocalNetwork network(folder.filePath(QStringLiteral("sandbox.sqlite")), program);
    finish(network.start());
    {
        Gateway gateway(network.config());
        throughNoop(gateway, time); // first, so that it is the one that pays
        firstFrames(gateway, runs);
    }
    finish(network.stop());
}

} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication app(argc, argv);
    QCommandLineParser line;
    const QCommandLineOption seconds(QStringLiteral("seconds"), QStringLiteral("How long each measurement runs."), QStringLiteral("N"), QStringLiteral("12"));
    const QCommandLineOption starts(QStringLiteral("starts"), QStringLiteral("How often the first picture is waited for."), QStringLiteral("N"), QStringLiteral("7"));
    const QCommandLineOption program(QStringLiteral("sluicectl"), QStringLiteral("The program that is the sandbox."), QStringLiteral("FILE"));
    line.addOptions({seconds, starts, program});
    line.addHelpOption();
    line.process(app);
    const std::chrono::seconds time(std::max(1, line.value(seconds).toInt()));
    try {
        oneHop("one_hop", {QStringLiteral("plain")}, time);
        oneHop("one_hop", {QStringLiteral("TLS"), true}, time);
        inTheSandbox(line.value(program), time, line.value(starts).toInt());
        oneHop("open_pes", {QStringLiteral("length given")}, time);
        oneHop("open_pes", {QStringLiteral("length open, a chunk per frame"), false, true}, time);
        oneHop("open_pes", {QStringLiteral("length open, chunks of 1,316 bytes"), false, true, 1316}, time);
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.describe()));
        return 1;
    }
    return 0;
}
