// The test pattern and files as sources in real time.
#include "media_test_support.h"

#include "sluice/media/file_source.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <atomic>
#include <cmath>
#include <mutex>

using namespace media_test;

namespace {

/// Collects from a source's thread.
class Sink {
public:
    SourceOutput output()
    {
        return {.frame = [this](Frame frame) {
                    const std::lock_guard lock(m_mutex);
                    m_frames.push_back(std::move(frame));
                },
            .audio = [this](AudioChunk chunk) {
                const std::lock_guard lock(m_mutex);
                m_samples += chunk.sampleCount();
                m_soundPts.append(chunk.pts);
            },
            .failed = [this](Error error) {
                const std::lock_guard lock(m_mutex);
                m_error = std::move(error);
            },
            .ended = [this] { m_ended = true; }};
    }
    [[nodiscard]] int count() const
    {
        const std::lock_guard lock(m_mutex);
        return int(m_frames.size());
    }
    [[nodiscard]] bool ended() const { return m_ended; }
    // Once the source has stopped:
    [[nodiscard]] QList<int> clocks() const
    {
        QList<int> list;
        for (const Frame &frame : m_frames)
            list.append(int(readFrameClock(frame).value_or(~0U)));
        return list;
    }
    [[nodiscard]] const std::vector<Frame> &frames() const { return m_frames; }
    [[nodiscard]] qint64 samples() const { return m_samples; }
    [[nodiscard]] QList<qint64> soundPts() const { return m_soundPts; }
    [[nodiscard]] std::optional<Error> error() const { return m_error; }

private:
    mutable std::mutex m_mutex;
    std::vector<Frame> m_frames;
    qint64 m_samples = 0;
    QList<qint64> m_soundPts;
    std::optional<Error> m_error;
    std::atomic<bool> m_ended = false;
};

} // namespace

class TestMediaSources : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void thePatternCountsItsFramesInRealTime();
    void thePatternHasSoundWhenAskedFor();
    void aPausedSourceDeliversNothing();
    void aFileIsPlayedToItsEndWithItsSound();
    void aFileThatLoopsGoesOnInTime();
    void aFileInRealTimeTakesItsTime();
    void aLargeFileIsScaledDown();
    void aFileThatCannotBePlayedSaysWhy_data();
    void aFileThatCannotBePlayedSaysWhy();

private:
    QTemporaryDir m_folder;
    QString m_file;
};

