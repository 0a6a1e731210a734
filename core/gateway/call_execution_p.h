#pragma once

#include "call_recorder_p.h"
#include "gateway_core_p.h"

#include "sluice/byoc/answer_reader.h"
#include "sluice/gateway/gateway.h"

namespace sluice::execution {

/// The call as history keeps it: input fields that the schema marks as passwords are left empty.
[[nodiscard]] Call storedForm(const Call &call, const Json &inputSchema);
/// A recorder for the call, in its stored form.
[[nodiscard]] std::shared_ptr<CallRecorder> recorderFor(GatewayCore &core, const Call &call, const CallContext &context);
/// The exception being handled, as an Error; what is none of ours is a defect.
[[nodiscard]] Error currentError();

/// Throws NotRouted when no backend of this configuration can do it, and the configuration's own error.
void checkRoute(const GatewayCore &core, const Call &call);

/// The call's own ceiling. Throws InvalidInput when it is no amount.
[[nodiscard]] std::optional<Wei> spendLimitOf(const Call &call);

/// Sends the call until somebody accepts it. The recorder has begun.
QCoro::Task<byoc::JobAnswer> submit(std::shared_ptr<GatewayCore> core, Call call, std::shared_ptr<CallRecorder> recorder, CallContext context);

/// The whole of `run`, recorded in every outcome.
QCoro::Task<RunResult> run(std::shared_ptr<GatewayCore> core, Call call, std::shared_ptr<CallScope> scope);

/// The whole of `sign`.
QCoro::Task<Gateway::SignedRequest> sign(std::shared_ptr<GatewayCore> core, Call call, QString streamId, std::shared_ptr<CallScope> scope);

} // namespace sluice::execution
