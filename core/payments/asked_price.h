#pragma once

#include "sluice/payments/price.h"

#include <optional>

namespace sluice {

/// What a price is for: time, or the whole call whatever it takes.
enum class PricePer { Second, Call };

/// PriceExceeded for a price above what was agreed to. `accepted`: wei per second, or per call; `shown`: a person saw that price, otherwise it is the
/// purse's bound for unseen prices. Nothing has been paid.
[[nodiscard]] Error priceExceeded(const Rational &asked, const Rational &accepted, bool shown, PricePer per = PricePer::Second);

/// The price that such an error was about, in wei per second (of a fixed price: per call): what to put into the call to accept it. Nothing for any other error.
[[nodiscard]] std::optional<Rational> askedPrice(const Error &error);

} // namespace sluice
