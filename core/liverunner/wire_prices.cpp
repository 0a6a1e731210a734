#include "sluice/liverunner/wire.h"

#include <charconv>

namespace sluice::liverunner {

namespace {

constexpr qsizetype MaxPriceCharacters = 64;
constexpr int MaxExponent = 64;

Unexpected<Error> refused(const char *what, const char *field)
{
    return unexpected(Error(Error::Kind::InvalidInput, QString::fromLatin1(what)).withField(QStringLiteral("/price_info/") + QLatin1String(field)));
}

Wei powerOfTen(int exponent)
{
    return boost::multiprecision::pow(Wei(10), unsigned(exponent));
}

/// A decimal number in plain or exponent form, exactly; nothing for anything else.
std::optional<Rational> decimal(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > MaxPriceCharacters)
        return std::nullopt;
    const bool negative = text.front() == '-';
    if (negative || text.front() == '+')
        text = text.sliced(1);
    Wei digits = 0;
    int places = 0;
    bool any = false;
    bool point = false;
    qsizetype at = 0;
    for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
        const char c = text[at];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            return std::nullopt;
        any = true;
        digits = digits * 10 + (c - '0');
        places += point ? 1 : 0;
    }
    int exponent = 0;
    if (at < text.size()) {
        QByteArrayView written = text.sliced(at + 1);
        if (written.startsWith('+'))
            written = written.sliced(1);
        const auto [end, wrong] = std::from_chars(written.data(), written.data() + written.size(), exponent);
        if (wrong != std::errc() || end != written.data() + written.size() || written.isEmpty() || std::abs(exponent) > MaxExponent)
            return std::nullopt;
    }
    if (!any)
        return std::nullopt;
    const int shift = exponent - places;
    const Wei mantissa = negative ? Wei(-digits) : digits;
    return shift < 0 ? Rational(mantissa, powerOfTen(-shift)) : Rational(Wei(mantissa * powerOfTen(shift)));
}

QString word(const QString &text)
{
    return text.trimmed().toLower();
}

} // namespace

QString unitText(PriceUnit unit)
{
    switch (unit) {
    case PriceUnit::Seconds:
        return QStringLiteral("seconds");
    case PriceUnit::PixelSeconds:
        return QStringLiteral("720p-pixel-seconds");
    case PriceUnit::Fixed:
        break;
    }
    return QStringLiteral("fixed");
}

std::optional<PriceUnit> unitOf(const QString &text)
{
    for (const PriceUnit unit : {PriceUnit::Seconds, PriceUnit::PixelSeconds, PriceUnit::Fixed}) {
        if (text == unitText(unit))
            return unit;
    }
    return std::nullopt;
}

QString paymentType(PriceUnit unit)
{
    switch (unit) {
    case PriceUnit::Seconds:
        return QStringLiteral("live");
    case PriceUnit::PixelSeconds:
        return QStringLiteral("lv2v");
    case PriceUnit::Fixed:
        break;
    }
    return QStringLiteral("fixed");
}

Json RegisteredPrice::toJson() const
{
    Json json = Json::object();
    if (!price.isEmpty()) {
        const bool plain = decimal(price) && price.front() != '+' && price.front() != '.' && !price.endsWith('.');
        const auto number = plain ? Json::parse(price) : Expected<Json>(Json());
        json.insert(QStringLiteral("price"), number && number->isNumber() ? *number : Json(QString::fromUtf8(price)));
    }
    json.insert(QStringLiteral("currency"), currency.isEmpty() ? QStringLiteral("usd") : currency);
    json.insert(QStringLiteral("unit"), unit.isEmpty() ? QStringLiteral("hour") : unit);
    return json;
}

std::optional<PriceUnit> RegisteredPrice::advertisedUnit() const
{
    const QString name = word(unit);
    if (name.isEmpty() || name == QLatin1String("hour"))
        return PriceUnit::Seconds;
    if (name == QLatin1String("720p"))
        return PriceUnit::PixelSeconds;
    if (name == QLatin1String("fixed"))
        return PriceUnit::Fixed;
    return std::nullopt;
}

Expected<Rational> RegisteredPrice::dollars() const
{
    if (price.isEmpty())
        return refused("price_info.price is required", "price");
    const auto value = decimal(price.trimmed());
    if (!value || *value <= 0)
        return refused("price_info.price must be a positive decimal", "price");
    return *value;
}

Expected<void> RegisteredPrice::check() const
{
    if (const auto value = dollars(); !value)
        return unexpected(value.error());
    if (!currency.trimmed().isEmpty() && word(currency) != QLatin1String("usd"))
        return refused("price_info.currency must be usd", "currency");
    if (!advertisedUnit())
        return refused("price_info.unit must be hour, 720p, or fixed", "unit");
    return {};
}

Expected<Wei> RegisteredPrice::inWei(const Rational &dollarsPerEth) const
{
    if (const auto fit = check(); !fit)
        return unexpected(fit.error());
    const Rational perUnit = *dollars() * Rational(powerOfTen(18)) / dollarsPerEth;
    switch (*advertisedUnit()) {
    case PriceUnit::Seconds:
        return floorOf(Rational(perUnit / 3600));
    case PriceUnit::PixelSeconds:
        return floorOf(Rational(perUnit / (Wei(3600) * PixelUnitsPerSecond)));
    case PriceUnit::Fixed:
        break;
    }
    return floorOf(perUnit);
}

Json OfferedPrice::toJson() const
{
    return Json{{QStringLiteral("price"), Json::number(toDecimal(price).toLatin1())}, {QStringLiteral("currency"), currency},
        {QStringLiteral("unit"), unit}};
}

} // namespace sluice::liverunner
