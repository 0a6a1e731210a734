#pragma once

#include "sluice/session/run_controller.h"
#include "sluice/shell/form_page.h"

#include <QtTest/QSignalSpy>

namespace sluice {

/// Presses Run and waits for the end of the call; the page keeps the controller.
inline ui::RunController *runToItsEnd(ui::FormPage &page)
{
    page.run();
    ui::RunController *run = page.currentRun();
    QSignalSpy ended(run, &ui::RunController::stateChanged);
    if (run->state() == ui::RunController::State::Running && ended.isEmpty())
        ended.wait(30'000);
    return run;
}

} // namespace sluice
