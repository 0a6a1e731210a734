#pragma once

#include "sluice/openai/answer_identity.h"
#include "sluice/openai/chat_answer.h"
#include "sluice/openai/chat_chunk.h"
#include "sluice/openai/chat_request.h"

/// What a server needs to be byte for byte the original middleware (openai.md 2), beside the mapping (Mapping::Compat of transform.h).
namespace sluice::openai::compat {

/// Reads a body as the original does: its few members, in any letter case, null as absent, no bounds, nothing after the first JSON value
/// looked at. 400 in its words for a member of another type. No message at all is 500 without words: the original dies there.
[[nodiscard]] Expected<ChatRequest, ApiError> parseRequest(QByteArrayView body);

/// As the original writes them: Go's escapes, and its members only.
[[nodiscard]] QByteArray text(const ChatAnswer &answer);
[[nodiscard]] QByteArray text(const ChatChunk &chunk);
/// `{"error":"…"}`; nothing at all for an error without words.
[[nodiscard]] QByteArray text(const ApiError &error);

} // namespace sluice::openai::compat
