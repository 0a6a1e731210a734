#pragma once

#include "sluice/base/expected.h"
#include "sluice/media/audio_chunk.h"

#include "libav_p.h"

#include <memory>
#include <vector>

struct AVAudioFifo;

namespace sluice::media {

/// Sound into Opus packets of 20 ms (AAC where FFmpeg has no libopus), resampled to 48 kHz.
class AudioEncoder final {
public:
    [[nodiscard]] static Expected<std::unique_ptr<AudioEncoder>> create(AudioFormat format);
    ~AudioEncoder();
    AudioEncoder(const AudioEncoder &) = delete;
    AudioEncoder &operator=(const AudioEncoder &) = delete;

    [[nodiscard]] const AVCodecContext *context() const { return m_codec.get(); }
    /// The packets that are complete now, timestamps in 90 kHz.
    [[nodiscard]] Expected<std::vector<PacketPtr>> encode(const AudioChunk &chunk);

private:
    AudioEncoder() = default;
    [[nodiscard]] Expected<void> resample(const AudioChunk &chunk);
    [[nodiscard]] Expected<void> takePackets(std::vector<PacketPtr> &packets);

    CodecPtr m_codec;
    ResamplerPtr m_resampler;
    AudioFormat m_inputFormat{0, 0};
    AVAudioFifo *m_fifo = nullptr;
    qint64 m_nextPts = 0; ///< of the first sample in the fifo, 90 kHz
    bool m_started = false;
};

} // namespace sluice::media
