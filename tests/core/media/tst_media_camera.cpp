// The camera source through the real camera stack: PipeWire, GStreamer and Qt Multimedia, with a virtual camera at the far end.
#include "virtual_camera.h"

#include "sluice/media/camera_source.h"
#include "sluice/media/frame_clock.h"
#include "sluice/media/latency_meter.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtTest/QTest>

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <mutex>

using namespace sluice;
using namespace sluice::media;

namespace {

/// What stop() and the destructor may take, whatever Qt does.
constexpr qint64 closingBound = 2000;

/// Notes what a source delivers. Every function from any thread.
class Recorder {
public:
    explicit Recorder(const VirtualCamera &camera)
        : m_camera(camera)
    {
    }
    SourceOutput output()
    {
        return {.frame = [this](const Frame &frame) { add(frame); }, .audio = {}, .failed = [this](Error reason) {
            const std::lock_guard lock(m_mutex);
            m_error = std::move(reason);
        }, .ended = {}};
    }
    [[nodiscard]] qsizetype count() const
    {
        const std::lock_guard lock(m_mutex);
        return m_clocks.size();
    }
    /// Without this thread's event loop.
    [[nodiscard]] bool waitBlocked(qsizetype wanted, std::chrono::seconds patience)
    {
        std::unique_lock lock(m_mutex);
        return m_added.wait_for(lock, patience, [&] { return m_clocks.size() >= wanted; });
    }
    [[nodiscard]] std::optional<Error> error() const
    {
        const std::lock_guard lock(m_mutex);
        return m_error;
    }
    [[nodiscard]] QList<int> clocks() const
    {
        const std::lock_guard lock(m_mutex);
        return m_clocks;
    }
    [[nodiscard]] QList<qint64> pts() const
    {
        const std::lock_guard lock(m_mutex);
        return m_pts;
    }
    [[nodiscard]] double delay(double percentile) const
    {
        const std::lock_guard lock(m_mutex);
        return m_delays.percentile(percentile).value_or(-1);
    }

private:
    void add(const Frame &frame)
    {
        const auto number = readFrameClock(frame);
        const std::lock_guard lock(m_mutex);
        m_clocks.append(number ? int(*number) : -1);
        m_pts.append(frame.pts());
        if (const auto shown = number ? m_camera.shownAt(*number) : std::nullopt)
            m_delays.add(std::chrono::duration<double, std::milli>(*frame.stamps().at(Stage::Captured) - *shown).count());
        m_added.notify_all();
    }

