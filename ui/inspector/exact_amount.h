#pragma once

#include "sluice/backend/capability_info.h"

#include <QtCore/QString>

#include <optional>

namespace sluice::ui {

/// A share of a limit, for a bar.
struct SpentShare {
    int permille = 0;   ///< of the limit, 0 to 1000
    bool reached = false;
};

/// Arithmetic on amounts that are shown; texts in, texts out, exact in between. Nothing here rounds up.
namespace exact {

/// The whole wei of a decimal text that may have a fraction ("12.345", as orchestrators write balances); empty for other text.
[[nodiscard]] QString wholeWei(const QString &text);
/// An amount that may be a rational "n/d", for people: "≈ 4.2 gwei", "< 1 wei"; empty for other text.
[[nodiscard]] QString humanRational(const QString &text, int digits = 6);
/// How many whole units (seconds, for a price per second) `balance` pays for; nothing when the price is zero or unknown.
[[nodiscard]] std::optional<QString> unitsLeft(const QString &balance, const PriceQuote &price);
/// Nothing when there is no limit or one of the texts is no amount.
[[nodiscard]] std::optional<SpentShare> share(const QString &spent, const QString &limit);
[[nodiscard]] QString sum(const QString &left, const QString &right);
/// The price of one unit in wei as "n" or "n/d", in lowest terms.
[[nodiscard]] QString pricePerUnit(const PriceQuote &price);
/// "3 min 20 s", "2 h 5 min", "41 days"; for whole seconds.
[[nodiscard]] QString duration(const QString &seconds);

} // namespace exact
} // namespace sluice::ui
