#pragma once

#include "sluice/backend/call.h"
#include "sluice/llmworker/message.h"

namespace sluice::llmworker {

/// What a call of a template sends: the last message of the user as the query, what stands before it as the history, whose braces are doubled
/// because workers read them as placeholders (llm-worker.md 8). InvalidInput names the place in the input.
[[nodiscard]] Expected<AddRequest> requestFor(const Call &call, const Assistant &assistant);

/// Of every template's input.
[[nodiscard]] Json inputSchema();

} // namespace sluice::llmworker
