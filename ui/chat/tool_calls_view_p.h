#pragma once

#include "sluice/gateway/chat_delta.h"

#include <QtWidgets/QWidget>

#include <vector>

class QLabel;
class QVBoxLayout;

namespace sluice::ui {

class CopyButton;

/// The calls of the caller's tools that an answer asks for: each a card with its name and its arguments as JSON that can be read.
class ToolCallsView final : public QWidget {
    Q_OBJECT
public:
    explicit ToolCallsView(QWidget *parent);

    /// While `coming` the arguments may be half a JSON text, which is shown as it is.
    void show(const QList<ToolCalls::Call> &calls, bool coming);

Q_SIGNALS:
    void copied(const QString &text);

private:
    struct Card {
        ToolCalls::Call call;
        bool coming = true;
        QWidget *frame = nullptr;
        QLabel *name = nullptr;
        QLabel *arguments = nullptr;
        CopyButton *copy = nullptr;
    };
    void addCard();
    static void fill(Card &card);

    QVBoxLayout *m_column;
    std::vector<Card> m_cards;
};

} // namespace sluice::ui
