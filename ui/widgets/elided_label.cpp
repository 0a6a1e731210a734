#include "sluice/widgets/elided_label.h"

#include "sluice/widgets/reading.h"
#include "sluice/widgets/remote_text.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QClipboard>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStyle>
#include <QtWidgets/QStyleOption>
#include <QtWidgets/QToolTip>

namespace sluice::ui {

ElidedLabel::ElidedLabel(QWidget *parent)
    : ElidedLabel(QString(), parent)
{
}

ElidedLabel::ElidedLabel(const QString &text, QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setCopyable(true);
    setText(text);
}

void ElidedLabel::setText(const QString &text)
{
    if (m_text == text && !accessibleName().isEmpty())
        return;
    m_text = text;
    describe();
    updateGeometry();
    update();
}

QString ElidedLabel::shownText() const
{
    return fontMetrics().elidedText(m_text, m_mode, contentsRect().width());
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

void ElidedLabel::setCopyable(bool copyable)
{
    m_copyable = copyable;
    setFocusPolicy(copyable ? Qt::TabFocus : Qt::NoFocus);
    setCursor(copyable ? Qt::PointingHandCursor : Qt::ArrowCursor);
    describe();
}

void ElidedLabel::setMonospaced(bool mono)
{
    m_mono = mono;
    setFont(Theme::font(mono ? Theme::Type::Mono : Theme::Type::Body13));
}

void ElidedLabel::setMuted(bool muted)
{
    m_muted = muted;
    update();
}

void ElidedLabel::setSubject(const QString &subject)
{
    m_subject = subject;
    describe();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 2, fontMetrics().height() + space::Half};
}

QSize ElidedLabel::minimumSizeHint() const
{
    // Room for "0x1…ef" and no more: this label exists to give way.
    return {qMin(sizeHint().width(), fontMetrics().horizontalAdvance(QStringLiteral("0x12…cdef"))), sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled,
                                   m_muted ? QPalette::PlaceholderText : QPalette::WindowText));
    painter.drawText(contentsRect(), readingFlags(int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine, layoutDirection(), m_text), shownText());
}

void ElidedLabel::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_copyable && event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        copy();
}

void ElidedLabel::keyPressEvent(QKeyEvent *event)
{
    if (m_copyable && (event->matches(QKeySequence::Copy) || event->key() == Qt::Key_Space
                       || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        copy();
    else
        QWidget::keyPressEvent(event);
}

void ElidedLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

void ElidedLabel::copy()
{
    if (m_text.isEmpty())
        return;
    QApplication::clipboard()->setText(m_text);
    QToolTip::showText(mapToGlobal(QPoint(0, height())), tr("Copied"), this, rect(), 1500);
    Q_EMIT copied(m_text);
}

void ElidedLabel::describe()
{
    setAccessibleName(m_subject.isEmpty() ? m_text : tr("%1: %2").arg(m_subject, m_text));
    const QString shown = toolTipText(m_text);
    setToolTip(m_copyable && !m_text.isEmpty() ? tr("%1\nClick to copy").arg(shown) : shown);
}

} // namespace sluice::ui
