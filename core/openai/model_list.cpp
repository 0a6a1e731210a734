#include "sluice/openai/model_list.h"

#include "keys_p.h"

#include <algorithm>
#include <utility>

namespace sluice::openai {

namespace {

constexpr qsizetype MaxId = 256;
constexpr qsizetype MaxDescription = 1000;

bool isUsable(const QString &id)
{
    return !id.isEmpty() && id.size() <= MaxId && std::all_of(id.begin(), id.end(), [](QChar c) { return c.isPrint() || c.isSurrogate(); });
}

QString descriptionOf(const Json &model)
{
    const QString own = model.value(QStringLiteral("description")).toString();
    if (!own.isEmpty())
        return own.left(MaxDescription);
    QStringList said;
    if (const QString owner = model.value(QStringLiteral("owned_by")).toString(); !owner.isEmpty())
        said.append(QStringLiteral("A model of %1.").arg(owner.left(100)));
    for (const char *name : {"max_model_len", "context_length", "context_window"}) {
        if (const auto length = model.value(QLatin1String(name)).toInt64()) {
            said.append(QStringLiteral("Takes %1 tokens.").arg(*length));
            break;
        }
    }
    return said.join(QLatin1Char(' '));
}

ListedModel modelFrom(const Json &json)
{
    ListedModel model;
    model.id = json.toString();
    for (const QString &name : {keys::Id, keys::Model, keys::Name}) {
        if (model.id.isEmpty())
            model.id = json.value(name).toString();
    }
    model.description = descriptionOf(json);
    return model;
}

} // namespace

Expected<QList<ListedModel>> readModelList(const QByteArray &body)
{
    const auto json = Json::parse(body);
    const Json models = json ? json->value(QStringLiteral("models")) : Json();
    QList<Json> entries;
    if (json && json->isArray()) {
        entries = json->items();
    } else if (json && json->value(keys::Data).isArray()) {
        entries = json->value(keys::Data).items();
    } else if (models.isArray()) {
        entries = models.items();
    } else if (models.isObject()) {
        for (const auto &[pipeline, model] : models.members())
            entries.append(model);
    } else {
        return unexpected(Error(Error::Kind::Protocol, QStringLiteral("The answer is no list of models.")));
    }
    QList<ListedModel> list;
    for (const Json &entry : std::as_const(entries)) {
        const ListedModel model = modelFrom(entry);
        const bool known = std::any_of(list.begin(), list.end(), [&](const ListedModel &one) { return one.id == model.id; });
        if (isUsable(model.id) && !known)
            list.append(model);
    }
    return list;
}

} // namespace sluice::openai
