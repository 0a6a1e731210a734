#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace sluice::sandbox {

/// One language that a text may be written in.
struct LanguageCandidate {
    QString code;          ///< ISO 639-1
    double confidence = 0; ///< 0 to 1; a share among the candidates, not a probability that was calibrated
};

/// Guesses the language of a text: by its script, and for Latin and Cyrillic script by frequent words and letters.
///
/// Best first; empty when there is nothing to go by. Pure, thread-safe, linear in the text's length.
[[nodiscard]] QList<LanguageCandidate> guessLanguage(const QString &text);

/// English name of a language that guessLanguage() knows, or the code itself.
[[nodiscard]] QString languageName(const QString &code);
/// The codes that it knows, in a stable order.
[[nodiscard]] QStringList knownLanguages();
/// Words too common to mean much, in lower case; empty for languages without a list.
[[nodiscard]] const QStringList &stopWords(const QString &code);

} // namespace sluice::sandbox
