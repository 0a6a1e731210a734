#pragma once

#include "gateway_core_p.h"

#include <optional>

namespace sluice::network_listing {

/// What one orchestrator or gateway tells of its capabilities, or why it is none.
struct Told {
    Told() = default; // no aggregate: g++ 12 destroys twice what a co_await expression makes of one
    QUrl origin;
    QList<CapabilityInfo> capabilities; ///< BYOC
    QList<CapabilityInfo> liveVideo;
    bool complete = false;              ///< it has a list of its own: what stands in none is not offered
    std::optional<Error> error;         ///< nobody answers there, or somebody who is no node
};

/// Asks in every way that nodes answer (their list, their discovery, their terms by gRPC, what discovery said of them), and one
/// that tells nothing in a way that proves what it is. Most nodes have no list, which is no error. Never pays.
QCoro::Task<Told> of(std::shared_ptr<GatewayCore> core, QUrl origin, CallContext context);
/// The list alone, with one or two requests: enough to describe a capability before a call.
QCoro::Task<Told> listOf(std::shared_ptr<GatewayCore> core, QUrl origin, CallContext context);
/// Whether a gateway answers at the profile's gateway address; throws why not.
QCoro::Task<void> checkGateway(std::shared_ptr<GatewayCore> core, CallContext context);

} // namespace sluice::network_listing
