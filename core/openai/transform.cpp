#include "sluice/openai/transform.h"

#include "compat_p.h"
#include "keys_p.h"

#include "sluice/net/multipart_form.h"
#include "sluice/openai/stop_filter.h"

#include <algorithm>

namespace sluice::openai {

namespace {

constexpr qint64 DefaultMaxTokens = 256; // what a gateway takes where nothing is said; it prices by it

bool isSystem(const Message &message)
{
    return message.role == QLatin1String("system") || message.role == QLatin1String("developer");
}

/// The members that an object has beside `known`.
Json restOf(const Json &object, const QStringList &known)
{
    Json rest = Json::object();
    for (const auto &[key, value] : object.members()) {
        if (!known.contains(key))
            rest.insert(key, value);
    }
    return rest;
}

QString textOr(const Json &json, const QString &fallback)
{
    return json.toString().isEmpty() ? fallback : json.toString();
}

/// 0 is how a gateway writes that there is none.
qint64 createdOf(const Json &json, qint64 fallback)
{
    const qint64 created = json.value(keys::Created).toInt64().value_or(0);
    return created > 0 ? created : fallback;
}

Expected<LegacyForm, ApiError> semanticForm(const ChatRequest &request)
{
    if (const auto refused = request.refusedByLlm())
        return unexpected(*refused);
    if (request.messages.last().role != QLatin1String("user"))
        return unexpected(ApiError::invalidRequest(QStringLiteral("The last message must be the user's; here it is of the role “%1”.").arg(request.messages.last().role),
            keys::Messages));
    LegacyForm form;
    form.prompt = request.messages.last().text();
    QStringList instructions;
    Json history = Json::array();
    for (const Message &message : request.messages.mid(0, request.messages.size() - 1)) {
        if (isSystem(message))
            instructions.append(message.text());
        else
            history.append(Json{{keys::Role, message.role}, {keys::Content, message.text()}});
    }
    if (!instructions.isEmpty())
        form.systemMsg = instructions.join(QStringLiteral("\n\n"));
    if (history.size() > 0)
        form.history = QString::fromUtf8(history.dump());
    form.modelId = request.model;
    if (request.temperature)
        form.temperature = Json(*request.temperature).numberText();
    form.maxTokens = request.maxTokens.value_or(DefaultMaxTokens);
    form.stream = request.stream;
    return form;
}

ChatAnswer legacyAnswer(const Json &json, const AnswerIdentity &identity)
{
    ChatAnswer answer;
    ChatAnswer::Choice choice;
    choice.message = Json{{keys::Role, "assistant"}, {keys::Content, json.value(keys::Response).toString()}};
    answer.choices.append(choice);
    answer.id = textOr(json.value(keys::Id), identity.id);
    answer.created = createdOf(json, identity.created);
    answer.model = identity.model;
    return answer;
}

ChatAnswer chosenAnswer(const Json &json, const AnswerIdentity &identity, Dialect dialect)
{
    static const QStringList known{keys::Id, keys::Object, keys::Created, keys::Model, keys::Choices, keys::Usage, keys::TokensUsed};
    static const QStringList knownOfChoice{keys::Index, keys::Message, keys::FinishReason};
    ChatAnswer answer;
    answer.id = textOr(json.value(keys::Id), identity.id);
    answer.created = createdOf(json, identity.created);
    answer.model = dialect == Dialect::OpenAi ? textOr(json.value(keys::Model), identity.model) : identity.model;
    answer.extra = restOf(json, known);
    for (const Json &one : json.value(keys::Choices).items()) {
        ChatAnswer::Choice choice;
        choice.index = int(one.value(keys::Index).toInt64().value_or(answer.choices.size()));
        choice.message = one.value(keys::Message).isObject() ? one.value(keys::Message) : Json::object();
        choice.finishReason = textOr(one.value(keys::FinishReason), QStringLiteral("stop"));
        choice.extra = restOf(one, knownOfChoice);
        answer.choices.append(choice);
    }
    return answer;
}

bool hasMessage(const Json &choices)
{
    return std::any_of(choices.items().begin(), choices.items().end(), [](const Json &choice) { return choice.value(keys::Message).isObject(); });
}

void stopAt(ChatAnswer &answer, const QStringList &stops)
{
    for (ChatAnswer::Choice &choice : answer.choices) {
        StopFilter filter(stops);
        const QString kept = filter.feed(choice.text());
        if (!filter.matched())
            continue;
        choice.setText(kept);
        choice.finishReason = keys::Stop;
    }
}

Expected<ChatAnswer, ApiError> semanticAnswer(const ChatRequest &request, const UpstreamAnswer &answer, Dialect dialect, const AnswerIdentity &identity)
{
    if (answer.status < 200 || answer.status > 299)
        return unexpected(ApiError::fromUpstream(answer.status, answer.body, answer.retryAfter, dialect == Dialect::OpenAi));
    if (answer.body.trimmed().isEmpty())
        return unexpected(ApiError::badGateway(QStringLiteral("The upstream answered %1 with nothing in it.").arg(answer.status)));
    const auto json = Json::parse(answer.body, ChatRequest::BodyLimits);
    if (!json || !json->isObject())
        return unexpected(ApiError::badGateway(QStringLiteral("The upstream answered with something else than a JSON object (%1).")
                .arg(answer.contentType.isEmpty() ? QStringLiteral("of no type") : QString::fromLatin1(answer.contentType.left(80)))));
    if (const auto failure = errorIn(*json))
        return unexpected(*failure);
    ChatAnswer read;
    if (hasMessage(json->value(keys::Choices)))
        read = chosenAnswer(*json, identity, dialect);
    else if (json->value(keys::Response).isString())
        read = legacyAnswer(*json, identity);
    else
        return unexpected(ApiError::badGateway(QStringLiteral("The upstream's answer has no text: neither `choices` nor `response`.")));
    read.usage = Usage::in(*json).value_or(Usage());
    if (dialect != Dialect::OpenAi)
        stopAt(read, request.stop);
    return read;
}

/// A piece of the legacy form; nothing for one without text or end.
std::optional<ChatChunk> legacyChunk(const Json &event)
{
    ChatChunk chunk;
    chunk.usage = Usage::in(event);
    ChatChunk::Choice choice;
    const QString text = event.value(keys::Chunk).toString();
    if (event.value(keys::Done).toBool())
        choice.finishReason = keys::Stop; // the text beside it is a marker
    else if (!text.isEmpty())
        choice.delta.insert(keys::Content, text);
    if (choice.finishReason || choice.delta.size() > 0)
        chunk.choices.append(choice);
    return chunk.usage || !chunk.choices.isEmpty() ? std::optional(chunk) : std::nullopt;
}

ChatChunk::Choice chunkChoice(const Json &json, qsizetype place)
{
    static const QStringList known{keys::Index, keys::Delta, keys::Message, keys::FinishReason};
    ChatChunk::Choice choice;
    choice.index = int(json.value(keys::Index).toInt64().value_or(place));
    // Servers that do not stream put the whole message there.
    for (const QString &name : {keys::Delta, keys::Message}) {
        if (json.value(name).isObject()) {
            choice.delta = json.value(name);
            break;
        }
    }
    const QString reason = json.value(keys::FinishReason).toString();
    if (!reason.isEmpty())
        choice.finishReason = reason;
    choice.extra = restOf(json, known);
    return choice;
}

std::optional<ChatChunk> chosenChunk(const Json &event)
{
    static const QStringList known{keys::Id, keys::Object, keys::Created, keys::Model, keys::Choices, keys::Usage, keys::TokensUsed};
    ChatChunk chunk;
    chunk.usage = Usage::in(event);
    chunk.extra = restOf(event, known);
    const Json choices = event.value(keys::Choices);
    for (qsizetype i = 0; i < choices.items().size(); ++i) {
        if (choices.items().at(i).isObject())
            chunk.choices.append(chunkChoice(choices.items().at(i), i));
    }
    return chunk.usage || !chunk.choices.isEmpty() ? std::optional(chunk) : std::nullopt;
}

} // namespace

Expected<LegacyForm, ApiError> transformRequest(const ChatRequest &request, Mapping mapping)
{
    return mapping == Mapping::Compat ? compat::legacyForm(request) : semanticForm(request);
}

Expected<Json, ApiError> transformToGateway(const ChatRequest &request)
{
    if (const auto refused = request.refusedByLlm())
        return unexpected(*refused);
    Json messages = Json::array();
    for (const Message &message : request.messages)
        messages.append(Json{{keys::Role, isSystem(message) ? QStringLiteral("system") : message.role}, {keys::Content, message.text()}});
    Json json{{keys::Model, request.model}, {keys::Messages, messages}, {keys::Stream, request.stream},
        {keys::MaxTokens, request.maxTokens.value_or(DefaultMaxTokens)}};
    if (request.temperature)
        json.insert(keys::Temperature, *request.temperature);
    if (request.topP)
        json.insert(keys::TopP, *request.topP);
    if (request.topK)
        json.insert(keys::TopK, *request.topK);
    return json;
}

Expected<GatewayBody, ApiError> gatewayBody(const ChatRequest &request, Dialect dialect, Mapping mapping)
{
    GatewayBody made;
    if (dialect == Dialect::Legacy) {
        const auto form = transformRequest(request, mapping);
        if (!form)
            return unexpected(form.error());
        const MultipartForm written = form->form();
        made.contentType = written.contentType();
        made.body = written.body();
        return made;
    }
    const auto json = transformToGateway(request);
    if (!json)
        return unexpected(json.error());
    made.contentType = "application/json";
    made.body = json->dump();
    return made;
}

Expected<ChatAnswer, ApiError> transformAnswer(const ChatRequest &request, const UpstreamAnswer &answer, Dialect dialect, const AnswerIdentity &identity, Mapping mapping)
{
    return mapping == Mapping::Compat ? compat::answer(answer.body, identity) : semanticAnswer(request, answer, dialect, identity);
}

Expected<std::optional<ChatChunk>, ApiError> transformStreamChunk(const Json &event, const AnswerIdentity &identity, Mapping mapping)
{
    if (mapping == Mapping::Compat) {
        const auto chunk = compat::chunk(event, identity);
        if (!chunk)
            return unexpected(chunk.error());
        return std::optional(*chunk);
    }
    if (const auto failure = errorIn(event))
        return unexpected(*failure);
    const Json text = event.value(keys::Chunk);
    if (!event.isObject() || (!text.isNull() && !text.isString()))
        return unexpected(ApiError::badGateway(QStringLiteral("The upstream's stream has an event that is no piece of an answer.")));
    std::optional<ChatChunk> chunk = event.contains(keys::Choices) ? chosenChunk(event) : legacyChunk(event);
    if (chunk) {
        chunk->id = textOr(event.value(keys::Id), identity.id);
        chunk->created = createdOf(event, identity.created);
        chunk->model = textOr(event.value(keys::Model), identity.model);
    }
    return chunk;
}

} // namespace sluice::openai
