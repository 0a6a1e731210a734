#pragma once

#include "sluice/base/json.h"
#include "sluice/crypto/u256.h"

/// Money of 0G: whole neuron, nothing else (zerog-serving.md 1.1). No sum, product or conversion here wraps or rounds.
namespace sluice::zerog::neuron {

/// An amount from a body (rule 18 of section 7): a JSON integer or a string of decimal digits, below 2^256. Fractions, exponents, signs,
/// spaces, booleans, null, arrays are InvalidInput, which names `what`.
[[nodiscard]] Expected<U256> fromJson(const Json &value, const QString &what);
/// The amount as a JSON number, exactly.
[[nodiscard]] Json number(const Wei &amount);
/// The amount as a JSON string of decimal digits.
[[nodiscard]] Json quoted(const Wei &amount);

/// a + b, a - b, a x b as 256-bit words; InvalidInput when the result is none, as the contract's arithmetic reverts (Panic 0x11).
[[nodiscard]] Expected<U256> sum(const U256 &a, const U256 &b);
[[nodiscard]] Expected<U256> difference(const U256 &a, const U256 &b);
[[nodiscard]] Expected<U256> product(const U256 &a, const U256 &b);

/// 1 A0GI = 10^18 neuron: the amount in A0GI, exactly, without trailing zeros ("0.5", "12", "-0.000000000000000001").
[[nodiscard]] QString inA0gi(const Wei &amount);
/// Reads "1.5" or "1.5 A0GI" as A0GI, "1500 neuron" as neuron; case and spaces around the unit do not matter. InvalidInput for parts of a
/// neuron, signs, exponents, digits of other scripts and 2^256 or more.
[[nodiscard]] Expected<U256> parse(QStringView text);
/// As people read it: "0.0042 A0GI" or, below a millionth of one, "1234 neuron"; exact unless it has more than `digits` significant ones.
[[nodiscard]] QString human(const Wei &amount, int digits = 6);

} // namespace sluice::zerog::neuron
