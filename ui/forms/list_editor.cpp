#include "sluice/forms/container_editors_p.h"
#include "sluice/forms/field_row_p.h"

#include "sluice/widgets/theme.h"

#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

namespace sluice::ui {

namespace {

constexpr qsizetype kMostRows = 100; // more are edited as JSON: a form of thousands of rows is of no use

QToolButton *smallButton(const QString &icon, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setIcon(Theme::icon(icon, Theme::Role::Muted));
    button->setFixedSize(space::Three, space::Three);
    return button;
}

bool isCard(const FieldSpec &item)
{
    return item.kind == FieldKind::Object || item.kind == FieldKind::Union || item.kind == FieldKind::List;
}

} // namespace

ListEditor::ListEditor(const FieldSpec &spec, QWidget *parent)
    : FieldEditor(spec, parent)
    , m_column(new QVBoxLayout(this))
    , m_add(new QToolButton(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::One);
    m_add->setText(tr("Add"));
    m_add->setIcon(Theme::icon(QStringLiteral("plus"), Theme::Role::Muted));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setAutoRaise(true);
    connect(m_add, &QToolButton::clicked, this, &ListEditor::add);
    m_column->addWidget(m_add, 0, Qt::AlignLeft);
}

QWidget *ListEditor::control()
{
    return m_add;
}

bool ListEditor::accepts(const std::optional<Json> &value) const
{
    return !value || (value->isArray() && value->size() <= kMostRows);
}

ListEditor::Item ListEditor::makeItem()
{
    Item item;
    const bool card = isCard(*spec().item);
    auto *frame = new QFrame(this);
    item.frame = frame;
    item.row = new FieldRow(*spec().item, FieldRow::Dress::Bare, frame);
    item.number = new QLabel(frame);
    item.number->setForegroundRole(QPalette::PlaceholderText);
    item.number->setFont(Theme::font(Theme::Type::Small11));
    item.up = smallButton(QStringLiteral("arrow-up"), frame);
    item.down = smallButton(QStringLiteral("chevron-down"), frame);
    item.down->setIcon(Theme::icon(QStringLiteral("arrow-down"), Theme::Role::Muted));
    item.remove = smallButton(QStringLiteral("trash-2"), frame);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(0);
    if (card) {
        frame->setFrameShape(QFrame::StyledPanel);
        buttons->addWidget(item.number);
        buttons->addStretch(1);
    }
    buttons->addWidget(item.up);
    buttons->addWidget(item.down);
    buttons->addWidget(item.remove);
    if (card) {
        auto *column = new QVBoxLayout(frame);
        column->setContentsMargins(space::One + space::Half, space::Half, space::Half, space::One + space::Half);
        column->setSpacing(space::Half);
        column->addLayout(buttons);
        item.row->setContentsMargins(0, 0, space::One, 0);
        column->addWidget(item.row);
    } else {
        item.number->setVisible(false);
        auto *line = new QHBoxLayout(frame);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(space::Half);
        line->addWidget(item.row, 1);
        line->addLayout(buttons);
        line->setAlignment(buttons, Qt::AlignTop);
    }
    connect(item.row, &FieldRow::edited, this, [this, frame] { itemEdited(frame); });
    connect(item.up, &QToolButton::clicked, this, [this, frame] { move(frame, -1); });
    connect(item.down, &QToolButton::clicked, this, [this, frame] { move(frame, 1); });
    connect(item.remove, &QToolButton::clicked, this, [this, frame] { remove(frame); });
    return item;
}

qsizetype ListEditor::indexOf(const QWidget *frame) const
{
    for (qsizetype i = 0; i < m_items.size(); ++i)
        if (m_items.at(i).frame == frame)
            return i;
    return -1;
}

void ListEditor::setCount(qsizetype count)
{
    while (m_items.size() > count) {
        QWidget *gone = m_items.takeLast().frame;
        gone->hide();
        gone->deleteLater(); // the button that was pressed may be inside
    }
    while (m_items.size() < count) {
        m_items.append(makeItem());
        m_column->insertWidget(int(m_items.size()) - 1, m_items.last().frame);
        m_items.last().frame->show();
    }
    QWidget *before = nullptr;
    for (const Item &item : m_items) {
        if (before)
            setTabOrder(before, item.row);
        before = item.remove;
    }
    if (before)
        setTabOrder(before, m_add);
    renumber();
}

void ListEditor::renumber()
{
    const QString list = spec().title;
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        const Item &item = m_items.at(i);
        const int number = int(i) + 1;
        item.number->setText(QString::number(number));
        item.row->setSubject(tr("Item %1 of %2").arg(number).arg(list));
        const auto name = [](QToolButton *button, const QString &words) {
            button->setAccessibleName(words);
            button->setToolTip(words);
        };
        name(item.up, tr("Move item %1 of %2 up").arg(number).arg(list));
        name(item.down, tr("Move item %1 of %2 down").arg(number).arg(list));
        name(item.remove, tr("Remove item %1 of %2").arg(number).arg(list));
        item.up->setVisible(m_items.size() > 1);
        item.down->setVisible(m_items.size() > 1);
        item.up->setEnabled(i > 0);
        item.down->setEnabled(i + 1 < m_items.size());
        item.remove->setEnabled(m_items.size() > spec().minItems);
    }
    const qsizetype most = spec().maxItems >= 0 ? qMin(spec().maxItems, kMostRows) : kMostRows;
    m_add->setEnabled(m_items.size() < most);
    m_add->setAccessibleName(tr("Add an item to %1").arg(list));
    m_add->setToolTip(m_add->isEnabled() ? tr("Add an item to %1").arg(list) : tr("%1 takes at most %2 items").arg(list).arg(most));
}

