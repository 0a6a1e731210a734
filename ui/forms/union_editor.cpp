#include "sluice/forms/container_editors_p.h"
#include "sluice/forms/field_row_p.h"

#include "sluice/widgets/theme.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {

/// How well a value fits a variant: below zero not at all, then by how much of it the variant knows.
int fit(const FieldSpec &spec, const Json &value)
{
    switch (spec.kind) {
    case FieldKind::Choice:
        for (const FieldSpec::Choice &choice : spec.choices)
            if (choice.value.equivalent(value))
                return 1000;
        return -1;
    case FieldKind::Text:
    case FieldKind::TextArea:
    case FieldKind::Password:
    case FieldKind::File: return value.isString() ? 1 : -1;
    case FieldKind::Integer: return value.isInteger() ? 2 : -1;
    case FieldKind::Number: return value.isNumber() ? 1 : -1;
    case FieldKind::Boolean: return value.isBool() ? 1 : -1;
    case FieldKind::Set: return value.isArray() ? 1 : -1;
    case FieldKind::List:
        if (!value.isArray())
            return -1;
        return value.size() == 0 || fit(*spec.item, value.at(0)) >= 0 ? 1 : -1;
    case FieldKind::Object: {
        if (!value.isObject())
            return -1;
        int score = 1;
        for (const FieldSpec &property : spec.properties) {
            const bool there = value.contains(property.key);
            const int inner = there ? fit(property, value.value(property.key)) : 0;
            if ((property.required && !there) || (property.kind == FieldKind::Choice && inner < 0))
                return -1;
            // A value of a variant's own tells it from one that takes any.
            score += !there ? 0 : property.kind == FieldKind::Choice ? 2 : 1;
        }
        return score;
    }
    case FieldKind::Union: {
        int best = -1;
        for (const FieldSpec &variant : spec.variants)
            best = qMax(best, fit(variant, value));
        return best;
    }
    case FieldKind::Json: return 0;
    }
    return -1;
}

} // namespace

UnionEditor::UnionEditor(const FieldSpec &spec, QWidget *parent)
    : FieldEditor(spec, parent)
    , m_selector(new QComboBox(this))
    , m_column(new QVBoxLayout(this))
    , m_variantRows(spec.variants.size(), nullptr)
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::One);
    m_column->addWidget(m_selector);
    m_selector->setPlaceholderText(spec.required ? tr("Choose…") : tr("Not set"));
    if (!spec.required && !spec.nullable)
        m_selector->addItem(tr("Not set"), -1);
    for (int i = 0; i < int(spec.variants.size()); ++i)
        m_selector->addItem(spec.variants.at(i).title, i);
    ignoreWheelWithoutFocus(m_selector);
    connect(m_selector, &QComboBox::activated, this, [this] { choose(m_selector->currentData().toInt()); });
    show(-1);
}

QWidget *UnionEditor::control()
{
    return m_selector;
}

int UnionEditor::variantFor(const Json &value) const
{
    int best = -1;
    int bestFit = -1;
    // The variant that is shown stays while it fits as well as any other.
    if (m_variant >= 0) {
        bestFit = fit(spec().variants.at(m_variant), value);
        best = bestFit >= 0 ? m_variant : -1;
    }
    for (int i = 0; i < int(spec().variants.size()); ++i) {
        const int now = fit(spec().variants.at(i), value);
        if (now > bestFit) {
            bestFit = now;
            best = i;
        }
    }
    return best;
}

bool UnionEditor::accepts(const std::optional<Json> &value) const
{
    return !value || variantFor(*value) >= 0;
}

FieldRow *UnionEditor::rowFor(int variant)
{
    FieldRow *&row = m_variantRows[variant];
    if (!row) {
        row = new FieldRow(spec().variants.at(variant), FieldRow::Dress::Bare, this);
        row->setSubject(QStringLiteral("%1: %2").arg(spec().title, spec().variants.at(variant).title));
        connect(row, &FieldRow::edited, this, [this, edited = row] { userChanged(edited->value()); });
        m_column->addWidget(row);
    }
    return row;
}

FieldRow *UnionEditor::current() const
{
    return m_variant < 0 ? nullptr : m_variantRows.at(m_variant);
}

void UnionEditor::show(int variant)
{
    m_variant = variant;
    if (variant >= 0)
        rowFor(variant);
    for (int i = 0; i < int(m_variantRows.size()); ++i)
        if (m_variantRows.at(i))
            m_variantRows.at(i)->setVisible(i == variant);
    m_selector->setCurrentIndex(m_selector->findData(variant));
}

void UnionEditor::display(const std::optional<Json> &value)
{
    const int variant = value ? variantFor(*value) : -1;
    show(variant);
    if (variant >= 0)
        rowFor(variant)->setValue(value);
}

void UnionEditor::choose(int variant)
{
    show(variant);
    if (variant < 0) {
        userChanged(absent());
        return;
    }
    FieldRow *row = rowFor(variant);
    // What was typed in this variant before is still there.
    if (!row->value()) {
        const Json start = spec().variants.at(variant).initial();
        if (!start.isNull())
            row->setValue(start);
    }
    userChanged(row->value());
}

void UnionEditor::collectIssues(const QString &pointer, QList<FieldIssue> &issues) const
{
    if (const FieldRow *row = current())
        row->collectIssues(pointer, issues);
}

void UnionEditor::collectFileNames(const QString &pointer, QHash<QString, QString> &names) const
{
    if (const FieldRow *row = current())
        row->collectFileNames(pointer, names);
}

bool UnionEditor::showIssue(const QStringList &path, const QString &message, bool touchedOnly)
{
    FieldRow *row = current();
    return row && !path.isEmpty() && row->showIssue(path, message, touchedOnly);
}

void UnionEditor::clearIssues()
{
    if (FieldRow *row = current())
        row->clearIssues();
}

QWidget *UnionEditor::controlAt(const QStringList &path)
{
    FieldRow *row = current();
    return row && !path.isEmpty() ? row->controlAt(path) : control();
}

} // namespace sluice::ui
