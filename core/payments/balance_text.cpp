#include "sluice/payments/balance_text.h"

#include <limits>

namespace sluice::balance_text {

namespace {

bool digitsWithin(QByteArrayView text, qsizetype most)
{
    return !text.isEmpty() && text.size() <= most && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

QByteArray header(const Rational &balance)
{
    const QByteArray digits = toDecimal(roundHalfAway(balance)).toLatin1();
    // A real node keeps the sign of what it rounds to nothing (byoc.md 4.8).
    return balance < 0 && !digits.startsWith('-') ? '-' + digits : digits;
}

qint64 token(const Rational &balance)
{
    constexpr qint64 thousandth = std::numeric_limits<qint64>::max() / 1000;
    const Wei floored = floorOf(balance);
    if (floored > std::numeric_limits<qint64>::max() || floored < std::numeric_limits<qint64>::min())
        return 0;
    if (floored > thousandth)
        return thousandth;
    if (floored < -thousandth)
        return -thousandth;
    return static_cast<qint64>(floored);
}

QByteArray inStream(const Rational &balance)
{
    return toFixed(balance, 3).toLatin1();
}

Expected<Rational> parse(QByteArrayView text)
{
    const bool negative = text.startsWith('-');
    const QByteArrayView unsignedText = negative ? text.sliced(1) : text;
    const qsizetype point = unsignedText.indexOf('.');
    const QByteArrayView whole = point < 0 ? unsignedText : unsignedText.first(point);
    const QByteArrayView fraction = point < 0 ? QByteArrayView() : unsignedText.sliced(point + 1);
    if (!digitsWithin(whole, 60) || (point >= 0 && !digitsWithin(fraction, 18)))
        return unexpected(Error(Error::Kind::Protocol,
            QStringLiteral("“%1” is no balance: decimal digits, optionally with a fraction, are expected.")
                .arg(QString::fromLatin1(text.first(std::min<qsizetype>(text.size(), 80)).toByteArray()))));
    const auto digits = weiFromDecimal(QString::fromLatin1(whole.toByteArray() + fraction.toByteArray()));
    if (!digits)
        return unexpected(digits.error());
    const Rational value(*digits, pow(Wei(10), static_cast<unsigned>(fraction.size())));
    return negative ? Rational(-value) : value;
}

} // namespace sluice::balance_text
