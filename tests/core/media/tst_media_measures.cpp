// Queues, pacing, percentiles and the latency meter.
#include "media_test_support.h"

#include "sluice/media/drop_oldest_queue.h"
#include "sluice/media/latency_meter.h"
#include "sluice/media/pacer.h"

#include <QtTest/QTest>

#include <atomic>
#include <thread>

using namespace media_test;
using namespace std::chrono_literals;

class TestMediaMeasures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFullQueueDropsItsOldest();
    void aClosedQueueGivesWhatItHasAndThenNothing();
    void aQueueLosesNothingUncountedBetweenThreads();
    void aPacerFollowsTheTimestamps();
    void aPacerStartsAnewAfterAJump();
    void waitingEndsWhenAskedTo();
    void percentilesAreOfTheNewestValues();
    void stagesAddUpToTheEndToEndTime();
    void framesAreMatchedToTheNearestTimestamp();
    void timestampsMatchAfterTheWireHasCutThem();
    void lostFramesAreCounted();
    void theMeterIsBounded();
    void pixelsOfEveryLayoutBecomeTheSamePicture_data();
    void pixelsOfEveryLayoutBecomeTheSamePicture();
    void writingToACopyLeavesTheOriginalAlone();
    void impossibleSizesAreRefused();
};

void TestMediaMeasures::aFullQueueDropsItsOldest()
{
    DropOldestQueue<int> queue(3);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(queue.push(i), i < 3);
    QCOMPARE(queue.counters(), (QueueCounters{5, 0, 2, 3, 3}));
    for (int i = 2; i < 5; ++i)
        QCOMPARE(queue.pop(), std::optional(i));
    QCOMPARE(queue.counters(), (QueueCounters{5, 3, 2, 0, 3}));
}

void TestMediaMeasures::aClosedQueueGivesWhatItHasAndThenNothing()
{
    DropOldestQueue<int> queue(2);
    queue.push(1);
    queue.close();
    QVERIFY(!queue.push(2));
    QCOMPARE(queue.pop(), std::optional(1));
    QCOMPARE(queue.pop(), std::nullopt);
    QCOMPARE(queue.counters().dropped, 1U);
}

