#pragma once

#include "sluice/chat/chat_turn.h"

#include <vector>

namespace sluice::ui {

/// A conversation with all its branches. One path through it is seen: what was said and answered, oldest first. Where a question
/// was asked in other words or an answer asked for again, the versions stand beside each other below the same turn.
///
/// A value, pure. Nothing that was on the path is lost by leaving it.
class ConversationTree {
public:
    /// Which of the versions of a turn is seen, from 0, and how many there are.
    struct Versions {
        int shown = 0;
        int count = 1;
        bool operator==(const Versions &) const = default;
    };

    ConversationTree();

    /// The turns that are seen.
    [[nodiscard]] const QList<ChatTurn> &path() const { return m_path; }
    /// The last of them, to change it. Only while there is one.
    [[nodiscard]] ChatTurn &last() { return m_path.last(); }
    [[nodiscard]] bool isEmpty() const { return m_nodes.size() == 1; }

    /// Says more at the end of the path.
    void append(const ChatTurn &turn);
    /// Ends the path before the turn at `depth`; what is appended next is another version of that one.
    void leave(int depth);
    /// Forgets the last turn of the path. Only one that nothing follows.
    void removeLast();

    [[nodiscard]] Versions versions(int depth) const;
    /// Shows another version of the turn at `depth`, and below it what was seen there last. False when there is none of that number.
    bool show(int depth, int version);

    [[nodiscard]] Json toJson() const;
    /// InvalidInput when it is no such tree.
    [[nodiscard]] static Expected<ConversationTree> fromJson(const Json &json);

private:
    /// The turn of a node on the path stands in m_path, so that it can be changed and seen without a copy.
    struct Node {
        int parent = 0;
        std::vector<int> children;
        int seen = -1; ///< which child was on the path last
        ChatTurn turn;
    };
    [[nodiscard]] int nodeBefore(int depth) const { return depth == 0 ? 0 : m_pathNodes[size_t(depth) - 1]; }
    /// Goes on along what was seen last.
    void descend();

    std::vector<Node> m_nodes; ///< the first one is the root and holds no turn
    std::vector<int> m_pathNodes;
    QList<ChatTurn> m_path;
};

} // namespace sluice::ui
