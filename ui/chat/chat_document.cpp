#include "sluice/chat/chat_document_p.h"

#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {

constexpr qreal margin = 16;
/// Characters of a person's own text that are laid out as one piece.
constexpr qsizetype plainPiece = 4000;

/// A person's words, cut where a line ends so that a pasted book is laid out only where it is looked at.
std::vector<QString> cutPlain(const QString &text)
{
    std::vector<QString> parts;
    qsizetype from = 0;
    while (text.size() - from > plainPiece) {
        qsizetype cut = text.lastIndexOf(u'\n', from + plainPiece);
        const bool line = cut > from;
        if (!line)
            cut = text.lastIndexOf(u' ', from + plainPiece);
        if (cut <= from)
            cut = from + plainPiece;
        parts.push_back(text.mid(from, cut - from));
        from = cut + (text[cut].isSpace() ? 1 : 0);
    }
    parts.push_back(text.mid(from));
    return parts;
}

bool canOpen(const QString &url)
{
    return url.startsWith(QLatin1String("https://")) || url.startsWith(QLatin1String("http://"));
}

QList<MarkdownItem> itemsFor(const QList<ChatSource> &sources)
{
    QList<MarkdownItem> items;
    MarkdownItem heading;
    heading.kind = MarkdownItem::Kind::Note;
    heading.text = ChatTranscript::tr("Sources");
    items.append(heading);
    int number = 0;
    for (const ChatSource &source : sources) {
        MarkdownItem item;
        item.kind = MarkdownItem::Kind::Note;
        item.indent = 1;
        item.tight = true;
        item.marker = QString::number(++number);
        item.text = source.title;
        if (canOpen(source.url)) {
            item.links.append(source.url);
            item.runs.append({0, int(item.text.size()), MarkdownRun::Link, 0});
        } else if (!source.url.isEmpty() && source.url != source.title) {
            item.text += QStringLiteral("  ");
            item.runs.append({int(item.text.size()), int(source.url.size()), MarkdownRun::Code, -1});
            item.text += source.url;
        }
        if (!source.excerpt.isEmpty())
            item.text += QStringLiteral("  ") + source.excerpt.simplified().left(200);
        items.append(item);
    }
    return items;
}

} // namespace

void ChatDocument::reset()
{
    m_turns.clear();
    m_live.clear();
    m_staleTurn = 0;
    m_stalePiece = 0;
}

qreal ChatDocument::textWidth(const Turn &turn) const
{
    return turn.user ? std::floor(m_width * 0.85) - 2 * bubblePaddingX : m_width;
}

QList<MarkdownItem> ChatDocument::itemsOf(const Turn &turn, const Piece &piece) const
{
    if (&piece == &turn.sources)
        return turn.sourceItems;
    if (!turn.user)
        return parseMarkdown(piece.source, &turn.references);
    MarkdownItem words;
    words.text = piece.source.text;
    return {words};
}

void ChatDocument::measure(Turn &turn, Piece &piece, bool first, bool keepLayout)
{
    piece.layout = std::make_unique<BlockLayout>(itemsOf(turn, piece), textWidth(turn), first || turn.user);
    // What reads from the right hangs on the bubble's right edge, so it is laid out for the bubble's own width.
    if (turn.user && turn.pieces.size() == 1 && piece.layout->isRightToLeft(0))
        piece.layout = std::make_unique<BlockLayout>(itemsOf(turn, piece), std::ceil(piece.layout->usedWidth()) + 1, true);
    piece.height = piece.layout->height();
    piece.measured = true;
    if (turn.user)
        turn.bubbleWidth = std::max(turn.bubbleWidth, std::ceil(piece.layout->usedWidth()) + 2 * bubblePaddingX + 1);
    if (!keepLayout)
        piece.layout.reset();
}

void ChatDocument::placePieces(Turn &turn, size_t from)
{
    qreal y = from == 0 ? 0 : turn.pieces[from - 1].y + turn.pieces[from - 1].height;
    for (size_t i = from; i < turn.pieces.size(); ++i) {
        turn.pieces[i].y = y;
        y += turn.pieces[i].height;
    }
    if (turn.hasOpen) {
        turn.open.y = y;
        y += turn.open.height;
    }
    if (turn.hasSources) {
        turn.sources.y = y;
        y += turn.sources.height;
    }
    turn.textHeight = y + (turn.user && !turn.pieces.empty() ? 2 * bubblePaddingY : 0);
}

void ChatDocument::placeTurns(size_t from)
{
    qreal y = from == 0 ? margin : m_turns[from - 1].y + m_turns[from - 1].height() + turnGap;
    for (size_t i = from; i < m_turns.size(); ++i) {
        m_turns[i].y = y;
        y += m_turns[i].height() + turnGap;
    }
}

