#pragma once

#include "sluice/store/sql.h"
#include "sluice/zerog/neuron.h"

/// Exact numbers in the agents' tables.
namespace sluice::zerog {

/// Nonces and counts of the wire, at most 2^63-1 there.
[[nodiscard]] inline qint64 smallInteger(const U256 &value)
{
    return qint64(value & U256(std::numeric_limits<qint64>::max()));
}
[[nodiscard]] inline std::optional<qint64> smallInteger(const std::optional<U256> &value)
{
    return value ? std::optional(smallInteger(*value)) : std::nullopt;
}
[[nodiscard]] inline std::optional<U256> maybeU256(const std::optional<qint64> &value)
{
    return value ? std::optional(U256(*value)) : std::nullopt;
}
/// "7,9,12", and back.
[[nodiscard]] inline QString listText(const QList<U256> &values)
{
    QStringList texts;
    for (const U256 &value : values)
        texts.append(toDecimal(value));
    return texts.join(QLatin1Char(','));
}
[[nodiscard]] inline QList<U256> listFromText(const QString &text)
{
    QList<U256> values;
    const QStringList texts = text.split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &one : texts)
        values.append(orThrow(u256FromDecimal(one)));
    return values;
}

} // namespace sluice::zerog
