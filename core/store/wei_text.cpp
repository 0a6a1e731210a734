#include "sluice/store/wei_text_p.h"

#include <algorithm>

namespace sluice::detail {

namespace {

constexpr qsizetype kFractionDigits = 400; ///< of an expected value: face value times probability, both of 256 bits

boost::multiprecision::cpp_int parseDigits(const QString &text, qsizetype mostDigits = kFractionDigits)
{
    const bool digits = std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (text.isEmpty() || text.size() > mostDigits || !digits)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("“%1” is no amount in wei.").arg(text.left(mostDigits)))
            .withAdvice(QStringLiteral("Write a whole number of wei in decimal digits, at most %1 of them.").arg(mostDigits));
    boost::multiprecision::cpp_int wei = 0;
    // Digit by digit: the library's own parser would read a leading zero as octal.
    for (const QChar c : text)
        wei = wei * 10 + (c.unicode() - u'0');
    return wei;
}

} // namespace

boost::multiprecision::cpp_int parseWei(const QString &text)
{
    constexpr qsizetype mostDigits = 80;
    return parseDigits(text, mostDigits);
}

QString wholeSum(const QStringList &amounts)
{
    using boost::multiprecision::cpp_int;
    cpp_int above = 0;
    cpp_int below = 1;
    for (const QString &amount : amounts) {
        const cpp_int divisor = amount.contains(u'/') ? parseDigits(amount.section(u'/', 1)) : cpp_int(1);
        if (divisor == 0)
            throw Error(Error::Kind::InvalidInput, QStringLiteral("An amount is divided by zero."));
        above = above * divisor + parseDigits(amount.section(u'/', 0, 0)) * below;
        below *= divisor;
        const cpp_int common = above == 0 ? below : cpp_int(boost::multiprecision::gcd(above, below));
        above /= common;
        below /= common;
    }
    const cpp_int whole = above / below;
    const cpp_int rest = above % below;
    const bool hair = whole > 0 && rest * 1'000'000 < below;
    return weiText(rest == 0 || hair ? whole : cpp_int(whole + 1));
}

QString weiText(const boost::multiprecision::cpp_int &wei)
{
    return QString::fromStdString(wei.str());
}

} // namespace sluice::detail