void ChatDocument::addTurn(const ChatTurn &chatTurn)
{
    Turn &turn = m_turns.emplace_back();
    turn.user = chatTurn.role == ChatTurn::Role::User;
    if (turn.user && chatTurn.text.isEmpty()) {
        placePieces(turn); // pictures alone
    } else if (turn.user) {
        for (QString &part : cutPlain(chatTurn.text)) {
            Piece piece;
            piece.source.text = std::move(part);
            turn.pieces.push_back(std::move(piece));
            measure(turn, turn.pieces.back(), true, false);
        }
        placePieces(turn);
    } else if (!chatTurn.text.isEmpty()) {
        append(chatTurn.text);
    }
    placeTurns(m_turns.size() - 1);
    if (!turn.user && !chatTurn.isOpen())
        finishLast();
}

void ChatDocument::removeLastTurn()
{
    if (m_turns.empty())
        return;
    const int index = turnCount() - 1;
    m_live.erase(m_live.lower_bound({index, 0}), m_live.end());
    m_turns.pop_back();
}

void ChatDocument::renewOpen(Turn &turn)
{
    turn.open.source = turn.splitter.open();
    const bool code = turn.open.source.kind == MarkdownPiece::Kind::Code;
    turn.hasOpen = code || !turn.open.source.text.isEmpty();
    if (turn.hasOpen)
        measure(turn, turn.open, turn.pieces.empty(), true);
    else
        turn.open.layout.reset();
}

void ChatDocument::addPieces(Turn &turn, QList<MarkdownPiece> sources)
{
    const int index = turnCount() - 1;
    for (MarkdownPiece &source : sources) {
        Piece &piece = turn.pieces.emplace_back();
        piece.source = std::move(source);
        const int last = int(turn.pieces.size()) - 1;
        if (piece.source.kind == MarkdownPiece::Kind::Markdown) {
            // Pieces above that a definition turns into links are measured again when they are looked at.
            for (const int changed : turn.references.take(last, piece.source.text)) {
                Piece &above = turn.pieces[size_t(changed)];
                above.measured = false;
                above.layout.reset();
                m_live.erase({index, changed});
                if (std::pair(size_t(index), size_t(changed)) < std::pair(m_staleTurn, m_stalePiece)) {
                    m_staleTurn = size_t(index);
                    m_stalePiece = size_t(changed);
                }
            }
        }
        measure(turn, piece, last == 0, false);
    }
}

void ChatDocument::append(const QString &text)
{
    Turn &turn = m_turns.back();
    const size_t before = turn.pieces.size();
    addPieces(turn, turn.splitter.append(text));
    renewOpen(turn);
    placePieces(turn, before);
}

void ChatDocument::finishLast()
{
    Turn &turn = m_turns.back();
    if (turn.user)
        return;
    const size_t before = turn.pieces.size();
    addPieces(turn, turn.splitter.finish());
    turn.hasOpen = false;
    turn.open = {};
    placePieces(turn, before);
}

void ChatDocument::setSources(int index, const QList<ChatSource> &sources)
{
    Turn &turn = m_turns[size_t(index)];
    turn.hasSources = !sources.isEmpty();
    turn.sourceItems = itemsFor(sources);
    if (turn.hasSources)
        measure(turn, turn.sources, false, true);
    else
        turn.sources = {};
    placePieces(turn, turn.pieces.size());
    placeTurns(size_t(index));
}

void ChatDocument::setExtras(int index, qreal aboveHeight, qreal belowHeight)
{
    Turn &turn = m_turns[size_t(index)];
    if (turn.aboveHeight == aboveHeight && turn.belowHeight == belowHeight)
        return;
    turn.aboveHeight = aboveHeight;
    turn.belowHeight = belowHeight;
    placeTurns(size_t(index));
}

void ChatDocument::setWidth(qreal width)
{
    if (width == m_width)
        return;
    const qreal ratio = m_width / width;
    m_width = width;
    for (Turn &turn : m_turns) {
        for (Piece &piece : turn.pieces) {
            // Until it is measured again a piece is taken to keep its area.
            piece.height = std::max<qreal>(20, std::round(piece.height * ratio));
        }
    }
    restyle();
}

void ChatDocument::restyle()
{
    m_live.clear();
    m_staleTurn = 0;
    m_stalePiece = 0;
    for (Turn &turn : m_turns) {
        turn.bubbleWidth = 0;
        for (size_t i = 0; i < turn.pieces.size(); ++i) {
            turn.pieces[i].measured = false;
            turn.pieces[i].layout.reset();
            if (turn.user && i == 0) // a bubble's width is needed even out of sight
                measure(turn, turn.pieces[i], true, false);
        }
        if (turn.hasOpen)
            measure(turn, turn.open, turn.pieces.empty(), true);
        if (turn.hasSources)
            measure(turn, turn.sources, false, true);
        placePieces(turn);
    }
    placeTurns();
}

