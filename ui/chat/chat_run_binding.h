#pragma once

#include "sluice/chat/chat_pane.h"
#include "sluice/session/run_controller.h"

namespace sluice::ui {

/// Lets the pane show `run`, and its Stop button stop it. For rooms that link session as well.
inline void bindChat(ChatPane &pane, ui::RunController &run)
{
    using ui::RunController;
    QObject::connect(&pane, &ChatPane::stopRequested, &run, &RunController::cancel);
    QObject::connect(&run, &RunController::event, &pane, &ChatPane::takeEvent);
    QObject::connect(&run, &RunController::paymentChanged, &pane, &ChatPane::takePayment);
    QObject::connect(&run, &RunController::failed, &pane, &ChatPane::fail);
    QObject::connect(&run, &RunController::succeeded, &pane, [&pane, &run](const RunResult &result) {
        if (run.call().verb == Verb::Run)
            pane.takeResult(result);
        else
            pane.finish();
        pane.takeNotes(run.notes());
    });
    QObject::connect(&run, &RunController::stateChanged, &pane, [&pane](RunController::State state) {
        if (state == RunController::State::Canceled)
            pane.cancel();
    });
}

} // namespace sluice::ui
