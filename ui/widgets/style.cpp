#include "sluice/widgets/style_p.h"

#include "sluice/widgets/reading.h"
#include "sluice/widgets/style_paint_p.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QAbstractScrollArea>
#include <QtWidgets/QAbstractSpinBox>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTextEdit>

namespace sluice::ui {

using namespace stylepaint;

namespace {

/// Underlines for mnemonics appear while Alt is held: calm when they are not needed, there when they are.
class MnemonicKeys final : public QObject {
public:
    using QObject::QObject;
    static bool shown() { return s_shown; }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        switch (event->type()) {
        case QEvent::KeyPress:
        case QEvent::KeyRelease:
            if (static_cast<QKeyEvent *>(event)->key() == Qt::Key_Alt)
                show(event->type() == QEvent::KeyPress);
            break;
        case QEvent::ApplicationStateChange:
        case QEvent::WindowDeactivate: show(false); break;
        default: break;
        }
        return false;
    }

private:
    static void show(bool on)
    {
        if (s_shown == on)
            return;
        s_shown = on;
        const QWidgetList widgets = QApplication::allWidgets();
        for (QWidget *widget : widgets)
            if (widget->isVisible() && (qobject_cast<QLabel *>(widget) || qobject_cast<QAbstractButton *>(widget) || qobject_cast<QTabBar *>(widget)))
                widget->update();
    }

    static inline bool s_shown = false;
};

} // namespace

Style::Style()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

void Style::polish(QApplication *application)
{
    QProxyStyle::polish(application);
    application->installEventFilter(new MnemonicKeys(this));
}

namespace {

void mirror(QWidget *widget)
{
    if (widget->isWindow() && !widget->testAttribute(Qt::WA_SetLayoutDirection))
        widget->setLayoutDirection(Qt::RightToLeft);
    // A label aligns by its own words, so that one in English would hang on the other side than the field that it names.
    if (auto *label = qobject_cast<QLabel *>(widget); label && label->layoutDirection() == Qt::RightToLeft)
        label->setAlignment(QStyle::visualAlignment(Qt::RightToLeft, label->alignment()));
}

} // namespace

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QAbstractSpinBox *>(widget) || qobject_cast<QLineEdit *>(widget)
        || widget->inherits("QSplitterHandle") || widget->inherits("QTabBar") || widget->inherits("QAbstractSlider"))
        widget->setAttribute(Qt::WA_Hover);
    // What is monospaced is code, JSON, bytes and ids, which go from left to right in every language.
    if (auto *area = qobject_cast<QAbstractScrollArea *>(widget); area && area->font().family() == Theme::font(Theme::Type::Mono).family())
        area->setLayoutDirection(Qt::LeftToRight);
    if (windowDirection() == Qt::RightToLeft)
        mirror(widget);
    // Labels, message boxes and tooltips (Qt's are labels as well) guess from the words whether they are markup, and
    // the words often come from others: without an explicit choice they are plain text.
    if (auto *label = qobject_cast<QLabel *>(widget); label && label->textFormat() == Qt::AutoText)
        label->setTextFormat(Qt::PlainText);
}

namespace {

bool isTextArea(const QWidget *widget)
{
    return qobject_cast<const QTextEdit *>(widget) || qobject_cast<const QPlainTextEdit *>(widget);
}

void drawButtonPanel(const QStyleOption *option, QPainter *painter, const QWidget *widget)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool pressed = option->state & (QStyle::State_Sunken | QStyle::State_On);
    const bool hover = enabled && (option->state & QStyle::State_MouseOver);
    const bool flat = button && (button->features & QStyleOptionButton::Flat);
    const bool primary = widget && widget->property(Style::kPrimary).toBool();

    QColor fill = Theme::color(Role::Raised);
    QColor line = Theme::color(Role::ControlBorder);
    if (primary && enabled) {
        fill = Theme::color(Role::Accent);
        if (pressed)
            fill = blend(fill, Theme::color(Role::Text), 20);
        else if (hover)
            fill = blend(fill, Theme::color(Role::Surface), 12);
        line = fill;
    } else if (pressed) {
        fill = blend(Theme::color(Role::Hover), Theme::color(Role::ControlBorder), 40);
    } else if (hover) {
        fill = Theme::color(Role::Hover);
    }
    if (flat) {
        line = Qt::transparent;
        if (!pressed && !hover)
            fill = Qt::transparent;
    }
    if (!enabled && !flat) {
        fill = Theme::color(Role::Window);
        line = Theme::color(Role::Border);
    }
    box(painter, option->rect, fill, line);
    if ((option->state & QStyle::State_HasFocus) && (option->state & QStyle::State_KeyboardFocusChange))
        focusRing(painter, option->rect, primary ? Role::Text : Role::Accent);
}

