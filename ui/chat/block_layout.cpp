#include "sluice/chat/block_layout_p.h"

#include "sluice/chat/code_colors_p.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {

constexpr qreal listStep = 20;
constexpr qreal quoteStep = 14;
constexpr qreal codeBar = 26;
constexpr qreal codePadding = 12;
constexpr qreal cellPaddingX = 10;
constexpr qreal cellPaddingY = 5;

Theme::Type typeOf(const MarkdownItem &item)
{
    if (item.kind == MarkdownItem::Kind::Code)
        return Theme::Type::Mono;
    if (item.kind == MarkdownItem::Kind::Note)
        return item.indent == 0 ? Theme::Type::SmallStrong11 : Theme::Type::Small11;
    if (item.kind == MarkdownItem::Kind::Heading)
        return item.level == 1 ? Theme::Type::Title20 : item.level == 2 ? Theme::Type::Heading15 : Theme::Type::BodyStrong13;
    return item.headerCell ? Theme::Type::BodyStrong13 : Theme::Type::Body13;
}

qreal lineHeightOf(const MarkdownItem &item)
{
    if (item.kind == MarkdownItem::Kind::Code)
        return 18;
    if (item.kind == MarkdownItem::Kind::Note)
        return 16;
    if (item.kind == MarkdownItem::Kind::Heading)
        return item.level == 1 ? 28 : item.level == 2 ? 24 : 20;
    return item.kind == MarkdownItem::Kind::Cell ? 18 : 20;
}

qreal gapAbove(const MarkdownItem &item)
{
    if ((item.kind == MarkdownItem::Kind::Code || item.kind == MarkdownItem::Kind::Cell) && !item.opens)
        return 0;
    if (item.kind == MarkdownItem::Kind::Heading)
        return item.level <= 2 ? space::Two : 12;
    if (item.kind == MarkdownItem::Kind::Rule)
        return 12;
    if (item.kind == MarkdownItem::Kind::Code || item.kind == MarkdownItem::Kind::Cell)
        return item.tight ? space::One : 12;
    return item.tight ? space::Half : 10;
}

QList<QTextLayout::FormatRange> formatsOf(const MarkdownItem &item)
{
    if (item.kind == MarkdownItem::Kind::Code)
        return codeColors(item.text, item.language);
    QList<QTextLayout::FormatRange> formats;
    for (const MarkdownRun &run : item.runs) {
        QTextCharFormat format;
        if ((run.flags & (MarkdownRun::Code | MarkdownRun::Math)) != 0) {
            format.setFont(Theme::font(item.kind == MarkdownItem::Kind::Note ? Theme::Type::MonoSmall : Theme::Type::Mono));
            format.setBackground(Theme::color(Theme::Role::Hover));
        }
        if ((run.flags & MarkdownRun::Bold) != 0)
            format.setFontWeight(QFont::DemiBold);
        if ((run.flags & MarkdownRun::Italic) != 0)
            format.setFontItalic(true);
        if ((run.flags & MarkdownRun::Strike) != 0)
            format.setFontStrikeOut(true);
        if ((run.flags & MarkdownRun::Link) != 0) {
            format.setForeground(Theme::color(Theme::Role::Accent));
            format.setFontUnderline(true);
        }
        formats.append({run.start, run.length, format});
    }
    return formats;
}

/// Scripts whose letters stand alone: everything else (Arabic, Hebrew's points, the scripts of India …) needs shaping.
bool needsShaping(const QString &text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].unicode() < 0x0590)
            continue;
        const char32_t point = text[i].isHighSurrogate() && i + 1 < text.size() ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t(text[i].unicode());
        switch (QChar::script(point)) {
        case QChar::Script_Common:
        case QChar::Script_Inherited:
        case QChar::Script_Unknown:
        case QChar::Script_Latin:
        case QChar::Script_Greek:
        case QChar::Script_Cyrillic:
        case QChar::Script_Han:
        case QChar::Script_Hiragana:
        case QChar::Script_Katakana:
        case QChar::Script_Hangul:
            break;
        default:
            return true;
        }
    }
    return false;
}

