#include "sluice/live/live_state.h"

#include <QtCore/QCoreApplication>

namespace sluice::ui {

QString liveStateText(LiveState state)
{
    switch (state) {
    case LiveState::Idle: return QCoreApplication::translate("LiveState", "Not started");
    case LiveState::Starting: return QCoreApplication::translate("LiveState", "Starting…");
    case LiveState::Running: return QCoreApplication::translate("LiveState", "Running");
    case LiveState::Paused: return QCoreApplication::translate("LiveState", "Paused");
    case LiveState::Stopping: return QCoreApplication::translate("LiveState", "Stopping…");
    case LiveState::Stopped: return QCoreApplication::translate("LiveState", "Stopped");
    case LiveState::Failed: return QCoreApplication::translate("LiveState", "Failed");
    }
    return {};
}

Theme::Role liveStateRole(LiveState state)
{
    switch (state) {
    case LiveState::Running: return Theme::Role::Success;
    case LiveState::Paused: return Theme::Role::Warning;
    case LiveState::Failed: return Theme::Role::Failed;
    case LiveState::Starting: return Theme::Role::Info;
    default: return Theme::Role::Muted;
    }
}

} // namespace sluice::ui
