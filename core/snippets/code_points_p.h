#pragma once

#include <QtCore/QString>

namespace sluice::detail {

/// True for what an editor or a terminal would not show, or would show in another order than it runs: controls, line
/// separators, direction marks, zero-width characters, lone surrogates. Every writer escapes these.
[[nodiscard]] bool isHidden(char32_t point);

/// Calls `take(char32_t)` for each code point; a lone surrogate comes as itself.
template <typename F> void eachCodePoint(const QString &text, F take)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text.at(i);
        if (unit.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
            take(QChar::surrogateToUcs4(unit, text.at(i + 1)));
            ++i;
        } else {
            take(char32_t(unit.unicode()));
        }
    }
}

[[nodiscard]] QString fromCodePoint(char32_t point);
/// `digits` lower-case hex digits.
[[nodiscard]] QString hex(char32_t value, int digits);
/// "\u2028", or two of them for a point beyond the first plane: JSON's and JavaScript's form.
[[nodiscard]] QString utf16Escape(char32_t point);

} // namespace sluice::detail
