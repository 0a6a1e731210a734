#include "sluice/chat/markdown_block.h"

#include <QtCore/QByteArray>

#include <md4c.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::ui {

namespace {

/// Collects what md4c reports; its callbacks hold no exceptions and return 0 to go on.
class Collector {
public:
    QList<MarkdownItem> items;

    /// Far more than a piece of honest text has; a few bytes of a table can ask for millions of cells.
    static constexpr qsizetype mostItems = 3000;
    static constexpr int deepest = 10;

    static int enterBlock(MD_BLOCKTYPE type, void *detail, void *self)
    {
        auto *collector = static_cast<Collector *>(self);
        collector->enter(type, detail);
        return collector->items.size() > mostItems ? 1 : 0;
    }
    static int leaveBlock(MD_BLOCKTYPE type, void *, void *self)
    {
        static_cast<Collector *>(self)->leave(type);
        return 0;
    }
    static int enterSpan(MD_SPANTYPE type, void *detail, void *self)
    {
        static_cast<Collector *>(self)->span(type, detail, true);
        return 0;
    }
    static int leaveSpan(MD_SPANTYPE type, void *detail, void *self)
    {
        static_cast<Collector *>(self)->span(type, detail, false);
        return 0;
    }
    static int text(MD_TEXTTYPE type, const MD_CHAR *data, MD_SIZE size, void *self)
    {
        static_cast<Collector *>(self)->addText(type, data, size);
        return 0;
    }

private:
    struct List {
        bool ordered = false;
        bool tight = false;
        unsigned number = 1;
        QChar mark;
    };

    void begin(MarkdownItem::Kind kind)
    {
        MarkdownItem item;
        item.kind = kind;
        item.quote = std::min(m_quote, deepest);
        item.indent = std::min(int(m_lists.size()), deepest);
        item.marker = std::exchange(m_marker, {});
        item.tight = !m_lists.isEmpty() && m_lists.last().tight;
        items.append(item);
        m_item = true;
    }

    void enter(MD_BLOCKTYPE type, void *detail)
    {
        switch (type) {
        case MD_BLOCK_QUOTE:
            ++m_quote;
            break;
        case MD_BLOCK_UL: {
            const auto *list = static_cast<MD_BLOCK_UL_DETAIL *>(detail);
            m_item = false;
            m_lists.append({false, list->is_tight != 0, 1, QLatin1Char(list->mark)});
            break;
        }
        case MD_BLOCK_OL: {
            const auto *list = static_cast<MD_BLOCK_OL_DETAIL *>(detail);
            m_item = false;
            m_lists.append({true, list->is_tight != 0, list->start, QLatin1Char(list->mark_delimiter)});
            break;
        }
        case MD_BLOCK_LI: {
            const auto *item = static_cast<MD_BLOCK_LI_DETAIL *>(detail);
            List &list = m_lists.last();
            if (item->is_task != 0)
                m_marker = item->task_mark == ' ' ? QStringLiteral("☐") : QStringLiteral("☑");
            else
                m_marker = list.ordered ? QString::number(list.number) + list.mark : QStringLiteral("•");
            ++list.number;
            m_item = false;
            break;
        }
        case MD_BLOCK_HR:
            begin(MarkdownItem::Kind::Rule);
            m_item = false;
            break;
        case MD_BLOCK_H:
            begin(MarkdownItem::Kind::Heading);
            items.last().level = int(static_cast<MD_BLOCK_H_DETAIL *>(detail)->level);
            break;
        case MD_BLOCK_CODE: {
            begin(MarkdownItem::Kind::Code);
            const auto *code = static_cast<MD_BLOCK_CODE_DETAIL *>(detail);
            items.last().language = QString::fromUtf8(code->lang.text, qsizetype(code->lang.size)).left(40);
            break;
        }
        case MD_BLOCK_P:
            begin(MarkdownItem::Kind::Paragraph);
            break;
        case MD_BLOCK_TABLE:
            m_row = -1;
            break;
        case MD_BLOCK_TR:
            ++m_row;
            m_column = 0;
            break;
        case MD_BLOCK_TH:
        case MD_BLOCK_TD: {
            begin(MarkdownItem::Kind::Cell);
            MarkdownItem &cell = items.last();
            cell.row = m_row;
            cell.column = m_column++;
            cell.headerCell = type == MD_BLOCK_TH;
            const MD_ALIGN align = static_cast<MD_BLOCK_TD_DETAIL *>(detail)->align;
            cell.align = align == MD_ALIGN_RIGHT ? Qt::AlignRight
                : align == MD_ALIGN_CENTER       ? Qt::AlignHCenter
                                                 : Qt::AlignLeft;
            break;
        }
        default:
            break;
        }
    }

