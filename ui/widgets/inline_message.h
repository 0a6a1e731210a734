#pragma once

#include "sluice/base/error.h"

#include <QtWidgets/QFrame>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace sluice::ui {

class CopyButton;

/// A message where it belongs, in place of a modal dialog: text, details to unfold, copy, and at most one action.
class InlineMessage final : public QFrame {
    Q_OBJECT
public:
    enum class Severity { Info, Success, Warning, Error };
    Q_ENUM(Severity)

    explicit InlineMessage(QWidget *parent = nullptr);

    /// Shows the bar. `details` may be long; they stay folded until asked for.
    void showMessage(Severity severity, const QString &text, const QString &details = {});
    /// The error's message and advice; request, status, body and rejections are the details.
    void showError(const Error &error);
    /// Hides the bar and forgets what it said.
    void clear();

    /// The one action; empty text removes it.
    void setAction(const QString &text);
    /// Whether the person may dismiss it; on by default.
    void setClosable(bool closable);

    [[nodiscard]] Severity severity() const { return m_severity; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString details() const;

    /// What the copy button gives for an error: message, advice, request, status, body, rejections.
    [[nodiscard]] static QString errorDetails(const Error &error);

Q_SIGNALS:
    void actionTriggered();
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void restyle();
    void setExpanded(bool expanded);

    Severity m_severity = Severity::Info;
    QLabel *m_icon;
    QLabel *m_text;
    QToolButton *m_expander;
    CopyButton *m_copy;
    QPushButton *m_action;
    QToolButton *m_close;
    QPlainTextEdit *m_details;
};

} // namespace sluice::ui
