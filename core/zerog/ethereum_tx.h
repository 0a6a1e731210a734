#pragma once

#include "sluice/crypto/private_key.h"
#include "sluice/crypto/u256.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>

/// Transactions of Ethereum, signed. Pure.
namespace sluice::zerog {

/// Recursive length prefix: of a byte string, and of a list of what is encoded already.
[[nodiscard]] QByteArray rlpBytes(QByteArrayView bytes);
[[nodiscard]] QByteArray rlpNumber(const U256 &number);
[[nodiscard]] QByteArray rlpList(const QList<QByteArray> &encoded);

struct Transaction {
    Transaction() = default;

    U256 chainId = 0;
    U256 nonce = 0;
    U256 gasLimit = 0;
    Address to;
    U256 value = 0;
    QByteArray data;
    /// Of a legacy transaction, or what an EIP-1559 one pays at most.
    U256 gasPrice = 0;
    /// With it the transaction is of EIP-1559, without it legacy, bound to its chain by EIP-155.
    std::optional<U256> priorityFee;
};

/// Its bytes for eth_sendRawTransaction.
[[nodiscard]] QByteArray signTransaction(const Transaction &transaction, const PrivateKey &key);
/// The hash by which a node knows it.
[[nodiscard]] Hash32 transactionHash(QByteArrayView raw);

} // namespace sluice::zerog
