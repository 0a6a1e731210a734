#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringView>

namespace sluice::ui {

/// A piece of Markdown that can be laid out on its own: a paragraph, a heading, one list item, a part of a code block.
struct MarkdownPiece {
    enum class Kind { Markdown, Code };
    Kind kind = Kind::Markdown;
    QString text;      ///< Markdown source; for Code the lines without their fences
    QString language;  ///< of Code, as written after the fence
    bool tight = false;      ///< follows the piece before it without a blank line
    bool opens = false;  ///< first piece of its code block
    bool closes = false; ///< last piece of its code block
    bool continuesTable = false; ///< further rows of the table before it; its two head lines are repeated
    bool operator==(const MarkdownPiece &) const = default;
};

/// Cuts Markdown that arrives bit by bit into pieces that will never change again, and an open rest.
///
/// Looks at every character once, so that a long answer costs the same per token at its end as at its start; pieces
/// are bounded, so that drawing the open one again stays cheap whatever arrives. Pure; no widgets.
class MarkdownSplitter {
public:
    /// Takes the next characters and gives the pieces that they completed.
    [[nodiscard]] QList<MarkdownPiece> append(QStringView text);
    /// Ends the text and gives what was still open.
    [[nodiscard]] QList<MarkdownPiece> finish();
    /// The piece still growing, or one with empty text.
    [[nodiscard]] MarkdownPiece open() const;

    /// Characters after which a piece is cut even in the middle of a paragraph.
    static constexpr qsizetype maxPiece = 6000;
    /// Lines after which a long code block goes on in the next piece.
    static constexpr int maxCodeLines = 40;

private:
    enum class Block { None, Paragraph, List, Quote, Table, Indented, Fence };

    void takeLine(QStringView line);
    void takeFenceLine(QStringView line);
    [[nodiscard]] bool endsAtBlank(QStringView line, int indent) const;
    [[nodiscard]] bool interrupts(QStringView line, int indent) const;
    void startBlock(QStringView line, int indent);
    void cutOverlong();
    void emitPiece(bool closes = false);

    QList<MarkdownPiece> m_done;
    QString m_open;     ///< complete lines of the open piece
    QString m_partial;  ///< the line that has no end yet
    Block m_block = Block::None;
    bool m_blankSeen = false; ///< a blank line came after the open piece's last line
    bool m_tight = false;
    bool m_any = false;      ///< a piece was emitted since the last blank line
    int m_listIndent = 0;    ///< columns before the list's marker
    int m_contentIndent = 0; ///< columns before the text of its item
    QString m_mathCloser;    ///< ends the formula whose lines are being taken; empty outside of one
    QChar m_fence;           ///< of the open code block, or of one inside a list item
    int m_fenceLength = 0;
    int m_fenceIndent = 0;
    QString m_language;
    QString m_tableHead;          ///< the first two lines of the open table
    bool m_continuesTable = false;
    bool m_codeOpened = false; ///< a piece of the open code block was emitted already
    int m_codeLines = 0;
};

} // namespace sluice::ui
