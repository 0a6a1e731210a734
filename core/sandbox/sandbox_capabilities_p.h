#pragma once

#include "sluice/runner/capability.h"
#include "sluice/sandbox/sandbox_options.h"

#include <memory>
#include <vector>

namespace sluice {

/// The demo capabilities of a sandbox with these options, at the prices that they name. Throws Config, Storage.
[[nodiscard]] std::vector<std::unique_ptr<Capability>> sandboxCapabilities(const SandboxOptions &options);

} // namespace sluice
