#include "sluice/gateway/call.h"

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
// A copy of `json` in which the value at `steps` is null. A pointer that leads nowhere changes nothing.
Json withoutValue(const Json &json, QStringList steps)
{
    if (steps.isEmpty())
        return Json();
    const QString step = steps.takeFirst().replace(QStringLiteral("~1"), QStringLiteral("/"))
                             .replace(QStringLiteral("~0"), QStringLiteral("~"));
    Json copy = json;
    if (json.isObject() && json.contains(step)) {
        copy.insert(step, withoutValue(json.value(step), steps));
    } else if (json.isArray()) {
        bool isIndex = false;
        const qsizetype index = step.toLongLong(&isIndex);
        QList<Json> items = json.items();
        if (isIndex && index >= 0 && index < items.size()) {
            items[index] = withoutValue(items.at(index), steps);
            copy = Json::array(items);
        }
    }
    return copy;
}
} // namespace

Json Call::shareableInput() const
{
    Json shared = input;
    for (const QString &pointer : secretPointers) {
        shared = pointer.isEmpty() ? Json()
                                   : withoutValue(shared, pointer.mid(1).split(QLatin1Char('/')));
    }
    return shared;
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
    json.insert(QStringLiteral("parameters"), parameters);
    json.insert(QStringLiteral("timeout_seconds"), qint64(timeout.count()));
    Json bounds{{QStringLiteral("max_answer_bytes"), limits.maxAnswerBytes}};
    if (limits.maxSpendWei)
        bounds.insert(QStringLiteral("max_spend_wei"), *limits.maxSpendWei);
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
    const Json bounds = json.value(QStringLiteral("limits"));
    if (const auto bytes = bounds.value(QStringLiteral("max_answer_bytes")).toInt64(); bytes && *bytes > 0)
        call.limits.maxAnswerBytes = *bytes;
    if (bounds.value(QStringLiteral("max_spend_wei")).isString())
        call.limits.maxSpendWei = bounds.value(QStringLiteral("max_spend_wei")).toString();
    return call;
}

} // namespace sluice
