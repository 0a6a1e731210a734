#include "sluice/zerog/abi.h"

#include <algorithm>

namespace sluice::zerog::abi {

namespace {

constexpr qsizetype wordBytes = 32;

Unexpected<Error> bad(const QString &message)
{
    return unexpected(Error(Error::Kind::Rpc, QStringLiteral("The contract's answer cannot be read: %1.").arg(message)));
}

} // namespace

Expected<U256> Reader::word(qsizetype place) const
{
    if (place < 0 || place >= m_data.size() / wordBytes)
        return bad(QStringLiteral("word %1 of %2 is missing").arg(place + 1).arg(m_data.size() / wordBytes));
    return fromMinimalBytes(m_data.sliced(place * wordBytes, wordBytes));
}

Expected<quint64> Reader::number(qsizetype place, const char *what) const
{
    const auto value = word(place);
    if (!value)
        return unexpected(value.error());
    // As a signed number, so that it can be a time as well.
    if (*value > U256(std::numeric_limits<qint64>::max()))
        return bad(QStringLiteral("%1 is impossible: %2").arg(QLatin1String(what), toDecimal(*value)));
    return quint64(*value);
}

Expected<Address> Reader::address(qsizetype place) const
{
    const auto value = word(place);
    if (!value)
        return unexpected(value.error());
    const QByteArrayView raw = m_data.sliced(place * wordBytes, wordBytes);
    if (std::any_of(raw.begin(), raw.begin() + 12, [](char c) { return c != 0; }))
        return bad(QStringLiteral("an address has more than 20 bytes"));
    return Address::fromBytes(raw.sliced(12));
}

Expected<bool> Reader::flag(qsizetype place) const
{
    const auto value = word(place);
    if (!value)
        return unexpected(value.error());
    if (*value > 1)
        return bad(QStringLiteral("a flag is neither 0 nor 1"));
    return *value == 1;
}

Expected<QByteArrayView> Reader::behind(qsizetype place) const
{
    const auto offset = word(place);
    if (!offset)
        return unexpected(offset.error());
    if (*offset > U256(m_data.size()) || qsizetype(*offset) + wordBytes > m_data.size())
        return bad(QStringLiteral("an offset points behind the end"));
    return m_data.sliced(qsizetype(*offset));
}

Expected<qsizetype> Reader::length(QByteArrayView array, qsizetype bytesEach) const
{
    const U256 count = *fromMinimalBytes(array.first(wordBytes));
    const qsizetype room = array.size() - wordBytes;
    if (count > U256(room / bytesEach))
        return bad(QStringLiteral("a length of %1 does not fit in %2 bytes").arg(toDecimal(count)).arg(room));
    return qsizetype(count);
}

Expected<QByteArray> Reader::bytes(qsizetype place) const
{
    const auto from = behind(place);
    if (!from)
        return unexpected(from.error());
    const auto size = length(*from, 1);
    if (!size)
        return unexpected(size.error());
    return from->sliced(wordBytes, *size).toByteArray();
}

Expected<QString> Reader::text(qsizetype place) const
{
    const auto raw = bytes(place);
    if (!raw)
        return unexpected(raw.error());
    const QString text = QString::fromUtf8(*raw);
    if (text.toUtf8() != *raw)
        return bad(QStringLiteral("a text is no UTF-8"));
    return text;
}

Expected<Reader> Reader::tuple(qsizetype place) const
{
    if (m_depth <= 0)
        return bad(QStringLiteral("it is nested too deep"));
    const auto from = behind(place);
    if (!from)
        return unexpected(from.error());
    return Reader(*from, m_depth - 1);
}

Expected<QList<Reader>> Reader::tuples(qsizetype place) const
{
    const auto from = behind(place);
    if (!from)
        return unexpected(from.error());
    const auto count = length(*from, wordBytes);
    if (!count)
        return unexpected(count.error());
    const Reader items(from->sliced(wordBytes), m_depth);
    QList<Reader> result;
    for (qsizetype i = 0; i < *count; ++i) {
        const auto one = items.tuple(i);
        if (!one)
            return unexpected(one.error());
        result.append(*one);
    }
    return result;
}

Expected<QList<Reader>> Reader::staticTuples(qsizetype place, qsizetype words) const
{
    const auto from = behind(place);
    if (!from)
        return unexpected(from.error());
    const auto count = length(*from, words * wordBytes);
    if (!count)
        return unexpected(count.error());
    QList<Reader> result;
    for (qsizetype i = 0; i < *count; ++i)
        result.append(Reader(from->sliced(wordBytes + i * words * wordBytes, words * wordBytes), m_depth - 1));
    return result;
}

} // namespace sluice::zerog::abi
