#include "live_fixture_p.h"

#include "sluice/sandbox/capabilities/live_capabilities.h"
#include "sluice/sandbox/capabilities/motion_finder.h"

#include <QtCore/QElapsedTimer>

using namespace sluice;
using namespace sluice::sandbox;
using namespace std::chrono_literals;

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

/// Keeps what a job says.
class Collected final : public LiveSink {
public:
    void frame(media::Frame frame) override { frames.append(std::move(frame)); }
    void data(const Json &record) override { records.append(record); }
    void event(const QString &type, const Json &) override { events.append(type); }
    void raw(const QByteArray &bytes, bool endSegment) override
    {
        rawBytes += bytes;
        segments += endSegment ? 1 : 0;
    }
    QList<media::Frame> frames;
    QList<Json> records;
    QStringList events;
    QByteArray rawBytes;
    int segments = 0;
};

media::Frame pattern(std::uint32_t number, media::VideoFormat format = {})
{
    media::Frame frame = media::drawTestPattern(format, number);
    frame.setPts(qint64(number) * 3000 + 7);
    return frame;
}

media::Frame filtered(const char *filter, double strength, const media::Frame &frame)
{
    Collected sink;
    const auto job = VideoFilter().start(sink);
    job->parameters(Json{{key("filter"), filter}, {key("strength"), strength}});
    job->frame(frame);
    return sink.frames.value(0);
}

int luma(const media::Frame &frame, int x, int y)
{
    return frame.plane(0)[qsizetype(y) * frame.stride(0) + x];
}

double meanDifference(const media::Frame &one, const media::Frame &other, int plane = 0)
{
    const int scale = plane == 0 ? 1 : 2;
    qint64 sum = 0;
    for (int y = 0; y < one.height() / scale; ++y) {
        for (int x = 0; x < one.width() / scale; ++x)
            sum += std::abs(one.plane(plane)[qsizetype(y) * one.stride(plane) + x] - other.plane(plane)[qsizetype(y) * other.stride(plane) + x]);
    }
    return double(sum) / (one.width() / scale * (one.height() / scale));
}

double chroma(const media::Frame &frame)
{
    qint64 sum = 0;
    for (int plane = 1; plane < 3; ++plane) {
        for (int y = 0; y < frame.height() / 2; ++y) {
            for (int x = 0; x < frame.width() / 2; ++x)
                sum += std::abs(frame.plane(plane)[qsizetype(y) * frame.stride(plane) + x] - 128);
        }
    }
    return double(sum) / (frame.width() * frame.height() / 2);
}

/// A grey picture with a bright box.
media::Frame boxed(int x, int y, int side, int number)
{
    media::Frame frame = media::Frame::allocate(640, 480);
    for (int plane = 0; plane < 3; ++plane) {
        const int height = plane == 0 ? 480 : 240;
        for (int row = 0; row < height; ++row)
            std::memset(frame.writablePlane(plane) + qsizetype(row) * frame.stride(plane), plane == 0 ? 80 : 128, plane == 0 ? 640 : 320);
    }
    for (int row = y; row < y + side; ++row)
        std::memset(frame.writablePlane(0) + qsizetype(row) * frame.stride(0) + x, 220, std::size_t(side));
    frame.setPts(qint64(number) * 3000);
    return frame;
}

} // namespace

class TestCapabilityLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void every_filter_does_something_and_keeps_size_and_times_data();
    void every_filter_does_something_and_keeps_size_and_times();
    void the_frame_clock_is_read_through_filters_data();
    void the_frame_clock_is_read_through_filters();
    void grey_has_no_colour();
    void mirror_swaps_left_and_right();
    void strength_is_the_share_of_the_effect();
    void odd_sizes_pass_every_filter_data();
    void odd_sizes_pass_every_filter();
    void a_filter_that_is_not_in_the_list_is_refused();
    void video_filter_changes_while_it_runs();
    void motion_detect_finds_a_moving_box();
    void motion_detect_draws_what_it_finds_only_if_asked();
    void motion_detect_is_calm_when_nothing_moves();
    void motion_detect_tells_changes_on_the_data_channel();
    void noop_gives_back_what_it_got_at_once();
    void log_tail_counts_lines_however_they_are_cut();
    void log_tail_gives_back_the_lines_that_match();
    void log_tail_bounds_a_line_without_end();
    void log_tail_works_on_a_raw_stream();
};

void TestCapabilityLive::every_filter_does_something_and_keeps_size_and_times_data()
{
    QTest::addColumn<QString>("filter");
    for (const QString &filter : VideoFilter::filters())
        QTest::newRow(qPrintable(filter)) << filter;
}

