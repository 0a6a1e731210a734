#include "sluice/byoc/wire.h"

#include "sluice/base/bytes.h"
#include "sluice/payments/signed_messages.h"

#include <limits>

namespace sluice::byoc {

namespace {

constexpr qsizetype MaxIdBytes = 4096;

Unexpected<Error> protocol(const QString &message)
{
    return unexpected(Error(Error::Kind::Protocol, message));
}

Unexpected<Error> tooLarge(const QString &what, qsizetype seen, qsizetype bound)
{
    return unexpected(Error(Error::Kind::TooLarge,
        QStringLiteral("%1 has %2 bytes; at most %3 are accepted.").arg(what).arg(seen).arg(bound)));
}

/// A string member; absent and null are empty, any other type is an error.
Expected<QString> text(const Json &object, const QString &name)
{
    const Json value = member(object, name);
    if (value.isNull())
        return QString();
    if (!value.isString())
        return protocol(QStringLiteral("`%1` is not a string: %2").arg(name, QString::fromUtf8(value.dump().left(80))));
    return value.toString();
}

/// A JSON integer; absent and null are `fallback`.
Expected<qint64> integer(const Json &object, const QString &name, qint64 fallback)
{
    const Json value = member(object, name);
    if (value.isNull())
        return fallback;
    const auto number = value.toInt64();
    if (!number)
        return protocol(QStringLiteral("`%1` is not a whole number: %2").arg(name, QString::fromUtf8(value.dump().left(80))));
    return *number;
}

/// A whole number written as a number or as text, with or without a fraction, which is cut towards minus infinity.
/// Saturates: amounts beyond 64 bits are not told apart (payments.md 3.7).
std::optional<qint64> looseInteger(const Json &value)
{
    QByteArray digits = value.isString() ? value.toString().trimmed().toLatin1() : value.numberText();
    const bool negative = digits.startsWith('-');
    if (negative)
        digits.remove(0, 1);
    const qsizetype point = digits.indexOf('.');
    const QByteArray fraction = point < 0 ? QByteArray() : digits.mid(point + 1);
    const QByteArray whole = point < 0 ? digits : digits.left(point);
    const auto allDigits = [](const QByteArray &part) {
        return std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (whole.isEmpty() || whole.size() > 100 || !allDigits(whole) || !allDigits(fraction))
        return std::nullopt;
    constexpr qint64 max = std::numeric_limits<qint64>::max();
    bool fits = false;
    qint64 magnitude = whole.toLongLong(&fits);
    if (!fits)
        magnitude = max;
    if (!negative)
        return magnitude;
    const bool hasFraction = fraction.count('0') != fraction.size();
    return hasFraction && magnitude < max ? -magnitude - 1 : -magnitude;
}

Expected<qint64> looseMember(const Json &object, const QString &name, qint64 fallback)
{
    const Json value = member(object, name);
    if (value.isNull())
        return fallback;
    if (const auto number = looseInteger(value))
        return *number;
    return protocol(QStringLiteral("`%1` is not an amount: %2").arg(name, QString::fromUtf8(value.dump().left(80))));
}

Expected<Json> parseBounded(QByteArrayView body, qsizetype bound, const QString &what)
{
    if (body.size() > bound)
        return tooLarge(what, body.size(), bound);
    auto json = Json::parse(body, {bound, 32});
    if (!json)
        return protocol(QStringLiteral("%1 is not JSON: %2").arg(what, json.error().message()));
    return json;
}

void insertText(Json &json, const QString &key, const QString &value)
{
    if (!value.isEmpty())
        json.insert(key, value);
}

void insertNumber(Json &json, const QString &key, qint64 value)
{
    if (value != 0)
        json.insert(key, value);
}

std::optional<qint64> optionalInteger(const Json &object, const QString &name)
{
    const Json value = member(object, name);
    return value.isNull() ? std::nullopt : looseInteger(value);
}

} // namespace

QByteArray toHeaderValue(const Json &json)
{
    return bytes::toBase64(json.dump());
}

Expected<Json> fromHeaderValue(QByteArrayView value)
{
    if (value.size() > MaxHeaderBytes)
        return tooLarge(QStringLiteral("The header"), value.size(), MaxHeaderBytes);
    const auto decoded = bytes::fromBase64(value);
    if (!decoded)
        return protocol(QStringLiteral("The header is not base64."));
    auto json = parseBounded(*decoded, MaxHeaderBytes, QStringLiteral("The header"));
    if (json && !json->isObject())
        return protocol(QStringLiteral("The header does not hold a JSON object."));
    return json;
}

Expected<QByteArray> decodeSignature(const QString &text)
{
    const QByteArray latin = text.toLatin1();
    const QByteArray hex = latin.size() > 130 ? latin.mid(2) : latin;
    if (hex.size() > 1024 || hex.startsWith("0x") || hex.startsWith("0X"))
        return protocol(QStringLiteral("The signature is not hex."));
    return bytes::fromHex(hex);
}

Json TokenCredentials::toJson() const
{
    return {{QStringLiteral("addr"), addr}, {QStringLiteral("sig"), sig}};
}

Expected<TokenCredentials> TokenCredentials::fromJson(const Json &json)
{
    if (!json.isObject())
        return protocol(QStringLiteral("Sender credentials are a JSON object with `addr` and `sig`."));
    auto addr = text(json, QStringLiteral("addr"));
    if (!addr)
        return unexpected(addr.error());
    auto sig = text(json, QStringLiteral("sig"));
    if (!sig)
        return unexpected(sig.error());
    return TokenCredentials{*addr, *sig};
}

Expected<TokenCredentials> TokenCredentials::fromHeader(QByteArrayView value)
{
    auto json = fromHeaderValue(value);
    return json ? fromJson(*json) : unexpected(json.error());
}

QByteArray JobHeader::legacySigningBytes() const
{
    return signed_messages::byocLegacy(request, parameters);
}

Expected<QByteArray> JobHeader::v1SigningBytes() const
{
    if (timeoutSeconds < 1 || timeoutSeconds > std::numeric_limits<quint32>::max())
        return unexpected(Error(Error::Kind::InvalidInput,
            QStringLiteral("A timeout of %1 s cannot be signed; 1 to 4294967295 can.").arg(timeoutSeconds))
                              .withField(QStringLiteral("/timeout_seconds")));
    return signed_messages::byocV1(id, capability, request, parameters, quint32(timeoutSeconds));
}

Json JobHeader::toJson() const
{
    Json json = Json::object();
    insertText(json, QStringLiteral("id"), id);
    json.insert(QStringLiteral("request"), request);
    json.insert(QStringLiteral("parameters"), parameters);
    insertText(json, QStringLiteral("capability"), capability);
    insertText(json, QStringLiteral("capability_url"), capabilityUrl);
    insertText(json, QStringLiteral("sender"), sender);
    insertText(json, QStringLiteral("sig"), sig);
    insertNumber(json, QStringLiteral("timeout_seconds"), timeoutSeconds);
    return json;
}

Expected<JobHeader> JobHeader::fromJson(const Json &json)
{
    if (!json.isObject())
        return protocol(QStringLiteral("A job header is a JSON object."));
    JobHeader job;
    const std::pair<QString, QString *> texts[] = {
        {QStringLiteral("id"), &job.id},
        {QStringLiteral("request"), &job.request},
        {QStringLiteral("parameters"), &job.parameters},
        {QStringLiteral("capability"), &job.capability},
        {QStringLiteral("capability_url"), &job.capabilityUrl},
        {QStringLiteral("sender"), &job.sender},
        {QStringLiteral("sig"), &job.sig},
    };
    for (const auto &[name, target] : texts) {
        auto value = text(json, name);
        if (!value)
            return unexpected(value.error());
        *target = *value;
    }
    if (job.id.size() > MaxIdBytes || job.capability.size() > MaxIdBytes)
        return tooLarge(QStringLiteral("`id` or `capability`"), std::max(job.id.size(), job.capability.size()), MaxIdBytes);
    auto timeout = integer(json, QStringLiteral("timeout_seconds"), 0);
    if (!timeout)
        return unexpected(timeout.error());
    job.timeoutSeconds = *timeout;
    return job;
}

Expected<JobHeader> JobHeader::fromHeader(QByteArrayView value)
{
    auto json = fromHeaderValue(value);
    return json ? fromJson(*json) : unexpected(json.error());
}

Json JobToken::toJson() const
{
    Json json{{QStringLiteral("sender_address"), sender.toJson()}};
    if (ticketParams)
        json.insert(QStringLiteral("ticket_params"), ticketParams->toJson());
    insertNumber(json, QStringLiteral("balance"), balance);
    json.insert(QStringLiteral("price"), priceToJson(price));
    insertText(json, QStringLiteral("service_addr"), serviceAddr);
    insertNumber(json, QStringLiteral("available_capacity"), availableCapacity);
    json.insert(QStringLiteral("LastNonce"), 0);
    return json;
}

Expected<JobToken> JobToken::fromJson(const Json &json)
{
    if (!json.isObject())
        return protocol(QStringLiteral("A job token is a JSON object."));
    JobToken token;
    if (const Json sender = member(json, QStringLiteral("sender_address")); sender.isObject()) {
        auto credentials = TokenCredentials::fromJson(sender);
        if (!credentials)
            return unexpected(credentials.error());
        token.sender = *credentials;
    }
    if (const Json params = member(json, QStringLiteral("ticket_params")); !params.isNull()) {
        auto parsed = TicketParams::fromJson(params);
        if (!parsed)
            return protocol(QStringLiteral("The token's ticket parameters do not fit: %1").arg(parsed.error().message()));
        token.ticketParams = *parsed;
    }
    if (const Json price = member(json, QStringLiteral("price")); !price.isNull()) {
        auto parsed = priceFromJson(price);
        if (!parsed)
            return protocol(QStringLiteral("The token's price does not fit: %1").arg(parsed.error().message()));
        token.price = *parsed;
    }
    const std::pair<QString, qint64 *> amounts[] = {
        {QStringLiteral("balance"), &token.balance}, {QStringLiteral("available_capacity"), &token.availableCapacity}};
    for (const auto &[name, target] : amounts) {
        auto amount = looseMember(json, name, 0);
        if (!amount)
            return unexpected(amount.error());
        *target = *amount;
    }
    auto service = text(json, QStringLiteral("service_addr"));
    if (!service)
        return unexpected(service.error());
    token.serviceAddr = *service;
    return token;
}

Expected<JobToken> JobToken::parse(QByteArrayView body)
{
    auto json = parseBounded(body, MaxTokenBytes, QStringLiteral("The job token"));
    return json ? fromJson(*json) : unexpected(json.error());
}

Json LiveChannels::toJson() const
{
    return Json{{QStringLiteral("video_in"), videoIn}, {QStringLiteral("video_out"), videoOut}, {QStringLiteral("data"), data},
        {QStringLiteral("raw"), raw}};
}

LiveChannels LiveChannels::fromJson(const Json &object)
{
    LiveChannels channels;
    channels.videoIn = object.value(QStringLiteral("video_in")).toBool(channels.videoIn);
    channels.videoOut = object.value(QStringLiteral("video_out")).toBool(channels.videoOut);
    channels.data = object.value(QStringLiteral("data")).toBool(channels.data);
    channels.raw = object.value(QStringLiteral("raw")).toBool(channels.raw);
    return channels;
}

void CapabilityDescription::writeTo(Json &object) const
{
    insertText(object, QStringLiteral("model_id"), modelId);
    insertText(object, QStringLiteral("version"), version);
    insertText(object, QStringLiteral("path"), path);
    if (!verbs.isEmpty()) {
        Json list = Json::array();
        for (const QString &verb : verbs)
            list.append(verb);
        object.insert(QStringLiteral("verbs"), list);
    }
    if (live)
        object.insert(QStringLiteral("live"), live->toJson());
    if (!inputSchema.isNull())
        object.insert(QStringLiteral("input_schema"), inputSchema);
    if (!outputSchema.isNull())
        object.insert(QStringLiteral("output_schema"), outputSchema);
    if (!examples.isEmpty()) {
        Json list = Json::array();
        for (const ListedExample &example : examples)
            list.append(Json{{QStringLiteral("title"), example.title}, {QStringLiteral("input"), example.input}});
        object.insert(QStringLiteral("examples"), list);
    }
}

CapabilityDescription CapabilityDescription::readFrom(const Json &object)
{
    CapabilityDescription about;
    about.modelId = member(object, QStringLiteral("model_id")).toString();
    about.version = member(object, QStringLiteral("version")).toString();
    about.path = member(object, QStringLiteral("path")).toString();
    const Json verbs = member(object, QStringLiteral("verbs"));
    for (const Json &verb : verbs.items()) {
        if (verb.isString())
            about.verbs.append(verb.toString());
    }
    if (const Json live = member(object, QStringLiteral("live")); live.isObject())
        about.live = LiveChannels::fromJson(live);
    about.inputSchema = member(object, QStringLiteral("input_schema"));
    about.outputSchema = member(object, QStringLiteral("output_schema"));
    const Json examples = member(object, QStringLiteral("examples"));
    for (const Json &example : examples.items()) {
        if (example.isObject())
            about.examples.append({example.value(QStringLiteral("title")).toString(), example.value(QStringLiteral("input"))});
    }
    return about;
}

Json CapabilityRegistration::toJson() const
{
    Json json{{QStringLiteral("name"), name}, {QStringLiteral("description"), description},
        {QStringLiteral("url"), url}, {QStringLiteral("capacity"), capacity},
        {QStringLiteral("price_per_unit"), pricePerUnit}, {QStringLiteral("price_scaling"), priceScaling},
        {QStringLiteral("currency"), currency}};
    insertText(json, QStringLiteral("token"), token);
    about.writeTo(json);
    return json;
}

Expected<CapabilityRegistration> CapabilityRegistration::fromJson(const Json &json)
{
    if (!json.isObject())
        return protocol(QStringLiteral("A registration is a JSON object."));
    CapabilityRegistration registration;
    const std::pair<QString, QString *> texts[] = {
        {QStringLiteral("name"), &registration.name},
        {QStringLiteral("description"), &registration.description},
        {QStringLiteral("url"), &registration.url},
        {QStringLiteral("currency"), &registration.currency},
        {QStringLiteral("token"), &registration.token},
    };
    for (const auto &[name, target] : texts) {
        auto value = text(json, name);
        if (!value)
            return unexpected(value.error());
        *target = *value;
    }
    const std::tuple<QString, qint64, qint64 *> numbers[] = {
        {QStringLiteral("capacity"), 0, &registration.capacity},
        {QStringLiteral("price_per_unit"), 0, &registration.pricePerUnit},
        {QStringLiteral("price_scaling"), 1, &registration.priceScaling},
    };
    for (const auto &[name, fallback, target] : numbers) {
        auto value = integer(json, name, fallback);
        if (!value)
            return unexpected(value.error());
        *target = *value;
    }
    if (registration.currency.isEmpty())
        registration.currency = QStringLiteral("wei");
    if (registration.priceScaling == 0)
        registration.priceScaling = 1;
    registration.about = CapabilityDescription::readFrom(json);
    return registration;
}

Json ListedCapability::toJson() const
{
    Json json{{QStringLiteral("name"), name}};
    insertText(json, QStringLiteral("description"), description);
    if (capacity)
        json.insert(QStringLiteral("capacity"), *capacity);
    if (available)
        json.insert(QStringLiteral("available"), *available);
    if (pricePerUnit) {
        json.insert(QStringLiteral("price_per_unit"), *pricePerUnit);
        json.insert(QStringLiteral("price_scaling"), priceScaling);
    }
    insertText(json, QStringLiteral("currency"), currency);
    about.writeTo(json);
    return json;
}

Json listingToJson(const QList<ListedCapability> &capabilities)
{
    Json list = Json::array();
    for (const ListedCapability &capability : capabilities)
        list.append(capability.toJson());
    return Json{{QStringLiteral("capabilities"), list}};
}

Expected<QList<ListedCapability>> parseListing(QByteArrayView body)
{
    auto json = parseBounded(body, MaxListingBytes, QStringLiteral("The capability list"));
    if (!json)
        return unexpected(json.error());
    const Json list = json->isObject() ? member(*json, QStringLiteral("capabilities")) : *json;
    if (!list.isArray())
        return protocol(QStringLiteral("The capability list is not an array."));
    QList<ListedCapability> capabilities;
    for (const Json &entry : list.items()) {
        ListedCapability listed;
        listed.name = entry.isString() ? entry.toString() : member(entry, QStringLiteral("name")).toString();
        if (listed.name.isEmpty())
            continue;
        listed.description = member(entry, QStringLiteral("description")).toString();
        listed.capacity = optionalInteger(entry, QStringLiteral("capacity"));
        listed.available = optionalInteger(entry, QStringLiteral("available"));
        listed.pricePerUnit = optionalInteger(entry, QStringLiteral("price_per_unit"));
        listed.priceScaling = std::max<qint64>(1, optionalInteger(entry, QStringLiteral("price_scaling")).value_or(1));
        listed.currency = member(entry, QStringLiteral("currency")).toString();
        listed.about = CapabilityDescription::readFrom(entry);
        capabilities.append(listed);
    }
    return capabilities;
}

Json outcomesToJson(const QList<TicketOutcome> &outcomes)
{
    Json list = Json::array();
    for (const TicketOutcome &outcome : outcomes) {
        Json entry{{QStringLiteral("recipient_rand_hash"), bytes::toHex0x(outcome.recipientRandHash)},
            {QStringLiteral("nonce"), qint64(outcome.nonce)}, {QStringLiteral("won"), outcome.won}};
        if (!outcome.recipientRand.isEmpty())
            entry.insert(QStringLiteral("recipient_rand"), bytes::toHex0x(outcome.recipientRand));
        list.append(entry);
    }
    return list;
}

Expected<QList<TicketOutcome>> parseOutcomes(QByteArrayView body)
{
    auto json = parseBounded(body, MaxListingBytes, QStringLiteral("The list of tickets"));
    if (!json)
        return unexpected(json.error());
    if (!json->isArray())
        return protocol(QStringLiteral("The list of tickets is not an array."));
    QList<TicketOutcome> outcomes;
    for (const Json &entry : json->items()) {
        const auto hash = bytes::fromHex(entry.value(QStringLiteral("recipient_rand_hash")).toString().toLatin1());
        const auto nonce = entry.value(QStringLiteral("nonce")).toInt64();
        const Json won = entry.value(QStringLiteral("won"));
        if (!hash || hash->size() != 32 || !nonce || *nonce < 0 || *nonce > std::numeric_limits<quint32>::max() || !won.isBool())
            continue;
        TicketOutcome outcome{*hash, quint32(*nonce), won.toBool(), {}};
        const auto rand = bytes::fromHex(entry.value(QStringLiteral("recipient_rand")).toString().toLatin1());
        if (rand && rand->size() == 32)
            outcome.recipientRand = *rand;
        outcomes.append(outcome);
    }
    return outcomes;
}

} // namespace sluice::byoc
