#include "sluice/inspector/exact_amount.h"

#include "sluice/widgets/amount_label.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>

namespace sluice::ui::exact {

namespace {

using Int = boost::multiprecision::cpp_int;

/// Digits of any amount that can be real; longer texts are nonsense.
constexpr qsizetype mostDigits = 100;

std::optional<Int> integer(const QString &text)
{
    if (text.isEmpty() || text.size() > mostDigits
        || !std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; }))
        return std::nullopt;
    const qsizetype first = std::min<qsizetype>(text.size() - 1,
        std::find_if(text.begin(), text.end(), [](QChar c) { return c != u'0'; }) - text.begin());
    return Int(text.mid(first).toStdString()); // a leading zero would mean octal
}

QString decimal(const Int &value)
{
    return QString::fromStdString(value.str());
}

} // namespace

QString wholeWei(const QString &text)
{
    const bool negative = text.startsWith(u'-');
    const QString plain = negative ? text.mid(1) : text;
    const qsizetype point = plain.indexOf(u'.');
    const QString fraction = point < 0 ? QString() : plain.mid(point + 1);
    if (point >= 0 && (fraction.isEmpty() || !integer(fraction)))
        return {};
    const auto whole = integer(point < 0 ? plain : plain.left(point));
    if (!whole)
        return {};
    return negative && *whole != 0 ? u'-' + decimal(*whole) : decimal(*whole);
}

QString humanRational(const QString &text, int digits)
{
    const qsizetype slash = text.indexOf(u'/');
    if (slash < 0)
        return AmountLabel::humanWei(wholeWei(text), digits);
    const auto above = integer(text.left(slash));
    const auto below = integer(text.mid(slash + 1));
    if (!above || !below || *below == 0)
        return {};
    const Int whole = *above / *below;
    if (whole == 0)
        return *above == 0 ? AmountLabel::humanWei(QStringLiteral("0")) : QCoreApplication::translate("sluice::ui::exact", "< 1 wei");
    const QString shown = AmountLabel::humanWei(decimal(whole), digits);
    const bool cut = whole * *below != *above;
    return cut && !shown.startsWith(u'≈') ? u'≈' + QStringLiteral(" ") + shown : shown;
}

std::optional<QString> unitsLeft(const QString &balance, const PriceQuote &price)
{
    const auto wei = integer(wholeWei(balance));
    if (!wei || price.pricePerUnit <= 0 || price.pixelsPerUnit <= 0)
        return std::nullopt;
    return decimal(*wei * price.pixelsPerUnit / price.pricePerUnit);
}

std::optional<SpentShare> share(const QString &spent, const QString &limit)
{
    const auto part = integer(wholeWei(spent));
    const auto whole = integer(wholeWei(limit));
    if (!part || !whole)
        return std::nullopt;
    if (*whole == 0)
        return SpentShare{1000, true};
    const Int permille = *part * 1000 / *whole;
    return SpentShare{permille > 1000 ? 1000 : permille.convert_to<int>(), *part >= *whole};
}

QString sum(const QString &left, const QString &right)
{
    const auto a = integer(wholeWei(left));
    const auto b = integer(wholeWei(right));
    return decimal(a.value_or(0) + b.value_or(0));
}

QString pricePerUnit(const PriceQuote &price)
{
    if (price.pricePerUnit < 0 || price.pixelsPerUnit <= 0)
        return {};
    const Int above = price.pricePerUnit;
    const Int below = price.pixelsPerUnit;
    const Int common = above == 0 ? below : boost::multiprecision::gcd(above, below);
    const Int rest = below / common;
    return rest == 1 ? decimal(above / common) : decimal(above / common) + u'/' + decimal(rest);
}

QString duration(const QString &seconds)
{
    const auto total = integer(seconds);
    if (!total)
        return {};
    const auto words = [](const char *pattern, const Int &first, const Int &second) {
        return QCoreApplication::translate("sluice::ui::exact", pattern).arg(decimal(first), decimal(second));
    };
    if (*total < 60)
        return QCoreApplication::translate("sluice::ui::exact", "%1 s").arg(decimal(*total));
    if (*total < 3600)
        return words(QT_TRANSLATE_NOOP("sluice::ui::exact", "%1 min %2 s"), *total / 60, *total % 60);
    if (*total < 48 * 3600)
        return words(QT_TRANSLATE_NOOP("sluice::ui::exact", "%1 h %2 min"), *total / 3600, *total % 3600 / 60);
    const Int days = *total / 86400;
    if (days > 3650)
        return QCoreApplication::translate("sluice::ui::exact", "over 10 years");
    // The number itself may be larger than an int; only its plural form must be chosen by one.
    const int form = days < 1000 ? days.convert_to<int>() : 1000;
    return QCoreApplication::translate("sluice::ui::exact", "%1 day(s)", nullptr, form).arg(decimal(days));
}

} // namespace sluice::ui::exact
