#pragma once

#include "sluice/chat/chat_turn.h"
#include "sluice/chat/conversation_tree.h"

#include <QtWidgets/QWidget>

class QLabel;
class QToolButton;

namespace sluice::ui {

class AmountLabel;
class BranchSwitch;
class CopyButton;

/// The quiet line below an answer: how many tokens, how fast, how soon, what it cost; its versions, copy, ask again. What nobody told is
/// shown as not known.
class TurnFooter final : public QWidget {
    Q_OBJECT
public:
    explicit TurnFooter(QWidget *parent);

    /// `busy` while any answer is coming; `waited` is for one that waits for its first words.
    void show(const ChatTurn &turn, const ConversationTree::Versions &versions, bool busy, std::chrono::milliseconds waited);
    [[nodiscard]] static QString figuresOf(const ChatTurn &turn, std::chrono::milliseconds waited = {});
    /// Every figure, a line each.
    [[nodiscard]] static QString explanationOf(const ChatTurn &turn);

Q_SIGNALS:
    void retryRequested();
    void versionChosen(int version);
    void copied(const QString &text);

private:
    BranchSwitch *m_branches;
    QLabel *m_figures;
    AmountLabel *m_paid;
    CopyButton *m_copy;
    QToolButton *m_retry;
    QString m_paidShown;
};

} // namespace sluice::ui
