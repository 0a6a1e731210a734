#pragma once

#include "gateway_core_p.h"

namespace sluice::remote_jobs {

/// The jobs of every backend's servers. Throws Canceled; what a server would not tell stands in the list.
QCoro::Task<RemoteJobList> list(std::shared_ptr<GatewayCore> core, CallContext context);
/// Throws NotRouted where there are no such jobs, or none can be ended.
QCoro::Task<void> cancel(std::shared_ptr<GatewayCore> core, QString backend, QString id, CallContext context);

} // namespace sluice::remote_jobs
