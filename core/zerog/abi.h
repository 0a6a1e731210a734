#pragma once

#include "sluice/base/expected.h"
#include "sluice/crypto/abi.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QString>

/// What a contract answers, read. Pure, and bounded by what it is given.
namespace sluice::zerog::abi {

using sluice::abi::Array;
using sluice::abi::call;
using sluice::abi::encode;
using sluice::abi::selector;
using sluice::abi::Tuple;
using sluice::abi::Value;

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
