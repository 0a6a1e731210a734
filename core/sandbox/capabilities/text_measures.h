#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

namespace sluice::sandbox {

/// A text taken apart by Unicode's rules (UAX 29). Words are in lower case, without punctuation.
struct TextParts {
    QStringList words;
    QStringList sentences;
    int paragraphs = 0;
    qint64 characters = 0;         ///< code points
    qint64 charactersNoSpaces = 0;

    [[nodiscard]] static TextParts of(const QString &text);
};

/// How hard an English text is to read.
struct Readability {
    double fleschReadingEase = 0; ///< 206.835 − 1.015 words/sentence − 84.6 syllables/word
    double fleschKincaidGrade = 0;
    QString level;
};
/// Nothing for texts of fewer than three words. The formulas hold for English only; the caller checks the language.
[[nodiscard]] std::optional<Readability> readabilityOf(const TextParts &parts);
/// Syllables of an English word, counted by its vowel groups; at least 1.
[[nodiscard]] int syllables(const QString &word);

/// A phrase that the text is about.
struct Keyword {
    QString phrase;
    double score = 0;
    int count = 0;
};
/// Rapid automatic keyword extraction (RAKE): runs of words between stop words and punctuation, scored by how the words keep
/// company. For texts without spaces (Chinese, Japanese): pairs of characters that recur. Best first, at most `most`.
[[nodiscard]] QList<Keyword> keywordsOf(const QString &text, const QString &language, int most);

} // namespace sluice::sandbox
