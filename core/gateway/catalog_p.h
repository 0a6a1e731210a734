#pragma once

#include "gateway_core_p.h"

#include "sluice/backend/candidates.h"

namespace sluice::catalog {

/// What the network offers now by every backend, and what the person named, with prices and latencies as far as they are known.
/// Never pays. Throws when no server of any backend answers.
QCoro::Task<QList<CapabilityInfo>> list(std::shared_ptr<GatewayCore> core, CallContext context);
/// One capability with all that the network, the person and its backend say of it. Errors as list().
QCoro::Task<CapabilityInfo> about(std::shared_ptr<GatewayCore> core, CapabilityId id, CallContext context);
/// The same of a name, whose backend may be known from the listing alone.
QCoro::Task<CapabilityInfo> aboutName(std::shared_ptr<GatewayCore> core, QString name, CallContext context);
/// What is known of one capability, asking its backend if need be; nothing when no source describes it.
QCoro::Task<std::optional<CapabilityInfo>> describe(std::shared_ptr<GatewayCore> core, CapabilityId id, CallContext context);
/// Whose capability a resolved call is for, asking backends whose names are like it where no listing told yet. A call that says no backend, to a
/// name that BYOC does not have and several others do, is NotRouted: the error names them.
QCoro::Task<QString> backendOf(std::shared_ptr<GatewayCore> core, Call call, bool saysNone, CallContext context);
QCoro::Task<CandidateReport> candidates(std::shared_ptr<GatewayCore> core, CapabilityId id, CallContext context);
QCoro::Task<QList<Balance>> balances(std::shared_ptr<GatewayCore> core, QList<CapabilityId> capabilities, CallContext context);
/// The number of tickets whose outcome became known.
QCoro::Task<int> refreshOutcomes(std::shared_ptr<GatewayCore> core, CallContext context);

} // namespace sluice::catalog