    void leave(MD_BLOCKTYPE type)
    {
        switch (type) {
        case MD_BLOCK_QUOTE:
            --m_quote;
            break;
        case MD_BLOCK_UL:
        case MD_BLOCK_OL:
            m_lists.removeLast();
            break;
        case MD_BLOCK_LI:
            if (!m_marker.isEmpty())
                begin(MarkdownItem::Kind::Paragraph); // an item without words still shows its bullet
            m_item = false;
            break;
        case MD_BLOCK_CODE:
            if (!items.isEmpty() && items.last().text.endsWith(u'\n'))
                items.last().text.chop(1);
            m_item = false;
            break;
        case MD_BLOCK_P:
        case MD_BLOCK_H:
        case MD_BLOCK_TH:
        case MD_BLOCK_TD:
            m_item = false;
            break;
        default:
            break;
        }
    }

    void span(MD_SPANTYPE type, void *detail, bool entering)
    {
        int flag = 0;
        switch (type) {
        case MD_SPAN_EM: flag = MarkdownRun::Italic; break;
        case MD_SPAN_STRONG: flag = MarkdownRun::Bold; break;
        case MD_SPAN_CODE: flag = MarkdownRun::Code; break;
        case MD_SPAN_DEL: flag = MarkdownRun::Strike; break;
        case MD_SPAN_A:
            flag = MarkdownRun::Link;
            if (entering && m_item) {
                const auto *link = static_cast<MD_SPAN_A_DETAIL *>(detail);
                items.last().links.append(QString::fromUtf8(link->href.text, qsizetype(link->href.size)));
            }
            break;
        default: return; // pictures show their description; nothing is fetched
        }
        m_depth[flag] += entering ? 1 : -1;
        m_flags = m_depth[flag] > 0 ? m_flags | flag : m_flags & ~flag;
    }

    void addText(MD_TEXTTYPE type, const MD_CHAR *data, MD_SIZE size)
    {
        if (!m_item) {
            if (m_lists.isEmpty())
                return;
            begin(MarkdownItem::Kind::Paragraph); // a tight list item has no paragraph of its own
        }
        QString text;
        switch (type) {
        case MD_TEXT_NULLCHAR: text = QChar(QChar::ReplacementCharacter); break;
        case MD_TEXT_BR: text = QChar(QChar::LineSeparator); break;
        case MD_TEXT_SOFTBR: text = QStringLiteral(" "); break;
        case MD_TEXT_ENTITY: text = entity(QLatin1String(data, qsizetype(size))); break;
        default: text = QString::fromUtf8(data, qsizetype(size)); break;
        }
        MarkdownItem &item = items.last();
        if (m_flags != 0) {
            const int link = (m_flags & MarkdownRun::Link) != 0 ? int(item.links.size()) - 1 : -1;
            MarkdownRun *last = item.runs.isEmpty() ? nullptr : &item.runs.last();
            if (last != nullptr && last->flags == m_flags && last->link == link
                && last->start + last->length == int(item.text.size()))
                last->length += int(text.size());
            else
                item.runs.append({int(item.text.size()), int(text.size()), m_flags, link});
        }
        item.text += text;
    }

