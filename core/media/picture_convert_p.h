#pragma once

#include "libav_p.h"

namespace sluice::media {

/// Longest side of any picture in this room.
inline constexpr int maxPictureSide = 8192;

/// A writable planar 4:2:0 picture of limited range; null without memory.
[[nodiscard]] FramePtr newPicture(int width, int height);
/// `source` in any format as such a picture of the given size; null when FFmpeg has no conversion from its format.
[[nodiscard]] FramePtr toPicture(const AVFrame &source, int width, int height);
/// `source` as 0xffRRGGBB words of the same size.
void toRgb32(const AVFrame &source, std::uint8_t *bytes, qsizetype stride);

} // namespace sluice::media
