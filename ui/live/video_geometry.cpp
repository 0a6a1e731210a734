#include "sluice/live/video_geometry.h"

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int kGap = 8;
constexpr QSize kUsualShape(4, 3);

struct Cell {
    QRect caption;
    QRect picture;
};

/// The picture as large as it fits into the cell below its caption, both together in the middle.
Cell fill(QRect cell, QSize shape)
{
    const QSize room(cell.width(), cell.height() - VideoGeometry::CaptionHeight);
    if (room.width() < 2 || room.height() < 2)
        return {};
    // Pictures have even sides: so they fill their place without being scaled while painting.
    const QSize fitted = shape.scaled(room, Qt::KeepAspectRatio);
    const QSize size(fitted.width() & ~1, fitted.height() & ~1);
    const QPoint corner(cell.left() + (cell.width() - size.width()) / 2, cell.top() + (room.height() - size.height()) / 2);
    Cell filled;
    filled.caption = QRect(corner, QSize(size.width(), VideoGeometry::CaptionHeight));
    filled.picture = QRect(corner + QPoint(0, VideoGeometry::CaptionHeight), size);
    return filled;
}

std::pair<QRect, QRect> halves(QRect area, bool across)
{
    if (across) {
        const int width = (area.width() - kGap) / 2;
        return {QRect(area.left(), area.top(), width, area.height()), QRect(area.right() - width + 1, area.top(), width, area.height())};
    }
    const int height = (area.height() - kGap) / 2;
    return {QRect(area.left(), area.top(), area.width(), height), QRect(area.left(), area.bottom() - height + 1, area.width(), height)};
}

int pixels(QRect rect)
{
    return rect.width() * rect.height();
}

VideoGeometry sideBySide(QRect area, QSize inputShape, QSize outputShape)
{
    VideoGeometry best;
    for (const bool across : {true, false}) {
        const auto [first, second] = halves(area, across);
        const Cell in = fill(first, inputShape);
        const Cell out = fill(second, outputShape);
        if (pixels(out.picture) > pixels(best.output))
            best = {in.picture, out.picture, in.caption, out.caption, -1};
    }
    return best;
}

} // namespace

VideoGeometry VideoGeometry::of(
    VideoArrangement arrangement, QRect area, QSize inputPicture, QSize outputPicture, double split)
{
    const QSize usual = inputPicture.isEmpty() ? kUsualShape : inputPicture;
    const QSize outputShape = outputPicture.isEmpty() ? usual : outputPicture;
    const QSize inputShape = inputPicture.isEmpty() ? outputShape : inputPicture;
    if (arrangement == VideoArrangement::SideBySide)
        return sideBySide(area, inputShape, outputShape);
    const Cell whole = fill(area, outputShape);
    VideoGeometry geometry;
    geometry.output = whole.picture;
    geometry.outputCaption = whole.caption;
    if (arrangement == VideoArrangement::OutputOnly || whole.picture.isEmpty())
        return geometry;
    geometry.input = whole.picture;
    const int half = whole.caption.width() / 2;
    geometry.inputCaption = whole.caption.adjusted(0, 0, -half, 0);
    geometry.outputCaption = whole.caption.adjusted(half, 0, 0, 0);
    if (arrangement == VideoArrangement::Split)
        geometry.divider = whole.picture.left() + int(std::clamp(split, 0.0, 1.0) * whole.picture.width());
    return geometry;
}

} // namespace sluice::ui
