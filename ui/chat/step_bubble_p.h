#pragma once

#include "sluice/chat/chat_step.h"

#include <QtWidgets/QWidget>

class QLabel;

namespace sluice::ui {

class AmountLabel;
class ChatTranscript;
class ChatView;
class CopyButton;
class ElidedLabel;

/// One stream of a worker's template: its name, what it took and cost, and, of a stream before the last, what it said. The last one's words
/// are the answer's and stand below it.
class StepBubble final : public QWidget {
    Q_OBJECT
public:
    explicit StepBubble(QWidget *parent);
    ~StepBubble() override;

    /// `number` of `count`, from 1. Only what is new of its words is laid out.
    void show(const ChatStep &step, int number, int count);
    /// "first after 120 ms · ~34 tokens · 1.2 s"
    [[nodiscard]] static QString figuresOf(const ChatStep &step);
    /// Every figure, a line each.
    [[nodiscard]] static QString explanationOf(const ChatStep &step);

Q_SIGNALS:
    void linkActivated(const QUrl &url);
    void copied(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showWords(const ChatStep &step);
    void fit();

    QLabel *m_number;
    ElidedLabel *m_name;
    QLabel *m_figures;
    AmountLabel *m_cost;
    CopyButton *m_copy;
    ChatTranscript *m_words;
    ChatView *m_view;
    QString m_shown;
    QString m_costShown;
    bool m_closed = false;
};

} // namespace sluice::ui