/// Code is shown character by character: a ligature would show something else than what stands there. Letters that
/// join are the exception: unjoined they cannot be read.
QFont codeFont(QFont font, const QString &text)
{
    if (!needsShaping(text))
        font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

enum class Reading { Neutral, LeftToRight, RightToLeft };

/// By the first strong letter, as the Unicode algorithm takes a paragraph's (rules P2 and P3).
Reading readingOf(const QString &text)
{
    int isolates = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char32_t point = text[i].isHighSurrogate() && i + 1 < text.size() ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t(text[i].unicode());
        switch (QChar::direction(point)) {
        case QChar::DirLRI: case QChar::DirRLI: case QChar::DirFSI: ++isolates; break;
        case QChar::DirPDI: isolates = std::max(0, isolates - 1); break;
        case QChar::DirL:
            if (isolates == 0)
                return Reading::LeftToRight;
            break;
        case QChar::DirR:
        case QChar::DirAL:
            if (isolates == 0)
                return Reading::RightToLeft;
            break;
        default: break;
        }
    }
    return Reading::Neutral;
}

QString laidText(const MarkdownItem &item)
{
    QString text = item.text;
    text.replace(u'\n', QChar(QChar::LineSeparator));
    return text;
}

std::unique_ptr<QTextLayout> makeText(const MarkdownItem &item, bool rightToLeft)
{
    const bool code = item.kind == MarkdownItem::Kind::Code;
    const QFont font = Theme::font(typeOf(item));
    auto layout = std::make_unique<QTextLayout>(laidText(item), code ? codeFont(font, item.text) : font);
    Qt::Alignment align = item.kind == MarkdownItem::Kind::Cell ? item.align : Qt::Alignment(Qt::AlignLeft);
    if (rightToLeft && align == Qt::AlignLeft)
        align = Qt::AlignRight;
    QTextOption option(align & Qt::AlignHorizontal_Mask);
    // A cell's words read by their own letters, wherever its table begins.
    const bool ownReading = item.kind == MarkdownItem::Kind::Cell && readingOf(item.text) != Reading::Neutral;
    option.setTextDirection((ownReading ? readingOf(item.text) == Reading::RightToLeft : rightToLeft) ? Qt::RightToLeft : Qt::LeftToRight);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    if (code)
        option.setTabStopDistance(QFontMetricsF(layout->font()).horizontalAdvance(u' ') * 4);
    layout->setTextOption(option);
    layout->setFormats(formatsOf(item));
    layout->setCacheEnabled(true); // otherwise every paint shapes the text again
    return layout;
}

/// Breaks the lines at `width`; the height, and in `used` the widest line.
qreal breakLines(QTextLayout &layout, qreal width, qreal lineHeight, qreal &used)
{
    qreal y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        const qreal height = std::max(lineHeight, std::ceil(line.height()));
        line.setPosition(QPointF(0, y + std::floor((height - line.height()) / 2)));
        used = std::max(used, line.naturalTextWidth());
        y += height;
    }
    layout.endLayout();
    return std::max(y, lineHeight);
}

} // namespace

BlockLayout::BlockLayout(QList<MarkdownItem> items, qreal width, bool first)
    : m_items(std::move(items))
    , m_placed(size_t(m_items.size()))
    , m_width(width)
{
    findReading();
    qreal y = 0;
    for (qsizetype i = 0; i < m_items.size();) {
        const MarkdownItem &item = m_items[i];
        y += first && i == 0 ? 0 : gapAbove(item);
        const qreal x = leftOf(item);
        const qreal room = std::max<qreal>(40, width - x);
        if (item.kind == MarkdownItem::Kind::Cell) {
            i = placeTable(i, x, y, room);
            continue;
        }
        if (item.kind == MarkdownItem::Kind::Rule) {
            m_placed[size_t(i)].box = QRectF(x, y, room, 1);
            y += 1 + space::Half;
        } else if (item.kind == MarkdownItem::Kind::Code) {
            y += placeCode(int(i), x, y, room);
        } else {
            y += placeText(int(i), x, y, room);
        }
        ++i;
    }
    m_height = y;
}

BlockLayout::~BlockLayout() = default;

