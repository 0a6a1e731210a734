#include "sluice/crypto/abi.h"

#include "sluice/crypto/keccak.h"

#include <algorithm>

namespace sluice::abi {

namespace {

constexpr qsizetype wordBytes = 32;

/// Bytes that a value takes in the head of its tuple.
qsizetype headSize(const Value &value)
{
    const auto *tuple = std::get_if<Tuple>(&value.content);
    if (!tuple || value.isDynamic())
        return wordBytes;
    qsizetype size = 0;
    for (const Value &member : tuple->members)
        size += headSize(member);
    return size;
}

QByteArray encodeAll(const QList<Value> &values);

QByteArray encodeOne(const Value &value)
{
    if (const auto *word = std::get_if<U256>(&value.content))
        return toBytes32(*word);
    if (const auto *tuple = std::get_if<Tuple>(&value.content))
        return encodeAll(tuple->members);
    if (const auto *array = std::get_if<Array>(&value.content))
        return toBytes32(U256(array->items.size())) + encodeAll(array->items);
    const auto &bytes = std::get<QByteArray>(value.content);
    return toBytes32(U256(bytes.size())) + bytes + QByteArray((wordBytes - bytes.size() % wordBytes) % wordBytes, '\0');
}

QByteArray encodeAll(const QList<Value> &values)
{
    qsizetype offset = 0;
    for (const Value &value : values)
        offset += headSize(value);
    QByteArray head;
    QByteArray tail;
    for (const Value &value : values) {
        if (value.isDynamic()) {
            head += toBytes32(U256(offset + tail.size()));
            tail += encodeOne(value);
        } else {
            head += encodeOne(value);
        }
    }
    return head + tail;
}

} // namespace

Value::Value(const Address &address)
    : content(*fromMinimalBytes(address.bytes()))
{
}

bool Value::isDynamic() const
{
    if (const auto *tuple = std::get_if<Tuple>(&content))
        return std::any_of(tuple->members.begin(), tuple->members.end(), [](const Value &member) { return member.isDynamic(); });
    return !std::holds_alternative<U256>(content);
}

QByteArray selector(QByteArrayView signature)
{
    return keccak256(signature).bytes().first(4).toByteArray();
}

QByteArray encode(const Tuple &tuple)
{
    return encodeAll(tuple.members);
}

QByteArray call(QByteArrayView signature, const Tuple &arguments)
{
    return selector(signature) + encode(arguments);
}

} // namespace sluice::abi
