#include "sluice/forms/scalar_editors_p.h"

#include "sluice/widgets/theme.h"

#include <QtGui/QAction>
#include <QtGui/QAbstractTextDocumentLayout>
#include <QtGui/QTextBlock>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

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

/// Height of the text as it is wrapped now, as far as `most`. Asking for a block's rectangle lays it out.
qreal textHeight(const QPlainTextEdit *edit, qreal most)
{
    qreal height = 0;
    const QAbstractTextDocumentLayout *layout = edit->document()->documentLayout();
    for (QTextBlock block = edit->document()->begin(); block.isValid() && height < most; block = block.next())
        height += layout->blockBoundingRect(block).height();
    return height;
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
    if (m_edit->text() == text)
        return;
    m_edit->setText(text);
    m_edit->setCursorPosition(0); // a long text shows its beginning
}

TextAreaEditor::TextAreaEditor(const FieldSpec &spec, QWidget *parent)
    : FieldEditor(spec, parent)
    , m_edit(new QPlainTextEdit(this))
{
    bareLayout(this, m_edit);
    m_edit->setPlaceholderText(spec.placeholder);
    m_edit->setTabChangesFocus(true);
    m_edit->viewport()->installEventFilter(this);
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

bool TextAreaEditor::eventFilter(QObject *watched, QEvent *event)
{
    // Another width wraps the text anew, after this event.
    if (event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &TextAreaEditor::fitHeight, Qt::QueuedConnection);
    return FieldEditor::eventFilter(watched, event);
}

void TextAreaEditor::fitHeight()
{
    const qreal line = m_edit->fontMetrics().lineSpacing();
    const qreal text = qBound(3 * line, textHeight(m_edit, 12 * line), 12 * line);
    const int height = int(text + 2 * m_edit->document()->documentMargin()) + 2 * m_edit->frameWidth() + 2;
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

SetEditor::SetEditor(const FieldSpec &spec, QWidget *parent)
    : FieldEditor(spec, parent)
{
    // Two columns: the words are short, and one column would push the rest of the form away.
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, space::Half, 0, space::Half);
    grid->setHorizontalSpacing(space::Two);
    grid->setVerticalSpacing(space::One);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    for (int i = 0; i < int(spec.choices.size()); ++i) {
        QString label = spec.choices.at(i).label;
        auto *box = new QCheckBox(label.replace(QLatin1Char('&'), QLatin1String("&&")), this);
        box->setAccessibleName(QStringLiteral("%1: %2").arg(spec.title, spec.choices.at(i).label));
        connect(box, &QCheckBox::clicked, this, [this, i](bool on) { toggled(i, on); });
        grid->addWidget(box, i / 2, i % 2);
        m_boxes.append(box);
    }
}

QWidget *SetEditor::control()
{
    return m_boxes.first();
}

bool SetEditor::accepts(const std::optional<Json> &value) const
{
    if (!value)
        return true;
    if (!value->isArray())
        return false;
    QList<Json> seen;
    for (const Json &item : value->items()) {
        const bool offered = std::any_of(spec().choices.cbegin(), spec().choices.cend(),
                                         [&](const FieldSpec::Choice &choice) { return choice.value == item; });
        if (!offered || seen.contains(item))
            return false;
        seen.append(item);
    }
    return true;
}

void SetEditor::display(const std::optional<Json> &value)
{
    const QList<Json> items = value ? value->items() : QList<Json>();
    for (int i = 0; i < int(m_boxes.size()); ++i)
        m_boxes.at(i)->setChecked(items.contains(spec().choices.at(i).value));
}

void SetEditor::toggled(int choice, bool on)
{
    QList<Json> items = value() ? value()->items() : QList<Json>();
    items.removeAll(spec().choices.at(choice).value);
    if (on)
        items.append(spec().choices.at(choice).value);
    userChanged(items.isEmpty() && !spec().required ? absent() : std::optional(Json::array(items)));
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

} // namespace sluice::ui
