#include "sluice/forms/scalar_editors_p.h"

#include "sluice/widgets/theme.h"

#include <QtGui/QAction>
#include <QtGui/QTextBlock>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QVBoxLayout>

namespace sluice {

namespace {

QVBoxLayout *bareLayout(QWidget *widget, QWidget *content)
{
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::Half);
    layout->addWidget(content);
    return layout;
}

bool isTextOrAbsent(const std::optional<Json> &value)
{
    return !value || value->isString();
}

/// An emptied field is no key; only a nullable one, whose switch says "set", holds an empty text.
std::optional<Json> textValue(const QString &text, const FieldSpec &spec)
{
    if (text.isEmpty() && !spec.nullable)
        return std::nullopt;
    return Json(text);
}

int linesOf(const QPlainTextEdit *edit)
{
    int lines = 0;
    for (QTextBlock block = edit->document()->begin(); block.isValid() && lines < 20; block = block.next())
        lines += qMax(1, block.lineCount());
    return lines;
}

} // namespace

TextEditor::TextEditor(const FieldSpec &spec, QWidget *parent)
    : FieldEditor(spec, parent)
    , m_edit(new QLineEdit(this))
{
    bareLayout(this, m_edit);
    m_edit->setPlaceholderText(spec.placeholder);
    if (spec.kind == FieldKind::Password) {
        m_edit->setEchoMode(QLineEdit::Password);
        m_edit->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhSensitiveData);
        QAction *eye = m_edit->addAction(Theme::icon(QStringLiteral("eye"), Theme::Role::Muted), QLineEdit::TrailingPosition);
        eye->setToolTip(tr("Show or hide the secret"));
        eye->setText(tr("Show or hide the secret"));
        eye->setCheckable(true);
        connect(eye, &QAction::toggled, this, [this, eye](bool shown) {
            m_edit->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
            eye->setIcon(Theme::icon(shown ? QStringLiteral("eye-off") : QStringLiteral("eye"), Theme::Role::Muted));
        });
    }
    connect(m_edit, &QLineEdit::textEdited, this, [this](const QString &text) { userChanged(textValue(text, this->spec())); });
}

QWidget *TextEditor::control()
{
    return m_edit;
}

bool TextEditor::accepts(const std::optional<Json> &value) const
{
    // A line edit would drop the line breaks.
    return isTextOrAbsent(value) && (!value || !value->toString().contains(QLatin1Char('\n')));
}

void TextEditor::display(const std::optional<Json> &value)
{
    const QString text = value ? value->toString() : QString();
    if (m_edit->text() != text)
        m_edit->setText(text);
}

TextAreaEditor::TextAreaEditor(const FieldSpec &spec, QWidget *parent)
    : FieldEditor(spec, parent)
    , m_edit(new QPlainTextEdit(this))
{
    bareLayout(this, m_edit);
    m_edit->setPlaceholderText(spec.placeholder);
    m_edit->setTabChangesFocus(true);
    m_edit->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        fitHeight();
        if (!isLoading())
            userChanged(textValue(m_edit->toPlainText(), this->spec()));
    });
    fitHeight();
}

QWidget *TextAreaEditor::control()
{
    return m_edit;
}

bool TextAreaEditor::accepts(const std::optional<Json> &value) const
{
    return isTextOrAbsent(value);
}

void TextAreaEditor::display(const std::optional<Json> &value)
{
    const QString text = value ? value->toString() : QString();
    if (m_edit->toPlainText() != text)
        m_edit->setPlainText(text);
}

void TextAreaEditor::changeEvent(QEvent *event)
{
    FieldEditor::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitHeight();
}

void TextAreaEditor::resizeEvent(QResizeEvent *event)
{
    FieldEditor::resizeEvent(event);
    fitHeight();
}

void TextAreaEditor::fitHeight()
{
    const int lines = qBound(3, linesOf(m_edit), 12);
    const int height = lines * m_edit->fontMetrics().lineSpacing() + int(2 * m_edit->document()->documentMargin())
        + 2 * m_edit->frameWidth() + 2;
    if (m_edit->height() != height)
        m_edit->setFixedHeight(height);
}

