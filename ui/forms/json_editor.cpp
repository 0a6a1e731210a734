#include "sluice/forms/json_editor.h"

#include "sluice/widgets/theme.h"

#include <Qsci/qscilexerjson.h>
#include <Qsci/qsciscintilla.h>
#include <Qsci/qscistyle.h>

#include <QtCore/QScopedValueRollback>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {
constexpr int kErrorMarker = 2;
constexpr int kErrorStyle = 40;

/// Scintilla knows points only, the theme's scale is in pixels.
QFont inPoints(Theme::Type type, const QWidget *widget)
{
    QFont font = Theme::font(type);
    font.setPointSizeF(font.pixelSize() * 72.0 / widget->logicalDpiY());
    return font;
}

} // namespace

JsonEditor::JsonEditor(QWidget *parent)
    : QWidget(parent)
    , m_editor(new QsciScintilla(this))
    , m_lexer(new QsciLexerJSON(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_editor);
    setFocusProxy(m_editor);
    m_editor->installEventFilter(this);
    m_editor->setFrameShape(QFrame::NoFrame);
    m_editor->setUtf8(true);
    m_editor->setLayoutDirection(Qt::LeftToRight);
    m_editor->setEolMode(QsciScintilla::EolUnix);
    m_editor->setLexer(m_lexer);
    m_editor->setWrapMode(QsciScintilla::WrapWord);
    m_editor->setIndentationsUseTabs(false);
    m_editor->setTabWidth(2);
    m_editor->setIndentationWidth(2);
    m_editor->setAutoIndent(true);
    m_editor->setTabIndents(true);
    m_editor->setBackspaceUnindents(true);
    m_editor->setBraceMatching(QsciScintilla::SloppyBraceMatch);
    m_editor->setCaretLineVisible(true);
    m_editor->setMarginType(0, QsciScintilla::NumberMargin);
    m_editor->setMarginType(1, QsciScintilla::SymbolMargin); // only a gap between the numbers and the text
    m_editor->setMarginMarkerMask(1, 0);
    m_editor->setMarginWidth(1, space::One);
    m_editor->setAnnotationDisplay(QsciScintilla::AnnotationStandard);
    m_editor->setScrollWidth(1);
    m_editor->setScrollWidthTracking(true);
    m_editor->SendScintilla(QsciScintilla::SCI_SETEXTRAASCENT, 2ul);
    m_editor->SendScintilla(QsciScintilla::SCI_SETEXTRADESCENT, 1ul);
    connect(m_editor, &QsciScintilla::textChanged, this, [this] {
        if (!m_loading)
            Q_EMIT textEdited();
    });
    connect(&Theme::instance(), &Theme::changed, this, &JsonEditor::restyle);
    setSubject(tr("Input as JSON"));
    restyle();
}

bool JsonEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Backtab && !m_editor->hasSelectedText())
        return focusPreviousChild();
    return QWidget::eventFilter(watched, event);
}

JsonEditor::~JsonEditor()
{
    m_editor->setLexer(nullptr);
}

void JsonEditor::setSubject(const QString &subject)
{
    m_editor->setAccessibleName(subject);
    m_editor->setAccessibleDescription(tr("Shift+Tab leaves the editor"));
    setAccessibleName(subject);
}

QString JsonEditor::text() const
{
    return m_editor->text();
}

void JsonEditor::setText(const QString &text)
{
    if (text == m_editor->text())
        return;
    const QScopedValueRollback guard(m_loading, true);
    const QByteArray bytes = text.toUtf8();
    m_editor->SendScintilla(QsciScintilla::SCI_BEGINUNDOACTION);
    m_editor->SendScintilla(QsciScintilla::SCI_TARGETWHOLEDOCUMENT);
    m_editor->SendScintilla(QsciScintilla::SCI_REPLACETARGET, static_cast<unsigned long>(bytes.size()), bytes.constData());
    m_editor->SendScintilla(QsciScintilla::SCI_ENDUNDOACTION);
    restyle(); // the margin grows with the number of lines
}

