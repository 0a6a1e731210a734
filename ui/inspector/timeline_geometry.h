#pragma once

#include "sluice/base/trace.h"

#include <QtCore/QList>
#include <QtCore/QString>

namespace sluice::ui {

/// One step of a call as a bar. Pixels from the left and the top of the timeline.
struct TimelineBar {
    int span = 0; ///< index into the spans
    double x = 0;
    double width = 0; ///< at least one pixel; of a mark exactly that of a mark
    double y = 0;
    bool mark = false; ///< a moment without length
    bool running = false;
    bool operator==(const TimelineBar &) const = default;
};

/// A line of the scale.
struct TimelineTick {
    double x = 0;
    QString label;
    bool operator==(const TimelineTick &) const = default;
};

/// Where everything of a timeline stands: a plain value, made from the spans alone, so that it is tested without a window.
struct TimelineGeometry {
    QList<TimelineBar> bars; ///< one row each, in order of their start
    QList<TimelineTick> ticks;
    std::chrono::microseconds total{0};
    double left = 0;  ///< where time zero is
    double right = 0; ///< where `total` is
    double height = 0;

    static constexpr double rowHeight = 20;
    static constexpr double scaleHeight = 20;
    static constexpr double markWidth = 6;

    /// `now` is how long the call has taken, for steps that still run. `labelWidth` is kept free for names.
    [[nodiscard]] static TimelineGeometry make(
        const QList<TraceSpan> &spans, std::chrono::microseconds now, double width, double labelWidth);
    /// The bar whose row is at that height, or -1.
    [[nodiscard]] int barAt(double y) const;
};

/// "850 µs", "12.3 ms", "1.24 s": three digits, for people.
[[nodiscard]] QString shortTime(std::chrono::microseconds time);
/// All digits: "12.345 ms".
[[nodiscard]] QString exactTime(std::chrono::microseconds time);

} // namespace sluice::ui
