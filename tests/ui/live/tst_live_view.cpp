#include "sluice/live/video_view.h"
#include "sluice/media/frame_clock.h"
#include "sluice/media/test_pattern.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <thread>

using namespace sluice;
using namespace sluice::ui;
using Side = VideoView::Side;

class TestLiveView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void picturesKeepTheirShapeInEveryArrangement_data();
    void picturesKeepTheirShapeInEveryArrangement();
    void sideBySideStacksWhereThatShowsThemLarger();
    void theDividerIsWhereItWasPut();
    void theFrameClockIsReadBackFromTheWidget_data();
    void theFrameClockIsReadBackFromTheWidget();
    void aRunningPatternIsShownInOrder();
    void onlyTheNewestPictureIsConverted();
    void nothingIsConvertedWhileHidden();
    void aFeedOutlivesItsView();
    void keysAskForPauseAndFullScreenAndMoveTheDivider();
    void draggingTheDividerMovesIt();
    void wordsStandWhereThereIsNoPicture();
};

namespace {

/// The picture's part of what the widget shows, as a frame.
media::Frame grabbed(VideoView &view, Side side)
{
    const VideoGeometry geometry = view.geometryNow();
    const QImage image = view.grab(side == Side::Input ? geometry.input : geometry.output).toImage().convertToFormat(QImage::Format_RGB32);
    media::PixelPlanes planes;
    planes.data[0] = image.constBits();
    planes.stride[0] = int(image.bytesPerLine());
    auto frame = media::Frame::fromPixels(media::PixelFormat::Bgra32, image.width(), image.height(), planes);
    return frame ? *frame : media::Frame();
}

media::Frame pattern(std::uint32_t number, media::VideoFormat format = {})
{
    media::Frame frame = media::drawTestPattern(format, number);
    frame.setPts(media::ticksPerSecond + qint64(number) * 3000);
    return frame;
}

} // namespace

void TestLiveView::picturesKeepTheirShapeInEveryArrangement_data()
{
    QTest::addColumn<int>("arrangement");
    QTest::addColumn<QSize>("area");
    const char *const names[] = {"side by side", "split", "overlay", "output only"};
    for (int arrangement = 0; arrangement < 4; ++arrangement) {
        for (const QSize area : {QSize(700, 220), QSize(300, 700), QSize(1920, 1080), QSize(240, 120)})
            QTest::addRow("%s in %dx%d", names[arrangement], area.width(), area.height()) << arrangement << area;
    }
}

void TestLiveView::picturesKeepTheirShapeInEveryArrangement()
{
    QFETCH(int, arrangement);
    QFETCH(QSize, area);
    const QRect room(QPoint(0, 0), area);
    const auto geometry = VideoGeometry::of(VideoArrangement(arrangement), room, {640, 480}, {1280, 720}, 0.5);
    QVERIFY(room.contains(geometry.output));
    QVERIFY(qAbs(double(geometry.output.width()) / geometry.output.height() - 16.0 / 9) < 0.05);
    const bool hasInput = VideoArrangement(arrangement) != VideoArrangement::OutputOnly;
    QCOMPARE(!geometry.input.isEmpty(), hasInput);
    if (hasInput)
        QVERIFY(room.contains(geometry.input));
    if (VideoArrangement(arrangement) == VideoArrangement::SideBySide) {
        QVERIFY(!geometry.input.intersects(geometry.output));
        QVERIFY(qAbs(double(geometry.input.width()) / geometry.input.height() - 4.0 / 3) < 0.05);
    }
}

void TestLiveView::sideBySideStacksWhereThatShowsThemLarger()
{
    const auto wide = VideoGeometry::of(VideoArrangement::SideBySide, QRect(0, 0, 800, 260), {640, 480}, {640, 480}, 0.5);
    QCOMPARE(wide.input.top(), wide.output.top());
    const auto high = VideoGeometry::of(VideoArrangement::SideBySide, QRect(0, 0, 300, 700), {640, 480}, {640, 480}, 0.5);
    QVERIFY(high.output.top() > high.input.bottom());
}

