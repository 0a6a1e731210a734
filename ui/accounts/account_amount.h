#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QString>

namespace sluice::ui {

/// The money that accounts are counted in.
struct AccountMoney {
    QString small;    ///< "neuron"
    QString large;    ///< "A0GI"
    int decimals = 0; ///< of the large unit in small ones

    /// What a book says of its money (AccountBook, SalesBook).
    template <typename Book> [[nodiscard]] static AccountMoney of(const Book &book) { return {book.unit, book.largeUnit, book.decimals}; }
};

/// Arithmetic on decimal digits of the small unit; texts in, texts out, exact in between. Nothing here rounds up.
namespace account_amount {

/// Whether this is a whole amount of the small unit: digits alone.
[[nodiscard]] bool isAmount(const QString &digits);
/// The same, or with a minus sign before it, as a wallet may be that nobody funded; the next four take it.
[[nodiscard]] bool isBalance(const QString &digits);
/// In the large unit, exactly, without trailing zeros: "0.5"; empty for text that is no amount.
[[nodiscard]] QString inLarge(const QString &digits, const AccountMoney &money);
/// "0.5 A0GI", "≈ 0.0999999 A0GI" with what was cut away, "42 neuron" for what is very little; a dash for text that is no amount.
[[nodiscard]] QString human(const QString &digits, const AccountMoney &money);
/// "500000000000000000 neuron"; empty for text that is no amount.
[[nodiscard]] QString exact(const QString &digits, const AccountMoney &money);
/// Both: "0.5 A0GI = 500000000000000000 neuron".
[[nodiscard]] QString both(const QString &digits, const AccountMoney &money);
/// What a person typed, in the large unit or in the small one, as digits of the small one. InvalidInput for all but a whole amount above 0, with what
/// to write.
[[nodiscard]] Expected<QString> parse(const QString &text, bool inLargeUnit, const AccountMoney &money);
[[nodiscard]] QString sum(const QString &left, const QString &right);
/// left - right, at least 0.
[[nodiscard]] QString difference(const QString &left, const QString &right);
/// Below, equal, above: -1, 0, 1. What is no amount counts as 0.
[[nodiscard]] int compare(const QString &left, const QString &right);

} // namespace account_amount
} // namespace sluice::ui
