// Filter graphs: what they do, and changing them while they run.
#include "media_test_support.h"

#include "sluice/media/filter_graph.h"

#include <QtTest/QTest>

using namespace media_test;

namespace {

/// Mean distance of chroma from grey in the middle of the picture.
int colour(const Frame &frame)
{
    int sum = 0;
    for (int x = 0; x < frame.width() / 2; ++x)
        sum += std::abs(frame.plane(1)[frame.stride(1) * (frame.height() / 4) + x] - 128);
    return sum / (frame.width() / 2);
}

} // namespace

class TestMediaFilters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFilterChangesThePictureAndKeepsItsTimes();
    void anEmptyDescriptionPassesFramesThrough();
    void aCommandChangesTheNextFrame();
    void commandsSurviveAChangeOfSize();
    void anotherDescriptionTakesOverBetweenFrames();
    void aWrongDescriptionIsRefusedInWordsAndTheOldOneStays();
    void aCommandThatNoFilterTakesIsRefused();
    void aFilterWithMemoryGivesTheTimesOfItsFrames();
    void demoGraphsRunAsVideo_data();
    void demoGraphsRunAsVideo();
};

void TestMediaFilters::aFilterChangesThePictureAndKeepsItsTimes()
{
    auto graph = orThrow(FilterGraph::create("hue=s=0"));
    const Frame in = patternFrame(3);
    QVERIFY(colour(in) > 30);
    const auto out = orThrow(graph->filter(in));
    QVERIFY(out);
    QCOMPARE(colour(*out), 0);
    QCOMPARE(out->pts(), in.pts());
    QCOMPARE(out->capturedWallUs(), in.capturedWallUs());
    QVERIFY(out->stamps().at(Stage::Captured) == in.stamps().at(Stage::Captured));
    QVERIFY(colour(in) > 30); // the input is not the filter's to change
}

void TestMediaFilters::anEmptyDescriptionPassesFramesThrough()
{
    auto graph = orThrow(FilterGraph::create(""));
    const auto out = orThrow(graph->filter(patternFrame(9)));
    QCOMPARE(readFrameClock(*out).value_or(0), 9U);
}

void TestMediaFilters::aCommandChangesTheNextFrame()
{
    auto graph = orThrow(FilterGraph::create("hue@look=s=1"));
    QVERIFY(colour(*orThrow(graph->filter(patternFrame(0)))) > 30);
    orThrow(graph->sendCommand("hue@look", "s", "0"));
    QCOMPARE(colour(*orThrow(graph->filter(patternFrame(1)))), 0);
    orThrow(graph->sendCommand("hue", "s", "1"));
    QVERIFY(colour(*orThrow(graph->filter(patternFrame(2)))) > 30);
}

void TestMediaFilters::commandsSurviveAChangeOfSize()
{
    auto graph = orThrow(FilterGraph::create("hue=s=1"));
    orThrow(graph->sendCommand("hue", "s", "0"));
    QCOMPARE(colour(*orThrow(graph->filter(patternFrame(0)))), 0);
    const auto small = orThrow(graph->filter(patternFrame(1, {160, 120, 30})));
    QCOMPARE(small->width(), 160);
    QCOMPARE(colour(*small), 0);
}

void TestMediaFilters::anotherDescriptionTakesOverBetweenFrames()
{
    auto graph = orThrow(FilterGraph::create("hue=s=0"));
    for (std::uint32_t i = 0; i < 30; ++i) {
        if (i == 10)
            orThrow(graph->setDescription("scale=320:240"));
        if (i == 20)
            orThrow(graph->setDescription("split[a][b];[b]hflip[c];[a][c]overlay=x=W/2"));
        const auto out = orThrow(graph->filter(patternFrame(i)));
        QVERIFY(out);
        QCOMPARE(out->width(), i >= 10 && i < 20 ? 320 : 640);
        QCOMPARE(out->pts(), ticksPerSecond + i * frameTicks);
    }
}

void TestMediaFilters::aWrongDescriptionIsRefusedInWordsAndTheOldOneStays()
{
    auto graph = orThrow(FilterGraph::create("hue=s=0"));
    for (const char *wrong : {"nosuchfilter=3", "hue=s=0,[x]", "gblur=sigma=-1", "split", "sine"}) {
        const auto changed = graph->setDescription(wrong);
        QVERIFY2(!changed, wrong);
        QCOMPARE(changed.error().kind(), Error::Kind::InvalidInput);
        QVERIFY(changed.error().message().contains(wrong));
    }
    QVERIFY2(graph->setDescription("nosuchfilter").error().message().contains("No such filter"), "FFmpeg's reason is told");
    QCOMPARE(graph->description(), "hue=s=0");
    QCOMPARE(colour(*orThrow(graph->filter(patternFrame(0)))), 0);
    QVERIFY(!FilterGraph::create("nosuchfilter"));
}

void TestMediaFilters::aCommandThatNoFilterTakesIsRefused()
{
    auto graph = orThrow(FilterGraph::create("hue=s=0"));
    QVERIFY(!graph->sendCommand("gblur", "sigma", "1"));
    QVERIFY(!graph->sendCommand("hue", "nosuchthing", "1"));
    QCOMPARE(graph->sendCommand("hue", "nosuchthing", "1").error().kind(), Error::Kind::InvalidInput);
}

void TestMediaFilters::aFilterWithMemoryGivesTheTimesOfItsFrames()
{
    auto graph = orThrow(FilterGraph::create("tmix=frames=1,select='not(mod(n,2))'"));
    QList<qint64> pts;
    for (std::uint32_t i = 0; i < 6; ++i) {
        if (const auto out = orThrow(graph->filter(patternFrame(i)))) {
            pts.append((out->pts() - ticksPerSecond) / frameTicks);
            QVERIFY(out->stamps().at(Stage::Captured));
        }
    }
    QCOMPARE(pts, (QList<qint64>{0, 2, 4}));
}

void TestMediaFilters::demoGraphsRunAsVideo_data()
{
    QTest::addColumn<QString>("graph");
    QTest::newRow("edges") << "edgedetect=low=0.1:high=0.3";
    QTest::newRow("cartoon") << "edgedetect=mode=colormix:high=0.1";
    QTest::newRow("blur") << "gblur=sigma=8";
    QTest::newRow("mirror") << "hflip";
    QTest::newRow("pixels") << "pixelize=w=16:h=16";
}

void TestMediaFilters::demoGraphsRunAsVideo()
{
    QFETCH(QString, graph);
    auto filter = orThrow(FilterGraph::create(graph));
    for (std::uint32_t i = 0; i < 10; ++i) {
        const auto out = orThrow(filter->filter(patternFrame(i)));
        QVERIFY(out);
        QCOMPARE(out->width(), 640);
        QCOMPARE(out->pts(), ticksPerSecond + i * frameTicks);
    }
}

QTEST_GUILESS_MAIN(TestMediaFilters)
#include "tst_media_filters.moc"
