// The camera source through the real camera stack: PipeWire, GStreamer and Qt Multimedia, with a virtual camera at the far end.
#include "virtual_camera.h"

#include "sluice/media/camera_source.h"
#include "sluice/media/frame_clock.h"
#include "sluice/media/latency_meter.h"

#include <QtTest/QTest>

#include <mutex>

using namespace sluice;
using namespace sluice::media;

class TestMediaCamera : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aMissingCameraIsToldPlainly();
    void theCameraIsListed();
    void picturesArriveInOrderUntilItIsPausedOrUnplugged();

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

void TestMediaCamera::theCameraIsListed()
{
    const QList<CameraInfo> list = cameras();
    QCOMPARE(list.size(), 1);
    QCOMPARE(list[0].description, "Sluice test camera");
}

// One run for all of it: what one camera does from start to its plug being pulled.
void TestMediaCamera::picturesArriveInOrderUntilItIsPausedOrUnplugged()
{
    std::mutex mutex;
    QList<int> clocks;
    QList<qint64> pts;
    RollingPercentiles delays;
    std::optional<Error> error;
    CameraSource source(m_id, {640, 480, 30});
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
    QVERIFY2(!error, error ? qPrintable(error->describe()) : "");
    QCOMPARE(source.description(), "Sluice test camera");
    QCOMPARE(source.format().width, 640);
    QCOMPARE(source.format().height, 480);

    source.setPaused(true);
    const qsizetype atPause = count();
    QVERIFY(!QTest::qWaitFor([&] { return count() > atPause + 1; }, 500)); // one may have been on its way
    source.setPaused(false);
    QTRY_VERIFY_WITH_TIMEOUT(count() > atPause + 5, 10'000);

    m_camera.unplug();
    QTRY_VERIFY_WITH_TIMEOUT(error, 15'000);
    qInfo("%s", qPrintable(error->describe()));
    QVERIFY(error->message().contains("Sluice test camera"));
    QVERIFY(error->message().contains("unplugged"));
    QVERIFY(error->advice().contains("test pattern"));
    source.stop();

    QVERIFY(!clocks.contains(-1));
    for (qsizetype i = 1; i < clocks.size(); ++i) {
        QVERIFY2(clocks[i] >= clocks[i - 1], "order");
        QVERIFY(pts[i] > pts[i - 1]);
    }
    qInfo("from camera to frame: p50 %.1f ms, p95 %.1f ms over %lld pictures", delays.percentile(50).value_or(-1),
        delays.percentile(95).value_or(-1), static_cast<long long>(clocks.size()));
}

QTEST_GUILESS_MAIN(TestMediaCamera)
#include "tst_media_camera.moc"
