#include "sluice/widgets/status_dot.h"

#include <QtGui/QPainter>

namespace sluice::ui {

StatusDot::StatusDot(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Status not known"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StatusDot::setStatus(Theme::Role role, Shape shape, const QString &words)
{
    m_role = role;
    m_shape = shape;
    setToolTip(words);
    setAccessibleName(words);
    update();
}

void StatusDot::paint(QPainter &painter, const QRect &rect, Theme::Role role, Shape shape)
{
    const QColor color = Theme::color(role);
    QRectF dot(0, 0, 8, 8);
    dot.moveCenter(QRectF(rect).center());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(shape == Shape::Filled ? QBrush(color) : QBrush(Qt::NoBrush));
    painter.drawEllipse(dot.adjusted(0.5, 0.5, -0.5, -0.5));
    if (shape == Shape::Half) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPie(dot.adjusted(0.5, 0.5, -0.5, -0.5), 90 * 16, 180 * 16);
    }
    painter.restore();
}

void StatusDot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, rect(), m_role, m_shape);
}

} // namespace sluice::ui
