#include "sluice/forms/container_editors_p.h"
#include "sluice/forms/field_row_p.h"

#include "sluice/widgets/section_header.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QSet>
#include <QtGui/QPainter>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

/// Puts a new key where the schema's order wants it: behind the nearest earlier property that is there.
void insertInOrder(Json &object, const QString &key, const Json &value, const QList<FieldSpec> &order)
{
    if (object.contains(key)) {
        object.insert(key, value);
        return;
    }
    qsizetype place = 0;
    while (place < order.size() && order.at(place).key != key)
        ++place;
    QList<Json::Member> members = object.members();
    const auto memberIndex = [&](const QString &name) {
        for (qsizetype i = 0; i < members.size(); ++i)
            if (members.at(i).first == name)
                return i;
        return qsizetype(-1);
    };
    qsizetype at = -1;
    for (qsizetype i = place - 1; i >= 0 && at < 0; --i)
        if (const qsizetype before = memberIndex(order.at(i).key); before >= 0)
            at = before + 1;
    for (qsizetype i = place + 1; i < order.size() && at < 0; ++i)
        at = memberIndex(order.at(i).key);
    members.insert(at < 0 ? members.size() : at, {key, value});
    object = Json::object(members);
}

} // namespace

ObjectEditor::ObjectEditor(const FieldSpec &spec, QWidget *parent)
    : FieldEditor(spec, parent)
    , m_unknown(new QLabel(this))
{
    auto *column = new QVBoxLayout(this);
    // A line at the left says "inside"; boxes in boxes would say it louder and take the room.
    column->setContentsMargins(spec.key.isEmpty() ? 0 : space::One + space::Half, 0, 0, 0);
    column->setSpacing(space::Two);
    QWidget *advanced = nullptr;
    QVBoxLayout *advancedColumn = nullptr;
    for (const FieldSpec &property : spec.properties) {
        if (property.hidden)
            continue;
        QVBoxLayout *target = column;
        if (property.advanced) {
            if (!advanced) {
                advanced = new QWidget(this);
                advancedColumn = new QVBoxLayout(advanced);
                advancedColumn->setContentsMargins(0, 0, 0, 0);
                advancedColumn->setSpacing(space::Two);
            }
            target = advancedColumn;
        }
        auto *row = new FieldRow(property, FieldRow::Dress::Full, property.advanced ? advanced : this);
        connect(row, &FieldRow::edited, this, [this, row] { rowEdited(row); });
        target->addWidget(row);
        m_rows.append(row);
    }
    if (advanced) {
        m_advancedHeader = new SectionHeader(tr("Additional settings"), this);
        m_advancedHeader->setRemark(QString::number(advancedColumn->count()));
        column->addWidget(m_advancedHeader);
        column->addWidget(advanced);
        m_advancedHeader->setBody(advanced, false);
    }
    m_unknown->setFont(Theme::font(Theme::Type::Small11));
    m_unknown->setForegroundRole(QPalette::PlaceholderText);
    m_unknown->setWordWrap(true);
    m_unknown->setTextFormat(Qt::PlainText);
    m_unknown->setVisible(false);
    column->addWidget(m_unknown);
    column->addStretch(0); // what is left over stands below the fields, not around one of them
}

void ObjectEditor::paintEvent(QPaintEvent *)
{
    if (spec().key.isEmpty())
        return;
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, 2, height()), Theme::color(Theme::Role::Border));
}

QWidget *ObjectEditor::control()
{
    return m_rows.isEmpty() ? static_cast<QWidget *>(this) : m_rows.first()->editor()->control();
}

bool ObjectEditor::accepts(const std::optional<Json> &value) const
{
    return !value || value->isObject();
}

std::optional<Json> ObjectEditor::shownFor(const FieldSpec &property, const std::optional<Json> &whole) const
{
    if (whole && whole->contains(property.key))
        return whole->value(property.key);
    // A left-out key means the default; without the switch an absent key is shown as what it is.
    return m_omitDefaults ? property.fallback : std::nullopt;
}

