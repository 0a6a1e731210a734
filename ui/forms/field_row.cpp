#include "sluice/forms/field_row_p.h"

#include "sluice/forms/scalar_editors_p.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

QLabel *smallLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setFont(Theme::font(Theme::Type::Small11));
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QString escaped(QString text)
{
    return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

FieldRow::FieldRow(const FieldSpec &spec, Dress dress, QWidget *parent)
    : QWidget(parent)
    , m_spec(spec)
    , m_editor(makeFieldEditor(spec, this))
    , m_column(new QVBoxLayout(this))
    , m_subject(spec.title)
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::Half);
    if (dress == Dress::Full)
        makeHeader(m_column);
    m_column->addWidget(m_editor);
    makeFooter(m_column, dress);
    connect(m_editor, &FieldEditor::edited, this, &FieldRow::touched);
    setSubject(spec.title);
    setValue(std::nullopt);
}

void FieldRow::makeHeader(QVBoxLayout *column)
{
    const bool titled = !m_editor->showsTitle();
    const QString hint = m_spec.hint();
    // Choices have an item for "not set" and booleans a third state; the others get a switch.
    const bool switched = m_spec.nullable && m_spec.kind != FieldKind::Boolean && m_spec.kind != FieldKind::Choice;
    if (!titled && hint.isEmpty())
        return;
    auto *header = new QHBoxLayout;
    header->setSpacing(space::Half);
    if (titled) {
        m_title = new QLabel(escaped(m_spec.title), this);
        m_title->setBuddy(m_editor->control());
        header->addWidget(m_title);
        if (m_spec.required) {
            auto *star = new QLabel(QStringLiteral("*"), this);
            star->setToolTip(tr("Required"));
            star->setAccessibleName(tr("Required"));
            Theme::setTextRole(star, Theme::Role::Failed);
            header->addWidget(star);
        }
    }
    header->addStretch(1);
    if (!hint.isEmpty()) {
        QLabel *limits = smallLabel(this);
        limits->setText(hint);
        header->addWidget(limits);
    }
    if (switched) {
        m_switch = new QCheckBox(tr("Set"), this);
        m_switch->setFont(Theme::font(Theme::Type::Small11));
        m_switch->setToolTip(m_spec.required ? tr("Off sends null: the field is required and may be null") : tr("Off leaves the key out of the input"));
        header->addSpacing(space::Half);
        header->addWidget(m_switch);
        connect(m_switch, &QCheckBox::clicked, this, [this](bool on) {
            m_explicitNull = false;
            if (on && !m_editor->value()) {
                const Json start = m_spec.initial();
                m_editor->setValue(start.isNull() ? std::nullopt : std::optional(start));
            }
            setSwitch(on);
            touched();
            if (on)
                m_editor->control()->setFocus(Qt::TabFocusReason);
        });
    }
    column->addLayout(header);
}

void FieldRow::makeFooter(QVBoxLayout *column, Dress dress)
{
    m_note = smallLabel(this);
    m_note->setWordWrap(true);
    m_note->setVisible(false);
    column->addWidget(m_note);

    m_issueLine = new QWidget(this);
    auto *line = new QHBoxLayout(m_issueLine);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::Half);
    m_issueIcon = new QLabel(m_issueLine);
    m_issueIcon->setFixedSize(14, 16);
    m_issue = new QLabel(m_issueLine);
    m_issue->setFont(Theme::font(Theme::Type::Small11));
    m_issue->setWordWrap(true);
    m_issue->setTextFormat(Qt::PlainText);
    m_issue->setTextInteractionFlags(Qt::TextSelectableByMouse);
    Theme::setTextRole(m_issue, Theme::Role::Failed);
    line->addWidget(m_issueIcon, 0, Qt::AlignTop);
    line->addWidget(m_issue, 1);
    m_issueLine->setVisible(false);
    if (dress == Dress::Bare && m_spec.kind == FieldKind::Object)
        column->insertWidget(0, m_issueLine); // what is wrong with all of it stands above its fields
    else
        column->addWidget(m_issueLine);

    if (dress == Dress::Full && !m_spec.description.isEmpty()) {
        QLabel *description = smallLabel(this);
        description->setWordWrap(true);
        description->setText(m_spec.description);
        column->addWidget(description);
    }
}

FieldEditor *FieldRow::active() const
{
    return m_usesJson ? static_cast<FieldEditor *>(m_json) : m_editor;
}

void FieldRow::setSwitch(bool on)
{
    if (!m_switch)
        return;
    m_switch->setChecked(on);
    if (m_spec.required)
        m_switch->setText(on ? tr("Set") : tr("null"));
    active()->setVisible(on);
}

