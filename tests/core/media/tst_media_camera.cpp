// The camera source through the real camera stack: PipeWire, GStreamer and Qt Multimedia, with a virtual camera at the far end.
#include "virtual_camera.h"

#include "sluice/media/camera_source.h"
#include "sluice/media/frame_clock.h"
#include "sluice/media/latency_meter.h"

#include <QtTest/QTest>

#include <atomic>
#include <mutex>

using namespace sluice;
using namespace sluice::media;

class TestMediaCamera : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aMissingCameraIsToldPlainly();
    void theCameraIsListedAndDeliversItsPicturesInOrder();
    void aPausedCameraDeliversNothing();
    void aCameraUnpluggedWhileItRunsIsToldPlainly();

private:
    VirtualCamera m_camera;
    QByteArray m_id;
};

void TestMediaCamera::initTestCase()
{
    const QString reason = m_camera.start("Sluice test camera");
    if (!reason.isEmpty())
        QSKIP(qPrintable("there is no virtual camera here: " + reason));
    if (!QTest::qWaitFor([] { return !cameras().isEmpty(); }, 10'000))
        QSKIP("PipeWire runs, but Qt Multimedia lists no camera");
    m_id = cameras().first().id;
}

void TestMediaCamera::aMissingCameraIsToldPlainly()
{
    CameraSource source("/dev/no-such-camera");
    std::optional<Error> error;
    source.start({.frame = {}, .audio = {}, .failed = [&](Error e) { error = std::move(e); }, .ended = {}});
    QTRY_VERIFY(error);
    QCOMPARE(error->message(), "The camera \"/dev/no-such-camera\" is not plugged in.");
    QVERIFY(error->advice().contains("test pattern"));
    source.stop();
}

void TestMediaCamera::theCameraIsListedAndDeliversItsPicturesInOrder()
{
    const QList<CameraInfo> list = cameras();
    QCOMPARE(list.size(), 1);
    QCOMPARE(list[0].description, "Sluice test camera");
    std::mutex mutex;
    QList<int> clocks;
    QList<qint64> pts;
    RollingPercentiles delays;
    CameraSource source(m_id, {640, 480, 30});
    std::optional<Error> error;
    source.start({.frame = [&](const Frame &frame) {
        const auto number = readFrameClock(frame);
        const std::lock_guard lock(mutex);
        clocks.append(number ? int(*number) : -1);
        pts.append(frame.pts());
        if (const auto shown = number ? m_camera.shownAt(*number) : std::nullopt)
            delays.add(std::chrono::duration<double, std::milli>(*frame.stamps().at(Stage::Captured) - *shown).count());
    }, .audio = {}, .failed = [&](Error e) { error = std::move(e); }, .ended = {}});
    const auto count = [&] {
        const std::lock_guard lock(mutex);
        return clocks.size();
    };
    QTRY_VERIFY_WITH_TIMEOUT(count() >= 60 || error, 20'000);
    source.stop();
    QVERIFY2(!error, error ? qPrintable(error->describe()) : "");
    QCOMPARE(source.description(), "Sluice test camera");
    QCOMPARE(source.format().width, 640);
    QCOMPARE(source.format().height, 480);
    QVERIFY(!clocks.contains(-1));
    for (qsizetype i = 1; i < clocks.size(); ++i) {
        QVERIFY2(clocks[i] >= clocks[i - 1], "order");
        QVERIFY(pts[i] > pts[i - 1]);
    }
    qInfo("from camera to frame: p50 %.1f ms, p95 %.1f ms over %lld pictures", delays.percentile(50).value_or(-1),
        delays.percentile(95).value_or(-1), static_cast<long long>(clocks.size()));
    QVERIFY(clocks.last() - clocks.first() < 3 * clocks.size());
}

void TestMediaCamera::aPausedCameraDeliversNothing()
{
    std::atomic<int> frames = 0;
    CameraSource source(m_id);
    source.setPaused(true);
    source.start({.frame = [&](const Frame &) { ++frames; }, .audio = {}, .failed = {}, .ended = {}});
    QVERIFY(!QTest::qWaitFor([&] { return frames > 0; }, 700));
    source.setPaused(false);
    QTRY_VERIFY_WITH_TIMEOUT(frames > 0, 10'000);
    source.stop();
    const int stopped = frames;
    QVERIFY(!QTest::qWaitFor([&] { return frames > stopped; }, 200));
}

void TestMediaCamera::aCameraUnpluggedWhileItRunsIsToldPlainly()
{
    std::atomic<int> frames = 0;
    std::atomic<int> changes = 0;
    std::optional<Error> error;
    CameraWatcher watcher([&] { ++changes; });
    CameraSource source(m_id);
    source.start({.frame = [&](const Frame &) { ++frames; }, .audio = {}, .failed = [&](Error e) { error = std::move(e); }, .ended = {}});
    QTRY_VERIFY_WITH_TIMEOUT(frames > 5, 10'000);
    m_camera.unplug();
    QTRY_VERIFY_WITH_TIMEOUT(error, 15'000);
    qInfo("%s", qPrintable(error->describe()));
    QVERIFY(error->message().contains("Sluice test camera"));
    QVERIFY(error->advice().contains("test pattern"));
    QTRY_VERIFY_WITH_TIMEOUT(cameras().isEmpty(), 10'000);
    QVERIFY(changes > 0);
    source.stop();
}

QTEST_GUILESS_MAIN(TestMediaCamera)
#include "tst_media_camera.moc"