    static QString entity(QLatin1String name)
    {
        if (name.startsWith(QLatin1String("&#"))) {
            const bool hex = name.size() > 2 && (name.at(2) == QLatin1Char('x') || name.at(2) == QLatin1Char('X'));
            const QString digits = QString(name).mid(hex ? 3 : 2).chopped(1);
            bool ok = false;
            const uint code = digits.toUInt(&ok, hex ? 16 : 10);
            if (!ok || code == 0 || code > QChar::LastValidCodePoint || QChar::isSurrogate(code))
                return QString(QChar(QChar::ReplacementCharacter));
            const char32_t point = code;
            return QString::fromUcs4(&point, 1);
        }
        static constexpr std::pair<const char *, const char *> known[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"},
            {"&quot;", "\""}, {"&apos;", "'"}, {"&nbsp;", "\u00a0"}, {"&copy;", "©"}, {"&hellip;", "…"},
            {"&mdash;", "—"}, {"&ndash;", "–"}, {"&rarr;", "→"}, {"&larr;", "←"}, {"&times;", "×"}, {"&le;", "≤"},
            {"&ge;", "≥"}, {"&deg;", "°"}, {"&micro;", "µ"}, {"&euro;", "€"}};
        for (const auto &[from, to] : known) {
            if (name == QLatin1String(from))
                return QString::fromUtf8(to);
        }
        return QString(name);
    }

    QList<List> m_lists;
    QString m_marker;
    std::array<int, 17> m_depth{};
    int m_flags = 0;
    int m_quote = 0;
    int m_row = 0;
    int m_column = 0;
    bool m_item = false;
};

} // namespace

QList<MarkdownItem> parseMarkdown(const MarkdownPiece &piece)
{
    if (piece.kind == MarkdownPiece::Kind::Code) {
        MarkdownItem code;
        code.kind = MarkdownItem::Kind::Code;
        code.text = piece.text;
        code.language = piece.language;
        code.tight = piece.tight;
        code.opens = piece.opens;
        code.closes = piece.closes;
        return {code};
    }
    Collector collector;
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_NOHTML;
    parser.enter_block = Collector::enterBlock;
    parser.leave_block = Collector::leaveBlock;
    parser.enter_span = Collector::enterSpan;
    parser.leave_span = Collector::leaveSpan;
    parser.text = Collector::text;
    const QByteArray utf8 = piece.text.toUtf8();
    if (md_parse(utf8.constData(), MD_SIZE(utf8.size()), &parser, &collector) != 0 || collector.items.isEmpty()) {
        if (piece.text.trimmed().isEmpty())
            return {};
        // What md4c gives nothing for (a link definition) is still part of the answer.
        MarkdownItem paragraph;
        paragraph.text = piece.text;
        paragraph.tight = piece.tight;
        return {paragraph};
    }
    if (piece.continuesTable) {
        // The head was repeated for the parser only.
        collector.items.removeIf([](const MarkdownItem &item) { return item.headerCell; });
        for (MarkdownItem &item : collector.items)
            item.opens = false;
    }
    if (!collector.items.isEmpty())
        collector.items.first().tight = piece.tight;
    return std::move(collector.items);
}

QString plainText(const QList<MarkdownItem> &items)
{
    QString text;
    for (qsizetype i = 0; i < items.size(); ++i) {
        const MarkdownItem &item = items[i];
        const bool cell = item.kind == MarkdownItem::Kind::Cell;
        if (i > 0)
            text += cell && item.column > 0 ? u'\t' : u'\n';
        if (!item.marker.isEmpty())
            text += QString((item.indent - 1) * 2, u' ') + item.marker + u' ';
        QString words = item.text;
        words.replace(QChar(QChar::LineSeparator), u'\n');
        text += words;
    }
    return text;
}

} // namespace sluice::ui
