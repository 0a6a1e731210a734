#include "sluice/runner/served_capability_p.h"

#include <QtCore/QRegularExpression>

#include <algorithm>

namespace sluice {
namespace {

constexpr int MaxThreads = 32;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

} // namespace

ServedCapability::ServedCapability(std::unique_ptr<Capability> capability, int maxWaiting)
    : m_capability(std::move(capability))
    , m_name(m_capability->name())
    , m_path(m_capability->path())
    , m_capacity(m_capability->capacity())
    , m_liveApp(m_capability->liveApp())
    , m_validator(m_capability->inputSchema())
    , m_pool(std::clamp(m_capacity, 1, MaxThreads), maxWaiting)
{
}

QStringList ServedCapability::problems() const
{
    static const QRegularExpression fit(QStringLiteral("\\A[A-Za-z0-9][A-Za-z0-9._-]{0,127}\\z"));
    QStringList found;
    if (!fit.match(m_name).hasMatch())
        found.append(QStringLiteral("The name \"%1\" must be 1 to 128 letters, digits, '-', '_' or '.'.").arg(m_name));
    if (m_capacity < 1)
        found.append(QStringLiteral("The capacity is %1; with less than 1 nobody would ever call it.").arg(m_capacity));
    const CapabilityPrice price = m_capability->price();
    if (price.pricePerUnit < 0 || price.priceScaling < 1)
        found.append(QStringLiteral("The price %1 / %2 is negative or has no scaling.").arg(price.pricePerUnit).arg(price.priceScaling));
    for (const QString &problem : SchemaValidator::problems(m_validator.schema()))
        found.append(QStringLiteral("Input schema: ") + problem);
    for (const QString &problem : SchemaValidator::problems(m_capability->outputSchema()))
        found.append(QStringLiteral("Output schema: ") + problem);
    for (const Example &example : m_capability->examples()) {
        const auto violations = m_validator.validate(example.input);
        if (!violations.isEmpty())
            found.append(QStringLiteral("Example \"%1\": %2").arg(example.title, violations.first().message));
    }
    return found;
}

void ServedCapability::describe(Json &document) const
{
    document.insert(key("version"), m_capability->version());
    if (isLive()) {
        const LiveCapability::Channels channels = live().channels();
        document.insert(key("live"), Json{{key("video_in"), channels.videoIn}, {key("video_out"), channels.videoOut}, {key("data"), channels.data},
            {key("raw"), channels.raw}});
    } else {
        document.insert(key("path"), m_path);
    }
    // A stream that can also be collected answers both verbs; the first is what it is made for.
    Json verbs = Json::array({isLive() ? Json("live") : isStream() ? Json("stream") : Json("run")});
    if (isStream() && !stream().collected({}).isNull())
        verbs.append(Json("run"));
    document.insert(key("verbs"), verbs);
    document.insert(key("input_schema"), m_validator.schema());
    document.insert(key("output_schema"), m_capability->outputSchema());
    Json examples = Json::array();
    for (const Example &example : m_capability->examples())
        examples.append(Json{{key("title"), example.title}, {key("input"), example.input}});
    document.insert(key("examples"), examples);
}

Json ServedCapability::schemaDocument() const
{
    Json document{{key("name"), m_name}, {key("description"), m_capability->description()}};
    describe(document);
    const CapabilityPrice price = m_capability->price();
    document.insert(key("price"), Json{{key("price_per_unit"), price.pricePerUnit}, {key("price_scaling"), price.priceScaling},
        {key("currency"), price.currency}, {key("unit"), "second"}});
    document.insert(key("capacity"), m_capacity);
    return document;
}

Json ServedCapability::registration(const QString &url) const
{
    const CapabilityPrice price = m_capability->price();
    Json body{{key("name"), m_name}, {key("description"), m_capability->description()}, {key("url"), url},
        {key("capacity"), m_capacity}, {key("price_per_unit"), price.pricePerUnit}, {key("price_scaling"), price.priceScaling},
        {key("currency"), price.currency}};
    describe(body);
    return body;
}

QString ServedCapability::liveMetadata() const
{
    constexpr qsizetype most = 1024;
    Json hints{{key("description"), m_capability->description()}, {key("verb"), isStream() ? "stream" : "run"}};
    if (hints.dump().size() > most)
        hints = Json{{key("verb"), isStream() ? "stream" : "run"}};
    for (const auto &[name, schema] : {std::pair("input_schema", m_validator.schema()), std::pair("output_schema", m_capability->outputSchema())}) {
        Json more = hints;
        more.insert(key(name), schema);
        if (more.dump().size() <= most)
            hints = more;
    }
    return QString::fromUtf8(hints.dump());
}

Json ServedCapability::withDefaults(const Json &input) const
{
    if (!input.isObject())
        return input;
    Json filled = input;
    const Json properties = m_validator.schema().value(key("properties"));
    for (const auto &[name, part] : properties.members()) {
        const Json resolved = m_validator.resolve(part);
        if (!input.contains(name) && resolved.contains(key("default")))
            filled.insert(name, resolved.value(key("default")));
    }
    return filled;
}

Json bodyLocation(const QString &pointer, const Json &input)
{
    Json location = Json::array({Json("body")});
    Json current = input;
    const QStringList tokens = pointer.split(u'/').mid(1);
    for (QString token : tokens) {
        token.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
        bool isNumber = false;
        const qint64 index = token.toLongLong(&isNumber);
        if (current.isArray() && isNumber) {
            location.append(Json(index));
            current = current.at(index);
        } else {
            location.append(Json(token));
            current = current.value(token);
        }
    }
    return location;
}

Json validationDetail(const QList<SchemaViolation> &violations, const Json &input)
{
    Json detail = Json::array();
    for (const SchemaViolation &violation : violations) {
        Json item{{key("type"), violation.type}, {key("loc"), bodyLocation(violation.pointer, input)}, {key("msg"), violation.message}};
        Json context = Json::object();
        if (!violation.allowed.isEmpty())
            context.insert(key("allowed"), violation.allowed);
        if (!violation.suggestion.isEmpty())
            context.insert(key("suggestion"), violation.suggestion);
        if (context.size() > 0)
            item.insert(key("ctx"), context);
        detail.append(item);
    }
    return Json{{key("detail"), detail}};
}

} // namespace sluice
