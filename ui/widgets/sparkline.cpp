#include "sluice/widgets/sparkline.h"

#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr int Capacity = 60;
}

Sparkline::Sparkline(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Sparkline::setSubject(const QString &subject)
{
    m_subject = subject;
    describe();
}

void Sparkline::setRole(Theme::Role role)
{
    m_role = role;
    update();
}

void Sparkline::append(double value)
{
    m_values.append(value);
    if (m_values.size() > Capacity)
        m_values.removeFirst();
    describe();
    update();
}

void Sparkline::clear()
{
    m_values.clear();
    describe();
    update();
}

void Sparkline::describe()
{
    const QString subject = m_subject.isEmpty() ? tr("Course of values") : m_subject;
    setAccessibleName(m_values.isEmpty() ? tr("%1: no values yet").arg(subject)
                                         : tr("%1: now %2").arg(subject, QLocale().toString(m_values.last(), 'g', 4)));
    setToolTip(accessibleName());
}

void Sparkline::paintEvent(QPaintEvent *)
{
    if (m_values.size() < 2)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(rect()).adjusted(1, 2, -3, -2);
    const double top = *std::max_element(m_values.cbegin(), m_values.cend());
    const double bottom = std::min(0.0, *std::min_element(m_values.cbegin(), m_values.cend()));
    const double span = top > bottom ? top - bottom : 1.0;
    const double step = area.width() / (Capacity - 1);
    const auto point = [&](qsizetype i) {
        return QPointF(area.right() - double(m_values.size() - 1 - i) * step,
                       area.bottom() - (m_values.at(i) - bottom) / span * area.height());
    };
    QPainterPath line(point(0));
    for (qsizetype i = 1; i < m_values.size(); ++i)
        line.lineTo(point(i));
    QPainterPath below = line;
    below.lineTo(point(m_values.size() - 1).x(), area.bottom());
    below.lineTo(point(0).x(), area.bottom());
    painter.fillPath(below, Theme::tint(m_role));
    painter.setPen(QPen(Theme::color(m_role), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(line);
    painter.setBrush(Theme::color(m_role));
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(point(m_values.size() - 1), 2, 2);
}

} // namespace sluice::ui
