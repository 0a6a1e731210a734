#include "sluice/results/markdown_document_p.h"

#include "sluice/chat/markdown_block.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QTextCursor>
#include <QtGui/QTextDocument>
#include <QtGui/QTextTable>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int mostColumns = 64;
constexpr int indentStep = 20;

Theme::Type typeOf(const MarkdownItem &item)
{
    switch (item.kind) {
    case MarkdownItem::Kind::Code: return Theme::Type::Mono;
    case MarkdownItem::Kind::Heading:
        return item.level == 1 ? Theme::Type::Title20 : item.level == 2 ? Theme::Type::Heading15 : Theme::Type::BodyStrong13;
    default: return item.headerCell ? Theme::Type::BodyStrong13 : Theme::Type::Body13;
    }
}

QTextCharFormat formatOf(const MarkdownItem &item, const MarkdownRun &run)
{
    QTextCharFormat format;
    format.setFont(Theme::font((run.flags & (MarkdownRun::Code | MarkdownRun::Math)) != 0 ? Theme::Type::Mono : typeOf(item)));
    if ((run.flags & (MarkdownRun::Code | MarkdownRun::Math)) != 0)
        format.setBackground(Theme::color(Theme::Role::CodeBackground));
    if ((run.flags & MarkdownRun::Bold) != 0)
        format.setFontWeight(QFont::DemiBold);
    if ((run.flags & MarkdownRun::Italic) != 0)
        format.setFontItalic(true);
    if ((run.flags & MarkdownRun::Strike) != 0)
        format.setFontStrikeOut(true);
    if ((run.flags & MarkdownRun::Link) != 0) {
        format.setAnchor(true);
        format.setAnchorHref(item.links.value(run.link));
        format.setToolTip(item.links.value(run.link).left(300));
        format.setForeground(Theme::color(Theme::Role::Accent));
        format.setFontUnderline(true);
    }
    return format;
}

void insertWords(QTextCursor &cursor, const MarkdownItem &item)
{
    QTextCharFormat plain;
    plain.setFont(Theme::font(typeOf(item)));
    if (item.quote > 0)
        plain.setForeground(Theme::color(Theme::Role::Muted));
    if (!item.marker.isEmpty())
        cursor.insertText(item.marker + u' ', plain);
    QString text = item.text;
    text.replace(u'\n', QChar(QChar::LineSeparator));
    int at = 0;
    for (const MarkdownRun &run : item.runs) {
        cursor.insertText(text.mid(at, run.start - at), plain);
        cursor.insertText(text.mid(run.start, run.length), formatOf(item, run));
        at = run.start + run.length;
    }
    cursor.insertText(text.mid(at), plain);
}

QTextBlockFormat blockOf(const MarkdownItem &item, bool first)
{
    QTextBlockFormat format;
    format.setLeftMargin(item.indent * indentStep + item.quote * space::Two);
    format.setTopMargin(first ? 0 : item.tight ? space::Half : space::One);
    switch (item.kind) {
    case MarkdownItem::Kind::Heading:
        format.setTopMargin(first ? 0 : space::Two);
        format.setBottomMargin(space::Half);
        format.setHeadingLevel(item.level);
        break;
    case MarkdownItem::Kind::Code:
        format.setBackground(Theme::color(Theme::Role::CodeBackground));
        format.setTopMargin(item.opens ? space::One : 0);
        format.setLayoutDirection(Qt::LeftToRight);
        format.setNonBreakableLines(false);
        break;
    case MarkdownItem::Kind::Rule: format.setProperty(QTextFormat::BlockTrailingHorizontalRulerWidth, true); break;
    default: format.setLineHeight(125, QTextBlockFormat::ProportionalHeight); break;
    }
    return format;
}

/// The cells from `index` on that make one table; where it ends.
qsizetype insertTable(QTextCursor &cursor, const QList<MarkdownItem> &items, qsizetype index)
{
    qsizetype end = index;
    int columns = 1;
    int rows = 0;
    int row = -1;
    for (; end < items.size() && items[end].kind == MarkdownItem::Kind::Cell; ++end) {
        if (items[end].row < row || (end > index && items[end].row == 0 && items[end].column == 0))
            break;
        if (items[end].row != row) {
            row = items[end].row;
            ++rows;
        }
        columns = std::clamp(items[end].column + 1, columns, mostColumns);
    }
    QTextTableFormat format;
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBorder(1);
    format.setBorderBrush(Theme::color(Theme::Role::Border));
    format.setBorderCollapse(true);
    format.setCellPadding(space::Half);
    format.setTopMargin(space::One);
    QTextTable *table = cursor.insertTable(rows, columns, format);
    int at = -1;
    row = -1;
    for (qsizetype i = index; i < end; ++i) {
        if (items[i].row != row) {
            row = items[i].row;
            ++at;
        }
        if (items[i].column >= columns)
            continue;
        QTextCursor cell = table->cellAt(at, items[i].column).firstCursorPosition();
        QTextBlockFormat block;
        block.setAlignment(items[i].align);
        cell.setBlockFormat(block);
        insertWords(cell, items[i]);
    }
    cursor.movePosition(QTextCursor::End);
    return end;
}

} // namespace

void fillFromMarkdown(QTextDocument &document, const QString &text)
{
    document.clear();
    document.setUndoRedoEnabled(false);
    const QList<MarkdownItem> items = parseMarkdownText(text);
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    bool fresh = true; // the cursor stands in a block that holds nothing yet
    for (qsizetype i = 0; i < items.size();) {
        if (items[i].kind == MarkdownItem::Kind::Cell) {
            i = insertTable(cursor, items, i);
            fresh = true; // Qt leaves an empty block behind a table
            continue;
        }
        const QTextBlockFormat format = blockOf(items[i], i == 0);
        if (fresh)
            cursor.setBlockFormat(format);
        else
            cursor.insertBlock(format);
        fresh = false;
        insertWords(cursor, items[i]);
        ++i;
    }
    cursor.endEditBlock();
}

} // namespace sluice::ui
