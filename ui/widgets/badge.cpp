#include "sluice/widgets/badge.h"

#include "sluice/widgets/reading.h"

#include <QtGui/QPainter>

namespace sluice::ui {

namespace {
constexpr int kHeight = 18;
constexpr int kPadding = 6;
} // namespace

Badge::Badge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

Badge::Badge(const QString &text, Theme::Role role, QWidget *parent)
    : Badge(parent)
{
    m_role = role;
    setText(text);
}

void Badge::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Badge::setRole(Theme::Role role)
{
    m_role = role;
    update();
}

int Badge::widthFor(const QString &text)
{
    return QFontMetrics(Theme::font(Theme::Type::SmallStrong11)).horizontalAdvance(text) + 2 * kPadding;
}

QSize Badge::sizeHint() const
{
    return {widthFor(m_text), kHeight};
}

int Badge::paint(QPainter &painter, const QRect &rect, const QString &text, Theme::Role role)
{
    const int width = widthFor(text);
    const QRectF box(rect.left(), rect.top() + (rect.height() - kHeight) / 2.0, width, kHeight);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::tint(role));
    painter.drawRoundedRect(box, 4, 4);
    painter.setFont(Theme::font(Theme::Type::SmallStrong11));
    painter.setPen(Theme::color(role));
    drawReading(painter, box.toRect(), Qt::AlignCenter | Qt::TextSingleLine, text);
    painter.restore();
    return width;
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, rect(), m_text, m_role);
}

} // namespace sluice::ui
