#include "sluice/widgets/reading.h"
#include "sluice/widgets/style_paint_p.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSlider>
#include <QtWidgets/QSpinBox>

namespace sluice::ui {

namespace stylepaint {

QColor blend(const QColor &a, const QColor &b, int percent)
{
    const auto mix = [percent](int x, int y) { return (x * (100 - percent) + y * percent) / 100; };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

void box(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &line, qreal radius)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line.alpha() ? QPen(line, 1) : QPen(Qt::NoPen));
    painter->setBrush(fill);
    painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter->restore();
}

void fieldBox(QPainter *painter, const QRect &rect, QStyle::State state, const QWidget *widget, bool fill)
{
    const bool enabled = state & QStyle::State_Enabled;
    const bool focus = enabled && (state & QStyle::State_HasFocus);
    const bool invalid = widget && widget->property(Style::kInvalid).toBool();
    QColor line = Theme::color(enabled ? Role::ControlBorder : Role::Border);
    if (enabled && (state & QStyle::State_MouseOver))
        line = blend(line, Theme::color(Role::Text), 25);
    if (focus)
        line = Theme::color(Role::Accent);
    if (invalid)
        line = Theme::color(Role::Failed);
    const QColor inside = fill ? Theme::color(enabled ? Role::Surface : Role::Window) : QColor(Qt::transparent);
    box(painter, rect, inside, line);
    if (focus || invalid) {
        // A second line inside makes the frame two pixels strong without moving the text.
        box(painter, rect.adjusted(1, 1, -1, -1), Qt::transparent, blend(line, Theme::color(Role::Surface), 40), space::Radius - 1);
    }
}

void focusRing(QPainter *painter, const QRect &rect, Role role)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(Theme::color(role), 1.5));
    painter->drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), space::Radius, space::Radius);
    painter->restore();
}

void hairlineRect(QPainter *painter, const QRect &rect, Role role)
{
    painter->save();
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(Theme::color(role), 1));
    painter->drawRect(rect.adjusted(0, 0, -1, -1));
    painter->restore();
}

void chevron(QPainter *painter, const QRect &rect, int degrees, bool enabled)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(QRectF(rect).center());
    painter->rotate(degrees);
    painter->setPen(QPen(Theme::color(enabled ? Role::Muted : Role::Disabled), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(QPolygonF({QPointF(-3.5, -1.75), QPointF(0, 1.75), QPointF(3.5, -1.75)}));
    painter->restore();
}

} // namespace stylepaint

using namespace stylepaint;

namespace {

struct Label {
    QString text;
    QIcon icon;
    QSize iconSize;
    QColor color;
    bool enabled = true;
    bool on = false;
    bool centred = true;
    bool mnemonics = false;
};

/// Icon and text with a gap that lets both breathe; Fusion's is two pixels.
void drawIconAndText(QPainter *painter, const QStyleOption *option, const QRect &rect, const Label &label)
{
    constexpr int kGap = 6;
    const int textWidth = label.text.isEmpty() ? 0 : option->fontMetrics.size(Qt::TextShowMnemonic, label.text).width();
    const int iconWidth = label.icon.isNull() ? 0 : label.iconSize.width();
    const int gap = textWidth && iconWidth ? kGap : 0;
    const int spare = qMax(0, rect.width() - textWidth - iconWidth - gap);
    int x = rect.left() + (label.centred ? spare / 2 : qMin(spare, kGap));
    if (iconWidth) {
        const QRect place(x, rect.top() + (rect.height() - label.iconSize.height()) / 2, iconWidth, label.iconSize.height());
        label.icon.paint(painter, QStyle::visualRect(option->direction, option->rect, place), Qt::AlignCenter,
                         label.enabled ? QIcon::Normal : QIcon::Disabled, label.on ? QIcon::On : QIcon::Off);
        x += iconWidth + gap;
    }
    if (!textWidth)
        return;
    const QRect place(x, rect.top(), rect.right() - x + 1, rect.height());
    painter->save();
    painter->setPen(label.color);
    painter->drawText(QStyle::visualRect(option->direction, option->rect, place),
                      readingFlags(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | (label.mnemonics ? Qt::TextShowMnemonic : Qt::TextHideMnemonic),
                                   option->direction, label.text),
                      label.text);
    painter->restore();
}

} // namespace

