#pragma once

#include "sluice/openai/chat_answer.h"
#include "sluice/openai/chat_event.h"
#include "sluice/openai/chat_request.h"

#include <memory>

namespace sluice::openai {

/// One of the routes that are a chat underneath: how its request becomes a chat, and how the chat's answer and stream are written there.
/// Pure; one for each request.
class ChatFace {
public:
    virtual ~ChatFace() = default;

    /// A body as this route takes it, as a chat. 400 with the member at fault in `param`.
    [[nodiscard]] virtual Expected<ChatRequest, ApiError> request(QByteArrayView body);
    /// The same of one that has been parsed.
    [[nodiscard]] virtual Expected<ChatRequest, ApiError> request(const Json &json) { return ChatRequest::from(json); }
    /// The whole answer's body.
    [[nodiscard]] virtual QByteArray answer(const ChatAnswer &answer) = 0;
    /// What one event of the stream is on the wire; may be nothing.
    [[nodiscard]] virtual QByteArray event(const ChatEvent &event) = 0;
    /// Whether events that differ in a choice's text alone are written alike but for that text, whatever was written before.
    [[nodiscard]] virtual bool repeats() const { return false; }
    [[nodiscard]] virtual QByteArray error(const ApiError &error) const { return error.toJson().dump(); }
};

/// `/chat/completions` (openai.md 6).
[[nodiscard]] std::unique_ptr<ChatFace> chatCompletionsFace();
/// The same as the original middleware writes it (openai.md 2).
[[nodiscard]] std::unique_ptr<ChatFace> compatFace();
/// `/completions`, the form before chats: one text goes in as the user's, one comes out.
[[nodiscard]] std::unique_ptr<ChatFace> completionsFace();
/// `/responses`, as far as it needs no memory of earlier ones (openai.md 6.7).
[[nodiscard]] std::unique_ptr<ChatFace> responsesFace();

} // namespace sluice::openai
