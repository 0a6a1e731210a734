#include "loopback_link_p.h"

#include "sluice/forms/input_editor.h"
#include "sluice/live/live_controls.h"
#include "sluice/live/live_data_model.h"
#include "sluice/live/live_events_model.h"
#include "sluice/live/live_lines_view.h"
#include "sluice/live/live_pane.h"
#include "sluice/live/live_stages_model.h"
#include "sluice/live/live_updates_model.h"
#include "sluice/live/video_view.h"
#include "sluice/media/frame_clock.h"
#include "sluice/widgets/badge.h"
#include "sluice/widgets/inline_message.h"

#include <QtCore/QPointer>
#include <QtCore/QRegularExpression>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtGui/QImageReader>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;

class TestLivePane : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void statesAreSaidInWordsFromStartToStop();
    void theOutputShowsTheFrameClock();
    void latencyIsMeasuredToTheScreen();
    void pauseKeepsTheJobAndStopsThePictures();
    void picturesThatStopComingAreSaid();
    void parametersApplyWhileItRuns();
    void whatDoesNotFitReachesNoJob();
    void aJobThatFailsSaysWhyAndOffersToStartAgain();
    void aMissingCameraIsSaidBeforeAJobIsOpened();
    void aSourceThatFailsOnTheWayOffersTheTestPattern();
    void anotherSourceNeedsNoOtherJob();
    void anotherSourceAfterAJobShowsNothingOfTheOldOne();
    void stoppingWhileItStartsOpensNothing();
    void anOutputWithoutAPictureIsToldAndCostsUntilItIsStopped();
    void eventsAndRecordsAreListed();
    void aSnapshotIsTheOutputInItsOwnSize();
    void recordingIsShownAndLogged();
    void recordingSaysForHowLongAndWhereItEndedWithTheJob();
    void buttonsHaveWordsWhereThereIsRoom();
    void besideTheVideoTheDetailsStandOneBelowTheOther();
    void fullScreenComesBack();
    void linesGoInAndComeOut();
    void choicesAreRemembered();
    void closingThePaneEndsTheJob();
    void everyControlHasAName();

private:
    void open();
    [[nodiscard]] static CapabilityInfo capability(bool raw = false);

    std::unique_ptr<LivePane> m_pane;
    QPointer<LoopbackLink> m_link;
};

CapabilityInfo TestLivePane::capability(bool raw)
{
    CapabilityInfo info;
    info.name = raw ? QStringLiteral("log-tail") : QStringLiteral("video-filter");
    info.title = raw ? QStringLiteral("Log tail") : QStringLiteral("Video filter");
    info.verbs = {Verb::Live};
    info.live.data = true;
    info.live.raw = raw;
    info.inputSchema = orThrow(Json::parse(R"({"type":"object","properties":{
        "filter":{"type":"string","enum":["grey","edges","blur"],"default":"grey"},
        "strength":{"type":"number","minimum":0,"maximum":10,"default":1}}})"));
    return info;
}

void TestLivePane::init()
{
    m_pane = std::make_unique<LivePane>();
    m_pane->setCapability(capability());
    m_pane->resize(704, 480);
    connect(m_pane.get(), &LivePane::openRequested, this, [this] {
        auto link = std::make_unique<LoopbackLink>();
        m_link = link.get();
        m_pane->attach(std::move(link));
    });
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
}

