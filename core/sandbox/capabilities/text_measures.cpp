#include "sluice/sandbox/capabilities/text_measures.h"

#include "sluice/sandbox/capabilities/language_guess.h"

#include <QtCore/QHash>
#include <QtCore/QSet>
#include <QtCore/QTextBoundaryFinder>

#include <algorithm>
#include <cmath>

namespace sluice::sandbox {
namespace {

double rounded(double value, int factor = 100)
{
    return std::round(value * factor) / factor;
}

bool isSpaceless(const QString &language)
{
    return language == u"zh" || language == u"ja" || language == u"th";
}

/// Pieces between boundaries that hold a letter or a digit.
QStringList pieces(const QString &text, QTextBoundaryFinder::BoundaryType type)
{
    QStringList found;
    QTextBoundaryFinder finder(type, text);
    qsizetype start = 0;
    for (qsizetype end = finder.toNextBoundary(); end >= 0; end = finder.toNextBoundary()) {
        const QString piece = text.mid(start, end - start).trimmed();
        start = end;
        if (std::any_of(piece.begin(), piece.end(), [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); }))
            found.append(piece);
    }
    return found;
}

QList<Keyword> recurringPairs(const QString &text, const QString &language, int most)
{
    const QStringList &stop = stopWords(language);
    const auto counts = [&](QChar c) {
        return c.isLetter() && c.script() != QChar::Script_Latin && c.script() != QChar::Script_Hiragana && !stop.contains(QString(c));
    };
    QHash<QString, int> pairs;
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        if (counts(text[i]) && counts(text[i + 1]))
            ++pairs[text.mid(i, 2)];
    }
    QList<Keyword> found;
    for (auto it = pairs.constBegin(); it != pairs.constEnd(); ++it) {
        if (it.value() > 1)
            found.append({it.key(), double(it.value()), it.value()});
    }
    std::sort(found.begin(), found.end(), [](const Keyword &a, const Keyword &b) {
        return a.count != b.count ? a.count > b.count : a.phrase < b.phrase;
    });
    return found.mid(0, most);
}

/// Candidate phrases: runs of content words within one clause.
QList<QStringList> candidates(const QString &text, const QSet<QString> &stop)
{
    constexpr qsizetype MaxWords = 4;
    QList<QStringList> phrases;
    QStringList run;
    QString word;
    const auto endRun = [&] {
        if (!run.isEmpty() && run.size() <= MaxWords)
            phrases.append(run);
        run.clear();
    };
    const auto endWord = [&] {
        while (word.endsWith(u'\'') || word.endsWith(u'-'))
            word.chop(1);
        const bool content = word.size() > 2 && !stop.contains(word)
            && std::any_of(word.begin(), word.end(), [](QChar c) { return c.isLetter(); });
        if (content)
            run.append(word);
        else if (!word.isEmpty())
            endRun();
        word.clear();
    };
    for (const QChar raw : text) {
        const QChar c = raw == u'’' ? QChar(u'\'') : raw.toLower();
        if (c.isLetterOrNumber() || c.isMark() || ((c == u'\'' || c == u'-') && !word.isEmpty())) {
            word.append(c);
            continue;
        }
        endWord();
        if (!c.isSpace() || c == u'\n')
            endRun();
    }
    endWord();
    endRun();
    return phrases;
}

} // namespace

TextParts TextParts::of(const QString &text)
{
    TextParts parts;
    for (const QChar c : text) {
        if (c.isLowSurrogate())
            continue;
        ++parts.characters;
        if (!c.isSpace())
            ++parts.charactersNoSpaces;
    }
    parts.sentences = pieces(text, QTextBoundaryFinder::Sentence);
    for (const QString &word : pieces(text, QTextBoundaryFinder::Word))
        parts.words.append(word.toLower().replace(u'’', u'\''));
    bool blank = true;
    for (const QString &line : text.split(u'\n')) {
        const bool isBlank = line.trimmed().isEmpty();
        if (blank && !isBlank)
            ++parts.paragraphs;
        blank = isBlank;
    }
    return parts;
}