void BlockLayout::findReading()
{
    bool before = false;
    for (qsizetype i = 0; i < m_items.size();) {
        const MarkdownItem &item = m_items[i];
        qsizetype end = i + 1;
        Reading reading = readingOf(item.text);
        if (item.kind == MarkdownItem::Kind::Cell) {
            for (; end < m_items.size() && m_items[end].kind == MarkdownItem::Kind::Cell; ++end) {
                if (reading == Reading::Neutral)
                    reading = readingOf(m_items[end].text);
            }
        }
        const bool code = item.kind == MarkdownItem::Kind::Code || item.kind == MarkdownItem::Kind::Rule;
        const bool rightToLeft = !code && (reading == Reading::Neutral ? before : reading == Reading::RightToLeft);
        for (; i < end; ++i)
            m_placed[size_t(i)].rightToLeft = rightToLeft;
        if (!code)
            before = rightToLeft;
    }
}

qreal BlockLayout::leftOf(const MarkdownItem &item) const
{
    return item.indent * listStep + item.quote * quoteStep;
}

qreal BlockLayout::placeText(int index, qreal x, qreal y, qreal width)
{
    const MarkdownItem &item = m_items[index];
    Placed &placed = m_placed[size_t(index)];
    placed.text = makeText(item, placed.rightToLeft);
    qreal used = 0;
    const qreal height = breakLines(*placed.text, width, lineHeightOf(item), used);
    if (placed.rightToLeft)
        x = 0; // its indentation is on the other side
    placed.origin = QPointF(x, y);
    placed.box = QRectF(x, y, width, height);
    m_usedWidth = std::max(m_usedWidth, leftOf(item) + used);
    return height;
}

qreal BlockLayout::placeCode(int index, qreal x, qreal y, qreal width)
{
    const MarkdownItem &item = m_items[index];
    Placed &placed = m_placed[size_t(index)];
    const qreal top = item.opens ? codeBar : 0;
    const qreal bottom = item.closes ? space::One : 0;
    placed.text = makeText(item, false);
    qreal used = 0;
    const qreal height = breakLines(*placed.text, width - 2 * codePadding, lineHeightOf(item), used);
    placed.origin = QPointF(x + codePadding, y + top);
    placed.box = QRectF(x, y, width, top + height + bottom);
    m_usedWidth = std::max(m_usedWidth, x + width);
    return placed.box.height();
}

qsizetype BlockLayout::placeTable(qsizetype index, qreal x, qreal &y, qreal width)
{
    qsizetype end = index;
    int columns = 0;
    while (end < m_items.size() && m_items[end].kind == MarkdownItem::Kind::Cell
        && (end == index || m_items[end].row > m_items[end - 1].row || m_items[end].column > 0)) {
        columns = std::max(columns, m_items[end].column + 1);
        ++end;
    }
    QList<qreal> widths(columns, 24);
    for (qsizetype i = index; i < end; ++i) {
        Placed &placed = m_placed[size_t(i)];
        placed.text = makeText(m_items[i], placed.rightToLeft);
        qreal used = 0;
        breakLines(*placed.text, 4096, lineHeightOf(m_items[i]), used);
        qreal &column = widths[m_items[i].column];
        column = std::max(column, std::ceil(used) + 2 * cellPaddingX);
    }
    qreal total = 0;
    for (const qreal column : widths)
        total += column;
    if (total > width) {
        // Narrow columns keep their width; the wide ones share what is left.
        const qreal fair = width / columns;
        qreal kept = 0;
        qreal wide = 0;
        for (const qreal column : widths)
            (column <= fair ? kept : wide) += column;
        for (qreal &column : widths) {
            if (column > fair)
                column = std::max<qreal>(32, std::floor(column * (width - kept) / wide));
        }
    }
    const bool rightToLeft = m_placed[size_t(index)].rightToLeft;
    for (qsizetype i = index; i < end;) {
        qsizetype rowEnd = i;
        qreal rowHeight = 0;
        qreal cellX = rightToLeft ? x + width - leftOf(m_items[i]) : x;
        for (; rowEnd < end && m_items[rowEnd].row == m_items[i].row; ++rowEnd) {
            Placed &placed = m_placed[size_t(rowEnd)];
            const qreal column = widths[m_items[rowEnd].column];
            qreal used = 0;
            const qreal height
                = breakLines(*placed.text, column - 2 * cellPaddingX, lineHeightOf(m_items[rowEnd]), used);
            if (rightToLeft)
                cellX -= column;
            placed.origin = QPointF(cellX + cellPaddingX, y + cellPaddingY);
            placed.box = QRectF(cellX, y, column, 0);
            rowHeight = std::max(rowHeight, height + 2 * cellPaddingY);
            if (!rightToLeft)
                cellX += column;
        }
        for (; i < rowEnd; ++i)
            m_placed[size_t(i)].box.setHeight(rowHeight);
        m_usedWidth = std::max(m_usedWidth, rightToLeft ? x + width : cellX);
        y += rowHeight;
    }
    return end;
}

