#include "sluice/inspector/timeline_geometry.h"

#include <QtCore/QLocale>

#include <algorithm>
#include <numeric>

namespace sluice::ui {

using std::chrono::microseconds;

namespace {

/// The step of the scale: 1, 2 or 5 times a power of ten, so that at most `most` lines stand on it.
qint64 scaleStep(qint64 total, int most)
{
    qint64 step = 1;
    while (total / step > most) {
        if (total / (step * 2) <= most)
            return step * 2;
        if (total / (step * 5) <= most)
            return step * 5;
        step *= 10;
    }
    return step;
}

/// A round value of the scale, without decimals that say nothing.
QString scaleTime(qint64 us)
{
    if (us == 0)
        return QStringLiteral("0");
    if (us % 1000000 == 0)
        return QStringLiteral("%1 s").arg(us / 1000000);
    if (us % 1000 == 0 && us < 1000000)
        return QStringLiteral("%1 ms").arg(us / 1000);
    return shortTime(microseconds(us));
}

} // namespace

QString exactTime(microseconds time)
{
    const qint64 us = time.count();
    return QStringLiteral("%1.%2 ms").arg(us / 1000).arg(us % 1000, 3, 10, QLatin1Char('0'));
}

QString shortTime(microseconds time)
{
    const QLocale locale;
    const qint64 us = time.count();
    if (us < 1000)
        return QStringLiteral("%1 µs").arg(us);
    const bool seconds = us >= 1000000;
    const double value = double(us) / (seconds ? 1e6 : 1e3);
    const int digits = value < 10 ? 2 : value < 100 ? 1 : 0;
    return locale.toString(value, 'f', digits) + (seconds ? QStringLiteral(" s") : QStringLiteral(" ms"));
}

TimelineGeometry TimelineGeometry::make(const QList<TraceSpan> &spans, microseconds now, double width, double labelWidth)
{
    TimelineGeometry geometry;
    geometry.left = labelWidth;
    geometry.right = std::max(labelWidth + 20, width - 56); // room for the time behind the longest bar
    geometry.total = now;
    for (const TraceSpan &span : spans)
        geometry.total = std::max({geometry.total, span.start, span.end.value_or(span.start)});
    const double room = geometry.right - geometry.left;
    const double perMicrosecond = geometry.total.count() > 0 ? room / double(geometry.total.count()) : 0;

    QList<int> order(spans.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return spans[a].start < spans[b].start; });
    double y = scaleHeight;
    for (const int index : order) {
        const TraceSpan &span = spans[index];
        TimelineBar bar;
        bar.span = index;
        bar.y = y;
        bar.running = !span.end;
        bar.mark = span.end && *span.end == span.start;
        bar.x = geometry.left + double(span.start.count()) * perMicrosecond;
        const microseconds end = std::max(span.start, span.end.value_or(geometry.total));
        bar.width = bar.mark ? markWidth : std::max(1.0, double((end - span.start).count()) * perMicrosecond);
        geometry.bars.append(bar);
        y += rowHeight;
    }
    geometry.height = y;

    if (geometry.total.count() > 0) {
        const int most = std::max(1, int(room / 64));
        const qint64 step = scaleStep(geometry.total.count(), most);
        for (qint64 at = 0; at <= geometry.total.count(); at += step)
            geometry.ticks.append({geometry.left + double(at) * perMicrosecond, scaleTime(at)});
    }
    return geometry;
}

int TimelineGeometry::barAt(double y) const
{
    const int row = y < scaleHeight ? -1 : int((y - scaleHeight) / rowHeight);
    return row >= 0 && row < bars.size() ? row : -1;
}

} // namespace sluice::ui
