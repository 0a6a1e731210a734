#include "sluice/chat/code_colors_p.h"

#include "sluice/widgets/theme.h"

#include <QtCore/QSet>

#include <algorithm>

namespace sluice::ui {

namespace {

const QSet<QString> &keywords()
{
    static const QSet<QString> words = [] {
        const QString all = QStringLiteral(
            "and as assert async await auto bool break case catch char class const constexpr continue def default del delete do "
            "double elif else enum except export extends false False final finally float fn for from func function global go if "
            "impl import in include inline int interface is lambda let long match mod mut namespace new nil None nonlocal not "
            "null nullptr operator or override package pass private protected pub public raise return self short signed sizeof "
            "static struct super switch template this throw true True try type typedef typename typeof undefined union unsigned "
            "use using var virtual void while with yield echo fi done then esac local select where insert update values "
            "SELECT FROM WHERE INSERT INTO VALUES UPDATE CREATE TABLE");
        const QStringList list = all.split(u' ');
        return QSet<QString>(list.begin(), list.end());
    }();
    return words;
}

QTextCharFormat colored(Theme::Role role)
{
    QTextCharFormat format;
    format.setForeground(Theme::color(role));
    return format;
}

/// What begins a comment that ends with the line.
QStringList lineComments(const QString &language)
{
    static const QStringList hash{QStringLiteral("python"), QStringLiteral("py"), QStringLiteral("bash"), QStringLiteral("sh"),
        QStringLiteral("shell"), QStringLiteral("zsh"), QStringLiteral("yaml"), QStringLiteral("yml"), QStringLiteral("toml"),
        QStringLiteral("ruby"), QStringLiteral("cmake"), QStringLiteral("makefile"), QStringLiteral("ini")};
    if (hash.contains(language))
        return {QStringLiteral("#")};
    if (language == QLatin1String("sql") || language == QLatin1String("lua"))
        return {QStringLiteral("--")};
    if (language == QLatin1String("json"))
        return {};
    return {QStringLiteral("//")};
}

bool isWordCharacter(QChar c) { return c.isLetterOrNumber() || c == u'_'; }

qsizetype endOfString(const QString &code, qsizetype from)
{
    const QChar quote = code[from];
    for (qsizetype i = from + 1; i < code.size(); ++i) {
        if (code[i] == u'\\')
            ++i;
        else if (code[i] == quote)
            return i + 1;
        else if (code[i] == u'\n' && quote != u'`')
            return i;
    }
    return code.size();
}

} // namespace

QList<QTextLayout::FormatRange> codeColors(const QString &code, const QString &language)
{
    const QString lower = language.toLower();
    if (lower.isEmpty() || lower == QLatin1String("text") || lower == QLatin1String("txt") || lower == QLatin1String("plain"))
        return {};
    const QStringList comments = lineComments(lower);
    const QTextCharFormat comment = colored(Theme::Role::CodeComment);
    const QTextCharFormat string = colored(Theme::Role::CodeString);
    const QTextCharFormat number = colored(Theme::Role::CodeNumber);
    const QTextCharFormat keyword = colored(Theme::Role::CodeKeyword);
    QList<QTextLayout::FormatRange> ranges;
    const auto add = [&ranges](qsizetype from, qsizetype to, const QTextCharFormat &format) {
        ranges.append({int(from), int(to - from), format});
    };
    for (qsizetype i = 0; i < code.size();) {
        const QChar c = code[i];
        const bool commentHere = std::any_of(comments.begin(), comments.end(),
            [&](const QString &mark) { return QStringView(code).mid(i).startsWith(mark); });
        if (commentHere) {
            qsizetype end = code.indexOf(u'\n', i);
            end = end < 0 ? code.size() : end;
            add(i, end, comment);
            i = end;
        } else if (c == u'"' || c == u'\'' || c == u'`') {
            const qsizetype end = endOfString(code, i);
            add(i, end, string);
            i = end;
        } else if (isWordCharacter(c)) {
            qsizetype end = i + 1;
            while (end < code.size() && (isWordCharacter(code[end]) || (c.isDigit() && code[end] == u'.')))
                ++end;
            if (c.isDigit())
                add(i, end, number);
            else if (keywords().contains(code.mid(i, end - i)))
                add(i, end, keyword);
            i = end;
        } else {
            ++i;
        }
    }
    return ranges;
}

} // namespace sluice::ui
