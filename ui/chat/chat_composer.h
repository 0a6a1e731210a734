#pragma once

#include <QtWidgets/QFrame>

class QPlainTextEdit;
class QPushButton;

namespace sluice::ui {

/// Where a person writes: grows with its text up to eight lines. Ctrl+Enter sends, Esc stops.
class ChatComposer final : public QFrame {
    Q_OBJECT
public:
    explicit ChatComposer(QWidget *parent = nullptr);

    [[nodiscard]] QString text() const;
    void setText(const QString &text);
    void clear();
    /// While an answer is coming the button stops it; writing goes on.
    void setBusy(bool busy);
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QPlainTextEdit *editor() const { return m_editor; }

public Q_SLOTS:
    /// Sends what is written, unless there is nothing or an answer is on its way.
    void submit();

Q_SIGNALS:
    void submitted(const QString &text);
    void stopRequested();
    void textChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void refresh();

    QPlainTextEdit *m_editor;
    QPushButton *m_button;
    bool m_busy = false;
};

} // namespace sluice::ui
