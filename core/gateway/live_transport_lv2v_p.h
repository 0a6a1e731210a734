#pragma once

#include "gateway_core_p.h"

namespace sluice::live_video {

/// Where orchestrators are asked for live video: the ones that offer `model` (any, when empty), in order of preference. An orchestrator
/// may name another port of its own host for it. Errors as for GatewayCore::orchestratorsFor().
QCoro::Task<QList<QUrl>> orchestratorsFor(std::shared_ptr<GatewayCore> core, QString model, CallContext context);

/// The models that an orchestrator lists, each as a capability; `listsNames`: it told its other capabilities, so it tells this address too.
/// None where it offers no live video.
QCoro::Task<QList<CapabilityInfo>> listing(std::shared_ptr<GatewayCore> core, QUrl orchestrator, bool listsNames, CallContext context);

} // namespace sluice::live_video
