#pragma once

#include "sluice/backend/balance.h"
#include "sluice/backend/capability_info.h"
#include "sluice/crypto/u256.h"

#include <chrono>
#include <optional>

namespace sluice::ui {

/// What one call of the capability takes at most, in wei, as its price and the time it is given say. Nothing where the network
/// names no price, or none by the second.
[[nodiscard]] std::optional<Rational> mostOfOneCall(const CapabilityInfo &capability, std::chrono::seconds timeout);

/// What several calls may cost together, before they are made; pure.
class CostAhead {
public:
    /// `name`: as people tell the capability from others.
    void add(const QString &name, const std::optional<Rational> &most);
    [[nodiscard]] bool isEmpty() const { return m_known + m_unknown.size() == 0; }
    /// A sentence: the sum of what is known, and whose price is not.
    [[nodiscard]] QString text() const;
    /// A sentence where a limit of the purse leaves less than the sum; else empty.
    [[nodiscard]] QString beyond(const Spending &spending) const;

private:
    Rational m_sum;
    Rational m_dearest;
    int m_known = 0;
    QStringList m_unknown;
};

} // namespace sluice::ui
