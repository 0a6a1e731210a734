// The frame clock is read back from whatever was done to the picture, and never from a picture without one.
#include "media_test_support.h"

#include "sluice/media/filter_graph.h"

#include <QtTest/QTest>

#include <random>

using namespace media_test;

class TestMediaClock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyBitIsReadBack();
    void itSurvives_data();
    void itSurvives();
    void itSurvivesLowBitrates();
    void sizesDownToATestPicture_data();
    void sizesDownToATestPicture();
    void aPictureWithoutAClockHasNoNumber();
    void oneWrongBlockIsNoticed();
    void thePatternIsTheSameEveryTimeAndMoves();
};

void TestMediaClock::everyBitIsReadBack()
{
    QList<std::uint32_t> all{0, 0xffffff, 0xaaaaaa, 0x555555};
    for (int bit = 0; bit < 24; ++bit)
        all.append(1U << bit);
    for (const std::uint32_t number : all) {
        Frame frame = Frame::allocate(640, 480);
        drawFrameClock(frame, number);
        QCOMPARE(readFrameClock(frame).value_or(~0U), number);
    }
    Frame frame = Frame::allocate(640, 480);
    drawFrameClock(frame, frameClockModulus + 7);
    QCOMPARE(readFrameClock(frame).value_or(~0U), 7U);
}

void TestMediaClock::itSurvives_data()
{
    QTest::addColumn<QString>("graph");
    QTest::newRow("grey") << "hue=s=0";
    QTest::newRow("hue") << "hue=h=120:s=2";
    QTest::newRow("blur") << "gblur=sigma=6";
    QTest::newRow("box blur") << "boxblur=4:2";
    QTest::newRow("half size") << "scale=320:240:flags=area";
    QTest::newRow("odd scale") << "scale=854:482";
    QTest::newRow("mirrored") << "hflip";
    QTest::newRow("upside down") << "vflip";
    QTest::newRow("negated") << "negate";
    QTest::newRow("negated, mirrored") << "negate,hflip";
    QTest::newRow("darker") << "eq=brightness=-0.3:contrast=0.6";
    QTest::newRow("noise") << "noise=alls=40:allf=t";
}

void TestMediaClock::itSurvives()
{
    QFETCH(QString, graph);
    auto filter = orThrow(FilterGraph::create(graph));
    std::minstd_rand random(7);
    for (int i = 0; i < 20; ++i) {
        const std::uint32_t number = std::uint32_t(random()) % frameClockModulus;
        Frame frame = patternFrame(number);
        const auto out = orThrow(filter->filter(frame));
        QVERIFY(out);
        QCOMPARE(readFrameClock(*out).value_or(~0U), number);
    }
}

void TestMediaClock::itSurvivesLowBitrates()
{
    EncoderSettings settings;
    settings.bitrateKbps = 150;
    Decoded decoded;
    Decoder decoder({}, decoded.output());
    const QList<TsChunk> chunks = encodePattern(60, settings);
    qsizetype bytes = 0;
    for (const TsChunk &chunk : chunks) {
        bytes += chunk.bytes.size();
        orThrow(decoder.feed(inputOf(chunk)));
    }
    QVERIFY2(bytes < 120'000, qPrintable(QString::number(bytes))); // two seconds, tables and padding included
    QCOMPARE(decoded.clocks(), numbers(0, 60));
}

void TestMediaClock::sizesDownToATestPicture_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("160x120") << 160 << 120;
    QTest::newRow("odd") << 333 << 251;
    QTest::newRow("720p") << 1280 << 720;
    QTest::newRow("portrait") << 480 << 854;
}

void TestMediaClock::sizesDownToATestPicture()
{
    QFETCH(int, width);
    QFETCH(int, height);
    const Frame frame = drawTestPattern({width, height, 25}, 123'456);
    QCOMPARE(frame.width(), width + width % 2);
    QCOMPARE(readFrameClock(frame).value_or(0), 123'456U);
}

void TestMediaClock::aPictureWithoutAClockHasNoNumber()
{
    std::minstd_rand random(1);
    Frame frame = Frame::allocate(640, 480);
    for (int i = 0; i < 200; ++i) {
        std::uint8_t *const luma = frame.writablePlane(0);
        const int block = 1 << i % 7;
        for (int y = 0; y < 480; ++y) {
            for (int x = 0; x < 640; ++x) {
                const bool first = y % block == 0 && x % block == 0;
                luma[y * frame.stride(0) + x] = first ? std::uint8_t(random()) : luma[(y - y % block) * frame.stride(0) + x - x % block];
            }
        }
        QVERIFY(!readFrameClock(frame));
    }
    QVERIFY(!readFrameClock(Frame()));
    QVERIFY(!readFrameClock(Frame::allocate(16, 16)));
}

void TestMediaClock::oneWrongBlockIsNoticed()
{
    for (int column = 0; column < 18; ++column) {
        Frame frame = patternFrame(0x123456);
        std::uint8_t *const luma = frame.writablePlane(0);
        for (int y = 0; y < 40; ++y) {
            for (int x = 640 * column / 18; x < 640 * (column + 1) / 18; ++x)
                luma[y * frame.stride(0) + x] = std::uint8_t(251 - luma[y * frame.stride(0) + x]);
        }
        QVERIFY(!readFrameClock(frame));
    }
}

void TestMediaClock::thePatternIsTheSameEveryTimeAndMoves()
{
    const auto pixels = [](const Frame &frame) {
        QByteArray rgb(qsizetype(frame.width()) * frame.height() * 4, '\0');
        frame.toRgb32(reinterpret_cast<std::uint8_t *>(rgb.data()), qsizetype(frame.width()) * 4);
        return rgb;
    };
    const QByteArray one = pixels(patternFrame(100));
    QCOMPARE(pixels(patternFrame(100)), one);
    QVERIFY(pixels(patternFrame(101)) != one);
    // White digits and clock, and a colour bar that is as it should be: yellow, the second of eight.
    const auto *words = reinterpret_cast<const std::uint32_t *>(one.constData());
    const std::uint32_t bar = words[100 * 640 + 120];
    QVERIFY2((bar >> 16 & 0xff) > 150 && (bar >> 8 & 0xff) > 150 && (bar & 0xff) < 60, qPrintable(QString::number(bar, 16)));
    QCOMPARE(bar >> 24, 0xffU);
}

QTEST_GUILESS_MAIN(TestMediaClock)
#include "tst_media_clock.moc"
