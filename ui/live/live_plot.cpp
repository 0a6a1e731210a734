#include "sluice/live/live_plot.h"

#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {
constexpr int kHead = 34; // two lines of 11 pixels
} // namespace

LivePlot::LivePlot(const QString &title, const QString &unit, const QList<Series> &series, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
    , m_unit(unit)
    , m_series(series)
    , m_values(series.size())
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    describe();
}

void LivePlot::append(const QList<std::optional<double>> &values)
{
    for (qsizetype i = 0; i < m_values.size(); ++i) {
        m_values[i].append(values.value(i));
        if (m_values[i].size() > Capacity)
            m_values[i].removeFirst();
    }
    describe();
    update();
}

void LivePlot::clear()
{
    for (auto &series : m_values)
        series.clear();
    describe();
    update();
}

void LivePlot::setFormatter(std::function<QString(double)> formatter)
{
    m_formatter = std::move(formatter);
}

QString LivePlot::valueText(double value) const
{
    if (m_formatter)
        return m_formatter(value);
    const QString number = QLocale().toString(value, 'f', value < 10 && value != std::floor(value) ? 1 : 0);
    return m_unit.isEmpty() ? number : QStringLiteral("%1 %2").arg(number, m_unit);
}

QString LivePlot::summary() const
{
    QStringList parts;
    for (qsizetype i = 0; i < m_series.size(); ++i) {
        if (m_values.at(i).isEmpty() || !m_values.at(i).last())
            continue;
        const QString value = valueText(*m_values.at(i).last());
        parts << (m_series.at(i).name.isEmpty() ? value : m_series.at(i).name + QLatin1Char(' ') + value);
    }
    return parts.isEmpty() ? QStringLiteral("–") : parts.join(QStringLiteral(", "));
}

void LivePlot::describe()
{
    setAccessibleName(tr("%1: %2").arg(m_title, summary()));
    setToolTip(tr("%1 over the last minute").arg(m_title));
}

double LivePlot::top() const
{
    double highest = 0;
    for (const auto &series : m_values) {
        for (const auto &value : series)
            highest = std::max(highest, value.value_or(0));
    }
    if (highest <= 0)
        return 1;
    const double power = std::pow(10.0, std::floor(std::log10(highest)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (highest <= step * power)
            return step * power;
    }
    return 10 * power;
}

void LivePlot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintHead(painter, QRect(0, 0, width(), kHead));
    const QRectF area = QRectF(rect()).adjusted(0.5, kHead + 2, -0.5, -1.5);
    if (area.height() < 8)
        return;
    const double scale = top();
    painter.setPen(QPen(Theme::color(Theme::Role::Border), 1));
    for (const double share : {0.0, 0.5, 1.0})
        painter.drawLine(QPointF(area.left(), area.bottom() - share * area.height()), QPointF(area.right(), area.bottom() - share * area.height()));
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < int(m_series.size()); ++i)
        paintLine(painter, area, i, scale);
    painter.setFont(Theme::font(Theme::Type::Small11));
    painter.setPen(Theme::color(Theme::Role::Muted));
    painter.drawText(area.adjusted(0, 1, -2, 0), Qt::AlignRight | Qt::AlignTop, valueText(scale));
}

QString LivePlot::newestText(qsizetype series) const
{
    const auto newest = m_values.at(series).isEmpty() ? std::nullopt : m_values.at(series).last();
    return newest ? valueText(*newest) : QStringLiteral("–");
}

bool LivePlot::hasRoomForNames(int width) const
{
    const QFontMetrics metrics(Theme::font(Theme::Type::SmallStrong11));
    const int least = metrics.horizontalAdvance(QStringLiteral("000"));
    int needed = int(m_series.size() - 1) * space::One;
    for (qsizetype i = 0; i < m_series.size(); ++i)
        needed += metrics.horizontalAdvance(m_series.at(i).name + QLatin1Char(' ')) + std::max(least, metrics.horizontalAdvance(newestText(i)));
    return needed <= width;
}

void LivePlot::paintHead(QPainter &painter, const QRect &head) const
{
    const int line = head.height() / 2;
    const bool named = m_narrowTitle.isEmpty() || hasRoomForNames(head.width());
    painter.setFont(Theme::font(Theme::Type::Small11));
    painter.setPen(Theme::color(Theme::Role::Muted));
    painter.drawText(head.adjusted(0, 0, 0, -line), Qt::AlignLeft | Qt::AlignVCenter, named ? m_title : m_narrowTitle);
    painter.setFont(Theme::font(Theme::Type::SmallStrong11));
    int x = head.left();
    const auto draw = [&](const QString &text, Theme::Role role) {
        painter.setPen(Theme::color(role));
        painter.drawText(QRect(x, head.top() + line, head.right() - x + 1, line), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += painter.fontMetrics().horizontalAdvance(text);
    };
    for (qsizetype i = 0; i < m_series.size(); ++i) {
        if (i > 0 && named)
            x += space::One;
        else if (i > 0)
            draw(QStringLiteral(" / "), Theme::Role::Muted);
        const QString &name = m_series.at(i).name;
        draw(named && !name.isEmpty() ? name + QLatin1Char(' ') + newestText(i) : newestText(i), m_series.size() > 1 ? m_series.at(i).role : Theme::Role::Text);
    }
}

void LivePlot::paintLine(QPainter &painter, const QRectF &area, int series, double top) const
{
    const QList<std::optional<double>> &values = m_values.at(series);
    const double step = area.width() / (Capacity - 1);
    QPainterPath path;
    bool drawing = false;
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (!values.at(i)) {
            drawing = false;
            continue;
        }
        const QPointF point(area.right() - double(values.size() - 1 - i) * step, area.bottom() - *values.at(i) / top * area.height());
        if (drawing)
            path.lineTo(point);
        else
            path.moveTo(point);
        drawing = true;
    }
    painter.setPen(QPen(Theme::color(m_series.at(series).role), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

} // namespace sluice::ui