void TestLivePane::cleanup()
{
    m_pane.reset();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void TestLivePane::open()
{
    m_pane->start();
    QTRY_VERIFY(m_link);
    m_link->becomeReady();
    QCOMPARE(m_pane->state(), LiveState::Running);
}

void TestLivePane::statesAreSaidInWordsFromStartToStop()
{
    const auto words = [this] { return m_pane->video().accessibleDescription(); };
    QCOMPARE(m_pane->state(), LiveState::Idle);
    QVERIFY(words().contains(QStringLiteral("Press Start")));
    m_pane->start();
    QCOMPARE(m_pane->state(), LiveState::Starting);
    QVERIFY(words().contains(QStringLiteral("Opening the job")));
    QTRY_VERIFY(m_link);
    m_link->becomeReady();
    QCOMPARE(m_pane->state(), LiveState::Running);
    m_pane->stop();
    QCOMPARE(m_pane->state(), LiveState::Stopping);
    QVERIFY(m_link->isClosing());
    m_link->finishClosing();
    QCOMPARE(m_pane->state(), LiveState::Stopped);
    QTRY_VERIFY(!m_link);
    QStringList said;
    for (int row = 0; row < m_pane->events().rowCount(); ++row)
        said << m_pane->events().index(row, LiveEventsModel::TextColumn).data().toString();
    QCOMPARE(said, (QStringList{liveStateText(LiveState::Starting), liveStateText(LiveState::Running),
                       liveStateText(LiveState::Stopping), liveStateText(LiveState::Stopped)}));
}

void TestLivePane::theOutputShowsTheFrameClock()
{
    open();
    VideoView &video = m_pane->video();
    const auto clock = [&]() -> std::optional<std::uint32_t> {
        const QImage image = video.grab(video.geometryNow().output).toImage().convertToFormat(QImage::Format_RGB32);
        media::PixelPlanes planes;
        planes.data[0] = image.constBits();
        planes.stride[0] = int(image.bytesPerLine());
        const auto frame = media::Frame::fromPixels(media::PixelFormat::Bgra32, image.width(), image.height(), planes);
        return frame ? media::readFrameClock(*frame) : std::nullopt;
    };
    QTRY_VERIFY(clock().has_value());
    const std::uint32_t first = *clock();
    QTRY_VERIFY(clock().value_or(0) >= first + 15);
}

void TestLivePane::latencyIsMeasuredToTheScreen()
{
    open();
    QTRY_VERIFY(m_link->meter().snapshot().endToEnd && m_link->meter().snapshot().endToEnd->count >= 30);
    const media::LatencySnapshot snapshot = m_link->meter().snapshot();
    QCOMPARE(snapshot.endToEnd->to, media::Stage::Shown);
    qInfo("capture to display, encode and decode in this process: p50 %.1f ms, p95 %.1f ms", snapshot.endToEnd->p50Ms, snapshot.endToEnd->p95Ms);
    // The table names the way to the screen.
    QTRY_VERIFY(m_pane->stages().rowCount() >= 3);
    const int last = m_pane->stages().rowCount() - 1;
    QCOMPARE(m_pane->stages().index(last, LiveStagesModel::StageColumn).data().toString(), QStringLiteral("End to end"));
    QCOMPARE(m_pane->stages().index(last - 1, LiveStagesModel::StageColumn).data().toString(), QStringLiteral("Display"));
}

void TestLivePane::pauseKeepsTheJobAndStopsThePictures()
{
    open();
    QTRY_VERIFY(!m_pane->video().picture(VideoView::Side::Output).isNull());
    QTest::keyClick(&m_pane->video(), Qt::Key_Space);
    QCOMPARE(m_pane->state(), LiveState::Paused);
    QVERIFY(m_link->isPaused());
    QVERIFY(!m_link->isClosing());
    QTest::keyClick(&m_pane->video(), Qt::Key_Space);
    QCOMPARE(m_pane->state(), LiveState::Running);
    QVERIFY(!m_link->isPaused());
}

void TestLivePane::picturesThatStopComingAreSaid()
{
    open();
    QTRY_VERIFY(!m_pane->video().picture(VideoView::Side::Output).isNull());
    const auto state = [this] { return m_pane->controls().findChild<Badge *>()->accessibleName(); };
    const auto quiet = [&] { return QRegularExpression(QStringLiteral("No picture for (\\d+) s")).match(state()).captured(1).toInt(); };
    QVERIFY(state().contains(liveStateText(LiveState::Running)));
    m_link->setPaused(true); // the network's doing: nobody pressed Pause
    QTRY_VERIFY(quiet() >= 2);
    const int before = quiet();
    QTRY_VERIFY(quiet() > before); // it counts on
    m_pane->resize(500, 480);
    QTRY_VERIFY(m_pane->controls().findChild<Badge *>()->isVisible()); // also where there is no room for other states
    QCOMPARE(m_pane->state(), LiveState::Running);
    m_link->setPaused(false);
    QTRY_VERIFY(state().contains(liveStateText(LiveState::Running)));
    QVERIFY(!m_pane->controls().findChild<Badge *>()->isVisible());
    const int last = m_pane->events().rowCount() - 1;
    const auto said = [&](int row) { return m_pane->events().index(row, LiveEventsModel::TextColumn).data().toString(); };
    QVERIFY(said(last - 1).contains(QStringLiteral("No picture has come for")));
    QVERIFY(said(last).contains(QStringLiteral("Pictures come again after")));
}

void TestLivePane::parametersApplyWhileItRuns()
{
    open();
    QTRY_VERIFY(!m_pane->video().picture(VideoView::Side::Output).isNull());
    Json next = m_pane->parameters();
    next.insert(QStringLiteral("strength"), 4);
    m_pane->input().setValue(next);
    Q_EMIT m_pane->input().valueChanged(next); // as a person's edit does
    QTRY_COMPARE(m_link->asked().size(), 1);
    QCOMPARE(m_link->asked().first().dump(), QByteArray(R"({"strength":4})"));
    m_link->answerUpdate();
    QTRY_VERIFY(m_pane->updates().lastAcknowledged().has_value());
    // The loop goes on, and a picture that was taken after the answer is on the screen soon.
    QTRY_VERIFY(m_pane->updates().lastSeen().has_value());
    QVERIFY(*m_pane->updates().lastSeen() > *m_pane->updates().lastAcknowledged());
}

void TestLivePane::whatDoesNotFitReachesNoJob()
{
    Json wrong = m_pane->parameters();
    wrong.insert(QStringLiteral("strength"), 11);
    m_pane->input().setValue(wrong);
    m_pane->start();
    QCOMPARE(m_pane->state(), LiveState::Idle);
    QVERIFY(!m_link);
    wrong.insert(QStringLiteral("strength"), 1);
    m_pane->input().setValue(wrong);
    open();
    wrong.insert(QStringLiteral("strength"), 11);
    m_pane->input().setValue(wrong);
    Q_EMIT m_pane->input().valueChanged(wrong);
    QElapsedTimer waited;
    waited.start();
    QTRY_VERIFY(waited.hasExpired(250));
    QVERIFY(m_link->asked().isEmpty());
}

void TestLivePane::aJobThatFailsSaysWhyAndOffersToStartAgain()
{
    open();
    m_link->fail(Error(Error::Kind::InsufficientBalance, QStringLiteral("The deposit is used up.")).withAdvice(QStringLiteral("Fund it.")));
    QCOMPARE(m_pane->state(), LiveState::Failed);
    QVERIFY(m_pane->message().text().contains(QStringLiteral("The deposit is used up.")));
    QTRY_VERIFY(!m_link);
    auto *again = m_pane->message().findChild<QPushButton *>();
    QVERIFY(again->text().contains(QStringLiteral("Start again")));
    again->click();
    QTRY_VERIFY(m_link);
    QVERIFY(!m_pane->message().isVisible());
}

void TestLivePane::aMissingCameraIsSaidBeforeAJobIsOpened()
{
    LiveSource camera;
    camera.kind = LiveSource::Kind::Camera;
    camera.cameraId = "no such camera";
    camera.name = QStringLiteral("Desk camera");
    m_pane->setSource(camera);
    m_pane->start();
    QTRY_COMPARE(m_pane->state(), LiveState::Failed);
    QVERIFY(!m_link);
    QVERIFY(m_pane->message().text().contains(QStringLiteral("“Desk camera” is not plugged in")));
    m_pane->message().findChild<QPushButton *>()->click();
    QTRY_VERIFY(m_link);
    QCOMPARE(m_pane->source().kind, LiveSource::Kind::TestPattern);
}

void TestLivePane::aSourceThatFailsOnTheWayOffersTheTestPattern()
{
    open();
    QTRY_VERIFY(!m_pane->video().picture(VideoView::Side::Input).isNull());
    LiveSource gone;
    gone.kind = LiveSource::Kind::File;
    gone.path = QStringLiteral("/nowhere/at/all.mp4");
    m_pane->setSource(gone);
    QTRY_VERIFY(m_pane->message().isVisible());
    QCOMPARE(m_pane->state(), LiveState::Running);
    QVERIFY(m_pane->message().text().contains(QStringLiteral("all.mp4")));
    QVERIFY(m_pane->message().text().contains(QStringLiteral("paid for")));
    const int before = m_link->published();
    m_pane->message().findChild<QPushButton *>()->click();
    QTRY_COMPARE(m_link->published(), before + 1);
    QTRY_VERIFY(!m_pane->video().picture(VideoView::Side::Input).isNull());
}

void TestLivePane::anotherSourceNeedsNoOtherJob()
{
    open();
    QTRY_VERIFY(!m_pane->video().picture(VideoView::Side::Output).isNull());
    const QPointer<LoopbackLink> same = m_link;
    m_pane->setSource(LiveSource::testPattern({320, 240, 15}));
    QCOMPARE(m_link, same);
    QCOMPARE(m_link->published(), 2);
    QTRY_VERIFY(m_pane->video().feed(VideoView::Side::Input)->lastFrame().width() == 320);
}

void TestLivePane::anotherSourceAfterAJobShowsNothingOfTheOldOne()
{
    open();
    QTRY_VERIFY(!m_pane->video().picture(VideoView::Side::Output).isNull());
    m_pane->stop();
    m_link->finishClosing();
    QCOMPARE(m_pane->state(), LiveState::Stopped);
    QVERIFY(m_pane->events().rowCount() > 0);
    LiveSource file;
    file.kind = LiveSource::Kind::File;
    file.path = QStringLiteral("/videos/clip.mp4");
    m_pane->setSource(file);
    QVERIFY(m_pane->video().picture(VideoView::Side::Input).isNull());
    QVERIFY(m_pane->video().picture(VideoView::Side::Output).isNull());
    QCOMPARE(m_pane->events().asText().count(liveStateText(LiveState::Stopped)), 0);
    QCOMPARE(m_pane->state(), LiveState::Idle);
    QVERIFY(m_pane->video().accessibleDescription().contains(QStringLiteral("Press Start")));
}

void TestLivePane::stoppingWhileItStartsOpensNothing()
{
    LiveSource file;
    file.kind = LiveSource::Kind::File;
    file.path = QStringLiteral("/nowhere/at/all.mp4");
    m_pane->setSource(file);
    m_pane->start();
    QCOMPARE(m_pane->state(), LiveState::Starting);
    m_pane->stop();
    QCOMPARE(m_pane->state(), LiveState::Stopped);
    QElapsedTimer waited;
    waited.start();
    QTRY_VERIFY(waited.hasExpired(200));
    QVERIFY(!m_link);
    QCOMPARE(m_pane->state(), LiveState::Stopped);
}

void TestLivePane::anOutputWithoutAPictureIsToldAndCostsUntilItIsStopped()
{
    open();
    Q_EMIT m_link->outputProblem(Error(Error::Kind::Protocol, QStringLiteral("This MPEG-TS carries sound and no picture.")));
    QVERIFY(m_pane->message().isVisible());
    QVERIFY(m_pane->message().text().contains(QStringLiteral("no picture")));
    QVERIFY(m_pane->events().asText().contains(QStringLiteral("no picture")));
    QCOMPARE(m_pane->state(), LiveState::Running);
    m_pane->message().findChild<QPushButton *>()->click();
    QCOMPARE(m_pane->state(), LiveState::Stopping);
    QVERIFY(m_link->isClosing());
    m_link->finishClosing();
    QCOMPARE(m_pane->state(), LiveState::Stopped);
}

void TestLivePane::eventsAndRecordsAreListed()
{
    open();
    m_link->say(Json{{"type", "started"}});
    m_link->warn(QStringLiteral("Segment 4 was given up."));
    m_link->record(Json{{"regions", 2}});
    QTRY_COMPARE(m_pane->data().rowCount(), 1);
    QVERIFY(m_pane->events().asText().contains(QStringLiteral("Segment 4 was given up.")));
    QVERIFY(m_pane->events().asText().contains(QStringLiteral("started")));
}

void TestLivePane::aSnapshotIsTheOutputInItsOwnSize()
{
    QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("out.png"));
    m_pane->saveSnapshot(name);
    QVERIFY(m_pane->message().text().contains(QStringLiteral("no output picture")));
    open();
    QTRY_VERIFY(!m_pane->video().picture(VideoView::Side::Output).isNull());
    m_pane->saveSnapshot(name);
    QTRY_VERIFY(m_pane->message().text().contains(name));
    QCOMPARE(m_pane->message().severity(), InlineMessage::Severity::Success);
    QCOMPARE(QImageReader(name).size(), QSize(640, 480));
    m_pane->saveSnapshot(QStringLiteral("/nowhere/at/all.png"));
    QTRY_COMPARE(m_pane->message().severity(), InlineMessage::Severity::Error);
}

