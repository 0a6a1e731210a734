#include "sluice/forms/schema_form.h"

#include "sluice/base/schema_secrets.h"
#include "sluice/base/schema_validator.h"
#include "sluice/forms/container_editors_p.h"
#include "sluice/forms/field_row_p.h"
#include "sluice/forms/field_spec_p.h"
#include "sluice/forms/file_editor_p.h"
#include "sluice/widgets/badge.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QTimer>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int kLiveCheckMs = 150;
constexpr int kMostLeast = 288; ///< past this a form does not ask others to give way
constexpr int kWidest = 800; ///< fields are not easier to read past this

QStringList stepsOf(const QString &pointer)
{
    QStringList steps = pointer.split(QLatin1Char('/'));
    steps.removeFirst();
    for (QString &step : steps)
        step.replace(QLatin1String("~1"), QLatin1String("/")).replace(QLatin1String("~0"), QLatin1String("~"));
    return steps;
}

/// What the schema says about the capability itself (client-sdk.md 4.3, last row), or null when it says nothing.
QWidget *makeFacts(const Json &schema, QWidget *parent)
{
    const std::pair<const char *, QString> facts[] = {{"x-pipeline-id", QStringLiteral("%1")},
                                                      {"x-version", QStringLiteral("v%1")},
                                                      {"x-gpu", SchemaForm::tr("GPU %1")},
                                                      {"x-min-vram-gb", SchemaForm::tr("%1 GB of video memory")}};
    QWidget *line = nullptr;
    for (const auto &[key, words] : facts) {
        const Json value = schema.value(QString::fromLatin1(key));
        if (!value.isString() && !value.isNumber())
            continue;
        if (!line) {
            line = new QWidget(parent);
            auto *row = new QHBoxLayout(line);
            row->setContentsMargins(0, 0, 0, 0);
            row->setSpacing(space::One);
            row->addStretch(1);
        }
        const QString text = value.isString() ? value.toString() : QString::fromLatin1(value.numberText());
        auto *row = static_cast<QHBoxLayout *>(line->layout());
        row->insertWidget(row->count() - 1, new Badge(words.arg(text.left(40)), Theme::Role::Muted, line));
    }
    return line;
}

Json withoutDefaults(const FieldSpec &spec, const Json &value)
{
    Json result = value;
    for (const FieldSpec &property : spec.properties) {
        if (!result.contains(property.key))
            continue;
        const Json inner = result.value(property.key);
        if (!property.required && property.fallback && inner.equivalent(*property.fallback))
            result.remove(property.key);
        else if (property.kind == FieldKind::Object && inner.isObject())
            result.insert(property.key, withoutDefaults(property, inner));
    }
    return result;
}

Json withDefaults(const FieldSpec &spec, const Json &value)
{
    // In form order where keys are new; what is there stays at its place.
    QList<Json::Member> members = value.members();
    qsizetype at = 0;
    for (const FieldSpec &property : spec.properties) {
        const auto found = std::find_if(members.begin(), members.end(), [&](const Json::Member &m) { return m.first == property.key; });
        if (found != members.end()) {
            if (property.kind == FieldKind::Object && found->second.isObject())
                found->second = withDefaults(property, found->second);
            at = std::distance(members.begin(), found) + 1;
        } else if (property.fallback) {
            members.insert(at++, {property.key, *property.fallback});
        }
    }
    return Json::object(members);
}

} // namespace

SchemaForm::SchemaForm(QWidget *parent)
    : QWidget(parent)
    , m_scroll(new QScrollArea(this))
    , m_liveCheck(new QTimer(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_scroll);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Input form"));
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_liveCheck->setSingleShot(true);
    m_liveCheck->setInterval(kLiveCheckMs);
    connect(m_liveCheck, &QTimer::timeout, this, &SchemaForm::showLiveIssues);
    setSchema(Json::object());
}

SchemaForm::~SchemaForm() = default;

void SchemaForm::fitLeast()
{
    // There is no scrolling to the side: what stands beside it gives way before a field is cut.
    const int needed = m_scroll->widget()->layout()->minimumSize().width() + m_scroll->verticalScrollBar()->sizeHint().width();
    m_scroll->setMinimumWidth(std::min(kMostLeast, needed));
}

bool SchemaForm::eventFilter(QObject *watched, QEvent *event)
{
    // A value may need more than the empty field did.
    if (event->type() == QEvent::LayoutRequest && watched == m_scroll->widget())
        fitLeast();
    return QWidget::eventFilter(watched, event);
}

void SchemaForm::setSchema(const Json &schema)
{
    m_schema = schema;
    m_spec = std::make_unique<FieldSpec>(readField(schema, schema));
    m_validator = std::make_unique<SchemaValidator>(schema);
    m_serverIssues.clear();

    auto *page = new QWidget;
    page->setMaximumWidth(kWidest);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(space::Two, space::Two, space::Two, space::Two);
    column->setSpacing(space::Two);
    if (QWidget *facts = makeFacts(schema, page))
        column->addWidget(facts);
    if (m_spec->kind == FieldKind::Object && m_spec->properties.isEmpty()) {
        auto *nothing = new QLabel(tr("This capability takes no input."), page);
        nothing->setForegroundRole(QPalette::PlaceholderText);
        column->addWidget(nothing);
    }
    m_root = new FieldRow(*m_spec, FieldRow::Dress::Bare, page);
    m_root->setSubject(m_spec->title.isEmpty() ? tr("Input") : m_spec->title);
    if (auto *object = qobject_cast<ObjectEditor *>(m_root->editor())) {
        object->assignMnemonics();
        object->setOmitDefaults(m_omitDefaults);
    }
    column->addWidget(m_root);
    column->addStretch(1);
    connect(m_root, &FieldRow::edited, this, &SchemaForm::edited);
    m_scroll->setWidget(page); // deletes the page before
    page->installEventFilter(this);
    fitLeast();
    m_scroll->viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);
    setValue(defaults());
}

