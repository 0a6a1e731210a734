#pragma once

#include "sluice/chat/markdown_splitter.h"

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace sluice::ui {

class MarkdownReferences;

/// A stretch of characters that look alike.
struct MarkdownRun {
    enum Flag { Bold = 1, Italic = 2, Code = 4, Strike = 8, Link = 16, Math = 32 };
    int start = 0;
    int length = 0;
    int flags = 0;
    int link = -1; ///< index into MarkdownItem::links
    bool operator==(const MarkdownRun &) const = default;
};

/// One thing that is laid out by itself: a paragraph, a heading, lines of code, a cell, a rule, a note in small type.
struct MarkdownItem {
    enum class Kind { Paragraph, Heading, Code, Cell, Rule, Note };
    Kind kind = Kind::Paragraph;
    int level = 0;     ///< of a heading, 1 to 6
    int quote = 0;     ///< how many quotes it stands in
    int indent = 0;    ///< how many lists it stands in
    QString marker;    ///< bullet or number in front of it; only of a list item's first item
    QString text;
    QList<MarkdownRun> runs;
    QStringList links;
    QString language;  ///< of code
    bool tight = false;      ///< little room above
    bool opens = true;       ///< false when it goes on from the piece before
    bool closes = true;
    int row = 0;             ///< of a cell
    int column = 0;
    bool headerCell = false;
    Qt::Alignment align = Qt::AlignLeft; ///< of a cell; with AlignAbsolute when the author asked for the left
};

/// Parses a piece of Markdown (md4c, GitHub's dialect; HTML is shown as the text that it is, but for `<br>`). Pictures
/// become their description and a link to their address; nothing is fetched. Formulas keep their source. `references`
/// are the definitions of the whole answer; without them a piece knows its own. Pure.
[[nodiscard]] QList<MarkdownItem> parseMarkdown(const MarkdownPiece &piece, const MarkdownReferences *references = nullptr);

/// The words of the items as a person would copy them.
[[nodiscard]] QString plainText(const QList<MarkdownItem> &items);

} // namespace sluice::ui