void Style::drawButtonLabel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (!button)
        return;
    Label label{button->text, button->icon, button->iconSize, {}, bool(button->state & State_Enabled), bool(button->state & State_On)};
    const int room = button->rect.width() - space::One - (button->icon.isNull() ? 0 : button->iconSize.width() + space::Half);
    if (button->fontMetrics.size(Qt::TextShowMnemonic, label.text).width() > room)
        label.text = button->fontMetrics.elidedText(label.text, Qt::ElideRight, room, Qt::TextShowMnemonic);
    const bool primary = label.enabled && widget && widget->property(kPrimary).toBool();
    label.color = primary ? Theme::color(Role::OnAccent)
                          : button->palette.color(label.enabled ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText);
    label.mnemonics = proxy()->styleHint(SH_UnderlineShortcut, button, widget);
    drawIconAndText(painter, option, button->rect, label);
}

void Style::drawToolButtonLabel(const QStyleOptionToolButton *button, QPainter *painter, const QWidget *widget) const
{
    Label label{button->text, button->icon, button->iconSize, {}, bool(button->state & State_Enabled), bool(button->state & State_On), false};
    label.color = button->palette.color(label.enabled ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText);
    label.mnemonics = proxy()->styleHint(SH_UnderlineShortcut, button, widget);
    drawIconAndText(painter, button, button->rect, label);
}

void Style::drawTab(const QStyleOption *option, QPainter *painter) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    if (!tab)
        return;
    const bool selected = tab->state & State_Selected;
    const bool hover = (tab->state & State_MouseOver) && (tab->state & State_Enabled);
    const QRect r = tab->rect;
    if (hover && !selected)
        box(painter, r.adjusted(2, 4, -2, -4), Theme::color(Role::Hover), Qt::transparent);
    const bool vertical = tab->shape == QTabBar::RoundedWest || tab->shape == QTabBar::RoundedEast;
    if (selected) {
        const QRect line = vertical ? QRect(r.left(), r.top() + 4, 2, r.height() - 8)
                                    : QRect(r.left() + space::One, r.bottom() - 1, r.width() - space::Two, 2);
        painter->fillRect(line, Theme::color(tab->state & State_Enabled ? Role::Accent : Role::Disabled));
    }
    if ((tab->state & State_HasFocus) && (tab->state & State_KeyboardFocusChange))
        focusRing(painter, r.adjusted(2, 4, -2, -4));
}

void Style::drawMenuBarItem(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (!item)
        return;
    painter->fillRect(item->rect, Theme::color(Role::Window));
    const bool open = item->state & (State_Selected | State_Sunken);
    if (open && (item->state & State_Enabled))
        box(painter, item->rect.adjusted(1, 1, -1, -1), Theme::color(Role::Hover), Qt::transparent);
    const int flags = Qt::AlignCenter | Qt::TextSingleLine
        | (proxy()->styleHint(SH_UnderlineShortcut, item, widget) ? Qt::TextShowMnemonic : Qt::TextHideMnemonic);
    proxy()->drawItemText(painter, item->rect, flags, item->palette, item->state & State_Enabled, item->text, QPalette::WindowText);
}

void Style::drawHeaderSection(const QStyleOption *option, QPainter *painter) const
{
    const QRect r = option->rect;
    painter->fillRect(r, Theme::color(option->state & State_MouseOver ? Role::Hover : Role::Window));
    painter->fillRect(QRect(r.left(), r.bottom(), r.width(), 1), Theme::color(Role::Border));
    painter->fillRect(QRect(r.right(), r.top() + 5, 1, r.height() - 10), Theme::color(Role::Border));
}

