#pragma once

#include "sluice/inspector/inspector.h"
#include "sluice/session/run_controller.h"

#include <QtCore/QTimer>

namespace sluice::ui {

/// Shows `run` in the inspector and follows it until `context` (the run itself by default) is gone. Disconnect an earlier
/// run by deleting its context. For rooms that link session as well.
inline void bindInspector(Inspector &inspector, ui::RunController &run, QObject *context = nullptr)
{
    using ui::RunController;
    QObject *owner = context != nullptr ? context : &run;
    const auto showTrace = [&inspector, &run] { inspector.setTrace(run.trace(), run.elapsed()); };
    inspector.setCurrentCapability(run.capabilityId().text());
    inspector.setPayment(run.payment());
    showTrace();
    QObject::connect(&run, &RunController::paymentChanged, owner, [&inspector](const Payment &payment) { inspector.setPayment(payment); });
    QObject::connect(&run, &RunController::traceChanged, owner, showTrace);
    QObject::connect(&run, &RunController::stateChanged, owner, showTrace);
    if (run.state() != RunController::State::Running)
        return;
    // Steps that still run grow while nothing else happens.
    auto *growing = new QTimer(owner);
    growing->setInterval(std::chrono::milliseconds(200));
    QObject::connect(growing, &QTimer::timeout, owner, showTrace);
    QObject::connect(&run, &RunController::stateChanged, growing, &QTimer::stop);
    QObject::connect(&run, &QObject::destroyed, growing, &QTimer::stop);
    growing->start();
}

} // namespace sluice::ui