void TestLivePane::recordingIsShownAndLogged()
{
    open();
    m_pane->record(LiveSession::Channel::Subscribe, QStringLiteral("/tmp/out.ts"));
    QTRY_VERIFY(m_pane->events().asText().contains(QStringLiteral("/tmp/out.ts")));
    QCOMPARE(m_link->lastRecording(), QStringLiteral("/tmp/out.ts"));
    m_pane->record(LiveSession::Channel::Subscribe, {});
    QTRY_VERIFY(m_pane->events().asText().contains(QStringLiteral("was recorded")));
    QVERIFY(m_link->lastRecording().isEmpty());
    QVERIFY(m_pane->message().text().contains(QStringLiteral("/tmp/out.ts")));
    QCOMPARE(m_pane->message().severity(), InlineMessage::Severity::Success);
}

void TestLivePane::recordingSaysForHowLongAndWhereItEndedWithTheJob()
{
    open();
    const auto says = [this](const QString &word) {
        const auto buttons = m_pane->findChildren<QToolButton *>();
        return std::any_of(buttons.begin(), buttons.end(), [&](const QToolButton *button) { return button->text().startsWith(word); });
    };
    QVERIFY(!says(QStringLiteral("REC ")));
    m_pane->record(LiveSession::Channel::Publish, QStringLiteral("/tmp/in.ts"));
    QTRY_VERIFY(says(QStringLiteral("REC 0:00")));
    QTRY_VERIFY(says(QStringLiteral("REC 0:01")));
    m_pane->stop();
    m_link->finishClosing();
    QCOMPARE(m_pane->state(), LiveState::Stopped);
    QVERIFY(!says(QStringLiteral("REC ")));
    QVERIFY(m_pane->events().asText().contains(QStringLiteral("was recorded to /tmp/in.ts")));
    QVERIFY(m_pane->message().text().contains(QStringLiteral("/tmp/in.ts")));
}

