#pragma once

#include "sluice/crypto/address.h"
#include "sluice/crypto/u256.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QString>

#include <variant>

/// Ethereum's contract ABI: calls and values as bytes. Pure.
namespace sluice::abi {

struct Value;
/// T[] of any length.
struct Array {
    QList<Value> items;
};
/// A struct, or the arguments of a call.
struct Tuple {
    QList<Value> members;
};
/// A static word, dynamic bytes (`bytes` and `string`), an array, or a tuple.
struct Value {
    Value(const U256 &word) : content(word) {}
    Value(const Address &address);
    Value(const QByteArray &bytes) : content(bytes) {}
    Value(const QString &text) : content(text.toUtf8()) {}
    Value(Array array) : content(std::move(array)) {}
    Value(Tuple tuple) : content(std::move(tuple)) {}
    [[nodiscard]] bool isDynamic() const;

    std::variant<U256, QByteArray, Array, Tuple> content;
};

/// The first four bytes of keccak256 of e.g. "getAccount(address,address)".
[[nodiscard]] QByteArray selector(QByteArrayView signature);
/// The members one after the other, dynamic ones behind.
[[nodiscard]] QByteArray encode(const Tuple &tuple);
/// Selector and arguments.
[[nodiscard]] QByteArray call(QByteArrayView signature, const Tuple &arguments);

} // namespace sluice::abi
