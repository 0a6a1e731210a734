#pragma once

#include <QtWidgets/QWidget>

class QsciLexer;
class QsciScintilla;

namespace sluice::ui {

/// Code to read and to copy, highlighted by the theme.
class CodeEditor final : public QWidget {
    Q_OBJECT
public:
    explicit CodeEditor(QWidget *parent = nullptr);

    /// `language`: "python", "bash", "javascript", "cpp", or anything else for plain text. The view stays where it was
    /// when only some lines changed.
    void setCode(const QString &text, const QString &language);
    [[nodiscard]] QString code() const;

private:
    void setLexer(const QString &language);
    void restyle();

    QsciScintilla *m_editor;
    QsciLexer *m_lexer = nullptr;
    QString m_language;
};

} // namespace sluice::ui