void drawToolPanel(const QStyleOption *option, QPainter *painter, const QWidget *widget)
{
    // A fold arrow shows its state by its direction; it needs no colour as well.
    const bool plain = widget && widget->property(Style::kPlainToggle).toBool();
    const bool enabled = option->state & QStyle::State_Enabled;
    QColor fill = Qt::transparent;
    if ((option->state & QStyle::State_On) && !plain)
        fill = Theme::color(Role::Selection);
    else if (enabled && (option->state & QStyle::State_Sunken))
        fill = blend(Theme::color(Role::Hover), Theme::color(Role::ControlBorder), 40);
    else if (enabled && (option->state & QStyle::State_MouseOver))
        fill = Theme::color(Role::Hover);
    const bool floating = widget && widget->property(Style::kFloating).toBool();
    if (floating && fill == QColor(Qt::transparent))
        fill = Theme::color(Role::Raised);
    box(painter, option->rect, fill, floating ? Theme::color(Role::ControlBorder) : QColor(Qt::transparent));
    if ((option->state & QStyle::State_HasFocus) && (option->state & QStyle::State_KeyboardFocusChange))
        focusRing(painter, option->rect);
}

void drawIndicator(const QStyleOption *option, QPainter *painter, bool round)
{
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool on = option->state & QStyle::State_On;
    const bool partly = option->state & QStyle::State_NoChange;
    const QColor accent = Theme::color(enabled ? Role::Accent : Role::Disabled);
    const QRectF r = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    const qreal radius = round ? r.height() / 2 : 3.5;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool marked = on || partly;
    QColor line = marked ? accent : Theme::color(Role::ControlBorder);
    if (enabled && !marked && (option->state & QStyle::State_MouseOver))
        line = Theme::color(Role::Accent);
    painter->setPen(QPen(line, 1));
    painter->setBrush(marked ? accent : Theme::color(enabled ? Role::Surface : Role::Window));
    painter->drawRoundedRect(r, radius, radius);
    painter->setPen(QPen(Theme::color(Role::OnAccent), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const qreal u = r.width() / 14.0;
    const QPointF o = r.topLeft();
    if (on && round) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(Theme::color(Role::OnAccent));
        painter->drawEllipse(r.center(), 2.8 * u, 2.8 * u);
    } else if (on) {
        painter->drawPolyline(QPolygonF({o + QPointF(3.4, 7.4) * u, o + QPointF(6.0, 10.0) * u, o + QPointF(10.8, 4.4) * u}));
    } else if (partly) {
        painter->drawLine(o + QPointF(4, 7) * u, o + QPointF(10, 7) * u);
    }
    painter->restore();
}

void drawField(const QStyleOption *option, QPainter *painter, const QWidget *widget)
{
    // A line edit inside a combo or spin box: its owner has drawn the frame.
    if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth <= 0)
        return;
    fieldBox(painter, option->rect, option->state, widget);
}

} // namespace

