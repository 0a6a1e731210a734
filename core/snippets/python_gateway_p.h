#pragma once

#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/snippet_generator.h"

namespace sluice::detail {

/// A call through a gateway with Python's own library: the published package reaches orchestrators only. Run, with any JSON.
[[nodiscard]] Snippet pythonThroughGateway(const Plan &plan, const Call &call);

} // namespace sluice::detail
