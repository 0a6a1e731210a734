#pragma once

#include "sluice/backend/backend.h"

namespace sluice::openai {

/// Any OpenAI-compatible server: each model that it lists is a capability, by its name one for chat, embeddings, pictures, transcription or
/// speech (openai.md 6).
[[nodiscard]] BackendKind backendKind();

} // namespace sluice::openai
