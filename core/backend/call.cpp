#include "sluice/backend/call.h"

#include "sluice/base/schema_secrets.h"

namespace sluice {

QString verbName(Verb verb)
{
    switch (verb) {
    case Verb::Run: return QStringLiteral("run");
    case Verb::Stream: return QStringLiteral("stream");
    case Verb::Live: return QStringLiteral("live");
    }
    return {};
}

std::optional<Verb> verbFromName(const QString &name)
{
    for (const Verb verb : {Verb::Run, Verb::Stream, Verb::Live}) {
        if (verbName(verb) == name)
            return verb;
    }
    return std::nullopt;
}

namespace {

const QString InputPlace = QStringLiteral("/input");
const QString ParametersPlace = QStringLiteral("/parameters");

Json placesOf(const QStringList &pointers, const QString &place)
{
    Json list = Json::array();
    for (const QString &pointer : pointers)
        list.append(place + pointer);
    return list;
}

/// The pointers of `list` that lead into `place`, from there on.
QStringList pointersFrom(const Json &list, const QString &place)
{
    QStringList pointers;
    for (const Json &item : list.items()) {
        const QString pointer = item.toString();
        if (pointer == place || pointer.startsWith(place + QLatin1Char('/')))
            pointers.append(pointer.mid(place.size()));
    }
    return pointers;
}

} // namespace

void Call::findSecrets(const Json &inputSchema)
{
    const SchemaSecrets::Found found = SchemaSecrets(inputSchema).in(input);
    secretPointers += found.pointers();
    secretPointers.removeDuplicates();
    // A field that is not filled in has nothing to hide.
    secretPointers.removeIf([this](const QString &pointer) { return input.find(pointer).value_or(Json()).isNull(); });
    secretsByName = found.named;
    secretParameters = SchemaSecrets().in(parameters).pointers();
}

SecretMask Call::secretMask() const
{
    SecretMask mask;
    mask.add(input, secretPointers);
    mask.add(parameters, secretParameters);
    return mask;
}

Json Call::shareableInput() const
{
    return secretMask().in(withoutValues(input, secretPointers));
}

Json Call::toJson() const
{
    Json json{{QStringLiteral("capability"), capability}, {QStringLiteral("verb"), verbName(verb)},
        {QStringLiteral("backend"), backend}};
    if (!profile.isEmpty())
        json.insert(QStringLiteral("profile"), profile);
    if (!model.isEmpty())
        json.insert(QStringLiteral("model"), model);
    if (!path.isEmpty())
        json.insert(QStringLiteral("path"), path);
    json.insert(QStringLiteral("input"), shareableInput());
    json.insert(QStringLiteral("parameters"), secretMask().in(withoutValues(parameters, secretParameters)));
    if (!secretPointers.isEmpty() || !secretParameters.isEmpty()) {
        QStringList marked = secretPointers;
        marked.removeIf([this](const QString &pointer) { return secretsByName.contains(pointer); });
        Json byName = placesOf(secretsByName, InputPlace);
        for (const Json &place : placesOf(secretParameters, ParametersPlace).items())
            byName.append(place);
        json.insert(QStringLiteral("masked"), Json{{QStringLiteral("by_schema"), placesOf(marked, InputPlace)}, {QStringLiteral("by_name"), byName}});
    }
    json.insert(QStringLiteral("timeout_seconds"), qint64(timeout.count()));
    Json bounds{{QStringLiteral("max_answer_bytes"), limits.maxAnswerBytes}};
    if (limits.maxSpendWei)
        bounds.insert(QStringLiteral("max_spend_wei"), *limits.maxSpendWei);
    if (limits.maxPricePerSecond)
        bounds.insert(QStringLiteral("max_price_per_second"), *limits.maxPricePerSecond);
    json.insert(QStringLiteral("limits"), bounds);
    return json;
}

Expected<Call> Call::fromJson(const Json &json)
{
    const auto refuse = [](const QString &field, const QString &message) {
        return unexpected(Error(Error::Kind::InvalidInput, message).withField(QLatin1Char('/') + field));
    };
    if (!json.isObject())
        return refuse({}, QStringLiteral("A call is a JSON object."));
    Call call;
    call.capability = json.value(QStringLiteral("capability")).toString();
    if (call.capability.isEmpty())
        return refuse(QStringLiteral("capability"), QStringLiteral("A call names its capability."));
    const auto verb = verbFromName(json.value(QStringLiteral("verb")).toString(QStringLiteral("run")));
    if (!verb)
        return refuse(QStringLiteral("verb"), QStringLiteral("The verb is one of run, stream, live."));
    call.verb = *verb;
    call.backend = json.value(QStringLiteral("backend")).toString(call.backend);
    call.profile = json.value(QStringLiteral("profile")).toString();
    call.model = json.value(QStringLiteral("model")).toString();
    call.path = json.value(QStringLiteral("path")).toString();
    call.input = json.value(QStringLiteral("input"));
    if (json.contains(QStringLiteral("parameters")))
        call.parameters = json.value(QStringLiteral("parameters"));
    if (!call.parameters.isObject())
        return refuse(QStringLiteral("parameters"), QStringLiteral("`parameters` is a JSON object."));
    if (json.contains(QStringLiteral("timeout_seconds"))) {
        const auto seconds = json.value(QStringLiteral("timeout_seconds")).toInt64();
        if (!seconds || *seconds < 1 || *seconds > 4294967295)
            return refuse(QStringLiteral("timeout_seconds"),
                QStringLiteral("The timeout is a whole number of seconds from 1 to 4294967295."));
        call.timeout = std::chrono::seconds(*seconds);
    }
    const Json masked = json.value(QStringLiteral("masked"));
    call.secretsByName = pointersFrom(masked.value(QStringLiteral("by_name")), InputPlace);
    call.secretPointers = pointersFrom(masked.value(QStringLiteral("by_schema")), InputPlace) + call.secretsByName;
    call.secretParameters = pointersFrom(masked.value(QStringLiteral("by_name")), ParametersPlace);
    const Json bounds = json.value(QStringLiteral("limits"));
    if (const auto bytes = bounds.value(QStringLiteral("max_answer_bytes")).toInt64(); bytes && *bytes > 0)
        call.limits.maxAnswerBytes = *bytes;
    if (bounds.value(QStringLiteral("max_spend_wei")).isString())
        call.limits.maxSpendWei = bounds.value(QStringLiteral("max_spend_wei")).toString();
    if (bounds.value(QStringLiteral("max_price_per_second")).isString())
        call.limits.maxPricePerSecond = bounds.value(QStringLiteral("max_price_per_second")).toString();
    return call;
}

} // namespace sluice
