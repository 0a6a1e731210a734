#pragma once

#include "sluice/openai/api_error.h"
#include "sluice/openai/chat_chunk.h"
#include "sluice/openai/dialect.h"

namespace sluice::openai {

/// One thing to be sent to who asked for a stream. A value.
struct ChatEvent {
    ChatEvent() = default; // no aggregate: see DESIGN.md 3
    enum class Kind {
        Chunk,
        Complete,   ///< the answer is whole
        Incomplete, ///< the upstream ended before its answer did; `error` says so
        Failed,     ///< the upstream told of a failure, or answered what is no stream; `error` is what to tell
    };
    Kind kind = Kind::Chunk;
    ChatChunk chunk;
    ApiError error;
    Mapping mapping = Mapping::Semantic;

    /// Nothing follows.
    [[nodiscard]] bool isEnd() const { return kind != Kind::Chunk; }
    /// For any transport: a chunk's JSON, `[DONE]`, or an error object. Compat: as the original has it, which has no `[DONE]`.
    [[nodiscard]] QByteArray data() const;
    /// The same as a server-sent event. Compat: an error is no event there, and an end is nothing at all.
    [[nodiscard]] QByteArray sse() const;
};

} // namespace sluice::openai
