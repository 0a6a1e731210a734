#pragma once

#include "sluice/base/json.h"
#include "sluice/snippets/shell_word.h"

#include <functional>
#include <optional>

/// Values as source text. Each writer gives text that the language reads back as exactly the same value.
namespace sluice::detail {

/// Code that stands for a string value instead of its literal, or nothing.
using Substitute = std::function<std::optional<QString>(const QString &)>;

/// A Python 3 string literal.
[[nodiscard]] QString pythonString(const QString &text);
/// A Python expression: True, False, None, lists and dicts over several lines; `depth` is the indentation of its start.
[[nodiscard]] QString pythonLiteral(const Json &json, const Substitute &substitute = {}, int depth = 0);

/// A JavaScript string literal, safe also inside a <script> element.
[[nodiscard]] QString javascriptString(const QString &text);
/// A JavaScript expression. Only for values that survivesJavascript().
[[nodiscard]] QString javascriptLiteral(const Json &json, const Substitute &substitute = {}, int depth = 0);
/// False when JSON.stringify() of the literal would be another JSON: large or oddly written numbers, keys that JavaScript
/// reorders or swallows. Then only the text itself is exact.
[[nodiscard]] bool survivesJavascript(const Json &json);

/// A here-document delimiter that does not occur in `text`.
[[nodiscard]] QString shellDelimiter(const QString &text);

/// A C++ string literal: ASCII, universal character names, split into adjacent pieces, no trigraphs.
[[nodiscard]] QString cppString(const QString &text);
/// A C++ raw string literal of ASCII text; several, joined by `joint`, when the text is long.
[[nodiscard]] QString cppRawString(const QString &ascii, const QString &joint);

} // namespace sluice::detail
