#pragma once

#include "sluice/widgets/theme.h"

#include <QtCore/QObject>

namespace sluice::ui {

/// Where a live job is, as a person sees it.
enum class LiveState { Idle, Starting, Running, Paused, Stopping, Stopped, Failed };

/// Of a state that holds a job open: it costs money.
[[nodiscard]] constexpr bool isOpen(LiveState state)
{
    return state == LiveState::Starting || state == LiveState::Running || state == LiveState::Paused || state == LiveState::Stopping;
}
/// "Running", "Paused": one word or two.
[[nodiscard]] QString liveStateText(LiveState state);
[[nodiscard]] Theme::Role liveStateRole(LiveState state);

} // namespace sluice::ui
