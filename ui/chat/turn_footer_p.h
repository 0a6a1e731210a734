#pragma once

#include "sluice/chat/chat_transcript.h"

#include <QtWidgets/QWidget>

class QLabel;
class QToolButton;

namespace sluice::ui {

class AmountLabel;
class CopyButton;

/// The quiet line below an answer: how many tokens, how fast, how soon, what it cost; copy and retry.
class TurnFooter final : public QWidget {
    Q_OBJECT
public:
    explicit TurnFooter(QWidget *parent);

    /// `last` is the conversation's last turn: only that one can be asked for again.
    void show(const ChatTurn &turn, bool last);
    [[nodiscard]] static QString figuresOf(const ChatTurn &turn);
    [[nodiscard]] static QString explanationOf(const ChatTurn &turn);

Q_SIGNALS:
    void retryRequested();
    void copied(const QString &text);

private:
    QLabel *m_figures;
    AmountLabel *m_paid;
    CopyButton *m_copy;
    QToolButton *m_retry;
};

} // namespace sluice::ui
