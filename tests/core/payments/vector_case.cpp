#include "vector_case.h"

#include "sluice/base/bytes.h"

using namespace sluice;

namespace {

[[noreturn]] void fail(const char *key, const QString &what)
{
    throw Error(Error::Kind::InvalidInput, QStringLiteral("%1: %2").arg(QLatin1String(key), what));
}

} // namespace

QString VectorCase::text(const char *key) const
{
    const Json value = m_json.value(QString::fromLatin1(key));
    if (!value.isString())
        fail(key, QStringLiteral("is missing or no text"));
    return value.toString();
}

QByteArray VectorCase::bytes(const char *key) const
{
    return orThrow(bytes::fromHex(text(key).toLatin1()));
}

qint64 VectorCase::integer(const char *key) const
{
    const Json value = m_json.value(QString::fromLatin1(key));
    if (value.isString())
        return value.toString().toLongLong();
    if (const auto number = value.toInt64())
        return *number;
    fail(key, QStringLiteral("is missing or no integer"));
}

bool VectorCase::flag(const char *key) const
{
    const Json value = m_json.value(QString::fromLatin1(key));
    if (!value.isBool())
        fail(key, QStringLiteral("is missing or neither true nor false"));
    return value.toBool();
}

U256 VectorCase::hexNumber(const char *key) const
{
    return orThrow(u256FromHex(text(key)));
}

Wei VectorCase::wei(const char *key) const
{
    const Json value = m_json.value(QString::fromLatin1(key));
    return orThrow(weiFromDecimal(value.isNumber() ? QString::fromLatin1(value.numberText()) : text(key)));
}

Rational VectorCase::rational(const char *key) const
{
    const Json value = m_json.value(QString::fromLatin1(key));
    return orThrow(rationalFromText(value.isNumber() ? QString::fromLatin1(value.numberText()) : text(key)));
}

Address VectorCase::address(const char *key) const
{
    return orThrow(Address::fromHex(text(key)));
}

Hash32 VectorCase::hash(const char *key) const
{
    return orThrow(Hash32::fromBytes(bytes(key)));
}

PrivateKey VectorCase::key() const
{
    return orThrow(PrivateKey::fromHex(text("private_key").toLatin1()));
}

PriceInfo VectorCase::price() const
{
    return {integer("price_per_unit"), integer("pixels_per_unit")};
}

VectorCase VectorCase::object(const char *key) const
{
    const Json value = m_json.value(QString::fromLatin1(key));
    if (!value.isObject())
        fail(key, QStringLiteral("is missing or no object"));
    return VectorCase(value);
}

void same(const char *what, const QString &actual, const QString &expected)
{
    if (actual != expected)
        fail(what, QStringLiteral("is\n  %1\ninstead of\n  %2").arg(actual, expected));
}

void same(const char *what, const QByteArray &actual, const QByteArray &expected)
{
    same(what, QString::fromLatin1(actual.toHex()), QString::fromLatin1(expected.toHex()));
}

void same(const char *what, bool actual, bool expected)
{
    same(what, actual ? QStringLiteral("true") : QStringLiteral("false"), expected ? QStringLiteral("true") : QStringLiteral("false"));
}
