#include "sluice/sandbox/capabilities/language_guess.h"

#include <QtCore/QHash>
#include <QtCore/QMap>

#include <algorithm>
#include <cmath>

namespace sluice::sandbox {
namespace {

struct Language {
    const char *code;
    const char *name;
    QChar::Script script;
    const char16_t *letters;   // letters that this language has and its neighbours have less
    const char16_t *sequences; // runs of letters that are frequent in it
};

constexpr Language Languages[] = {
    {"en", "English", QChar::Script_Latin, u"", u"th wh ght ing ough sh ck wn"},
    {"de", "German", QChar::Script_Latin, u"äöüß", u"sch ung ich ein eit ß ck tz pf"},
    {"fr", "French", QChar::Script_Latin, u"éèêàçùœîôû", u"eau oux que ais eux oir tion ment"},
    {"es", "Spanish", QChar::Script_Latin, u"ñ¿¡áéíóú", u"ción rr ll que ado ero ñ"},
    {"it", "Italian", QChar::Script_Latin, u"àèéìòù", u"zion gli cch zz gn tto lla chi"},
    {"pt", "Portuguese", QChar::Script_Latin, u"ãõçáéíóâêô", u"ção nh lh ões ão ndo eir"},
    {"nl", "Dutch", QChar::Script_Latin, u"ëï", u"ij aa oe ui cht ee sch uw"},
    {"sv", "Swedish", QChar::Script_Latin, u"åäö", u"sk ck tt ör är ång"},
    {"da", "Danish", QChar::Script_Latin, u"åæø", u"hv ø æ ede else gt"},
    {"pl", "Polish", QChar::Script_Latin, u"ąćęłńóśźż", u"sz cz rz dz ów ch ni"},
    {"cs", "Czech", QChar::Script_Latin, u"ěščřžýáíéůťď", u"ou ch ní st ře ho"},
    {"tr", "Turkish", QChar::Script_Latin, u"ğışçöü", u"lar ler yor dır mak rak"},
    {"ru", "Russian", QChar::Script_Cyrillic, u"ыэъё", u"ого ый ться ст"},
    {"uk", "Ukrainian", QChar::Script_Cyrillic, u"їієґ", u"ого ий ться ськ"},
    {"zh", "Chinese", QChar::Script_Han, u"", u""},
    {"ja", "Japanese", QChar::Script_Hiragana, u"", u""},
    {"ko", "Korean", QChar::Script_Hangul, u"", u""},
    {"el", "Greek", QChar::Script_Greek, u"", u""},
    {"ar", "Arabic", QChar::Script_Arabic, u"", u""},
    {"he", "Hebrew", QChar::Script_Hebrew, u"", u""},
    {"hi", "Hindi", QChar::Script_Devanagari, u"", u""},
    {"th", "Thai", QChar::Script_Thai, u"", u""},
};

constexpr qsizetype SampleLength = 20'000; // characters; more would not change the guess

struct Sample {
    QMap<QChar::Script, int> scripts;
    QHash<QString, int> words;
    QHash<QChar, int> letters;
    QString text; // in lower case
    int wordCount = 0;
    int letterCount = 0;
};

Sample sampleOf(const QString &text)
{
    Sample sample;
    QString word;
    const auto endWord = [&] {
        if (word.isEmpty())
            return;
        ++sample.words[word];
        ++sample.wordCount;
        word.clear();
    };
    for (qsizetype i = 0; i < std::min(text.size(), SampleLength); ++i) {
        const QChar c = text[i] == u'’' ? QChar(u'\'') : text[i].toLower();
        sample.text.append(c);
        if (c.isLetter()) {
            ++sample.scripts[c.script()];
            ++sample.letters[c];
            ++sample.letterCount;
        } else if (c == u'¿' || c == u'¡') {
            ++sample.letters[c];
        }
        if (c.isLetter() || c.isMark() || (c == u'\'' && !word.isEmpty()))
            word.append(c);
        else
            endWord();
    }
    endWord();
    return sample;
}

/// How much a text in this language's script speaks for the language: the share of its words that are frequent there, and
/// of its letters and runs of letters that are peculiar to it.
double score(const Language &language, const Sample &sample, const QHash<QString, double> &weights)
{
    double words = 0;
    for (const QString &word : stopWords(QString::fromLatin1(language.code))) {
        const auto it = sample.words.constFind(word);
        if (it != sample.words.constEnd())
            words += *it * weights.value(word, 1);
    }
    int letters = 0;
    for (const QChar letter : QString::fromUtf16(language.letters))
        letters += sample.letters.value(letter);
    qsizetype sequences = 0;
    for (const QString &sequence : QString::fromUtf16(language.sequences).split(u' ', Qt::SkipEmptyParts))
        sequences += sequence.size() * sample.text.count(sequence);
    if (words == 0 && letters == 0 && sequences < 8)
        return 0; // a few letters that may be anything
    return words / std::max(1, sample.wordCount) + (2.0 * letters + 0.6 * double(sequences)) / std::max(1, sample.letterCount);
}

/// A word that many languages share says little for each of them.
const QHash<QString, double> &wordWeights()
{
    static const QHash<QString, double> weights = [] {
        QHash<QString, int> counts;
        for (const Language &language : Languages) {
            for (const QString &word : stopWords(QString::fromLatin1(language.code)))
                ++counts[word];
        }
        QHash<QString, double> result;
        for (auto it = counts.constBegin(); it != counts.constEnd(); ++it)
            result.insert(it.key(), 1.0 / it.value());
        return result;
    }();
    return weights;
}

/// A letter outside the Latin alphabet that a language does not have speaks against it.
double foreignLetters(const Language &language, const Sample &sample)
{
    const QString own = QString::fromUtf16(language.letters);
    int foreign = 0;
    for (auto it = sample.letters.constBegin(); it != sample.letters.constEnd(); ++it) {
        if (it.key() > u'\x7f' && it.key().script() == QChar::Script_Latin && !own.contains(it.key()))
            foreign += it.value();
    }
    return 1.0 * foreign / std::max(1, sample.letterCount);
}

QChar::Script dominantScript(const Sample &sample)
{
    const int kana = sample.scripts.value(QChar::Script_Hiragana) + sample.scripts.value(QChar::Script_Katakana);
    // Japanese mixes kana with Han; Chinese has no kana.
    if (kana > 0 && kana * 20 > sample.scripts.value(QChar::Script_Han)
        && kana + sample.scripts.value(QChar::Script_Han) > sample.letterCount / 2)
        return QChar::Script_Hiragana;
    QChar::Script best = QChar::Script_Unknown;
    int most = 0;
    for (auto it = sample.scripts.constBegin(); it != sample.scripts.constEnd(); ++it) {
        if (it.value() > most) {
            best = it.key();
            most = it.value();
        }
    }
    return best;
}

} // namespace

QList<LanguageCandidate> guessLanguage(const QString &text)
{
    const Sample sample = sampleOf(text);
    if (sample.letterCount == 0)
        return {};
    const QChar::Script script = dominantScript(sample);
    QList<LanguageCandidate> candidates;
    for (const Language &language : Languages) {
        if (language.script != script)
            continue;
        const bool alphabetic = script == QChar::Script_Latin || script == QChar::Script_Cyrillic;
        const double raw = alphabetic ? score(language, sample, wordWeights()) - foreignLetters(language, sample) : 1;
        if (raw > 0.005)
            candidates.append({QString::fromLatin1(language.code), raw});
    }
    std::stable_sort(candidates.begin(), candidates.end(),
        [](const auto &a, const auto &b) { return a.confidence > b.confidence; });
    if (candidates.isEmpty())
        return candidates;
    // The margin over the others, damped where there is little evidence.
    double sum = 0;
    for (const LanguageCandidate &candidate : std::as_const(candidates))
        sum += candidate.confidence * candidate.confidence;
    const bool alphabetic = script == QChar::Script_Latin || script == QChar::Script_Cyrillic;
    const double evidence = 1 - std::exp(-0.35 * std::max(sample.wordCount, sample.letterCount / (alphabetic ? 6 : 1)));
    for (LanguageCandidate &candidate : candidates)
        candidate.confidence = std::round(1000 * evidence * candidate.confidence * candidate.confidence / sum) / 1000;
    return candidates.mid(0, 3);
}

QString languageName(const QString &code)
{
    for (const Language &language : Languages) {
        if (code == QLatin1StringView(language.code))
            return QString::fromLatin1(language.name);
    }
    return code;
}

QStringList knownLanguages()
{
    QStringList codes;
    for (const Language &language : Languages)
        codes.append(QString::fromLatin1(language.code));
    return codes;
}

} // namespace sluice::sandbox
