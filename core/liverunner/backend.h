#pragma once

#include "sluice/backend/backend.h"

namespace sluice::liverunner {

/// Apps on live runners: single-shot calls, and persistent sessions as the verb `live` (live-runner.md).
[[nodiscard]] BackendKind backendKind();

} // namespace sluice::liverunner
