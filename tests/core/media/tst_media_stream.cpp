// Encoder and decoder against each other: order, delay, segments, sound, and streams that are not ours.
#include "media_test_support.h"

#include "sluice/media/latency_meter.h"

#include <QtTest/QTest>

#include <atomic>
#include <cmath>

using namespace media_test;

class TestMediaStream : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFrameComesBackAtOnceAndInOrder();
    void latencyThroughBothThreadsIsReported();
    void everySegmentStartsWithTablesAndAKeyFrameAndDecodesAlone();
    void timestampsGoOnAcrossSegments();
    void aKeyFrameOnDemandStartsASegment();
    void anOpenPesLengthCostsNoExtraFrameWhenChunksEndWithFrames();
    void anOpenPesLengthIsCompletedByTheNextFrameWhenChunksSayNothing();
    void severalTsFilesInOneSegmentAreOneStream();
    void bytesMayBeSplitAnywhere_data();
    void bytesMayBeSplitAnywhere();
    void afterAGapDecodingResumesAtTheNextKeyFrame();
    void soundIsCarriedThrough_data();
    void soundIsCarriedThrough();
    void framesOfAnotherShapeComeBackInTheirs();
    void framesThatGoBackInTimeAreDroppedAndCounted();
    void aSlowDecoderJumpsToTheNewestSegment();
    void aSlowSenderDropsTheOldestFrames();
    void settingsOutOfRangeAreRefused();
};

void TestMediaStream::everyFrameComesBackAtOnceAndInOrder()
{
    Decoded decoded;
    Decoder decoder({}, decoded.output());
    auto encoder = orThrow(Encoder::create({}, [&](TsChunk chunk) { orThrow(decoder.feed(inputOf(chunk))); }));
    for (int i = 0; i < 90; ++i) {
        orThrow(encoder->encode(patternFrame(std::uint32_t(i))));
        QCOMPARE(int(decoded.frames.size()), i + 1); // not one frame of delay
        QCOMPARE(decoded.frames.back().pts(), ticksPerSecond + i * frameTicks);
    }
    QCOMPARE(decoded.clocks(), numbers(0, 90));
    QCOMPARE(encoder->stats().segments, 3U);
    QCOMPARE(decoder.stats().decodeErrors, 0U);
    QCOMPARE(decoder.stats().demuxer.skippedBytes, 0U);
    QCOMPARE(decoder.stats().demuxer.brokenUnits, 0U);
}

