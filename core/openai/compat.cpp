#include "compat_p.h"

#include "go_text_p.h"
#include "keys_p.h"

namespace sluice::openai::compat {

namespace {

ApiError failed(int status, const QString &words)
{
    ApiError error;
    error.status = status;
    error.message = words;
    return error;
}

/// Go's decoder, as far as this house's parser is as strict; its own words only where they are known.
Expected<Json, QString> parsed(QByteArrayView text)
{
    if (text.isEmpty())
        return unexpected(QStringLiteral("unexpected end of JSON input"));
    const auto json = Json::parse(go::readable(text), ChatRequest::BodyLimits);
    if (!json)
        return unexpected(QStringLiteral("invalid JSON: ") + json.error().message());
    return *json;
}

QString readMessage(const Json &json, Message &message)
{
    QString content;
    const QString wrong = go::decode(json, QStringLiteral("OpenAIMessage"), QStringLiteral("messages."),
        {go::textField("role", message.role), go::textField("content", content)});
    Message::Part part;
    part.type = keys::Text;
    part.text = content;
    message.parts.append(part);
    message.raw = json;
    return wrong;
}

go::Field messagesField(QList<Message> &into)
{
    return {"messages", "[]models.OpenAIMessage", [&into](const Json &value) {
                if (!value.isArray())
                    return value.isNumber() ? QStringLiteral("number") : go::kindOf(value);
                QString first;
                into.clear();
                for (const Json &item : value.items()) {
                    Message message;
                    QString wrong = readMessage(item, message);
                    if (!item.isObject() && !item.isNull())
                        wrong = go::mismatch(go::kindOf(item), QStringLiteral("OpenAIRequest"), QStringLiteral("messages"), QStringLiteral("models.OpenAIMessage"));
                    if (first.isEmpty())
                        first = wrong;
                    into.append(message);
                }
                return first;
            }};
}

go::Field stopField(QStringList &into)
{
    return {"stop", "[]string", [&into](const Json &value) {
                if (!value.isArray())
                    return value.isNumber() ? QStringLiteral("number") : go::kindOf(value);
                into.clear();
                for (const Json &item : value.items()) {
                    if (!item.isString() && !item.isNull())
                        return go::mismatch(go::kindOf(item), QStringLiteral("OpenAIRequest"), QStringLiteral("stop"), QStringLiteral("string"));
                    into.append(item.toString());
                }
                return QString();
            }};
}

} // namespace

Expected<ChatRequest, ApiError> parseRequest(QByteArrayView body)
{
    const QByteArrayView value = go::firstValue(body);
    if (value.isEmpty())
        return unexpected(failed(400, QStringLiteral("EOF")));
    const auto json = parsed(value);
    if (!json)
        return unexpected(failed(400, json.error()));
    if (!json->isObject() && !json->isNull())
        return unexpected(failed(400, QStringLiteral("json: cannot unmarshal %1 into Go value of type models.OpenAIRequest").arg(go::kindOf(*json))));
    ChatRequest request;
    request.raw = *json;
    qint64 maxTokens = 0;
    qint64 n = 0;
    double temperature = 0;
    double topP = 0;
    double unused = 0;
    QString user;
    const QString wrong = go::decode(*json, QStringLiteral("OpenAIRequest"), {},
        {go::textField("model", request.model), messagesField(request.messages), go::integerField("max_tokens", maxTokens),
            go::floatField("temperature", temperature), go::floatField("top_p", topP), go::integerField("n", n), stopField(request.stop),
            go::floatField("presence_penalty", unused), go::floatField("frequency_penalty", unused), go::textField("user", user),
            go::boolField("stream", request.stream)});
    if (!wrong.isEmpty())
        return unexpected(failed(400, wrong));
    if (request.messages.isEmpty())
        return unexpected(failed(500, QString()));
    if (maxTokens != 0)
        request.maxTokens = maxTokens;
    if (temperature != 0)
        request.temperature = temperature;
    return request;
}

Expected<LegacyForm, ApiError> legacyForm(const ChatRequest &request)
{
    const QList<Message> &messages = request.messages;
    if (messages.isEmpty())
        return unexpected(failed(500, QString()));
    LegacyForm form;
    form.prompt = messages.last().text();
    form.modelId = request.model;
    form.stream = request.stream;
    if (messages.size() > 1)
        form.systemMsg = messages.first().text();
    if (messages.size() > 2) {
        QByteArrayList turns;
        for (const Message &message : messages.mid(1, messages.size() - 2))
            turns.append(go::string(message.role + QStringLiteral(": ") + message.text()));
        form.history = QString::fromUtf8('[' + turns.join(',') + ']');
    }
    if (request.temperature.value_or(0) != 0)
        form.temperature = go::sixDecimals(float(*request.temperature));
    if (request.maxTokens.value_or(0) != 0)
        form.maxTokens = request.maxTokens;
    return form;
}

Expected<ChatAnswer, ApiError> answer(const QByteArray &body, const AnswerIdentity &identity)
{
    const auto json = parsed(body);
    if (!json)
        return unexpected(failed(500, json.error()));
    if (json->isNull())
        return unexpected(failed(500, QString())); // the original dies
    if (!json->isObject())
        return unexpected(failed(500, QStringLiteral("json: cannot unmarshal %1 into Go value of type worker.LLMResponse").arg(go::kindOf(*json))));
    QString response;
    qint64 tokens = 0;
    const QString wrong = go::decode(*json, QStringLiteral("LLMResponse"), {}, {go::textField("response", response), go::integerField("tokens_used", tokens)});
    if (!wrong.isEmpty())
        return unexpected(failed(500, wrong));
    ChatAnswer read;
    read.id = identity.id;
    read.created = identity.created;
    read.model = identity.model;
    ChatAnswer::Choice choice;
    choice.message = Json{{keys::Role, "assistant"}, {keys::Content, response}};
    read.choices.append(choice);
    read.usage.totalTokens = tokens;
    return read;
}

Expected<ChatChunk, ApiError> chunk(const Json &event, const AnswerIdentity &identity)
{
    const QString prefix = QStringLiteral("error unmarshalling SSE chunk: ");
    if (!event.isObject() && !event.isNull())
        return unexpected(failed(500, prefix + QStringLiteral("json: cannot unmarshal %1 into Go value of type worker.LlmStreamChunk").arg(go::kindOf(event))));
    QString text;
    qint64 tokens = 0;
    bool done = false;
    const QString wrong = go::decode(event, QStringLiteral("LlmStreamChunk"), {},
        {go::textField("chunk", text), go::integerField("tokens_used", tokens), go::boolField("done", done)});
    if (!wrong.isEmpty())
        return unexpected(failed(500, prefix + wrong));
    ChatChunk made;
    made.id = identity.id;
    made.created = identity.created;
    made.model = identity.model;
    ChatChunk::Choice choice;
    choice.delta = Json{{keys::Content, text}};
    choice.finishReason = done ? keys::Stop : QString();
    made.choices.append(choice);
    if (done) {
        made.usage = Usage();
        made.usage->totalTokens = tokens;
    }
    return made;
}

QByteArray text(const ChatAnswer &answer)
{
    Json choices = Json::array();
    for (const ChatAnswer::Choice &choice : answer.choices) {
        const Json message{{keys::Role, choice.message.value(keys::Role)}, {keys::Content, choice.text()}};
        choices.append(Json{{keys::Index, choice.index}, {keys::Message, message}, {keys::FinishReason, choice.finishReason}});
    }
    return go::text(Json{{keys::Id, answer.id}, {keys::Object, "chat.completion"}, {keys::Created, answer.created}, {keys::Model, answer.model},
        {keys::Choices, choices}, {keys::Usage, answer.usage.toJson()}});
}

QByteArray text(const ChatChunk &chunk)
{
    return go::text(chunk.toJson());
}

QByteArray text(const ApiError &error)
{
    return error.message.isEmpty() ? QByteArray() : go::text(Json{{keys::Error, error.message}});
}

} // namespace sluice::openai::compat
