#pragma once

#include "gateway_core_p.h"

#include "sluice/gateway/gateway.h"

namespace sluice::catalog {

/// What the network offers now, with prices and latencies where a token tells them. Never pays.
QCoro::Task<QList<CapabilityInfo>> list(std::shared_ptr<GatewayCore> core, CallContext context);
/// One capability with all that the network, the person and a token say of it; of one that nobody names no more than a token says.
QCoro::Task<CapabilityInfo> about(std::shared_ptr<GatewayCore> core, QString capability, CallContext context);
/// What is known of one capability, asking the network if need be; nothing when nobody tells.
QCoro::Task<std::optional<CapabilityInfo>> describe(std::shared_ptr<GatewayCore> core, QString capability, CallContext context);
QCoro::Task<QList<Gateway::Balance>> balances(std::shared_ptr<GatewayCore> core, QStringList capabilities, CallContext context);
/// The number of tickets whose outcome became known.
QCoro::Task<int> refreshOutcomes(std::shared_ptr<GatewayCore> core, CallContext context);

} // namespace sluice::catalog