void JsonEditor::setReadOnly(bool readOnly)
{
    m_editor->setReadOnly(readOnly);
}

void JsonEditor::markError(int line, const QString &message)
{
    m_editor->markerDeleteAll(kErrorMarker);
    m_editor->clearAnnotations();
    m_marked = line;
    if (line <= 0)
        return;
    const int index = qMin(line, m_editor->lines()) - 1;
    m_editor->markerAdd(index, kErrorMarker);
    m_editor->annotate(index, QStringLiteral(" ") + message, kErrorStyle);
}

void JsonEditor::goTo(int line, int column)
{
    m_editor->setCursorPosition(qMax(0, line - 1), qMax(0, column - 1));
    m_editor->ensureCursorVisible();
    m_editor->setFocus(Qt::OtherFocusReason);
}

void JsonEditor::restyle()
{
    using R = Theme::Role;
    const QFont font = inPoints(Theme::Type::Mono, this);
    const QColor paper = Theme::color(R::CodeBackground);
    m_lexer->setDefaultFont(font);
    m_lexer->setDefaultPaper(paper);
    m_lexer->setDefaultColor(Theme::color(R::Text));
    m_lexer->setFont(font, -1);
    m_lexer->setPaper(paper, -1);
    m_lexer->setColor(Theme::color(R::Text), -1);
    const auto color = [&](int style, R role) { m_lexer->setColor(Theme::color(role), style); };
    color(QsciLexerJSON::Property, R::CodeKey);
    color(QsciLexerJSON::String, R::CodeString);
    color(QsciLexerJSON::UnclosedString, R::Failed);
    color(QsciLexerJSON::EscapeSequence, R::CodeKeyword);
    color(QsciLexerJSON::Number, R::CodeNumber);
    color(QsciLexerJSON::Keyword, R::CodeKeyword);
    color(QsciLexerJSON::KeywordLD, R::CodeKeyword);
    color(QsciLexerJSON::IRI, R::CodeString);
    color(QsciLexerJSON::IRICompact, R::CodeString);
    color(QsciLexerJSON::Error, R::Failed);
    m_editor->setPaper(paper);
    m_editor->setColor(Theme::color(R::Text));
    m_editor->setCaretForegroundColor(Theme::color(R::Text));
    m_editor->setCaretLineBackgroundColor(Theme::color(R::Hover));
    m_editor->setSelectionBackgroundColor(Theme::color(R::Selection));
    m_editor->resetSelectionForegroundColor();
    m_editor->setMatchedBraceBackgroundColor(Theme::color(R::Selection));
    m_editor->setMatchedBraceForegroundColor(Theme::color(R::Text));
    m_editor->setUnmatchedBraceForegroundColor(Theme::color(R::Failed));
    m_editor->setUnmatchedBraceBackgroundColor(paper);
    m_editor->setMarginsBackgroundColor(paper);
    m_editor->setMarginsForegroundColor(Theme::color(R::Disabled));
    m_editor->setMarginsFont(inPoints(Theme::Type::MonoSmall, this));
    m_editor->setMarginWidth(0, QString(qMax(3, int(QString::number(m_editor->lines()).size()) + 1), QLatin1Char('0')));
    m_editor->markerDefine(QsciScintilla::Background, kErrorMarker);
    m_editor->setMarkerBackgroundColor(Theme::tint(R::Failed), kErrorMarker);
    m_editor->SendScintilla(QsciScintilla::SCI_STYLESETFORE, kErrorStyle, Theme::color(R::Failed));
    m_editor->SendScintilla(QsciScintilla::SCI_STYLESETBACK, kErrorStyle, Theme::tint(R::Failed));
    const QFont message = inPoints(Theme::Type::Small11, this);
    const QByteArray family = message.family().toUtf8();
    m_editor->SendScintilla(QsciScintilla::SCI_STYLESETFONT, kErrorStyle, family.constData());
    m_editor->SendScintilla(QsciScintilla::SCI_STYLESETSIZEFRACTIONAL, kErrorStyle, long(message.pointSizeF() * 100));
}

} // namespace sluice::ui