void TestCapabilityLive::every_filter_does_something_and_keeps_size_and_times()
{
    QFETCH(QString, filter);
    const media::Frame original = pattern(5);
    QElapsedTimer timer;
    timer.start();
    Collected sink;
    const auto job = VideoFilter().start(sink);
    job->parameters(Json{{key("filter"), filter}, {key("strength"), 0.8}});
    job->frame(original);
    const double first = double(timer.nsecsElapsed()) / 1e6;
    timer.restart();
    for (int i = 0; i < 20; ++i)
        job->frame(original);
    qInfo("%s: first %.1f ms, then %.2f ms", qPrintable(filter), first, double(timer.nsecsElapsed()) / 1e6 / 20);
    QCOMPARE(sink.frames.size(), 21); // none is kept
    const media::Frame result = sink.frames.first();
    QCOMPARE(result.width(), 640);
    QCOMPARE(result.height(), 480);
    QCOMPARE(result.pts(), original.pts());
    const double change = meanDifference(result, original) + meanDifference(result, original, 1) + meanDifference(result, original, 2);
    if (filter == key("none"))
        QCOMPARE(change, 0.0);
    else
        QVERIFY2(change > 1, qPrintable(QString::number(change)));
}

void TestCapabilityLive::the_frame_clock_is_read_through_filters_data()
{
    QTest::addColumn<double>("strength");
    for (const char *filter : {"none", "grey", "mirror", "hue", "invert", "sepia", "sharpen"})
        QTest::newRow(filter) << 0.8;
    QTest::newRow("blur") << 0.2;
    QTest::newRow("vignette") << 0.3;
}

