#include "picture_turn_p.h"

#include "picture_convert_p.h"

#include <algorithm>
#include <cstdlib>

namespace sluice::media {

namespace {

/// One plane of a picture.
template <typename Byte>
struct Plane {
    Byte *bytes;
    std::ptrdiff_t stride;
    int width;
    int height;
};

/// Pixels are taken in squares of this side, so that a transposition reads and writes what the cache holds.
constexpr int Square = 32;

/// `source` with the steps that lead from one pixel of `target` to its right and lower neighbour.
void copyPlane(const Plane<std::uint8_t> &target, const std::uint8_t *source, std::ptrdiff_t right, std::ptrdiff_t down)
{
    for (int top = 0; top < target.height; top += Square) {
        const int bottom = std::min(top + Square, target.height);
        for (int left = 0; left < target.width; left += Square) {
            const int end = std::min(left + Square, target.width);
            for (int y = top; y < bottom; ++y) {
                const std::uint8_t *from = source + y * down + left * right;
                std::uint8_t *to = target.bytes + y * target.stride + left;
                for (int x = left; x < end; ++x, from += right)
                    *to++ = *from;
            }
        }
    }
}

void turnPlane(const Plane<std::uint8_t> &target, const Plane<const std::uint8_t> &source, const Turn &turn)
{
    std::ptrdiff_t right = turn.transposed ? source.stride : 1;
    std::ptrdiff_t down = turn.transposed ? 1 : source.stride;
    const std::uint8_t *first = source.bytes;
    if (turn.flippedAcross) {
        first += right * (target.width - 1);
        right = -right;
    }
    if (turn.flippedDown) {
        first += down * (target.height - 1);
        down = -down;
    }
    copyPlane(target, first, right, down);
}

} // namespace

// The matrix maps (x, y), y downwards, to (a·x + c·y, b·x + d·y); it holds a, b, u, c, d, v, then the translation.
Turn turnOf(const std::int32_t *matrix)
{
    if (!matrix)
        return {};
    const std::int64_t a = matrix[0];
    const std::int64_t b = matrix[1];
    const std::int64_t c = matrix[3];
    const std::int64_t d = matrix[4];
    if (std::llabs(b) + std::llabs(c) > std::llabs(a) + std::llabs(d))
        return {true, c < 0, b < 0};
    return {false, a < 0, d < 0};
}

FramePtr turnPicture(const AVFrame &picture, const Turn &turn)
{
    const int width = turn.transposed ? picture.height : picture.width;
    const int height = turn.transposed ? picture.width : picture.height;
    FramePtr turned = newPicture(width, height);
    if (!turned || av_frame_copy_props(turned.get(), &picture) < 0)
        return {};
    for (int plane = 0; plane < 3; ++plane) {
        const int part = plane == 0 ? 1 : 2;
        turnPlane({turned->data[plane], turned->linesize[plane], width / part, height / part},
            {picture.data[plane], picture.linesize[plane], picture.width / part, picture.height / part}, turn);
    }
    return turned;
}

} // namespace sluice::media