    const VirtualCamera &m_camera;
    mutable std::mutex m_mutex;
    std::condition_variable m_added;
    QList<int> m_clocks;
    QList<qint64> m_pts;
    RollingPercentiles m_delays;
    std::optional<Error> m_error;
};

/// Every line that was logged since the last clear(): how a test learns that the camera was opened again.
class Log {
public:
    static void clear()
    {
        const std::lock_guard lock(s_mutex);
        s_lines.clear();
    }
    [[nodiscard]] static bool contains(const QString &text)
    {
        const std::lock_guard lock(s_mutex);
        return s_lines.contains(text);
    }
    static void install() { s_previous = qInstallMessageHandler(&Log::take); }

private:
    static void take(QtMsgType type, const QMessageLogContext &context, const QString &line)
    {
        {
            const std::lock_guard lock(s_mutex);
            s_lines += line + '\n';
        }
        if (s_previous)
            s_previous(type, context, line);
    }
    static inline std::mutex s_mutex;
    static inline QString s_lines;
    static inline QtMessageHandler s_previous = nullptr;
};

/// Whether a thread of this process has begun to open a camera.
bool cameraThreadRuns()
{
    const QStringList threads = QDir("/proc/self/task").entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return std::any_of(threads.begin(), threads.end(), [](const QString &id) {
        QFile name("/proc/self/task/" + id + "/comm");
        return name.open(QIODevice::ReadOnly) && name.readAll().trimmed() == "camera";
    });
}

/// What this program does when it is started as the one whose camera hangs: told by a line on its input that PipeWire stands still, it
/// opens the camera, closes it and ends.
int closeHangingCameraAndLeave()
{
    if (!QTest::qWaitFor([] { return !cameras().isEmpty(); }, 10'000))
        return 3;
    CameraSource source(cameras().first().id);
    std::puts("ready");
    std::fflush(stdout);
    if (std::getchar() == EOF)
        return 4;
    source.start({});
    if (!QTest::qWaitFor(cameraThreadRuns, 5000))
        return 5;
    source.stop();
    return 7;
}

} // namespace

class TestMediaCamera : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void aMissingCameraIsToldPlainly();
    void theCameraIsListed();
    void picturesArriveInOrderAlsoWhileThisThreadIsBusy();
    void nothingArrivesWhileItIsPaused();
    void itOpensAndClosesInQuickSuccession();
    void aStalledCameraIsOpenedAgain();
    void aCameraThatStaysSilentFailsAndClosesInTime();
    void closingReturnsInTimeWhileQtHangsInOpening();
    void aHungCameraDoesNotHoldUpTheEndOfTheProcess();
    void unpluggingIsSaidPlainly();

private:
    /// In order, with nothing illegible.
    static void verifyOrder(const Recorder &recorder);

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
    Log::install();
}

void TestMediaCamera::init()
{
    m_camera.setFrozen(false);
    m_camera.setSessionFrozen(false);
    Log::clear();
}

void TestMediaCamera::verifyOrder(const Recorder &recorder)
{
    const QList<int> clocks = recorder.clocks();
    const QList<qint64> pts = recorder.pts();
    QVERIFY(!clocks.contains(-1));
    for (qsizetype i = 1; i < clocks.size(); ++i) {
        QVERIFY2(clocks[i] >= clocks[i - 1], "order");
        QVERIFY(pts[i] > pts[i - 1]);
    }
}

void TestMediaCamera::aMissingCameraIsToldPlainly()
{
    CameraSource source("/dev/no-such-camera");
    Recorder recorder(m_camera);
    source.start(recorder.output());
    QTRY_VERIFY(recorder.error());
    QCOMPARE(recorder.error()->message(), "The camera \"/dev/no-such-camera\" is not plugged in.");
    QVERIFY(recorder.error()->advice().contains("test pattern"));
    source.stop();
}

void TestMediaCamera::theCameraIsListed()
{
    const QList<CameraInfo> list = cameras();
    QCOMPARE(list.size(), 1);
    QCOMPARE(list[0].description, "Sluice test camera");
}

void TestMediaCamera::picturesArriveInOrderAlsoWhileThisThreadIsBusy()
{
    Recorder recorder(m_camera);
    CameraSource source(m_id, {640, 480, 30});
    source.start(recorder.output());
    QVERIFY2(recorder.waitBlocked(60, std::chrono::seconds(15)), "this thread's event loop is not needed");
    QCOMPARE(source.description(), "Sluice test camera");
    QCOMPARE(source.format().width, 640);
    QCOMPARE(source.format().height, 480);
    source.stop();
    const qsizetype atStop = recorder.count();
    QVERIFY(!QTest::qWaitFor([&] { return recorder.count() > atStop; }, 200));
    QVERIFY(!recorder.error());
    verifyOrder(recorder);
    qInfo("from camera to frame: p50 %.1f ms, p95 %.1f ms over %lld pictures", recorder.delay(50), recorder.delay(95), static_cast<long long>(atStop));
}

void TestMediaCamera::nothingArrivesWhileItIsPaused()
{
    Recorder recorder(m_camera);
    CameraSource source(m_id, {640, 480, 30});
    source.start(recorder.output());
    QTRY_VERIFY_WITH_TIMEOUT(recorder.count() > 0, 15'000);
    source.setPaused(true);
    const qsizetype atPause = recorder.count();
    QVERIFY(!QTest::qWaitFor([&] { return recorder.count() > atPause + 1; }, 500)); // one may have been on its way
    source.setPaused(false);
    QTRY_VERIFY_WITH_TIMEOUT(recorder.count() > atPause + 5, 10'000);
    verifyOrder(recorder);
}

void TestMediaCamera::itOpensAndClosesInQuickSuccession()
{
    qint64 slowest = 0;
    for (int i = 0; i < 6; ++i) {
        Recorder recorder(m_camera);
        CameraSource source(m_id, {640, 480, 30});
        source.start(recorder.output());
        const qsizetype wanted = i % 3; // also before the first picture
        QTRY_VERIFY_WITH_TIMEOUT(recorder.count() >= wanted || recorder.error(), 15'000);
        QVERIFY2(!recorder.error(), recorder.error() ? qPrintable(recorder.error()->describe()) : "");
        QElapsedTimer timer;
        timer.start();
        source.stop();
        slowest = std::max(slowest, timer.elapsed());
        verifyOrder(recorder);
    }
    qInfo("the slowest closing took %lld ms", static_cast<long long>(slowest));
    QVERIFY(slowest < closingBound);
}

void TestMediaCamera::aStalledCameraIsOpenedAgain()
{
    Recorder recorder(m_camera);
    CameraSource source(m_id, {640, 480, 30});
    source.start(recorder.output());
    QTRY_VERIFY_WITH_TIMEOUT(recorder.count() >= 5, 15'000);
    m_camera.setFrozen(true);
    QTRY_VERIFY_WITH_TIMEOUT(Log::contains("opened again"), 10'000);
    m_camera.setFrozen(false);
    const qsizetype before = recorder.count();
    QTRY_VERIFY_WITH_TIMEOUT(recorder.count() >= before + 10 || recorder.error(), 15'000);
    QVERIFY2(!recorder.error(), recorder.error() ? qPrintable(recorder.error()->describe()) : "");
    source.stop();
    verifyOrder(recorder);
}

void TestMediaCamera::aCameraThatStaysSilentFailsAndClosesInTime()
{
    Recorder recorder(m_camera);
    CameraSource source(m_id, {640, 480, 30});
    source.start(recorder.output());
    QTRY_VERIFY_WITH_TIMEOUT(recorder.count() >= 5, 15'000);
    m_camera.setFrozen(true);
    QTRY_VERIFY_WITH_TIMEOUT(recorder.error(), 15'000);
    QVERIFY(recorder.error()->message().contains("\"Sluice test camera\" stopped giving pictures"));
    QVERIFY(recorder.error()->advice().contains("test pattern"));
    QElapsedTimer timer;
    timer.start();
    source.stop();
    QVERIFY2(timer.elapsed() < closingBound, qPrintable(QString::number(timer.elapsed())));
}

void TestMediaCamera::closingReturnsInTimeWhileQtHangsInOpening()
{
    QTRY_VERIFY_WITH_TIMEOUT(!cameraThreadRuns(), 40'000); // that of the test before, which the camera's going on lets go of
    Log::clear();
    m_camera.setSessionFrozen(true);
    Recorder recorder(m_camera);
    CameraSource source(m_id, {640, 480, 30});
    QElapsedTimer timer;
    timer.start();
    source.start(recorder.output());
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    QTRY_VERIFY(cameraThreadRuns());
    timer.restart();
    source.stop();
    QVERIFY2(timer.elapsed() < closingBound, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(Log::contains("its thread is left to itself"), "Qt did not hang");
    m_camera.setSessionFrozen(false);
    QTRY_VERIFY_WITH_TIMEOUT(Log::contains("has closed after all"), 40'000);
    QCOMPARE(recorder.count(), 0);
    QVERIFY(!recorder.error());
}

void TestMediaCamera::aHungCameraDoesNotHoldUpTheEndOfTheProcess()
{
    QProcess other;
    other.start(QCoreApplication::applicationFilePath(), {"--close-hanging-camera-and-leave"});
    QVERIFY(other.waitForReadyRead(15'000));
    QCOMPARE(other.readLine().trimmed(), "ready");
    m_camera.setSessionFrozen(true);
    QElapsedTimer timer;
    timer.start();
    other.write("\n");
    QVERIFY2(other.waitForFinished(10'000), "the process does not end");
    qInfo("it ended after %lld ms", static_cast<long long>(timer.elapsed()));
    QCOMPARE(other.exitStatus(), QProcess::NormalExit);
    QCOMPARE(other.exitCode(), 7);
    QVERIFY(timer.elapsed() < closingBound + 1000);
    QVERIFY(other.readAllStandardError().contains("left to itself"));
}

void TestMediaCamera::unpluggingIsSaidPlainly()
{
    Recorder recorder(m_camera);
    CameraSource source(m_id, {640, 480, 30});
    source.start(recorder.output());
    QTRY_VERIFY_WITH_TIMEOUT(recorder.count() >= 5 || recorder.error(), 15'000);
    QVERIFY2(!recorder.error(), recorder.error() ? qPrintable(recorder.error()->describe()) : "");
    m_camera.unplug();
    QTRY_VERIFY_WITH_TIMEOUT(recorder.error(), 15'000);
    QVERIFY(recorder.error()->message().contains("Sluice test camera"));
    QVERIFY(recorder.error()->message().contains("unplugged"));
    QVERIFY(recorder.error()->advice().contains("test pattern"));
    QElapsedTimer timer;
    timer.start();
    source.stop();
    QVERIFY2(timer.elapsed() < closingBound, qPrintable(QString::number(timer.elapsed())));
    verifyOrder(recorder);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == "--close-hanging-camera-and-leave")
        return closeHangingCameraAndLeave();
    TestMediaCamera test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_media_camera.moc"
