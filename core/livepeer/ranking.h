#pragma once

#include "sluice/crypto/u256.h"

#include <QtCore/QList>

#include <chrono>
#include <optional>

/// Which of several servers to ask first. Pure; knows no protocol: orchestrators and runners are compared alike.
namespace sluice::livepeer {

/// What is known of one of them, as far as it counts. Prices are comparable with each other, in whatever unit.
struct RankedFacts {
    RankedFacts() = default; // no aggregate: see DESIGN.md 3
    std::optional<Rational> price;
    std::optional<std::chrono::milliseconds> latency;
    std::optional<qint64> available; ///< free slots
    bool away = false;               ///< it did not answer
    qint64 taken = 0;                ///< calls that it took
    qint64 passedOver = 0;           ///< calls that it was asked for and did not take
};

/// How good each is among these, in thousandths: half of it is the price, as a share of the lowest one, three tenths success, two tenths the
/// latency, as a share of the shortest. What is unknown earns nothing, but for success, where nobody is known to fail or to hold. Differences
/// below 20 ms do not count.
[[nodiscard]] QList<int> merits(const QList<RankedFacts> &all);

/// Indices into `all` in the order in which to ask: those with a free slot (or that do not tell) by merit, then the full ones, then those that are
/// away; equals stay in the order in which they are listed.
[[nodiscard]] QList<qsizetype> bestFirst(const QList<RankedFacts> &all);

} // namespace sluice::livepeer
