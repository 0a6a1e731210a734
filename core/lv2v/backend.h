#pragma once

#include "sluice/backend/backend.h"

namespace sluice::lv2v {

/// live-video-to-video on Livepeer's orchestrators (trickle.md 5): one live capability per model, "live-video-to-video/<model>".
[[nodiscard]] BackendKind backendKind();

} // namespace sluice::lv2v
