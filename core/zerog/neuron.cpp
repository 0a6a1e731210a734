#include "sluice/zerog/neuron.h"

namespace sluice::zerog::neuron {

namespace {

constexpr int a0giExponent = 18;

const Wei &oneA0gi()
{
    static const Wei one = pow(Wei(10), a0giExponent);
    return one;
}

Expected<U256> inWord(const Wei &value, const char *what)
{
    if (value < 0 || value > Wei(maxU256()))
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("A %1 of amounts is beyond 256 bits: %2.").arg(QLatin1String(what), toDecimal(value).left(90))));
    return U256(value);
}

QString trimmed(QString decimal)
{
    while (decimal.endsWith(QLatin1Char('0')))
        decimal.chop(1);
    if (decimal.endsWith(QLatin1Char('.')))
        decimal.chop(1);
    return decimal;
}

/// "1.5" as (15, 1): digits and how many of them stand behind the point. Nothing for anything else.
std::optional<std::pair<QString, qsizetype>> decimalDigits(QStringView text)
{
    const qsizetype point = text.indexOf(QLatin1Char('.'));
    const QStringView whole = point < 0 ? text : text.left(point);
    const QStringView fraction = point < 0 ? QStringView() : text.mid(point + 1);
    if (whole.isEmpty() || whole.size() > 80 || fraction.size() > 80 || (point >= 0 && fraction.isEmpty()))
        return std::nullopt;
    for (const QStringView part : {whole, fraction}) {
        for (const QChar c : part) {
            if (c < QLatin1Char('0') || c > QLatin1Char('9'))
                return std::nullopt;
        }
    }
    return std::pair(whole.toString() + fraction.toString(), fraction.size());
}

} // namespace

Expected<U256> fromJson(const Json &value, const QString &what)
{
    const auto refuse = [&](const QString &why) {
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("%1 %2").arg(what, why))
                              .withAdvice(QStringLiteral("Give a whole number of neuron, bare or in quotes: 10000 or \"10000\"."))
                              .withField(QLatin1Char('/') + what));
    };
    QString digits;
    if (value.isString())
        digits = value.toString();
    else if (value.isInteger())
        digits = QString::fromLatin1(value.numberText());
    else if (value.isNumber())
        return refuse(QStringLiteral("must be a whole number, not %1").arg(QString::fromLatin1(value.numberText().left(40))));
    else
        return refuse(QStringLiteral("must be a whole number"));
    const auto amount = u256FromDecimal(digits);
    if (!amount)
        return refuse(QStringLiteral("must be decimal digits below 2^256, not “%1”").arg(digits.left(90)));
    return *amount;
}

Json number(const Wei &amount)
{
    return Json::number(toDecimal(amount).toLatin1());
}

Json quoted(const Wei &amount)
{
    return Json(toDecimal(amount));
}

Expected<U256> sum(const U256 &a, const U256 &b)
{
    return inWord(Wei(a) + Wei(b), "sum");
}

Expected<U256> difference(const U256 &a, const U256 &b)
{
    return inWord(Wei(a) - Wei(b), "difference");
}

Expected<U256> product(const U256 &a, const U256 &b)
{
    return inWord(Wei(a) * Wei(b), "product");
}

QString inA0gi(const Wei &amount)
{
    const Wei magnitude = abs(amount);
    const QString fraction = toDecimal(Wei(magnitude % oneA0gi())).rightJustified(a0giExponent, QLatin1Char('0'));
    return (amount < 0 ? QStringLiteral("-") : QString()) + trimmed(toDecimal(Wei(magnitude / oneA0gi())) + QLatin1Char('.') + fraction);
}

Expected<U256> parse(QStringView text)
{
    const auto refuse = [&text](const QString &why) {
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("“%1” is no amount: %2.").arg(text.left(80), why))
                              .withAdvice(QStringLiteral("Write for example “0.5 A0GI” or “1000 neuron”.")));
    };
    QString rest = text.trimmed().toString();
    qsizetype exponent = a0giExponent;
    if (rest.endsWith(QLatin1String("a0gi"), Qt::CaseInsensitive)) {
        rest = rest.chopped(4).trimmed();
    } else if (rest.endsWith(QLatin1String("neuron"), Qt::CaseInsensitive)) {
        rest = rest.chopped(6).trimmed();
        exponent = 0;
    }
    const auto digits = decimalDigits(rest);
    if (!digits)
        return refuse(QStringLiteral("decimal digits with at most one point are expected"));
    QString all = digits->first;
    qsizetype places = digits->second;
    while (places > 0 && all.endsWith(QLatin1Char('0'))) {
        all.chop(1);
        --places;
    }
    if (places > exponent)
        return refuse(QStringLiteral("it has parts of a neuron"));
    const auto amount = u256FromDecimal(QString(all + QString(exponent - places, QLatin1Char('0'))));
    if (!amount)
        return refuse(QStringLiteral("it is 2^256 neuron or more"));
    return *amount;
}

QString human(const Wei &amount, int digits)
{
    const Wei magnitude = abs(amount);
    if (magnitude * 1'000'000 < oneA0gi())
        return toDecimal(amount) + QStringLiteral(" neuron");
    // As many places as leave `digits` significant ones, at least as many as the whole part has.
    const QString whole = toDecimal(Wei(magnitude / oneA0gi()));
    int places = std::max(0, digits - int(whole.size()));
    if (magnitude < oneA0gi()) {
        places = digits;
        for (Wei scaled = magnitude * 10; scaled < oneA0gi(); scaled *= 10)
            ++places;
    }
    QString text = toFixed(Rational(amount, oneA0gi()), std::min(places, a0giExponent));
    if (text.contains(QLatin1Char('.')))
        text = trimmed(text);
    return text + QStringLiteral(" A0GI");
}

} // namespace sluice::zerog::neuron
