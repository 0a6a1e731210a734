#include "sluice/media/sound.h"

#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::media;
using namespace std::chrono_literals;

namespace {

/// A WAV file of 8 bits, one channel, 8000 samples a second.
QByteArray wav(int milliseconds)
{
    const int samples = 8 * milliseconds;
    const auto number = [](quint32 value, int count) {
        QByteArray text;
        for (int i = 0; i < count; ++i)
            text += char((value >> (8 * i)) & 0xff);
        return text;
    };
    QByteArray data;
    for (int i = 0; i < samples; ++i)
        data += (i / 8) % 2 ? '\xc0' : '\x40';
    return "RIFF" + number(quint32(36 + samples), 4) + "WAVEfmt " + number(16, 4) + number(1, 2) + number(1, 2) + number(8000, 4) + number(8000, 4) + number(1, 2)
        + number(8, 2) + "data" + number(quint32(samples), 4) + data;
}

} // namespace

class TestMediaSound : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void soundIsDecodedWithItsLength();
    void soundIsCutAtTheBound();
    void halfAFileGivesWhatIsThere();
    void whatIsNoSoundIsRefused_data();
    void whatIsNoSoundIsRefused();
    void playlistOpensNothing_data();
    void playlistOpensNothing();
    void impossibleRatesAreRefused();
    void anyBytesAreSurvived();
};

void TestMediaSound::soundIsDecodedWithItsLength()
{
    const auto sound = decodeSound(wav(1500));
    QVERIFY2(sound.hasValue(), sound ? "" : qPrintable(sound.error().message()));
    QVERIFY(sound->duration() >= 1490ms && sound->duration() <= 1510ms);
    QVERIFY(!sound->cut);
    QCOMPARE(sound->samples.size() % Sound::frameBytes, 0);
    // It is heard: the samples are as loud as they were.
    qint16 loudest = 0;
    for (qsizetype i = 0; i + 1 < sound->samples.size(); i += 2)
        loudest = std::max(loudest, *reinterpret_cast<const qint16 *>(sound->samples.constData() + i));
    QVERIFY(loudest > 10'000);
}

void TestMediaSound::soundIsCutAtTheBound()
{
    const auto sound = decodeSound(wav(3000), 1s);
    QVERIFY(sound.hasValue());
    QCOMPARE(sound->duration(), 1000ms);
    QVERIFY(sound->cut);
}

void TestMediaSound::halfAFileGivesWhatIsThere()
{
    const QByteArray whole = wav(1000);
    const auto sound = decodeSound(whole.left(whole.size() / 2));
    QVERIFY(sound.hasValue());
    QVERIFY(sound->duration() > 300ms && sound->duration() < 700ms);
}

void TestMediaSound::whatIsNoSoundIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("words") << QByteArray("no sound at all");
    QTest::newRow("head of a WAV alone") << wav(10).left(44);
    QTest::newRow("a picture") << QByteArray::fromHex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcff9fa11e000782027f3dc848ef0000000049454e44ae426082");
}

void TestMediaSound::whatIsNoSoundIsRefused()
{
    QFETCH(QByteArray, bytes);
    const auto sound = decodeSound(bytes);
    QVERIFY(!sound.hasValue());
    QCOMPARE(sound.error().kind(), Error::Kind::InvalidInput);
    QVERIFY(!sound.error().advice().isEmpty());
}

void TestMediaSound::playlistOpensNothing_data()
{
    QTest::addColumn<QString>("list");
    QTest::newRow("concat") << QStringLiteral("ffconcat version 1.0\nfile '%1'\n");
    QTest::newRow("HLS") << QStringLiteral("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://%1\n#EXT-X-ENDLIST\n");
    QTest::newRow("SDP") << QStringLiteral("v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\na=x:%1\n");
}

void TestMediaSound::playlistOpensNothing()
{
    QFETCH(QString, list);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("secret.wav")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(wav(500));
    file.close();
    QVERIFY(!decodeSound(list.arg(file.fileName()).toUtf8()).hasValue());
}

void TestMediaSound::impossibleRatesAreRefused()
{
    // One sample a second makes hours, two thousand million a second ask for filters of gigabytes.
    for (const char *rate : {"0100000001000000", "0000007f0000007f"}) {
        QByteArray file = wav(1000);
        file.replace(24, 8, QByteArray::fromHex(rate));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!decodeSound(file).hasValue());
        QVERIFY(timer.elapsed() < 2000);
    }
}

void TestMediaSound::anyBytesAreSurvived()
{
    QRandomGenerator random(7);
    const QByteArray good = wav(200);
    for (int round = 0; round < 100; ++round) {
        QByteArray bytes = good;
        for (int i = 0; i < 6; ++i)
            bytes[qsizetype(random.bounded(round % 2 ? 60 : int(bytes.size())))] = char(random.bounded(256));
        const auto sound = decodeSound(bytes, 5s);
        if (sound)
            QVERIFY(sound->duration() <= 5s);
    }
}

QTEST_GUILESS_MAIN(TestMediaSound)
#include "tst_media_sound.moc"
