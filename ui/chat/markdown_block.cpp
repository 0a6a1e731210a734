#include "sluice/chat/markdown_block.h"

#include "sluice/chat/html_entities_p.h"
#include "sluice/chat/markdown_math_p.h"
#include "sluice/chat/markdown_references_p.h"

#include <QtCore/QByteArray>
#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>

#include <md4c.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::ui {

namespace {

/// Collects what md4c reports; its callbacks hold no exceptions and return 0 to go on.
class Collector {
public:
    explicit Collector(const MarkdownMath &math)
        : m_math(math)
    {
    }

    QList<MarkdownItem> items;

    /// Far more than a piece of real text has; a few bytes of a table can ask for millions of cells.
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
            cell.align = align == MD_ALIGN_RIGHT ? Qt::Alignment(Qt::AlignRight)
                : align == MD_ALIGN_CENTER   ? Qt::Alignment(Qt::AlignHCenter)
                : align == MD_ALIGN_LEFT     ? Qt::AlignLeft | Qt::AlignAbsolute
                                                 : Qt::Alignment(Qt::AlignLeft);
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
            if (entering && !m_item)
                beginLoose();
            if (entering)
                items.last().links.append(address(static_cast<MD_SPAN_A_DETAIL *>(detail)->href));
            break;
        case MD_SPAN_IMG:
            picture(entering ? address(static_cast<MD_SPAN_IMG_DETAIL *>(detail)->src) : QString(), entering);
            return;
        default: return;
        }
        m_depth[flag] += entering ? 1 : -1;
        m_flags = m_depth[flag] > 0 ? m_flags | flag : m_flags & ~flag;
    }

    QString address(const MD_ATTRIBUTE &attribute) const
    {
        QString text;
        for (int i = 0; attribute.substr_offsets[i] < attribute.size; ++i) {
            const MD_OFFSET from = attribute.substr_offsets[i];
            const QByteArray part(attribute.text + from, qsizetype(attribute.substr_offsets[i + 1] - from));
            text += attribute.substr_types[i] == MD_TEXT_ENTITY ? entity(part) : QString::fromUtf8(part);
        }
        return m_math.restored(text);
    }

    /// A picture is not fetched: its description stands there, and behind it where it is.
    void picture(const QString &source, bool entering)
    {
        if (entering) {
            m_pictures.append({source, m_item ? items.last().text.size() : 0});
            return;
        }
        if (m_pictures.isEmpty())
            return;
        const auto [target, start] = m_pictures.takeLast();
        if (!m_item)
            beginLoose();
        MarkdownItem &item = items.last();
        if (item.text.size() > start)
            item.text += u' ';
        const bool web = target.startsWith(QLatin1String("https://"), Qt::CaseInsensitive) || target.startsWith(QLatin1String("http://"), Qt::CaseInsensitive);
        QString shown = target.isEmpty() ? QStringLiteral("\u25a1") : target;
        if (shown.size() > longestAddress)
            shown = shown.left(longestAddress) + u'\u2026';
        if (web)
            item.links.append(target);
        item.runs.append({int(item.text.size()), int(shown.size()), web ? int(MarkdownRun::Link) : int(MarkdownRun::Code),
            web ? int(item.links.size()) - 1 : -1});
        item.text += shown;
    }

    void beginLoose()
    {
        begin(MarkdownItem::Kind::Paragraph); // a tight list item has no paragraph of its own
    }

    void addText(MD_TEXTTYPE type, const MD_CHAR *data, MD_SIZE size)
    {
        if (!m_item) {
            if (m_lists.isEmpty())
                return;
            beginLoose();
        }
        QString text;
        switch (type) {
        case MD_TEXT_NULLCHAR: text = QChar(QChar::ReplacementCharacter); break;
        case MD_TEXT_BR: text = QChar(QChar::LineSeparator); break;
        case MD_TEXT_SOFTBR: text = QStringLiteral(" "); break;
        case MD_TEXT_ENTITY: text = entity(QByteArrayView(data, qsizetype(size))); break;
        case MD_TEXT_NORMAL: {
            text = QString::fromUtf8(data, qsizetype(size));
            if (text.contains(u'<')) {
                static const QRegularExpression lineBreak(QStringLiteral("<br *\\/? *>"), QRegularExpression::CaseInsensitiveOption);
                text.replace(lineBreak, QString(QChar(QChar::LineSeparator)));
            }
            break;
        }
        default: text = QString::fromUtf8(data, qsizetype(size)); break;
        }
        const QList<MarkdownMath::Part> parts = m_math.putBack(text);
        for (const MarkdownMath::Part &part : parts)
            append(part.text, part.math ? m_flags | MarkdownRun::Math : m_flags);
    }

    void append(const QString &text, int flags)
    {
        MarkdownItem &item = items.last();
        if (flags != 0) {
            const int link = (flags & MarkdownRun::Link) != 0 ? int(item.links.size()) - 1 : -1;
            MarkdownRun *last = item.runs.isEmpty() ? nullptr : &item.runs.last();
            if (last != nullptr && last->flags == flags && last->link == link
                && last->start + last->length == int(item.text.size()))
                last->length += int(text.size());
            else
                item.runs.append({int(item.text.size()), int(text.size()), flags, link});
        }
        item.text += text;
    }

    static QString entity(QByteArrayView name)
    {
        if (!name.startsWith("&#")) {
            const QString known = htmlEntity(name.sliced(1).chopped(1));
            return known.isEmpty() ? QString::fromUtf8(name) : known;
        }
        const bool hex = name.size() > 2 && (name.at(2) == 'x' || name.at(2) == 'X');
        const QByteArray digits = name.sliced(hex ? 3 : 2).chopped(1).toByteArray();
        bool ok = false;
        const uint code = digits.toUInt(&ok, hex ? 16 : 10);
        if (!ok || code == 0 || code > QChar::LastValidCodePoint || QChar::isSurrogate(code))
            return QString(QChar(QChar::ReplacementCharacter));
        const char32_t point = code;
        return QString::fromUcs4(&point, 1);
    }

    static constexpr qsizetype longestAddress = 300;

    struct Picture {
        QString source;
        qsizetype start = 0; ///< where its description begins
    };
    const MarkdownMath &m_math;
    QList<Picture> m_pictures;
    QList<List> m_lists;
    QString m_marker;
    std::array<int, 17> m_depth{};
    int m_flags = 0;
    int m_quote = 0;
    int m_row = 0;
    int m_column = 0;
    bool m_item = false;
};

