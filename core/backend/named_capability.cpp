#include "sluice/backend/named_capability.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr qsizetype MaxName = 256;
constexpr qsizetype MaxBackend = 64;
constexpr qsizetype MaxPath = 1024;
constexpr qsizetype MaxDescription = 4096;
constexpr qsizetype MaxExamples = 32;
/// A schema stands some levels deep in a profile, and a profile in its store.
constexpr int MaxDepth = 48;

Unexpected<Error> refuse(const QString &field, const QString &message, const QString &advice = {})
{
    return unexpected(Error(Error::Kind::InvalidInput, message).withField(QLatin1Char('/') + field).withAdvice(advice));
}

bool isPrintable(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint() || c.isSurrogate(); });
}

int depthOf(const Json &json, int limit)
{
    if (limit == 0)
        return 1;
    int depth = 0;
    for (const Json &item : json.items())
        depth = std::max(depth, depthOf(item, limit - 1));
    for (const auto &[key, value] : json.members())
        depth = std::max(depth, depthOf(value, limit - 1));
    return depth + 1;
}

Expected<QString> nameFrom(const Json &json)
{
    const QString name = json.value(QStringLiteral("name")).toString().trimmed();
    if (name.isEmpty())
        return refuse(QStringLiteral("name"), QStringLiteral("A capability needs the name under which its worker registered it."));
    if (name.size() > MaxName || !isPrintable(name))
        return refuse(QStringLiteral("name"), QStringLiteral("A capability's name has 1 to %1 printable characters.").arg(MaxName));
    return name;
}

Expected<QString> backendFrom(const Json &json)
{
    const QString backend = json.value(QStringLiteral("backend")).toString().trimmed();
    if (backend.size() > MaxBackend || !isPrintable(backend))
        return refuse(QStringLiteral("backend"), QStringLiteral("The id of a backend has up to %1 printable characters.").arg(MaxBackend));
    return backend;
}

Expected<QList<Verb>> verbsFrom(const Json &json)
{
    QList<Verb> verbs;
    const Json names = json.value(QStringLiteral("verbs"));
    if (!names.isNull() && !names.isArray())
        return refuse(QStringLiteral("verbs"), QStringLiteral("The verbs are a list of run, stream and live."));
    for (const Json &name : names.items()) {
        const auto verb = verbFromName(name.toString());
        if (!verb)
            return refuse(QStringLiteral("verbs"), QStringLiteral("The verb is one of run, stream, live, not “%1”.").arg(name.toString()));
        if (!verbs.contains(*verb))
            verbs.append(*verb);
    }
    return verbs;
}

Expected<QList<CapabilityExample>> examplesFrom(const Json &json)
{
    QList<CapabilityExample> examples;
    const Json list = json.value(QStringLiteral("examples"));
    if (!list.isNull() && !list.isArray())
        return refuse(QStringLiteral("examples"), QStringLiteral("Examples are a list of {\"title\": …, \"input\": …}."));
    for (const Json &one : list.items().mid(0, MaxExamples)) {
        if (!one.isObject() || !one.contains(QStringLiteral("input")))
            return refuse(QStringLiteral("examples"), QStringLiteral("An example has an `input`."));
        examples.append({one.value(QStringLiteral("title")).toString().left(MaxName), one.value(QStringLiteral("input"))});
    }
    return examples;
}

CapabilityInfo::LiveChannels channelsFrom(const Json &json)
{
    CapabilityInfo::LiveChannels channels = NamedCapability::unknownChannels();
    const Json live = json.value(QStringLiteral("live"));
    const std::pair<const char *, bool *> flags[] = {{"video_in", &channels.videoIn}, {"video_out", &channels.videoOut},
        {"data", &channels.data}, {"raw", &channels.raw}};
    for (const auto &[key, flag] : flags)
        *flag = live.value(QLatin1String(key)).toBool(*flag);
    return channels;
}

} // namespace

CapabilityInfo::LiveChannels NamedCapability::unknownChannels()
{
    CapabilityInfo::LiveChannels channels;
    channels.data = true;
    return channels;
}

Expected<QString> NamedCapability::checkedPath(const QString &path)
{
    QString checked = path.trimmed();
    while (checked.startsWith(QLatin1Char('/')))
        checked.remove(0, 1);
    const auto bad = [](const QString &message) {
        return refuse(QStringLiteral("path"), message, QStringLiteral("Write what stands behind the worker's address, e.g. predict or v1/chat/completions."));
    };
    if (checked.contains(QStringLiteral("://")))
        return bad(QStringLiteral("“%1” is a whole address; a path lies below the worker's.").arg(checked.left(80)));
    if (checked.contains(QLatin1Char('?')) || checked.contains(QLatin1Char('#')))
        return bad(QStringLiteral("The path has a query or a fragment, which nodes do not hand on."));
    if (checked.size() > MaxPath || !isPrintable(checked))
        return bad(QStringLiteral("A path has at most %1 printable characters.").arg(MaxPath));
    const QStringList parts = checked.split(QLatin1Char('/'));
    if (parts.contains(QStringLiteral("..")) || parts.contains(QStringLiteral(".")))
        return bad(QStringLiteral("The path steps out of the worker's address with “.” or “..”."));
    return checked;
}

