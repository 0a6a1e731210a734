#pragma once

#include "libav_p.h"

namespace sluice::media {

/// Longest side of any picture in this room.
inline constexpr int maxPictureSide = 8192;

/// The matrix between the frame's YUV and RGB: what it says; where it says nothing, or holds RGB, what players take for one of `width`×`height`.
[[nodiscard]] AVColorSpace matrixOf(const AVFrame &frame, int width, int height);
/// Writes into the frame's description what it leaves open: matrix, limited range, square pixels. Its pixels must be ours.
void completeDescription(AVFrame &frame);

/// A writable planar 4:2:0 picture of limited range; null without memory.
[[nodiscard]] FramePtr newPicture(int width, int height);
/// `source` in any format as such a picture of the given size, with its colour description; null when FFmpeg has no conversion from its format.
[[nodiscard]] FramePtr toPicture(const AVFrame &source, int width, int height);
/// The same, as large as `inner` and in the middle of a black picture of the given size.
[[nodiscard]] FramePtr toFramedPicture(const AVFrame &source, int innerWidth, int innerHeight, int width, int height);
/// `source` as 0xffRRGGBB words of the same size.
void toRgb32(const AVFrame &source, std::uint8_t *bytes, qsizetype stride);

} // namespace sluice::media
