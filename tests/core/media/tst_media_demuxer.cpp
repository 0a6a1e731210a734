// The demuxer against bytes that nobody should send, and the decoder behind it.
#include "media_test_support.h"

#include <QtTest/QTest>

#include <random>

using namespace media_test;

namespace {

QByteArray stream(int frames, bool open = false)
{
    EncoderSettings settings;
    settings.leavePesLengthOpen = open;
    QByteArray bytes;
    for (const TsChunk &chunk : encodePattern(frames, settings))
        bytes += chunk.bytes;
    return bytes;
}

TsInput inputOf(const QByteArray &bytes)
{
    TsInput input;
    input.bytes = bytes;
    return input;
}

/// A transport packet of the given PID, filled up.
QByteArray packet(int pid, bool start, int continuity, const QByteArray &payload)
{
    QByteArray bytes;
    bytes += char(0x47);
    bytes += char((start ? 0x40 : 0) | pid >> 8);
    bytes += char(pid);
    bytes += char(0x10 | (continuity & 0x0f));
    bytes += payload;
    return bytes.leftJustified(188, char(0xff), true);
}

} // namespace

class TestMediaDemuxer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySplitGivesTheSameUnits();
    void junkBetweenPacketsIsSkippedAndCounted();
    void aMissingPacketCostsItsUnitAndTheNextKeyFrameHeals();
    void somethingElseThanTsIsAnErrorInWords();
    void aTsWithoutAProgramIsAnErrorInWords();
    void aDamagedTableIsNotBelieved();
    void aUnitThatNeverEndsIsBounded();
    void aRelayThatCutsInsideAFrameDoesNotCompleteIt();
    void timestampsGoOnPastThirtyThreeBits();
    void damagedBytesNeverCrashTheDecoder_data();
    void damagedBytesNeverCrashTheDecoder();
    void picturesAboveTheBoundAreRefused();
};

void TestMediaDemuxer::everySplitGivesTheSameUnits()
{
    const QByteArray bytes = stream(4);
    TsDemuxer whole;
    QList<TsAccessUnit> expected = orThrow(whole.feed(bytes, false));
    expected += whole.flush();
    QCOMPARE(expected.size(), 4);
    QVERIFY(expected[0].randomAccess);
    QVERIFY(!expected[1].randomAccess);
    for (const int step : {1, 7, 188, 1316}) {
        TsDemuxer demuxer;
        QList<TsAccessUnit> units;
        for (qsizetype at = 0; at < bytes.size(); at += step)
            units += orThrow(demuxer.feed(bytes.mid(at, step), false));
        units += demuxer.flush();
        QVERIFY(units == expected);
        QCOMPARE(demuxer.stats(), whole.stats());
    }
}

void TestMediaDemuxer::junkBetweenPacketsIsSkippedAndCounted()
{
    QByteArray bytes = stream(4);
    bytes.insert(0, "HTTP/1.1 200 GGG junk");
    bytes.insert(21 + 188 * 9, QByteArray(300, 'x'));
    TsDemuxer demuxer;
    QList<TsAccessUnit> units = orThrow(demuxer.feed(bytes, false));
    units += demuxer.flush();
    QCOMPARE(units.size(), 4);
    QCOMPARE(demuxer.stats().skippedBytes, 321U);
}

void TestMediaDemuxer::aMissingPacketCostsItsUnitAndTheNextKeyFrameHeals()
{
    const QList<TsChunk> chunks = encodePattern(60);
    Decoded decoded;
    Decoder decoder({}, decoded.output());
    for (int i = 0; i < chunks.size(); ++i) {
        TsInput input = media_test::inputOf(chunks[i]);
        if (i == 30)
            input.bytes.remove(188 * 6, 188); // inside the key frame
        orThrow(decoder.feed(input));
    }
    QCOMPARE(decoder.stats().demuxer.brokenUnits, 1U);
    QCOMPARE(decoded.clocks(), numbers(0, 30)); // and nothing that would be garbage
}

void TestMediaDemuxer::somethingElseThanTsIsAnErrorInWords()
{
    Decoder decoder({}, {});
    Expected<void> result;
    for (int i = 0; i < 100 && result; ++i)
        result = decoder.feed(inputOf(QByteArray("{\"type\":\"status\",\"fps\":30}\n").repeated(40)));
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::Protocol);
    QVERIFY2(result.error().message().contains("not MPEG-TS"), qPrintable(result.error().message()));
    QVERIFY2(result.error().message().contains("7b 22 74 79"), qPrintable(result.error().message()));
}

