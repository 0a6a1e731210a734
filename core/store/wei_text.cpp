#include "sluice/store/wei_text_p.h"

#include <algorithm>

namespace sluice::detail {

boost::multiprecision::cpp_int parseWei(const QString &text)
{
    constexpr qsizetype kMaxDigits = 80;
    const bool digits = std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (text.isEmpty() || text.size() > kMaxDigits || !digits)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("“%1” is no amount in wei.").arg(text.left(kMaxDigits)))
            .withAdvice(QStringLiteral("Write a whole number of wei in decimal digits, at most %1 of them.").arg(kMaxDigits));
    boost::multiprecision::cpp_int wei = 0;
    // Digit by digit: the library's own parser would read a leading zero as octal.
    for (const QChar c : text)
        wei = wei * 10 + (c.unicode() - u'0');
    return wei;
}

QString weiText(const boost::multiprecision::cpp_int &wei)
{
    return QString::fromStdString(wei.str());
}

} // namespace sluice::detail
