#include "sluice/media/frame_clock.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace sluice::media {

namespace {

constexpr int columns = 18;
constexpr int rows = 2;
constexpr int bitCount = columns * rows;
constexpr std::uint64_t startMark = 0b1011;
constexpr std::uint8_t black = 16;
constexpr std::uint8_t white = 235;

using Bits = std::array<bool, bitCount>;

/// CRC-8 (polynomial 0x07) over the three bytes of the number.
std::uint8_t check(std::uint32_t number)
{
    std::uint8_t crc = 0x5a;
    for (const int shift : {16, 8, 0}) {
        crc = std::uint8_t(crc ^ (number >> shift));
        for (int i = 0; i < 8; ++i)
            crc = std::uint8_t((crc & 0x80) ? (crc << 1) ^ 0x07 : crc << 1);
    }
    return crc;
}

/// Mark, number, check: 36 bits, the first in the top left corner.
std::uint64_t wordOf(std::uint32_t number)
{
    return startMark << 32 | std::uint64_t(number) << 8 | check(number);
}

/// Edges of the cell in pixels: [column, row] to [column + 1, row + 1]; even, so that chroma fits.
int columnEdge(int width, int column)
{
    return width * column / columns & ~1;
}

int rowEdge(int height, int row)
{
    return height * row / (6 * rows) & ~1;
}

void fill(Frame &frame, int x0, int x1, int y0, int y1, std::uint8_t luma)
{
    std::uint8_t *const y = frame.writablePlane(0);
    for (int row = y0; row < y1; ++row)
        std::memset(y + std::ptrdiff_t(row) * frame.stride(0) + x0, luma, std::size_t(x1 - x0));
    for (const int index : {1, 2}) {
        std::uint8_t *const plane = frame.writablePlane(index);
        for (int row = y0 / 2; row < y1 / 2; ++row)
            std::memset(plane + std::ptrdiff_t(row) * frame.stride(index) + x0 / 2, 128, std::size_t((x1 - x0) / 2));
    }
}

/// Mean luma of the middle of a cell: its borders bleed under blur and scaling.
int middle(const Frame &frame, int x0, int x1, int y0, int y1)
{
    const int dx = std::max(1, (x1 - x0) / 4);
    const int dy = std::max(1, (y1 - y0) / 4);
    int sum = 0;
    int count = 0;
    for (int y = y0 + dy; y < std::max(y1 - dy, y0 + dy + 1); ++y) {
        const std::uint8_t *line = frame.plane(0) + std::ptrdiff_t(y) * frame.stride(0);
        for (int x = x0 + dx; x < std::max(x1 - dx, x0 + dx + 1); ++x, ++count)
            sum += line[x];
    }
    return sum / count;
}

/// Black or white of every cell, or nothing when some is neither.
std::optional<Bits> readBits(const Frame &frame, bool fromRight, bool fromBottom)
{
    std::array<int, bitCount> luma{};
    const int width = frame.width();
    const int height = frame.height();
    for (int i = 0; i < bitCount; ++i) {
        int x0 = columnEdge(width, i % columns);
        int x1 = columnEdge(width, i % columns + 1);
        int y0 = rowEdge(height, i / columns);
        int y1 = rowEdge(height, i / columns + 1);
        if (fromRight) {
            const int left = width - x1;
            x1 = width - x0;
            x0 = left;
        }
        if (fromBottom) {
            const int top = height - y1;
            y1 = height - y0;
            y0 = top;
        }
        luma[std::size_t(i)] = middle(frame, x0, x1, y0, y1);
    }
    const auto [low, high] = std::minmax_element(luma.begin(), luma.end());
    const int contrast = *high - *low;
    if (contrast < 40)
        return std::nullopt;
    Bits bits{};
    for (std::size_t i = 0; i < luma.size(); ++i) {
        const int level = (luma[i] - *low) * 8 / contrast;
        if (level == 3 || level == 4) // between a third and two thirds
            return std::nullopt;
        bits[i] = level > 4;
    }
    return bits;
}

std::optional<std::uint32_t> numberOf(const Bits &bits, bool negated)
{
    std::uint64_t word = 0;
    for (const bool bit : bits)
        word = word << 1 | std::uint64_t(bit != negated);
    const auto number = std::uint32_t(word >> 8 & (frameClockModulus - 1));
    if (word != wordOf(number))
        return std::nullopt;
    return number;
}

} // namespace

void drawFrameClock(Frame &frame, std::uint32_t number)
{
    if (frame.isNull())
        return;
    const std::uint64_t word = wordOf(number % frameClockModulus);
    for (int i = 0; i < bitCount; ++i) {
        const bool bit = word >> (bitCount - 1 - i) & 1;
        const int column = i % columns;
        const int row = i / columns;
        fill(frame, columnEdge(frame.width(), column), columnEdge(frame.width(), column + 1), rowEdge(frame.height(), row),
            rowEdge(frame.height(), row + 1), bit ? white : black);
    }
}

std::optional<std::uint32_t> readFrameClock(const Frame &frame)
{
    if (frame.width() < 2 * columns || frame.height() < 4 * 6 * rows)
        return std::nullopt;
    for (const bool fromBottom : {false, true}) {
        for (const bool fromRight : {false, true}) {
            const auto bits = readBits(frame, fromRight, fromBottom);
            if (!bits)
                continue;
            for (const bool negated : {false, true}) {
                if (const auto number = numberOf(*bits, negated))
                    return number;
            }
        }
    }
    return std::nullopt;
}

} // namespace sluice::media