void Style::drawProgress(ControlElement element, const QStyleOption *option, QPainter *painter) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
    if (!bar)
        return;
    QRect groove = bar->rect;
    const int thickness = qMin(4, groove.height());
    groove = QRect(groove.left(), groove.center().y() - thickness / 2, groove.width(), thickness);
    if (element == CE_ProgressBarGroove) {
        box(painter, groove, Theme::color(Role::Border), Qt::transparent, thickness / 2.0);
        return;
    }
    if (bar->maximum <= bar->minimum) {
        // Nothing is known about the end: a third of the bar, still. It never pretends to advance.
        QRect part = groove;
        part.setWidth(groove.width() / 3);
        part.moveLeft(groove.left() + groove.width() / 3);
        box(painter, part, Theme::color(Role::Accent), Qt::transparent, thickness / 2.0);
        return;
    }
    const qint64 span = qint64(bar->maximum) - bar->minimum;
    groove.setWidth(int(groove.width() * (qint64(bar->progress) - bar->minimum) / span));
    if (groove.width() > 0)
        box(painter, groove, Theme::color(Role::Accent), Qt::transparent, thickness / 2.0);
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const PaintedDirection direction(*painter, *option);
    switch (element) {
    case CE_TabBarTabShape: drawTab(option, painter); return;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            QStyleOptionTab copy = *tab;
            copy.state.setFlag(State_HasFocus, false); // the shape has drawn the ring
            if (!(copy.state & State_Selected))
                copy.palette.setColor(QPalette::WindowText, Theme::color(copy.state & State_Enabled ? Role::Muted : Role::Disabled));
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_ComboBoxLabel:
        if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
            // What does not fit says so instead of ending in half a letter.
            QStyleOptionComboBox copy(*box);
            const int icon = copy.currentIcon.isNull() ? 0 : copy.iconSize.width() + space::Half;
            const int room = std::max(0, proxy()->subControlRect(CC_ComboBox, box, SC_ComboBoxEditField, widget).width() - icon);
            constexpr int bearing = 4; // of a box that is as wide as its text
            if (copy.fontMetrics.horizontalAdvance(copy.currentText) > room + bearing)
                copy.currentText = copy.fontMetrics.elidedText(copy.currentText, Qt::ElideRight, room);
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_PushButtonLabel: drawButtonLabel(option, painter, widget); return;
    case CE_ToolButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
            button && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon && !button->icon.isNull()) {
            drawToolButtonLabel(button, painter, widget);
            return;
        }
        break;
    case CE_HeaderSection: drawHeaderSection(option, painter); return;
    case CE_HeaderEmptyArea: painter->fillRect(option->rect, Theme::color(Role::Window)); return;
    case CE_ProgressBarGroove:
    case CE_ProgressBarContents: drawProgress(element, option, painter); return;
    case CE_Splitter: {
        const bool hover = option->state & (State_MouseOver | State_Sunken);
        const QRect r = option->rect;
        const QColor color = Theme::color(hover ? Role::Accent : Role::Border);
        if (r.width() < r.height())
            painter->fillRect(QRect(r.center().x(), r.top(), 1, r.height()), color);
        else
            painter->fillRect(QRect(r.left(), r.center().y(), r.width(), 1), color);
        return;
    }
    case CE_ToolBar: painter->fillRect(option->rect, Theme::color(Role::Window)); return;
    case CE_MenuBarItem: drawMenuBarItem(option, painter, widget); return;
    case CE_MenuBarEmptyArea: painter->fillRect(option->rect, Theme::color(Role::Window)); return;
    default: break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!bar || bar->maximum <= bar->minimum)
        return;
    QRect handle = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
    const bool active = (option->state & State_MouseOver) || (option->activeSubControls & SC_ScrollBarSlider);
    handle = bar->orientation == Qt::Vertical ? handle.adjusted(2, 1, -2, -1) : handle.adjusted(1, 2, -1, -2);
    const QColor quiet = Theme::color(Role::ControlBorder);
    box(painter, handle, active ? Theme::color(Role::Muted) : quiet, Qt::transparent, qMin(handle.width(), handle.height()) / 2.0);
}

void Style::drawSlider(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!slider)
        return;
    const bool enabled = option->state & State_Enabled;
    const QRect handle = QProxyStyle::subControlRect(CC_Slider, option, SC_SliderHandle, widget);
    QRect groove = option->rect;
    const bool horizontal = slider->orientation == Qt::Horizontal;
    const QColor accent = Theme::color(enabled ? Role::Accent : Role::Disabled);
    if (horizontal)
        groove = QRect(groove.left() + 2, groove.center().y() - 1, groove.width() - 4, 4);
    else
        groove = QRect(groove.center().x() - 1, groove.top() + 2, 4, groove.height() - 4);
    box(painter, groove, Theme::color(Role::Border), Qt::transparent, 2);
    QRect filled = groove;
    if (horizontal && !slider->upsideDown)
        filled.setRight(handle.center().x());
    else if (horizontal)
        filled.setLeft(handle.center().x());
    else if (slider->upsideDown)
        filled.setTop(handle.center().y());
    else
        filled.setBottom(handle.center().y());
    box(painter, filled, accent, Qt::transparent, 2);
    const QPoint middle = horizontal ? QPoint(handle.center().x(), groove.center().y())
                                     : QPoint(groove.center().x(), handle.center().y());
    const QRect knob(middle - QPoint(6, 6), QSize(14, 14));
    const bool focus = (option->state & State_HasFocus) && (option->state & State_KeyboardFocusChange);
    box(painter, knob, enabled ? Theme::color(Role::Raised) : Theme::color(Role::Window), accent, 8);
    if (focus)
        box(painter, knob.adjusted(1, 1, -1, -1), Qt::transparent, accent, 7);
}

