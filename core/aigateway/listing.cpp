#include "sluice/aigateway/listing.h"

#include "sluice/backend/form_words.h"

#include <algorithm>
#include <climits>

namespace sluice::aigateway {

namespace {

constexpr Json::Limits ListLimits{16 * 1024 * 1024, 32, 256 * 1024 * 1024};
constexpr qsizetype MaxModels = 1000;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

QList<Verb> verbsOf(const Pipeline &pipeline)
{
    if (pipeline.answer == Pipeline::Answer::Chat)
        return {Verb::Stream, Verb::Run};
    return {Verb::Run};
}

std::optional<int> countIn(const Json &json)
{
    const auto count = json.toInt64();
    return count && *count >= 0 ? std::optional(int(std::min<qint64>(*count, INT_MAX))) : std::nullopt;
}

void putTold(CapabilityInfo &info, const Json &one)
{
    // A gateway that says what this program would say is understood.
    if (const Json description = one.value(key("description")); description.isString())
        info.description = formWord(description.toString());
    info.version = one.value(key("version")).toString();
    info.model = one.value(key("model_id")).toString(info.model);
    info.capacity = countIn(one.value(key("capacity")));
    info.availableCapacity = countIn(one.value(key("available")));
    if (const Json schema = one.value(key("input_schema")); schema.isObject())
        info.inputSchema = inFormWords(schema);
    if (const Json schema = one.value(key("output_schema")); schema.isObject())
        info.outputSchema = schema;
    for (const Json &example : one.value(key("examples")).items()) {
        if (example.value(key("input")).isObject())
            info.examples.append({example.value(key("title")).toString(), example.value(key("input"))});
    }
}

/// By pipeline the models that the orchestrators of one answer have.
using Models = QMap<int, QStringList>;

void addModels(Models &models, const Json &perCapability)
{
    for (const auto &[number, constraints] : perCapability.members()) {
        bool isNumber = false;
        const int capability = number.toInt(&isNumber);
        if (!isNumber)
            continue;
        QStringList &names = models[capability];
        for (const auto &[model, told] : constraints.value(key("models")).members()) {
            if (!names.contains(model) && names.size() < MaxModels)
                names.append(model);
        }
    }
}

} // namespace

CapabilityInfo infoOf(const Pipeline &pipeline, const QUrl &gateway, const QStringList &models)
{
    CapabilityInfo info;
    info.backend = BackendId;
    info.name = pipeline.name;
    info.title = formWord(pipeline.title);
    info.description = formWord(pipeline.description);
    info.verbs = verbsOf(pipeline);
    info.verbsFixed = true;
    info.inputSchema = inFormWords(pipeline.inputSchema(models));
    info.outputSchema = pipeline.outputSchema();
    info.schemaOrigin = QStringLiteral("openai.md");
    info.orchestrators = {gateway};
    info.seenAt = QDateTime::currentDateTimeUtc();
    return info;
}

Expected<QList<CapabilityInfo>> readListing(const QByteArray &body, const QUrl &gateway)
{
    const auto json = Json::parse(body, ListLimits);
    if (!json || !json->isArray())
        return unexpected(Error(Error::Kind::Protocol, QStringLiteral("That is no list of capabilities.")));
    QList<CapabilityInfo> infos;
    for (const Json &one : json->items()) {
        const Pipeline *pipeline = pipelineOf(one.value(key("name")).toString());
        const auto isSame = [&](const CapabilityInfo &other) { return pipeline && other.name == pipeline->name; };
        if (!pipeline || std::any_of(infos.begin(), infos.end(), isSame))
            continue;
        CapabilityInfo info = infoOf(*pipeline, gateway);
        putTold(info, one);
        info.schemaOrigin = gateway.authority();
        infos.append(info);
    }
    if (infos.isEmpty() && json->size() > 0)
        return unexpected(Error(Error::Kind::Protocol, QStringLiteral("No pipeline of an AI gateway is among what is listed.")));
    return infos;
}

Expected<QList<CapabilityInfo>> readNetworkCapabilities(const QByteArray &body, const QUrl &gateway)
{
    const auto json = Json::parse(body, ListLimits);
    if (!json || !json->value(key("orchestrators")).isArray())
        return unexpected(Error(Error::Kind::Protocol, QStringLiteral("That does not tell of a network's capabilities.")));
    Models models;
    for (const Json &orchestrator : json->value(key("orchestrators")).items())
        addModels(models, orchestrator.find(QStringLiteral("/capabilities/constraints/PerCapability")).value_or(Json()));
    QList<CapabilityInfo> infos;
    for (const Pipeline &pipeline : pipelines()) {
        if (const QStringList &offered = models[pipeline.capability]; !offered.isEmpty())
            infos.append(infoOf(pipeline, gateway, offered));
    }
    return infos;
}

} // namespace sluice::aigateway
