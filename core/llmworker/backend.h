#pragma once

#include "sluice/backend/backend.h"

namespace sluice::llmworker {

/// An LLM worker: each template of the settings is a capability, whose jobs wait in the worker's queue (llm-worker.md).
[[nodiscard]] BackendKind backendKind();

} // namespace sluice::llmworker
