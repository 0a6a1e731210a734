#include "sluice/inspector/timeline_geometry.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace sluice::ui {

namespace {
using std::chrono::microseconds;

constexpr int kWantedTicks = 4;

// The round step (1, 2 or 5 times a power of ten) that gives about the wanted number of ticks.
microseconds tickStep(microseconds total)
{
    const qint64 rough = std::max<qint64>(1, total.count() / kWantedTicks);
    qint64 power = 1;
    while (power * 10 <= rough)
        power *= 10;
    for (const qint64 factor : {1, 2, 5}) {
        if (power * factor >= rough)
            return microseconds(power * factor);
    }
    return microseconds(power * 10);
}
} // namespace

TimelineGeometry TimelineGeometry::make(
    const QList<TraceSpan> &spans, qreal width, qreal labelWidth, qreal timeWidth, qreal axisHeight)
{
    TimelineGeometry geometry;
    for (const TraceSpan &span : spans)
        geometry.total = std::max({geometry.total, span.start, span.end.value_or(span.start)});
    geometry.height = axisHeight + rowHeight * qreal(spans.size());
    if (spans.isEmpty())
        return geometry;

    const qreal left = labelWidth;
    const qreal room = std::max<qreal>(minBar, width - labelWidth - timeWidth);
    const auto x = [&](microseconds at) {
        return geometry.total.count() == 0 ? left : left + room * qreal(at.count()) / qreal(geometry.total.count());
    };
    for (qsizetype i = 0; i < spans.size(); ++i) {
        const TraceSpan &span = spans.at(i);
        const qreal top = axisHeight + rowHeight * qreal(i);
        const qreal right = left + room;
        const qreal end = span.end ? x(*span.end) : right;
        const qreal length = std::clamp(end - x(span.start), minBar, room);
        // A short step at the very end is moved back so that it stays visible.
        const qreal begin = std::min(x(span.start), right - length);
        geometry.bars.append({QRectF(0, top, width, rowHeight), QRectF(0, top, labelWidth, rowHeight),
            QRectF(begin, top + (rowHeight - barHeight) / 2, length, barHeight),
            QRectF(right, top, timeWidth, rowHeight)});
    }
    if (geometry.total.count() > 0) {
        const microseconds step = tickStep(geometry.total);
        for (microseconds at(0); at <= geometry.total; at += step)
            geometry.ticks.append({x(at), at});
    }
    return geometry;
}

int TimelineGeometry::barAt(qreal y) const
{
    for (qsizetype i = 0; i < bars.size(); ++i) {
        if (y >= bars.at(i).row.top() && y < bars.at(i).row.bottom())
            return int(i);
    }
    return -1;
}

QString durationText(microseconds time)
{
    const QLocale locale;
    const qint64 us = time.count();
    if (us < 1000)
        return QStringLiteral("%1 µs").arg(us);
    if (us < 10'000)
        return QStringLiteral("%1 ms").arg(locale.toString(double(us) / 1000, 'f', 1));
    if (us < 1'000'000)
        return QStringLiteral("%1 ms").arg(us / 1000);
    return QStringLiteral("%1 s").arg(locale.toString(double(us) / 1'000'000, 'f', 2));
}

} // namespace sluice::ui