void Style::drawComboBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (!combo)
        return;
    if (combo->frame) {
        const bool raised = !combo->editable && !(widget && widget->property(kInvalid).toBool())
            && !(option->state & State_HasFocus);
        if (raised) {
            const bool hover = (option->state & State_MouseOver) && (option->state & State_Enabled);
            const bool enabled = option->state & State_Enabled;
            box(painter, option->rect, Theme::color(!enabled ? Role::Window : hover ? Role::Hover : Role::Raised),
                Theme::color(enabled ? Role::ControlBorder : Role::Border));
        } else {
            fieldBox(painter, option->rect, option->state, widget);
        }
    }
    const QRect arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
    chevron(painter, arrow, 0, option->state & State_Enabled);
}

void Style::drawSpinBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    if (!spin)
        return;
    if (spin->frame)
        fieldBox(painter, option->rect, option->state, widget);
    if (spin->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto arrow = [&](SubControl sub, int turn, bool possible) {
        const QRect r = subControlRect(CC_SpinBox, option, sub, widget);
        if ((spin->activeSubControls & sub) && (option->state & State_Enabled))
            box(painter, r.adjusted(1, 1, -1, 0), Theme::color(Role::Hover), Qt::transparent, 3);
        chevron(painter, r, turn, possible && (option->state & State_Enabled));
    };
    arrow(SC_SpinBoxUp, 180, spin->stepEnabled & QAbstractSpinBox::StepUpEnabled);
    arrow(SC_SpinBoxDown, 0, spin->stepEnabled & QAbstractSpinBox::StepDownEnabled);
}

void Style::drawToolButton(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    const bool opensMenu = button && (button->features & QStyleOptionToolButton::HasMenu)
        && !(button->features & QStyleOptionToolButton::MenuButtonPopup);
    if (!opensMenu) {
        QProxyStyle::drawComplexControl(CC_ToolButton, option, painter, widget);
        return;
    }
    // One chevron beside the text instead of Fusion's small arrow in the corner; an icon alone needs none.
    const bool withText = !button->text.isEmpty() && button->toolButtonStyle != Qt::ToolButtonIconOnly;
    proxy()->drawPrimitive(PE_PanelButtonTool, option, painter, widget);
    QStyleOptionToolButton label = *button;
    label.features &= ~QStyleOptionToolButton::HasMenu;
    label.rect = visualRect(option->direction, button->rect, button->rect.adjusted(2, 0, withText ? -kMenuChevron : -2, 0));
    proxy()->drawControl(CE_ToolButtonLabel, &label, painter, widget);
    if (withText)
        chevron(painter, visualRect(option->direction, option->rect,
                                    QRect(option->rect.right() - kMenuChevron - 2, option->rect.top(), kMenuChevron, option->rect.height())),
                0, option->state & State_Enabled);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    const PaintedDirection direction(*painter, *option);
    switch (control) {
    case CC_ScrollBar: drawScrollBar(option, painter, widget); return;
    case CC_Slider: drawSlider(option, painter, widget); return;
    case CC_ComboBox: drawComboBox(option, painter, widget); return;
    case CC_SpinBox: drawSpinBox(option, painter, widget); return;
    case CC_ToolButton: drawToolButton(option, painter, widget); return;
    default: QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl sub,
                            const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (!bar)
            return {};
        const QRect r = bar->rect;
        const bool vertical = bar->orientation == Qt::Vertical;
        const int length = vertical ? r.height() : r.width();
        const qint64 range = qint64(bar->maximum) - bar->minimum;
        int handle = length;
        if (range > 0)
            handle = qBound(qMin(pixelMetric(PM_ScrollBarSliderMin, bar, widget), length),
                            int(qint64(bar->pageStep) * length / (range + bar->pageStep)), length);
        const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - handle, bar->upsideDown);
        const auto along = [&](int from, int size) {
            return visualRect(bar->direction, r, vertical ? QRect(r.left(), r.top() + from, r.width(), size)
                                                          : QRect(r.left() + from, r.top(), size, r.height()));
        };
        switch (sub) {
        case SC_ScrollBarGroove: return r;
        case SC_ScrollBarSlider: return along(start, handle);
        case SC_ScrollBarSubPage: return along(0, start);
        case SC_ScrollBarAddPage: return along(start + handle, length - start - handle);
        default: return {};
        }
    }
    if (control == CC_ComboBox && sub == SC_ComboBoxArrow)
        return visualRect(option->direction, option->rect,
                          QRect(option->rect.right() - space::Three, option->rect.top(), space::Three, option->rect.height()));
    if (control == CC_ComboBox && sub == SC_ComboBoxEditField)
        return visualRect(option->direction, option->rect, option->rect.adjusted(space::One, 1, -space::Three, -1));
    return QProxyStyle::subControlRect(control, option, sub, widget);
}

} // namespace sluice::ui
