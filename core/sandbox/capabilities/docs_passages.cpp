#include "sluice/sandbox/capabilities/docs_passages.h"

#include <QtCore/QRegularExpression>

#include <algorithm>

namespace sluice::sandbox {
namespace {

constexpr qsizetype PassageLength = 900; // characters; a passage grows to about this before the next one begins

bool isFence(const QString &line)
{
    return line.trimmed().startsWith(QStringLiteral("```")) || line.trimmed().startsWith(QStringLiteral("~~~"));
}

bool isTableRow(const QString &line)
{
    return line.trimmed().startsWith(u'|');
}

bool isRule(const QString &line)
{
    static const QRegularExpression rule(QStringLiteral("^\\s{0,3}([-*_]\\s*){3,}$"));
    return rule.match(line).hasMatch();
}

bool isListItem(const QString &line)
{
    static const QRegularExpression item(QStringLiteral("^\\s{0,3}([-*+]|\\d{1,3}[.)])\\s"));
    return item.match(line).hasMatch();
}

/// Blocks of one section: a paragraph, a list item, a whole code block, a whole table.
QStringList blocksOf(const QStringList &lines)
{
    enum class In { Nothing, Text, Code, Table };
    QStringList blocks;
    QStringList current;
    In in = In::Nothing;
    const auto end = [&] {
        if (!current.isEmpty())
            blocks.append(current.join(u'\n'));
        current.clear();
        in = In::Nothing;
    };
    for (const QString &line : lines) {
        if (in == In::Code) {
            current.append(line);
            if (isFence(line))
                end();
        } else if (isFence(line)) {
            // A code block belongs to the sentence that introduces it.
            if (in == In::Table)
                end();
            current.append(line);
            in = In::Code;
        } else if (line.trimmed().isEmpty() || isRule(line)) {
            end();
        } else if (isTableRow(line) != (in == In::Table) && in != In::Nothing) {
            end();
            current.append(line);
            in = isTableRow(line) ? In::Table : In::Text;
        } else {
            if (in == In::Text && isListItem(line))
                end();
            current.append(line);
            in = isTableRow(line) ? In::Table : In::Text;
        }
    }
    end();
    return blocks;
}

/// A table in parts of a passage's length, each with the head.
QStringList tableParts(const QString &table)
{
    const QStringList rows = table.split(u'\n');
    if (table.size() <= PassageLength || rows.size() < 4)
        return {table};
    const QString head = rows[0] + u'\n' + rows[1];
    QStringList parts;
    QString current = head;
    for (const QString &row : rows.mid(2)) {
        if (current.size() + row.size() > PassageLength && current.size() > head.size()) {
            parts.append(current);
            current = head;
        }
        current += u'\n' + row;
    }
    parts.append(current);
    return parts;
}

void appendSection(QList<Passage> &passages, const Passage &section, const QStringList &lines)
{
    QString text;
    bool endsInList = false;
    const auto end = [&] {
        if (text.isEmpty())
            return;
        Passage passage = section;
        passage.text = text;
        passages.append(passage);
        text.clear();
    };
    for (const QString &block : blocksOf(lines)) {
        const QStringList parts = isTableRow(block) ? tableParts(block) : QStringList{block};
        for (const QString &part : parts) {
            if (!text.isEmpty() && text.size() + part.size() > PassageLength)
                end();
            const bool item = isListItem(part);
            if (!text.isEmpty())
                text += item && endsInList ? QStringLiteral("\n") : QStringLiteral("\n\n");
            text += part;
            endsInList = item;
        }
    }
    end();
}

} // namespace

QList<Passage> splitMarkdown(const QString &document, const QString &markdown)
{
    static const QRegularExpression headingLine(QStringLiteral("^(#{1,6})\\s+(.*?)\\s*#*\\s*$"));
    QList<Passage> passages;
    Passage section;
    section.document = document;
    section.title = document;
    QStringList lines;
    QList<int> levels;
    bool inCode = false;
    for (const QString &line : markdown.split(u'\n')) {
        if (isFence(line))
            inCode = !inCode;
        const QRegularExpressionMatch match = inCode ? QRegularExpressionMatch() : headingLine.match(line);
        if (!match.hasMatch()) {
            lines.append(line);
            continue;
        }
        appendSection(passages, section, lines);
        lines.clear();
        const int level = int(match.capturedLength(1));
        const QString heading = match.captured(2);
        if (level == 1 && section.title == document) {
            section.title = heading;
            continue;
        }
        while (!levels.isEmpty() && levels.last() >= level) {
            levels.removeLast();
            section.headings.removeLast();
        }
        levels.append(level);
        section.headings.append(heading);
    }
    appendSection(passages, section, lines);
    return passages;
}

QString withRows(const QString &markdown, int mostRows, const std::function<bool(const QString &)> &wanted)
{
    const QStringList lines = markdown.split(u'\n');
    const auto first = std::find_if(lines.begin(), lines.end(), isTableRow);
    const auto last = std::find_if_not(first, lines.end(), isTableRow);
    const auto count = last - first;
    if (count < 3 || count - 2 <= mostRows)
        return markdown;
    QStringList matching;
    std::copy_if(first + 2, last, std::back_inserter(matching), wanted);
    const QStringList rows = matching.isEmpty() ? QStringList(first + 2, last) : matching;
    QStringList result(lines.begin(), first + 2);
    result += rows.mid(0, mostRows);
    return (result + QStringList(last, lines.end())).join(u'\n');
}

} // namespace sluice::sandbox
