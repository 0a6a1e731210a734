#pragma once

#include "sluice/base/expected.h"
#include "sluice/crypto/address.h"
#include "sluice/crypto/u256.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QString>

#include <variant>

/// Ethereum's contract ABI: values as bytes and back. Pure; the reader is bounded by what it is given.
namespace sluice::zerog::abi {

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

/// Reads one tuple: members by the place of their word in the head. Every error is Rpc and says where.
class Reader {
public:
    /// `data` begins with the tuple's head. At most `depth` tuples are entered from here.
    explicit Reader(QByteArrayView data, int depth = 8) : m_data(data), m_depth(depth) {}

    [[nodiscard]] Expected<U256> word(qsizetype place) const;
    /// A word that must fit; `what` names it.
    [[nodiscard]] Expected<quint64> number(qsizetype place, const char *what) const;
    [[nodiscard]] Expected<Address> address(qsizetype place) const;
    [[nodiscard]] Expected<bool> flag(qsizetype place) const;
    [[nodiscard]] Expected<QByteArray> bytes(qsizetype place) const;
    /// `string`; bad UTF-8 is an error.
    [[nodiscard]] Expected<QString> text(qsizetype place) const;
    /// A dynamic tuple.
    [[nodiscard]] Expected<Reader> tuple(qsizetype place) const;
    /// The items of an array of dynamic tuples.
    [[nodiscard]] Expected<QList<Reader>> tuples(qsizetype place) const;
    /// The items of an array of static tuples of so many words.
    [[nodiscard]] Expected<QList<Reader>> staticTuples(qsizetype place, qsizetype words) const;

private:
    [[nodiscard]] Expected<QByteArrayView> behind(qsizetype place) const;
    [[nodiscard]] Expected<qsizetype> length(QByteArrayView array, qsizetype bytesEach) const;

    QByteArrayView m_data;
    int m_depth;
};

} // namespace sluice::zerog::abi