void BlockLayout::paint(QPainter &painter, const QPointF &origin, const QRectF &clip, TextSpot from, TextSpot to) const
{
    QTextCharFormat selected;
    selected.setBackground(Theme::color(Theme::Role::Selection));
    for (size_t i = 0; i < m_placed.size(); ++i) {
        const Placed &placed = m_placed[i];
        const MarkdownItem &item = m_items[qsizetype(i)];
        const QRectF box = placed.box.translated(origin);
        if (box.bottom() < clip.top() - 1 || box.top() > clip.bottom() + 1)
            continue;
        paintBehind(painter, origin, i);
        if (!placed.text)
            continue;
        QList<QTextLayout::FormatRange> selection;
        const int length = int(placed.text->text().size());
        const int start = int(i) < from.item ? length : int(i) > from.item ? 0 : std::min(from.offset, length);
        const int end = int(i) < to.item ? length : int(i) > to.item ? 0 : std::min(to.offset, length);
        if (end > start)
            selection.append({start, end - start, selected});
        painter.setPen(Theme::color(item.quote > 0 || item.kind == MarkdownItem::Kind::Note ? Theme::Role::Muted : Theme::Role::Text));
        placed.text->draw(&painter, placed.origin + origin, selection, clip);
    }
}

void BlockLayout::paintBehind(QPainter &painter, const QPointF &origin, size_t index) const
{
    const MarkdownItem &item = m_items[qsizetype(index)];
    const QRectF box = m_placed[index].box.translated(origin);
    painter.setPen(Qt::NoPen);
    for (int level = 0; level < item.quote; ++level) {
        const qreal inset = item.indent * listStep + level * quoteStep;
        const qreal x = origin.x() + (m_placed[index].rightToLeft ? m_width - inset - 3 : inset);
        const qreal joined = index > 0 && m_items[qsizetype(index) - 1].quote > level ? gapAbove(item) : 0;
        painter.fillRect(QRectF(x, box.top() - joined, 3, box.height() + joined), Theme::color(Theme::Role::ControlBorder));
    }
    switch (item.kind) {
    case MarkdownItem::Kind::Rule:
        painter.fillRect(box, Theme::color(Theme::Role::Border));
        break;
    case MarkdownItem::Kind::Code: {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Theme::color(Theme::Role::Border));
        painter.setBrush(Theme::color(Theme::Role::CodeBackground));
        // The pieces of one long code block look like one: their inner edges lie outside of what is painted.
        painter.setClipRect(box, Qt::IntersectClip);
        const QRectF shape = box.adjusted(0.5, item.opens ? 0.5 : -12, -0.5, item.closes ? -0.5 : 12);
        painter.drawRoundedRect(shape, space::Radius, space::Radius);
        if (item.opens && !item.language.isEmpty()) {
            painter.setFont(Theme::font(Theme::Type::Small11));
            painter.setPen(Theme::color(Theme::Role::Muted));
            painter.drawText(box.adjusted(codePadding, 0, -40, 0).toRect().adjusted(0, 3, 0, 0),
                Qt::AlignLeft | Qt::AlignTop, item.language);
        }
        painter.restore();
        break;
    }
    case MarkdownItem::Kind::Cell: {
        if (item.headerCell)
            painter.fillRect(box, Theme::color(Theme::Role::CodeBackground));
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), Theme::color(Theme::Role::Border));
        break;
    }
    default:
        break;
    }
    if (!item.marker.isEmpty()) {
        painter.setFont(Theme::font(item.kind == MarkdownItem::Kind::Note ? Theme::Type::Small11 : Theme::Type::Body13));
        painter.setPen(Theme::color(Theme::Role::Muted));
        const bool mirrored = m_placed[index].rightToLeft;
        const QRectF gutter(mirrored ? box.right() + 7 : box.left() - listStep - 12, box.top(), listStep + 12 - 7, lineHeightOf(item));
        painter.drawText(gutter, (mirrored ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignAbsolute | Qt::AlignVCenter, item.marker);
    }
}

