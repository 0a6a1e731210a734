// The live panel in the real window on the real local network. With a screen (Xvfb) and PipeWire also through a real camera stack: a
// virtual camera that shows the test pattern, QCamera, the sandbox, video-filter, and back onto the screen.
#include "virtual_camera.h"

#include "sluice/forms/input_editor.h"
#include "sluice/backend/user_data.h"
#include "sluice/live/live_controls.h"
#include "sluice/live/live_data_model.h"
#include "sluice/live/live_events_model.h"
#include "sluice/live/live_lines_view.h"
#include "sluice/live/live_pane.h"
#include "sluice/live/live_stages_model.h"
#include "sluice/live/live_updates_model.h"
#include "sluice/live/video_view.h"
#include "sluice/media/camera_source.h"
#include "sluice/media/frame_clock.h"
#include "sluice/media/latency_meter.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/shell/live_page.h"
#include "sluice/shell/main_window.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtGui/QScreen>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QPushButton>

#include <sys/prctl.h>

#include <csignal>

using namespace sluice;
using namespace sluice::ui;
using Side = VideoView::Side;

namespace {

/// A screen of the test's own. Why there is none, otherwise.
QString startScreen(QProcess &screen)
{
    if (QStandardPaths::findExecutable(QStringLiteral("Xvfb")).isEmpty())
        return QStringLiteral("Xvfb is not installed");
    screen.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    screen.start(QStringLiteral("Xvfb"), {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
                                             QStringLiteral("1280x800x24"), QStringLiteral("-nolisten"), QStringLiteral("tcp")});
    if (!screen.waitForStarted(5000) || !screen.waitForReadyRead(10'000))
        return QStringLiteral("Xvfb did not start");
    qputenv("DISPLAY", ":" + screen.readAllStandardOutput().trimmed());
    qputenv("QT_QPA_PLATFORM", "xcb");
    return {};
}

/// The number in the picture that stands on the screen, read from the screen and not from the widget.
std::optional<std::uint32_t> clockOnScreen(const VideoView &view, Side side)
{
    const VideoGeometry geometry = view.geometryNow();
    const QRect place = side == Side::Input ? geometry.input : geometry.output;
    const QPoint corner = view.mapTo(view.window(), place.topLeft());
    const QImage image = view.window()->screen()->grabWindow(view.window()->winId(), corner.x(), corner.y(), place.width(), place.height())
                             .toImage().convertToFormat(QImage::Format_RGB32);
    if (image.isNull())
        return std::nullopt;
    media::PixelPlanes planes;
    planes.data[0] = image.constBits();
    planes.stride[0] = int(image.bytesPerLine());
    const auto frame = media::Frame::fromPixels(media::PixelFormat::Bgra32, image.width(), image.height(), planes);
    return frame ? media::readFrameClock(*frame) : std::nullopt;
}

} // namespace

class TestLiveWindow : public QObject {
    Q_OBJECT
public:
    TestLiveWindow(QString noScreen, QString noCamera, VirtualCamera &camera)
        : m_noScreen(std::move(noScreen))
        , m_noCamera(std::move(noCamera))
        , m_camera(camera)
    {
    }

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void cleanup();
    void theTestPatternComesBackFilteredAndMeasured();
    void parametersChangeThePictureWhileItRuns();
    void stoppingEndsTheJobAndItsPayments();
    void linesGoThroughLogTail();
    void closingTheTabEndsTheJob();
    void aCameraGoesThroughTheNetworkOntoTheScreen();

private:
    [[nodiscard]] LivePane *open(const QString &capability);
    void stop(LivePane &pane);
    void checkPictures(LivePane &pane);

    QString m_noScreen;
    QString m_noCamera;
    VirtualCamera &m_camera;
    QTemporaryDir m_folder;
    std::shared_ptr<UserData> m_data;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestLiveWindow::initTestCase()
{
    qputenv("SLUICE_DATA_DIR", m_folder.path().toUtf8());
    Theme::apply(*qApp, Theme::Mode::Light);
    m_data = UserData::inMemory();
    m_session = std::make_unique<Session>(m_data);
    m_window = std::make_unique<MainWindow>(*m_session);
    m_window->resize(1280, 800);
    m_window->show();
    QString problem;
    connect(m_session.get(), &Session::connectionFailed, this, [&](const Error &error) { problem = error.describe(); });
    m_session->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->state() == Session::State::Ready || !problem.isEmpty(), 60'000);
    QCOMPARE(problem, QString());
    QVERIFY(m_session->capability(QStringLiteral("video-filter")).has_value());
}

void TestLiveWindow::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
}

void TestLiveWindow::cleanup()
{
    if (auto *page = qobject_cast<LivePage *>(m_window->currentPage()))
        stop(page->live());
}

LivePane *TestLiveWindow::open(const QString &capability)
{
    const auto info = m_session->capability(capability);
    auto *page = info ? qobject_cast<LivePage *>(m_window->openCapability(*info)) : nullptr;
    return page ? &page->live() : nullptr;
}

void TestLiveWindow::stop(LivePane &pane)
{
    if (!isOpen(pane.state()))
        return;
    pane.stop();
    QTRY_VERIFY_WITH_TIMEOUT(!isOpen(pane.state()), 15'000);
}

/// Twenty different pictures on the screen, in order, with a clock that is legible.
void TestLiveWindow::checkPictures(LivePane &pane)
{
    QList<std::uint32_t> clocks;
    const auto connection = connect(&pane.video(), &VideoView::outputShown, this, [&] {
        if (const auto clock = clockOnScreen(pane.video(), Side::Output))
            clocks.append(*clock);
    });
    QTRY_VERIFY2_WITH_TIMEOUT(clocks.size() >= 20, qPrintable(pane.message().text() + pane.events().asText()), 30'000);
    disconnect(connection);
    QVERIFY(std::is_sorted(clocks.cbegin(), clocks.cend()));
}

void TestLiveWindow::theTestPatternComesBackFilteredAndMeasured()
{
    LivePane *pane = open(QStringLiteral("video-filter"));
    QVERIFY(pane);
    pane->setSource(LiveSource::testPattern());
    QSignalSpy purse(m_session.get(), &Session::balanceChanged);
    pane->start();
    QTRY_COMPARE_WITH_TIMEOUT(pane->state(), LiveState::Running, 30'000);
    // What is left is told while it runs, not when it has ended.
    QTRY_VERIFY(!purse.isEmpty());
    QCOMPARE(purse.last().at(0).value<CapabilityId>().name, QStringLiteral("video-filter"));
    QVERIFY(m_session->balance({QStringLiteral("byoc"), QStringLiteral("video-filter"), {}}).value_or(BalanceBook::Word()).wei != QStringLiteral("0"));
    QCOMPARE(pane->state(), LiveState::Running);
    checkPictures(*pane);
    QTRY_VERIFY_WITH_TIMEOUT(pane->stages().rowCount() >= 4, 10'000);
    QVERIFY(m_window->currentPage()->currentRun()->payment().paidWei != QStringLiteral("0"));
    const media::LatencySpan whole = [&] {
        const auto latency = m_window->currentPage()->currentRun()->live()->stats().latency;
        return latency && latency->endToEnd ? *latency->endToEnd : media::LatencySpan();
    }();
    QCOMPARE(whole.to, media::Stage::Shown);
    qInfo("test pattern through video-filter onto the screen: p50 %.1f ms, p95 %.1f ms over %lld pictures", whole.p50Ms, whole.p95Ms,
        static_cast<long long>(whole.count));
}

void TestLiveWindow::parametersChangeThePictureWhileItRuns()
{
    LivePane *pane = open(QStringLiteral("video-filter"));
    Json input = pane->parameters();
    input.insert(QStringLiteral("filter"), QStringLiteral("none"));
    input.insert(QStringLiteral("strength"), 1);
    pane->setParameters(input);
    pane->start();
    QTRY_COMPARE_WITH_TIMEOUT(pane->state(), LiveState::Running, 30'000);
    const auto coloured = [&] {
        // The second bar of the pattern is yellow: far from grey.
        const QImage image = pane->video().picture(Side::Output);
        if (image.isNull())
            return false;
        const QColor colour = image.pixelColor(image.width() * 3 / 16, image.height() / 3);
        return std::abs(colour.red() - colour.blue()) > 60;
    };
    QTRY_VERIFY_WITH_TIMEOUT(coloured(), 30'000);
    input.insert(QStringLiteral("filter"), QStringLiteral("grey"));
    pane->input().setValue(input);
    Q_EMIT pane->input().valueChanged(input); // as a person's edit does
    QTRY_VERIFY_WITH_TIMEOUT(pane->updates().lastAcknowledged().has_value(), 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(pane->updates().lastSeen().has_value(), 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(!coloured(), 10'000);
    qInfo("parameters: acknowledged after %.0f ms, visible after %.0f ms", pane->updates().lastAcknowledged()->count(),
        pane->updates().lastSeen()->count());
}

void TestLiveWindow::stoppingEndsTheJobAndItsPayments()
{
    LivePane *pane = open(QStringLiteral("video-filter"));
    pane->start();
    QTRY_COMPARE_WITH_TIMEOUT(pane->state(), LiveState::Running, 30'000);
    QVERIFY(m_window->currentPage()->isRunning());
    QTRY_VERIFY_WITH_TIMEOUT(!pane->video().picture(Side::Output).isNull(), 30'000);
    m_window->currentPage()->stop(); // what Esc does
    QTRY_COMPARE_WITH_TIMEOUT(pane->state(), LiveState::Stopped, 15'000);
    QVERIFY(!m_window->currentPage()->isRunning());
    QCOMPARE(m_window->currentPage()->currentRun()->state(), RunController::State::Succeeded);
}

void TestLiveWindow::linesGoThroughLogTail()
{
    LivePane *pane = open(QStringLiteral("log-tail"));
    QVERIFY(pane);
    QVERIFY(pane->lines().isVisible());
    pane->start();
    QTRY_COMPARE_WITH_TIMEOUT(pane->state(), LiveState::Running, 30'000);
    pane->lines().setInput(QStringLiteral("info one\nerror two\n"));
    pane->start();
    QTRY_VERIFY2_WITH_TIMEOUT(!pane->lines().output().isEmpty() || pane->data().total() > 0, qPrintable(pane->events().asText()), 15'000);
}

void TestLiveWindow::closingTheTabEndsTheJob()
{
    LivePane *pane = open(QStringLiteral("noop"));
    QVERIFY(pane);
    pane->start();
    QTRY_COMPARE_WITH_TIMEOUT(pane->state(), LiveState::Running, 30'000);
    QPointer<RunController> run = m_window->currentPage()->currentRun();
    delete m_window->currentPage();
    QTRY_COMPARE_WITH_TIMEOUT(run->state(), RunController::State::Succeeded, 15'000);
}

void TestLiveWindow::aCameraGoesThroughTheNetworkOntoTheScreen()
{
    if (!m_noScreen.isEmpty())
        QSKIP(qPrintable(QStringLiteral("there is no screen here: ") + m_noScreen));
    if (!m_noCamera.isEmpty())
        QSKIP(qPrintable(QStringLiteral("there is no virtual camera here: ") + m_noCamera));
    if (!QTest::qWaitFor([] { return !media::cameras().isEmpty(); }, 15'000))
        QSKIP("PipeWire runs, but Qt Multimedia lists no camera");
    LivePane *pane = open(QStringLiteral("video-filter"));
    Json input = pane->parameters();
    input.insert(QStringLiteral("filter"), QStringLiteral("hue"));
    input.insert(QStringLiteral("strength"), Json::number("0.4"));
    pane->setParameters(input);
    LiveSource source;
    source.kind = LiveSource::Kind::Camera;
    source.cameraId = media::cameras().first().id;
    source.name = media::cameras().first().description;
    pane->setSource(source);

    QList<std::uint32_t> clocks;
    media::RollingPercentiles delays;
    const auto connection = connect(&pane->video(), &VideoView::outputShown, this, [&] {
        const media::SteadyTime now = media::steadyNow();
        const auto clock = clockOnScreen(pane->video(), Side::Output);
        const auto shown = clock ? m_camera.shownAt(*clock) : std::nullopt;
        if (!shown)
            return;
        clocks.append(*clock);
        delays.add(std::chrono::duration<double, std::milli>(now - *shown).count());
    });
    pane->start();
    QTRY_VERIFY2_WITH_TIMEOUT(clocks.size() >= 60, qPrintable(pane->message().text() + pane->events().asText()), 60'000);
    disconnect(connection);
    QVERIFY(std::is_sorted(clocks.cbegin(), clocks.cend()));
    qInfo("camera to screen by the frame clock: p50 %.1f ms, p95 %.1f ms over %lld pictures", delays.percentile(50).value_or(-1),
        delays.percentile(95).value_or(-1), static_cast<long long>(clocks.size()));
    QVERIFY2(delays.percentile(50).value_or(1e9) < 1000, "what is on the screen is not live");
    pane->showTab(LivePane::Tab::Measurements);
    QTRY_VERIFY(pane->stages().rowCount() >= 4);
    // Beside the pictures of the tour, where the suite keeps them.
    const QString pictures = QString::fromLocal8Bit(qgetenv("SLUICE_TOUR_DIR"));
    if (!pictures.isEmpty())
        QVERIFY(m_window->screen()->grabWindow(m_window->winId()).save(pictures + QStringLiteral("/live-camera.png")));

    // Its plug is pulled: said plainly, and the test pattern is one click away.
    m_camera.unplug();
    QTRY_VERIFY_WITH_TIMEOUT(pane->message().isVisible(), 20'000);
    QVERIFY2(pane->message().text().contains(source.name), qPrintable(pane->message().text()));
    QCOMPARE(pane->state(), LiveState::Running);
    for (QPushButton *button : pane->message().findChildren<QPushButton *>()) {
        if (button->isVisible())
            button->click();
    }
    QCOMPARE(pane->source().kind, LiveSource::Kind::TestPattern);
    // Its clock begins anew; what the camera had sent before is still on the way until then.
    QTRY_VERIFY_WITH_TIMEOUT(clockOnScreen(pane->video(), Side::Output).value_or(clocks.last()) < clocks.last(), 15'000);
    checkPictures(*pane);
}

int main(int argc, char *argv[])
{
    qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // secrets of a test must not reach anybody's keychain
    qputenv("PATH", QByteArray(SLUICE_BIN_DIR ":") + qgetenv("PATH"));
    QProcess display;
    const QString noScreen = startScreen(display);
    VirtualCamera camera; // before the first use of Qt Multimedia
    const QString noCamera = noScreen.isEmpty() ? camera.start(QStringLiteral("Sluice test camera")) : QStringLiteral("there is no screen");
    int code = 0;
    {
        QApplication app(argc, argv);
        TestLiveWindow test(noScreen, noCamera, camera);
        code = QTest::qExec(&test, argc, argv);
    }
    camera.unplug();
    display.terminate();
    display.waitForFinished(3000);
    return code;
}

#include "tst_live_window.moc"
