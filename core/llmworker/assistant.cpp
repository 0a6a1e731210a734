#include "sluice/llmworker/assistant.h"

namespace sluice::llmworker {

namespace {

const QString Role = QStringLiteral("role");
const QString Content = QStringLiteral("content");
const QString InsertKey = QStringLiteral("insert");
const QString Provider = QStringLiteral("provider");
const QString Settings = QStringLiteral("settings");
const QString Messages = QStringLiteral("messages");
const QString PipelineKey = QStringLiteral("pipeline");
const QString Streams = QStringLiteral("streams");
const QString FilesCollectionId = QStringLiteral("files_collection_id");

Unexpected<Error> refused(const QString &message, const QString &pointer)
{
    return unexpected(Error(Error::Kind::InvalidInput, message).withField(pointer));
}

QString at(qsizetype index)
{
    return QLatin1Char('/') + QString::number(index);
}

/// With the place of the whole in front of the place in the part.
Unexpected<Error> within(const QString &pointer, Error error)
{
    return unexpected(error.withField(pointer + error.field()));
}

Expected<PromptEntry> entryFrom(const Json &json)
{
    const auto message = Message::fromJson(json);
    if (message)
        return PromptEntry(*message);
    if (json.isObject() && json.value(InsertKey).isString())
        return PromptEntry(Insert{json.value(InsertKey).toString()});
    return unexpected(message.error());
}

Expected<Stream> streamFrom(const Json &json)
{
    Stream stream;
    if (!json.value(Provider).isString())
        return refused(QStringLiteral("A stream needs the name of its provider as a text."), QStringLiteral("/provider"));
    if (!json.value(Settings).isObject())
        return refused(QStringLiteral("A stream needs settings, an object with at least a model."), QStringLiteral("/settings"));
    if (!json.value(Messages).isArray())
        return refused(QStringLiteral("A stream needs a list of messages."), QStringLiteral("/messages"));
    stream.provider = json.value(Provider).toString();
    stream.settings = json.value(Settings);
    const QList<Json> entries = json.value(Messages).items();
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const auto entry = entryFrom(entries.at(i));
        if (!entry)
            return within(QStringLiteral("/messages") + at(i), entry.error());
        stream.messages.append(*entry);
    }
    return stream;
}

Expected<Step> stepFrom(const Json &json)
{
    if (!json.isObject())
        return refused(QStringLiteral("A step of a template is an object."), {});
    const auto stream = streamFrom(json);
    if (stream)
        return Step(*stream);
    if (json.value(PipelineKey).isString())
        return Step(Pipeline{json.value(PipelineKey).toString()});
    return unexpected(stream.error());
}

struct EntryJson {
    Json operator()(const Message &message) const { return message.toJson(); }
    Json operator()(const Insert &insert) const { return Json{{InsertKey, insert.name}}; }
};

struct StepJson {
    Json operator()(const Stream &stream) const
    {
        Json messages = Json::array();
        for (const PromptEntry &entry : stream.messages)
            messages.append(std::visit(EntryJson(), entry));
        return Json{{Provider, stream.provider}, {Settings, stream.settings}, {Messages, messages}};
    }
    Json operator()(const Pipeline &pipeline) const { return Json{{PipelineKey, pipeline.name}}; }
};

} // namespace

bool Message::isRole(const QString &role)
{
    return role == QLatin1String("user") || role == QLatin1String("system") || role == QLatin1String("assistant") || role == QLatin1String("function");
}

Json Message::toJson() const
{
    return Json{{Role, role}, {Content, content}};
}

Expected<Message> Message::fromJson(const Json &json)
{
    if (!json.isObject())
        return refused(QStringLiteral("A message is an object with role and content."), {});
    const Json role = json.value(Role);
    if (!role.isString() || !isRole(role.toString()))
        return refused(QStringLiteral("A message's role is one of system, user, assistant and function."), QStringLiteral("/role"));
    if (!json.value(Content).isString())
        return refused(QStringLiteral("A message's content is a text."), QStringLiteral("/content"));
    return Message(role.toString(), json.value(Content).toString());
}

Json Assistant::toJson() const
{
    Json steps = Json::array();
    for (const Step &step : streams)
        steps.append(std::visit(StepJson(), step));
    Json json = others;
    json.insert(Streams, steps);
    if (filesCollectionId)
        json.insert(FilesCollectionId, *filesCollectionId);
    return json;
}

Expected<Assistant> Assistant::fromJson(const Json &json)
{
    if (!json.isObject())
        return refused(QStringLiteral("An assistant is an object with streams."), {});
    const Json steps = json.value(Streams);
    if (!steps.isArray())
        return refused(QStringLiteral("An assistant needs a list of streams; it may be empty."), QStringLiteral("/streams"));
    const Json files = json.value(FilesCollectionId);
    if (!files.isNull() && !files.isString())
        return refused(QStringLiteral("The id of a collection of files is a text."), QLatin1Char('/') + FilesCollectionId);
    Assistant assistant;
    if (files.isString())
        assistant.filesCollectionId = files.toString();
    const QList<Json> &items = steps.items();
    for (qsizetype i = 0; i < items.size(); ++i) {
        const auto step = stepFrom(items.at(i));
        if (!step)
            return within(QStringLiteral("/streams") + at(i), step.error());
        assistant.streams.append(*step);
    }
    for (const Json::Member &member : json.members()) {
        if (member.first != Streams && member.first != FilesCollectionId)
            assistant.others.insert(member.first, member.second);
    }
    return assistant;
}

Expected<QList<Message>> historyFromJson(const Json &json)
{
    if (!json.isArray())
        return refused(QStringLiteral("A history is a list of messages."), {});
    QList<Message> history;
    const QList<Json> &items = json.items();
    for (qsizetype i = 0; i < items.size(); ++i) {
        const auto message = Message::fromJson(items.at(i));
        if (!message)
            return within(at(i), message.error());
        history.append(*message);
    }
    return history;
}

Json historyToJson(const QList<Message> &history)
{
    Json json = Json::array();
    for (const Message &message : history)
        json.append(message.toJson());
    return json;
}

} // namespace sluice::llmworker
