#pragma once

#include "sluice/base/expected.h"
#include "sluice/media/stage.h"

#include <QtCore/QtGlobal>

#include <array>
#include <cstdint>
#include <memory>

struct AVFrame;

namespace sluice::media {

/// Ticks per second of every timestamp in this room, as in MPEG-TS.
inline constexpr qint64 ticksPerSecond = 90'000;

/// This moment in 90 kHz ticks, from an origin that all sources of this process share. It starts at one second and stays below
/// MPEG-TS's 33 bits for a day.
[[nodiscard]] qint64 nowTicks();

/// Memory layouts that Frame::fromPixels() takes.
enum class PixelFormat { Yuv420p, Yuvj420p, Yuv422p, Nv12, Nv21, Yuyv, Uyvy, Rgb24, Bgr24, Rgba32, Bgra32, Argb32, Abgr32, Gray8 };

/// The memory of a picture that is not ours: one to three planes with the bytes from one row to the next.
struct PixelPlanes {
    std::array<const std::uint8_t *, 4> data{};
    std::array<int, 4> stride{};
};

/// One picture: planar YUV 4:2:0, 8 bits, limited range, in reference-counted memory.
///
/// It carries what is needed to show it as it was meant: the shape of its pixels, and matrix, primaries and transfer function of its
/// colours. The matrix is always known: where a stream says none it is BT.709 from 1280 columns or 577 rows on and BT.601 below.
///
/// Copies share the pixels; writablePlane() makes them this copy's own. Timestamps and stamps belong to the copy.
/// One Frame is not for two threads at once, copies of it are.
class Frame {
public:
    /// No picture.
    Frame() = default;
    /// A picture of undefined content; both sides are at least 2 and rounded up to even. Null when they exceed 8192.
    [[nodiscard]] static Frame allocate(int width, int height);
    /// Copies and converts; InvalidInput when the size is out of range.
    [[nodiscard]] static Expected<Frame> fromPixels(PixelFormat format, int width, int height, const PixelPlanes &planes);
    /// Takes ownership. A frame that is not planar 4:2:0 of limited range is converted. pts is taken as 90 kHz; pixel shape and colours
    /// are kept.
    [[nodiscard]] static Expected<Frame> adopt(AVFrame *frame);

    [[nodiscard]] bool isNull() const { return !m_frame; }
    [[nodiscard]] int width() const;
    [[nodiscard]] int height() const;
    /// The size that the picture has on a screen of square pixels: one side is its own, the other one is stretched.
    [[nodiscard]] int displayWidth() const;
    [[nodiscard]] int displayHeight() const;

    /// Plane 0 is luma, 1 and 2 are the two chroma planes of half the size each way. Null for a null frame.
    [[nodiscard]] const std::uint8_t *plane(int index) const;
    /// Bytes from one row of the plane to the next.
    [[nodiscard]] int stride(int index) const;
    /// The same for writing; copies the pixels first when another Frame shares them.
    [[nodiscard]] std::uint8_t *writablePlane(int index);

    /// Presentation time in 90 kHz ticks, from an origin that the source chose.
    [[nodiscard]] qint64 pts() const { return m_pts; }
    void setPts(qint64 ticks) { m_pts = ticks; }
    /// Wall-clock time of the capture in microseconds since 1970, 0 when unknown.
    [[nodiscard]] qint64 capturedWallUs() const { return m_capturedWallUs; }
    [[nodiscard]] StageStamps &stamps() { return m_stamps; }
    [[nodiscard]] const StageStamps &stamps() const { return m_stamps; }
    /// Stamps the capture, wall clock and steady clock, with this moment.
    void stampCaptured();
    /// Takes pts, wall clock and stamps of another frame: what a filter does with its output.
    void takeTimes(const Frame &other);

    /// Writes the picture as 0xffRRGGBB words (QImage::Format_RGB32) into height() rows of `stride` bytes each.
    void toRgb32(std::uint8_t *bytes, qsizetype stride) const;
    /// The picture at another size (bilinear), with the same times and colours and with square pixels; itself when it is that already.
    [[nodiscard]] Frame scaled(int width, int height) const;

    /// The wrapped frame; stays this Frame's.
    [[nodiscard]] const AVFrame *av() const { return m_frame.get(); }

private:
    std::shared_ptr<AVFrame> m_frame;
    qint64 m_pts = 0;
    qint64 m_capturedWallUs = 0;
    StageStamps m_stamps;
};

} // namespace sluice::media
