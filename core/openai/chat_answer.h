#pragma once

#include "sluice/openai/message.h"
#include "sluice/openai/usage.h"

namespace sluice::openai {

/// A whole chat completion (openai.md 6.2). A value that keeps the members that nobody here knows.
struct ChatAnswer {
    ChatAnswer() = default; // no aggregate: see DESIGN.md 3
    struct Choice {
        Choice() = default;
        int index = 0;
        Json message = Json::object(); ///< as OpenAI has it: role, content, tool_calls, …
        QString finishReason = QStringLiteral("stop");
        Json extra = Json::object();

        [[nodiscard]] QString text() const;
        void setText(const QString &text);
        /// What the model thought aloud, where the server tells (openai.md 6.6).
        [[nodiscard]] QString reasoning() const;
        [[nodiscard]] QList<Message::ToolCall> toolCalls() const { return Message::toolCallsIn(message); }
    };

    QString id;
    qint64 created = 0;
    QString model;
    QList<Choice> choices;
    Usage usage;
    Json extra = Json::object(); ///< `system_fingerprint`, `timings`, …

    /// With everything that OpenAI's schema requires.
    [[nodiscard]] Json toJson() const;
    /// One answer of several that were asked for one request with `n`: their choices in order, their usage together.
    [[nodiscard]] static ChatAnswer merged(const QList<ChatAnswer> &answers);
};

} // namespace sluice::openai
