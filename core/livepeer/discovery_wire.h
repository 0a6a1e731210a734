#pragma once

#include "sluice/base/json.h"

#include <QtCore/QList>
#include <QtCore/QStringList>

namespace sluice::livepeer {

/// One entry of a discovery answer (payments.md 6).
struct DiscoveredOrchestrator {
    QString address;
    double score = 1;
    QStringList capabilities; ///< "byoc/<name>", "live-video-to-video/<model>"
    bool operator==(const DiscoveredOrchestrator &) const = default;
};

inline constexpr qsizetype MaxDiscoveryBytes = 4 * 1024 * 1024;

/// Discovery error when the answer is no array; an entry that does not fit is skipped.
[[nodiscard]] Expected<QList<DiscoveredOrchestrator>> parseDiscovery(QByteArrayView body);

} // namespace sluice::livepeer
