#pragma once

#include "sluice/base/json.h"

namespace sluice::livepeer {

/// A member by its name, as Go finds it: the exact spelling first, then in any letter case.
[[nodiscard]] Json member(const Json &object, const QString &name);

} // namespace sluice::livepeer
