#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>

#include <chrono>

namespace sluice::media {

/// A whole sound in memory: two channels of 16 bits, 48 kHz, interleaved, in the machine's byte order. A value.
struct Sound {
    static constexpr int sampleRate = 48'000;
    static constexpr int channels = 2;
    static constexpr int frameBytes = channels * int(sizeof(qint16));

    QByteArray samples;
    bool cut = false; ///< it was longer than was asked for

    [[nodiscard]] std::chrono::milliseconds duration() const { return std::chrono::milliseconds(samples.size() / frameBytes * 1000 / sampleRate); }
};

/// Decodes a file of sound (WAV, MP3, Ogg, FLAC, AAC, MP4, WebM, …), as far as `longest`. On the caller's thread, which it takes for a while.
/// InvalidInput when there is no sound in it that can be decoded. Opens nothing but these bytes.
[[nodiscard]] Expected<Sound> decodeSound(const QByteArray &file, std::chrono::seconds longest = std::chrono::minutes(10));

} // namespace sluice::media