void ListEditor::display(const std::optional<Json> &value)
{
    const QList<Json> items = value ? value->items() : QList<Json>();
    setCount(items.size());
    for (qsizetype i = 0; i < items.size(); ++i)
        m_items.at(i).row->setValue(items.at(i));
}

void ListEditor::itemEdited(QWidget *frame)
{
    const qsizetype index = indexOf(frame);
    if (isLoading() || index < 0)
        return;
    QList<Json> items = value() ? value()->items() : QList<Json>();
    // An emptied text is an empty text here: a list has no absent items.
    const Json empty = spec().item->kind == FieldKind::Object ? Json::object() : spec().item->initial();
    items[index] = m_items.at(index).row->value().value_or(empty);
    userChanged(Json::array(items));
}

void ListEditor::change(QList<Json> items, qsizetype focus)
{
    const bool none = items.isEmpty() && !spec().required;
    const std::optional<Json> now = none ? absent() : std::optional(Json::array(std::move(items)));
    setValue(now);
    userChanged(now);
    if (focus >= 0 && focus < m_items.size())
        m_items.at(focus).row->controlAt({})->setFocus(Qt::TabFocusReason);
    else
        m_add->setFocus(Qt::TabFocusReason);
}

void ListEditor::add()
{
    QList<Json> items = value() ? value()->items() : QList<Json>();
    items.append(spec().item->initial());
    const qsizetype last = items.size() - 1;
    change(std::move(items), last);
}

void ListEditor::remove(QWidget *frame)
{
    const qsizetype index = indexOf(frame);
    QList<Json> items = value() ? value()->items() : QList<Json>();
    if (index < 0 || index >= items.size())
        return;
    items.removeAt(index);
    const qsizetype next = qMin(index, items.size() - 1);
    change(std::move(items), next);
}

void ListEditor::move(QWidget *frame, int by)
{
    const qsizetype index = indexOf(frame);
    QList<Json> items = value() ? value()->items() : QList<Json>();
    if (index < 0 || index + by < 0 || index + by >= items.size())
        return;
    items.swapItemsAt(index, index + by);
    change(std::move(items), index + by);
}

void ListEditor::collectIssues(const QString &pointer, QList<FieldIssue> &issues) const
{
    for (qsizetype i = 0; i < m_items.size(); ++i)
        m_items.at(i).row->collectIssues(pointerTo(pointer, i), issues);
}

void ListEditor::collectFileNames(const QString &pointer, QHash<QString, QString> &names) const
{
    for (qsizetype i = 0; i < m_items.size(); ++i)
        m_items.at(i).row->collectFileNames(pointerTo(pointer, i), names);
}

bool ListEditor::showIssue(const QStringList &path, const QString &message, bool touchedOnly)
{
    bool ok = false;
    const qsizetype index = path.isEmpty() ? -1 : path.first().toLongLong(&ok);
    if (!ok || index < 0 || index >= m_items.size())
        return false;
    return m_items.at(index).row->showIssue(path.mid(1), message, touchedOnly);
}

void ListEditor::clearIssues()
{
    for (const Item &item : m_items)
        item.row->clearIssues();
}

QWidget *ListEditor::controlAt(const QStringList &path)
{
    bool ok = false;
    const qsizetype index = path.isEmpty() ? -1 : path.first().toLongLong(&ok);
    if (!ok || index < 0 || index >= m_items.size())
        return control();
    return m_items.at(index).row->controlAt(path.mid(1));
}

} // namespace sluice::ui
