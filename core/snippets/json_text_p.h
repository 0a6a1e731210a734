#pragma once

#include "sluice/base/json.h"

namespace sluice::detail {

/// JSON as text for a source file: indented by two, numbers as they were typed, hidden characters escaped; with
/// `asciiOnly` everything beyond ASCII too.
[[nodiscard]] QString jsonText(const Json &json, bool asciiOnly = false);
/// The same on one line.
[[nodiscard]] QString jsonLine(const Json &json);

} // namespace sluice::detail
