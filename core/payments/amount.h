#pragma once

#include "sluice/crypto/u256.h"

/// Amounts as people read them; no floating point, the decimal point is always ".".
namespace sluice::amount {

/// "8 gwei", "0.0042 ETH", "1,234 wei": the unit that suits, at most `digits` significant ones (4 by default), rounded
/// half away from zero. Never rounds a non-zero amount to zero.
[[nodiscard]] QString human(const Rational &wei, int digits = 4);
/// The exact amount: "8000000000 wei", or "6000/7 wei" when it is a fraction.
[[nodiscard]] QString exact(const Rational &wei);

/// Reads "8 gwei", "0.01 ETH", "123 wei" or a bare integer (wei); case does not matter. Fractions of a wei, signs and
/// more than 60 digits are InvalidInput.
[[nodiscard]] Expected<Wei> parse(QStringView text);

/// A win probability as people read it: "1 in 100", "certain", "never".
[[nodiscard]] QString probability(const U256 &winProb);

} // namespace sluice::amount