void Style::drawItemText(QPainter *painter, const QRect &rect, int flags, const QPalette &palette, bool enabled, const QString &text,
                         QPalette::ColorRole role) const
{
    // Labels force the window's direction on their words, which may be in another language than the window.
    const Qt::LayoutDirection direction = flags & Qt::TextForceRightToLeft ? Qt::RightToLeft
        : flags & Qt::TextForceLeftToRight                                 ? Qt::LeftToRight
                                                                           : painter->layoutDirection();
    QProxyStyle::drawItemText(painter, rect, readingFlags(flags, direction, text), palette, enabled, text, role);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    const PaintedDirection direction(*painter, *option);
    switch (element) {
    case PE_PanelButtonCommand: drawButtonPanel(option, painter, widget); return;
    case PE_PanelButtonTool: drawToolPanel(option, painter, widget); return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: drawIndicator(option, painter, false); return;
    case PE_IndicatorRadioButton: drawIndicator(option, painter, true); return;
    case PE_PanelLineEdit: drawField(option, painter, widget); return;
    case PE_FrameLineEdit: return;
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange)
            focusRing(painter, option->rect);
        return;
    case PE_Frame:
        if (isTextArea(widget)) {
            fieldBox(painter, option->rect, option->state, widget);
        } else {
            hairlineRect(painter, option->rect,
                         (option->state & State_HasFocus) && qobject_cast<const QAbstractItemView *>(widget)
                             ? Role::Accent : Role::Border);
        }
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), Theme::color(Role::Border));
        return;
    case PE_FrameTabWidget:
    case PE_FrameStatusBarItem:
    case PE_PanelMenuBar:
    case PE_PanelScrollAreaCorner:
    case PE_FrameDockWidget: return;
    case PE_FrameMenu: hairlineRect(painter, option->rect, Role::ControlBorder); return;
    case PE_PanelMenu: painter->fillRect(option->rect, Theme::color(Role::Surface)); return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, Theme::color(Role::Raised));
        hairlineRect(painter, option->rect, Role::ControlBorder);
        return;
    case PE_IndicatorArrowDown: chevron(painter, option->rect, 0, option->state & State_Enabled); return;
    case PE_IndicatorArrowUp: chevron(painter, option->rect, 180, option->state & State_Enabled); return;
    case PE_IndicatorArrowRight: chevron(painter, option->rect, -90, option->state & State_Enabled); return;
    case PE_IndicatorArrowLeft: chevron(painter, option->rect, 90, option->state & State_Enabled); return;
    case PE_IndicatorBranch:
        if (option->state & State_Children)
            chevron(painter, option->rect, option->state & State_Open ? 0 : -90, true);
        return;
    case PE_IndicatorToolBarSeparator: {
        const QRect r = option->rect;
        painter->fillRect(QRect(r.center().x(), r.top() + 6, 1, r.height() - 12), Theme::color(Role::Border));
        return;
    }
    case PE_IndicatorHeaderArrow: {
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        if (header && header->sortIndicator != QStyleOptionHeader::None)
            chevron(painter, option->rect, header->sortIndicator == QStyleOptionHeader::SortUp ? 180 : 0, true);
        return;
    }
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_LineEditContents) {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        const int side = frame && frame->lineWidth > 0 ? 6 : 4;
        return visualRect(option->direction, option->rect, option->rect.adjusted(side, 1, -side, -1));
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        result = QSize(result.width() + space::One, qMax(space::Control, size.height() + 8));
        break;
    case CT_LineEdit:
    case CT_ComboBox:
        result.setHeight(qMax(space::Control, size.height() + 8));
        break;
    case CT_SpinBox: // its contents are a line edit, already of full height
        result.setHeight(qMax(space::Control, size.height()));
        break;
    case CT_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
            button && (button->features & QStyleOptionToolButton::HasMenu) && button->toolButtonStyle != Qt::ToolButtonIconOnly)
            result.rwidth() += kMenuChevron;
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
            button && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon)
            result.rwidth() += space::One;
        result = result.expandedTo(QSize(space::Three, space::Three));
        break;
    case CT_TabBarTab:
        result = QSize(result.width() + space::One, qMax(result.height(), space::Four));
        break;
    case CT_ItemViewItem:
        result.setHeight(qMax(result.height(), 22));
        break;
    case CT_HeaderSection:
        result.setHeight(qMax(result.height(), space::Three));
        break;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
            item && item->menuItemType != QStyleOptionMenuItem::Separator)
            result.setHeight(qMax(result.height(), 26));
        break;
    default: break;
    }
    return result;
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent: return 10;
    case PM_ScrollBarSliderMin: return space::Three;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing: return space::One;
    case PM_ButtonMargin: return space::One;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal: return 0;
    case PM_TabBarTabHSpace: return space::Two;
    case PM_TabBarTabVSpace: return space::One;
    case PM_TabBarTabOverlap: return 0;
    case PM_TabBarBaseOverlap: return 0;
    case PM_DefaultFrameWidth: return isTextArea(widget) ? 2 : 1; // room for the rounded corners of a field
    case PM_SplitterWidth: return 5;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_ListViewIconSize: return space::Icon;
    case PM_ToolBarIconSize: return space::Icon;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin: return space::One;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return space::One;
    case PM_SliderThickness:
    case PM_SliderControlThickness: return space::Two;
    case PM_SliderLength: return space::Two;
    case PM_TreeViewIndentation: return space::Two;
    case PM_MenuPanelWidth: return 1;
    case PM_MenuVMargin: return space::Half;
    case PM_ToolBarFrameWidth: return 0;
    case PM_FocusFrameHMargin: return space::Half;
    case PM_HeaderMargin: return 6;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_ComboBox_Popup: return 0;
    case SH_UnderlineShortcut: return MnemonicKeys::shown() ? 1 : 0;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText: return 0;
    case SH_TabBar_Alignment: return Qt::AlignLeft;
    case SH_ItemView_ShowDecorationSelected: return 1;
    case SH_ScrollView_FrameOnlyAroundContents: return 0;
    case SH_FormLayoutLabelAlignment: return Qt::AlignLeft;
    case SH_ToolTip_WakeUpDelay: return 500;
    case SH_Slider_AbsoluteSetButtons: return Qt::LeftButton;
    default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

} // namespace sluice::ui