bool ChatDocument::measureNextStale()
{
    for (; m_staleTurn < m_turns.size(); ++m_staleTurn, m_stalePiece = 0) {
        Turn &turn = m_turns[m_staleTurn];
        for (; m_stalePiece < turn.pieces.size(); ++m_stalePiece) {
            Piece &piece = turn.pieces[m_stalePiece];
            if (piece.measured)
                continue;
            measure(turn, piece, m_stalePiece == 0, false);
            ++m_stalePiece;
            return true;
        }
        placePieces(turn);
    }
    return false;
}

qreal ChatDocument::height() const
{
    return m_turns.empty() ? 0 : m_turns.back().y + m_turns.back().height() + margin;
}

int ChatDocument::pieceCount() const
{
    int count = 0;
    for (const Turn &turn : m_turns)
        count += int(turn.pieces.size()) + (turn.hasOpen ? 1 : 0);
    return count;
}

int ChatDocument::laidOutPieces() const
{
    int count = 0;
    for (const Turn &turn : m_turns) {
        for (const Piece &piece : turn.pieces)
            count += piece.layout ? 1 : 0;
        count += turn.hasOpen ? 1 : 0;
    }
    return count;
}

int ChatDocument::turnAt(qreal y) const
{
    const auto found = std::partition_point(
        m_turns.begin(), m_turns.end(), [y](const Turn &turn) { return turn.y + turn.height() + turnGap <= y; });
    return found == m_turns.end() ? std::max(0, turnCount() - 1) : int(found - m_turns.begin());
}

QRectF ChatDocument::textRect(int index) const
{
    const Turn &turn = m_turns[size_t(index)];
    if (!turn.user)
        return {0, turn.y + turn.aboveHeight, m_width, turn.textHeight};
    const qreal left = m_width - turn.bubbleWidth + bubblePaddingX;
    return {left, turn.y + turn.aboveHeight + bubblePaddingY, turn.bubbleWidth - 2 * bubblePaddingX, turn.textHeight - 2 * bubblePaddingY};
}

void ChatDocument::prepare(qreal top, qreal bottom)
{
    if (m_turns.empty())
        return;
    for (size_t t = size_t(turnAt(top)); t < m_turns.size() && m_turns[t].y < bottom; ++t) {
        Turn &turn = m_turns[t];
        const qreal origin = textRect(int(t)).top();
        auto piece = std::partition_point(turn.pieces.begin(), turn.pieces.end(),
            [&](const Piece &one) { return origin + one.y + one.height <= top; });
        bool moved = false;
        for (; piece != turn.pieces.end() && origin + piece->y < bottom; ++piece) {
            const auto index = size_t(piece - turn.pieces.begin());
            if (!piece->layout || !piece->measured) {
                const qreal before = piece->height;
                measure(turn, *piece, index == 0, true);
                if (piece->height != before) {
                    placePieces(turn, index);
                    moved = true;
                }
            }
            m_live.insert({int(t), int(index)});
        }
        if (moved)
            placeTurns(t);
    }
    // Layouts are kept for one screen above and below; further away only source and height stay.
    const qreal reach = bottom - top;
    for (auto live = m_live.begin(); live != m_live.end();) {
        const auto [t, p] = *live;
        Piece &piece = m_turns[size_t(t)].pieces[size_t(p)];
        const qreal y = textRect(t).top() + piece.y;
        if (y + piece.height < top - reach || y > bottom + reach) {
            piece.layout.reset();
            live = m_live.erase(live);
        } else {
            ++live;
        }
    }
}

void ChatDocument::paint(
    QPainter &painter, const QPointF &origin, const QRectF &clip, const ChatSpot &from, const ChatSpot &to) const
{
    visitPieces(clip.top() - origin.y(), clip.bottom() - origin.y(),
        [&](int t, int p, const Piece &piece, const QPointF &at) {
            const auto here = std::pair(t, p);
            const auto first = std::pair(from.turn, from.piece);
            const auto last = std::pair(to.turn, to.piece);
            TextSpot start = piece.layout->end();
            TextSpot end{};
            if (here >= first && here <= last) {
                start = here == first ? from.text : TextSpot{};
                end = here == last ? to.text : piece.layout->end();
            }
            piece.layout->paint(painter, at + origin, clip, start, end);
        });
}

} // namespace sluice::ui
