#include "sluice/payments/amount.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>

namespace sluice::amount {

namespace {

/// Translated like the window's words.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::Odds)
};

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

QString unitName(FieldUnit unit)
{
    return unit == FieldUnit::Eth ? QStringLiteral("ETH") : unit == FieldUnit::Gwei ? QStringLiteral("gwei") : QStringLiteral("wei");
}

namespace {

constexpr FieldUnit fieldUnits[] = {FieldUnit::Eth, FieldUnit::Gwei, FieldUnit::Wei}; // "gwei" before "wei", which ends it

unsigned exponentOf(FieldUnit unit)
{
    return unit == FieldUnit::Eth ? 18 : unit == FieldUnit::Gwei ? 9 : 0;
}

/// Digits of any script as 0 to 9, the separators of any script as "." and ",", and every kind of space as one.
QString latin(QStringView text)
{
    QString plain;
    for (const QChar c : text) {
        if (c.isDigit() && c.digitValue() >= 0)
            plain += QChar(u'0' + c.digitValue());
        else if (c == QChar(0x066b) || c == QChar(0xff0e)) // Arabic decimal separator, full-width point
            plain += QLatin1Char('.');
        else if (c == QChar(0x066c) || c == QChar(0xff0c)) // Arabic thousands separator, full-width comma
            plain += QLatin1Char(',');
        else
            plain += c.isSpace() ? QChar(u' ') : c;
    }
    return plain.trimmed();
}

bool isGrouped(const QString &whole)
{
    static const QRegularExpression groups(QStringLiteral("^[0-9]{1,3}( [0-9]{3})+$"));
    return groups.match(whole).hasMatch();
}

} // namespace

std::optional<FieldUnit> typedUnit(QStringView text)
{
    const QString plain = latin(text);
    for (const FieldUnit unit : fieldUnits) {
        if (plain.endsWith(unitName(unit), Qt::CaseInsensitive))
            return unit;
    }
    return std::nullopt;
}

Expected<Wei> parseTyped(QStringView text, FieldUnit unit)
{
    const auto refuse = [&text](const QString &why, const QString &advice) {
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("“%1” is no amount: %2.").arg(text.left(80), why)).withAdvice(advice));
    };
    QString number = latin(text);
    if (const auto named = typedUnit(text)) {
        unit = *named;
        number = number.chopped(unitName(unit).size()).trimmed();
    }
    const QString example = QStringLiteral("Write digits with a decimal point, for example 0.5 or 1000.");
    if (number.contains(QLatin1Char('.')) && number.contains(QLatin1Char(',')))
        return refuse(QStringLiteral("it has a point and a comma"), example);
    static const QRegularExpression either(QStringLiteral("^[1-9][0-9]{0,2}(,[0-9]{3})+$"));
    if (either.match(number).hasMatch())
        return refuse(QStringLiteral("the comma can be read in two ways"),
            QStringLiteral("Write %1 without a separator, or %2 with a point.").arg(QString(number).remove(QLatin1Char(',')), QString(number).replace(QLatin1Char(','), QLatin1Char('.'))));
    number.replace(QLatin1Char(','), QLatin1Char('.'));
    QString whole = number.section(QLatin1Char('.'), 0, 0);
    if (isGrouped(whole))
        whole.remove(QLatin1Char(' '));
    const QString fraction = number.contains(QLatin1Char('.')) ? number.mid(number.indexOf(QLatin1Char('.'))) : QString();
    static const QRegularExpression decimal(QStringLiteral("^[0-9]{1,60}(\\.[0-9]{1,60})?$"));
    if (!decimal.match(whole + fraction).hasMatch())
        return refuse(QStringLiteral("a positive decimal number is expected"), example);
    const auto wei = parse(whole + fraction + QLatin1Char(' ') + unitName(unit));
    if (!wei)
        return refuse(QStringLiteral("a wei cannot be divided"), QStringLiteral("%1 takes at most %2 decimal places.").arg(unitName(unit)).arg(exponentOf(unit)));
    return *wei;
}

QString inUnit(const Wei &wei, FieldUnit unit)
{
    const unsigned exponent = exponentOf(unit);
    return exponent == 0 ? toDecimal(wei) : trimmedZeros(toFixed(Rational(wei, powerOfTen(exponent)), int(exponent)));
}

QString probability(const U256 &winProb)
{
    if (winProb == 0)
        return Words::tr("never", "the odds of a ticket");
    if (winProb == maxU256())
        return Words::tr("certain", "the odds of a ticket");
    const Rational oneIn = Rational(Wei(maxU256())) / Wei(winProb);
    return Words::tr("1 in %1", "the odds of a ticket").arg(grouped(trimmedZeros(toFixed(oneIn, oneIn < 10 ? 1 : 0))));
}

} // namespace sluice::amount
