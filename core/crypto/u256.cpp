#include "sluice/crypto/u256.h"

#include "sluice/base/bytes.h"

#include <QtCore/QtEndian>

#include <limits>

namespace sluice {

namespace {

constexpr qsizetype wordBytes = 32;

Unexpected<Error> invalid(const QString &message)
{
    return {Error(Error::Kind::InvalidInput, message)};
}

bool onlyDigits(QStringView text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); });
}

/// Digits that were checked already. Leading zeros go, because the library reads them as octal.
Wei fromDigits(QStringView text)
{
    while (text.size() > 1 && text.front() == QLatin1Char('0'))
        text = text.sliced(1);
    return Wei(text.toLatin1().toStdString());
}

Expected<Wei> signedDigits(QStringView text, qsizetype maxDigits, QStringView whole)
{
    const bool negative = text.startsWith(QLatin1Char('-'));
    const QStringView digits = negative ? text.sliced(1) : text;
    if (!onlyDigits(digits) || digits.size() > maxDigits)
        return invalid(QStringLiteral("“%1” is no decimal number: digits only are allowed, at most %2.")
                           .arg(whole.left(80)).arg(maxDigits));
    const Wei value = fromDigits(digits);
    return negative ? Wei(-value) : value;
}

Wei divideFloor(const Wei &numerator, const Wei &denominator)
{
    Wei quotient;
    Wei remainder;
    boost::multiprecision::divide_qr(numerator, denominator, quotient, remainder);
    return remainder < 0 ? Wei(quotient - 1) : quotient;
}

} // namespace

const U256 &maxU256()
{
    static const U256 max = std::numeric_limits<U256>::max();
    return max;
}

std::array<unsigned char, 32> toWord(const U256 &value)
{
    // The library's own export goes bit by bit, which shows when signing tickets; limbs are least significant first.
    std::array<unsigned char, wordBytes> word{};
    using Limb = boost::multiprecision::limb_type;
    const auto &backend = value.backend();
    for (size_t i = 0; i < backend.size(); ++i)
        qToBigEndian<Limb>(backend.limbs()[i], word.data() + word.size() - (i + 1) * sizeof(Limb));
    return word;
}

QByteArray toBytes32(const U256 &value)
{
    const auto word = toWord(value);
    return QByteArray(reinterpret_cast<const char *>(word.data()), wordBytes);
}

QByteArray toMinimalBytes(const U256 &value)
{
    const QByteArray padded = toBytes32(value);
    qsizetype first = 0;
    while (first < padded.size() && padded[first] == 0)
        ++first;
    return padded.sliced(first);
}

Expected<U256> fromMinimalBytes(QByteArrayView bytes)
{
    if (bytes.size() > wordBytes)
        return invalid(QStringLiteral("An integer of %1 bytes is too large: at most 32 bytes (256 bits) are allowed.").arg(bytes.size()));
    U256 value;
    const auto *data = reinterpret_cast<const unsigned char *>(bytes.data());
    if (!bytes.isEmpty())
        import_bits(value, data, data + bytes.size(), 8, true);
    return value;
}

Expected<U256> toU256(const Wei &value)
{
    if (value < 0 || value > Wei(maxU256()))
        return invalid(QStringLiteral("%1 does not fit into 256 bits without sign.").arg(toDecimal(value).left(100)));
    return U256(value);
}

Expected<U256> u256FromDecimal(QStringView text)
{
    if (!onlyDigits(text) || text.size() > 78)
        return invalid(QStringLiteral("“%1” is no unsigned 256-bit integer: up to 78 decimal digits are allowed.").arg(text.left(80)));
    return toU256(fromDigits(text));
}

Expected<U256> u256FromHex(QStringView text)
{
    const QStringView digits = text.startsWith(QLatin1String("0x"), Qt::CaseInsensitive) ? text.sliced(2) : text;
    QByteArray padded = digits.toLatin1();
    if (padded.size() % 2 != 0)
        padded.prepend('0');
    const auto bytes = bytes::fromHex(padded);
    if (digits.isEmpty() || digits.startsWith(QLatin1String("0x"), Qt::CaseInsensitive) || !bytes)
        return invalid(QStringLiteral("“%1” is no hexadecimal integer.").arg(text.left(80)));
    return fromMinimalBytes(*bytes);
}

Expected<Wei> weiFromDecimal(QStringView text)
{
    return signedDigits(text, 200, text);
}

Expected<Rational> rationalFromText(QStringView text)
{
    constexpr qsizetype maxDigits = 1000;
    const qsizetype slash = text.indexOf(QLatin1Char('/'));
    const auto numerator = signedDigits(slash < 0 ? text : text.first(slash), maxDigits, text);
    if (!numerator)
        return unexpected(numerator.error());
    if (slash < 0)
        return Rational(*numerator);
    const QStringView below = text.sliced(slash + 1);
    if (!onlyDigits(below) || below.size() > maxDigits)
        return invalid(QStringLiteral("“%1” is no fraction: “n/d” with decimal digits is expected.").arg(text.left(80)));
    const Wei denominator = fromDigits(below);
    if (denominator == 0)
        return invalid(QStringLiteral("The fraction “%1” divides by zero.").arg(text.left(80)));
    return Rational(*numerator, denominator);
}

QString toDecimal(const U256 &value)
{
    return QString::fromStdString(value.str());
}

QString toDecimal(const Wei &value)
{
    return QString::fromStdString(value.str());
}

QString toHexText(const U256 &value)
{
    return QStringLiteral("0x") + QString::fromStdString(value.str(0, std::ios_base::hex)).toLower();
}

QString toText(const Rational &value)
{
    const Wei below = denominator(value);
    const QString above = toDecimal(Wei(numerator(value)));
    return below == 1 ? above : above + QLatin1Char('/') + toDecimal(below);
}

Wei floorOf(const Rational &value)
{
    return divideFloor(numerator(value), denominator(value));
}

Wei ceilOf(const Rational &value)
{
    return -divideFloor(Wei(-numerator(value)), denominator(value));
}

Wei roundHalfAway(const Rational &value)
{
    const Wei above = abs(numerator(value));
    const Wei below = denominator(value);
    const Wei rounded = (2 * above + below) / (2 * below);
    return value < 0 ? Wei(-rounded) : rounded;
}

QString toFixed(const Rational &value, int decimals)
{
    const Wei scale = pow(Wei(10), static_cast<unsigned>(decimals));
    const Wei rounded = roundHalfAway(Rational(value * scale));
    QString digits = toDecimal(Wei(abs(rounded)));
    if (decimals > 0) {
        digits = digits.rightJustified(decimals + 1, QLatin1Char('0'));
        digits.insert(digits.size() - decimals, QLatin1Char('.'));
    }
    return rounded < 0 ? QLatin1Char('-') + digits : digits;
}

} // namespace sluice
