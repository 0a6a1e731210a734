#include "sluice/results/json_tree_model.h"

#include "sluice/widgets/theme.h"

#include <algorithm>
#include <vector>

namespace sluice::ui {

namespace {
constexpr int kShownCharacters = 2000;

// What a search looks at before it gives up; a document of this size is searched in well under a second.
constexpr qsizetype kSearchedNodes = 2'000'000;

QString valueText(const Json &value)
{
    switch (value.type()) {
    case Json::Type::Object: return QStringLiteral("{ %1 }").arg(value.size());
    case Json::Type::Array: return QStringLiteral("[ %1 ]").arg(value.size());
    case Json::Type::String: return value.toString().left(kShownCharacters);
    default: return QString::fromUtf8(value.dump());
    }
}

QString escapedForPointer(QString key)
{
    return key.replace(QLatin1Char('~'), QStringLiteral("~0")).replace(QLatin1Char('/'), QStringLiteral("~1"));
}

Theme::Role colourOf(Json::Type type)
{
    switch (type) {
    case Json::Type::String: return Theme::Role::CodeString;
    case Json::Type::Number: return Theme::Role::CodeNumber;
    case Json::Type::Bool:
    case Json::Type::Null: return Theme::Role::CodeKeyword;
    default: return Theme::Role::Muted;
    }
}
} // namespace

struct JsonTreeModel::Node {
    Node *parent = nullptr;
    int row = 0;
    QString key;
    Json value;
    std::vector<std::unique_ptr<Node>> children; // as many as were fetched

    // The first batch needs no rowsInserted: no view can have asked before.
    void beginChildren()
    {
        const auto wanted = size_t(std::min<qsizetype>(Batch, value.size()));
        while (children.size() < wanted)
            addChild();
    }

    void addChild()
    {
        const int next = int(children.size());
        auto child = std::make_unique<Node>();
        child->parent = this;
        child->row = next;
        if (value.isObject()) {
            child->key = value.members().at(next).first;
            child->value = value.members().at(next).second;
        } else {
            child->key = QString::number(next);
            child->value = value.items().at(next);
        }
        children.push_back(std::move(child));
    }

    [[nodiscard]] QString pointer() const
    {
        return parent ? parent->pointer() + QLatin1Char('/') + escapedForPointer(key) : QString();
    }

    [[nodiscard]] bool matches(const QString &text) const
    {
        return key.contains(text, Qt::CaseInsensitive)
            || (value.size() == 0 && valueText(value).contains(text, Qt::CaseInsensitive));
    }
};

JsonTreeModel::JsonTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
}

JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setJson(const Json &json)
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    // A scalar is shown as the one row of its own.
    m_root->value = json.isObject() || json.isArray() ? json : Json::array({json});
    endResetModel();
}

Json JsonTreeModel::json() const
{
    return m_root->value;
}

JsonTreeModel::Node *JsonTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex JsonTreeModel::indexOf(Node *node, int column) const
{
    return node == m_root.get() ? QModelIndex() : createIndex(node->row, column, node);
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    Node *node = nodeOf(parent);
    node->beginChildren();
    if (row < 0 || row >= int(node->children.size()) || column < 0 || column >= ColumnCount || parent.column() > 0)
        return {};
    return createIndex(row, column, node->children[size_t(row)].get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(nodeOf(index)->parent) : QModelIndex();
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    Node *node = nodeOf(parent);
    node->beginChildren();
    return int(node->children.size());
}

int JsonTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    return parent.column() <= 0 && nodeOf(parent)->value.size() > 0;
}

bool JsonTreeModel::canFetchMore(const QModelIndex &parent) const
{
    Node *node = nodeOf(parent);
    node->beginChildren();
    return parent.column() <= 0 && qsizetype(node->children.size()) < node->value.size();
}

void JsonTreeModel::fetchMore(const QModelIndex &parent)
{
    Node *node = nodeOf(parent);
    const int first = int(node->children.size());
    const int last = int(std::min<qsizetype>(first + Batch, node->value.size())) - 1;
    if (last < first)
        return;
    beginInsertRows(parent, first, last);
    while (int(node->children.size()) <= last)
        node->addChild();
    endInsertRows();
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node *node = nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == KeyColumn ? node->key
                                           : valueText(node->value).replace(QLatin1Char('\n'), QChar(0x21b5));
    case Qt::ToolTipRole: return index.column() == KeyColumn ? node->pointer() : valueText(node->value);
    case Qt::ForegroundRole:
        return Theme::color(index.column() == KeyColumn ? Theme::Role::CodeKey : colourOf(node->value.type()));
    case Qt::FontRole: return Theme::font(Theme::Type::Mono);
    case PointerRole: return node->pointer();
    case TypeRole: return int(node->value.type());
    case JsonRole: return QString::fromUtf8(node->value.dump());
    default: return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == KeyColumn ? tr("Key") : tr("Value");
}

QModelIndex JsonTreeModel::search(const QString &text, const QModelIndex &from)
{
    if (text.isEmpty())
        return {};
    // Depth first, fetching as it goes; the start is passed once and ends the search when it comes round again.
    Node *const start = nodeOf(from.siblingAtColumn(KeyColumn));
    Node *node = start;
    for (qsizetype seen = 0; seen < kSearchedNodes; ++seen) {
        Node *next = nullptr;
        while (canFetchMore(indexOf(node)))
            fetchMore(indexOf(node));
        if (!node->children.empty()) {
            next = node->children.front().get();
        } else {
            Node *up = node;
            while (up->parent && up->row + 1 >= int(up->parent->children.size()))
                up = up->parent;
            next = up->parent ? up->parent->children[size_t(up->row) + 1].get() : m_root.get();
        }
        node = next;
        if (node != m_root.get() && node->matches(text))
            return indexOf(node);
        if (node == start)
            return {};
    }
    return {};
}

} // namespace sluice::ui