void TestLiveView::theDividerIsWhereItWasPut()
{
    const auto geometry = VideoGeometry::of(VideoArrangement::Split, QRect(0, 0, 400, 322), {640, 480}, {640, 480}, 0.25);
    QCOMPARE(geometry.input, geometry.output);
    QCOMPARE(geometry.divider, geometry.output.left() + geometry.output.width() / 4);
    QCOMPARE(VideoGeometry::of(VideoArrangement::Overlay, QRect(0, 0, 400, 322), {640, 480}, {640, 480}, 0.25).divider, -1);
}

void TestLiveView::theFrameClockIsReadBackFromTheWidget_data()
{
    QTest::addColumn<QSize>("window");
    QTest::addColumn<QSize>("picture");
    QTest::newRow("smaller") << QSize(704, 240) << QSize(640, 480);
    QTest::newRow("larger") << QSize(1600, 700) << QSize(320, 240);
    QTest::newRow("wide picture") << QSize(704, 240) << QSize(1280, 720);
}

void TestLiveView::theFrameClockIsReadBackFromTheWidget()
{
    QFETCH(QSize, window);
    QFETCH(QSize, picture);
    VideoView view;
    view.resize(window);
    view.show();
    QSignalSpy shown(&view, &VideoView::outputShown);
    const media::Frame in = pattern(5000, {picture.width(), picture.height(), 30});
    const media::Frame out = pattern(4998, {picture.width(), picture.height(), 30});
    view.feed(Side::Input)->submit(in);
    view.feed(Side::Output)->submit(out);
    QTRY_VERIFY(!view.picture(Side::Input).isNull());
    QTRY_VERIFY(!shown.isEmpty());
    QCOMPARE(shown.last().first().toLongLong(), out.pts());
    // The feeds learn of the picture's shape from the first one and convert it again for its room.
    const auto fits = [&](Side side, const QRect &room) {
        const QSize off = room.size() - view.picture(side).size();
        return qAbs(off.width()) <= 2 && qAbs(off.height()) <= 2;
    };
    QTRY_VERIFY(fits(Side::Output, view.geometryNow().output) && fits(Side::Input, view.geometryNow().input));
    QCOMPARE(media::readFrameClock(grabbed(view, Side::Input)), std::optional<std::uint32_t>(5000));
    QCOMPARE(media::readFrameClock(grabbed(view, Side::Output)), std::optional<std::uint32_t>(4998));
}

void TestLiveView::aRunningPatternIsShownInOrder()
{
    VideoView view;
    view.resize(704, 260);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QList<std::uint32_t> clocks;
    QList<qint64> times;
    connect(&view, &VideoView::outputShown, this, [&](qint64 pts) {
        times.append(pts);
        if (const auto clock = media::readFrameClock(grabbed(view, Side::Output)))
            clocks.append(*clock);
    });
    media::TestPatternSource source({640, 480, 30});
    media::SourceOutput output;
    output.frame = [feed = view.feed(Side::Output), other = view.feed(Side::Input)](const media::Frame &frame) {
        feed->submit(frame);
        other->submit(frame);
    };
    source.start(output);
    QTRY_VERIFY(clocks.size() >= 20);
    source.stop();
    QVERIFY(std::is_sorted(clocks.cbegin(), clocks.cend()));
    QVERIFY(std::is_sorted(times.cbegin(), times.cend()));
    // 20 pictures of 30 a second: hardly any may be missing, even on a busy machine.
    QVERIFY2(clocks.last() - clocks.first() < 40, qPrintable(QString::number(clocks.last() - clocks.first())));
}

void TestLiveView::onlyTheNewestPictureIsConverted()
{
    VideoView view;
    view.resize(704, 260);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    const auto feed = view.feed(Side::Output);
    // Without the event loop nothing is painted: far more come than can be shown.
    for (std::uint32_t number = 0; number < 300; ++number)
        feed->submit(pattern(number, {1280, 720, 30}));
    QSignalSpy shown(&view, &VideoView::outputShown);
    QTRY_VERIFY(!shown.isEmpty() && shown.last().first().toLongLong() == pattern(299).pts());
    QCOMPARE(feed->counters().submitted, quint64(300));
    QVERIFY(feed->counters().taken <= 10);
    QVERIFY(feed->counters().converted <= feed->counters().submitted + 2);
}

