#pragma once

#include "sluice/openai/api_error.h"
#include "sluice/openai/message.h"

#include <QtCore/QStringList>

#include <optional>

namespace sluice::openai {

/// A request for a chat completion (openai.md 6.1). A value that keeps what it was read from, so that passing it on loses nothing.
struct ChatRequest {
    ChatRequest() = default; // no aggregate: see DESIGN.md 3
    QString model;
    QList<Message> messages;
    std::optional<double> temperature; ///< an explicit 0 is a value
    std::optional<double> topP;
    std::optional<qint64> topK;
    std::optional<qint64> maxTokens;   ///< `max_completion_tokens`, else `max_tokens`
    QStringList stop;
    int n = 1;
    bool stream = false;
    bool includeUsage = false;
    Json raw; ///< the whole request

    /// What a chat with pictures in it may take.
    static constexpr Json::Limits BodyLimits{64 * 1024 * 1024, 64, 256 * 1024 * 1024};
    /// One JSON object whose members have the types and bounds of openai.md 6.1: 400 with the member at fault in `param` for all others,
    /// 413 beyond the limits' bytes. Members that are not in that list are not looked at.
    [[nodiscard]] static Expected<ChatRequest, ApiError> parse(QByteArrayView body, const Json::Limits &limits = BodyLimits);
    [[nodiscard]] static Expected<ChatRequest, ApiError> from(const Json &json);

    /// Why a gateway's `/llm` cannot take it, whatever the dialect: what it would drop without a word and the caller counts on (tools, JSON
    /// mode, log probabilities, pictures); nothing when it can. What may be ignored is.
    [[nodiscard]] std::optional<ApiError> refusedByLlm() const;
};

} // namespace sluice::openai