void FieldRow::setValue(const std::optional<Json> &value)
{
    m_explicitNull = value && value->isNull() && m_spec.nullable;
    const std::optional<Json> shown = m_explicitNull ? std::nullopt : value;
    if (m_editor->setValue(shown))
        useForm();
    else
        useJson(shown);
    setSwitch(shown.has_value());
    setIssue({});
}

void FieldRow::useForm()
{
    m_usesJson = false;
    m_editor->setVisible(true);
    if (m_json)
        m_json->setVisible(false);
    if (m_title)
        m_title->setBuddy(m_editor->control());
    m_note->setText(m_spec.kind == FieldKind::Json && !m_spec.jsonReason.isEmpty()
                        ? tr("Edited as JSON: %1.").arg(m_spec.jsonReason)
                        : QString());
    m_note->setVisible(!m_note->text().isEmpty());
}

void FieldRow::useJson(const std::optional<Json> &value)
{
    if (!m_json) {
        m_json = new JsonFieldEditor(m_spec, this);
        m_column->insertWidget(m_column->indexOf(m_editor) + 1, m_json);
        connect(m_json, &FieldEditor::edited, this, &FieldRow::touched);
        name(m_json->control(), tr("%1, as JSON").arg(m_subject), m_spec.description);
    }
    m_usesJson = true;
    m_json->setValue(value);
    m_json->setVisible(true);
    m_editor->setVisible(false);
    if (m_title)
        m_title->setBuddy(m_json->control());
    m_note->setText(tr("Edited as JSON: the form has no place for this value."));
    m_note->setVisible(true);
}

std::optional<Json> FieldRow::value() const
{
    if (m_explicitNull)
        return Json();
    // A required field cannot be left out; where it may be null, "not set" is null.
    const std::optional<Json> unset = m_spec.required && m_spec.nullable ? std::optional(Json()) : std::nullopt;
    if (m_switch && !m_switch->isChecked())
        return unset;
    const bool hasUnset = m_spec.kind == FieldKind::Boolean || m_spec.kind == FieldKind::Choice;
    const std::optional<Json> value = active()->value();
    return value || !hasUnset ? value : unset;
}

void FieldRow::touched()
{
    m_touched = true;
    m_explicitNull = false;
    setIssue({});
    Q_EMIT edited();
}

void FieldRow::name(QWidget *control, const QString &text, const QString &description)
{
    control->setAccessibleName(text);
    control->setAccessibleDescription(description);
}

void FieldRow::setSubject(const QString &subject)
{
    m_subject = subject;
    const QString words = m_spec.required ? tr("%1, required").arg(subject) : subject;
    name(m_editor->named(), words, m_spec.description);
    if (m_switch)
        m_switch->setAccessibleName(tr("Set %1").arg(subject));
}

void FieldRow::setMnemonic(QChar letter)
{
    const qsizetype at = m_spec.title.indexOf(letter, 0, Qt::CaseInsensitive);
    if (at < 0)
        return;
    const QString text = escaped(m_spec.title.left(at)) + QLatin1Char('&') + escaped(m_spec.title.mid(at));
    if (m_title)
        m_title->setText(text);
    else if (auto *box = qobject_cast<QCheckBox *>(m_editor->control()))
        box->setText(text);
}

void FieldRow::collectIssues(const QString &pointer, QList<FieldIssue> &issues) const
{
    if (!m_switch || m_switch->isChecked())
        active()->collectIssues(pointer, issues);
}

void FieldRow::collectFileNames(const QString &pointer, QHash<QString, QString> &names) const
{
    if (!m_switch || m_switch->isChecked())
        active()->collectFileNames(pointer, names);
}

bool FieldRow::showIssue(const QStringList &path, const QString &message, bool touchedOnly)
{
    if (!path.isEmpty() && active()->showIssue(path, message, touchedOnly))
        return true;
    if (touchedOnly && !m_touched)
        return true;
    setIssue(path.isEmpty() ? message : QStringLiteral("/%1: %2").arg(path.join(QLatin1Char('/')), message));
    return true;
}

void FieldRow::clearIssues()
{
    setIssue({});
    active()->clearIssues();
}

QString FieldRow::shownIssue() const
{
    return m_issueLine->isHidden() ? QString() : m_issue->text();
}

void FieldRow::setIssue(const QString &message)
{
    m_issue->setText(message);
    m_issueLine->setVisible(!message.isEmpty());
    if (!message.isEmpty())
        m_issueIcon->setPixmap(Theme::icon(QStringLiteral("circle-alert"), Theme::Role::Failed).pixmap(QSize(12, 12), devicePixelRatioF()));
    Theme::setInvalid(active()->named(), !message.isEmpty());
    active()->named()->setAccessibleDescription(message.isEmpty() ? m_spec.description : message);
}

QWidget *FieldRow::controlAt(const QStringList &path)
{
    QWidget *found = active()->controlAt(path);
    return found ? found : active()->control();
}

} // namespace sluice::ui
