#pragma once

#include <QtCore/QRect>
#include <QtCore/QSize>

namespace sluice::ui {

/// How input and output share the room.
enum class VideoArrangement {
    SideBySide, ///< or one above the other, whichever shows them larger
    Split,      ///< one picture: input left of a divider, output right of it
    Overlay,    ///< the output half transparent above the input
    OutputOnly,
};

/// Where what is painted; a plain value, so that it can be tested without a window.
struct VideoGeometry {
    /// Height of the line above a picture that says what it is.
    static constexpr int CaptionHeight = 22;

    QRect input;         ///< of the picture; empty when it is not shown
    QRect output;
    QRect inputCaption;
    QRect outputCaption;
    int divider = -1;    ///< x of the divider; -1 without one

    /// `inputPicture` and `outputPicture` are sizes whose shape counts; an empty one takes the other's. `split` is from 0 to 1.
    [[nodiscard]] static VideoGeometry of(
        VideoArrangement arrangement, QRect area, QSize inputPicture, QSize outputPicture, double split);
};

} // namespace sluice::ui
