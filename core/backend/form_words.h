#pragma once

#include "sluice/base/json.h"

#include <QtCore/QStringList>

namespace sluice {

/// What this program itself says about capabilities that a protocol defines and no network describes: names of pipelines and of
/// backends, titles and descriptions of fields. They are English where they are made and are read by people in the window's language; what a
/// network says about its own capabilities is never among them and stays as it is.
///
/// A word in the language of the installed translators, when it is one of these; else the word.
[[nodiscard]] QString formWord(const QString &word);
/// A JSON Schema whose titles and descriptions, at any depth, have been through formWord().
[[nodiscard]] Json inFormWords(const Json &schema);
/// All of them, in English.
[[nodiscard]] QStringList formWords();

} // namespace sluice