void TestLiveView::nothingIsConvertedWhileHidden()
{
    VideoView view;
    view.resize(704, 260);
    view.setArrangement(VideoArrangement::OutputOnly);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.feed(Side::Input)->submit(pattern(1));
    view.feed(Side::Output)->submit(pattern(2));
    QTRY_VERIFY(!view.picture(Side::Output).isNull());
    QCOMPARE(view.feed(Side::Input)->counters().converted, quint64(0));
    view.hide();
    const quint64 before = view.feed(Side::Output)->counters().converted;
    view.feed(Side::Output)->submit(pattern(3));
    // It is there for a snapshot all the same, and appears when the view does.
    QCOMPARE(media::readFrameClock(view.feed(Side::Output)->lastFrame()), std::optional<std::uint32_t>(3));
    QCOMPARE(view.feed(Side::Output)->counters().converted, before);
    QSignalSpy shown(&view, &VideoView::outputShown);
    view.show();
    QTRY_VERIFY(!shown.isEmpty() && shown.last().first().toLongLong() == pattern(3).pts());
}

void TestLiveView::aFeedOutlivesItsView()
{
    auto view = std::make_unique<VideoView>();
    view->resize(704, 260);
    view->show();
    const auto feed = view->feed(Side::Output);
    std::atomic<bool> stop = false;
    std::thread writer([&] {
        for (std::uint32_t number = 0; !stop; ++number)
            feed->submit(pattern(number, {64, 48, 30}));
    });
    QTRY_VERIFY(!view->picture(Side::Output).isNull());
    view.reset();
    QCoreApplication::processEvents();
    stop = true;
    writer.join();
    QVERIFY(feed->counters().submitted > 0);
}

void TestLiveView::keysAskForPauseAndFullScreenAndMoveTheDivider()
{
    VideoView view;
    view.resize(704, 260);
    view.show();
    QSignalSpy pause(&view, &VideoView::pauseRequested);
    QSignalSpy full(&view, &VideoView::fullScreenRequested);
    QTest::keyClick(&view, Qt::Key_Space);
    QCOMPARE(pause.count(), 1);
    QTest::keyClick(&view, Qt::Key_F);
    QCOMPARE(full.count(), 1);
    QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(view.split(), 0.5); // there is no divider side by side
    view.setArrangement(VideoArrangement::Split);
    QSignalSpy moved(&view, &VideoView::splitMoved);
    QTest::keyClick(&view, Qt::Key_Right);
    QVERIFY(view.split() > 0.5);
    QCOMPARE(moved.count(), 1);
    for (int i = 0; i < 100; ++i)
        QTest::keyClick(&view, Qt::Key_Left);
    QCOMPARE(view.split(), 0.0);
}

void TestLiveView::draggingTheDividerMovesIt()
{
    VideoView view;
    view.resize(500, 322);
    view.setArrangement(VideoArrangement::Split);
    view.show();
    const VideoGeometry geometry = view.geometryNow();
    const int y = geometry.output.center().y();
    QTest::mousePress(&view, Qt::LeftButton, {}, QPoint(geometry.divider, y));
    QTest::mouseMove(&view, QPoint(geometry.output.left() + geometry.output.width() * 3 / 4, y));
    QTRY_VERIFY(qAbs(view.split() - 0.75) < 0.02);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, QPoint(geometry.divider, y));
    QTest::mouseMove(&view, QPoint(geometry.output.left(), y));
    QCoreApplication::processEvents();
    QVERIFY(view.split() > 0.7);
}

void TestLiveView::wordsStandWhereThereIsNoPicture()
{
    VideoView view;
    view.resize(704, 260);
    view.show();
    const QImage before = view.grab().toImage();
    view.setWords(Side::Output, QStringLiteral("Waiting for the first picture…"));
    QVERIFY(view.grab().toImage() != before);
    QCOMPARE(view.accessibleDescription(), QStringLiteral("Waiting for the first picture…"));
}

QTEST_MAIN(TestLiveView)
#include "tst_live_view.moc"
