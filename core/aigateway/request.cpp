#include "sluice/aigateway/request.h"

#include "sluice/base/file_kind.h"
#include "sluice/base/file_text.h"
#include "sluice/net/multipart_form.h"

namespace sluice::aigateway {

namespace {

Error wrong(const QString &field, const QString &message)
{
    return Error(Error::Kind::InvalidInput, message).withField(QLatin1Char('/') + field);
}

/// A value as a form has it: text as it is, numbers and booleans plain, all else as JSON.
QByteArray formText(const Json &value)
{
    return value.isString() ? value.toString().toUtf8() : value.dump();
}

Expected<QByteArray> fileOf(const Field &field, const Json &value)
{
    if (!value.isString() || value.toString().isEmpty())
        return unexpected(wrong(field.name, QStringLiteral("The file is missing.")));
    Expected<QByteArray> bytes = fileInText(value.toString());
    if (!bytes)
        return unexpected(wrong(field.name, bytes.error().message()));
    if (bytes->isEmpty())
        return unexpected(wrong(field.name, QStringLiteral("The file is empty.")));
    if (bytes->size() > MaxFileBytes)
        return unexpected(wrong(field.name, QStringLiteral("The file has %1 bytes; the network takes at most %2 (50 MB).").arg(bytes->size()).arg(MaxFileBytes)));
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

Expected<PipelineRequest> formFor(const Pipeline &pipeline, const QList<Json::Member> &members)
{
    MultipartForm form;
    for (const auto &[name, value] : members) {
        const Field *field = pipeline.field(name);
        if (!field || field->kind != Field::Kind::File) {
            form.addField(name.toUtf8(), formText(value));
            continue;
        }
        const auto bytes = fileOf(*field, value);
        if (!bytes)
            return unexpected(bytes.error());
        const FileKind kind = FileKind::of(*bytes);
        form.addFile(name.toUtf8(), name.toUtf8() + '.' + kind.extension, kind.mediaType, *bytes);
    }
    PipelineRequest request;
    request.path = pipeline.name;
    request.contentType = form.contentType();
    request.body = form.body();
    return request;
}

} // namespace

Expected<PipelineRequest> requestFor(const Pipeline &pipeline, const Json &input, const QString &model)
{
    if (!input.isObject())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The input of %1 is a JSON object.").arg(pipeline.name)));
    if (const auto error = missing(pipeline, input))
        return unexpected(*error);
    const auto members = membersFor(pipeline, input, model);
    if (!members)
        return unexpected(members.error());
    if (pipeline.body == Pipeline::Body::Form)
        return formFor(pipeline, *members);
    PipelineRequest request;
    request.path = pipeline.name;
    request.contentType = "application/json";
    request.body = Json::object(*members).dump();
    return request;
}

} // namespace sluice::aigateway
