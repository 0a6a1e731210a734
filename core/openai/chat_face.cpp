#include "sluice/openai/chat_face.h"

#include "keys_p.h"

#include "sluice/openai/compat.h"

namespace sluice::openai {

namespace {

class ChatCompletions : public ChatFace {
public:
    using ChatFace::request;
    Expected<ChatRequest, ApiError> request(QByteArrayView body) override { return ChatRequest::parse(body); }
    QByteArray answer(const ChatAnswer &answer) override { return answer.toJson().dump(); }
    QByteArray event(const ChatEvent &event) override { return event.sse(); }
    [[nodiscard]] bool repeats() const override { return true; }
};

class Compat final : public ChatFace {
public:
    using ChatFace::request;
    Expected<ChatRequest, ApiError> request(QByteArrayView body) override { return compat::parseRequest(body); }
    QByteArray answer(const ChatAnswer &answer) override { return compat::text(answer); }
    QByteArray event(const ChatEvent &event) override { return event.sse(); }
    QByteArray error(const ApiError &error) const override { return compat::text(error); }
};

/// A text is a chat of one message.
class Completions final : public ChatFace {
public:
    using ChatFace::request;
    Expected<ChatRequest, ApiError> request(const Json &json) override
    {
        Json prompt = json.value(QStringLiteral("prompt"));
        if (prompt.isArray() && prompt.size() == 1)
            prompt = prompt.at(0);
        if (!prompt.isString())
            return unexpected(ApiError::invalidRequest(QStringLiteral("prompt is one text here; lists of texts and of tokens are not served."), QStringLiteral("prompt")));
        for (const char *name : {"suffix", "echo", "best_of", "logprobs"}) {
            const Json value = json.value(QLatin1String(name));
            if (!value.isNull() && !(value.isBool() && !value.toBool()) && !(value.toInt64() == 1 && qstrcmp(name, "best_of") == 0))
                return unexpected(ApiError::invalidRequest(QStringLiteral("%1 is not served here.").arg(QLatin1String(name)), QLatin1String(name)));
        }
        Json chat = json;
        chat.remove(QStringLiteral("prompt"));
        const Json message{{keys::Role, QStringLiteral("user")}, {keys::Content, prompt}};
        chat.insert(keys::Messages, Json::array({message}));
        return ChatRequest::from(chat);
    }

    QByteArray answer(const ChatAnswer &answer) override
    {
        Json choices = Json::array();
        for (const ChatAnswer::Choice &choice : answer.choices)
            choices.append(choiceOf(choice.index, choice.text(), choice.finishReason));
        Json json = objectOf(answer.id, answer.created, answer.model, choices);
        json.insert(keys::Usage, answer.usage.toJson());
        return json.dump();
    }

    QByteArray event(const ChatEvent &event) override
    {
        if (event.kind != ChatEvent::Kind::Chunk)
            return event.sse();
        Json choices = Json::array();
        for (const ChatChunk::Choice &choice : event.chunk.choices) {
            const bool says = !choice.text().isEmpty() || choice.finishReason;
            if (says)
                choices.append(choiceOf(choice.index, choice.text(), choice.finishReason));
        }
        if (choices.size() == 0 && !event.chunk.usage)
            return {};
        Json json = objectOf(event.chunk.id, event.chunk.created, event.chunk.model, choices);
        if (event.chunk.usageWanted)
            json.insert(keys::Usage, event.chunk.usage ? event.chunk.usage->toJson() : Json());
        return "data: " + json.dump() + "\n\n";
    }
    [[nodiscard]] bool repeats() const override { return true; }

private:
    static Json choiceOf(int index, const QString &text, const std::optional<QString> &finishReason)
    {
        return Json{{keys::Text, text}, {keys::Index, index}, {keys::Logprobs, Json()}, {keys::FinishReason, finishReason ? Json(*finishReason) : Json()}};
    }
    static Json objectOf(QString id, qint64 created, const QString &model, const Json &choices)
    {
        id.replace(QLatin1String("chatcmpl-"), QLatin1String("cmpl-"));
        return Json{{keys::Id, id}, {keys::Object, QStringLiteral("text_completion")}, {keys::Created, created}, {keys::Model, model},
            {keys::Choices, choices.isNull() ? Json::array() : choices}};
    }
};

} // namespace

Expected<ChatRequest, ApiError> ChatFace::request(QByteArrayView body)
{
    const auto json = Json::parse(body, ChatRequest::BodyLimits);
    if (!json || !json->isObject())
        return unexpected(ApiError::invalidRequest(QStringLiteral("The body is no JSON object.")));
    return request(*json);
}

std::unique_ptr<ChatFace> chatCompletionsFace()
{
    return std::make_unique<ChatCompletions>();
}

std::unique_ptr<ChatFace> compatFace()
{
    return std::make_unique<Compat>();
}

std::unique_ptr<ChatFace> completionsFace()
{
    return std::make_unique<Completions>();
}

} // namespace sluice::openai
