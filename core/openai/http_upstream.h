#pragma once

#include "sluice/base/secret.h"
#include "sluice/openai/upstream.h"

#include <QtCore/QUrl>

#include <chrono>
#include <optional>

namespace sluice::openai {

/// How an HTTP upstream is reached. A value.
struct HttpUpstreamOptions {
    QUrl base;       ///< a gateway's base, or an OpenAI-compatible server's, with or without `/v1`; a path prefix stays
    Secret apiKey;   ///< sent as `Authorization: Bearer`
    bool isOpenAi = false; ///< another OpenAI-compatible server, not a gateway
    /// A gateway's `/llm`; absent: asked for, by a probe that costs nothing (openai.md 5).
    std::optional<Dialect> dialect;
    QByteArray legacyPath = "/llm"; ///< where the legacy form goes; "/llm-generate" at some (openai.md 2.2, path trap)
    std::chrono::milliseconds connectTimeout{5'000};
    std::chrono::milliseconds answerTimeout{600'000}; ///< to the head of an answer, and from one piece of it to the next: a video takes its time
};

/// A gateway or an OpenAI-compatible server behind HTTP. Connections are kept for a moment and used again; a request that met a broken one is
/// not sent again.
[[nodiscard]] std::unique_ptr<Upstream> makeHttpUpstream(HttpUpstreamOptions options);

} // namespace sluice::openai
