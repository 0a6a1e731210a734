#pragma once

#include "sluice/base/trace.h"

#include <QtCore/QList>
#include <QtCore/QRectF>

namespace sluice::ui {

/// Where the bars of a waterfall go: pure arithmetic, so that it is tested without a window.
///
/// Rows from top to bottom in the order of the spans; time from left to right, the last end at the right edge. A
/// running span reaches to the right edge. A moment gets a bar of `minBar` pixels.
struct TimelineGeometry {
    static constexpr qreal rowHeight = 24;
    static constexpr qreal barHeight = 12;
    static constexpr qreal minBar = 3;

    struct Bar {
        QRectF row;   ///< the whole line, for hover and selection
        QRectF label; ///< where the name stands
        QRectF bar;
        QRectF time;  ///< where the length stands
    };
    struct Tick {
        qreal x = 0;
        std::chrono::microseconds at{0};
    };

    QList<Bar> bars;
    QList<Tick> ticks; ///< at round times, 2 to 6 of them
    std::chrono::microseconds total{0};
    qreal height = 0;

    [[nodiscard]] static TimelineGeometry make(const QList<TraceSpan> &spans, qreal width, qreal labelWidth,
        qreal timeWidth, qreal axisHeight);
    /// Index of the bar at `y`, or -1.
    [[nodiscard]] int barAt(qreal y) const;
};

/// "3.2 ms", "1.24 s", "850 µs".
[[nodiscard]] QString durationText(std::chrono::microseconds time);

} // namespace sluice::ui
