#pragma once

#include "sluice/media/frame.h"

#include "libav_p.h"

namespace sluice::media {

/// How a file says that a picture is to be shown, beside its pixels.
struct PictureDisplay {
    /// Width by height of one pixel.
    AVRational pixelShape{1, 1};
    /// FFmpeg's display matrix: nine numbers, or null for upright.
    const std::int32_t *matrix = nullptr;
};

/// Turns decoded pictures upright, with square pixels, all of one size. For one thread.
///
/// The first picture sets the size, within bounds. A later one of another shape stands in the middle of black.
class PictureFitter final {
public:
    /// Bounds of the longer side by the shorter one, whichever way the picture lies.
    PictureFitter(int maxLong, int maxShort);

    /// Null when the picture cannot be converted.
    [[nodiscard]] Frame fit(const AVFrame &picture, const PictureDisplay &display);
    /// Zero before the first picture.
    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] int height() const { return m_height; }

private:
    void chooseSize(double width, double height);

    const int m_maxLong;
    const int m_maxShort;
    int m_width = 0;
    int m_height = 0;
};

} // namespace sluice::media
