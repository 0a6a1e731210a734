#pragma once

#include "gateway_core_p.h"

namespace sluice::live_video {

/// Where orchestrators are asked for live video: the ones that offer `model` (any, when empty), in order of preference. An orchestrator
/// may name another port of its own host for it. Errors as for GatewayCore::orchestratorsFor().
QCoro::Task<QList<QUrl>> orchestratorsFor(std::shared_ptr<GatewayCore> core, QString model, CallContext context);

/// What orchestrators say by gRPC of what they offer.
struct Terms {
    Terms() = default; // no aggregate: g++ 12 destroys twice what a co_await expression makes of one
    QList<CapabilityInfo> models;       ///< of live video, each as a capability
    QMap<QString, PriceInfo> byocPrices; ///< per second, by capability
    bool answered = false;              ///< somebody answered in the words of an orchestrator
};
/// The listing of one orchestrator; `listsNames`: it told its other capabilities, so it tells this address too. Empty where nobody answers.
QCoro::Task<Terms> termsOf(std::shared_ptr<GatewayCore> core, QUrl orchestrator, bool listsNames, CallContext context);

} // namespace sluice::live_video
