#pragma once

#include "call_recorder_p.h"
#include "gateway_core_p.h"

#include "sluice/byoc/answer_reader.h"
#include "sluice/gateway/gateway.h"

namespace sluice::execution {

/// Stores the call as running, without its secrets. Asks the network for the schema that tells them first, if it is not known;
/// where nobody tells, names decide.
QCoro::Task<void> beginRecord(std::shared_ptr<GatewayCore> core, std::shared_ptr<CallRecorder> recorder, Call call, CallContext context);
/// The exception being handled, as an Error; what is none of ours is a defect.
[[nodiscard]] Error currentError();

/// A remark on an answer that was packed though nobody asked for it; empty for all others.
[[nodiscard]] QString packedNote(const byoc::JobAnswer &answer);

/// Throws NotRouted when no backend of this configuration can do it, and the configuration's own error.
void checkRoute(const GatewayCore &core, const Call &call);

/// The call's own ceiling. Throws InvalidInput when it is no amount.
[[nodiscard]] std::optional<Wei> spendLimitOf(const Call &call);
/// Wei per second: what the call names, or what was listed. InvalidInput when the call names no price.
[[nodiscard]] std::optional<Rational> acceptedPriceOf(const GatewayCore &core, const Call &call);

/// Sends the call until somebody accepts it. The recorder has begun.
QCoro::Task<byoc::JobAnswer> submit(std::shared_ptr<GatewayCore> core, Call call, std::shared_ptr<CallRecorder> recorder, CallContext context);

/// The whole of `run`, recorded in every outcome.
QCoro::Task<RunResult> run(std::shared_ptr<GatewayCore> core, Call call, std::shared_ptr<CallScope> scope);

/// The whole of `sign`.
QCoro::Task<Gateway::SignedRequest> sign(std::shared_ptr<GatewayCore> core, Call call, QString streamId, std::shared_ptr<CallScope> scope);

} // namespace sluice::execution
