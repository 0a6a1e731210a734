#pragma once

#include "sluice/gateway/assistants.h"

#include <QtWidgets/QWidget>

class QTextCursor;
class QTextEdit;
class QToolButton;

namespace sluice::ui {

class SchemaForm;

/// What a worker would send to its models: a question and a history to try with, and below them each stream's messages as they expand. Texts that only
/// a model can give are marked as such.
class PromptPreview final : public QWidget {
    Q_OBJECT
public:
    explicit PromptPreview(QWidget *parent = nullptr);

    [[nodiscard]] QString query() const;
    void setQuery(const QString &query);
    /// Messages as a chat has them.
    [[nodiscard]] Json history() const;
    void setHistory(const Json &history);
    /// Expands the template for the question and shows it; gives what is wrong with it.
    QList<assistants::Issue> show(const Json &assistant);
    /// What is shown, as text.
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    /// A person changed the question or the history.
    void changed();

private:
    void write();
    void writeStream(QTextCursor &cursor, const assistants::PromptStream &stream, int number);
    void writeMessage(QTextCursor &cursor, const assistants::PromptMessage &message);
    [[nodiscard]] QString nameOf(int stream) const;
    [[nodiscard]] QList<assistants::Issue> issues() const;
    /// Says how many faults there are, and brings the first one to sight where it was not there before.
    void showFaults();
    void goToFault();

    SchemaForm *m_form;
    QTextEdit *m_view;
    QToolButton *m_faults;
    QList<assistants::PromptStream> m_streams;
    QString m_problem; ///< with the question or the history
    int m_faultAt = -1; ///< where in the text the first fault stands
    QString m_faultSeen; ///< the pointer of the one that was gone to
};

} // namespace sluice::ui
