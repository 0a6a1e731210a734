#include "sluice/forms/decimal_p.h"

#include <cmath>

namespace sluice::ui {

namespace {

constexpr int kMaxPlaces = 15;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::optional<qint64> scaled(qint64 digits, int by)
{
    for (int i = 0; i < by; ++i)
        if (__builtin_mul_overflow(digits, qint64(10), &digits))
            return {};
    return digits;
}

qint64 floorDivide(qint64 a, qint64 b)
{
    const qint64 quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

} // namespace

bool isJsonNumber(const QByteArray &text)
{
    qsizetype i = 0;
    const auto at = [&](qsizetype index) { return index < text.size() ? text.at(index) : '\0'; };
    const auto digits = [&] {
        const qsizetype from = i;
        while (isDigit(at(i)))
            ++i;
        return i > from;
    };
    if (at(i) == '-')
        ++i;
    if (at(i) == '0')
        ++i;
    else if (!digits())
        return false;
    if (at(i) == '.') {
        ++i;
        if (!digits())
            return false;
    }
    if (at(i) == 'e' || at(i) == 'E') {
        ++i;
        if (at(i) == '+' || at(i) == '-')
            ++i;
        if (!digits())
            return false;
    }
    return i == text.size() && !text.isEmpty();
}

std::optional<Decimal> Decimal::parse(const QByteArray &literal)
{
    if (!isJsonNumber(literal))
        return {};
    Decimal number;
    bool negative = false;
    bool point = false;
    qsizetype i = 0;
    for (; i < literal.size() && literal.at(i) != 'e' && literal.at(i) != 'E'; ++i) {
        const char c = literal.at(i);
        if (c == '-') {
            negative = true;
        } else if (c == '.') {
            point = true;
        } else {
            const auto shifted = scaled(number.digits, 1);
            if (!shifted || __builtin_add_overflow(*shifted, qint64(c - '0'), &number.digits))
                return {};
            number.places += point ? 1 : 0;
        }
    }
    if (i < literal.size()) {
        bool ok = false;
        const int exponent = literal.mid(i + 1).toInt(&ok);
        if (!ok || exponent > 18 || exponent < -kMaxPlaces)
            return {};
        number.places -= exponent;
    }
    if (number.places < 0) {
        const auto whole = scaled(number.digits, -number.places);
        if (!whole)
            return {};
        number.digits = *whole;
        number.places = 0;
    }
    if (number.places > kMaxPlaces)
        return {};
    if (negative)
        number.digits = -number.digits;
    return number;
}

QByteArray Decimal::text() const
{
    QByteArray all = QByteArray::number(qAbs(digits));
    if (places > 0) {
        all = all.rightJustified(places + 1, '0');
        all.insert(all.size() - places, '.');
        while (all.endsWith('0'))
            all.chop(1);
        if (all.endsWith('.'))
            all.chop(1);
    }
    return digits < 0 && all != "0" ? '-' + all : all;
}

std::optional<Decimal> Decimal::plus(const Decimal &step, qint64 count) const
{
    const int common = qMax(places, step.places);
    const auto a = scaled(digits, common - places);
    const auto b = scaled(step.digits, common - step.places);
    qint64 moved = 0;
    Decimal sum{0, common};
    if (!a || !b || __builtin_mul_overflow(*b, count, &moved) || __builtin_add_overflow(*a, moved, &sum.digits))
        return {};
    return sum;
}

std::optional<qint64> Decimal::stepsTo(const Decimal &other, const Decimal &step) const
{
    const int common = qMax(qMax(places, other.places), step.places);
    const auto a = scaled(digits, common - places);
    const auto b = scaled(other.digits, common - other.places);
    const auto s = scaled(step.digits, common - step.places);
    qint64 distance = 0;
    if (!a || !b || !s || *s <= 0 || __builtin_sub_overflow(*b, *a, &distance))
        return {};
    return floorDivide(distance, *s);
}

int Decimal::compare(const Decimal &other) const
{
    const int common = qMax(places, other.places);
    const auto a = scaled(digits, common - places);
    const auto b = scaled(other.digits, common - other.places);
    if (a && b)
        return *a < *b ? -1 : *a > *b ? 1 : 0;
    const double x = double(digits) * std::pow(10.0, -places);
    const double y = double(other.digits) * std::pow(10.0, -other.places);
    return x < y ? -1 : x > y ? 1 : 0;
}

} // namespace sluice::ui