/// The definitions that nothing refers to, which md4c leaves out: they are part of the answer.
void addUnused(QList<MarkdownItem> &items, const QString &source, const MarkdownReferences &references)
{
    for (const MarkdownReferences::Definition &definition : references.unusedIn(source)) {
        const QString words = u'[' + definition.label + QStringLiteral("]: ");
        const bool visible = std::any_of(items.cbegin(), items.cend(), [&words](const MarkdownItem &item) {
            return item.text.contains(words);
        });
        if (visible)
            continue;
        MarkdownItem item;
        item.tight = !items.isEmpty();
        item.text = words + definition.target;
        item.links.append(definition.target);
        item.runs.append({int(words.size()), int(definition.target.size()), MarkdownRun::Link, 0});
        items.append(item);
    }
}

} // namespace

QList<MarkdownItem> parseMarkdown(const MarkdownPiece &piece, const MarkdownReferences *references)
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
    MarkdownMath math;
    const QByteArray utf8 = math.takeOut(references ? piece.text + references->definitionsFor(piece.text) : piece.text).toUtf8();
    Collector collector(math);
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_NOHTML;
    parser.enter_block = Collector::enterBlock;
    parser.leave_block = Collector::leaveBlock;
    parser.enter_span = Collector::enterSpan;
    parser.leave_span = Collector::leaveSpan;
    parser.text = Collector::text;
    const bool whole = md_parse(utf8.constData(), MD_SIZE(utf8.size()), &parser, &collector) == 0;
    const bool onlyDefinitions = references && whole && collector.items.isEmpty();
    if (references)
        addUnused(collector.items, piece.text, *references);
    if (!whole || collector.items.isEmpty()) {
        if (piece.text.trimmed().isEmpty() || onlyDefinitions)
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