ChoiceEditor::ChoiceEditor(const FieldSpec &spec, QWidget *parent)
    : FieldEditor(spec, parent)
    , m_combo(new QComboBox(this))
    , m_hasUnset(!spec.required || spec.nullable)
{
    bareLayout(this, m_combo);
    m_combo->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_combo->setMinimumContentsLength(8);
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    if (m_hasUnset)
        m_combo->addItem(tr("Not set"));
    else
        m_combo->setPlaceholderText(tr("Choose…"));
    for (const FieldSpec::Choice &choice : spec.choices)
        m_combo->addItem(choice.label);
    m_combo->setCurrentIndex(m_hasUnset ? 0 : -1);
    ignoreWheelWithoutFocus(m_combo);
    connect(m_combo, &QComboBox::activated, this, [this](int index) {
        const int choice = index - (m_hasUnset ? 1 : 0);
        userChanged(choice < 0 ? absent() : std::optional(this->spec().choices.at(choice).value));
    });
}

QWidget *ChoiceEditor::control()
{
    return m_combo;
}

int ChoiceEditor::indexOf(const Json &value) const
{
    for (qsizetype i = 0; i < spec().choices.size(); ++i)
        if (spec().choices.at(i).value.equivalent(value))
            return int(i);
    return -1;
}

bool ChoiceEditor::accepts(const std::optional<Json> &value) const
{
    return !value || (value->isNull() && spec().nullable) || indexOf(*value) >= 0;
}

void ChoiceEditor::display(const std::optional<Json> &value)
{
    const int choice = value ? indexOf(*value) : -1;
    m_combo->setCurrentIndex(choice + (m_hasUnset ? 1 : 0));
}

BooleanEditor::BooleanEditor(const FieldSpec &spec, QWidget *parent)
    : FieldEditor(spec, parent)
    , m_box(new QCheckBox(this))
{
    bareLayout(this, m_box);
    QString title = spec.title;
    m_box->setText(title.replace(QLatin1Char('&'), QLatin1String("&&")));
    m_box->setTristate(spec.nullable);
    connect(m_box, &QCheckBox::clicked, this, [this] {
        const Qt::CheckState state = m_box->checkState();
        userChanged(state == Qt::PartiallyChecked ? absent() : std::optional(Json(state == Qt::Checked)));
    });
}

QWidget *BooleanEditor::control()
{
    return m_box;
}

bool BooleanEditor::accepts(const std::optional<Json> &value) const
{
    return !value || value->isBool() || (value->isNull() && spec().nullable);
}

void BooleanEditor::display(const std::optional<Json> &value)
{
    if (value && value->isBool())
        m_box->setCheckState(value->toBool() ? Qt::Checked : Qt::Unchecked);
    else
        m_box->setCheckState(spec().nullable ? Qt::PartiallyChecked : Qt::Unchecked);
}

JsonFieldEditor::JsonFieldEditor(const FieldSpec &spec, QWidget *parent)
    : FieldEditor(spec, parent)
    , m_edit(new QPlainTextEdit(this))
{
    bareLayout(this, m_edit);
    m_edit->setFont(Theme::font(Theme::Type::Mono));
    m_edit->setTabChangesFocus(true);
    m_edit->setPlaceholderText(tr("JSON, for example {\"key\": 1}"));
    m_edit->setFixedHeight(12 * space::One);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        if (isLoading())
            return;
        m_problem.clear();
        const QByteArray text = m_edit->toPlainText().toUtf8();
        if (text.trimmed().isEmpty()) {
            userChanged(absent());
            return;
        }
        const Expected<Json> parsed = Json::parse(text);
        if (!parsed)
            m_problem = parsed.error().message();
        userChanged(parsed ? std::optional(*parsed) : value());
    });
}

QWidget *JsonFieldEditor::control()
{
    return m_edit;
}

void JsonFieldEditor::collectIssues(const QString &pointer, QList<FieldIssue> &issues) const
{
    if (!m_problem.isEmpty())
        issues.append({pointer, m_problem});
}

void JsonFieldEditor::display(const std::optional<Json> &value)
{
    m_problem.clear();
    m_edit->setPlainText(value ? QString::fromUtf8(value->dump(2)) : QString());
}

} // namespace sluice
