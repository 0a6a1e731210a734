#pragma once

#include "call_recorder_p.h"
#include "gateway_core_p.h"

#include "sluice/gateway/call_handle.h"

#include <QtCore/QPromise>

namespace sluice {

/// What the handles of one call share with the coroutine that runs it. Lives on the Gateway's thread.
class CallHandle::State {
public:
    /// `alive`: its cancellation ends the call, as cancel() does.
    State(std::shared_ptr<GatewayCore> gatewayCore, const Call &given, const CancelToken &alive);
    ~State();

    /// The end is written down.
    void settle(Outcome how);

    const std::shared_ptr<GatewayCore> core;
    Call call; ///< resolved as far as that is known; settled when its record begins
    const bool saysNoBackend;
    bool backendFound = false; ///< by execution::findBackend()
    CallScope scope;
    const std::shared_ptr<CallRecorder> recorder;
    Outcome outcome = Outcome::Running;
    QPromise<void> recorded;
};

} // namespace sluice
