#include "sluice/payments/ticket.h"

#include "sluice/crypto/keccak.h"

namespace sluice {

namespace {

U256 number(const Hash32 &hash)
{
    U256 value;
    import_bits(value, hash.array().begin(), hash.array().end(), 8, true);
    return value;
}

} // namespace

Ticket Ticket::make(const TicketParams &params, const ExpirationParams &expiration, const Address &sender, quint32 nonce)
{
    return {params.recipient, sender, params.faceValue, params.winProb, nonce, params.recipientRandHash, expiration};
}

QByteArray Ticket::auxData() const
{
    const Hash32 blockHash = expiration.blockHash();
    if (expiration.creationRound == 0 && blockHash.isZero())
        return {};
    return toBytes32(U256(expiration.creationRound)) + blockHash.toByteArray();
}

QByteArray Ticket::packed() const
{
    QByteArray out;
    out.reserve(232);
    out += recipient.bytes();
    out += sender.bytes();
    out += toBytes32(faceValue);
    out += toBytes32(winProb);
    out += toBytes32(U256(senderNonce));
    out += recipientRandHash.bytes();
    out += auxData();
    return out;
}

Hash32 Ticket::hash() const
{
    return keccak256(packed());
}

Rational Ticket::expectedValue() const
{
    return sluice::expectedValue(faceValue, winProb);
}

Rational expectedValue(const U256 &faceValue, const U256 &winProb)
{
    return Rational(Wei(faceValue) * Wei(winProb), Wei(maxU256()));
}

U256 winProbFor(const U256 &faceValue, const Wei &ticketEv)
{
    if (faceValue == 0)
        return 0;
    if (Wei(faceValue) == ticketEv)
        return maxU256();
    const Wei face(faceValue);
    const Wei max(maxU256());
    Wei perWei = max / face;
    if (max % face != 0)
        ++perWei;
    return U256(Wei(perWei * ticketEv));
}

Hash32 recipientRandHash(const U256 &recipientRand)
{
    return keccak256(toBytes32(recipientRand));
}

U256 winValue(QByteArrayView signature, const U256 &recipientRand)
{
    return number(keccak256(signature.toByteArray() + toBytes32(recipientRand)));
}

bool isWinning(QByteArrayView signature, const U256 &recipientRand, const U256 &winProb)
{
    return winValue(signature, recipientRand) < winProb;
}

Expected<Wei> faceValueFor(const FaceValueTerms &terms, const Wei &maxFloat)
{
    const Wei redeemCost = terms.gasPrice * terms.redeemGas;
    Wei face = redeemCost * terms.txCostMultiplier;
    if (face < terms.ticketEv)
        face = terms.ticketEv * 100;
    if (face > maxFloat)
        face = maxFloat;
    if (terms.maxFaceValue > 0 && face > terms.maxFaceValue)
        face = terms.maxFaceValue;
    const Wei averageCost = terms.averageGasPrice * terms.redeemGas;
    if (face < terms.ticketEv || (face < redeemCost && face < averageCost))
        return unexpected(Error(Error::Kind::Payment, QStringLiteral("insufficient sender reserve")));
    return face;
}

} // namespace sluice
