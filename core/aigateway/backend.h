#pragma once

#include "sluice/backend/backend.h"

namespace sluice::aigateway {

/// `aigateway`: the built-in pipelines of a Livepeer AI gateway (openai.md 4, 9), which pays for them.
[[nodiscard]] BackendKind backendKind();

} // namespace sluice::aigateway
