#include "sluice/widgets/clamped_text.h"

#include "sluice/widgets/reading.h"
#include "sluice/widgets/remote_text.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtGui/QTextLayout>
#include <QtWidgets/QStyle>
#include <QtWidgets/QStyleOption>

#include <algorithm>

namespace sluice::ui {

ClampedText::ClampedText(int lines, QWidget *parent)
    : QWidget(parent)
    , m_lines(std::max(lines, 1))
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ClampedText::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    showWhetherCut();
    updateGeometry();
    update();
}

void ClampedText::setLines(int lines)
{
    lines = std::max(lines, 1);
    if (lines == m_lines)
        return;
    m_lines = lines;
    showWhetherCut();
    updateGeometry();
    update();
}

void ClampedText::setExpanded(bool expanded)
{
    if (expanded == m_expanded)
        return;
    m_expanded = expanded;
    updateGeometry();
    update();
}

bool ClampedText::isCut() const
{
    return broken(width()).more;
}

ClampedText::Broken ClampedText::broken(int width) const
{
    Broken result;
    int lastStart = 0;
    QTextLayout layout(m_text, font());
    QTextOption option;
    option.setWrapMode(QTextOption::WordWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(width, 1));
        if (!m_expanded && result.lines.size() == m_lines) {
            result.more = true;
            break;
        }
        lastStart = line.textStart();
        result.lines << m_text.mid(lastStart, line.textLength()).trimmed();
    }
    layout.endLayout();
    if (result.more)
        result.lines.last() = fontMetrics().elidedText(m_text.mid(lastStart), Qt::ElideRight, width);
    return result;
}

int ClampedText::heightForWidth(int width) const
{
    return int(std::max<qsizetype>(broken(width).lines.size(), 1)) * fontMetrics().lineSpacing();
}

QSize ClampedText::sizeHint() const
{
    return {60 * space::One, heightForWidth(width())};
}

QSize ClampedText::minimumSizeHint() const
{
    return {10 * space::One, fontMetrics().lineSpacing()};
}

void ClampedText::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
    painter.setPen(Theme::color(Theme::Role::Muted));
    QRect line(0, 0, width(), fontMetrics().lineSpacing());
    const QStringList lines = broken(width()).lines;
    for (const QString &text : lines) {
        painter.drawText(line, readingFlags(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, layoutDirection(), m_text), text);
        line.translate(0, line.height());
    }
}

void ClampedText::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showWhetherCut();
}

void ClampedText::showWhetherCut()
{
    const bool cut = isCut();
    setToolTip(cut ? toolTipText(m_text) : QString());
    // Nothing to unfold, nothing to stop at on the way through the window.
    const bool useful = cut || m_expanded;
    setFocusPolicy(useful ? Qt::TabFocus : Qt::NoFocus);
    setCursor(useful ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setAccessibleDescription(cut ? tr("Press Enter to show all of it") : QString());
}

void ClampedText::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()) && (isCut() || m_expanded))
        setExpanded(!m_expanded);
}

void ClampedText::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        setExpanded(!m_expanded);
    else
        QWidget::keyPressEvent(event);
}

void ClampedText::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        updateGeometry();
        update();
    }
    QWidget::changeEvent(event);
}

} // namespace sluice::ui
