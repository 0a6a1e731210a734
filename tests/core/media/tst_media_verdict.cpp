// What is no video says so in time, and why; what is one says nothing.
#include "odd_files.h"

using namespace media_test;

namespace {

/// What a decoder that is fed bit by bit says.
struct Said {
    std::mutex mutex;
    std::optional<Error> failed;
    std::optional<Error> noPicture;
    int frames = 0;

    DecoderThread::Output output()
    {
        return {.frame = [this](const Frame &) {
                    const std::lock_guard lock(mutex);
                    ++frames;
                },
            .audio = {},
            .failed = [this](const Error &error) {
                const std::lock_guard lock(mutex);
                failed = error;
            },
            .noPicture = [this](const Error &error) {
                const std::lock_guard lock(mutex);
                noPicture = error;
            }};
    }
    [[nodiscard]] bool any()
    {
        const std::lock_guard lock(mutex);
        return failed || noPicture;
    }
};

TsInput inputOfBytes(const QByteArray &bytes)
{
    TsInput input;
    input.bytes = bytes;
    input.segmentStart = true;
    return input;
}

} // namespace

class TestMediaVerdict : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsNoMpegTsIsNamed_data();
    void whatIsNoMpegTsIsNamed();
    void whatHasNoPictureSaysSo_data();
    void whatHasNoPictureSaysSo();
    void aShortOutputIsJudgedAtItsEnd();
    void videoAndSilenceSayNothing();

private:
    [[nodiscard]] QByteArray contents(const QString &name) const
    {
        QFile file(m_files.path(name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s cannot be read", qPrintable(name));
        return file.readAll();
    }
    OddFiles m_files;
};

void TestMediaVerdict::whatIsNoMpegTsIsNamed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("kind");
    m_files.makePattern("o.webm", "320x240", 25, 2, {"-c:v", "libvpx", "-b:v", "4M", "-deadline", "realtime"});
    m_files.makePattern("o.mp4", "320x240", 25, 1, {"-c:v", "libx264", "-pix_fmt", "yuv420p", "-movflags", "frag_keyframe+empty_moov"});
    m_files.makePattern("o.h264", "320x240", 25, 1, {"-c:v", "libx264", "-pix_fmt", "yuv420p"});
    QByteArray noise(300'000, '\0');
    std::uint32_t state = 1;
    for (char &byte : noise)
        byte = char((state = state * 1664525U + 1013904223U) >> 24);
    noise[0] = 'x';
    QTest::newRow("WebM") << contents("o.webm") << "WebM";
    QTest::newRow("the first bytes of WebM") << contents("o.webm").first(500) << "WebM";
    QTest::newRow("MP4 in fragments") << contents("o.mp4") << "MP4";
    QTest::newRow("bare H.264") << contents("o.h264") << "H.264";
    QTest::newRow("one JSON record") << QByteArray("{\"text\":\"Good Grief\"}\n") << "JSON";
    QTest::newRow("noise") << noise << "";
    QTest::newRow("noise that begins like a packet") << ("G" + noise) << "";
}

void TestMediaVerdict::whatIsNoMpegTsIsNamed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, kind);
    for (const qsizetype piece : {qsizetype(1000), bytes.size()}) {
        Said said;
        DecoderThread decoder({.verdictAfter = std::chrono::milliseconds(50)}, said.output());
        for (qsizetype at = 0; at < bytes.size(); at += piece)
            decoder.submit(inputOfBytes(bytes.mid(at, piece)));
        QTRY_VERIFY_WITH_TIMEOUT(said.any(), 10'000);
        decoder.stop();
        QVERIFY(said.failed);
        QVERIFY(!said.noPicture);
        QCOMPARE(said.failed->kind(), Error::Kind::Protocol);
        QVERIFY2(said.failed->message().contains("not MPEG-TS") && said.failed->message().contains(kind), qPrintable(said.failed->message()));
        QVERIFY(!said.failed->advice().isEmpty());
    }
}

void TestMediaVerdict::whatHasNoPictureSaysSo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("words");
    QTest::newRow("AAC alone") << QStringList{"-f", "lavfi", "-i", "sine=440:d=3", "-c:a", "aac"} << "sound and no picture";
    QTest::newRow("MP3 alone") << QStringList{"-f", "lavfi", "-i", "sine=440:d=3", "-c:a", "libmp3lame"} << "sound and no picture";
    QTest::newRow("Opus alone") << QStringList{"-f", "lavfi", "-i", "sine=440:d=3", "-c:a", "libopus"} << "sound and no picture";
    QTest::newRow("another codec") << QStringList{"-f", "lavfi", "-i", "testsrc2=s=320x240:d=1", "-f", "lavfi", "-i", "sine=440:d=1", "-c:v", "mpeg4", "-c:a", "aac"} << "0x10";
}

void TestMediaVerdict::whatHasNoPictureSaysSo()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, words);
    m_files.make("o.ts", arguments);
    Said said;
    DecoderThread decoder({.verdictAfter = std::chrono::milliseconds(50)}, said.output());
    decoder.submit(inputOfBytes(contents("o.ts")));
    QTRY_VERIFY_WITH_TIMEOUT(said.any(), 10'000);
    QVERIFY(!said.failed); // it goes on: a picture may come yet
    QVERIFY2(said.noPicture->message().contains(words), qPrintable(said.noPicture->message()));
    m_files.makePattern("video.ts", "320x240", 25, 1, {"-c:v", "libx264", "-pix_fmt", "yuv420p", "-bf", "0"});
    decoder.submit(inputOfBytes(contents("video.ts")));
    decoder.stop();
    QCOMPARE(said.frames, 25);
}

void TestMediaVerdict::aShortOutputIsJudgedAtItsEnd()
{
    Said said;
    DecoderThread decoder({.verdictAfter = std::chrono::minutes(1)}, said.output());
    decoder.submit(inputOfBytes("{\"text\":\"one\"}\n"));
    decoder.stop();
    QVERIFY(said.noPicture);
    QVERIFY(said.noPicture->message().contains("JSON"));
}

void TestMediaVerdict::videoAndSilenceSayNothing()
{
    Said silent;
    Said warming;
    Said seen;
    DecoderSettings settings{.verdictAfter = std::chrono::milliseconds(50)};
    DecoderThread nothing(settings, silent.output());
    DecoderThread kept(settings, warming.output());
    DecoderThread video(settings, seen.output());
    // One that has something to say, and takes longer over it than any of these may.
    m_files.make("sound.ts", {"-f", "lavfi", "-i", "sine=440:d=3", "-c:a", "aac"});
    Said late;
    DecoderThread sound({.verdictAfter = std::chrono::milliseconds(300)}, late.output());
    QByteArray nullPacket(188, char(0xff)); // what keeps a channel alive until there is something to send
    nullPacket.replace(0, 4, QByteArray("\x47\x1f\xff\x10", 4));
    for (const TsChunk &chunk : encodePattern(30)) {
        video.submit(inputOf(chunk));
        kept.submit(inputOfBytes(nullPacket));
    }
    sound.submit(inputOfBytes(contents("sound.ts")));
    QTRY_VERIFY_WITH_TIMEOUT(late.any(), 10'000);
    nothing.stop();
    kept.stop();
    video.stop();
    QVERIFY(!silent.any());
    QVERIFY(!warming.any());
    QVERIFY(!seen.any());
    QCOMPARE(seen.frames, 30);
}

QTEST_GUILESS_MAIN(TestMediaVerdict)
#include "tst_media_verdict.moc"
