// Files that end before the session does, whose clocks jump, or that are faster than anybody wants.
#include "odd_files.h"

#include <cmath>

using namespace media_test;

namespace {

/// "" when each picture follows the one before it after `interval`, give or take a share of it.
QString unsteadiness(const std::vector<Frame> &frames, qint64 interval, double share = 0.3)
{
    for (std::size_t i = 1; i < frames.size(); ++i) {
        const qint64 step = frames[i].pts() - frames[i - 1].pts();
        if (std::abs(double(step - interval)) > share * double(interval))
            return QStringLiteral("a step of %1 instead of %2 before picture %3").arg(step).arg(interval).arg(i);
    }
    return {};
}

QString holes(const QList<AudioChunk> &sounds)
{
    for (qsizetype i = 1; i < sounds.size(); ++i) {
        const qint64 end = sounds[i - 1].pts + sounds[i - 1].sampleCount() * ticksPerSecond / sounds[i - 1].format.sampleRate;
        if (std::llabs(sounds[i].pts - end) > ticksPerSecond / 5)
            return QStringLiteral("%1 ticks before sound %2").arg(sounds[i].pts - end).arg(i);
    }
    return {};
}

double meanDifference(const Frame &one, const Frame &other)
{
    double sum = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x)
            sum += std::abs(one.plane(0)[qsizetype(y) * one.stride(0) + x] - other.plane(0)[qsizetype(y) * other.stride(0) + x]);
    }
    return sum / one.width() / one.height();
}

const QStringList x264{"-c:v", "libx264", "-pix_fmt", "yuv420p"};

} // namespace

class TestMediaTimes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aFileRepeatsWithAllItsPictures_data();
    void aFileRepeatsWithAllItsPictures();
    void aFileWithSoundRepeatsWithIt();
    void repeatingInRealTimeHoldsTheRate();
    void timeThatJumpsIsSmoothed_data();
    void timeThatJumpsIsSmoothed();
    void soundAndPictureStayTogetherOverJumps_data();
    void soundAndPictureStayTogetherOverJumps();
    void aPauseThatTheSoundFillsIsNoJump();
    void whatIsFasterThanAskedForIsThinned_data();
    void whatIsFasterThanAskedForIsThinned();
    void aVaryingRateIsKeptAsItIs();
    void soundThatGoesBackEndsNothing();

private:
    void makeParts();
    OddFiles m_files;
};

void TestMediaTimes::initTestCase()
{
    makeParts();
}

/// One key frame and pictures that refer to later ones, as the encoder does by default; at different times.
void TestMediaTimes::makeParts()
{
    m_files.makePattern("a.ts", "320x240", 25, 2, x264);
    m_files.makePattern("later.ts", "320x240", 25, 2, x264 + QStringList{"-output_ts_offset", "3600"});
    m_files.makePattern("soon.ts", "320x240", 25, 2, x264 + QStringList{"-output_ts_offset", "9"});
    m_files.makePattern("wrap.ts", "320x240", 25, 2, x264 + QStringList{"-muxdelay", "0", "-output_ts_offset", "95442.7"});
    m_files.makePattern("mpeg2.ts", "320x240", 25, 2, {"-c:v", "mpeg2video", "-bf", "2", "-b:v", "2M"});
    const QStringList sound{"-f", "lavfi", "-i", "sine=440:d=2", "-c:a", "aac"};
    m_files.makePattern("sound.ts", "320x240", 25, 2, sound + x264);
    m_files.makePattern("soundlater.ts", "320x240", 25, 2, sound + x264 + QStringList{"-output_ts_offset", "7200"});
    m_files.makePattern("soundmp2.ts", "320x240", 25, 2, QStringList{"-f", "lavfi", "-i", "sine=880:d=2", "-c:a", "mp2", "-c:v", "mpeg2video", "-b:v", "2M"});
}

void TestMediaTimes::aFileRepeatsWithAllItsPictures_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("MPEG-TS, one key frame") << "once.ts" << x264;
    QTest::newRow("MPEG-TS, a key frame a second") << "keys.ts" << x264 + QStringList{"-g", "25"};
    QTest::newRow("open groups of pictures") << "open.ts" << x264 + QStringList{"-g", "12", "-x264-params", "open-gop=1"};
    QTest::newRow("MPEG-2 in MPEG-TS") << "two.ts" << QStringList{"-c:v", "mpeg2video", "-bf", "2", "-b:v", "3M"};
    QTest::newRow("MPEG program stream") << "two.mpg" << QStringList{"-c:v", "mpeg2video", "-bf", "2", "-b:v", "3M"};
    QTest::newRow("MP4 with an edit list") << "edit.mp4" << x264;
    QTest::newRow("MP4 that begins before zero") << "negative.mp4" << x264 + QStringList{"-movflags", "negative_cts_offsets"};
    QTest::newRow("Matroska") << "loop.mkv" << x264;
    QTest::newRow("AVI") << "loop.avi" << QStringList{"-c:v", "mpeg4", "-bf", "2", "-b:v", "3M"};
    QTest::newRow("raw H.264") << "loop.h264" << x264;
    QTest::newRow("WebM") << "loop.webm" << QStringList{"-c:v", "libvpx", "-b:v", "2M", "-deadline", "realtime"};
    QTest::newRow("GIF") << "loop.gif" << QStringList{};
    QTest::newRow("FLV") << "loop.flv" << x264;
}

