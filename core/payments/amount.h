#pragma once

#include "sluice/crypto/u256.h"

#include <optional>

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

/// What a bare number in a field counts.
enum class FieldUnit { Wei, Gwei, Eth };
[[nodiscard]] QString unitName(FieldUnit unit);

/// Reads what a person typed into a field of that unit: digits of any script with at most one decimal point or comma, groups of three
/// set apart by spaces, and a unit's name behind it, which counts instead of the field's. InvalidInput says why for everything else,
/// also for what people read in two ways ("1,000") and for parts of a wei.
[[nodiscard]] Expected<Wei> parseTyped(QStringView text, FieldUnit unit);
/// The unit whose name stands behind the number, if one does.
[[nodiscard]] std::optional<FieldUnit> typedUnit(QStringView text);
/// The amount in that unit, exactly and with nothing behind it: "0.5", "12".
[[nodiscard]] QString inUnit(const Wei &wei, FieldUnit unit);

/// A win probability as people read it: "1 in 100", "certain", "never".
[[nodiscard]] QString probability(const U256 &winProb);

} // namespace sluice::amount
