#include "sluice/aigateway/sent_call.h"

#include "sluice/base/file_kind.h"
#include "sluice/base/file_text.h"
#include "sluice/net/multipart_form.h"
#include "sluice/openai/transform.h"

namespace sluice::aigateway {

namespace {

const QString ChatPath = QStringLiteral("llm");

Error wrong(const QString &field, const QString &message)
{
    return Error(Error::Kind::InvalidInput, message).withField(QLatin1Char('/') + field);
}

Expected<QByteArray> fileOf(const QString &name, const Json &value)
{
    if (!value.isString() || value.toString().isEmpty())
        return unexpected(wrong(name, QStringLiteral("The file is missing.")));
    Expected<QByteArray> bytes = fileInText(value.toString());
    if (!bytes)
        return unexpected(wrong(name, bytes.error().message()));
    if (bytes->isEmpty())
        return unexpected(wrong(name, QStringLiteral("The file is empty.")));
    if (bytes->size() > MaxFileBytes)
        return unexpected(wrong(name, QStringLiteral("The file has %1 bytes; the network takes at most %2 (50 MB).").arg(bytes->size()).arg(MaxFileBytes)));
    return bytes;
}

/// JSON in a text: as it was written, or written now.
Expected<Json> jsonText(const Field &field, const Json &value)
{
    if (!value.isString())
        return Json(QString::fromUtf8(value.dump()));
    if (value.toString().trimmed().isEmpty())
        return Json();
    if (const auto parsed = Json::parse(value.toString().toUtf8()); !parsed)
        return unexpected(wrong(field.name, QStringLiteral("%1 is JSON, and this is none: %2").arg(field.title, parsed.error().message())));
    return value;
}

/// The members to be sent, in the order of the input, and the model.
Expected<QList<Json::Member>> membersFor(const Pipeline &pipeline, const Json &input, const QString &model)
{
    QList<Json::Member> members;
    QString chosen = model.isEmpty() ? pipeline.defaultModel : model;
    for (const auto &[name, value] : input.members()) {
        if (value.isNull())
            continue;
        if (name == pipeline.modelField()) {
            if (!value.isString())
                return unexpected(wrong(name, QStringLiteral("The model is a text.")));
            if (!value.toString().isEmpty())
                chosen = value.toString();
            continue;
        }
        const Field *field = pipeline.field(name);
        if (!field || field->kind != Field::Kind::JsonText) {
            members.append({name, value});
            continue;
        }
        const auto text = jsonText(*field, value);
        if (!text)
            return unexpected(text.error());
        if (!text->isNull())
            members.append({name, *text});
    }
    members.append({pipeline.modelField(), Json(chosen)});
    return members;
}

std::optional<Error> missing(const Pipeline &pipeline, const Json &input)
{
    for (const Field &field : pipeline.fields) {
        const Json value = input.value(field.name);
        if (field.required && (value.isNull() || (value.isString() && value.toString().isEmpty())))
            return wrong(field.name, QStringLiteral("%1 is missing; %2 needs it.").arg(field.title, pipeline.name));
    }
    return std::nullopt;
}

/// Of what the caller asked for: what the person can mend.
Error refusedHere(const openai::ApiError &error)
{
    Error refused(Error::Kind::InvalidInput, error.message);
    if (error.param)
        refused.withField(QLatin1Char('/') + *error.param);
    return refused.withAdvice(QStringLiteral("Nothing was sent."));
}

} // namespace

QByteArray SentCall::formText(const Json &value)
{
    return value.isString() ? value.toString().toUtf8() : value.dump();
}

Expected<PipelineRequest> SentCall::written() const
{
    PipelineRequest request;
    request.path = path;
    if (!form) {
        request.contentType = "application/json";
        request.body = Json::object(members).dump();
        return request;
    }
    MultipartForm written;
    for (const auto &[name, value] : members) {
        if (!files.contains(name)) {
            written.addField(name.toUtf8(), formText(value));
            continue;
        }
        const auto bytes = fileOf(name, value);
        if (!bytes)
            return unexpected(bytes.error());
        const FileKind kind = FileKind::of(*bytes);
        written.addFile(name.toUtf8(), name.toUtf8() + '.' + kind.extension, kind.mediaType, *bytes);
    }
    request.contentType = written.contentType();
    request.body = written.body();
    return request;
}

QString modelOf(const Pipeline &pipeline, const Call &call, const std::optional<CapabilityInfo> &info)
{
    if (!call.model.isEmpty() || !info)
        return call.model;
    const Json schema = info->inputSchema.value(QStringLiteral("properties")).value(pipeline.modelField());
    return schema.value(QStringLiteral("default")).toString();
}

Expected<SentCall> sentFor(const Pipeline &pipeline, const Json &input, const QString &model)
{
    if (!input.isObject())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The input of %1 is a JSON object.").arg(pipeline.name)));
    if (const auto error = missing(pipeline, input))
        return unexpected(*error);
    const auto members = membersFor(pipeline, input, model);
    if (!members)
        return unexpected(members.error());
    SentCall sent;
    sent.path = pipeline.name;
    sent.form = pipeline.body == Pipeline::Body::Form;
    sent.async = pipeline.async;
    sent.members = *members;
    for (const Field &field : pipeline.fields) {
        if (field.kind == Field::Kind::File)
            sent.files.append(field.name);
    }
    return sent;
}

Expected<openai::ChatRequest> chatOf(const Call &call, const std::optional<CapabilityInfo> &info)
{
    Json input = call.input;
    const Pipeline &pipeline = *pipelineOf(ChatPath);
    if (input.isObject()) {
        const QString model = modelOf(pipeline, call, info);
        if (input.value(pipeline.modelField()).toString().isEmpty())
            input.insert(pipeline.modelField(), model.isEmpty() ? pipeline.defaultModel : model);
        input.insert(QStringLiteral("stream"), call.verb == Verb::Stream);
    }
    const auto request = openai::ChatRequest::from(input);
    if (!request)
        return unexpected(refusedHere(request.error()));
    return *request;
}

Expected<SentCall> sentFor(const openai::ChatRequest &chat, openai::Dialect dialect)
{
    SentCall sent;
    sent.path = ChatPath;
    if (dialect == openai::Dialect::Legacy) {
        const auto form = openai::transformRequest(chat);
        if (!form)
            return unexpected(refusedHere(form.error()));
        sent.form = true;
        for (const auto &[name, value] : form->fields())
            sent.members.append({QString::fromUtf8(name), Json(QString::fromUtf8(value))});
        return sent;
    }
    const auto json = openai::transformToGateway(chat);
    if (!json)
        return unexpected(refusedHere(json.error()));
    sent.members = json->members();
    return sent;
}

Expected<SentCall> sentFor(const Call &call, const std::optional<CapabilityInfo> &info, openai::Dialect dialect)
{
    const Pipeline *pipeline = pipelineOf(call.capability);
    if (!pipeline)
        return unexpected(Error(Error::Kind::NotRouted, QStringLiteral("An AI gateway has no pipeline “%1”.").arg(call.capability)));
    if (pipeline->answer != Pipeline::Answer::Chat)
        return sentFor(*pipeline, call.input, modelOf(*pipeline, call, info));
    const auto chat = chatOf(call, info);
    if (!chat)
        return unexpected(chat.error());
    return sentFor(*chat, dialect);
}

} // namespace sluice::aigateway
