#pragma once

#include "sluice/chat/chat_turn.h"
#include "sluice/chat/conversation_tree.h"

#include <QtWidgets/QWidget>

class QToolButton;

namespace sluice::ui {

class BranchSwitch;

/// The quiet line below a question: its versions, and the pencil that makes another one.
class QuestionLine final : public QWidget {
    Q_OBJECT
public:
    explicit QuestionLine(QWidget *parent);

    void show(const ChatTurn &turn, const ConversationTree::Versions &versions, bool busy);

Q_SIGNALS:
    void editRequested();
    void versionChosen(int version);

private:
    BranchSwitch *m_branches;
    QToolButton *m_edit;
};

} // namespace sluice::ui
