#pragma once

#include "sluice/chat/block_layout_p.h"
#include "sluice/chat/chat_transcript.h"
#include "sluice/chat/markdown_references_p.h"
#include "sluice/chat/markdown_splitter.h"

#include <QtCore/QPointF>
#include <QtCore/QRectF>

#include <algorithm>
#include <memory>
#include <set>
#include <vector>

class QPainter;

namespace sluice::ui {

/// A place in the conversation between two characters.
struct ChatSpot {
    int turn = 0;
    int piece = 0;
    TextSpot text;
    auto operator<=>(const ChatSpot &) const = default;
};

/// The geometry of a conversation: which piece stands where, how high it is, and the layouts of those in sight.
///
/// No widget in it, so it is tested without a window. Positions are document coordinates: y grows from 0 at the top.
class ChatDocument {
public:
    struct Piece {
        MarkdownPiece source;
        qreal y = 0;        ///< below its turn's text top
        qreal height = 0;
        bool measured = false; ///< for the present width; otherwise `height` is an estimate
        std::unique_ptr<BlockLayout> layout;
    };
    struct Turn {
        bool user = false;
        MarkdownSplitter splitter;
        MarkdownReferences references;
        std::vector<Piece> pieces;  ///< complete ones
        bool hasOpen = false;
        Piece open;                 ///< the one that still grows
        bool hasSources = false;
        Piece sources;
        QList<MarkdownItem> sourceItems;
        qreal y = 0;
        qreal textHeight = 0;
        qreal bubbleWidth = 0;  ///< of a user's turn
        qreal aboveHeight = 0;  ///< room for what the view places above the words
        qreal belowHeight = 0;  ///< likewise, below
        [[nodiscard]] qreal height() const { return aboveHeight + textHeight + belowHeight; }
    };

    static constexpr int sourcesPiece = 1 << 30;
    static constexpr qreal bubblePaddingX = 12;
    static constexpr qreal bubblePaddingY = 8;
    static constexpr qreal turnGap = 20;

    void reset();
    void addTurn(const ChatTurn &turn);
    void removeLastTurn();
    /// Takes more words of the last turn.
    void append(const QString &text);
    /// No more words will come for the last turn.
    void finishLast();
    void setSources(int turn, const QList<ChatSource> &sources);
    void setExtras(int turn, qreal aboveHeight, qreal belowHeight);

    /// Everything is measured anew for this width, what is in sight at once and the rest by measureSome().
    void setWidth(qreal width);
    [[nodiscard]] qreal width() const { return m_width; }
    /// Fonts or colours changed.
    void restyle();
    /// Measures pieces until `stop` says so; true while some are left.
    template <typename Stop> bool measureSome(Stop stop);

    [[nodiscard]] qreal height() const;
    [[nodiscard]] int turnCount() const { return int(m_turns.size()); }
    [[nodiscard]] const Turn &turn(int index) const { return m_turns[size_t(index)]; }
    [[nodiscard]] int pieceCount() const;
    [[nodiscard]] int laidOutPieces() const;

    /// Lays out what lies between the two heights, exactly, and drops layouts far away.
    void prepare(qreal top, qreal bottom);
    void paint(QPainter &painter, const QPointF &origin, const QRectF &clip, const ChatSpot &from, const ChatSpot &to) const;

    [[nodiscard]] ChatSpot spotAt(const QPointF &point) const;
    [[nodiscard]] QString linkAt(const QPointF &point) const;
    [[nodiscard]] bool isText(const QPointF &point) const;
    [[nodiscard]] ChatSpot begin() const { return {}; }
    [[nodiscard]] ChatSpot end() const;
    [[nodiscard]] QString text(const ChatSpot &from, const ChatSpot &to) const;
    /// All words of the paragraph, cell or line of code at a spot.
    [[nodiscard]] QString itemText(const ChatSpot &spot) const;
    /// The whole code block that begins in this piece at this item.
    [[nodiscard]] QString codeFrom(int turn, int piece, int item) const;

    struct PlacedLink {
        QString target;
        QRectF rect;
    };
    /// Links of laid-out pieces between the two heights, top to bottom.
    [[nodiscard]] QList<PlacedLink> links(qreal top, qreal bottom) const;
    struct CodeCorner {
        int turn = 0;
        int piece = 0;
        int item = 0;
        QRectF rect;
    };
    [[nodiscard]] QList<CodeCorner> codeCorners(qreal top, qreal bottom) const;
    /// The first turn that reaches below `y`.
    [[nodiscard]] int turnAt(qreal y) const;
    /// Where the words of a turn begin, and how wide they may be.
    [[nodiscard]] QRectF textRect(int turn) const;

private:
    friend class ChatView;
    [[nodiscard]] QList<MarkdownItem> itemsOf(const Turn &turn, const Piece &piece) const;
    void measure(Turn &turn, Piece &piece, bool first, bool keepLayout);
    void placePieces(Turn &turn, size_t from = 0);
    void placeTurns(size_t from = 0);
    void renewOpen(Turn &turn);
    void addPieces(Turn &turn, QList<MarkdownPiece> sources);
    [[nodiscard]] const Piece *pieceAt(int turn, int piece) const;
    [[nodiscard]] qreal textWidth(const Turn &turn) const;
    template <typename Visit> void visitPieces(qreal top, qreal bottom, Visit visit) const;
    bool measureNextStale();

    std::vector<Turn> m_turns;
    qreal m_width = 600;
    size_t m_staleTurn = 0;  ///< everything before it is measured
    size_t m_stalePiece = 0;
    std::set<std::pair<int, int>> m_live; ///< turn and piece of layouts that are kept
};

template <typename Stop> bool ChatDocument::measureSome(Stop stop)
{
    while (measureNextStale()) {
        if (stop()) {
            placeTurns();
            return true;
        }
    }
    placeTurns();
    return false;
}

template <typename Visit> void ChatDocument::visitPieces(qreal top, qreal bottom, Visit visit) const
{
    if (m_turns.empty())
        return;
    for (size_t t = size_t(turnAt(top)); t < m_turns.size() && m_turns[t].y < bottom; ++t) {
        const Turn &turn = m_turns[t];
        const QPointF origin = textRect(int(t)).topLeft();
        auto piece = std::partition_point(turn.pieces.begin(), turn.pieces.end(),
            [&](const Piece &one) { return origin.y() + one.y + one.height <= top; });
        for (; piece != turn.pieces.end() && origin.y() + piece->y < bottom; ++piece) {
            if (piece->layout)
                visit(int(t), int(piece - turn.pieces.begin()), *piece, origin + QPointF(0, piece->y));
        }
        if (turn.hasOpen && turn.open.layout)
            visit(int(t), int(turn.pieces.size()), turn.open, origin + QPointF(0, turn.open.y));
        if (turn.hasSources && turn.sources.layout)
            visit(int(t), int(sourcesPiece), turn.sources, origin + QPointF(0, turn.sources.y));
    }
}

} // namespace sluice::ui
