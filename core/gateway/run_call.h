#pragma once

#include "sluice/backend/run_result.h"
#include "sluice/gateway/call_handle.h"

namespace sluice {

/// The handle of `run`: a future of its result that knows what the call did and paid, also when it fails. Cancelling the future cancels
/// the call.
class RunCall : public QFuture<RunResult>, public CallHandle {
public:
    RunCall() = default;
    using QFuture<RunResult>::cancel;

private:
    friend class Gateway;
    RunCall(QFuture<RunResult> result, std::shared_ptr<State> state)
        : QFuture<RunResult>(std::move(result))
        , CallHandle(std::move(state))
    {
    }
};

} // namespace sluice
