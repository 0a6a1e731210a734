#include "sluice/payments/abi.h"

#include "sluice/crypto/keccak.h"

#include <algorithm>
#include <limits>

namespace sluice::abi {

namespace {

constexpr qsizetype wordBytes = 32;

QByteArray encodeTuple(const QList<Value> &values);

/// Bytes that a value takes in the head of its tuple.
qsizetype headSize(const Value &value)
{
    if (value.isDynamic())
        return wordBytes;
    if (const auto *tuple = std::get_if<QList<Value>>(&value.content)) {
        qsizetype size = 0;
        for (const Value &member : *tuple)
            size += headSize(member);
        return size;
    }
    return wordBytes;
}

QByteArray encode(const Value &value)
{
    if (const auto *word = std::get_if<U256>(&value.content))
        return toBytes32(*word);
    if (const auto *tuple = std::get_if<QList<Value>>(&value.content))
        return encodeTuple(*tuple);
    const auto &bytes = std::get<QByteArray>(value.content);
    const qsizetype padding = (wordBytes - bytes.size() % wordBytes) % wordBytes;
    return toBytes32(U256(bytes.size())) + bytes + QByteArray(padding, '\0');
}

QByteArray encodeTuple(const QList<Value> &values)
{
    qsizetype offset = 0;
    for (const Value &value : values)
        offset += headSize(value);
    QByteArray head;
    QByteArray tail;
    for (const Value &value : values) {
        if (value.isDynamic()) {
            head += toBytes32(U256(offset + tail.size()));
            tail += encode(value);
        } else {
            head += encode(value);
        }
    }
    return head + tail;
}

} // namespace

bool Value::isDynamic() const
{
    if (const auto *tuple = std::get_if<QList<Value>>(&content))
        return std::any_of(tuple->begin(), tuple->end(), [](const Value &member) { return member.isDynamic(); });
    return std::holds_alternative<QByteArray>(content);
}

QByteArray selector(QByteArrayView signature)
{
    return keccak256(signature).bytes().first(4).toByteArray();
}

QByteArray call(QByteArrayView signature, const QList<Value> &arguments)
{
    return selector(signature) + encodeTuple(arguments);
}

Expected<SenderFunds> decodeSenderInfo(QByteArrayView returned)
{
    if (returned.size() != 4 * wordBytes)
        return unexpected(Error(Error::Kind::Rpc,
            QStringLiteral("getSenderInfo returned %1 bytes instead of 128.").arg(returned.size())));
    U256 words[4];
    for (int i = 0; i < 4; ++i)
        words[i] = *fromMinimalBytes(returned.sliced(i * wordBytes, wordBytes));
    if (words[1] > std::numeric_limits<quint64>::max())
        return unexpected(Error(Error::Kind::Rpc, QStringLiteral("getSenderInfo returned an impossible withdraw round.")));
    SenderFunds funds;
    funds.deposit = Wei(words[0]);
    funds.withdrawRound = static_cast<quint64>(words[1]);
    funds.reserve = Wei(words[2]);
    funds.claimedInCurrentRound = Wei(words[3]);
    return funds;
}

} // namespace sluice::abi
