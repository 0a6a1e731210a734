#pragma once

#include "sluice/store/sql.h"
#include "sluice/zerog/entities.h"
#include "sluice/zerog/neuron.h"

#include <initializer_list>

/// What the agents' tables share: exact numbers, and requests.
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

/// The state of that name; Storage when the file has another one.
template <typename Of> [[nodiscard]] typename Of::State stateNamed(const QString &name, std::initializer_list<typename Of::State> all)
{
    for (const typename Of::State state : all) {
        if (Of::name(state) == name)
            return state;
    }
    throw Error(Error::Kind::Storage, QStringLiteral("the agent's file has a call in the state \"%1\"").arg(name));
}

/// What was signed, in columns of these names that stand behind each other; all but the user, who is somewhere else.
inline const QString SignedColumns = QStringLiteral("nonce, service, input_count, prev_output, created_at, signature");
[[nodiscard]] inline Request signedIn(const Row &row, int first)
{
    Request request;
    request.nonce = row.integer(first);
    request.serviceName = row.text(first + 1);
    request.inputCount = row.integer(first + 2);
    request.previousOutputCount = row.integer(first + 3);
    request.createdAt = row.integer(first + 4);
    request.signature = row.blob(first + 5);
    return request;
}

/// The last rows of a table in their order; all without `latest`.
[[nodiscard]] inline QString latestRows(const QString &columns, const QString &table)
{
    return QStringLiteral("SELECT %1 FROM (SELECT * FROM %2 ORDER BY number DESC LIMIT ?) ORDER BY number").arg(columns, table);
}

} // namespace sluice::zerog
