#include "sluice/codeview/code_editor.h"

#include "sluice/widgets/theme.h"

#include <Qsci/qscilexerbash.h>
#include <Qsci/qscilexercpp.h>
#include <Qsci/qscilexerjavascript.h>
#include <Qsci/qscilexerpython.h>
#include <Qsci/qsciscintilla.h>

#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {
// What a lexer's style number stands for, found by its own description, so that one table serves every language.
Theme::Role roleOfStyle(const QString &description)
{
    const QString words = description.toLower();
    if (words.contains(QStringLiteral("comment")))
        return Theme::Role::CodeComment;
    if (words.contains(QStringLiteral("string")) || words.contains(QStringLiteral("here doc"))
        || words.contains(QStringLiteral("backticks")))
        return Theme::Role::CodeString;
    if (words.contains(QStringLiteral("number")))
        return Theme::Role::CodeNumber;
    if (words.contains(QStringLiteral("keyword")) || words.contains(QStringLiteral("pre-processor")))
        return Theme::Role::CodeKeyword;
    if (words.contains(QStringLiteral("scalar")) || words.contains(QStringLiteral("parameter expansion"))
        || words.contains(QStringLiteral("function or method name")) || words.contains(QStringLiteral("class name")))
        return Theme::Role::CodeKey;
    return Theme::Role::Text;
}

/// Scintilla asks fonts for their size in points; the theme gives it in pixels.
QFont inPoints(QFont font, const QWidget &widget)
{
    if (font.pixelSize() > 0)
        font.setPointSizeF(font.pixelSize() * 72.0 / widget.logicalDpiY());
    return font;
}
} // namespace

CodeEditor::CodeEditor(QWidget *parent)
    : QWidget(parent)
    , m_editor(new QsciScintilla)
{
    m_editor->setReadOnly(true);
    m_editor->setUtf8(true);
    m_editor->setLayoutDirection(Qt::LeftToRight); // code reads from the left in every language
    m_editor->setFrameShape(QFrame::NoFrame);
    m_editor->setMarginLineNumbers(0, true);
    m_editor->setCaretWidth(1);
    m_editor->setTabIndents(false);
    m_editor->setAccessibleName(tr("Code"));
    m_editor->SendScintilla(QsciScintillaBase::SCI_SETSCROLLWIDTHTRACKING, 1);
    m_editor->SendScintilla(QsciScintillaBase::SCI_SETSCROLLWIDTH, 1);
    // Tab leaves the editor: there is nothing to type here.
    m_editor->SendScintilla(QsciScintillaBase::SCI_CLEARCMDKEY, QsciScintillaBase::SCK_TAB);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_editor);
    setFocusProxy(m_editor);
    connect(&Theme::instance(), &Theme::changed, this, &CodeEditor::restyle);
    restyle();
}

QString CodeEditor::code() const
{
    return m_editor->text();
}

void CodeEditor::setCode(const QString &text, const QString &language)
{
    if (language != m_language)
        setLexer(language);
    if (text == m_editor->text())
        return;
    const int first = m_editor->firstVisibleLine();
    m_editor->setReadOnly(false);
    m_editor->setText(text);
    m_editor->setReadOnly(true);
    m_editor->setFirstVisibleLine(first);
}

void CodeEditor::setLexer(const QString &language)
{
    m_language = language;
    QsciLexer *lexer = nullptr;
    if (language == QStringLiteral("python"))
        lexer = new QsciLexerPython(m_editor);
    else if (language == QStringLiteral("bash"))
        lexer = new QsciLexerBash(m_editor);
    else if (language == QStringLiteral("javascript"))
        lexer = new QsciLexerJavaScript(m_editor);
    else if (language == QStringLiteral("cpp"))
        lexer = new QsciLexerCPP(m_editor);
    m_editor->setLexer(lexer);
    delete m_lexer;
    m_lexer = lexer;
    restyle();
}

void CodeEditor::restyle()
{
    const QColor paper = Theme::color(Theme::Role::Surface);
    const QFont mono = inPoints(Theme::font(Theme::Type::Mono), *this);
    if (m_lexer) {
        m_lexer->setDefaultPaper(paper);
        m_lexer->setDefaultFont(mono);
        for (int style = 0; style < 128; ++style) {
            const QString description = m_lexer->description(style);
            if (description.isEmpty())
                continue;
            m_lexer->setColor(Theme::color(roleOfStyle(description)), style);
            m_lexer->setPaper(paper, style);
            m_lexer->setFont(mono, style);
            m_lexer->setEolFill(false, style);
        }
    }
    m_editor->setFont(mono);
    m_editor->setColor(Theme::color(Theme::Role::Text));
    m_editor->setPaper(paper);
    m_editor->setMarginsFont(inPoints(Theme::font(Theme::Type::MonoSmall), *this));
    m_editor->setMarginWidth(0, QStringLiteral("00000"));
    m_editor->setMarginWidth(1, space::One);
    m_editor->setMarginsForegroundColor(Theme::color(Theme::Role::Muted));
    m_editor->setMarginsBackgroundColor(paper);
    m_editor->setSelectionBackgroundColor(Theme::color(Theme::Role::Selection));
    m_editor->setSelectionForegroundColor(Theme::color(Theme::Role::Text));
    m_editor->setCaretForegroundColor(Theme::color(Theme::Role::Text));
}

} // namespace sluice::ui
