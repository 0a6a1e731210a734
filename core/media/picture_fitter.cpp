#include "picture_fitter_p.h"

#include "picture_convert_p.h"
#include "picture_turn_p.h"

#include <algorithm>
#include <cmath>

namespace sluice::media {

namespace {

int evenLength(double length)
{
    return std::clamp(int(std::lround(length / 2)) * 2, 2, maxPictureSide);
}

} // namespace

PictureFitter::PictureFitter(int maxLong, int maxShort)
    : m_maxLong(std::max(maxLong, maxShort))
    , m_maxShort(std::min(maxLong, maxShort))
{
}

void PictureFitter::chooseSize(double width, double height)
{
    const double scale = std::min({1.0, m_maxLong / std::max(width, height), m_maxShort / std::min(width, height)});
    m_width = evenLength(width * scale);
    m_height = evenLength(height * scale);
}

Frame PictureFitter::fit(const AVFrame &picture, const PictureDisplay &display)
{
    if (picture.width < 1 || picture.height < 1 || picture.width > maxPictureSide || picture.height > maxPictureSide)
        return {};
    const AVRational shape = display.pixelShape;
    const double ratio = shape.num > 0 && shape.den > 0 ? std::clamp(av_q2d(shape), 1.0 / 8, 8.0) : 1;
    // Stretched, never shrunk, so that no detail is lost.
    double width = picture.width * std::max(1.0, ratio);
    double height = picture.height * std::max(1.0, 1 / ratio);
    const Turn turn = turnOf(display.matrix);
    if (m_width == 0)
        turn.transposed ? chooseSize(height, width) : chooseSize(width, height);
    const int roomWidth = turn.transposed ? m_height : m_width;
    const int roomHeight = turn.transposed ? m_width : m_height;
    const double scale = std::min(roomWidth / width, roomHeight / height);
    const auto inner = [scale](double length, int room) {
        const int fitted = std::min(evenLength(length * scale), room);
        return room - fitted <= 2 ? room : fitted; // what rounding leaves is no border
    };
    FramePtr fitted = toFramedPicture(picture, inner(width, roomWidth), inner(height, roomHeight), roomWidth, roomHeight);
    if (!fitted)
        return {};
    if (!turn.isNone())
        fitted = turnPicture(*fitted, turn);
    if (!fitted)
        return {};
    auto frame = Frame::adopt(fitted.release());
    return frame ? *frame : Frame();
}

} // namespace sluice::media
