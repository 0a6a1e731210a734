#pragma once

#include <QtWidgets/QFrame>

class QPushButton;

namespace sluice::ui {

class ElidedLabel;

/// Above a page that shows a run of the history: which one, and what can be done with it.
class PastRunBar final : public QFrame {
    Q_OBJECT
public:
    explicit PastRunBar(const QString &title, QWidget *parent = nullptr);
    /// A run on its way is not begun a second time.
    void setRunning(bool running);

Q_SIGNALS:
    void useRequested();
    void replayRequested();
    void closeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ElidedLabel *m_title;
    QPushButton *m_replay;
};

} // namespace sluice::ui
