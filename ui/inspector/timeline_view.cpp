#include "sluice/inspector/timeline_view.h"

#include "sluice/widgets/theme.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QToolTip>

namespace sluice::ui {

namespace {
constexpr qreal kAxisHeight = 20;
constexpr qreal kLabelWidth = 88;
constexpr qreal kTimeWidth = 64;
} // namespace

TimelineView::TimelineView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timeline of the call"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Base);
}

QString TimelineView::stepName(const QString &name)
{
    static const QHash<QString, const char *> names{
        {QStringLiteral("discover"), QT_TR_NOOP("discover")},
        {QStringLiteral("token"), QT_TR_NOOP("token")},
        {QStringLiteral("sign"), QT_TR_NOOP("sign")},
        {QStringLiteral("pay"), QT_TR_NOOP("pay")},
        {QStringLiteral("connect"), QT_TR_NOOP("connect")},
        {QStringLiteral("tls"), QT_TR_NOOP("TLS")},
        {QStringLiteral("send"), QT_TR_NOOP("send")},
        {QStringLiteral("wait"), QT_TR_NOOP("wait")},
        {QStringLiteral("receive"), QT_TR_NOOP("receive")},
        {QStringLiteral("first event"), QT_TR_NOOP("first event")},
    };
    const char *known = names.value(name, nullptr);
    return known ? tr(known) : name;
}

void TimelineView::setSpans(const QList<TraceSpan> &spans)
{
    m_spans = spans;
    if (m_current >= spans.size())
        m_current = -1;
    QStringList words;
    for (int i = 0; i < spans.size(); ++i)
        words << describe(i);
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    updateScrollBar();
    updateGeometry();
    viewport()->update();
}

QSize TimelineView::sizeHint() const
{
    return {280, int(kAxisHeight + TimelineGeometry::rowHeight * qreal(std::max<qsizetype>(3, m_spans.size()))) + 2};
}

TimelineGeometry TimelineView::geometryNow() const
{
    return TimelineGeometry::make(m_spans, viewport()->width(), kLabelWidth, kTimeWidth, kAxisHeight);
}

QString TimelineView::describe(int index) const
{
    const TraceSpan &span = m_spans.at(index);
    QString text = span.end
        ? tr("%1: %2, from %3").arg(stepName(span.name), durationText(*span.end - span.start), durationText(span.start))
        : tr("%1: still running, since %2").arg(stepName(span.name), durationText(span.start));
    if (!span.detail.isEmpty())
        text += QStringLiteral(" (") + span.detail + QLatin1Char(')');
    if (span.failed)
        text += tr(", failed");
    return text;
}

void TimelineView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(viewport()->rect(), Theme::color(Theme::Role::Surface));
    painter.translate(0, -verticalScrollBar()->value());
    const TimelineGeometry geometry = geometryNow();
    painter.setFont(Theme::font(Theme::Type::Small11));
    for (const TimelineGeometry::Tick &tick : geometry.ticks) {
        painter.setPen(Theme::color(Theme::Role::Border));
        painter.drawLine(QPointF(tick.x, kAxisHeight - space::Half), QPointF(tick.x, geometry.height));
        painter.setPen(Theme::color(Theme::Role::Muted));
        painter.drawText(QRectF(tick.x + 2, 0, kTimeWidth, kAxisHeight), Qt::AlignVCenter | Qt::AlignLeft,
            durationText(tick.at));
    }
    for (int i = 0; i < geometry.bars.size(); ++i)
        paintRow(painter, geometry.bars.at(i), i);
}

void TimelineView::paintRow(QPainter &painter, const TimelineGeometry::Bar &bar, int index) const
{
    const TraceSpan &span = m_spans.at(index);
    if (index == m_current || index == m_hovered)
        painter.fillRect(bar.row, Theme::color(index == m_current ? Theme::Role::Selection : Theme::Role::Hover));
    const bool isMoney = span.name == QStringLiteral("pay") || span.name == QStringLiteral("sign");
    const Theme::Role role = span.failed ? Theme::Role::Failed : isMoney ? Theme::Role::Paid : Theme::Role::Accent;
    painter.setPen(Qt::NoPen);
    painter.setBrush(span.end ? Theme::color(role) : Theme::tint(role));
    painter.drawRoundedRect(bar.bar, 2, 2);
    painter.setPen(Theme::color(span.failed ? Theme::Role::Failed : Theme::Role::Text));
    painter.drawText(bar.label.adjusted(space::One, 0, -space::Half, 0), Qt::AlignVCenter | Qt::AlignLeft,
        painter.fontMetrics().elidedText(stepName(span.name), Qt::ElideRight, int(bar.label.width()) - space::One));
    painter.setPen(Theme::color(Theme::Role::Muted));
    painter.drawText(bar.time.adjusted(0, 0, -space::One, 0), Qt::AlignVCenter | Qt::AlignRight,
        span.end ? durationText(*span.end - span.start) : QStringLiteral("…"));
}

void TimelineView::updateScrollBar()
{
    const int hidden = int(geometryNow().height) - viewport()->height();
    verticalScrollBar()->setRange(0, std::max(0, hidden));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(int(TimelineGeometry::rowHeight));
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBar();
}

void TimelineView::setCurrent(int index)
{
    m_current = index;
    viewport()->update();
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    const int count = int(m_spans.size());
    if (count > 0 && (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up)) {
        const int next = std::clamp(m_current + (event->key() == Qt::Key_Down ? 1 : -1), 0, count - 1);
        setCurrent(next);
        QToolTip::showText(viewport()->mapToGlobal(geometryNow().bars.at(next).row.bottomLeft().toPoint()),
            describe(next), viewport());
        return;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    m_hovered = geometryNow().barAt(event->position().y() + verticalScrollBar()->value());
    viewport()->update();
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    setCurrent(geometryNow().barAt(event->position().y() + verticalScrollBar()->value()));
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int index = geometryNow().barAt(help->pos().y() + verticalScrollBar()->value());
        QToolTip::showText(help->globalPos(), index >= 0 ? describe(index) : QString(), viewport());
        return true;
    }
    if (event->type() == QEvent::Leave) {
        m_hovered = -1;
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace sluice::ui
