#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

namespace sluice::sandbox {

/// How positive an English text sounds, by the words it uses.
struct Sentiment {
    double score = 0;     ///< -1 to 1
    QString label;        ///< "positive", "negative", "neutral", "mixed"
    QStringList positive; ///< the words that counted, as they appear, each once
    QStringList negative;
};

/// Looks the words (lower case, in order) up in a lexicon; minds negation ("not good") and degree ("very good"). English only.
[[nodiscard]] Sentiment sentimentOf(const QStringList &words);

/// Strength of one word, -3 to 3; 0 when it is not in the lexicon.
[[nodiscard]] int sentimentWeight(const QString &word);

} // namespace sluice::sandbox
