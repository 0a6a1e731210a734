#include "sluice/payments/ticket.h"

#include "sluice/crypto/keccak.h"

#include <algorithm>
#include <array>

namespace sluice {

namespace {

constexpr qsizetype fixedBytes = 168;
constexpr qsizetype auxBytes = 64;

/// A ticket's bytes on the stack: signing hundreds of tickets should cost the signatures, not the heap.
class Packed {
public:
    explicit Packed(const Ticket &ticket)
    {
        append(ticket.recipient.bytes());
        append(ticket.sender.bytes());
        append(ticket.faceValue);
        append(ticket.winProb);
        append(U256(ticket.senderNonce));
        append(ticket.recipientRandHash.bytes());
        const Hash32 blockHash = ticket.expiration.blockHash();
        if (ticket.expiration.creationRound == 0 && blockHash.isZero())
            return;
        append(U256(ticket.expiration.creationRound));
        append(blockHash.bytes());
    }
    [[nodiscard]] QByteArrayView view() const { return {m_bytes.data(), m_size}; }

private:
    void append(QByteArrayView bytes)
    {
        std::copy(bytes.begin(), bytes.end(), m_bytes.begin() + m_size);
        m_size += bytes.size();
    }
    void append(const U256 &value)
    {
        const auto word = toWord(value);
        append(QByteArrayView(word.data(), qsizetype(word.size())));
    }
    std::array<char, fixedBytes + auxBytes> m_bytes;
    qsizetype m_size = 0;
};

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
    return packed().sliced(fixedBytes);
}

QByteArray Ticket::packed() const
{
    const Packed packed(*this);
    return packed.view().toByteArray();
}

Hash32 Ticket::hash() const
{
    return keccak256(Packed(*this).view());
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
