#pragma once

#include "sluice/payments/sender_funds.h"

#include <QtCore/QList>

#include <variant>

/// As much of Ethereum's contract ABI as the ticket broker needs (payments.md 7). Pure.
namespace sluice::abi {

struct Value;
/// A static 32-byte word, a dynamic byte string, or a tuple.
struct Value {
    std::variant<U256, QByteArray, QList<Value>> content;
    [[nodiscard]] bool isDynamic() const;
};

/// The first four bytes of keccak256 of e.g. "getSenderInfo(address)".
[[nodiscard]] QByteArray selector(QByteArrayView signature);
/// Selector and encoded arguments.
[[nodiscard]] QByteArray call(QByteArrayView signature, const QList<Value> &arguments);
/// The four words that getSenderInfo returns; Rpc when there are not exactly four.
[[nodiscard]] Expected<SenderFunds> decodeSenderInfo(QByteArrayView returned);

} // namespace sluice::abi