TextSpot BlockLayout::spotAt(const QPointF &point) const
{
    int best = 0;
    qreal bestDistance = 1e12;
    for (size_t i = 0; i < m_placed.size(); ++i) {
        const QRectF &box = m_placed[i].box;
        const qreal dy = point.y() < box.top() ? box.top() - point.y() : std::max<qreal>(0, point.y() - box.bottom());
        const qreal dx = point.x() < box.left() ? box.left() - point.x() : std::max<qreal>(0, point.x() - box.right());
        const qreal distance = dy * 1000 + dx;
        if (distance < bestDistance) {
            bestDistance = distance;
            best = int(i);
        }
    }
    if (m_placed.empty() || !m_placed[size_t(best)].text)
        return {best, 0};
    const Placed &placed = m_placed[size_t(best)];
    const QPointF inside = point - placed.origin;
    for (int i = 0; i < placed.text->lineCount(); ++i) {
        const QTextLine line = placed.text->lineAt(i);
        if (inside.y() < line.y() + line.height() || i + 1 == placed.text->lineCount())
            return {best, line.xToCursor(inside.x())};
    }
    return {best, 0};
}

bool BlockLayout::isText(const QPointF &point) const
{
    return std::any_of(m_placed.begin(), m_placed.end(),
        [&point](const Placed &placed) { return placed.text && placed.box.contains(point); });
}

QString BlockLayout::linkAt(const QPointF &point) const
{
    for (size_t i = 0; i < m_placed.size(); ++i) {
        const Placed &placed = m_placed[i];
        if (!placed.text || !placed.box.contains(point))
            continue;
        const QPointF inside = point - placed.origin;
        for (int l = 0; l < placed.text->lineCount(); ++l) {
            const QTextLine line = placed.text->lineAt(l);
            if (!line.naturalTextRect().adjusted(0, -3, 0, 3).contains(inside))
                continue;
            const int offset = line.xToCursor(inside.x(), QTextLine::CursorOnCharacter);
            const MarkdownItem &item = m_items[qsizetype(i)];
            for (const MarkdownRun &run : item.runs) {
                if (run.link >= 0 && offset >= run.start && offset < run.start + run.length)
                    return item.links.value(run.link);
            }
        }
    }
    return {};
}

TextSpot BlockLayout::end() const
{
    if (m_items.isEmpty())
        return {};
    return {int(m_items.size()) - 1, int(m_items.last().text.size())};
}

QList<BlockLayout::Link> BlockLayout::links() const
{
    QList<Link> found;
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        const MarkdownItem &item = m_items[i];
        int previous = -1;
        for (qsizetype r = 0; r < item.runs.size(); ++r) {
            if (item.runs[r].link >= 0 && item.runs[r].link != previous)
                found.append({int(i), int(r), item.links.value(item.runs[r].link)});
            previous = item.runs[r].link;
        }
    }
    return found;
}

QRectF BlockLayout::linkRect(const Link &link) const
{
    const Placed &placed = m_placed[size_t(link.item)];
    const MarkdownRun &run = m_items[link.item].runs[link.run];
    const QTextLine line = placed.text->lineForTextPosition(run.start);
    if (!line.isValid())
        return {};
    const int end = std::min(run.start + run.length, line.textStart() + line.textLength());
    const qreal left = line.cursorToX(run.start);
    return QRectF(left, line.y(), line.cursorToX(end) - left, line.height()).normalized().translated(placed.origin);
}

QList<std::pair<int, QRectF>> BlockLayout::codeCorners() const
{
    QList<std::pair<int, QRectF>> corners;
    for (size_t i = 0; i < m_placed.size(); ++i) {
        const MarkdownItem &item = m_items[qsizetype(i)];
        if (item.kind != MarkdownItem::Kind::Code || !item.opens)
            continue;
        const QRectF &box = m_placed[i].box;
        corners.append({int(i), QRectF(box.right() - 28, box.top() + 2, 24, 22)});
    }
    return corners;
}

} // namespace sluice::ui
