#include "sluice/inspector/timeline_view.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr double leastLabel = 84;
constexpr double mostLabel = 128;
constexpr double labelGap = 16;
constexpr double barHeight = 12;
constexpr int mostSpoken = 12;
} // namespace

TimelineView::TimelineView(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Timeline of the call"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QString TimelineView::titleOf(const QString &name)
{
    static const QHash<QString, QString> titles{{QStringLiteral("token"), tr("Job token")}, {QStringLiteral("sign"), tr("Sign tickets")},
        {QStringLiteral("connect"), tr("Connect")}, {QStringLiteral("tls"), tr("TLS")}, {QStringLiteral("send"), tr("Send")},
        {QStringLiteral("wait"), tr("Wait")}, {QStringLiteral("receive"), tr("Receive")}, {QStringLiteral("first event"), tr("First event")},
        {QStringLiteral("queue"), tr("Queue")}, {QStringLiteral("discover"), tr("Discover")}, {QStringLiteral("pay"), tr("Pay")}, {QStringLiteral("retry"), tr("Try again")},
        {QStringLiteral("start"), tr("Start the job")}, {QStringLiteral("channels"), tr("Open channels")}, {QStringLiteral("update"), tr("Parameters")},
        {QStringLiteral("payment"), tr("Payment")}, {QStringLiteral("stop"), tr("Stop the job")}, {QStringLiteral("close channels"), tr("Close channels")}, {QStringLiteral("runner"), tr("Runner")}};
    return titles.value(name, name);
}

QString TimelineView::describe(const TraceSpan &span)
{
    QString text = titleOf(span.name);
    if (!span.detail.isEmpty())
        text += QStringLiteral(" · ") + span.detail;
    if (!span.end)
        text += tr(": since %1, still running").arg(exactTime(span.start));
    else if (*span.end == span.start)
        text += tr(": at %1").arg(exactTime(span.start));
    else
        text += tr(": %1 to %2, took %3").arg(exactTime(span.start), exactTime(*span.end), exactTime(*span.end - span.start));
    if (span.failed)
        text += tr(", failed");
    return text;
}

Theme::Role TimelineView::roleOf(const TraceSpan &span)
{
    if (span.failed)
        return Theme::Role::Failed;
    if (span.name == QLatin1String("sign") || span.name == QLatin1String("pay"))
        return Theme::Role::Paid;
    if (span.name == QLatin1String("wait") || span.name == QLatin1String("queue"))
        return Theme::Role::Warning;
    if (span.name == QLatin1String("receive") || span.name == QLatin1String("first event"))
        return Theme::Role::Success;
    return span.name == QLatin1String("token") ? Theme::Role::Accent : Theme::Role::Info;
}

void TimelineView::setSpans(const QList<TraceSpan> &spans, std::chrono::microseconds now)
{
    m_spans = spans;
    m_now = now;
    if (m_current >= spans.size())
        m_current = -1;
    m_hover = -1;
    relayout();
    describeAll();
}

void TimelineView::relayout()
{
    const double before = m_geometry.height;
    // As wide as the words of this language, within reason.
    const QFontMetricsF metrics(Theme::font(Theme::Type::Small11));
    m_labelWidth = leastLabel;
    for (const TraceSpan &span : m_spans)
        m_labelWidth = std::clamp(metrics.horizontalAdvance(titleOf(span.name)) + labelGap, m_labelWidth, mostLabel);
    m_geometry = TimelineGeometry::make(m_spans, m_now, width(), m_labelWidth);
    if (m_geometry.height != before)
        updateGeometry();
    update();
}

void TimelineView::describeAll()
{
    QStringList steps;
    for (const TimelineBar &bar : std::as_const(m_geometry.bars)) {
        if (steps.size() == mostSpoken) {
            steps << tr("and %n more", nullptr, int(m_geometry.bars.size()) - mostSpoken);
            break;
        }
        steps << describe(m_spans[bar.span]);
    }
    setAccessibleDescription(m_current >= 0 ? describe(m_spans[m_geometry.bars[m_current].span]) : steps.join(QStringLiteral("; ")));
}

void TimelineView::setCurrentRow(int row)
{
    row = std::clamp(row, -1, int(m_geometry.bars.size()) - 1);
    if (row == m_current)
        return;
    m_current = row;
    describeAll();
    update();
    Q_EMIT currentRowChanged(row);
}

QSize TimelineView::sizeHint() const
{
    return {280, int(m_geometry.height) + space::One};
}

QSize TimelineView::minimumSizeHint() const
{
    return {160, int(m_geometry.height) + space::One};
}

void TimelineView::paintBar(QPainter &painter, const TimelineBar &bar) const
{
    const TraceSpan &span = m_spans[bar.span];
    const QColor color = Theme::color(roleOf(span));
    const double middle = bar.y + TimelineGeometry::rowHeight / 2;
    painter.setRenderHint(QPainter::Antialiasing);
    if (bar.mark) {
        const double half = TimelineGeometry::markWidth / 2;
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPolygon(QPolygonF({QPointF(bar.x, middle - half - 1), QPointF(bar.x + half + 1, middle), QPointF(bar.x, middle + half + 1),
            QPointF(bar.x - half - 1, middle)}));
    } else {
        QRectF box(bar.x, middle - barHeight / 2, std::max(2.0, bar.width), barHeight);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        const double radius = std::min(3.0, box.width() / 2);
        painter.drawRoundedRect(box, radius, radius);
        if (span.failed || bar.running) {
            // Hatched, so that it also reads without colour.
            QColor line = Theme::color(Theme::Role::Surface);
            line.setAlphaF(0.45F);
            painter.setBrush(QBrush(line, bar.running ? Qt::BDiagPattern : Qt::DiagCrossPattern));
            painter.drawRoundedRect(box, radius, radius);
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    QString length = bar.running ? tr("running") : bar.mark ? tr("at %1").arg(shortTime(span.start)) : shortTime(*span.end - span.start);
    if (span.failed)
        length += tr(" · failed");
    painter.setFont(Theme::font(Theme::Type::Small11));
    painter.setPen(Theme::color(span.failed ? Theme::Role::Failed : Theme::Role::Muted));
    const QFontMetricsF metrics(painter.font());
    const double wanted = metrics.horizontalAdvance(length);
    const double after = bar.x + (bar.mark ? TimelineGeometry::markWidth : bar.width) + 6;
    const double x = after + wanted <= width() ? after : std::max(m_labelWidth, bar.x - wanted - 6);
    painter.drawText(QRectF(x, bar.y, wanted + 2, TimelineGeometry::rowHeight), Qt::AlignLeft | Qt::AlignVCenter, length);
}

void TimelineView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(Theme::font(Theme::Type::Small11));
    const QFontMetricsF metrics(painter.font());
    double free = 0;
    for (const TimelineTick &tick : std::as_const(m_geometry.ticks)) {
        painter.fillRect(QRectF(tick.x, TimelineGeometry::scaleHeight - 4, 1, m_geometry.height - TimelineGeometry::scaleHeight + 4),
            Theme::color(Theme::Role::Border));
        const double wanted = metrics.horizontalAdvance(tick.label);
        const double x = std::min(tick.x - wanted / 2, width() - wanted);
        if (x < free)
            continue;
        painter.setPen(Theme::color(Theme::Role::Muted));
        painter.drawText(QRectF(x, 0, wanted + 2, TimelineGeometry::scaleHeight - 4), Qt::AlignLeft | Qt::AlignVCenter, tick.label);
        free = x + wanted + 8;
    }
    for (int row = 0; row < m_geometry.bars.size(); ++row) {
        const TimelineBar &bar = m_geometry.bars[row];
        const QRectF line(0, bar.y, width(), TimelineGeometry::rowHeight);
        if (row == m_current || row == m_hover) {
            painter.fillRect(line, Theme::color(row == m_current ? Theme::Role::Selection : Theme::Role::Hover));
            if (row == m_current && hasFocus()) {
                painter.setPen(Theme::color(Theme::Role::Accent));
                painter.setBrush(Qt::NoBrush);
                painter.drawRect(line.adjusted(0, 0, -1, -1));
            }
        }
        painter.setFont(Theme::font(Theme::Type::Small11));
        painter.setPen(Theme::color(Theme::Role::Text));
        const QString name = QFontMetricsF(painter.font()).elidedText(titleOf(m_spans[bar.span].name), Qt::ElideRight, m_labelWidth - labelGap);
        painter.drawText(line.adjusted(8, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, name);
        paintBar(painter, bar);
    }
}

void TimelineView::resizeEvent(QResizeEvent *)
{
    relayout();
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    setCurrentRow(m_geometry.barAt(event->position().y()));
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    const int row = m_geometry.barAt(event->position().y());
    if (row != m_hover) {
        m_hover = row;
        update();
    }
}

void TimelineView::leaveEvent(QEvent *)
{
    m_hover = -1;
    update();
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    const auto last = int(m_geometry.bars.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Down: setCurrentRow(std::min(last, m_current + 1)); break;
    case Qt::Key_Up: setCurrentRow(std::max(0, m_current - 1)); break;
    case Qt::Key_Home: setCurrentRow(0); break;
    case Qt::Key_End: setCurrentRow(last); break;
    case Qt::Key_Escape: setCurrentRow(-1); break;
    default: QWidget::keyPressEvent(event); break;
    }
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (m_current < 0 && event->reason() != Qt::MouseFocusReason)
        setCurrentRow(0);
    update();
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

bool TimelineView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int row = m_geometry.barAt(help->pos().y());
        if (row >= 0)
            QToolTip::showText(help->globalPos(), describe(m_spans[m_geometry.bars[row].span]), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace sluice::ui
