#pragma once

#include "sluice/base/secret.h"
#include "sluice/liverunner/wire.h"
#include "sluice/payments/recipient.h"

#include <QtCore/QUrl>

#include <chrono>
#include <functional>

namespace sluice::liverunner {

struct OrchestratorOptions {
    OrchestratorOptions() = default;
    /// What apps put into `Authorization` to register; empty: none can, but those of `runners.json`.
    Secret secret;
    /// As a node without a chain: it names no prices and asks for no payments.
    bool offChain = false;
    /// The feed by which prices in dollars become wei.
    Rational dollarsPerEth = 2000;
    /// The node as apps see it; empty: as clients do.
    QUrl internalBase;
    /// Where proxies lie: an address with `{proxy}` as its last segment; empty: `{service}/run/{proxy}`.
    QString proxyTemplate;
    std::chrono::seconds tokenLife{1800};
    std::chrono::milliseconds heartbeatInterval{5'000};
    std::chrono::milliseconds heartbeatTtl{20'000};
    std::chrono::milliseconds sweepPeriod{5'000};
    std::chrono::milliseconds healthPeriod{5'000};
    std::chrono::milliseconds healthTimeout{3'000};
    std::chrono::milliseconds keepAlive{10'000}; ///< between keepalives of o2r
    /// Time is billed so often, in whole seconds.
    std::chrono::milliseconds debitInterval{5'000};
    std::chrono::milliseconds connectTimeout{10'000};
    /// For a client to send more of a body, and for an app to take it; nothing else of a call has a limit.
    std::chrono::milliseconds stallTimeout{60'000};
    int maxRunners = 1000;
    int maxSessions = 10'000;
    int maxChannelsPerSession = 250;
    int maxProxiesPerSession = 250;
    /// Records what became of a payment's tickets, within the transaction that books them. On the I/O thread.
    std::function<void(const WirePayment &payment, const PaymentOutcome &outcome)> note;
};

} // namespace sluice::liverunner