void TestLivePane::buttonsHaveWordsWhereThereIsRoom()
{
    open();
    const auto *pause = m_pane->findChild<QToolButton *>(QStringLiteral("livePause"));
    m_pane->resize(1000, 700);
    QTRY_COMPARE(pause->toolButtonStyle(), Qt::ToolButtonTextBesideIcon);
    m_pane->resize(700, 700);
    QTRY_COMPARE(pause->toolButtonStyle(), Qt::ToolButtonIconOnly);
}

void TestLivePane::besideTheVideoTheDetailsStandOneBelowTheOther()
{
    open();
    const auto sidesOfDetails = [this] {
        QList<Qt::Orientation> all;
        for (const QTabWidget *tabs : m_pane->findChildren<QTabWidget *>()) {
            for (const QSplitter *sides : tabs->findChildren<QSplitter *>())
                all.append(sides->orientation());
        }
        return all;
    };
    m_pane->resize(1400, 800);
    QTRY_VERIFY(sidesOfDetails().contains(Qt::Vertical) && !sidesOfDetails().contains(Qt::Horizontal));
    m_pane->resize(700, 700);
    QTRY_VERIFY(sidesOfDetails().contains(Qt::Horizontal) && !sidesOfDetails().contains(Qt::Vertical));
}

void TestLivePane::fullScreenComesBack()
{
    open();
    QTRY_VERIFY(!m_pane->video().picture(VideoView::Side::Output).isNull());
    m_pane->setArrangement(VideoArrangement::Split);
    m_pane->toggleFullScreen();
    QVERIFY(m_pane->video().isWindow());
    QCOMPARE(m_pane->video().arrangement(), VideoArrangement::OutputOnly);
    QTRY_VERIFY(m_pane->video().width() >= 700);
    const QRect pictures = m_pane->video().geometryNow().output;
    const QImage screen = m_pane->video().grab().toImage();
    for (const QPoint &corner : {screen.rect().topLeft(), screen.rect().bottomRight()}) {
        if (!pictures.contains(corner))
            QCOMPARE(screen.pixelColor(corner), QColor(Qt::black));
    }
    QTest::keyClick(&m_pane->video(), Qt::Key_Escape);
    QVERIFY(!m_pane->video().isWindow());
    QVERIFY(m_pane->isAncestorOf(&m_pane->video()));
    QCOMPARE(m_pane->video().arrangement(), VideoArrangement::Split);
    QCOMPARE(m_pane->state(), LiveState::Running);
}