void ObjectEditor::display(const std::optional<Json> &value)
{
    bool advancedSet = false;
    for (FieldRow *row : m_rows) {
        const std::optional<Json> shown = shownFor(row->spec(), value);
        row->setValue(shown);
        advancedSet = advancedSet || (row->spec().advanced && shown && shown != row->spec().fallback);
    }
    if (m_advancedHeader && advancedSet)
        m_advancedHeader->setExpanded(true);
    showUnknownKeys(value.value_or(Json()));
}

void ObjectEditor::showUnknownKeys(const Json &value)
{
    QStringList unknown;
    for (const auto &[key, content] : value.members())
        if (!row(key))
            unknown.append(key);
    m_unknown->setVisible(!unknown.isEmpty());
    if (unknown.isEmpty())
        return;
    constexpr qsizetype kShown = 6;
    QString names = unknown.mid(0, kShown).join(QStringLiteral(", "));
    if (unknown.size() > kShown)
        names += QStringLiteral(", …");
    m_unknown->setText(tr("Also sent, edited in the JSON tab: %1").arg(names));
}

void ObjectEditor::rowEdited(FieldRow *row)
{
    if (isLoading())
        return;
    Json whole = value().value_or(Json::object());
    if (whole.isNull())
        whole = Json::object();
    const FieldSpec &property = row->spec();
    const std::optional<Json> now = row->value();
    const bool omit = m_omitDefaults && !property.required && now && property.fallback && now->equivalent(*property.fallback);
    if (!now || omit)
        whole.remove(property.key);
    else
        insertInOrder(whole, property.key, *now, spec().properties);
    if (whole.size() == 0 && !spec().required)
        userChanged(absent());
    else
        userChanged(whole);
}

void ObjectEditor::setOmitDefaults(bool omit)
{
    m_omitDefaults = omit;
    for (FieldRow *row : m_rows)
        if (auto *nested = qobject_cast<ObjectEditor *>(row->editor()))
            nested->setOmitDefaults(omit);
}

FieldRow *ObjectEditor::row(const QString &key) const
{
    for (FieldRow *row : m_rows)
        if (row->spec().key == key)
            return row;
    return nullptr;
}

void ObjectEditor::assignMnemonics()
{
    QSet<QChar> used;
    for (FieldRow *row : m_rows) {
        for (const QChar c : row->spec().title) {
            const QChar letter = c.toLower();
            if (!letter.isLetter() || letter.unicode() > 127 || used.contains(letter))
                continue;
            used.insert(letter);
            row->setMnemonic(letter);
            break;
        }
    }
}

void ObjectEditor::collectIssues(const QString &pointer, QList<FieldIssue> &issues) const
{
    for (const FieldRow *row : m_rows)
        row->collectIssues(pointerTo(pointer, row->spec().key), issues);
}

void ObjectEditor::collectFileNames(const QString &pointer, QHash<QString, QString> &names) const
{
    for (const FieldRow *row : m_rows)
        row->collectFileNames(pointerTo(pointer, row->spec().key), names);
}

bool ObjectEditor::showIssue(const QStringList &path, const QString &message, bool touchedOnly)
{
    FieldRow *found = path.isEmpty() ? nullptr : row(path.first());
    if (!found)
        return false;
    if (found->spec().advanced && m_advancedHeader && !touchedOnly)
        m_advancedHeader->setExpanded(true);
    return found->showIssue(path.mid(1), message, touchedOnly);
}

void ObjectEditor::clearIssues()
{
    for (FieldRow *row : m_rows)
        row->clearIssues();
}

QWidget *ObjectEditor::controlAt(const QStringList &path)
{
    FieldRow *found = path.isEmpty() ? nullptr : row(path.first());
    if (!found)
        return path.isEmpty() ? control() : nullptr;
    if (found->spec().advanced && m_advancedHeader)
        m_advancedHeader->setExpanded(true);
    return found->controlAt(path.mid(1));
}

} // namespace sluice::ui