Json SchemaForm::defaults() const
{
    const Json all = m_spec->initial();
    return m_omitDefaults ? withoutDefaults(*m_spec, all) : all;
}

void SchemaForm::setValue(const Json &value)
{
    if (value == m_value && m_root->value())
        return; // what a person is typing, valid or not, stays
    m_value = value;
    m_serverIssues.clear();
    m_root->setValue(value);
    m_root->clearIssues();
}

void SchemaForm::setOmitDefaults(bool omit)
{
    if (m_omitDefaults == omit)
        return;
    m_omitDefaults = omit;
    if (auto *object = qobject_cast<ObjectEditor *>(m_root->editor()))
        object->setOmitDefaults(omit);
    if (!m_value.isObject())
        return;
    const Json now = omit ? withoutDefaults(*m_spec, m_value) : withDefaults(*m_spec, m_value);
    if (now == m_value)
        return;
    setValue(now);
    Q_EMIT valueChanged(m_value);
}

void SchemaForm::edited()
{
    const Json before = m_value;
    m_value = m_root->value().value_or(Json());
    // What the server said about a field ends when that field changes.
    m_serverIssues.erase(std::remove_if(m_serverIssues.begin(), m_serverIssues.end(),
                                        [&](const FieldIssue &issue) { return before.find(issue.pointer) != m_value.find(issue.pointer); }),
                         m_serverIssues.end());
    m_liveCheck->start();
    Q_EMIT valueChanged(m_value);
}

QList<FieldIssue> SchemaForm::issues() const
{
    QList<FieldIssue> found;
    m_root->collectIssues({}, found);
    const auto known = [&](const QString &pointer) {
        return std::any_of(found.cbegin(), found.cend(), [&](const FieldIssue &issue) { return issue.pointer == pointer; });
    };
    const QList<SchemaViolation> violations = m_validator->validate(m_value);
    for (const SchemaViolation &violation : violations) {
        if (known(violation.pointer))
            continue;
        found.append({violation.pointer, violation.suggestion.isEmpty() ? violation.message
                                                                         : violation.message + QLatin1Char(' ') + violation.suggestion});
    }
    return found;
}

void SchemaForm::showAt(const FieldIssue &issue, bool touchedOnly)
{
    m_root->showIssue(stepsOf(issue.pointer), issue.message, touchedOnly);
}

void SchemaForm::showLiveIssues()
{
    m_root->clearIssues();
    const QList<FieldIssue> now = issues();
    for (const FieldIssue &issue : now)
        showAt(issue, true);
    for (const FieldIssue &issue : std::as_const(m_serverIssues))
        showAt(issue, false);
}

QList<FieldIssue> SchemaForm::validate()
{
    m_liveCheck->stop();
    m_root->clearIssues();
    const QList<FieldIssue> now = issues();
    for (const FieldIssue &issue : now)
        showAt(issue, false);
    if (!now.isEmpty())
        focusField(now.first().pointer);
    return now;
}

void SchemaForm::showIssue(const QString &pointer, const QString &message)
{
    m_serverIssues.append({pointer, message});
    showAt(m_serverIssues.last(), false);
}

void SchemaForm::clearIssues()
{
    m_serverIssues.clear();
    m_root->clearIssues();
}

QString SchemaForm::shownIssue(const QString &pointer) const
{
    QWidget *control = m_root->controlAt(stepsOf(pointer));
    for (QWidget *widget = control; widget; widget = widget->parentWidget())
        if (auto *row = qobject_cast<FieldRow *>(widget))
            return row->shownIssue();
    return {};
}

void SchemaForm::focusField(const QString &pointer)
{
    QWidget *control = m_root->controlAt(stepsOf(pointer));
    if (!control)
        return;
    control->setFocus(Qt::TabFocusReason);
    m_scroll->ensureWidgetVisible(control, space::Two, 6 * space::One);
}

int SchemaForm::contentHeight() const
{
    const QWidget *page = m_scroll->widget();
    const QLayout *layout = page->layout();
    return layout->hasHeightForWidth() ? layout->totalHeightForWidth(m_scroll->viewport()->width()) : layout->totalSizeHint().height();
}

QHash<QString, QString> SchemaForm::fileNames() const
{
    QHash<QString, QString> names;
    m_root->collectFileNames({}, names);
    return names;
}

QStringList SchemaForm::cleanedFiles() const
{
    const QHash<QString, QString> names = fileNames();
    QStringList pointers;
    for (const FileEditor *editor : findChildren<FileEditor *>()) {
        if (editor->holdsLess())
            pointers += names.keys(editor->fileName());
    }
    pointers.removeDuplicates();
    return pointers;
}

QStringList SchemaForm::secretPointers() const
{
    // Fields that are not filled in yet, and what is in the value without a field of its own.
    QStringList pointers = ui::secretPointers(*m_spec, m_value) + SchemaSecrets(m_schema).in(m_value).pointers();
    pointers.removeDuplicates();
    return pointers;
}

} // namespace sluice::ui
