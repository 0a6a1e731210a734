#include "sluice/openai/chat_request.h"

#include "keys_p.h"
#include "numbers_p.h"

#include <algorithm>
#include <array>
#include <limits>

namespace sluice::openai {

namespace {

using Problem = std::optional<ApiError>;

constexpr int MaxStops = 4;
constexpr int MaxN = 128;
constexpr std::array<const char *, 6> Roles{"developer", "system", "user", "assistant", "tool", "function"};

ApiError bad(const QString &param, const QString &message)
{
    return ApiError::invalidRequest(message, param);
}

/// "a number", "a list": what a value is, for a sentence.
QString kindOf(const Json &value)
{
    switch (value.type()) {
    case Json::Type::Null: return QStringLiteral("null");
    case Json::Type::Bool: return QStringLiteral("a boolean");
    case Json::Type::Number: return QStringLiteral("the number %1").arg(QString::fromLatin1(value.numberText().left(40)));
    case Json::Type::String: return QStringLiteral("a text");
    case Json::Type::Array: return QStringLiteral("a list");
    case Json::Type::Object: return QStringLiteral("an object");
    }
    return {};
}

Problem readNumber(const Json &request, const QString &name, double highest, std::optional<double> &into)
{
    const Json value = request.value(name);
    if (value.isNull())
        return std::nullopt;
    const auto number = doubleOf(value);
    if (!number || *number < 0 || *number > highest)
        return bad(name, QStringLiteral("`%1` must be a number from 0 to %2, not %3.").arg(name).arg(highest).arg(kindOf(value)));
    into = number;
    return std::nullopt;
}

Problem readInteger(const Json &request, const QString &name, qint64 lowest, qint64 highest, std::optional<qint64> &into)
{
    const Json value = request.value(name);
    if (value.isNull())
        return std::nullopt;
    const auto number = value.toInt64();
    if (!number || *number < lowest || *number > highest) {
        const QString upTo = highest < std::numeric_limits<qint32>::max() ? QStringLiteral("from %1 to %2").arg(lowest).arg(highest)
                                                                          : QStringLiteral("of at least %1").arg(lowest);
        return bad(name, QStringLiteral("`%1` must be a whole number %2, not %3.").arg(name, upTo, kindOf(value)));
    }
    into = number;
    return std::nullopt;
}

Problem readBool(const Json &parent, const QString &name, const QString &param, bool &into)
{
    const Json value = parent.value(name);
    if (value.isNull())
        return std::nullopt;
    if (!value.isBool())
        return bad(param, QStringLiteral("`%1` must be true or false, not %2.").arg(name, kindOf(value)));
    into = value.toBool();
    return std::nullopt;
}

Problem readStop(const Json &request, QStringList &into)
{
    const Json value = request.value(keys::Stop);
    if (value.isNull())
        return std::nullopt;
    const QList<Json> texts = value.isArray() ? value.items() : QList<Json>{value};
    if (texts.isEmpty() || texts.size() > MaxStops)
        return bad(keys::Stop, QStringLiteral("`stop` must be a text or a list of 1 to %1 texts, not of %2.").arg(MaxStops).arg(texts.size()));
    for (const Json &text : texts) {
        if (!text.isString() || text.toString().isEmpty())
            return bad(keys::Stop, QStringLiteral("`stop` must be a text or a list of texts that are not empty, not %1.").arg(text.isString() ? QStringLiteral("an empty one") : kindOf(text)));
        into.append(text.toString());
    }
    return std::nullopt;
}

Problem checkKinds(const Json &request)
{
    struct Wanted {
        const QString &name;
        Json::Type type;
        const char *what;
    };
    const std::array wanted{Wanted{keys::StreamOptions, Json::Type::Object, "an object"}, Wanted{keys::ResponseFormat, Json::Type::Object, "an object"},
        Wanted{keys::Tools, Json::Type::Array, "a list"}, Wanted{keys::Functions, Json::Type::Array, "a list"},
        Wanted{keys::Modalities, Json::Type::Array, "a list"}};
    for (const Wanted &one : wanted) {
        const Json value = request.value(one.name);
        if (!value.isNull() && value.type() != one.type)
            return bad(one.name, QStringLiteral("`%1` must be %2, not %3.").arg(one.name, QLatin1String(one.what), kindOf(value)));
    }
    const Json format = request.value(keys::ResponseFormat);
    if (!format.isNull() && !format.value(keys::Type).isString())
        return bad(keys::ResponseFormat, QStringLiteral("`response_format` must name its `type`."));
    bool ignored = false;
    return readBool(request, keys::Logprobs, keys::Logprobs, ignored);
}

Problem readPart(const Json &json, const QString &where, Message::Part &part)
{
    part.raw = json;
    part.type = json.value(keys::Type).toString();
    if (part.type.isEmpty())
        return bad(keys::Messages, QStringLiteral("%1 must be an object with a `type`.").arg(where));
    if (!part.isText())
        return std::nullopt;
    const Json text = json.value(keys::Text);
    if (!text.isString())
        return bad(keys::Messages, QStringLiteral("%1.text must be a text, not %2.").arg(where, kindOf(text)));
    part.text = text.toString();
    return std::nullopt;
}

Problem readContent(const Json &json, const QString &where, Message &message)
{
    const Json content = json.value(keys::Content);
    const QString place = where + QStringLiteral(".content");
    if (content.isString()) {
        Message::Part part;
        part.type = keys::Text;
        part.text = content.toString();
        part.raw = Json{{keys::Type, keys::Text}, {keys::Text, part.text}};
        message.parts.append(part);
        return std::nullopt;
    }
    // An answer of before may have asked for tools and said nothing.
    if (content.isNull() && message.role == QLatin1String("assistant"))
        return std::nullopt;
    if (!content.isArray() || content.size() == 0)
        return bad(keys::Messages, QStringLiteral("%1 must be a text or a list of parts, not %2.").arg(place, content.isArray() ? QStringLiteral("an empty list") : kindOf(content)));
    for (qsizetype i = 0; i < content.size(); ++i) {
        Message::Part part;
        if (auto problem = readPart(content.items().at(i), QStringLiteral("%1[%2]").arg(place).arg(i), part))
            return problem;
        message.parts.append(part);
    }
    return std::nullopt;
}

Problem readMessage(const Json &json, const QString &where, Message &message)
{
    if (!json.isObject())
        return bad(keys::Messages, QStringLiteral("%1 must be an object, not %2.").arg(where, kindOf(json)));
    message.raw = json;
    message.role = json.value(keys::Role).toString();
    if (std::none_of(Roles.begin(), Roles.end(), [&](const char *role) { return message.role == QLatin1String(role); }))
        return bad(keys::Messages, QStringLiteral("%1.role must be one of developer, system, user, assistant, tool, function, not “%2”.").arg(where, message.role.left(40)));
    const Json calls = json.value(keys::ToolCalls);
    if (!calls.isNull() && !calls.isArray())
        return bad(keys::Messages, QStringLiteral("%1.tool_calls must be a list, not %2.").arg(where, kindOf(calls)));
    message.toolCalls = Message::toolCallsIn(json);
    return readContent(json, where, message);
}

Problem readMessages(const Json &request, QList<Message> &into)
{
    const Json messages = request.value(keys::Messages);
    if (!messages.isArray() || messages.size() == 0)
        return bad(keys::Messages, QStringLiteral("`messages` must be a list of at least one message, not %1.").arg(messages.isArray() ? QStringLiteral("an empty one") : kindOf(messages)));
    for (qsizetype i = 0; i < messages.size(); ++i) {
        Message message;
        if (auto problem = readMessage(messages.items().at(i), QStringLiteral("messages[%1]").arg(i), message))
            return problem;
        into.append(message);
    }
    return std::nullopt;
}

/// Everything but the messages.
Problem readOptions(const Json &json, ChatRequest &request)
{
    std::optional<qint64> old;
    std::optional<qint64> n;
    const qint64 most = std::numeric_limits<qint64>::max();
    const std::array problems{readNumber(json, keys::Temperature, 2, request.temperature), readNumber(json, keys::TopP, 1, request.topP),
        readInteger(json, keys::TopK, -1, most, request.topK), readInteger(json, keys::MaxTokens, 1, most, old),
        readInteger(json, keys::MaxCompletionTokens, 1, most, request.maxTokens), readInteger(json, keys::N, 1, MaxN, n),
        readStop(json, request.stop), readBool(json, keys::Stream, keys::Stream, request.stream), checkKinds(json),
        readBool(json.value(keys::StreamOptions), keys::IncludeUsage, keys::StreamOptions, request.includeUsage)};
    for (const Problem &problem : problems) {
        if (problem)
            return problem;
    }
    if (!request.maxTokens)
        request.maxTokens = old;
    request.n = int(n.value_or(1));
    return std::nullopt;
}

} // namespace

QString Message::text() const
{
    QString joined;
    for (const Part &part : parts)
        joined += part.text;
    return joined;
}

bool Message::isTextOnly() const
{
    return std::all_of(parts.begin(), parts.end(), [](const Part &part) { return part.isText(); });
}

QList<Message::ToolCall> Message::toolCallsIn(const Json &message)
{
    QList<ToolCall> calls;
    for (const Json &json : message.value(keys::ToolCalls).items()) {
        const Json function = json.value(keys::Function);
        ToolCall call;
        call.id = json.value(keys::Id).toString();
        call.name = function.value(keys::Name).toString();
        call.arguments = function.value(keys::Arguments).toString();
        call.raw = json;
        calls.append(call);
    }
    return calls;
}

Expected<ChatRequest, ApiError> ChatRequest::parse(QByteArrayView body, const Json::Limits &limits)
{
    const auto json = Json::parse(body, limits);
    if (json)
        return from(*json);
    ApiError error = ApiError::invalidRequest(QStringLiteral("The request's body is not the JSON object that it must be: %1").arg(json.error().message()));
    if (body.size() > limits.maxBytes)
        error.status = 413;
    return unexpected(error);
}

Expected<ChatRequest, ApiError> ChatRequest::from(const Json &json)
{
    if (!json.isObject())
        return unexpected(ApiError::invalidRequest(QStringLiteral("The request's body must be a JSON object, not %1.").arg(kindOf(json))));
    ChatRequest request;
    request.raw = json;
    request.model = json.value(keys::Model).toString();
    if (request.model.isEmpty())
        return unexpected(bad(keys::Model, QStringLiteral("`model` must name a model.")));
    if (const auto problem = readMessages(json, request.messages))
        return unexpected(*problem);
    if (const auto problem = readOptions(json, request))
        return unexpected(*problem);
    return request;
}

std::optional<ApiError> ChatRequest::refusedByLlm() const
{
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const Message &message = messages.at(i);
        const QString where = QStringLiteral("messages[%1]").arg(i);
        if (message.role == QLatin1String("tool") || message.role == QLatin1String("function") || !message.toolCalls.isEmpty())
            return bad(keys::Messages, QStringLiteral("%1 is about a tool, and this model has no tools.").arg(where));
        const auto other = std::find_if(message.parts.begin(), message.parts.end(), [](const Message::Part &part) { return !part.isText(); });
        if (other != message.parts.end())
            return bad(keys::Messages, QStringLiteral("%1 has a part of type “%2”; this model takes text only.").arg(where, other->type.left(40)));
    }
    for (const QString &name : {keys::Tools, keys::Functions}) {
        if (raw.value(name).size() > 0)
            return bad(name, QStringLiteral("This model has no tools."));
    }
    const Json choice = raw.value(keys::ToolChoice);
    if (!choice.isNull() && choice.toString() != QLatin1String("none") && choice.toString() != QLatin1String("auto"))
        return bad(keys::ToolChoice, QStringLiteral("This model has no tools."));
    const Json format = raw.value(keys::ResponseFormat);
    if (!format.isNull() && format.value(keys::Type).toString() != keys::Text)
        return bad(keys::ResponseFormat, QStringLiteral("This model answers in plain text only."));
    if (raw.value(keys::Logprobs).toBool())
        return bad(keys::Logprobs, QStringLiteral("This model tells no log probabilities."));
    const Json modalities = raw.value(keys::Modalities);
    for (const Json &modality : modalities.items()) {
        if (modality.toString() != keys::Text)
            return bad(keys::Modalities, QStringLiteral("This model answers in text only."));
    }
    return std::nullopt;
}

} // namespace sluice::openai
