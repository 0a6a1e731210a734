#include "sluice/zerog/ethereum_tx.h"

#include "sluice/crypto/keccak.h"

namespace sluice::zerog {

namespace {

constexpr qsizetype shortLength = 55;
constexpr unsigned char eip1559 = 2;

QByteArray prefixed(qsizetype size, unsigned char shortBase)
{
    if (size <= shortLength)
        return QByteArray(1, char(shortBase + size));
    const QByteArray length = toMinimalBytes(U256(size));
    return char(shortBase + shortLength + length.size()) + length;
}

struct Parts {
    QByteArray r;
    QByteArray s;
    unsigned parity = 0;
};

Parts partsOf(const Signature &signature)
{
    const QByteArrayView all = signature.bytes();
    Parts parts;
    parts.r = rlpNumber(*fromMinimalBytes(all.first(32)));
    parts.s = rlpNumber(*fromMinimalBytes(all.sliced(32, 32)));
    parts.parity = unsigned(static_cast<unsigned char>(all[64])) - 27;
    return parts;
}

} // namespace

QByteArray rlpBytes(QByteArrayView bytes)
{
    if (bytes.size() == 1 && static_cast<unsigned char>(bytes[0]) < 0x80)
        return bytes.toByteArray();
    return prefixed(bytes.size(), 0x80) + bytes.toByteArray();
}

QByteArray rlpNumber(const U256 &number)
{
    return rlpBytes(toMinimalBytes(number));
}

QByteArray rlpList(const QList<QByteArray> &encoded)
{
    const QByteArray all = encoded.join();
    return prefixed(all.size(), 0xc0) + all;
}

QByteArray signTransaction(const Transaction &transaction, const PrivateKey &key)
{
    const QByteArray to = rlpBytes(transaction.to.bytes());
    if (transaction.priorityFee) {
        QList<QByteArray> fields{rlpNumber(transaction.chainId), rlpNumber(transaction.nonce), rlpNumber(*transaction.priorityFee), rlpNumber(transaction.gasPrice),
            rlpNumber(transaction.gasLimit), to, rlpNumber(transaction.value), rlpBytes(transaction.data), rlpList({})};
        const QByteArray type(1, char(eip1559));
        const Parts parts = partsOf(key.sign(keccak256(type + rlpList(fields))));
        fields += {rlpNumber(parts.parity), parts.r, parts.s};
        return type + rlpList(fields);
    }
    const QList<QByteArray> fields{rlpNumber(transaction.nonce), rlpNumber(transaction.gasPrice), rlpNumber(transaction.gasLimit), to, rlpNumber(transaction.value), rlpBytes(transaction.data)};
    const Parts parts = partsOf(key.sign(keccak256(rlpList(fields + QList<QByteArray>{rlpNumber(transaction.chainId), rlpNumber(0), rlpNumber(0)}))));
    return rlpList(fields + QList<QByteArray>{rlpNumber(transaction.chainId * 2 + 35 + parts.parity), parts.r, parts.s});
}

Hash32 transactionHash(QByteArrayView raw)
{
    return keccak256(raw);
}

} // namespace sluice::zerog