void NamedCapability::addTo(CapabilityInfo &info) const
{
    info.named = true;
    if (!verbs.isEmpty() && !info.verbsFixed) {
        info.verbs = verbs;
        info.verbsTold = true;
    }
    if (!path.isEmpty())
        info.path = path;
    if (info.description.isEmpty())
        info.description = description;
    if (!inputSchema.isNull()) {
        info.inputSchema = inputSchema;
        info.schemaOrigin.clear();
    }
    if (!examples.isEmpty())
        info.examples = examples;
    if (!info.listed)
        info.live = live;
}

Json NamedCapability::toJson() const
{
    Json json{{QStringLiteral("name"), name}};
    if (!backend.isEmpty())
        json.insert(QStringLiteral("backend"), backend);
    if (!description.isEmpty())
        json.insert(QStringLiteral("description"), description);
    if (!verbs.isEmpty()) {
        Json names = Json::array();
        for (const Verb verb : verbs)
            names.append(verbName(verb));
        json.insert(QStringLiteral("verbs"), names);
    }
    if (!path.isEmpty())
        json.insert(QStringLiteral("path"), path);
    if (!inputSchema.isNull())
        json.insert(QStringLiteral("input_schema"), inputSchema);
    if (!examples.isEmpty()) {
        Json list = Json::array();
        for (const CapabilityExample &example : examples)
            list.append(Json{{QStringLiteral("title"), example.title}, {QStringLiteral("input"), example.input}});
        json.insert(QStringLiteral("examples"), list);
    }
    if (live != unknownChannels())
        json.insert(QStringLiteral("live"), Json{{QStringLiteral("video_in"), live.videoIn}, {QStringLiteral("video_out"), live.videoOut},
                                                {QStringLiteral("data"), live.data}, {QStringLiteral("raw"), live.raw}});
    return json;
}

Expected<NamedCapability> NamedCapability::fromJson(const Json &json)
{
    if (!json.isObject())
        return refuse({}, QStringLiteral("A capability is a JSON object with at least a `name`."));
    if (depthOf(json, MaxDepth) > MaxDepth)
        return refuse({}, QStringLiteral("The capability is nested more than %1 levels deep.").arg(MaxDepth));
    NamedCapability capability;
    auto name = nameFrom(json);
    if (!name)
        return unexpected(name.error());
    capability.name = *name;
    auto backend = backendFrom(json);
    if (!backend)
        return unexpected(backend.error());
    capability.backend = *backend;
    capability.description = json.value(QStringLiteral("description")).toString().trimmed().left(MaxDescription);
    auto verbs = verbsFrom(json);
    if (!verbs)
        return unexpected(verbs.error());
    capability.verbs = *verbs;
    auto path = checkedPath(json.value(QStringLiteral("path")).toString());
    if (!path)
        return unexpected(path.error());
    capability.path = *path;
    capability.inputSchema = json.value(QStringLiteral("input_schema"));
    if (!capability.inputSchema.isNull() && !capability.inputSchema.isObject())
        return refuse(QStringLiteral("input_schema"), QStringLiteral("A JSON Schema is an object."));
    auto examples = examplesFrom(json);
    if (!examples)
        return unexpected(examples.error());
    capability.examples = *examples;
    capability.live = channelsFrom(json);
    if (capability.toJson().dump().size() > MaxBytes)
        return unexpected(Error(Error::Kind::TooLarge, QStringLiteral("The capability “%1” takes more than %2 KiB.").arg(capability.name).arg(MaxBytes / 1024))
                              .withAdvice(QStringLiteral("Leave the pictures out of its examples.")));
    return capability;
}

namespace capability_file {

QByteArray write(const QList<NamedCapability> &capabilities)
{
    Json list = Json::array();
    for (const NamedCapability &capability : capabilities)
        list.append(capability.toJson());
    return Json{{QStringLiteral("capabilities"), list}}.dump(2) + '\n';
}

Expected<QList<NamedCapability>> read(QByteArrayView text)
{
    const auto json = Json::parse(text, {MaxBytes, 64});
    if (!json)
        return unexpected(json.error());
    Json list = json->isObject() && json->contains(QStringLiteral("capabilities")) ? json->value(QStringLiteral("capabilities")) : *json;
    if (list.isObject())
        list = Json::array({list});
    if (!list.isArray() || list.size() == 0)
        return refuse({}, QStringLiteral("There is no capability in this file."), QStringLiteral("One looks like {\"capabilities\": [{\"name\": \"text-reversal\", \"verbs\": [\"run\"]}]}."));
    if (list.size() > NamedCapability::MaxCount)
        return unexpected(Error(Error::Kind::TooLarge, QStringLiteral("%1 capabilities are more than the %2 that a profile takes.")
                                                           .arg(list.size()).arg(NamedCapability::MaxCount)));
    QList<NamedCapability> capabilities;
    for (qsizetype i = 0; i < list.size(); ++i) {
        auto one = NamedCapability::fromJson(list.at(i));
        if (!one)
            return unexpected(Error(one.error()).withField(QStringLiteral("/%1%2").arg(i).arg(one.error().field())));
        capabilities.append(*one);
    }
    return capabilities;
}

} // namespace capability_file

} // namespace sluice
