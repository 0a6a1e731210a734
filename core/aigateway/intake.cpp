#include "sluice/aigateway/intake.h"

#include "sluice/base/json.h"
#include "sluice/net/multipart_reader.h"

namespace sluice::aigateway {

namespace {

constexpr Json::Limits InputLimits{8 * 1024 * 1024, 32, 128 * 1024 * 1024};
constexpr qsizetype MaxTextBytes = 1024 * 1024;

Error wrong(const QString &message)
{
    return Error(Error::Kind::InvalidInput, message);
}

Error wrong(const Field &field, const QString &message)
{
    return wrong(field.name + QStringLiteral(": ") + message).withField(QLatin1Char('/') + field.name);
}

/// As Go reads booleans.
std::optional<bool> boolOf(const QByteArray &text)
{
    for (const char *one : {"1", "t", "T", "TRUE", "true", "True"}) {
        if (text == one)
            return true;
    }
    for (const char *one : {"0", "f", "F", "FALSE", "false", "False"}) {
        if (text == one)
            return false;
    }
    return std::nullopt;
}

/// A form's text as the value that the field has.
Expected<Json> valueOf(const Field &field, const QByteArray &text)
{
    const QString shown = QString::fromUtf8(text.left(60));
    switch (field.kind) {
    case Field::Kind::Integer:
    case Field::Kind::Number: {
        const auto number = Json::parse(text.trimmed());
        if (!number || !number->isNumber())
            return unexpected(wrong(field, QStringLiteral("“%1” is no number").arg(shown)));
        return number;
    }
    case Field::Kind::Boolean: {
        const auto value = boolOf(text.trimmed());
        if (!value)
            return unexpected(wrong(field, QStringLiteral("“%1” is neither true nor false").arg(shown)));
        return Json(*value);
    }
    default:
        if (text.size() > MaxTextBytes)
            return unexpected(wrong(field, QStringLiteral("a text of %1 bytes is too long").arg(text.size())));
        return Json(QString::fromUtf8(text));
    }
}

bool hasType(const Field &field, const Json &value)
{
    switch (field.kind) {
    case Field::Kind::Integer: return value.toInt64().has_value();
    case Field::Kind::Number: return value.isNumber();
    case Field::Kind::Boolean: return value.isBool();
    default: return value.isString();
    }
}

std::optional<Error> misfit(const Field &field, const Json &value)
{
    if (!hasType(field, value))
        return wrong(field, QStringLiteral("%1 does not fit").arg(QString::fromUtf8(value.dump().left(60))));
    if (value.isNumber()) {
        const double number = value.toDouble();
        const bool isBelow = !field.minimum.isNull() && number < field.minimum.toDouble();
        const bool isAbove = !field.maximum.isNull() && number > field.maximum.toDouble();
        if (isBelow || isAbove)
            return wrong(field, QStringLiteral("%1 is not between %2 and %3")
                                    .arg(QString::fromLatin1(value.numberText()), QString::fromLatin1(field.minimum.numberText()), QString::fromLatin1(field.maximum.numberText())));
        if (field.multipleOf > 0 && *value.toInt64() % field.multipleOf != 0)
            return wrong(field, QStringLiteral("%1 is no multiple of %2").arg(QString::fromLatin1(value.numberText())).arg(field.multipleOf));
    }
    if (!field.choices.isEmpty() && !field.choices.contains(value.toString()) && value.toString() != QLatin1String("true"))
        return wrong(field, QStringLiteral("“%1” is none of %2").arg(value.toString().left(60), field.choices.join(QStringLiteral(", "))));
    return std::nullopt;
}

/// Puts what was given beside what is taken where nothing was.
Expected<PipelineInput> completed(const Pipeline &pipeline, PipelineInput input)
{
    Json whole = Json::object();
    for (const Field &field : pipeline.fields) {
        if (field.kind == Field::Kind::File) {
            if (input.file.isEmpty())
                return unexpected(wrong(field, QStringLiteral("the file is missing or empty")));
            if (input.file.size() > MaxFileBytes)
                return unexpected(wrong(field, QStringLiteral("the file has %1 bytes, at most %2 are taken").arg(input.file.size()).arg(MaxFileBytes)));
            continue;
        }
        const Json given = input.fields.value(field.name);
        const Json value = given.isNull() ? field.fallback : given;
        if (value.isNull()) {
            if (field.required)
                return unexpected(wrong(field, QStringLiteral("the field is missing")));
            continue;
        }
        if (const auto error = misfit(field, value))
            return unexpected(*error);
        if (field.required && value.isString() && value.toString().trimmed().isEmpty())
            return unexpected(wrong(field, QStringLiteral("the text is empty")));
        whole.insert(field.name, value);
    }
    input.fields = whole;
    return input;
}

Expected<PipelineInput> fromForm(const Pipeline &pipeline, const QByteArray &contentType, const QByteArray &body)
{
    const auto boundary = multipart::boundaryOf(contentType);
    if (!boundary)
        return unexpected(wrong(QStringLiteral("request Content-Type isn't multipart/form-data")));
    const auto parts = multipart::read(body, *boundary);
    if (!parts)
        return unexpected(parts.error());
    PipelineInput input;
    for (const MultipartPart &part : *parts) {
        const QString name = QString::fromUtf8(part.name);
        const Field *field = pipeline.field(name);
        if (name == pipeline.modelField())
            input.model = QString::fromUtf8(part.bytes.first(std::min<qsizetype>(part.bytes.size(), 500)));
        if (!field)
            continue;
        if (field->kind == Field::Kind::File) {
            if (!part.fileName)
                return unexpected(wrong(*field, QStringLiteral("the part is no file: it has no filename")));
            input.file = part.bytes.toByteArray();
            continue;
        }
        const auto value = valueOf(*field, part.bytes.toByteArray());
        if (!value)
            return unexpected(value.error());
        input.fields.insert(name, *value);
    }
    return input;
}

Expected<PipelineInput> fromJson(const Pipeline &pipeline, const QByteArray &body)
{
    const auto json = Json::parse(body, InputLimits);
    if (!json)
        return unexpected(wrong(json.error().message()));
    if (!json->isObject())
        return unexpected(wrong(QStringLiteral("the body is no JSON object")));
    PipelineInput input;
    input.fields = *json;
    const Json model = json->value(pipeline.modelField());
    if (!model.isNull() && !model.isString())
        return unexpected(wrong(pipeline.modelField() + QStringLiteral(": the model is a text")));
    input.model = model.toString().left(500);
    return input;
}

} // namespace

Expected<PipelineInput> readInput(const Pipeline &pipeline, const QByteArray &contentType, const QByteArray &body)
{
    auto input = pipeline.body == Pipeline::Body::Form ? fromForm(pipeline, contentType, body) : fromJson(pipeline, body);
    if (!input)
        return unexpected(input.error());
    return completed(pipeline, std::move(*input));
}

} // namespace sluice::aigateway
