#pragma once

#include <QtWidgets/QWidget>

class QsciLexerJSON;
class QsciScintilla;

namespace sluice::ui {

/// JSON text with highlighting, line numbers, brace matching and an error shown right below its line.
/// Tab indents; Shift+Tab without a selection leaves the editor, so that the keyboard is not caught in it.
class JsonEditor final : public QWidget {
    Q_OBJECT
public:
    explicit JsonEditor(QWidget *parent = nullptr);
    ~JsonEditor() override;

    [[nodiscard]] QString text() const;
    /// Replaces the whole text as one step that can be undone; says nothing in textEdited().
    void setText(const QString &text);
    void setReadOnly(bool readOnly);
    /// Marks the line (from 1) with the message; 0 removes the mark.
    void markError(int line, const QString &message);
    void goTo(int line, int column);
    void setSubject(const QString &subject);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// A person changed the text.
    void textEdited();

private:
    void restyle();

    QsciScintilla *m_editor;
    QsciLexerJSON *m_lexer;
    int m_marked = 0;
    bool m_loading = false;
};

} // namespace sluice::ui
