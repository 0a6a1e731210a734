#include "sluice/payments/amount.h"

namespace sluice::amount {

namespace {

struct Unit {
    const char *name;
    unsigned exponent;
};
constexpr Unit units[] = {{"ETH", 18}, {"gwei", 9}, {"wei", 0}};

Wei powerOfTen(unsigned exponent)
{
    return pow(Wei(10), exponent);
}

/// The largest unit of which there is at least a thousandth.
const Unit &unitFor(const Rational &magnitude)
{
    for (const Unit &unit : units) {
        if (unit.exponent == 0 || magnitude * 1000 >= Rational(powerOfTen(unit.exponent)))
            return unit;
    }
    Q_UNREACHABLE();
}

QString trimmedZeros(QString number)
{
    if (number.contains(QLatin1Char('.'))) {
        while (number.endsWith(QLatin1Char('0')))
            number.chop(1);
        if (number.endsWith(QLatin1Char('.')))
            number.chop(1);
    }
    return number;
}

QString grouped(QString number)
{
    const qsizetype point = number.indexOf(QLatin1Char('.'));
    for (qsizetype at = (point < 0 ? number.size() : point) - 3; at > 0; at -= 3)
        number.insert(at, QLatin1Char(','));
    return number;
}

/// Decimal places that leave `digits` significant ones.
int placesFor(const Rational &magnitude, int digits)
{
    int places = digits - int(toDecimal(floorOf(magnitude)).size());
    if (magnitude < 1) {
        places = digits;
        for (Rational scaled = magnitude * 10; scaled < 1 && places < 60; scaled *= 10)
            ++places;
    }
    return std::max(0, places);
}

} // namespace

QString human(const Rational &wei, int digits)
{
    if (wei == 0)
        return QStringLiteral("0 wei");
    const Rational magnitude = abs(wei);
    const QString sign = wei < 0 ? QStringLiteral("-") : QString();
    if (magnitude * 1000 < 1)
        return wei < 0 ? QStringLiteral(">-0.001 wei") : QStringLiteral("<0.001 wei");
    const Unit &unit = unitFor(magnitude);
    const Rational scaled = magnitude / powerOfTen(unit.exponent);
    const QString number = grouped(trimmedZeros(toFixed(scaled, placesFor(scaled, digits))));
    return sign + number + QLatin1Char(' ') + QLatin1String(unit.name);
}

QString exact(const Rational &wei)
{
    return toText(wei) + QStringLiteral(" wei");
}

Expected<Wei> parse(QStringView text)
{
    const auto refuse = [&text](const QString &why) {
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("“%1” is no amount: %2.").arg(text.left(80), why))
                              .withAdvice(QStringLiteral("Write for example “0.01 ETH”, “8 gwei” or “8000000000 wei”.")));
    };
    QString rest = text.trimmed().toString().toLower();
    unsigned exponent = 0;
    for (const Unit &unit : units) {
        const QString name = QString::fromLatin1(unit.name).toLower();
        if (rest.endsWith(name)) {
            exponent = unit.exponent;
            rest = rest.chopped(name.size()).trimmed();
            break;
        }
    }
    const qsizetype point = rest.indexOf(QLatin1Char('.'));
    const QString whole = point < 0 ? rest : rest.left(point);
    QString fraction = point < 0 ? QString() : rest.mid(point + 1);
    if (whole.isEmpty() || whole.startsWith(QLatin1Char('-')) || whole.size() > 60 || (point >= 0 && fraction.isEmpty()))
        return refuse(QStringLiteral("a positive decimal number is expected"));
    while (fraction.endsWith(QLatin1Char('0')))
        fraction.chop(1);
    if (fraction.size() > qsizetype(exponent))
        return refuse(QStringLiteral("it has parts of a wei"));
    const auto value = weiFromDecimal(QString(whole + fraction.leftJustified(qsizetype(exponent), QLatin1Char('0'))));
    if (!value)
        return refuse(QStringLiteral("a positive decimal number is expected"));
    return *value;
}

QString probability(const U256 &winProb)
{
    if (winProb == 0)
        return QStringLiteral("never");
    if (winProb == maxU256())
        return QStringLiteral("certain");
    const Rational oneIn = Rational(Wei(maxU256())) / Wei(winProb);
    return QStringLiteral("1 in %1").arg(grouped(trimmedZeros(toFixed(oneIn, oneIn < 10 ? 1 : 0))));
}

} // namespace sluice::amount