void TestMediaStream::latencyThroughBothThreadsIsReported()
{
    LatencyMeter meter;
    std::atomic<int> frames = 0;
    std::atomic<int> outOfOrder = 0;
    int last = -1; // the decoder thread's
    DecoderThread decoder({}, {.frame = [&](Frame frame) {
        meter.mark(frame.pts(), frame.stamps());
        meter.mark(frame.pts(), Stage::Shown);
        const int number = int(readFrameClock(frame).value_or(0));
        outOfOrder += number != last + 1;
        last = number;
        ++frames;
    }, .audio = {}, .failed = {}, .noPicture = {}});
    EncoderThread encoder({}, {.chunk = [&](TsChunk chunk) {
        meter.mark(chunk.pts, chunk.stamps);
        meter.mark(chunk.pts, Stage::Sent);
        decoder.submit(inputOf(chunk));
    }, .failed = {}});
    TestPatternSource source(vga);
    meter.start();
    source.start({.frame = [&](Frame frame) {
        meter.mark(frame.pts(), frame.stamps());
        encoder.submit(std::move(frame));
    }, .audio = {}, .failed = {}, .ended = {}});
    QTRY_VERIFY_WITH_TIMEOUT(frames >= 90, 20'000);
    source.stop();
    encoder.stop();
    decoder.stop();
    const LatencySnapshot snapshot = meter.snapshot();
    QVERIFY(snapshot.endToEnd);
    for (const LatencySpan &span : snapshot.spans)
        qInfo("stage %d to %d: p50 %.2f ms, p95 %.2f ms (%lld frames)", int(span.from), int(span.to), span.p50Ms, span.p95Ms, static_cast<long long>(span.count));
    qInfo("capture to frame: p50 %.2f ms, p95 %.2f ms; first frame %.1f ms", snapshot.endToEnd->p50Ms, snapshot.endToEnd->p95Ms, snapshot.firstFrameMs.value_or(-1));
    QCOMPARE(outOfOrder, 0);
    QCOMPARE(snapshot.framesOut, snapshot.framesIn);
    QCOMPARE(encoder.stats().droppedQueue, 0U);
}

void TestMediaStream::everySegmentStartsWithTablesAndAKeyFrameAndDecodesAlone()
{
    const QList<TsChunk> chunks = encodePattern(90);
    QList<QByteArray> segments;
    for (const TsChunk &chunk : chunks) {
        if (chunk.segmentStart)
            segments.append(QByteArray());
        QVERIFY2(!segments.isEmpty(), "bytes before the first segment");
        segments.last() += chunk.bytes;
    }
    QCOMPARE(segments.size(), 3);
    for (int i = 0; i < segments.size(); ++i) {
        Decoded decoded;
        Decoder decoder({}, decoded.output());
        TsInput input;
        input.bytes = segments[i];
        input.segmentStart = true;
        orThrow(decoder.feed(input));
        orThrow(decoder.finish());
        QCOMPARE(decoded.clocks(), numbers(30 * i, 30 * (i + 1)));
        QCOMPARE(decoder.stats().waitingForKey, 0U);
        // SDT, PAT and PMT before any picture (trickle.md section 3.4).
        const auto pid = [&](int packet) { return (segments[i][188 * packet + 1] & 0x1f) << 8 | std::uint8_t(segments[i][188 * packet + 2]); };
        const QList<int> pids{pid(0), pid(1), pid(2), pid(3)};
        QCOMPARE(pids, (QList<int>{0x11, 0, 0x1000, 0x100}));
    }
}

void TestMediaStream::timestampsGoOnAcrossSegments()
{
    const QList<TsChunk> chunks = encodePattern(61);
    for (int i = 0; i < chunks.size(); ++i) {
        QCOMPARE(chunks[i].pts, ticksPerSecond + i * frameTicks);
        QCOMPARE(chunks[i].segmentStart, i % 30 == 0);
        QVERIFY(chunks[i].stamps.at(Stage::Captured) && chunks[i].stamps.at(Stage::Encoded));
    }
}

void TestMediaStream::aKeyFrameOnDemandStartsASegment()
{
    QList<TsChunk> chunks;
    auto encoder = orThrow(Encoder::create({}, [&](TsChunk chunk) { chunks.append(std::move(chunk)); }));
    for (int i = 0; i < 20; ++i) {
        if (i == 7)
            encoder->requestKeyFrame();
        orThrow(encoder->encode(patternFrame(std::uint32_t(i))));
    }
    for (int i = 0; i < chunks.size(); ++i)
        QCOMPARE(chunks[i].segmentStart, i == 0 || i == 7);
}

void TestMediaStream::anOpenPesLengthCostsNoExtraFrameWhenChunksEndWithFrames()
{
    EncoderSettings settings;
    settings.leavePesLengthOpen = true;
    const QList<TsChunk> chunks = encodePattern(90, settings);
    Decoded decoded;
    Decoder decoder({}, decoded.output());
    int late = 0;
    for (int i = 0; i < chunks.size(); ++i) {
        orThrow(decoder.feed(inputOf(chunks[i])));
        const int missing = i + 1 - int(decoded.frames.size());
        QVERIFY(missing <= 1); // a frame whose last packet happens to be full is complete with the next one
        late += missing;
    }
    QVERIFY2(late <= 4, qPrintable(QString::number(late)));
    orThrow(decoder.endSegment());
    QCOMPARE(decoded.clocks(), numbers(0, 90));
}

void TestMediaStream::anOpenPesLengthIsCompletedByTheNextFrameWhenChunksSayNothing()
{
    EncoderSettings settings;
    settings.leavePesLengthOpen = true;
    const QList<TsChunk> chunks = encodePattern(40, settings);
    Decoded decoded;
    Decoder decoder({}, decoded.output());
    for (int i = 0; i < chunks.size(); ++i) {
        TsInput input = inputOf(chunks[i]);
        input.chunkEnd = false;
        orThrow(decoder.feed(input));
        QVERIFY(int(decoded.frames.size()) >= i);
    }
    orThrow(decoder.endSegment());
    QCOMPARE(decoded.clocks(), numbers(0, 40));
}

void TestMediaStream::severalTsFilesInOneSegmentAreOneStream()
{
    // Each encoder begins with fresh tables and continuity counters, as a muxer that writes one file after another does.
    QByteArray bytes;
    for (std::uint32_t file = 0; file < 3; ++file) {
        EncoderSettings settings;
        settings.leavePesLengthOpen = true;
        auto encoder = orThrow(Encoder::create(settings, [&](TsChunk chunk) { bytes += chunk.bytes; }));
        for (std::uint32_t i = 0; i < 7; ++i)
            orThrow(encoder->encode(patternFrame(file * 7 + i)));
    }
    Decoded decoded;
    Decoder decoder({}, decoded.output());
    TsInput input;
    input.bytes = bytes;
    input.segmentStart = true;
    orThrow(decoder.feed(input));
    orThrow(decoder.finish());
    QCOMPARE(decoded.clocks(), numbers(0, 21));
    QCOMPARE(decoder.stats().demuxer.brokenUnits, 0U);
}

void TestMediaStream::bytesMayBeSplitAnywhere_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {1, 187, 188, 189, 1000, 65'536})
        QTest::addRow("%d", size) << size;
}

void TestMediaStream::bytesMayBeSplitAnywhere()
{
    QFETCH(int, size);
    QByteArray bytes;
    for (const TsChunk &chunk : encodePattern(12))
        bytes += chunk.bytes;
    Decoded decoded;
    Decoder decoder({}, decoded.output());
    for (qsizetype at = 0; at < bytes.size(); at += size) {
        TsInput input;
        input.bytes = bytes.mid(at, size);
        orThrow(decoder.feed(input)); // chunkEnd stays set: a relay may cut its chunks anywhere
    }
    orThrow(decoder.finish());
    QCOMPARE(decoded.clocks(), numbers(0, 12));
    QCOMPARE(decoder.stats().decodeErrors, 0U);
}

void TestMediaStream::afterAGapDecodingResumesAtTheNextKeyFrame()
{
    const QList<TsChunk> chunks = encodePattern(90);
    Decoded decoded;
    Decoder decoder({}, decoded.output());
    for (int i = 0; i < chunks.size(); ++i) {
        if (i >= 20 && i < 40)
            continue;
        TsInput input = inputOf(chunks[i]);
        input.gap = i == 40;
        orThrow(decoder.feed(input));
    }
    QCOMPARE(decoded.clocks(), numbers(0, 20) + numbers(60, 90));
    QCOMPARE(decoder.stats().waitingForKey, 20U);
    QCOMPARE(decoder.stats().gaps, 1U);
}

void TestMediaStream::soundIsCarriedThrough_data()
{
    QTest::addColumn<int>("sampleRate");
    QTest::addColumn<int>("channels");
    QTest::newRow("mono 48 kHz") << 48'000 << 1;
    QTest::newRow("stereo 44.1 kHz") << 44'100 << 2;
}

void TestMediaStream::soundIsCarriedThrough()
{
    QFETCH(int, sampleRate);
    QFETCH(int, channels);
    EncoderSettings settings;
    settings.audio = AudioFormat{sampleRate, channels};
    Decoded decoded;
    Decoder decoder({}, decoded.output());
    auto encoder = orThrow(Encoder::create(settings, [&](TsChunk chunk) { orThrow(decoder.feed(inputOf(chunk))); }));
    const int perFrame = sampleRate / 30;
    for (int i = 0; i < 60; ++i) {
        AudioChunk chunk{*settings.audio, {}, ticksPerSecond + i * frameTicks};
        for (int n = 0; n < perFrame * channels; ++n)
            chunk.samples.append(float(0.5 * std::sin(2 * M_PI * 440 * (i * perFrame + n / channels) / sampleRate)));
        orThrow(encoder->encode(patternFrame(std::uint32_t(i))));
        orThrow(encoder->encode(chunk));
    }
    QCOMPARE(decoded.clocks(), numbers(0, 60));
    QVERIFY(decoded.sounds.size() >= 95); // 2 s in packets of 20 ms
    double energy = 0;
    qsizetype count = 0;
    for (qsizetype i = 0; i < decoded.sounds.size(); ++i) {
        const AudioChunk &chunk = decoded.sounds[i];
        QCOMPARE(chunk.format, (AudioFormat{48'000, channels}));
        if (i > 0)
            QVERIFY(std::abs(chunk.pts - decoded.sounds[i - 1].pts - 1800) <= 1);
        if (i >= 10) {
            for (const float sample : chunk.samples)
                energy += double(sample) * double(sample);
            count += chunk.samples.size();
        }
    }
    const double rms = std::sqrt(energy / double(count));
    QVERIFY2(rms > 0.3 && rms < 0.4, qPrintable(QString::number(rms))); // of a sine of 0.5: 0.354
    QVERIFY(std::abs(decoded.sounds.first().pts - ticksPerSecond) < 1000); // the codec's pre-skip, at most
}

void TestMediaStream::framesOfAnotherShapeComeBackInTheirs()
{
    Decoded decoded;
    Decoder decoder({}, decoded.output());
    auto encoder = orThrow(Encoder::create({}, [&](TsChunk chunk) { orThrow(decoder.feed(inputOf(chunk))); }));
    orThrow(encoder->encode(patternFrame(0)));
    orThrow(encoder->encode(patternFrame(1, {320, 180, 30})));
    orThrow(encoder->encode(patternFrame(2, {1280, 720, 30})));
    QCOMPARE(decoded.clocks(), numbers(0, 3));
    for (const auto &[index, width, height] : {std::tuple(0, 640, 480), std::tuple(1, 320, 180), std::tuple(2, 1280, 720)}) {
        QCOMPARE(decoded.frames[std::size_t(index)].width(), width);
        QCOMPARE(decoded.frames[std::size_t(index)].height(), height);
    }
    QCOMPARE(encoder->stats().segments, 3); // each can be decoded without what came before
}

void TestMediaStream::framesThatGoBackInTimeAreDroppedAndCounted()
{
    QList<TsChunk> chunks;
    auto encoder = orThrow(Encoder::create({}, [&](TsChunk chunk) { chunks.append(std::move(chunk)); }));
    for (const std::uint32_t number : {5U, 6U, 6U, 3U, 7U})
        orThrow(encoder->encode(patternFrame(number)));
    QCOMPARE(chunks.size(), 3);
    QCOMPARE(encoder->stats().droppedNotMonotonic, 2U);
}

void TestMediaStream::aSlowDecoderJumpsToTheNewestSegment()
{
    const QList<TsChunk> chunks = encodePattern(120);
    std::mutex gate;
    std::atomic<bool> held = false;
    Decoded decoded; // the decoder thread's until stop()
    qsizetype oneSegment = 0;
    for (int i = 0; i < 30; ++i)
        oneSegment += chunks[i].bytes.size();
    std::unique_lock closed(gate);
    DecoderThread decoder({}, {.frame = [&](Frame frame) {
        held = true;
        const std::lock_guard pass(gate);
        decoded.frames.push_back(std::move(frame));
    }, .audio = {}, .failed = {}, .noPicture = {}}, 2 * oneSegment);
    decoder.submit(inputOf(chunks[0]));
    QTRY_VERIFY(held.load());
    for (int i = 1; i < chunks.size(); ++i)
        decoder.submit(inputOf(chunks[i]));
    closed.unlock();
    decoder.stop();
    const QList<int> clocks = decoded.clocks();
    QVERIFY(decoder.stats().droppedBytes > 0);
    QVERIFY(clocks.size() < 120);
    QCOMPARE(clocks.last(), 119);
    QCOMPARE(clocks[0], 0);
    QCOMPARE(clocks[1] % 30, 0); // on from the start of a segment
    QCOMPARE(clocks.mid(1), numbers(clocks[1], 120));
    QCOMPARE(decoder.stats().decodeErrors, 0U);
}

void TestMediaStream::aSlowSenderDropsTheOldestFrames()
{
    std::mutex gate;
    std::atomic<bool> held = false;
    QList<TsChunk> chunks; // the encoder thread's until stop()
    std::unique_lock closed(gate);
    EncoderThread encoder({}, {.chunk = [&](TsChunk chunk) {
        held = true;
        const std::lock_guard pass(gate);
        chunks.append(std::move(chunk));
    }, .failed = {}}, 3);
    encoder.submit(patternFrame(0));
    QTRY_VERIFY(held.load());
    for (std::uint32_t i = 1; i < 20; ++i)
        encoder.submit(patternFrame(i));
    QCOMPARE(encoder.stats().droppedQueue, 16U);
    closed.unlock();
    encoder.stop();
    QList<qint64> pts;
    for (const TsChunk &chunk : chunks)
        pts.append((chunk.pts - ticksPerSecond) / frameTicks);
    QCOMPARE(pts, (QList<qint64>{0, 17, 18, 19}));
    QCOMPARE(encoder.stats().framesIn, 20U);
    QCOMPARE(encoder.stats().framesEncoded, 4U);
}

void TestMediaStream::settingsOutOfRangeAreRefused()
{
    EncoderSettings settings;
    settings.segmentDuration = std::chrono::milliseconds(5);
    QCOMPARE(Encoder::create(settings, {}).error().kind(), Error::Kind::InvalidInput);
    settings = {};
    settings.audio = AudioFormat{48'000, 11};
    QCOMPARE(Encoder::create(settings, {}).error().kind(), Error::Kind::InvalidInput);
    settings = {};
    settings.preset = "no-such-preset";
    auto encoder = orThrow(Encoder::create(settings, {}));
    const auto encoded = encoder->encode(patternFrame(0));
    QVERIFY(!encoded);
    QCOMPARE(encoded.error().kind(), Error::Kind::Config);
    QVERIFY(!encoder->encode(Frame()));
}

QTEST_GUILESS_MAIN(TestMediaStream)
#include "tst_media_stream.moc"
