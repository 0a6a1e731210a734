#include "sluice/chat/chat_document_p.h"

#include <algorithm>

namespace sluice::ui {

namespace {

/// The items between two spots, cut at their ends.
QList<MarkdownItem> cut(const QList<MarkdownItem> &items, TextSpot from, TextSpot to)
{
    QList<MarkdownItem> kept;
    for (int i = std::max(0, from.item); i < items.size() && i <= to.item; ++i) {
        MarkdownItem item = items[i];
        const int start = i == from.item ? from.offset : 0;
        const int end = i == to.item ? std::min<int>(to.offset, int(item.text.size())) : int(item.text.size());
        if (start > 0)
            item.marker.clear();
        if (end < start || (i == to.item && end == 0 && i > from.item))
            continue;
        item.text = item.text.mid(start, end - start);
        kept.append(item);
    }
    return kept;
}

} // namespace

const ChatDocument::Piece *ChatDocument::pieceAt(int index, int piece) const
{
    if (index < 0 || index >= turnCount())
        return nullptr;
    const Turn &turn = m_turns[size_t(index)];
    if (piece == sourcesPiece)
        return turn.hasSources ? &turn.sources : nullptr;
    if (size_t(piece) < turn.pieces.size())
        return &turn.pieces[size_t(piece)];
    return turn.hasOpen && size_t(piece) == turn.pieces.size() ? &turn.open : nullptr;
}

ChatSpot ChatDocument::spotAt(const QPointF &point) const
{
    if (m_turns.empty())
        return {};
    const int t = turnAt(point.y());
    const Turn &turn = m_turns[size_t(t)];
    const QPointF origin = textRect(t).topLeft();
    const qreal y = point.y() - origin.y();
    int p = 0;
    const Piece *piece = nullptr;
    if (turn.hasSources && y >= turn.sources.y) {
        p = sourcesPiece;
        piece = &turn.sources;
    } else {
        const auto found = std::partition_point(
            turn.pieces.begin(), turn.pieces.end(), [y](const Piece &one) { return one.y + one.height <= y; });
        p = int(found - turn.pieces.begin());
        if (found == turn.pieces.end() && !turn.hasOpen)
            p = std::max(0, p - 1);
        piece = pieceAt(t, p);
    }
    if (piece == nullptr || !piece->layout)
        return {t, p, {}};
    return {t, p, piece->layout->spotAt(point - origin - QPointF(0, piece->y))};
}

QString ChatDocument::linkAt(const QPointF &point) const
{
    const ChatSpot spot = spotAt(point);
    const Piece *piece = pieceAt(spot.turn, spot.piece);
    if (piece == nullptr || !piece->layout)
        return {};
    return piece->layout->linkAt(point - textRect(spot.turn).topLeft() - QPointF(0, piece->y));
}

bool ChatDocument::isText(const QPointF &point) const
{
    const ChatSpot spot = spotAt(point);
    const Piece *piece = pieceAt(spot.turn, spot.piece);
    return piece != nullptr && piece->layout
        && piece->layout->isText(point - textRect(spot.turn).topLeft() - QPointF(0, piece->y));
}

ChatSpot ChatDocument::end() const
{
    if (m_turns.empty())
        return {};
    const Turn &turn = m_turns.back();
    const int piece = turn.hasSources ? sourcesPiece
        : turn.hasOpen                ? int(turn.pieces.size())
                                      : std::max(0, int(turn.pieces.size()) - 1);
    TextSpot last;
    if (const Piece *found = pieceAt(turnCount() - 1, piece)) {
        const QList<MarkdownItem> items = itemsOf(turn, *found);
        if (!items.isEmpty())
            last = {int(items.size()) - 1, int(items.last().text.size())};
    }
    return {turnCount() - 1, piece, last};
}

QString ChatDocument::text(const ChatSpot &from, const ChatSpot &to) const
{
    QString text;
    for (int t = from.turn; t <= to.turn && t < turnCount(); ++t) {
        const Turn &turn = m_turns[size_t(t)];
        QList<std::pair<int, const Piece *>> pieces;
        for (size_t p = 0; p < turn.pieces.size(); ++p)
            pieces.append({int(p), &turn.pieces[p]});
        if (turn.hasOpen)
            pieces.append({int(turn.pieces.size()), &turn.open});
        if (turn.hasSources)
            pieces.append({int(sourcesPiece), &turn.sources});
        bool firstOfTurn = true;
        for (const auto &[p, piece] : pieces) {
            const auto here = std::pair(t, p);
            if (here < std::pair(from.turn, from.piece) || here > std::pair(to.turn, to.piece))
                continue;
            QList<MarkdownItem> items = itemsOf(turn, *piece);
            if (items.isEmpty())
                continue;
            const TextSpot start = here == std::pair(from.turn, from.piece) ? from.text : TextSpot{};
            const TextSpot end = here == std::pair(to.turn, to.piece)
                ? to.text
                : TextSpot{int(items.size()) - 1, int(items.last().text.size())};
            const QString words = plainText(cut(items, start, end));
            const bool joined = turn.user || piece->source.tight
                || (piece->source.kind == MarkdownPiece::Kind::Code && !piece->source.opens);
            if (!text.isEmpty() && !words.isEmpty())
                text += firstOfTurn || !joined ? QStringLiteral("\n\n") : QStringLiteral("\n");
            text += words;
            firstOfTurn = false;
        }
    }
    return text;
}

QString ChatDocument::itemText(const ChatSpot &spot) const
{
    const Piece *piece = pieceAt(spot.turn, spot.piece);
    return piece == nullptr ? QString() : itemsOf(m_turns[size_t(spot.turn)], *piece).value(spot.text.item).text;
}

QString ChatDocument::codeFrom(int t, int p, int item) const
{
    const Piece *piece = pieceAt(t, p);
    if (piece == nullptr)
        return {};
    QString code = itemsOf(m_turns[size_t(t)], *piece).value(item).text;
    while (piece->source.kind == MarkdownPiece::Kind::Code && !piece->source.closes) {
        piece = pieceAt(t, ++p);
        if (piece == nullptr || piece->source.kind != MarkdownPiece::Kind::Code || piece->source.opens)
            break;
        if (!piece->source.text.isEmpty())
            code += u'\n' + piece->source.text;
    }
    return code;
}

QList<ChatDocument::PlacedLink> ChatDocument::links(qreal top, qreal bottom) const
{
    QList<PlacedLink> links;
    visitPieces(top, bottom, [&](int, int, const Piece &piece, const QPointF &at) {
        for (const BlockLayout::Link &link : piece.layout->links()) {
            const QRectF rect = piece.layout->linkRect(link).translated(at);
            if (rect.bottom() > top && rect.top() < bottom)
                links.append({link.target, rect});
        }
    });
    return links;
}

QList<ChatDocument::CodeCorner> ChatDocument::codeCorners(qreal top, qreal bottom) const
{
    QList<CodeCorner> corners;
    visitPieces(top, bottom, [&](int t, int p, const Piece &piece, const QPointF &at) {
        for (const auto &[item, rect] : piece.layout->codeCorners()) {
            const QRectF placed = rect.translated(at);
            if (placed.bottom() > top && placed.top() < bottom)
                corners.append({t, p, item, placed});
        }
    });
    return corners;
}

} // namespace sluice::ui