void TestCapabilityLive::the_frame_clock_is_read_through_filters()
{
    QFETCH(double, strength);
    for (const std::uint32_t number : {0U, 1U, 12'345U, 16'777'215U})
        QCOMPARE(media::readFrameClock(filtered(QTest::currentDataTag(), strength, pattern(number))), std::optional(number));
}

void TestCapabilityLive::grey_has_no_colour()
{
    const media::Frame original = pattern(1);
    QVERIFY(chroma(original) > 10);
    QVERIFY(chroma(filtered("grey", 1, original)) < 1);
    QVERIFY(meanDifference(filtered("grey", 1, original), original) < 1); // brightness stays
    const double half = chroma(filtered("grey", 0.5, original));
    QVERIFY(half > 0.35 * chroma(original) && half < 0.65 * chroma(original));
}

void TestCapabilityLive::mirror_swaps_left_and_right()
{
    const media::Frame original = pattern(77);
    const media::Frame mirrored = filtered("mirror", 0.5, original);
    for (const int x : {0, 1, 100, 320, 639}) {
        for (const int y : {0, 90, 300, 479})
            QCOMPARE(luma(mirrored, x, y), luma(original, 639 - x, y));
    }
}

void TestCapabilityLive::strength_is_the_share_of_the_effect()
{
    const media::Frame original = pattern(3);
    QCOMPARE(meanDifference(filtered("invert", 0, original), original), 0.0);
    const double half = meanDifference(filtered("invert", 0.5, original), original);
    const double full = meanDifference(filtered("invert", 1, original), original);
    QVERIFY(half > 0.45 * full && half < 0.55 * full);
}

void TestCapabilityLive::odd_sizes_pass_every_filter_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("tiny") << 2 << 2;
    QTest::newRow("narrow") << 8 << 600;
    QTest::newRow("no multiple of 16") << 642 << 362;
    QTest::newRow("1080") << 1920 << 1080;
}

void TestCapabilityLive::odd_sizes_pass_every_filter()
{
    QFETCH(int, width);
    QFETCH(int, height);
    media::Frame frame = media::Frame::allocate(width, height);
    for (int plane = 0; plane < 3; ++plane) {
        for (int row = 0; row < (plane == 0 ? height : height / 2); ++row)
            std::memset(frame.writablePlane(plane) + qsizetype(row) * frame.stride(plane), 100 + row % 50, std::size_t(plane == 0 ? width : width / 2));
    }
    for (const QString &filter : VideoFilter::filters()) {
        for (const double strength : {0.0, 1.0}) {
            const media::Frame result = filtered(qPrintable(filter), strength, frame);
            QVERIFY2(result.width() == width && result.height() == height, qPrintable(filter));
        }
    }
}

void TestCapabilityLive::a_filter_that_is_not_in_the_list_is_refused()
{
    LiveFixture fixture(std::make_unique<VideoFilter>());
    QCOMPARE(fixture.start(Json{{key("filter"), "movie=/etc/passwd"}}).status, 422);
    Collected sink;
    const auto job = VideoFilter().start(sink);
    QVERIFY_THROWS_EXCEPTION(InputError, job->parameters(Json{{key("filter"), "drawtext"}}));
}

void TestCapabilityLive::video_filter_changes_while_it_runs()
{
    LiveFixture fixture(std::make_unique<VideoFilter>());
    QCOMPARE(fixture.start(Json{{key("filter"), "none"}}).status, 200);
    fixture.listen();
    std::thread camera([&] { fixture.publishVideo(60); });
    QTRY_VERIFY(fixture.seenCount() >= 10);
    QCOMPARE(fixture.post("params", "{\"filter\":\"grey\",\"strength\":1}").status, 200);
    camera.join();
    QTRY_VERIFY(fixture.saw(59));
    QVERIFY(fixture.isInOrder()); // through the change
    const auto seen = fixture.seen();
    QVERIFY(chroma(seen.first().frame) > 10);
    QVERIFY(chroma(seen.last().frame) < 2);
    bool grey = false;
    for (const auto &one : seen) {
        const bool isGrey = chroma(one.frame) < 2;
        QVERIFY(isGrey || !grey); // once changed it stays so
        grey = isGrey;
    }
}

void TestCapabilityLive::motion_detect_finds_a_moving_box()
{
    MotionFinder finder;
    for (int i = 0; i < 40; ++i) {
        const int x = 20 + 10 * i;
        const QList<MotionRegion> found = finder.regions(boxed(x, 200, 60, i));
        const auto holdsBox = [x](const MotionRegion &region) {
            return region.x <= x + 10 && region.x + region.width >= x + 50 && region.y <= 210 && region.y + region.height >= 250;
        };
        if (i >= 5)
            QVERIFY2(std::any_of(found.begin(), found.end(), holdsBox), qPrintable(QString::number(i)));
        // The place that it left at the start is forgotten after a while, and nothing else is seen.
        if (i >= 20) {
            QCOMPARE(found.size(), 1);
            QVERIFY(found.first().width < 120 && found.first().height < 100);
        }
    }
}

void TestCapabilityLive::motion_detect_draws_what_it_finds_only_if_asked()
{
    for (const bool boxes : {true, false}) {
        Collected sink;
        const auto job = MotionDetect().start(sink);
        job->parameters(Json{{key("sensitivity"), 0.6}, {key("min_area_percent"), 0.2}, {key("boxes"), boxes}});
        for (int i = 0; i < 10; ++i)
            job->frame(boxed(100 + 10 * i, 200, 60, i));
        QCOMPARE(sink.frames.size(), 10);
        const double change = meanDifference(sink.frames.last(), boxed(190, 200, 60, 9), 1);
        QCOMPARE(change > 0.1, boxes);
        QCOMPARE(meanDifference(sink.frames.first(), boxed(100, 200, 60, 0), 1), 0.0);
    }
}

void TestCapabilityLive::motion_detect_is_calm_when_nothing_moves()
{
    Collected sink;
    const auto job = MotionDetect().start(sink);
    job->parameters(Json::object());
    for (int i = 0; i < 30; ++i)
        job->frame(boxed(300, 200, 60, i));
    QCOMPARE(sink.records.size(), 0);
    QCOMPARE(sink.frames.size(), 30);
    // It moves once and stands again.
    for (int i = 30; i < 80; ++i)
        job->frame(boxed(200, 200, 60, i));
    QCOMPARE(sink.records.size(), 2);
    QCOMPARE(sink.records[0].value(key("motion")).toString(), key("started"));
    QCOMPARE(sink.records[0].value(key("picture")).toInt64(), 30);
    QCOMPARE(sink.records[1].value(key("motion")).toString(), key("ended"));
    QCOMPARE(sink.records[1].value(key("regions")), Json::array());
}

void TestCapabilityLive::motion_detect_tells_changes_on_the_data_channel()
{
    LiveFixture fixture(std::make_unique<MotionDetect>());
    QCOMPARE(fixture.start().status, 200);
    fixture.listen();
    // Still, then moving, then still again.
    fixture.publishVideo(75, 0, {}, [](media::Frame &frame, std::uint32_t number) {
        const int step = std::clamp(int(number) - 15, 0, 15);
        const qint64 pts = frame.pts();
        frame = boxed(60 + 20 * step, 200, 80, int(number));
        frame.setPts(pts);
    });
    QTRY_VERIFY(!fixture.dataRecords().isEmpty() && fixture.dataRecords().last().value(key("motion")).toString() == key("ended"));
    const auto records = fixture.dataRecords();
    QCOMPARE(records.first().value(key("motion")).toString(), key("started"));
    const qint64 started = records.first().value(key("picture")).toInt64().value_or(-1);
    QVERIFY2(started >= 8 && started <= 18, qPrintable(QString::number(started)));
    QVERIFY(records.size() < 40); // changes, not pictures
    const Json region = records.first().value(key("regions")).at(0);
    QVERIFY(region.value(key("x")).toInt64().value_or(-1) < 140);
    QVERIFY(region.value(key("y")).toInt64().value_or(-1) >= 150 && region.value(key("y")).toInt64().value_or(-1) <= 210);
    int moved = 0;
    for (const Json &record : records)
        moved += record.value(key("motion")).toString() == key("moved") ? 1 : 0;
    QVERIFY(moved >= 2);
}

void TestCapabilityLive::noop_gives_back_what_it_got_at_once()
{
    LiveFixture fixture(std::make_unique<LiveNoop>());
    QCOMPARE(fixture.start().status, 200);
    fixture.listen();
    fixture.publishVideo(90);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.saw(89), 10'000);
    QVERIFY(fixture.isInOrder());
    QVERIFY(fixture.seenCount() >= 60);
    const LiveFixture::Latency latency = fixture.latency();
    qInfo("noop at 640x480, 30/s: p50 %.1f ms, p95 %.1f ms, first %.1f ms", latency.median, latency.p95, latency.first);
    QVERIFY(latency.median < 60); // room for a busy machine; tests/fixture has the real bound
    QVERIFY(latency.first < 1000);
}

void TestCapabilityLive::log_tail_counts_lines_however_they_are_cut()
{
    const QByteArray log = "INFO start\r\n2026 WARNING: disk\nerror: no\nDEBUG x\nINFORMATION is no level\n\nlast without end";
    for (const qsizetype piece : {1, 3, 7, 1000}) {
        Collected sink;
        const auto job = LogTail().start(sink);
        job->parameters(Json{{key("report_every"), 1000}});
        for (qsizetype at = 0; at < log.size(); at += piece)
            job->raw(log.mid(at, piece), false);
        job->raw({}, true);
        QCOMPARE(sink.records.size(), 1);
        QCOMPARE(sink.records.last().dump(), "{\"lines\":6,\"matched\":6,\"bytes\":" + QByteArray::number(log.size())
                + ",\"levels\":{\"error\":1,\"warning\":1,\"info\":1,\"debug\":1}}");
        job->ended();
        QCOMPARE(sink.records.last().value(key("lines")).toInt64(), 7);
    }
}

void TestCapabilityLive::log_tail_gives_back_the_lines_that_match()
{
    Collected sink;
    const auto job = LogTail().start(sink);
    job->parameters(Json{{key("contains"), "Error"}});
    job->raw("an ERROR\nnothing\nan error\nErr", false);
    job->raw("or at a cut\n", true);
    QCOMPARE(sink.rawBytes, "an ERROR\nan error\nError at a cut\n");
    QCOMPARE(sink.segments, 1);
    job->parameters(Json{{key("contains"), "Error"}, {key("case_sensitive"), true}});
    sink.rawBytes.clear();
    job->raw("an error\nan Error\n", true);
    QCOMPARE(sink.rawBytes, "an Error\n");
}

void TestCapabilityLive::log_tail_bounds_a_line_without_end()
{
    Collected sink;
    const auto job = LogTail().start(sink);
    job->parameters(Json{{key("report_every"), 1'000'000}});
    for (int i = 0; i < 64; ++i)
        job->raw(QByteArray(16 * 1024, 'x'), false);
    job->raw("\n", true);
    QCOMPARE(sink.records.last().value(key("lines")).toInt64(), 16);
    QCOMPARE(sink.rawBytes.size(), 1024 * 1024 + 16);
}

void TestCapabilityLive::log_tail_works_on_a_raw_stream()
{
    LiveFixture fixture(std::make_unique<LogTail>());
    QCOMPARE(fixture.start(Json{{key("contains"), "error"}, {key("report_every"), 10}}).status, 200);
    fixture.listen();
    QByteArray expected;
    for (int i = 0; i < 40; ++i) {
        const QByteArray line = (i % 4 == 0 ? "ERROR number " : "INFO number ") + QByteArray::number(i) + '\n';
        if (i % 4 == 0)
            expected += line;
        fixture.publisher().write(line);
    }
    QTRY_COMPARE(fixture.rawOut(), expected);
    QTRY_COMPARE(fixture.dataRecords().size(), 4);
    fixture.closeInput();
    QTRY_COMPARE(fixture.running(), 0);
    QTRY_VERIFY(!fixture.dataRecords().isEmpty());
    const Json last = fixture.dataRecords().last();
    QCOMPARE(last.value(key("lines")).toInt64(), 40);
    QCOMPARE(last.value(key("matched")).toInt64(), 10);
    QCOMPARE(last.value(key("levels")).value(key("error")).toInt64(), 10);
}

QTEST_GUILESS_MAIN(TestCapabilityLive)
#include "tst_capability_live.moc"
