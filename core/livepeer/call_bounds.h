#pragma once

#include "sluice/backend/backend.h"
#include "sluice/crypto/u256.h"

#include <optional>

namespace sluice::livepeer {

/// The call's own ceiling. Throws InvalidInput when it is no amount.
[[nodiscard]] std::optional<Wei> spendLimitOf(const Call &call);
/// Wei per second: what the call names, or what was listed. Throws InvalidInput when the call names no price.
[[nodiscard]] std::optional<Rational> acceptedPriceOf(const BackendCall &call);

} // namespace sluice::livepeer
