#include "sluice/chat/reasoning_fold_p.h"

#include "sluice/widgets/section_header.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QEvent>
#include <QtGui/QTextCursor>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {
constexpr int mostLines = 9;
}

ReasoningFold::ReasoningFold(QWidget *parent)
    : QWidget(parent)
    , m_header(new SectionHeader(tr("Reasoning"), this))
    , m_body(new QPlainTextEdit(this))
{
    m_header->setObjectName(QStringLiteral("reasoningHeader"));
    m_body->setObjectName(QStringLiteral("reasoningText"));
    m_body->setReadOnly(true);
    m_body->setAccessibleName(tr("Reasoning"));
    m_body->setTabChangesFocus(true);
    m_body->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_body->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    Theme::setTextRole(m_body, Theme::Role::Muted);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::Half);
    column->addWidget(m_header);
    column->addWidget(m_body);
    m_header->setBody(m_body, false);
    m_body->installEventFilter(this);
}

void ReasoningFold::show(const QString &reasoning, bool coming)
{
    if (!reasoning.startsWith(m_reasoning)) {
        m_body->clear();
        m_shown = 0;
    }
    m_reasoning = reasoning;
    const QString length = tr("%n character(s)", nullptr, int(reasoning.size()));
    m_header->setRemark(coming ? tr("%1 so far", "amount of reasoning").arg(length) : length);
    setAccessibleName(tr("Reasoning, %1").arg(length));
    fill();
}

bool ReasoningFold::isExpanded() const
{
    return m_header->isExpanded();
}

void ReasoningFold::setExpanded(bool expanded)
{
    m_header->setExpanded(expanded);
    fill();
}

void ReasoningFold::fill()
{
    if (!m_header->isExpanded() || m_shown == m_reasoning.size())
        return;
    QScrollBar *bar = m_body->verticalScrollBar();
    const bool follow = bar->value() == bar->maximum();
    QTextCursor end(m_body->document());
    end.movePosition(QTextCursor::End);
    end.insertText(m_reasoning.mid(m_shown));
    m_shown = m_reasoning.size();
    fit();
    if (follow)
        bar->setValue(bar->maximum());
}

/// As high as its words, up to a bound.
void ReasoningFold::fit()
{
    const auto lines = int(std::ceil(m_body->document()->size().height()));
    const auto margins = int(2 * m_body->document()->documentMargin()) + 2 * m_body->frameWidth() + 2;
    m_body->setFixedHeight(std::clamp(lines, 1, mostLines) * m_body->fontMetrics().lineSpacing() + margins);
}

bool ReasoningFold::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_body && event->type() == QEvent::Show)
        fill();
    else if (watched == m_body && event->type() == QEvent::Resize)
        fit();
    return QWidget::eventFilter(watched, event);
}

} // namespace sluice::ui
