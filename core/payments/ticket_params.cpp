#include "sluice/payments/ticket_params.h"

#include "sluice/base/bytes.h"
#include "sluice/payments/ticket.h"

namespace sluice {

namespace {

Unexpected<Error> badField(const QString &key, const QString &what)
{
    return {Error(Error::Kind::InvalidInput, QStringLiteral("“%1” %2.").arg(key, what)).withField(QLatin1Char('/') + key)};
}

/// Padded base64, or nothing for an absent or null key.
Expected<QByteArray> bytesField(const Json &json, const QString &key)
{
    const Json value = json.value(key);
    if (value.isNull())
        return QByteArray();
    if (!value.isString())
        return badField(key, QStringLiteral("is not base64 text"));
    auto bytes = bytes::fromBase64(value.toString().toUtf8());
    if (!bytes)
        return badField(key, QStringLiteral("is not base64 of the standard alphabet with padding"));
    return bytes;
}

Expected<WireUint> uintField(const Json &json, const QString &key)
{
    const auto bytes = bytesField(json, key);
    if (!bytes)
        return unexpected(bytes.error());
    auto value = WireUint::fromBytes(*bytes);
    if (!value)
        return badField(key, QStringLiteral("has %1 bytes; at most 32 are allowed").arg(bytes->size()));
    return value;
}

/// An integer that may be written as a number or as text, as some orchestrators do.
Expected<std::optional<qint64>> integerField(const Json &json, std::initializer_list<const char *> keys)
{
    for (const char *name : keys) {
        const QString key = QString::fromLatin1(name);
        const Json value = json.value(key);
        if (value.isNull())
            continue;
        bool ok = false;
        qint64 number = 0;
        if (value.isString()) {
            number = value.toString().toLongLong(&ok);
        } else if (const auto exact = value.toInt64()) {
            number = *exact;
            ok = true;
        }
        if (!ok)
            return badField(key, QStringLiteral("is %1; a 64-bit integer is expected").arg(QString::fromUtf8(value.dump().left(40))));
        return std::optional(number);
    }
    return std::optional<qint64>();
}

void insertBytes(Json &json, const char *key, QByteArrayView value)
{
    if (!value.isEmpty())
        json.insert(QString::fromLatin1(key), QString::fromLatin1(bytes::toBase64(value)));
}

} // namespace

Expected<WireUint> WireUint::fromBytes(const QByteArray &bytes)
{
    const auto value = fromMinimalBytes(bytes);
    if (!value)
        return unexpected(value.error());
    WireUint made;
    made.m_value = *value;
    made.m_bytes = bytes;
    return made;
}

Json ExpirationParams::toJson() const
{
    Json json = Json::object();
    if (creationRound != 0)
        json.insert(QStringLiteral("creation_round"), creationRound);
    if (creationRoundBlockHash)
        insertBytes(json, "creation_round_block_hash", creationRoundBlockHash->bytes());
    return json;
}

Expected<ExpirationParams> ExpirationParams::fromJson(const Json &json)
{
    if (!json.isObject())
        return badField(QStringLiteral("expiration_params"), QStringLiteral("is not an object"));
    ExpirationParams params;
    const auto round = integerField(json, {"creation_round"});
    if (!round)
        return unexpected(round.error());
    params.creationRound = round->value_or(0);
    if (params.creationRound < 0)
        return badField(QStringLiteral("creation_round"), QStringLiteral("is negative"));
    const auto hash = bytesField(json, QStringLiteral("creation_round_block_hash"));
    if (!hash)
        return unexpected(hash.error());
    if (!hash->isEmpty()) {
        const auto parsed = Hash32::fromBytes(*hash);
        if (!parsed)
            return badField(QStringLiteral("creation_round_block_hash"), QStringLiteral("has %1 bytes instead of 32").arg(hash->size()));
        params.creationRoundBlockHash = *parsed;
    }
    return params;
}

Rational TicketParams::expectedValue() const
{
    return sluice::expectedValue(faceValue.value(), winProb.value());
}

Json TicketParams::toJson() const
{
    Json json = Json::object();
    insertBytes(json, "recipient", recipient.bytes());
    insertBytes(json, "face_value", faceValue.bytes());
    insertBytes(json, "win_prob", winProb.bytes());
    insertBytes(json, "recipient_rand_hash", recipientRandHash.bytes());
    insertBytes(json, "seed", seed.bytes());
    insertBytes(json, "expiration_block", expirationBlock.bytes());
    if (expirationParams)
        json.insert(QStringLiteral("expiration_params"), expirationParams->toJson());
    return json;
}

Expected<TicketParams> TicketParams::fromJson(const Json &json)
{
    if (!json.isObject())
        return badField(QStringLiteral("ticket_params"), QStringLiteral("is not an object"));
    TicketParams params;
    const auto recipient = bytesField(json, QStringLiteral("recipient"));
    if (!recipient)
        return unexpected(recipient.error());
    const auto address = Address::fromBytes(*recipient);
    if (!address)
        return badField(QStringLiteral("recipient"), QStringLiteral("has %1 bytes instead of 20").arg(recipient->size()));
    params.recipient = *address;
    const auto randHash = bytesField(json, QStringLiteral("recipient_rand_hash"));
    if (!randHash)
        return unexpected(randHash.error());
    const auto hash = Hash32::fromBytes(*randHash);
    if (!hash)
        return badField(QStringLiteral("recipient_rand_hash"), QStringLiteral("has %1 bytes instead of 32").arg(randHash->size()));
    params.recipientRandHash = *hash;

    const std::pair<const char *, WireUint *> integers[] = {{"face_value", &params.faceValue}, {"win_prob", &params.winProb},
        {"seed", &params.seed}, {"expiration_block", &params.expirationBlock}};
    for (const auto &[key, target] : integers) {
        auto value = uintField(json, QString::fromLatin1(key));
        if (!value)
            return unexpected(value.error());
        *target = *value;
    }
    if (const Json expiration = json.value(QStringLiteral("expiration_params")); !expiration.isNull()) {
        const auto parsed = ExpirationParams::fromJson(expiration);
        if (!parsed)
            return unexpected(parsed.error());
        params.expirationParams = *parsed;
    }
    return params;
}

Json priceToJson(const PriceInfo &price)
{
    Json json = Json::object();
    if (price.pricePerUnit != 0)
        json.insert(QStringLiteral("pricePerUnit"), price.pricePerUnit);
    if (price.pixelsPerUnit != 0)
        json.insert(QStringLiteral("pixelsPerUnit"), price.pixelsPerUnit);
    if (price.capability != 0)
        json.insert(QStringLiteral("capability"), qint64(price.capability));
    if (!price.constraint.isEmpty())
        json.insert(QStringLiteral("constraint"), price.constraint);
    return json;
}

Expected<PriceInfo> priceFromJson(const Json &json)
{
    if (!json.isObject())
        return badField(QStringLiteral("price"), QStringLiteral("is not an object"));
    const auto perUnit = integerField(json, {"pricePerUnit", "price_per_unit"});
    if (!perUnit)
        return unexpected(perUnit.error());
    const auto pixels = integerField(json, {"pixelsPerUnit", "pixels_per_unit"});
    if (!pixels)
        return unexpected(pixels.error());
    // What it is for changes nothing about the price: odd values count as not said.
    const qint64 capability = json.value(QStringLiteral("capability")).toInt64().value_or(0);
    const QString constraint = json.value(QStringLiteral("constraint")).toString().left(1000);
    const PriceInfo price{perUnit->value_or(0), pixels->value_or(1), quint32(std::clamp<qint64>(capability, 0, 0xffffffff)), constraint};
    if (!price.isValid())
        return badField(QStringLiteral("price"),
                        QStringLiteral("is %1/%2; it may not be negative and its divisor must be at least 1")
                            .arg(price.pricePerUnit).arg(price.pixelsPerUnit));
    return price;
}

} // namespace sluice
