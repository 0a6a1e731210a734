#pragma once

#include "sluice/gateway/gateway.h"
#include "sluice/session/run_controller.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFuture>

namespace sluice::ui {

class RunController::Private {
public:
    Call call;
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

    QFuture<RunResult> future;
    std::unique_ptr<StreamResponse> stream;
    std::unique_ptr<LiveSession> live;

    static std::unique_ptr<Private> start(Gateway &gateway, const Call &call);
    void watch(RunController *q);
    void watchRun(RunController *q);
    void watchStream(RunController *q);
    void watchLive(RunController *q);
    void settle(RunController *q, State newState);
};

} // namespace sluice::ui
