#pragma once

#include "sluice/base/call_context.h"
#include "sluice/livepeer/discovery_wire.h"
#include "sluice/net/http_client.h"

#include <QCoro/QCoroTask>

namespace sluice::livepeer {

/// Where a discovery service is and how it is asked.
struct DiscoveryService {
    DiscoveryService() = default; // no aggregate: see DESIGN.md 3
    QUrl url; ///< the whole address
    Headers headers;
    TrustPolicy trust = TrustPolicy::PinOnFirstUse;
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds timeout{5'000};
};
/// Its answer. Throws Http for another status than 200, Discovery, Network, Timeout, Canceled, TlsChanged.
QCoro::Task<QList<DiscoveredOrchestrator>> discover(HttpClient &http, DiscoveryService service, CallContext context);

} // namespace sluice::livepeer
