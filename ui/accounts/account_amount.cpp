#include "sluice/accounts/account_amount.h"

#include "sluice/base/error.h"

#include <QtCore/QCoreApplication>

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>

namespace sluice::ui::account_amount {

namespace {

using Int = boost::multiprecision::cpp_int;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::ui::account_amount)
};

/// Longer texts are no amount that can be: 2^256 has 78 digits.
constexpr qsizetype MostDigits = 100;
constexpr int ShownDigits = 6;
/// Below a millionth of the large unit the small one reads better.
constexpr int LargeFrom = 6;

bool areDigits(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool isBelow(const QString &digits)
{
    return digits.startsWith(u'-');
}

QString bare(const QString &digits)
{
    const auto first = std::find_if(digits.begin(), digits.end(), [](QChar c) { return c != u'0'; });
    return first == digits.end() ? QStringLiteral("0") : digits.mid(first - digits.begin());
}

Int number(const QString &digits)
{
    return isAmount(digits) ? Int(bare(digits).toStdString()) : Int(0);
}

QString text(const Int &value)
{
    return QString::fromStdString(value.str());
}

} // namespace

bool isAmount(const QString &digits)
{
    return !digits.isEmpty() && digits.size() <= MostDigits && areDigits(digits);
}

bool isBalance(const QString &digits)
{
    return isAmount(isBelow(digits) ? digits.mid(1) : digits);
}

QString inLarge(const QString &digits, const AccountMoney &money)
{
    if (isBelow(digits) && isBalance(digits))
        return u'-' + inLarge(digits.mid(1), money);
    if (!isAmount(digits))
        return {};
    const QString padded = bare(digits).rightJustified(money.decimals + 1, u'0');
    QString fraction = padded.right(money.decimals);
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    const QString whole = padded.chopped(money.decimals);
    return fraction.isEmpty() ? whole : whole + u'.' + fraction;
}

QString human(const QString &digits, const AccountMoney &money)
{
    if (isBelow(digits) && isBalance(digits))
        return u'-' + human(digits.mid(1), money);
    if (!isAmount(digits))
        return QStringLiteral("–");
    const QString plain = bare(digits);
    if (plain == QLatin1String("0"))
        return QStringLiteral("0 ") + money.large;
    if (plain.size() <= money.decimals - LargeFrom)
        return exact(plain, money);
    // So many digits are shown, and of a whole part all.
    const qsizetype kept = std::max<qsizetype>(ShownDigits, plain.size() - money.decimals);
    QString cut = plain.left(kept);
    const bool more = std::any_of(plain.begin() + cut.size(), plain.end(), [](QChar c) { return c != u'0'; });
    cut = cut.leftJustified(plain.size(), u'0');
    return (more ? QStringLiteral("≈ ") : QString()) + inLarge(cut, money) + u' ' + money.large;
}

QString exact(const QString &digits, const AccountMoney &money)
{
    if (!isBalance(digits))
        return {};
    return (isBelow(digits) ? u'-' + bare(digits.mid(1)) : bare(digits)) + u' ' + money.small;
}

QString both(const QString &digits, const AccountMoney &money)
{
    return isBalance(digits) ? QStringLiteral("%1 %2 = %3").arg(inLarge(digits, money), money.large, exact(digits, money)) : QString();
}

Expected<QString> parse(const QString &typed, bool inLargeUnit, const AccountMoney &money)
{
    const auto refuse = [](const QString &why) { return unexpected(Error(Error::Kind::InvalidInput, why)); };
    const QString given = typed.trimmed();
    if (given.isEmpty())
        return refuse(Words::tr("Write an amount."));
    if (given.contains(u','))
        return refuse(Words::tr("Write a point before the decimals, and nothing between thousands: 0.5"));
    const QString whole = given.section(u'.', 0, 0);
    const QString fraction = given.section(u'.', 1);
    if (given.size() > MostDigits || whole.isEmpty() || !areDigits(whole) || !areDigits(fraction) || given.endsWith(u'.'))
        return refuse(Words::tr("“%1” is no amount: digits are, with one point before the decimals.").arg(given.left(40)));
    const int decimals = inLargeUnit ? money.decimals : 0;
    if (fraction.size() > decimals && !inLargeUnit)
        return refuse(Words::tr("There is no part of one %1.").arg(money.small));
    if (fraction.size() > decimals)
        return refuse(Words::tr("One %1 has %2 decimals at most.").arg(money.large).arg(money.decimals));
    const QString digits = bare(whole + fraction.leftJustified(decimals, u'0'));
    if (digits == QLatin1String("0"))
        return refuse(Words::tr("Write an amount above 0."));
    return digits;
}

QString sum(const QString &left, const QString &right)
{
    return text(number(left) + number(right));
}

QString difference(const QString &left, const QString &right)
{
    const Int a = number(left);
    const Int b = number(right);
    return a > b ? text(a - b) : QStringLiteral("0");
}

int compare(const QString &left, const QString &right)
{
    return number(left).compare(number(right)) < 0 ? -1 : number(left) == number(right) ? 0 : 1;
}

} // namespace sluice::ui::account_amount