void TestMediaDemuxer::aTsWithoutAProgramIsAnErrorInWords()
{
    TsDemuxer demuxer({.maxUnitBytes = 1 << 20, .maxProbeBytes = 100'000});
    const QByteArray bytes = packet(0x100, true, 0, QByteArray("\0\0\1\xe0\0\0", 6));
    Expected<QList<TsAccessUnit>> result = QList<TsAccessUnit>();
    for (int i = 0; i < 1000 && result; ++i)
        result = demuxer.feed(bytes, false);
    QVERIFY(!result);
    QVERIFY2(result.error().message().contains("no program"), qPrintable(result.error().message()));
    QVERIFY(!demuxer.feed(stream(1), true)); // stays, until
    demuxer.reset();
    QCOMPARE(orThrow(demuxer.feed(stream(1), true)).size(), 1);
}

void TestMediaDemuxer::aDamagedTableIsNotBelieved()
{
    QByteArray bytes = stream(2);
    bytes[188 * 2 + 20] = char(bytes[188 * 2 + 20] ^ 1); // the first PMT
    TsDemuxer demuxer;
    orThrow(demuxer.feed(bytes, false));
    QCOMPARE(demuxer.stats().badTables, 1U);
    QCOMPARE(demuxer.flush().size(), 0);
}

void TestMediaDemuxer::aUnitThatNeverEndsIsBounded()
{
    TsDemuxer demuxer({.maxUnitBytes = 100'000, .maxProbeBytes = 1 << 20});
    orThrow(demuxer.feed(stream(1), true));
    orThrow(demuxer.feed(packet(0x100, true, 0, QByteArray("\0\0\1\xe0\0\0\x80\0\0", 9)), false));
    for (int i = 1; i < 2000; ++i)
        QCOMPARE(orThrow(demuxer.feed(packet(0x100, false, i, {}), false)).size(), 0);
    QCOMPARE(demuxer.stats().oversizedUnits, 1U);
    QCOMPARE(demuxer.flush().size(), 0);
}

void TestMediaDemuxer::aRelayThatCutsInsideAFrameDoesNotCompleteIt()
{
    // Chunk ends everywhere, also between the packets of a frame of open length: only a padded packet ends it.
    const QByteArray bytes = stream(10, true);
    TsDemuxer whole;
    QList<TsAccessUnit> expected = orThrow(whole.feed(bytes, false));
    expected += whole.flush();
    TsDemuxer demuxer;
    QList<TsAccessUnit> units;
    for (qsizetype at = 0; at < bytes.size(); at += 188)
        units += orThrow(demuxer.feed(bytes.mid(at, 188), true));
    units += demuxer.flush();
    QVERIFY(units == expected);
}

void TestMediaDemuxer::timestampsGoOnPastThirtyThreeBits()
{
    constexpr qint64 period = qint64(1) << 33;
    Decoded decoded;
    Decoder decoder({}, decoded.output());
    auto encoder = orThrow(Encoder::create({}, [&](TsChunk chunk) { orThrow(decoder.feed(media_test::inputOf(chunk))); }));
    for (std::uint32_t i = 0; i < 6; ++i)
        orThrow(encoder->encode(patternFrame(i, vga, period - 3 * frameTicks)));
    QCOMPARE(decoded.frames.size(), 6U);
    for (std::size_t i = 0; i < 6; ++i)
        QCOMPARE(decoded.frames[i].pts(), period + (qint64(i) - 3) * frameTicks);
}

void TestMediaDemuxer::damagedBytesNeverCrashTheDecoder_data()
{
    QTest::addColumn<unsigned>("seed");
    QTest::addColumn<int>("every");
    for (unsigned seed = 1; seed <= 6; ++seed)
        QTest::addRow("%u", seed) << seed << (seed % 2 ? 2000 : 50);
}

void TestMediaDemuxer::damagedBytesNeverCrashTheDecoder()
{
    QFETCH(unsigned, seed);
    QFETCH(int, every);
    std::minstd_rand random(seed);
    EncoderSettings settings;
    settings.audio = AudioFormat();
    QByteArray bytes;
    auto encoder = orThrow(Encoder::create(settings, [&](TsChunk chunk) { bytes += chunk.bytes; }));
    for (std::uint32_t i = 0; i < 35; ++i) {
        orThrow(encoder->encode(patternFrame(i, {320, 240, 30})));
        orThrow(encoder->encode(AudioChunk{AudioFormat(), QList<float>(1600, 0.1F), ticksPerSecond + i * frameTicks}));
    }
    for (qsizetype at = 0; at < bytes.size(); at += qsizetype(random() % unsigned(every)) + 1)
        bytes[at] = char(random());
    Decoded decoded;
    Decoder decoder({.threads = 1, .demuxer = {.maxUnitBytes = 1 << 20, .maxProbeBytes = 4 << 20}}, decoded.output());
    for (qsizetype at = 0; at < bytes.size(); at += 1500) {
        if (!decoder.feed(inputOf(bytes.mid(at, 1500))))
            break;
    }
    (void)decoder.finish();
    QVERIFY(decoder.stats().framesDecoded <= 36);
}

void TestMediaDemuxer::picturesAboveTheBoundAreRefused()
{
    Decoded decoded;
    Decoder decoder({.maxPixels = 320 * 240}, decoded.output());
    for (const TsChunk &chunk : encodePattern(3))
        orThrow(decoder.feed(media_test::inputOf(chunk)));
    QCOMPARE(decoded.frames.size(), 0U);
    QVERIFY(decoder.stats().decodeErrors > 0);
}

QTEST_GUILESS_MAIN(TestMediaDemuxer)
#include "tst_media_demuxer.moc"
