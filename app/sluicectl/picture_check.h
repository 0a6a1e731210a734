#pragma once

#include "sluice/base/error.h"
#include "sluice/base/json.h"

#include <optional>

namespace sluice::ctl {

/// A phone's picture (HEIC, AVIF) in a field whose schema says that it takes others: nothing else would tell before it is paid.
[[nodiscard]] std::optional<Error> unwantedFormat(const Json &schema, const Json &input);

} // namespace sluice::ctl
