#pragma once

#include "sluice/backend/capability_info.h"

#include <QtCore/QUrl>

#include <optional>

namespace sluice {

/// The credit of one sender for one capability at one server, in wei.
struct Balance {
    Balance() = default; // no aggregate: see DESIGN.md 3
    QUrl orchestrator;
    CapabilityId id;
    QString capability;              ///< the name in `id`
    std::optional<QString> wei;      ///< as the server reports it; absent = unknown
    std::optional<PriceQuote> price;
    std::optional<int> availableCapacity;
};

/// What a sender spent, in wei of expected value; the limits where there are any.
struct Spending {
    QString sessionWei;
    QString todayWei; ///< over all programs of this user
    std::optional<QString> sessionLimitWei;
    std::optional<QString> dayLimitWei;
    std::optional<QString> callLimitWei;
    std::optional<QString> ticketLimitWei; ///< face value of one ticket
};

} // namespace sluice
