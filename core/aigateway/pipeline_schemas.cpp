#include "sluice/aigateway/pipelines.h"

namespace sluice::aigateway {

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

const char *typeOf(Field::Kind kind)
{
    switch (kind) {
    case Field::Kind::Integer: return "integer";
    case Field::Kind::Number: return "number";
    case Field::Kind::Boolean: return "boolean";
    default: return "string";
    }
}

Json listOf(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts)
        list.append(text);
    return list;
}

Json schemaOf(const Field &field, int order)
{
    Json schema{{key("type"), typeOf(field.kind)}, {key("title"), field.title}, {key("description"), field.description}};
    if (!field.fallback.isNull())
        schema.insert(key("default"), field.fallback);
    if (!field.minimum.isNull())
        schema.insert(key("minimum"), field.minimum);
    if (!field.maximum.isNull())
        schema.insert(key("maximum"), field.maximum);
    if (field.multipleOf > 0)
        schema.insert(key("multipleOf"), field.multipleOf);
    if (!field.choices.isEmpty())
        schema.insert(key("enum"), listOf(field.choices));
    if (field.kind == Field::Kind::Text && field.required)
        schema.insert(key("minLength"), 1);
    if (field.kind == Field::Kind::File) {
        schema.insert(key("contentMediaType"), field.mediaType);
        schema.insert(key("contentEncoding"), "base64");
        schema.insert(key("format"), "base64");
        schema.insert(key("minLength"), 1);
        schema.insert(key("maxLength"), qint64(MaxFileBytes / 3 * 4 + 200));
    }
    schema.insert(key("x-order"), order);
    if (field.advanced)
        schema.insert(key("x-advanced"), true);
    return schema;
}

Json messages()
{
    const Json roles = Json::array({Json("system"), Json("user"), Json("assistant")});
    const Json message{{key("type"), "object"}, {key("required"), Json::array({Json("role"), Json("content")})},
        {key("properties"), Json{{key("role"), Json{{key("type"), "string"}, {key("title"), "Role"}, {key("enum"), roles}, {key("default"), "user"}, {key("x-order"), 0}}},
            {key("content"), Json{{key("type"), "string"}, {key("title"), "Content"}, {key("x-order"), 1}}}}}};
    return Json{{key("type"), "array"}, {key("title"), "Messages"}, {key("description"), "The conversation so far, oldest first."},
        {key("items"), message}, {key("minItems"), 1}, {key("x-order"), 0}};
}

Json modelSchema(const QStringList &models, const QString &model, int order)
{
    Json schema{{key("type"), "string"}, {key("title"), "Model"}, {key("description"), "As the network knows it."}, {key("default"), model}};
    if (!models.isEmpty())
        schema.insert(key("enum"), listOf(models));
    schema.insert(key("x-order"), order);
    return schema;
}

Json output(const char *type, const char *mediaType)
{
    return Json{{key("type"), type}, {key("media_type"), mediaType}};
}

} // namespace

Json Pipeline::inputSchema(const QStringList &models, const QString &model) const
{
    const bool isUsual = models.isEmpty() || models.contains(defaultModel);
    const QString first = !model.isEmpty() ? model : isUsual ? defaultModel : models.first();
    Json properties = Json::object();
    Json needed = Json::array();
    int order = 0;
    if (answer == Answer::Chat) {
        properties.insert(key("messages"), messages());
        needed.append(key("messages"));
        ++order;
    }
    for (const Field &one : fields) {
        properties.insert(one.name, schemaOf(one, order++));
        if (one.required)
            needed.append(one.name);
    }
    properties.insert(modelField(), modelSchema(models, first, order));
    return Json{{key("type"), "object"}, {key("title"), title}, {key("required"), needed}, {key("properties"), properties}};
}

Json Pipeline::outputSchema() const
{
    Json told;
    switch (answer) {
    case Answer::Images: told = output("image", "image/png"); break;
    case Answer::Video: told = output("video", "video/mp4"); break;
    case Answer::Speech: told = output("audio", "audio/wav"); break;
    case Answer::Text: told = output("json", "application/json"); break;
    case Answer::Masks:
        told = output("json", "application/json");
        told.insert(key("view"), "masks"); // better seen than read, over the picture that was asked about
        told.insert(key("picture"), "/image");
        break;
    case Answer::Chat:
        told = output("text_stream", "text/event-stream");
        told.insert(key("streaming"), true);
        told.insert(key("protocol"), "openai");
        told.insert(key("format"), "markdown");
        break;
    }
    return Json{{key("type"), "object"}, {key("x-output"), told}};
}

} // namespace sluice::aigateway
