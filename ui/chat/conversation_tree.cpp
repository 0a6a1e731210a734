#include "sluice/chat/conversation_tree.h"

#include <algorithm>
#include <utility>

namespace sluice::ui {

namespace {
constexpr qsizetype mostTurns = 100'000;

Error broken(const QString &what)
{
    return Error(Error::Kind::InvalidInput, QStringLiteral("The stored conversation cannot be read: %1.").arg(what));
}
} // namespace

ConversationTree::ConversationTree()
    : m_nodes(1)
{
}

void ConversationTree::append(const ChatTurn &turn)
{
    const int parent = nodeBefore(int(m_path.size()));
    const int node = int(m_nodes.size());
    Node &added = m_nodes.emplace_back();
    added.parent = parent;
    Node &above = m_nodes[size_t(parent)];
    above.children.push_back(node);
    above.seen = int(above.children.size()) - 1;
    m_pathNodes.push_back(node);
    m_path.append(turn);
}

void ConversationTree::leave(int depth)
{
    while (m_path.size() > std::max(0, depth)) {
        m_nodes[size_t(m_pathNodes.back())].turn = m_path.takeLast();
        m_pathNodes.pop_back();
    }
}

void ConversationTree::removeLast()
{
    if (m_path.isEmpty() || !m_nodes[size_t(m_pathNodes.back())].children.empty())
        return;
    const int node = m_pathNodes.back();
    m_pathNodes.pop_back();
    m_path.removeLast();
    Node &above = m_nodes[size_t(m_nodes[size_t(node)].parent)];
    std::erase(above.children, node);
    above.seen = int(above.children.size()) - 1;
    // Those behind it move up, so that versions keep their order also when they are read back.
    m_nodes.erase(m_nodes.begin() + node);
    const auto moveUp = [node](int &number) { number -= number > node ? 1 : 0; };
    for (Node &one : m_nodes) {
        moveUp(one.parent);
        std::ranges::for_each(one.children, moveUp);
    }
    std::ranges::for_each(m_pathNodes, moveUp);
}

ConversationTree::Versions ConversationTree::versions(int depth) const
{
    const Node &above = m_nodes[size_t(nodeBefore(depth))];
    Versions versions;
    versions.count = int(above.children.size());
    versions.shown = int(std::ranges::find(above.children, m_pathNodes[size_t(depth)]) - above.children.begin());
    return versions;
}

bool ConversationTree::show(int depth, int version)
{
    if (depth < 0 || depth >= m_path.size() || version < 0 || version >= versions(depth).count)
        return false;
    leave(depth);
    m_nodes[size_t(nodeBefore(depth))].seen = version;
    descend();
    return true;
}

void ConversationTree::descend()
{
    for (;;) {
        const Node &at = m_nodes[size_t(nodeBefore(int(m_path.size())))];
        if (at.seen < 0 || at.seen >= int(at.children.size()))
            return;
        const int node = at.children[size_t(at.seen)];
        m_path.append(std::exchange(m_nodes[size_t(node)].turn, {}));
        m_pathNodes.push_back(node);
    }
}

Json ConversationTree::toJson() const
{
    Json list = Json::array();
    for (size_t i = 1; i < m_nodes.size(); ++i) {
        const auto onPath = std::ranges::find(m_pathNodes, int(i));
        Json turn = onPath == m_pathNodes.end() ? m_nodes[i].turn.toJson() : m_path[onPath - m_pathNodes.begin()].toJson();
        turn.insert(QStringLiteral("under"), m_nodes[i].parent);
        turn.insert(QStringLiteral("seen"), m_nodes[i].seen);
        list.append(turn);
    }
    return Json{{QStringLiteral("turns"), list}, {QStringLiteral("seen"), m_nodes.front().seen}};
}

Expected<ConversationTree> ConversationTree::fromJson(const Json &json)
{
    const Json list = json.value(QStringLiteral("turns"));
    if (!list.isArray() || list.size() > mostTurns)
        return unexpected(broken(QStringLiteral("it has no list of turns")));
    ConversationTree tree;
    const auto number = [](const Json &value) { return int(std::clamp<qint64>(value.toInt64().value_or(-1), -1, mostTurns)); };
    tree.m_nodes.resize(size_t(list.size()) + 1);
    tree.m_nodes.front().seen = number(json.value(QStringLiteral("seen")));
    const QList<Json> &items = list.items();
    for (qsizetype i = 0; i < items.size(); ++i) {
        Node &node = tree.m_nodes[size_t(i) + 1];
        node.parent = number(items[i].value(QStringLiteral("under")));
        node.seen = number(items[i].value(QStringLiteral("seen")));
        if (node.parent < 0 || node.parent > list.size() || node.parent == i + 1)
            return unexpected(broken(QStringLiteral("turn %1 stands under none").arg(i)));
        node.turn = ChatTurn::fromJson(items[i]);
        tree.m_nodes[size_t(node.parent)].children.push_back(int(i) + 1);
    }
    // In a circle a turn would be its own answer; it is never reached from the root, where the walk begins.
    tree.descend();
    return tree;
}

} // namespace sluice::ui
