#pragma once

#include "sluice/media/decoder.h"
#include "sluice/media/encoder.h"
#include "sluice/media/frame_clock.h"
#include "sluice/media/test_pattern.h"

#include <QtCore/QList>

#include <vector>

namespace media_test {

using namespace sluice;
using namespace sluice::media;

inline const VideoFormat vga{640, 480, 30};
constexpr qint64 frameTicks = ticksPerSecond / 30;

/// The pattern's frame `number` at 30 frames a second.
inline Frame patternFrame(std::uint32_t number, const VideoFormat &format = vga, qint64 firstPts = ticksPerSecond)
{
    Frame frame = drawTestPattern(format, number);
    frame.setPts(firstPts + number * frameTicks);
    frame.stampCaptured();
    return frame;
}

/// Everything that the encoder gives for `count` frames of the pattern.
inline QList<TsChunk> encodePattern(int count, EncoderSettings settings = {}, const VideoFormat &format = vga)
{
    QList<TsChunk> chunks;
    auto encoder = orThrow(Encoder::create(std::move(settings), [&chunks](TsChunk chunk) { chunks.append(std::move(chunk)); }));
    for (int i = 0; i < count; ++i)
        orThrow(encoder->encode(patternFrame(std::uint32_t(i), format)));
    orThrow(encoder->finish());
    return chunks;
}

/// What a decoder made of its input.
struct Decoded {
    std::vector<Frame> frames;
    QList<AudioChunk> sounds;

    [[nodiscard]] Decoder::Output output()
    {
        return {[this](Frame frame) { frames.push_back(std::move(frame)); }, [this](AudioChunk chunk) { sounds.append(std::move(chunk)); }};
    }
    /// The clock of every frame, -1 where it cannot be read.
    [[nodiscard]] QList<int> clocks() const
    {
        QList<int> numbers;
        for (const Frame &frame : frames) {
            const auto number = readFrameClock(frame);
            numbers.append(number ? int(*number) : -1);
        }
        return numbers;
    }
};

inline QList<int> numbers(int from, int to)
{
    QList<int> list;
    for (int i = from; i < to; ++i)
        list.append(i);
    return list;
}

inline TsInput inputOf(const TsChunk &chunk)
{
    TsInput input;
    input.bytes = chunk.bytes;
    input.segmentStart = chunk.segmentStart;
    return input;
}

} // namespace media_test
