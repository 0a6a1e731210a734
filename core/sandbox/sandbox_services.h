#pragma once

#include "sluice/sandbox/sandbox_service.h"

#include <memory>
#include <vector>

namespace sluice {

using SandboxServices = std::vector<std::unique_ptr<SandboxService>>;

/// Every service that a sandbox can have, in the order in which they start: a new one is one line here.
[[nodiscard]] SandboxServices sandboxServices();

/// Those that `options.only` and `options.without` leave. Throws Config: an unknown id, one whose need is left out, none left, an option
/// for one that is left out.
[[nodiscard]] SandboxServices chosenServices(SandboxServices all, const SandboxOptions &options);

} // namespace sluice
