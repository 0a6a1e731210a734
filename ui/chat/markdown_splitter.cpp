#include "sluice/chat/markdown_splitter.h"

#include "sluice/chat/markdown_math_p.h"

#include <algorithm>
#include <utility>

namespace sluice::ui {

namespace {

int indentOf(QStringView line)
{
    int columns = 0;
    for (const QChar c : line) {
        if (c == u' ')
            ++columns;
        else if (c == u'\t')
            columns += 4 - columns % 4;
        else
            break;
    }
    return columns;
}

bool isBlank(QStringView line)
{
    return std::all_of(line.begin(), line.end(), [](QChar c) { return c.isSpace(); });
}

/// Length of the list marker with the blanks after it ("- " is 2, "12. " is 4), 0 when there is none.
int listMarker(QStringView trimmed)
{
    if (trimmed.isEmpty())
        return 0;
    qsizetype length = 0;
    if (trimmed[0] == u'-' || trimmed[0] == u'*' || trimmed[0] == u'+') {
        length = 1;
    } else {
        while (length < trimmed.size() && length < 9 && trimmed[length].unicode() >= '0' && trimmed[length].unicode() <= '9')
            ++length;
        if (length == 0 || length >= trimmed.size() || (trimmed[length] != u'.' && trimmed[length] != u')'))
            return 0;
        ++length;
    }
    if (length == trimmed.size())
        return int(length) + 1;
    if (trimmed[length] != u' ' && trimmed[length] != u'\t')
        return 0;
    qsizetype blanks = 0;
    while (length + blanks < trimmed.size() && trimmed[length + blanks] == u' ' && blanks < 5)
        ++blanks;
    return int(length) + (blanks > 4 || blanks == 0 ? 1 : int(blanks));
}

/// Length of the run of fence characters that opens or closes a code block, 0 when there is none.
int fenceRun(QStringView trimmed)
{
    if (trimmed.isEmpty() || (trimmed[0] != u'`' && trimmed[0] != u'~'))
        return 0;
    qsizetype run = 0;
    while (run < trimmed.size() && trimmed[run] == trimmed[0])
        ++run;
    if (run < 3)
        return 0;
    // A back-tick fence has no back-tick after it; otherwise it is inline code.
    if (trimmed[0] == u'`' && trimmed.mid(run).contains(u'`'))
        return 0;
    return int(run);
}

bool isHeading(QStringView trimmed)
{
    qsizetype hashes = 0;
    while (hashes < trimmed.size() && trimmed[hashes] == u'#')
        ++hashes;
    return hashes >= 1 && hashes <= 6 && (hashes == trimmed.size() || trimmed[hashes].isSpace());
}

bool isRule(QStringView trimmed)
{
    if (trimmed.isEmpty() || (trimmed[0] != u'-' && trimmed[0] != u'*' && trimmed[0] != u'_'))
        return false;
    int marks = 0;
    for (const QChar c : trimmed) {
        if (c == trimmed[0])
            ++marks;
        else if (!c.isSpace())
            return false;
    }
    return marks >= 3;
}

bool isTableRule(QStringView trimmed)
{
    bool dash = false;
    bool bar = false;
    for (const QChar c : trimmed) {
        dash = dash || c == u'-';
        bar = bar || c == u'|';
        if (c != u'-' && c != u'|' && c != u':' && !c.isSpace())
            return false;
    }
    return dash && bar;
}

} // namespace

QList<MarkdownPiece> MarkdownSplitter::append(QStringView text)
{
    qsizetype from = 0;
    while (from < text.size()) {
        const qsizetype end = text.indexOf(u'\n', from);
        if (end < 0) {
            m_partial += text.mid(from);
            break;
        }
        if (m_partial.isEmpty()) {
            takeLine(text.mid(from, end - from));
        } else {
            m_partial += text.mid(from, end - from);
            const QString line = std::exchange(m_partial, {});
            takeLine(line);
        }
        from = end + 1;
    }
    if (m_blankSeen && m_block != Block::None && !isBlank(m_partial)) {
        // The first character after a blank line usually tells already that the piece before it is complete.
        const int indent = indentOf(m_partial);
        if (indent < m_listIndent + 2 || m_block != Block::List) {
            if (endsAtBlank(QStringView(m_partial).trimmed(), indent)) {
                emitPiece();
                m_any = false;
            }
        }
    }
    cutOverlong();
    return std::exchange(m_done, {});
}

QList<MarkdownPiece> MarkdownSplitter::finish()
{
    if (!m_partial.isEmpty()) {
        const QString line = std::exchange(m_partial, {});
        takeLine(line);
    }
    emitPiece(true);
    m_blankSeen = true;
    return std::exchange(m_done, {});
}

MarkdownPiece MarkdownSplitter::open() const
{
    MarkdownPiece piece;
    piece.tight = m_tight;
    piece.continuesTable = m_continuesTable;
    const bool fence = m_block == Block::Fence;
    if (m_open.isEmpty() && m_partial.isEmpty() && !fence)
        return piece;
    piece.text = m_blankSeen && m_block != Block::None ? m_open + u'\n' + m_partial : m_open + m_partial;
    if (fence) {
        piece.kind = MarkdownPiece::Kind::Code;
        piece.language = m_language;
        piece.opens = !m_codeOpened;
        piece.closes = true;
        // A closing fence that is still arriving is not shown as code.
        const QStringView rest = QStringView(m_partial).trimmed();
        if (!rest.isEmpty() && std::all_of(rest.begin(), rest.end(), [this](QChar c) { return c == m_fence; }))
            piece.text = m_open;
        if (piece.text.endsWith(u'\n'))
            piece.text.chop(1);
    } else if (m_block == Block::None) {
        piece.tight = m_any && !m_blankSeen;
    }
    return piece;
}

void MarkdownSplitter::takeLine(QStringView line)
{
    if (line.endsWith(u'\r'))
        line.chop(1);
    if (m_block == Block::Fence) {
        takeFenceLine(line);
        return;
    }
    const QStringView trimmed = line.trimmed();
    if (m_block == Block::List && m_fenceLength > 0) {
        // Inside a code block of a list item nothing else has a meaning.
        const int run = fenceRun(trimmed);
        if (run >= m_fenceLength && trimmed[0] == m_fence && run == trimmed.size())
            m_fenceLength = 0;
        m_open += line;
        m_open += u'\n';
        return;
    }
    if (!m_mathCloser.isEmpty() && m_block != Block::None && !isBlank(line)) {
        // In a formula nothing is a list, a rule or a heading. A blank line ends one that is never closed.
        if (line.contains(m_mathCloser))
            m_mathCloser.clear();
        m_open += line;
        m_open += u'\n';
        return;
    }
    m_mathCloser.clear();
    if (isBlank(line)) {
        if (m_block == Block::None)
            m_any = false;
        else
            m_blankSeen = true;
        return;
    }
    const int indent = indentOf(line);
    if (m_block != Block::None && (m_blankSeen ? endsAtBlank(trimmed, indent) : interrupts(trimmed, indent))) {
        const bool blank = m_blankSeen;
        emitPiece();
        m_any = !blank;
    }
    const bool formula = trimmed[0] == u'\\' || trimmed[0] == u'$';
    if (m_block == Block::None) {
        startBlock(line, indent);
        if (formula && m_block == Block::Paragraph)
            m_mathCloser = MarkdownMath::closerOfLine(trimmed);
        return;
    }
    if (formula && m_block != Block::Indented && m_block != Block::Table)
        m_mathCloser = MarkdownMath::closerOfLine(trimmed);
    if (m_blankSeen)
        m_open += u'\n';
    m_blankSeen = false;
    if (m_block == Block::Paragraph && isTableRule(trimmed) && m_open.count(u'\n') == 1) {
        m_block = Block::Table;
        m_tableHead = m_open + line.toString() + u'\n';
    }
    if (m_block == Block::List) {
        const int run = fenceRun(trimmed);
        if (run > 0) {
            m_fence = trimmed[0];
            m_fenceLength = run;
        }
    }
    m_open += line;
    m_open += u'\n';
}

void MarkdownSplitter::takeFenceLine(QStringView line)
{
    const QStringView trimmed = line.trimmed();
    const int run = fenceRun(trimmed);
    if (run >= m_fenceLength && trimmed[0] == m_fence && run == trimmed.size() && indentOf(line) <= 3) {
        emitPiece(true);
        m_any = true;
        return;
    }
    int strip = 0;
    while (strip < m_fenceIndent && strip < line.size() && line[strip] == u' ')
        ++strip;
    m_open += line.mid(strip);
    m_open += u'\n';
    if (++m_codeLines >= maxCodeLines)
        emitPiece(false);
}

bool MarkdownSplitter::endsAtBlank(QStringView trimmed, int indent) const
{
    if (m_block == Block::List)
        return indent < m_contentIndent && !(indent >= m_listIndent + 2 && listMarker(trimmed) > 0);
    if (m_block == Block::Indented)
        return indent < 4;
    return true;
}

bool MarkdownSplitter::interrupts(QStringView trimmed, int indent) const
{
    if (m_block == Block::List) {
        if (indent >= m_contentIndent)
            return false;
        // The next item of the same list is a piece of its own; deeper items stay with theirs.
        return (listMarker(trimmed) > 0 && indent < m_listIndent + 2) || fenceRun(trimmed) > 0 || isHeading(trimmed)
            || isRule(trimmed) || trimmed[0] == u'>';
    }
    if (m_block == Block::Indented)
        return indent < 4;
    if (m_block == Block::Quote)
        return trimmed[0] != u'>' && (fenceRun(trimmed) > 0 || isHeading(trimmed) || isRule(trimmed) || listMarker(trimmed) > 0);
    if (indent >= 4)
        return false;
    if (fenceRun(trimmed) > 0 || isHeading(trimmed) || trimmed[0] == u'>')
        return true;
    if (isRule(trimmed))
        return trimmed[0] != u'-' || trimmed.contains(u' '); // "---" below text makes it a heading
    const int marker = listMarker(trimmed);
    return marker > 0 && marker <= trimmed.size() && (!trimmed[0].isDigit() || trimmed.startsWith(u"1.") || trimmed.startsWith(u"1)"));
}

void MarkdownSplitter::startBlock(QStringView line, int indent)
{
    const QStringView trimmed = line.trimmed();
    m_tight = m_any && !m_blankSeen;
    m_blankSeen = false;
    const int run = indent < 4 ? fenceRun(trimmed) : 0;
    if (run > 0) {
        m_block = Block::Fence;
        m_fence = trimmed[0];
        m_fenceLength = run;
        m_fenceIndent = indent;
        m_language = trimmed.mid(run).trimmed().toString().section(u' ', 0, 0).left(40);
        m_codeOpened = false;
        m_codeLines = 0;
        return;
    }
    m_open += line;
    m_open += u'\n';
    if (indent >= 4) {
        m_block = Block::Indented;
    } else if (isHeading(trimmed) || isRule(trimmed)) {
        m_block = Block::Paragraph;
        emitPiece();
        m_any = true;
    } else if (const int marker = listMarker(trimmed); marker > 0) {
        m_block = Block::List;
        m_listIndent = indent;
        m_contentIndent = indent + marker;
        const QStringView content = trimmed.mid(std::min<qsizetype>(marker, trimmed.size())).trimmed();
        m_fenceLength = fenceRun(content);
        if (m_fenceLength > 0)
            m_fence = content[0];
    } else {
        m_block = trimmed[0] == u'>' ? Block::Quote : Block::Paragraph;
    }
}

void MarkdownSplitter::cutOverlong()
{
    if (m_block == Block::None && m_partial.size() > maxPiece)
        m_block = Block::Paragraph;
    while (m_open.size() + m_partial.size() > maxPiece) {
        const Block block = m_block;
        const bool headOnly = m_continuesTable && m_open.size() == m_tableHead.size();
        if (!m_open.isEmpty() && !headOnly) {
            // Where a line ends.
            emitPiece();
            m_block = block == Block::Fence ? Block::Fence : Block::None;
            if (block == Block::Table && m_tableHead.size() < maxPiece / 2) {
                m_block = Block::Table;
                m_open = m_tableHead;
                m_continuesTable = true;
            }
        } else {
            // A line without end is cut where a word ends.
            m_continuesTable = false;
            qsizetype cut = m_partial.lastIndexOf(u' ', maxPiece);
            cut = cut <= 0 ? std::min(maxPiece, m_partial.size()) : cut + 1;
            m_open = m_partial.left(cut);
            m_partial.remove(0, cut);
            m_block = block == Block::Fence ? Block::Fence : Block::Paragraph;
            emitPiece();
            m_block = block == Block::Fence ? Block::Fence : Block::Paragraph;
        }
        m_any = true;
        m_tight = true;
    }
}

void MarkdownSplitter::emitPiece(bool closes)
{
    const bool fence = m_block == Block::Fence;
    if (m_block == Block::None)
        return;
    MarkdownPiece piece;
    piece.text = std::exchange(m_open, {});
    piece.tight = m_tight;
    piece.continuesTable = std::exchange(m_continuesTable, false);
    if (piece.text.endsWith(u'\n'))
        piece.text.chop(1);
    if (fence) {
        piece.kind = MarkdownPiece::Kind::Code;
        piece.language = m_language;
        piece.opens = !m_codeOpened;
        piece.closes = closes;
        m_codeOpened = true;
        m_codeLines = 0;
        m_tight = true;
    }
    m_done.append(piece);
    if (fence && !closes)
        return;
    m_block = Block::None;
    m_fenceLength = 0;
    m_tight = false;
}

} // namespace sluice::ui
