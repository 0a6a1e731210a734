#pragma once

#include "sluice/payments/price.h"

#include <optional>

namespace sluice {

/// PriceExceeded for a price above what was agreed to. `accepted`: wei per second; `shown`: a person saw that price, otherwise it is the
/// purse's bound for unseen prices. Nothing has been paid.
[[nodiscard]] Error priceExceeded(const Rational &askedPerSecond, const Rational &accepted, bool shown);

/// The price that such an error was about, in wei per second: what to put into the call to accept it. Nothing for any other error.
[[nodiscard]] std::optional<Rational> askedPrice(const Error &error);

} // namespace sluice
