#pragma once

#include "gateway_core_p.h"

#include "sluice/byoc/stream_client.h"

namespace sluice {

/// The job that a live call asks an orchestrator for: its channels as the capability's listing says, unless `call.parameters` name
/// them; its parameters are the call's input.
QCoro::Task<byoc::StreamJob> streamJobFor(std::shared_ptr<GatewayCore> core, Call call, QString runId, CallContext context);

} // namespace sluice
