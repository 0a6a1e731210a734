#pragma once

#include "sluice/crypto/u256.h"

/// How an orchestrator writes balances, and how to read them (payments.md 3.7, byoc.md 4.8).
namespace sluice::balance_text {

/// `Livepeer-Balance`: the nearest integer, halves away from zero; what is below zero keeps its sign, so a third of a wei is "-0".
[[nodiscard]] QByteArray header(const Rational &balance);
/// `balance` of a token: floored, saturating at 9223372036854775, 0 beyond int64.
[[nodiscard]] qint64 token(const Rational &balance);
/// The number in `data: {"balance": …}`: exactly three decimals.
[[nodiscard]] QByteArray inStream(const Rational &balance);

/// Reads any of the three: an optional "-", at most 60 digits, optionally "." and at most 18 digits. "-0" is 0.
[[nodiscard]] Expected<Rational> parse(QByteArrayView text);

} // namespace sluice::balance_text
