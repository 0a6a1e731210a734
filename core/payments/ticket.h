#pragma once

#include "sluice/crypto/signature.h"
#include "sluice/payments/ticket_params.h"

namespace sluice {

/// One lottery ticket, before it is signed (payments.md 2.1).
struct Ticket {
    Address recipient;
    Address sender;
    U256 faceValue;
    U256 winProb;
    quint32 senderNonce = 0;
    Hash32 recipientRandHash;
    ExpirationParams expiration;

    /// The ticket that `sender` makes from these parameters.
    [[nodiscard]] static Ticket make(const TicketParams &params, const ExpirationParams &expiration,
                                     const Address &sender, quint32 nonce);
    /// 64 bytes, or none when round and block hash are both zero.
    [[nodiscard]] QByteArray auxData() const;
    /// The 232 bytes (168 without aux data) that are hashed.
    [[nodiscard]] QByteArray packed() const;
    /// keccak256(packed()); what a signer signs.
    [[nodiscard]] Hash32 hash() const;
    [[nodiscard]] Rational expectedValue() const;
};

/// faceValue * winProb / MAX, exact (payments.md 2.2).
[[nodiscard]] Rational expectedValue(const U256 &faceValue, const U256 &winProb);
/// The probability that gives tickets of `faceValue` at least `ticketEv`, rounded up (2.2). `ticketEv` <= `faceValue`.
[[nodiscard]] U256 winProbFor(const U256 &faceValue, const Wei &ticketEv);

/// keccak256(recipientRand as 32 bytes).
[[nodiscard]] Hash32 recipientRandHash(const U256 &recipientRand);
/// keccak256(signature || recipientRand) as a number; any signature length (2.2).
[[nodiscard]] U256 winValue(QByteArrayView signature, const U256 &recipientRand);
/// winValue() strictly below winProb.
[[nodiscard]] bool isWinning(QByteArrayView signature, const U256 &recipientRand, const U256 &winProb);

/// What an orchestrator's face value depends on (2.2).
struct FaceValueTerms {
    Wei ticketEv = 8'000'000'000;
    Wei gasPrice = 100'000'000;
    quint64 redeemGas = 1'200'000;
    quint64 txCostMultiplier = 100;
    Wei averageGasPrice = 3'000'000'000;
    Wei maxFaceValue = 0; ///< 0: no maximum
};
/// The face value for a sender with that float; Payment "insufficient sender reserve" when it cannot be met.
[[nodiscard]] Expected<Wei> faceValueFor(const FaceValueTerms &terms, const Wei &maxFloat);

} // namespace sluice
