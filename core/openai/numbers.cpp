#include "numbers_p.h"

#include <charconv>

namespace sluice::openai {

std::optional<double> doubleOf(const Json &json)
{
    const QByteArray text = json.numberText();
    double value = 0;
    const auto read = std::from_chars(text.constData(), text.constData() + text.size(), value);
    if (read.ec == std::errc::result_out_of_range) {
        const QByteArray digits = text.startsWith('-') ? text.mid(1) : text;
        const bool small = digits.contains("e-") || digits.contains("E-") || (digits.startsWith("0.") && !digits.contains('e') && !digits.contains('E'));
        return small ? std::optional(0.0) : std::nullopt;
    }
    return text.isEmpty() || read.ec != std::errc() ? std::nullopt : std::optional(value);
}

} // namespace sluice::openai
