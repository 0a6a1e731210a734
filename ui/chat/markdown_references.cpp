#include "sluice/chat/markdown_references_p.h"

#include <QtCore/QRegularExpression>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr qsizetype longestLabel = 200;

QString normalized(QStringView label)
{
    return label.toString().simplified().toCaseFolded();
}

/// The definitions of a piece, in list items and quotes too. Of its lines only those that begin like one are looked at.
QList<MarkdownReferences::Definition> definitionsIn(const QString &source)
{
    QList<MarkdownReferences::Definition> found;
    if (!source.contains(QLatin1String("]:")))
        return found;
    static const QRegularExpression expression(QStringLiteral(
        R"(^(?:[ >]|[-*+] |\d{1,9}[.)] ){0,12}(\[((?:[^\[\]\\\n]|\\.){1,200})\]:[ \t]*(?:<([^<>\n]{1,4000})>|(\S{1,4000}))(?:[ \t]+(?:"[^"\n]{0,400}"|'[^'\n]{0,400}'|\([^()\n]{0,400}\)))?)[ \t]*$)"));
    for (const QStringView line : QStringView(source).split(u'\n')) {
        if (line.size() > 6000 || !line.contains(u"]:"))
            continue;
        const auto match = expression.match(line.toString());
        if (!match.hasMatch() || match.captured(2).trimmed().isEmpty() || match.captured(2).startsWith(u'^'))
            continue;
        found.append({match.captured(2), match.captured(1), match.captured(3).isEmpty() ? match.captured(4) : match.captured(3)});
    }
    return found;
}

/// The labels between innermost brackets outside of code; definitions and inline links are none.
QStringList labelsIn(const QString &source, qsizetype most)
{
    QStringList labels;
    qsizetype open = -1;
    for (qsizetype i = 0; i < source.size() && labels.size() < most; ++i) {
        const QChar c = source[i];
        if (c == u'\\') {
            ++i;
        } else if (c == u'`') {
            qsizetype end = i;
            while (end < source.size() && source[end] == u'`')
                ++end;
            const qsizetype close = source.indexOf(QStringView(source).mid(i, end - i), end);
            i = (close < 0 ? end : close + (end - i)) - 1;
        } else if (c == u'[') {
            open = i;
        } else if (c == u']' && open >= 0) {
            const QStringView label = QStringView(source).mid(open + 1, i - open - 1);
            const QChar next = i + 1 < source.size() ? source[i + 1] : QChar();
            if (!label.isEmpty() && label.size() <= longestLabel && next != u':' && next != u'(')
                labels.append(normalized(label));
            open = -1;
        }
    }
    labels.removeDuplicates();
    return labels;
}

} // namespace

QList<int> MarkdownReferences::take(int index, const QString &source)
{
    QSet<int> changed;
    for (const Definition &definition : definitionsIn(source)) {
        const QString label = normalized(definition.label);
        if (m_known.contains(label) || m_known.size() >= mostDefinitions)
            continue;
        m_known.insert(label, definition);
        m_definedIn.insert(label, index);
        for (const int piece : m_waiting.value(label))
            changed.insert(piece);
    }
    for (const QString &label : labelsIn(source, mostLabels)) {
        m_waiting[label].append(index);
        if (m_used.contains(label))
            continue;
        m_used.insert(label);
        if (const auto defined = m_definedIn.constFind(label); defined != m_definedIn.constEnd())
            changed.insert(*defined); // it has shown the address as long as nothing led there
    }
    changed.remove(index);
    QList<int> sorted(changed.cbegin(), changed.cend());
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

QString MarkdownReferences::definitionsFor(const QString &source) const
{
    if (m_known.isEmpty() || !source.contains(u'['))
        return {};
    QString lines;
    for (const QString &label : labelsIn(source, mostLabels)) {
        if (const auto known = m_known.constFind(label); known != m_known.constEnd())
            lines += u'\n' + known->source;
    }
    return lines.isEmpty() ? lines : u'\n' + lines;
}

QList<MarkdownReferences::Definition> MarkdownReferences::unusedIn(const QString &source) const
{
    QList<Definition> unused;
    for (const Definition &definition : definitionsIn(source)) {
        const auto known = m_known.constFind(normalized(definition.label));
        // A second definition of a label counts for nothing, so it is shown as well.
        if (known == m_known.constEnd() || !m_used.contains(normalized(definition.label)) || known->source != definition.source)
            unused.append(definition);
    }
    return unused;
}

} // namespace sluice::ui