void TestMediaSources::initTestCase()
{
    m_file = m_folder.filePath("pattern.ts");
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    EncoderSettings settings;
    settings.audio = AudioFormat{48'000, 2};
    auto encoder = orThrow(Encoder::create(settings, [&](TsChunk chunk) { file.write(chunk.bytes); }));
    for (std::uint32_t i = 0; i < 20; ++i) {
        orThrow(encoder->encode(patternFrame(i)));
        orThrow(encoder->encode(AudioChunk{*settings.audio, QList<float>(3200, 0.1F), ticksPerSecond + i * frameTicks}));
    }
    orThrow(encoder->finish());
    QFile text(m_folder.filePath("notes.txt"));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("This is not a video.\n");
    QFile list(m_folder.filePath("list.m3u8"));
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.write("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/secret.ts\n#EXT-X-ENDLIST\n");
}

void TestMediaSources::thePatternCountsItsFramesInRealTime()
{
    Sink sink;
    TestPatternSource source({320, 240, 60});
    const SteadyTime start = steadyNow();
    source.start(sink.output());
    QTRY_VERIFY_WITH_TIMEOUT(sink.count() >= 30, 10'000);
    const auto elapsed = steadyNow() - start;
    source.stop();
    QVERIFY(elapsed >= std::chrono::milliseconds(470)); // 29 intervals of a sixtieth
    QCOMPARE(sink.clocks(), numbers(0, int(sink.frames().size())));
    for (std::size_t i = 1; i < sink.frames().size(); ++i) {
        QCOMPARE(sink.frames()[i].pts() - sink.frames()[i - 1].pts(), 1500);
        QVERIFY(sink.frames()[i].stamps().at(Stage::Captured));
        QVERIFY(sink.frames()[i].capturedWallUs() > 0);
    }
    const int count = sink.count();
    source.stop();
    QCOMPARE(sink.count(), count);
}

void TestMediaSources::thePatternHasSoundWhenAskedFor()
{
    Sink sink;
    TestPatternSource source({160, 120, 30}, AudioFormat{48'000, 2});
    QVERIFY(source.audioFormat());
    QVERIFY(!TestPatternSource().audioFormat());
    source.start(sink.output());
    QTRY_VERIFY_WITH_TIMEOUT(sink.count() >= 10, 10'000);
    source.stop();
    QVERIFY(std::abs(sink.samples() - 1600 * qint64(sink.soundPts().size())) <= 1);
    QCOMPARE(sink.soundPts().first(), sink.frames().front().pts());
}

void TestMediaSources::aPausedSourceDeliversNothing()
{
    Sink sink;
    auto source = orThrow(FileSource::open(m_file));
    source->setPaused(true);
    source->start(sink.output());
    source->setPaused(false);
    QTRY_VERIFY_WITH_TIMEOUT(sink.count() >= 5, 10'000);
    source->setPaused(true);
    source->stop();
    const QList<int> clocks = sink.clocks();
    QCOMPARE(clocks, numbers(0, int(clocks.size()))); // a file stands still while it is paused
}

void TestMediaSources::aFileIsPlayedToItsEndWithItsSound()
{
    Sink sink;
    auto source = orThrow(FileSource::open(m_file, {.loop = false, .realTime = false}));
    QCOMPARE(source->format().width, 640);
    QCOMPARE(source->format().height, 480);
    QVERIFY(std::abs(source->format().framesPerSecond - 30) < 0.1);
    QCOMPARE(source->audioFormat().value_or(AudioFormat{0, 0}), (AudioFormat{48'000, 2}));
    QCOMPARE(source->description(), "pattern.ts");
    source->start(sink.output());
    QTRY_VERIFY_WITH_TIMEOUT(sink.ended(), 10'000);
    source->stop();
    QCOMPARE(sink.clocks(), numbers(0, 20));
    QVERIFY2(sink.samples() > 27'000 && sink.samples() < 33'000, qPrintable(QString::number(sink.samples()))); // 0.667 s at 48 kHz
    QVERIFY(!sink.error());
}

void TestMediaSources::aFileThatLoopsGoesOnInTime()
{
    Sink sink;
    auto source = orThrow(FileSource::open(m_file, {.loop = true, .realTime = false}));
    source->start(sink.output());
    QTRY_VERIFY_WITH_TIMEOUT(sink.count() >= 50, 10'000);
    source->stop();
    const QList<int> clocks = sink.clocks();
    QCOMPARE(clocks.mid(0, 50), numbers(0, 20) + numbers(0, 20) + numbers(0, 10));
    for (std::size_t i = 1; i < 50; ++i) {
        const qint64 step = sink.frames()[i].pts() - sink.frames()[i - 1].pts();
        QVERIFY2(step >= 2900 && step <= 6000, qPrintable(QString::number(step)));
    }
}

void TestMediaSources::aFileInRealTimeTakesItsTime()
{
    Sink sink;
    auto source = orThrow(FileSource::open(m_file, {.loop = false}));
    const SteadyTime start = steadyNow();
    source->start(sink.output());
    QTRY_VERIFY_WITH_TIMEOUT(sink.ended(), 10'000);
    QVERIFY(steadyNow() - start >= std::chrono::milliseconds(620)); // 19 intervals of a thirtieth
    source->stop();
}

void TestMediaSources::aLargeFileIsScaledDown()
{
    Sink sink;
    auto source = orThrow(FileSource::open(m_file, {.loop = false, .realTime = false, .maxWidth = 320, .maxHeight = 320}));
    source->start(sink.output());
    QTRY_VERIFY_WITH_TIMEOUT(sink.ended(), 10'000);
    source->stop();
    QCOMPARE(sink.frames().front().width(), 320);
    QCOMPARE(sink.frames().front().height(), 240);
    QCOMPARE(sink.clocks(), numbers(0, 20));
}

void TestMediaSources::aFileThatCannotBePlayedSaysWhy_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("reason");
    QTest::newRow("missing") << "nothing.mp4" << "no such file";
    QTest::newRow("folder") << "." << "folder";
    QTest::newRow("not a video") << "notes.txt" << "notes.txt cannot be used as a source";
    QTest::newRow("a playlist that reaches out") << "list.m3u8" << "list.m3u8 cannot be used as a source";
}

void TestMediaSources::aFileThatCannotBePlayedSaysWhy()
{
    QFETCH(QString, name);
    QFETCH(QString, reason);
    const auto source = FileSource::open(m_folder.filePath(name));
    QVERIFY(!source);
    QCOMPARE(source.error().kind(), Error::Kind::InvalidInput);
    QVERIFY2(source.error().message().contains(reason), qPrintable(source.error().message()));
    QVERIFY(!source.error().advice().isEmpty());
}

QTEST_GUILESS_MAIN(TestMediaSources)
#include "tst_media_sources.moc"
