#pragma once

#include "sluice/backend/backend.h"

namespace sluice::byoc {

/// BYOC on Livepeer's orchestrators, paid with tickets, or through a gateway that pays (byoc.md).
[[nodiscard]] BackendKind backendKind();

} // namespace sluice::byoc
