#include "sluice/chat/markdown_math_p.h"

#include <algorithm>

namespace sluice::ui {

namespace {

// A noncharacter, which text does not hold, and a private one that numbers the formula.
constexpr char16_t mark = 0xfdd0;
constexpr char16_t firstNumber = 0xe000;
constexpr int mostFormulas = 0x1900;

/// Where the back-ticks that begin at `at` and the code between them end; behind the ticks alone when nothing closes them.
qsizetype behindCode(QStringView text, qsizetype at)
{
    qsizetype ticks = at;
    while (ticks < text.size() && text[ticks] == u'`')
        ++ticks;
    const qsizetype count = ticks - at;
    for (qsizetype i = ticks; i < text.size();) {
        i = text.indexOf(u'`', i);
        if (i < 0)
            break;
        qsizetype end = i;
        while (end < text.size() && text[end] == u'`')
            ++end;
        if (end - i == count)
            return end;
        i = end;
    }
    return ticks;
}

/// "align*" of "\begin{align*}…"; empty when there is no such word.
QStringView environment(QStringView text)
{
    if (!text.startsWith(u"\\begin{"))
        return {};
    const qsizetype end = text.left(60).indexOf(u'}');
    if (end < 8)
        return {};
    const QStringView name = text.mid(7, end - 7);
    return std::all_of(name.begin(), name.end(), [](QChar c) { return c.isLetter() || c == u'*'; }) ? name : QStringView();
}

QString closerOf(QStringView text)
{
    if (text.startsWith(u"\\("))
        return QStringLiteral("\\)");
    if (text.startsWith(u"\\["))
        return QStringLiteral("\\]");
    if (text.startsWith(u"$$"))
        return QStringLiteral("$$");
    if (const QStringView name = environment(text); !name.isEmpty())
        return QStringLiteral("\\end{") + name.toString() + u'}';
    return {};
}

bool isPrice(QStringView inside)
{
    return inside.front().isDigit() && std::any_of(inside.begin(), inside.end(), [](QChar c) { return c.isSpace(); })
        && std::none_of(inside.begin(), inside.end(), [](QChar c) { return QStringView(u"\\^_={}+*<>").contains(c); });
}

/// The end of the formula between single dollars that opens at `at`, or -1.
qsizetype behindDollars(QStringView text, qsizetype at)
{
    if (at + 1 >= text.size() || text[at + 1].isSpace() || (at > 0 && text[at - 1].isLetterOrNumber()))
        return -1;
    for (qsizetype i = at + 1; i < text.size(); ++i) {
        if (text[i] == u'\\') {
            ++i;
            continue;
        }
        if (text[i] == u'\n' && i + 1 < text.size() && text[i + 1] == u'\n')
            return -1;
        if (text[i] != u'$')
            continue;
        const bool closes = i > at + 1 && !text[i - 1].isSpace() && (i + 1 == text.size() || (!text[i + 1].isLetterOrNumber() && text[i + 1] != u'$'));
        return closes && !isPrice(text.mid(at + 1, i - at - 1)) ? i + 1 : -1;
    }
    return -1;
}

} // namespace

QString MarkdownMath::takeOut(const QString &source)
{
    m_formulas.clear();
    if (!source.contains(u'$') && !source.contains(u'\\') && !source.contains(QChar(mark)))
        return source;
    const QStringView text(source);
    QString result;
    result.reserve(source.size());
    QStringList hopeless; // closers that do not come any more: looked for once
    for (qsizetype at = 0; at < text.size();) {
        const QChar c = text[at];
        if (c == u'`') {
            const qsizetype end = behindCode(text, at);
            result += text.mid(at, end - at);
            at = end;
            continue;
        }
        qsizetype end = -1;
        if (c == u'\\' || c == u'$') {
            const QString closer = closerOf(text.mid(at));
            if (!closer.isEmpty() && !hopeless.contains(closer)) {
                const qsizetype found = text.indexOf(closer, at + 2);
                if (found < 0)
                    hopeless.append(closer);
                else
                    end = found + closer.size();
            } else if (closer.isEmpty() && c == u'$') {
                end = behindDollars(text, at);
            }
        }
        if (end > 0 && m_formulas.size() < mostFormulas) {
            result += QChar(mark);
            result += QChar(char16_t(firstNumber + m_formulas.size()));
            m_formulas.append(text.mid(at, end - at).toString());
            at = end;
        } else if (c == u'\\' && at + 1 < text.size()) {
            result += text.mid(at, 2); // an escaped sign opens nothing
            at += 2;
        } else {
            result += c == QChar(mark) ? QChar(QChar::ReplacementCharacter) : c;
            ++at;
        }
    }
    return result;
}

QList<MarkdownMath::Part> MarkdownMath::putBack(const QString &text) const
{
    QList<Part> parts;
    qsizetype from = 0;
    for (qsizetype at = text.indexOf(QChar(mark)); at >= 0 && !m_formulas.isEmpty(); at = text.indexOf(QChar(mark), from)) {
        if (at > from)
            parts.append({text.mid(from, at - from), false});
        const int number = at + 1 < text.size() ? text[at + 1].unicode() - firstNumber : -1;
        parts.append({m_formulas.value(number), true});
        from = at + 2;
    }
    if (from < text.size())
        parts.append({text.mid(from), false});
    return parts;
}

QString MarkdownMath::restored(const QString &text) const
{
    QString result;
    const QList<Part> parts = putBack(text);
    for (const Part &part : parts)
        result += part.text;
    return result;
}

QString MarkdownMath::closerOfLine(QStringView trimmed)
{
    const QString closer = trimmed.startsWith(u"\\(") ? QString() : closerOf(trimmed);
    return closer.isEmpty() || trimmed.indexOf(closer, 2) >= 0 ? QString() : closer;
}

} // namespace sluice::ui