void TestLivePane::linesGoInAndComeOut()
{
    m_pane->hide();
    m_pane = std::make_unique<LivePane>();
    m_pane->setCapability(capability(true));
    connect(m_pane.get(), &LivePane::openRequested, this, [this] {
        auto link = std::make_unique<LoopbackLink>();
        m_link = link.get();
        m_pane->attach(std::move(link));
    });
    m_pane->resize(704, 480);
    m_pane->show();
    open();
    QCOMPARE(m_link->published(), 0);
    m_pane->lines().setInput(QStringLiteral("one\ntwo ü"));
    m_pane->start(); // Ctrl+Enter while it runs sends
    QCOMPARE(m_link->written(), QList<QByteArray>{"one\ntwo \xc3\xbc\n"});
    m_link->giveRaw("{\"lines\":2}\n\xc3");
    m_link->giveRaw("\xbc\n");
    QTRY_COMPARE(m_pane->lines().output(), QStringLiteral("{\"lines\":2}\nü\n"));
    for (int i = 0; i < 3 * LiveLinesView::ShownLines; ++i)
        m_link->giveRaw("x\n");
    QTRY_COMPARE(m_pane->lines().output().count(QLatin1Char('\n')), LiveLinesView::ShownLines - 1);
}

void TestLivePane::choicesAreRemembered()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
    QSignalSpy changed(m_pane.get(), &LivePane::preferencesChanged);
    m_pane->setSource(LiveSource::testPattern({1280, 720, 30}));
    QVERIFY(changed.count() > 0);
    m_pane->setArrangement(VideoArrangement::Overlay);
    m_pane->save(settings);
    LivePane other;
    other.setCapability(capability());
    other.restore(settings);
    QVERIFY(other.source() == m_pane->source());
    QCOMPARE(other.video().arrangement(), VideoArrangement::Overlay);
    QCOMPARE(other.findChild<QComboBox *>(QStringLiteral("liveFormat"))->currentText(), formatText({1280, 720, 30}));
}

void TestLivePane::closingThePaneEndsTheJob()
{
    open();
    QTRY_VERIFY(!m_pane->video().picture(VideoView::Side::Output).isNull());
    bool closed = false;
    connect(m_link, &LiveLink::stateChanged, this, [&](LiveSession::State state) { closed = closed || state == LiveSession::State::Closing; });
    m_pane.reset();
    QVERIFY(closed);
    QVERIFY(!m_link);
}

void TestLivePane::everyControlHasAName()
{
    for (const QWidget *widget : m_pane->controls().findChildren<QWidget *>()) {
        if (qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QComboBox *>(widget))
            QVERIFY2(!widget->accessibleName().isEmpty() && !widget->toolTip().isEmpty(), widget->metaObject()->className());
    }
}

QTEST_MAIN(TestLivePane)
#include "tst_live_pane.moc"
