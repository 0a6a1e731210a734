#pragma once

#include "sluice/base/json.h"

#include <optional>

namespace sluice::openai {

/// A number of any size: what is too small for a double is 0. Nothing for one that is too large, and for what is no number.
[[nodiscard]] std::optional<double> doubleOf(const Json &json);

} // namespace sluice::openai
