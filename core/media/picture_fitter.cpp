#include "picture_fitter_p.h"

#include "picture_convert_p.h"

#include "sluice/media/filter_graph.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace sluice::media {

namespace {

/// Which of the eight ways to lay a rectangle; others are taken for the nearest of these.
struct Turn {
    bool transposed = false;
    bool flippedAcross = false; ///< left and right, after the transposition
    bool flippedDown = false;
};

/// The matrix maps (x, y), y downwards, to (a·x + c·y, b·x + d·y); it holds a, b, u, c, d, v, then the translation.
Turn turnOf(const std::int32_t *matrix)
{
    if (!matrix)
        return {};
    const qint64 a = matrix[0];
    const qint64 b = matrix[1];
    const qint64 c = matrix[3];
    const qint64 d = matrix[4];
    if (std::llabs(b) + std::llabs(c) > std::llabs(a) + std::llabs(d))
        return {true, c < 0, b < 0};
    return {false, a < 0, d < 0};
}

QString filtersFor(const Turn &turn)
{
    QStringList filters;
    if (turn.transposed)
        filters.append(QStringLiteral("transpose=dir=cclock_flip")); // about the diagonal from the top left
    if (turn.flippedAcross)
        filters.append(QStringLiteral("hflip"));
    if (turn.flippedDown)
        filters.append(QStringLiteral("vflip,copy")); // alone it gives rows that run backwards in memory
    return filters.join(QLatin1Char(','));
}

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

PictureFitter::~PictureFitter() = default;

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
    auto frame = Frame::adopt(fitted.release());
    if (!frame)
        return {};
    const QString filters = filtersFor(turn);
    return filters.isEmpty() ? *frame : turned(std::move(*frame), filters);
}

Frame PictureFitter::turned(Frame frame, const QString &filters)
{
    if (!m_graph || m_graph->description() != filters) {
        auto graph = FilterGraph::create(filters);
        if (!graph)
            return {};
        m_graph = std::move(*graph);
    }
    auto result = m_graph->filter(frame);
    return result && *result ? **result : Frame();
}

} // namespace sluice::media