void TestMediaMeasures::aQueueLosesNothingUncountedBetweenThreads()
{
    DropOldestQueue<int> queue(4);
    int last = -1;
    bool ordered = true;
    std::thread reader([&] {
        while (const auto value = queue.pop()) {
            ordered = ordered && *value > last;
            last = *value;
        }
    });
    for (int i = 0; i < 20'000; ++i)
        queue.push(i);
    queue.close();
    reader.join();
    const QueueCounters counters = queue.counters();
    QVERIFY(ordered);
    QCOMPARE(last, 19'999);
    QCOMPARE(counters.popped + counters.dropped, 20'000U);
    QVERIFY(counters.deepest <= 4);
}

void TestMediaMeasures::aPacerFollowsTheTimestamps()
{
    Pacer pacer;
    const SteadyTime start = steadyNow();
    QCOMPARE(pacer.due(500, start), start);
    QCOMPARE(pacer.due(500 + 3000, start), start + 33'333us);
    QCOMPARE(pacer.due(500 + 90'000, start + 900ms), start + 1s);
}

void TestMediaMeasures::aPacerStartsAnewAfterAJump()
{
    Pacer pacer;
    const SteadyTime start = steadyNow();
    (void)pacer.due(0, start);
    QCOMPARE(pacer.due(3000, start + 2s), start + 2s);           // late: the machine slept
    QCOMPARE(pacer.due(6000, start + 2s), start + 2s + 33'333us); // and on from there
    QCOMPARE(pacer.due(100, start + 2s), start + 2s);            // back: the source began again
    QCOMPARE(pacer.due(100 + 90'000 * 60, start + 2s), start + 2s); // far ahead: a jump
}

void TestMediaMeasures::waitingEndsWhenAskedTo()
{
    std::atomic<bool> result = true;
    std::jthread waiter([&](const std::stop_token &stop) { result = waitUntil(steadyNow() + 1h, stop); });
    waiter.request_stop();
    waiter.join();
    QVERIFY(!result);
    QVERIFY(waitUntil(steadyNow(), std::stop_token()));
}

void TestMediaMeasures::percentilesAreOfTheNewestValues()
{
    RollingPercentiles values(100);
    QVERIFY(!values.percentile(50));
    for (int i = 1; i <= 300; ++i)
        values.add(i);
    QCOMPARE(values.count(), 100);
    QCOMPARE(*values.percentile(50), 250.0);
    QCOMPARE(*values.percentile(95), 295.0);
    QCOMPARE(*values.percentile(100), 300.0);
    QCOMPARE(*values.percentile(0), 201.0);
}

void TestMediaMeasures::stagesAddUpToTheEndToEndTime()
{
    LatencyMeter meter;
    const SteadyTime start = steadyNow();
    meter.start(start);
    for (int i = 0; i < 30; ++i) {
        const qint64 pts = i * frameTicks;
        SteadyTime at = start + i * 33ms;
        auto step = 0ms;
        for (const Stage stage : {Stage::Captured, Stage::Encoded, Stage::Sent, Stage::Received, Stage::Decoded, Stage::Shown})
            meter.mark(pts, stage, at += step++);
    }
    const LatencySnapshot snapshot = meter.snapshot(start + 30 * 33ms);
    QCOMPARE(snapshot.spans.size(), 5);
    double sum = 0;
    for (const LatencySpan &span : snapshot.spans) {
        QCOMPARE(span.count, 30);
        QCOMPARE(int(span.to), int(span.from) + 1);
        sum += span.p50Ms;
    }
    QVERIFY(snapshot.endToEnd);
    QCOMPARE(snapshot.endToEnd->p50Ms, sum);
    QCOMPARE(snapshot.endToEnd->to, Stage::Shown);
    QCOMPARE(snapshot.framesIn, 30U);
    QCOMPARE(snapshot.framesOut, 30U);
    QCOMPARE(snapshot.framesPerSecondIn, 30.0);
    QVERIFY(snapshot.firstFrameMs && *snapshot.firstFrameMs > 0);
}

void TestMediaMeasures::framesAreMatchedToTheNearestTimestamp()
{
    LatencyMeter meter;
    const SteadyTime start = steadyNow();
    for (int i = 0; i < 10; ++i)
        meter.mark(10'000 + i * frameTicks, Stage::Captured, start + i * 33ms);
    meter.mark(10'000 + 4 * frameTicks + 585, Stage::Decoded, start + 4 * 33ms + 20ms); // shifted by a sound codec's pre-skip
    meter.mark(10'000 + 5 * frameTicks + 1500, Stage::Decoded, start + 1s);             // between two: nobody's
    const LatencySnapshot snapshot = meter.snapshot(start + 1s);
    QCOMPARE(snapshot.framesOut, 1U);
    QCOMPARE(snapshot.endToEnd->p50Ms, 20.0);
    QVERIFY(meter.stamps(10'000 + 4 * frameTicks)->at(Stage::Decoded));
    QVERIFY(!meter.stamps(10'000 + 5 * frameTicks)->at(Stage::Decoded));
    QVERIFY(!meter.stamps(1'000'000));
}

void TestMediaMeasures::timestampsMatchAfterTheWireHasCutThem()
{
    LatencyMeter meter;
    constexpr qint64 period = qint64(1) << 33;
    meter.mark(period + 5000, Stage::Captured);
    meter.mark(5000, Stage::Decoded);
    QCOMPARE(meter.snapshot().framesOut, 1U);
}

void TestMediaMeasures::lostFramesAreCounted()
{
    LatencyMeter meter;
    const SteadyTime start = steadyNow();
    for (int i = 0; i < 300; ++i) {
        meter.mark(i * frameTicks, Stage::Captured, start + i * 33ms);
        if (i % 3 != 0)
            meter.mark(i * frameTicks, Stage::Decoded, start + i * 33ms + 5ms);
    }
    const LatencySnapshot snapshot = meter.snapshot(start + 300 * 33ms);
    QCOMPARE(snapshot.framesOut, 200U);
    QVERIFY2(snapshot.lost >= 45 && snapshot.lost <= 52, qPrintable(QString::number(snapshot.lost))); // of those older than five seconds
}

void TestMediaMeasures::theMeterIsBounded()
{
    LatencyMeter meter(10);
    const SteadyTime start = steadyNow();
    for (int i = 0; i < 10'000; ++i)
        meter.mark(i * 10LL, Stage::Captured, start);
    QVERIFY(!meter.stamps(0));
    QCOMPARE(meter.snapshot(start).lost, 10'000U - 2048U);
}

void TestMediaMeasures::pixelsOfEveryLayoutBecomeTheSamePicture_data()
{
    QTest::addColumn<int>("layout");
    QTest::addColumn<QByteArray>("pixel"); // of two pixels side by side
    const auto row = [](const char *name, PixelFormat format, std::initializer_list<int> bytes) {
        QByteArray pixel;
        for (const int byte : bytes)
            pixel += char(byte);
        QTest::newRow(name) << int(format) << pixel;
    };
    // A dull orange, R 200 G 120 B 40: Y 132, U 81, V 169 in limited range.
    row("rgb", PixelFormat::Rgb24, {200, 120, 40, 200, 120, 40});
    row("bgr", PixelFormat::Bgr24, {40, 120, 200, 40, 120, 200});
    row("rgba", PixelFormat::Rgba32, {200, 120, 40, 255, 200, 120, 40, 255});
    row("bgra", PixelFormat::Bgra32, {40, 120, 200, 255, 40, 120, 200, 255});
    row("argb", PixelFormat::Argb32, {255, 200, 120, 40, 255, 200, 120, 40});
    row("abgr", PixelFormat::Abgr32, {255, 40, 120, 200, 255, 40, 120, 200});
    row("yuyv", PixelFormat::Yuyv, {132, 81, 132, 169});
    row("uyvy", PixelFormat::Uyvy, {81, 132, 169, 132});
    row("nv12", PixelFormat::Nv12, {81, 169});
    row("nv21", PixelFormat::Nv21, {169, 81});
}

void TestMediaMeasures::pixelsOfEveryLayoutBecomeTheSamePicture()
{
    QFETCH(int, layout);
    QFETCH(QByteArray, pixel);
    constexpr int width = 64;
    constexpr int height = 48;
    const QByteArray luma(qsizetype(width) * height, char(132));
    const bool planar = pixel.size() == 2;
    const QByteArray pixels = pixel.repeated(width * height / 2);
    PixelPlanes planes;
    const auto *first = reinterpret_cast<const std::uint8_t *>(planar ? luma.constData() : pixels.constData());
    planes.data = {first, reinterpret_cast<const std::uint8_t *>(pixels.constData()), nullptr, nullptr};
    planes.stride = {planar ? width : int(pixel.size()) * width / 2, width, 0, 0};
    const Frame frame = orThrow(Frame::fromPixels(PixelFormat(layout), width, height, planes));
    const auto near = [](int value, int expected) { return std::abs(value - expected) <= 4; };
    const QByteArray seen = QByteArray::number(frame.plane(0)[500]) + ' ' + QByteArray::number(frame.plane(1)[100]) + ' ' + QByteArray::number(frame.plane(2)[100]);
    QVERIFY2(near(frame.plane(0)[500], 132) && near(frame.plane(1)[100], 81) && near(frame.plane(2)[100], 169), seen.constData());
    std::vector<std::uint32_t> rgb(std::size_t(width) * height);
    frame.toRgb32(reinterpret_cast<std::uint8_t *>(rgb.data()), width * 4);
    const std::uint32_t word = rgb[1000];
    QVERIFY2(near(int(word >> 16 & 0xff), 200) && near(int(word >> 8 & 0xff), 120) && near(int(word & 0xff), 40), qPrintable(QString::number(word, 16)));
}

void TestMediaMeasures::writingToACopyLeavesTheOriginalAlone()
{
    const Frame original = patternFrame(5);
    Frame copy = original;
    QCOMPARE(copy.plane(0), original.plane(0));
    drawFrameClock(copy, 6);
    QCOMPARE(readFrameClock(original).value_or(0), 5U);
    QCOMPARE(readFrameClock(copy).value_or(0), 6U);
    QCOMPARE(copy.pts(), original.pts());
    QCOMPARE(copy.scaled(320, 240).pts(), original.pts());
}

void TestMediaMeasures::impossibleSizesAreRefused()
{
    QVERIFY(Frame::allocate(0, 480).isNull());
    QVERIFY(Frame::allocate(640, -1).isNull());
    QVERIFY(Frame::allocate(100'000, 480).isNull());
    const std::uint8_t byte = 0;
    PixelPlanes planes;
    planes.data[0] = &byte;
    QCOMPARE(Frame::fromPixels(PixelFormat::Gray8, 100'000, 1, planes).error().kind(), Error::Kind::InvalidInput);
    QVERIFY(!Frame::fromPixels(PixelFormat::Gray8, 64, 64, {}));
}

QTEST_GUILESS_MAIN(TestMediaMeasures)
#include "tst_media_measures.moc"
