#pragma once

#include "sluice/base/expected.h"
#include "sluice/media/audio_chunk.h"
#include "sluice/media/frame.h"

#include <QtCore/QByteArray>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace sluice::media {

/// How to encode; the defaults are those of trickle.md section 3.1 with shorter segments.
struct EncoderSettings {
    double framesPerSecond = 30;                       ///< a hint; timestamps decide
    std::chrono::milliseconds segmentDuration{1000};   ///< a key frame, and with it a segment, at the first frame past this
    int bitrateKbps = 0;                               ///< 0: constant quality
    int constantQuality = 23;                          ///< x264 CRF, used when bitrateKbps is 0
    int threads = 0;                                   ///< 0: the encoder chooses
    QByteArray preset = "superfast";
    std::optional<AudioFormat> audio;                  ///< set when there will be sound
    /// Publishers that leave the length of a PES open delay every reader by a frame; only tests want that.
    bool leavePesLengthOpen = false;
};

/// The bytes of one frame (or of some sound) as MPEG-TS: one HTTP chunk of a segment.
struct TsChunk {
    QByteArray bytes;
    /// The first chunk of a segment: starts with the tables and a key frame, and can be decoded without what came before.
    bool segmentStart = false;
    bool audio = false;
    qint64 pts = 0; ///< 90 kHz
    /// Of the frame inside, Encoded included; a sender adds Sent.
    StageStamps stamps;
};

struct EncoderStats {
    quint64 framesIn = 0;
    quint64 framesEncoded = 0;
    quint64 droppedQueue = 0;        ///< the encoder was too slow: the oldest waiting frame went
    quint64 droppedNotMonotonic = 0; ///< pts not after its predecessor's (trickle.md section 3.2)
    quint64 audioChunks = 0;
    quint64 droppedAudio = 0;
    quint64 segments = 0;
    quint64 bytes = 0;
    int width = 0;
    int height = 0;
    bool operator==(const EncoderStats &) const = default;
};

/// H.264 (and Opus) into MPEG-TS with no frame of delay: frames in, chunks out, on the caller's thread. For one thread.
///
/// Size, pixel shape and colours are those of the frames, and stand in the stream; a frame that differs in one of them starts a segment.
/// Timestamps go on across segments.
class Encoder final {
public:
    using Output = std::function<void(TsChunk)>;

    /// Config when this FFmpeg has no libx264, or it refuses the settings.
    [[nodiscard]] static Expected<std::unique_ptr<Encoder>> create(EncoderSettings settings, Output output);
    ~Encoder();
    Encoder(const Encoder &) = delete;
    Encoder &operator=(const Encoder &) = delete;

    /// Encodes one frame; its chunk has gone to the output when this returns.
    [[nodiscard]] Expected<void> encode(const Frame &frame);
    /// Encodes sound, resampled if need be; sound before the first frame is dropped.
    [[nodiscard]] Expected<void> encode(const AudioChunk &chunk);
    /// The next frame starts a segment (after a loss, or when a reader asks).
    void requestKeyFrame();
    /// Gives out what the encoders still hold.
    [[nodiscard]] Expected<void> finish();
    [[nodiscard]] EncoderStats stats() const;

private:
    class Private;
    explicit Encoder(std::unique_ptr<Private> parts);
    std::unique_ptr<Private> d;
};

/// An Encoder with its own thread and a bounded queue before it that drops the oldest frame. All functions from any thread.
class EncoderThread final {
public:
    struct Output {
        std::function<void(TsChunk)> chunk;  ///< on the encoder's thread; may block, then frames drop
        std::function<void(Error)> failed;   ///< on the encoder's thread, once; nothing comes after it
    };

    EncoderThread(EncoderSettings settings, Output output, qsizetype frameQueue = 2);
    /// stop()s.
    ~EncoderThread();
    EncoderThread(const EncoderThread &) = delete;
    EncoderThread &operator=(const EncoderThread &) = delete;

    /// Never blocks.
    void submit(Frame frame);
    void submit(AudioChunk chunk);
    void requestKeyFrame();
    /// Encodes what is queued, gives out the rest and joins. No output runs after it has returned. Not from an output function.
    void stop();
    [[nodiscard]] EncoderStats stats() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice::media
