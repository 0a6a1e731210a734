#pragma once

#include "sluice/base/expected.h"

#include <boost/multiprecision/cpp_int.hpp>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QString>

#include <array>

/// Integers and fractions of the network: 256-bit words on the wire, unbounded ones for arithmetic.
namespace sluice {

/// An unsigned word of 256 bits. Its arithmetic wraps, so sums and products are made in Wei or Rational.
using U256 = boost::multiprecision::uint256_t;
/// An amount of money in wei, exact and unbounded; may be negative.
using Wei = boost::multiprecision::cpp_int;
/// An exact fraction, always reduced, denominator positive. Prices, expected values and balances are of this type.
using Rational = boost::multiprecision::cpp_rational;

/// 2^256 - 1, the "MAX" of payments.md.
[[nodiscard]] const U256 &maxU256();

/// Big-endian without leading zero bytes; zero is empty (payments.md 1).
[[nodiscard]] QByteArray toMinimalBytes(const U256 &value);
/// Big-endian of at most 32 bytes; leading zero bytes are allowed, more than 32 bytes are InvalidInput.
[[nodiscard]] Expected<U256> fromMinimalBytes(QByteArrayView bytes);
/// Big-endian, padded to exactly 32 bytes; without a heap allocation.
[[nodiscard]] std::array<unsigned char, 32> toWord(const U256 &value);
/// The same as a byte array.
[[nodiscard]] QByteArray toBytes32(const U256 &value);
/// Narrows; InvalidInput when negative or above 2^256 - 1.
[[nodiscard]] Expected<U256> toU256(const Wei &value);

/// Digits only, without sign, white space or separators; above 2^256 - 1 is InvalidInput.
[[nodiscard]] Expected<U256> u256FromDecimal(QStringView text);
/// Hex digits, an odd count allowed, "0x" optional; above 2^256 - 1 is InvalidInput.
[[nodiscard]] Expected<U256> u256FromHex(QStringView text);
/// An optional "-" and at most 200 digits; nothing else.
[[nodiscard]] Expected<Wei> weiFromDecimal(QStringView text);
/// "n" or "n/d" with an optional "-" and d > 0, at most 1000 digits each; need not be reduced.
[[nodiscard]] Expected<Rational> rationalFromText(QStringView text);

[[nodiscard]] QString toDecimal(const U256 &value);
[[nodiscard]] QString toDecimal(const Wei &value);
/// "0x" and lower-case digits without leading zeros; zero is "0x0".
[[nodiscard]] QString toHexText(const U256 &value);
/// Reduced "n/d", or "n" when integral.
[[nodiscard]] QString toText(const Rational &value);

/// The greatest integer not above the value.
[[nodiscard]] Wei floorOf(const Rational &value);
/// The least integer not below the value.
[[nodiscard]] Wei ceilOf(const Rational &value);
/// The nearest integer, halves away from zero.
[[nodiscard]] Wei roundHalfAway(const Rational &value);
/// Decimal text with exactly `decimals` places, rounded half away from zero, without floating point.
[[nodiscard]] QString toFixed(const Rational &value, int decimals);

} // namespace sluice