void TestMediaTimes::aFileRepeatsWithAllItsPictures()
{
    QFETCH(QString, name);
    QFETCH(QStringList, arguments);
    constexpr int each = 30;
    m_files.makePattern(name, "320x240", 25, double(each) / 25, arguments);
    Playing playing(m_files.path(name), {.loop = true, .realTime = false});
    playing.run(3 * each - 10);
    const auto &frames = playing.given();
    QCOMPARE(int(frames.size()), 3 * each - 10);
    QCOMPARE(unsteadiness(frames, 3600), QString());
    for (const std::size_t i : {0, 1, 7, 15, 19}) {
        QVERIFY2(meanDifference(frames[i], frames[i + each]) < 0.01, qPrintable(QString::number(i)));
        QVERIFY2(meanDifference(frames[i], frames[i + 2 * each]) < 0.01, qPrintable(QString::number(i)));
        QVERIFY(meanDifference(frames[i], frames[i + 3]) > 0.01);
    }
    QCOMPARE(int(playing.back().size()), int(frames.size()));
}

void TestMediaTimes::aFileWithSoundRepeatsWithIt()
{
    Playing playing(m_files.path("sound.ts"), {.loop = true, .realTime = false});
    playing.run(140);
    QCOMPARE(holes(playing.sounds()), QString());
    // From end to end as much sound as picture: what begins late or ends early at a seam is short.
    qint64 samples = 0;
    for (const AudioChunk &chunk : playing.sounds())
        samples += chunk.sampleCount();
    QVERIFY2(std::abs(double(samples) / 48'000 - 140.0 / 25) < 0.7, qPrintable(QString::number(samples)));
    QCOMPARE(unsteadiness(playing.given(), 3600, 1.6), QString()); // at the seams the longer of the two decides
}

void TestMediaTimes::repeatingInRealTimeHoldsTheRate()
{
    Playing playing(m_files.path("a.ts"), {.loop = true, .realTime = true});
    const SteadyTime start = steadyNow();
    playing.run(125);
    const double seconds = std::chrono::duration<double>(steadyNow() - start).count();
    QCOMPARE(unsteadiness(playing.given(), 3600), QString());
    QVERIFY2(seconds > 4.7, qPrintable(QString::number(seconds))); // five seconds' worth, and no haste over the two seams
}

void TestMediaTimes::timeThatJumpsIsSmoothed_data()
{
    QTest::addColumn<QStringList>("parts");
    QTest::addColumn<int>("pictures");
    QTest::newRow("back, twice") << QStringList{"a.ts", "a.ts", "a.ts"} << 150;
    QTest::newRow("ahead by an hour") << QStringList{"a.ts", "later.ts"} << 100;
    QTest::newRow("back by an hour") << QStringList{"later.ts", "a.ts"} << 100;
    QTest::newRow("ahead by seconds, and back") << QStringList{"a.ts", "soon.ts", "a.ts"} << 150;
    QTest::newRow("over the end of the clock, and back") << QStringList{"wrap.ts", "later.ts"} << 100;
    QTest::newRow("another codec's, too") << QStringList{"mpeg2.ts", "mpeg2.ts", "mpeg2.ts"} << 150;
}

void TestMediaTimes::timeThatJumpsIsSmoothed()
{
    QFETCH(QStringList, parts);
    QFETCH(int, pictures);
    m_files.join("joined.ts", parts);
    Playing playing(m_files.path("joined.ts"));
    playing.run(10 * pictures);
    QVERIFY2(std::abs(int(playing.given().size()) - pictures) <= int(parts.size()) - 1, qPrintable(QString::number(playing.given().size())));
    QCOMPARE(unsteadiness(playing.given(), 3600, 1.1), QString()); // a picture may be lost where files are cut
    QCOMPARE(playing.back().size(), playing.given().size());
}

void TestMediaTimes::soundAndPictureStayTogetherOverJumps_data()
{
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("back, twice") << QStringList{"sound.ts", "sound.ts", "sound.ts"};
    QTest::newRow("ahead by hours, and back") << QStringList{"sound.ts", "soundlater.ts", "sound.ts"};
    QTest::newRow("MPEG-2") << QStringList{"soundmp2.ts", "soundmp2.ts", "soundmp2.ts"};
}

void TestMediaTimes::soundAndPictureStayTogetherOverJumps()
{
    QFETCH(QStringList, parts);
    m_files.join("joined.ts", parts);
    Playing playing(m_files.path("joined.ts"));
    playing.run(1000);
    QVERIFY(std::abs(int(playing.given().size()) - 150) <= 3);
    QCOMPARE(holes(playing.sounds()), QString());
    const qint64 pictureEnd = playing.given().back().pts();
    const qint64 soundEnd = playing.sounds().back().pts;
    QVERIFY2(std::llabs(pictureEnd - soundEnd) < ticksPerSecond / 4, qPrintable(QString::number(pictureEnd - soundEnd)));
    QVERIFY(pictureEnd - playing.given().front().pts() < 6.5 * ticksPerSecond);
    QCOMPARE(playing.back().size(), playing.given().size());
}

void TestMediaTimes::aPauseThatTheSoundFillsIsNoJump()
{
    // Slides with a talk: the second one comes after 12 seconds.
    m_files.make("slides.mkv", {"-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=13", "-f", "lavfi", "-i", "sine=440:d=14", "-vf", "select='eq(n,0)+gte(n,300)'", "-vsync", "vfr",
                                   "-c:v", "libx264", "-pix_fmt", "yuv420p", "-bf", "0", "-c:a", "aac"});
    Playing playing(m_files.path("slides.mkv"));
    playing.run(10);
    QVERIFY2(std::llabs(playing.given()[1].pts() - playing.given()[0].pts() - 12 * ticksPerSecond) < ticksPerSecond / 10,
        qPrintable(QString::number(playing.given()[1].pts() - playing.given()[0].pts())));
}

void TestMediaTimes::whatIsFasterThanAskedForIsThinned_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<double>("bound");
    QTest::addColumn<double>("given");
    QTest::newRow("1000 a second") << 1000 << 60.0 << 60.0;
    QTest::newRow("a phone's slow motion") << 240 << 60.0 << 60.0;
    QTest::newRow("fewer asked for") << 60 << 25.0 << 25.0;
    QTest::newRow("as many as there are") << 60 << 60.0 << 60.0;
    QTest::newRow("more asked for") << 25 << 60.0 << 25.0;
    QTest::newRow("no bound") << 100 << 0.0 << 100.0;
}

void TestMediaTimes::whatIsFasterThanAskedForIsThinned()
{
    QFETCH(int, rate);
    QFETCH(double, bound);
    QFETCH(double, given);
    const QString name = rate > 240 ? "fast.mp4" : "fast.mkv"; // the latter's times are rounded to milliseconds
    m_files.makePattern(name, "160x120", rate, 1.5, x264 + QStringList{"-preset", "ultrafast"});
    Playing playing(m_files.path(name), {.loop = false, .realTime = false, .maxFramesPerSecond = bound});
    playing.run(10'000);
    QVERIFY2(std::abs(double(playing.given().size()) - 1.5 * given) <= 2, qPrintable(QString::number(playing.given().size())));
    QVERIFY(std::abs(playing.source().format().framesPerSecond - given) < 0.5);
    QCOMPARE(unsteadiness(playing.given(), qint64(double(ticksPerSecond) / given), 0.6), QString());
}

void TestMediaTimes::aVaryingRateIsKeptAsItIs()
{
    m_files.make("vfr.mp4", {"-f", "lavfi", "-i", "testsrc2=s=320x240:r=30:d=2", "-vf", "select='not(mod(n,3))+gt(n,30)'", "-vsync", "vfr", "-c:v", "libx264", "-pix_fmt", "yuv420p"});
    Playing playing(m_files.path("vfr.mp4"));
    playing.run(1000);
    QCOMPARE(int(playing.given().size()), 40); // 11 of the first 31, then all of 29
    QCOMPARE(playing.given()[1].pts() - playing.given()[0].pts(), 9000);
    QCOMPARE(playing.given()[39].pts() - playing.given()[38].pts(), 3000);
}

void TestMediaTimes::soundThatGoesBackEndsNothing()
{
    // Also a source that is no file may do it.
    EncoderSettings settings;
    settings.audio = AudioFormat{48'000, 1};
    Decoded decoded;
    Decoder decoder({}, decoded.output());
    auto encoder = orThrow(Encoder::create(settings, [&](const TsChunk &chunk) { orThrow(decoder.feed(inputOf(chunk))); }));
    const auto sound = [&](qint64 pts) { return encoder->encode(AudioChunk{*settings.audio, QList<float>(1600, 0.1F), pts}); };
    for (std::uint32_t i = 0; i < 90; ++i) {
        QVERIFY(encoder->encode(patternFrame(i)));
        const qint64 back = i >= 30 && i < 60 ? ticksPerSecond : 0;
        const auto done = sound(ticksPerSecond + i * frameTicks - back);
        QVERIFY2(done, done ? "" : qPrintable(done.error().message()));
    }
    orThrow(encoder->finish());
    orThrow(decoder.finish());
    QCOMPARE(int(decoded.frames.size()), 90);
    for (qsizetype i = 1; i < decoded.sounds.size(); ++i)
        QVERIFY(decoded.sounds[i].pts > decoded.sounds[i - 1].pts);
    QVERIFY(decoded.sounds.last().pts > 3 * ticksPerSecond);
}

QTEST_GUILESS_MAIN(TestMediaTimes)
#include "tst_media_times.moc"
