#include "sluice/chat/question_line_p.h"

#include "sluice/chat/branch_switch_p.h"

#include "sluice/widgets/theme.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QToolButton>

namespace sluice::ui {

QuestionLine::QuestionLine(QWidget *parent)
    : QWidget(parent)
    , m_branches(new BranchSwitch(this))
    , m_edit(new QToolButton(this))
{
    m_edit->setObjectName(QStringLiteral("editQuestion"));
    m_edit->setAutoRaise(true);
    m_edit->setIcon(Theme::icon(QStringLiteral("pencil"), Theme::Role::Muted));
    m_edit->setToolTip(tr("Edit and send again: this question and what followed stay as another version"));
    m_edit->setAccessibleName(tr("Edit the question"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::Half);
    row->addStretch(1);
    row->addWidget(m_branches);
    row->addWidget(m_edit);
    connect(m_edit, &QToolButton::clicked, this, &QuestionLine::editRequested);
    m_branches->listenTo({m_edit});
    connect(m_branches, &BranchSwitch::versionChosen, this, &QuestionLine::versionChosen);
}

void QuestionLine::show(const ChatTurn &turn, const ConversationTree::Versions &versions, bool busy)
{
    m_branches->show(versions, !busy);
    m_edit->setEnabled(!busy);
    setAccessibleName(tr("Question: %1").arg(turn.text.left(80).simplified()));
}

} // namespace sluice::ui
