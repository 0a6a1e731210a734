#pragma once

#include "sluice/widgets/style_p.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtWidgets/QStyleOption>

/// The few shapes that every control is made of.
namespace sluice::ui::stylepaint {

using Role = Theme::Role;

/// Room for the chevron of a button that opens a menu.
inline constexpr int kMenuChevron = space::Two;

/// Lets the painter know the side that the painted widget begins at: what is drawn without saying so takes it from the painter.
class PaintedDirection {
public:
    PaintedDirection(QPainter &painter, const QStyleOption &option)
        : m_painter(painter)
        , m_before(painter.layoutDirection())
    {
        painter.setLayoutDirection(option.direction);
    }
    ~PaintedDirection() { m_painter.setLayoutDirection(m_before); }
    Q_DISABLE_COPY_MOVE(PaintedDirection)

private:
    QPainter &m_painter;
    Qt::LayoutDirection m_before;
};

/// `percent` of b in a.
QColor blend(const QColor &a, const QColor &b, int percent);
/// A rounded box with a one-pixel line.
void box(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &line, qreal radius = space::Radius);
/// The frame of anything that is typed into.
void fieldBox(QPainter *painter, const QRect &rect, QStyle::State state, const QWidget *widget, bool fill = true);
void focusRing(QPainter *painter, const QRect &rect, Role role = Role::Accent);
void hairlineRect(QPainter *painter, const QRect &rect, Role role);
/// Pointing down, turned by `degrees`.
void chevron(QPainter *painter, const QRect &rect, int degrees, bool enabled);

} // namespace sluice::ui::stylepaint
