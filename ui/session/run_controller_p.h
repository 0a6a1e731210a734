#pragma once

#include "sluice/gateway/gateway.h"
#include "sluice/session/run_controller.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFuture>

namespace sluice::ui {

class RunController::Private {
public:
    Call call;
    CapabilityId id;
    State state = State::Running;
    QDateTime startedAt = QDateTime::currentDateTimeUtc();
    QElapsedTimer timer;
    std::chrono::milliseconds finalElapsed{0};
    RunResult result;
    Error error;
    Payment payment;
    QList<TraceSpan> trace;
    int eventCount = 0;
    QString lastBalance;

    RunCall run;
    std::unique_ptr<StreamResponse> stream;
    std::unique_ptr<LiveSession> live;
    Subscription paymentChanges; ///< of `run`; streams and sessions have signals

    /// What every verb has.
    [[nodiscard]] const CallHandle &handle() const;
    static std::unique_ptr<Private> start(Gateway &gateway, const Call &call, const CapabilityId &id);
    void watch(RunController *q);
    void watchRun(RunController *q);
    void watchStream(RunController *q);
    void watchLive(RunController *q);
    void settle(RunController *q, State newState);
};

} // namespace sluice::ui
