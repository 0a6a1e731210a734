#include "sluice/llmworker/backend_call.h"

#include "sluice/backend/form_words.h"

namespace sluice::llmworker {

namespace {

const QString Messages = QStringLiteral("messages");
const QString Query = QStringLiteral("query");
const QString History = QStringLiteral("history");
const QString TellStreams = QStringLiteral("tell_streams");

Unexpected<Error> refused(const QString &message, const QString &pointer)
{
    return unexpected(Error(Error::Kind::InvalidInput, message).withField(pointer));
}

Expected<QList<Message>> messagesAt(const Json &input, const QString &key)
{
    auto messages = historyFromJson(input.value(key));
    if (messages)
        return messages;
    Error error = messages.error();
    return unexpected(error.withField(QLatin1Char('/') + key + error.field()));
}

} // namespace

Expected<AddRequest> requestFor(const Call &call, const Assistant &assistant)
{
    AddRequest add;
    add.assistant = assistant;
    add.tellStreams = call.verb == Verb::Stream && call.input.value(TellStreams).toBool();
    const Json &input = call.input;
    if (input.value(Query).isString()) {
        add.query = input.value(Query).toString();
        if (input.contains(History)) {
            const auto history = messagesAt(input, History);
            if (!history)
                return unexpected(history.error());
            add.history = *history;
        }
    } else {
        if (!input.value(Messages).isArray())
            return refused(QStringLiteral("An assistant needs messages, or a query."), QLatin1Char('/') + Messages);
        const auto messages = messagesAt(input, Messages);
        if (!messages)
            return unexpected(messages.error());
        if (messages->isEmpty() || messages->last().role != QLatin1String("user"))
            return refused(QStringLiteral("The last message is the question, of the role user."), QLatin1Char('/') + Messages);
        add.query = messages->last().content;
        add.history = messages->mid(0, messages->size() - 1);
    }
    for (Message &message : add.history)
        message.content.replace(QLatin1Char('{'), QStringLiteral("{{")).replace(QLatin1Char('}'), QStringLiteral("}}"));
    return add;
}

Json inputSchema()
{
    static const Json schema = inFormWords(orThrow(Json::parse(R"json({
"type": "object", "title": "Conversation", "required": ["messages"],
"properties": {
  "messages": {"type": "array", "title": "Messages", "description": "The conversation so far, oldest first; the last one is the question.", "minItems": 1, "x-order": 0,
    "items": {"type": "object", "required": ["role", "content"], "properties": {
      "role": {"type": "string", "title": "Role", "enum": ["system", "user", "assistant", "function"], "default": "user", "x-order": 0},
      "content": {"type": "string", "title": "Text", "format": "textarea", "x-order": 1}}}},
  "tell_streams": {"type": "boolean", "title": "Tell of each stream", "description": "What each stream of the template says and takes, beside the answer, where the worker tells it.", "default": false, "x-order": 1}
}})json")));
    return schema;
}

} // namespace sluice::llmworker
