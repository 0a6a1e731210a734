#pragma once

#include "sluice/base/secret.h"
#include "sluice/llmworker/provider.h"

#include <QtCore/QUrl>

#include <chrono>
#include <optional>

namespace sluice::llmworker {

/// An OpenAI-compatible server as the original asks it (llm-worker.md 10). A value.
struct ChatProviderOptions {
    ChatProviderOptions() = default; // no aggregate: see DESIGN.md 3
    QUrl base; ///< with its version segment: "https://api.openai.com/v1"
    Secret key;
    QString missing; ///< a failure's text: why nothing can be asked; empty when all is there
    std::chrono::milliseconds timeout{60'000}; ///< to connect, to the answer's head, and between two reads of its body
    int tries = 3;   ///< for the answer to begin
    int repeats = 2; ///< of each try, after statuses that may pass, time-outs and broken connections
    std::chrono::milliseconds firstPause{500}; ///< before such a repeat; the next is twice as long

    /// `openai`: five seconds, and a failure without a key.
    [[nodiscard]] static ChatProviderOptions openAi(const QUrl &base, const Secret &key);
    /// `vllm`: a minute; without a key none is sent.
    [[nodiscard]] static ChatProviderOptions vllm(const QUrl &base, const Secret &key);
};

[[nodiscard]] std::shared_ptr<Provider> makeChatProvider(ChatProviderOptions options);

} // namespace sluice::llmworker
