#pragma once

#include <QtCore/QList>

namespace sluice::media {

/// Rate and channel count of a sound.
struct AudioFormat {
    int sampleRate = 48'000;
    int channels = 1;
    bool operator==(const AudioFormat &) const = default;
};

/// A run of sound: interleaved 32-bit float samples from -1 to 1. Copies share the samples.
struct AudioChunk {
    AudioFormat format;
    QList<float> samples;
    /// Time of the first sample in 90 kHz ticks, on the same origin as the frames beside it.
    qint64 pts = 0;

    /// Samples per channel.
    [[nodiscard]] qsizetype sampleCount() const { return format.channels > 0 ? samples.size() / format.channels : 0; }
};

} // namespace sluice::media