int syllables(const QString &word)
{
    const auto isVowel = [](QChar c) { return QStringLiteral("aeiouyéèêàâîïôû").contains(c); };
    int groups = 0;
    bool inGroup = false;
    for (const QChar c : word) {
        const bool vowel = isVowel(c);
        if (vowel && !inGroup)
            ++groups;
        inGroup = vowel;
    }
    const qsizetype n = word.size();
    // A final e is silent, except in -le after a consonant; so is the e of -es and -ed after most consonants.
    if (n > 2 && word.endsWith(u'e') && !isVowel(word[n - 2]) && !(word[n - 2] == u'l' && !isVowel(word[n - 3])))
        --groups;
    else if (n > 3 && word.endsWith(QStringLiteral("ed")) && !isVowel(word[n - 3]) && word[n - 3] != u't' && word[n - 3] != u'd')
        --groups;
    else if (n > 3 && word.endsWith(QStringLiteral("es")) && !isVowel(word[n - 3]) && !QStringLiteral("szxcg").contains(word[n - 3])
        && !word.endsWith(QStringLiteral("shes")) && !word.endsWith(QStringLiteral("ches")))
        --groups;
    return std::max(1, groups);
}

std::optional<Readability> readabilityOf(const TextParts &parts)
{
    int words = 0;
    int total = 0;
    for (const QString &word : parts.words) {
        if (!word.front().isLetter())
            continue;
        ++words;
        total += syllables(word);
    }
    if (words < 3 || parts.sentences.isEmpty())
        return std::nullopt;
    const double perSentence = double(words) / parts.sentences.size();
    const double perWord = double(total) / words;
    Readability result;
    result.fleschReadingEase = rounded(206.835 - 1.015 * perSentence - 84.6 * perWord, 10);
    result.fleschKincaidGrade = rounded(0.39 * perSentence + 11.8 * perWord - 15.59, 10);
    const double ease = result.fleschReadingEase;
    result.level = ease >= 90 ? QStringLiteral("very easy")
        : ease >= 80 ? QStringLiteral("easy")
        : ease >= 70 ? QStringLiteral("fairly easy")
        : ease >= 60 ? QStringLiteral("plain English")
        : ease >= 50 ? QStringLiteral("fairly difficult")
        : ease >= 30 ? QStringLiteral("difficult")
                     : QStringLiteral("very difficult");
    return result;
}

QList<Keyword> keywordsOf(const QString &text, const QString &language, int most)
{
    if (isSpaceless(language))
        return recurringPairs(text, language, most);
    const QStringList &stop = stopWords(language);
    const QList<QStringList> phrases = candidates(text, QSet<QString>(stop.begin(), stop.end()));
    QHash<QString, int> frequency;
    QHash<QString, int> degree;
    QHash<QString, int> counts;
    for (const QStringList &phrase : phrases) {
        ++counts[phrase.join(u' ')];
        for (const QString &word : phrase) {
            ++frequency[word];
            degree[word] += int(phrase.size());
        }
    }
    QList<Keyword> found;
    QSet<QString> seen;
    for (const QStringList &phrase : phrases) {
        const QString joined = phrase.join(u' ');
        if (seen.contains(joined))
            continue;
        seen.insert(joined);
        double score = 0;
        for (const QString &word : phrase)
            score += double(degree[word]) / frequency[word];
        // Plain RAKE favours long accidents; what recurs is what the text is about.
        found.append({joined, rounded(score * (1 + std::log(double(counts[joined])))), counts[joined]});
    }
    std::stable_sort(found.begin(), found.end(), [](const Keyword &a, const Keyword &b) { return a.score > b.score; });
    return found.mid(0, most);
}

} // namespace sluice::sandbox
