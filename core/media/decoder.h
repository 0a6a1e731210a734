#pragma once

#include "sluice/base/expected.h"
#include "sluice/media/audio_chunk.h"
#include "sluice/media/frame.h"
#include "sluice/media/ts_demuxer.h"

#include <QtCore/QByteArray>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace sluice::media {

struct DecoderSettings {
    int threads = 0;                    ///< slice threads, which add no delay; 0: as many as help
    qint64 maxPixels = 4096LL * 2304;   ///< larger pictures are refused, before memory is spent on them
    bool wantAudio = true;
    TsDemuxer::Limits demuxer = {};
    /// DecoderThread: when a segment starts and what waits is older than this, that is dropped. Zero: never.
    std::chrono::milliseconds maxLag{0};
    /// DecoderThread: so long after the first bytes it is said why there is no picture, if there is none. Zero: never.
    std::chrono::milliseconds verdictAfter{0};
};

struct DecoderStats {
    TsDemuxerStats demuxer;
    quint64 chunks = 0;
    quint64 segments = 0;
    quint64 gaps = 0;
    quint64 framesDecoded = 0;
    quint64 audioChunks = 0;
    quint64 decodeErrors = 0;    ///< units that the codec refused
    quint64 waitingForKey = 0;   ///< units skipped because decoding cannot start with them
    quint64 droppedBytes = 0;    ///< DecoderThread: fell behind and jumped to the newest segment
    qsizetype queuedBytes = 0;   ///< DecoderThread: that wait
    int width = 0;
    int height = 0;
    bool operator==(const DecoderStats &) const = default;
};

/// One piece of a segment as it arrived.
struct TsInput {
    QByteArray bytes;
    bool segmentStart = false; ///< first of a segment
    bool chunkEnd = true;      ///< an HTTP chunk ends with these bytes
    bool gap = false;          ///< something before these bytes is missing (a skipped segment)
    SteadyTime receivedAt = steadyNow();
};

/// MPEG-TS to pictures and sound, with no frame of delay: bytes in, frames out, on the caller's thread. For one thread.
///
/// Hostile input costs bounded memory and is counted; only a stream that cannot be decoded at all is an error.
class Decoder final {
public:
    struct Output {
        std::function<void(Frame)> frame;      ///< pts, and the stamps Received and Decoded
        std::function<void(AudioChunk)> audio;
    };

    Decoder(DecoderSettings settings, Output output);
    ~Decoder();
    Decoder(const Decoder &) = delete;
    Decoder &operator=(const Decoder &) = delete;

    /// Protocol when it is not MPEG-TS, or in a codec without decoder here. What was decoded before stays delivered.
    [[nodiscard]] Expected<void> feed(const TsInput &input);
    /// The end of a segment: completes units of open length.
    [[nodiscard]] Expected<void> endSegment();
    /// The end of the stream: also gives out what the codecs still hold.
    [[nodiscard]] Expected<void> finish();
    [[nodiscard]] DecoderStats stats() const;
    /// Why no picture has come out so far, where what came in says so; nothing otherwise, and once one has.
    [[nodiscard]] std::optional<Error> trouble() const;
    /// False as long as nothing that came in was MPEG-TS.
    [[nodiscard]] bool isTransportStream() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// A Decoder with its own thread and a bounded queue before it. All functions from any thread.
///
/// When the queue passes its bound, everything before the newest segment start in it is dropped (or, with none in it, all of it up to
/// the next): a slow decoder loses whole segments, never pieces that would show as garbage. So it does past DecoderSettings::maxLag.
class DecoderThread final {
public:
    struct Output {
        std::function<void(Frame)> frame;       ///< on the decoder's thread
        std::function<void(AudioChunk)> audio;  ///< on the decoder's thread
        std::function<void(Error)> failed;      ///< on the decoder's thread, once; nothing comes after it
        std::function<void(Error)> noPicture;   ///< on the decoder's thread, at most once: why none has come; decoding goes on
    };

    DecoderThread(DecoderSettings settings, Output output, qsizetype maxQueuedBytes = 8 << 20);
    /// stop()s.
    ~DecoderThread();
    DecoderThread(const DecoderThread &) = delete;
    DecoderThread &operator=(const DecoderThread &) = delete;

    /// Never blocks.
    void submit(TsInput input);
    void endSegment();
    /// Decodes what is queued, gives out the rest and joins. No output runs after it has returned. Not from an output function.
    void stop();
    [[nodiscard]] DecoderStats stats() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice::media
