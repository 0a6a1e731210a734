#pragma once

#include "libav_p.h"

#include <cstdint>

namespace sluice::media {

/// Which of the eight ways to lay a rectangle; others are taken for the nearest of these.
struct Turn {
    bool transposed = false;    ///< about the diagonal from the top left
    bool flippedAcross = false; ///< left and right, after the transposition
    bool flippedDown = false;

    [[nodiscard]] bool isNone() const { return !transposed && !flippedAcross && !flippedDown; }
};

/// What FFmpeg's display matrix asks for (nine numbers; null: nothing).
[[nodiscard]] Turn turnOf(const std::int32_t *matrix);
/// A planar 4:2:0 picture of even sides laid another way, with its time and colours; null without memory.
///
/// Not by libavfilter: the window would carry its 60 libraries for nothing else.
[[nodiscard]] FramePtr turnPicture(const AVFrame &picture, const Turn &turn);

} // namespace sluice::media
