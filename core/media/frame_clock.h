#pragma once

#include "sluice/media/frame.h"

#include <cstdint>
#include <optional>

namespace sluice::media {

/// The frame clock: a 24-bit number drawn into the picture as black and white blocks, so that order and latency can be read from
/// the picture itself wherever it went.
///
/// Two rows of 18 blocks across the top sixth of the picture: a start mark, the number, and an 8-bit check. It survives lossy
/// coding, scaling, grey, blur, hue, negation and mirroring either way; it does not survive edge detection or heavy cropping.
inline constexpr std::uint32_t frameClockModulus = 1U << 24;

/// Draws `number` modulo 2^24 into the picture.
void drawFrameClock(Frame &frame, std::uint32_t number);
/// The number in the picture, or nothing when there is no legible clock whose check is right.
[[nodiscard]] std::optional<std::uint32_t> readFrameClock(const Frame &frame);

} // namespace sluice::media
