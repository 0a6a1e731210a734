#include "sluice/backend/capability_info.h"

#include "sluice/base/schema_validator.h"

namespace sluice {

namespace {

const QString PicturePart = QStringLiteral("image_url");

/// Whether a part of a schema names pictures: as a property, or as one of the types that a part may have.
bool namesPictures(const SchemaValidator &schema, const Json &part, int depth, int &left)
{
    constexpr int deepest = 12;
    if (depth > deepest || --left < 0)
        return false;
    const Json here = schema.resolve(part);
    if (here.value(QStringLiteral("properties")).contains(PicturePart) || here.value(QStringLiteral("const")).toString() == PicturePart)
        return true;
    for (const Json &word : here.value(QStringLiteral("enum")).items()) {
        if (word.toString() == PicturePart)
            return true;
    }
    QList<Json> inner{here.value(QStringLiteral("items"))};
    for (const char *list : {"anyOf", "oneOf", "allOf"})
        inner += here.value(QString::fromLatin1(list)).items();
    for (const auto &[name, property] : here.value(QStringLiteral("properties")).members())
        inner.append(property);
    for (const Json &one : std::as_const(inner)) {
        if (one.isObject() && namesPictures(schema, one, depth + 1, left))
            return true;
    }
    return false;
}

} // namespace

bool CapabilityInfo::takesPictures() const
{
    int left = 2000;
    const Json messages = inputSchema.value(QStringLiteral("properties")).value(QStringLiteral("messages"));
    return messages.isObject() && namesPictures(SchemaValidator(inputSchema), messages, 0, left);
}

bool CapabilityInfo::mayHave(Verb verb) const
{
    return verbs.contains(verb) || !(verbsTold || verbsFixed);
}

QStringList CapabilityInfo::models() const
{
    if (!listed)
        return {};
    QStringList known;
    const Json properties = inputSchema.value(QStringLiteral("properties"));
    for (const QString &field : {QStringLiteral("model_id"), QStringLiteral("model")}) {
        const Json values = properties.value(field).value(QStringLiteral("enum"));
        for (const Json &value : values.items()) {
            if (value.isString())
                known.append(value.toString());
        }
    }
    if (known.isEmpty() && !model.isEmpty())
        known.append(model);
    return known;
}

bool CapabilityInfo::isChat() const
{
    const Json messages = inputSchema.value(QStringLiteral("properties")).value(QStringLiteral("messages"));
    return messages.value(QStringLiteral("type")).toString() == QStringLiteral("array");
}

CapabilityInfo CapabilityInfo::unlisted(const CapabilityId &id)
{
    CapabilityInfo info;
    info.backend = id.backend;
    info.name = id.name;
    info.model = id.model;
    info.modelChosen = !id.model.isEmpty();
    info.title = id.name;
    info.listed = false;
    info.live.data = true; // its channels are unknown; an unused one costs nothing
    info.verbs = {Verb::Run, Verb::Stream};
    return info;
}

} // namespace sluice
