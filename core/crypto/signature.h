#pragma once

#include "sluice/crypto/address.h"
#include "sluice/crypto/hash32.h"

namespace sluice {

class PrivateKey;

/// Why a signature is not accepted (payments.md 2.6).
enum class SignatureFault {
    Length,   ///< not 65 bytes
    HighS,    ///< s above half the curve order: a malleated copy
    BadV,     ///< v is neither 27 nor 28
    Mismatch, ///< well formed, but not made by that account over that message
};
/// The page's wording, e.g. "invalid signature length".
[[nodiscard]] QString toText(SignatureFault fault);

/// A recoverable secp256k1 signature, r(32) || s(32) || v(1) with v 27 or 28: a value. May hold a malformed one.
class Signature {
public:
    static constexpr qsizetype size = 65;
    using Bytes = std::array<unsigned char, 65>;

    Signature() = default;
    explicit Signature(const Bytes &bytes)
        : m_bytes(bytes)
    {
    }
    /// Exactly 65 bytes, else InvalidInput; the content is judged by recover() and verify().
    [[nodiscard]] static Expected<Signature> fromBytes(QByteArrayView bytes);
    /// 130 hex digits, "0x" optional.
    [[nodiscard]] static Expected<Signature> fromHex(QByteArrayView text);

    /// A view into this object.
    [[nodiscard]] QByteArrayView bytes() const { return {m_bytes.data(), size}; }
    [[nodiscard]] QByteArray toByteArray() const { return bytes().toByteArray(); }
    /// "0x" and 130 lower-case digits.
    [[nodiscard]] QString toHex() const;

    bool operator==(const Signature &) const = default;

private:
    Bytes m_bytes{};
};

/// keccak256(0x19 "Ethereum Signed Message:\n" decimal(length) message).
[[nodiscard]] Hash32 eip191Digest(QByteArrayView message);

/// The account that signed `digest`. Checks length, low s and v first, in that order.
[[nodiscard]] Expected<Address, SignatureFault> recover(QByteArrayView signature, const Hash32 &digest);
/// Whether `signature` is `signer`'s over eip191Digest(message).
[[nodiscard]] Expected<void, SignatureFault> verify(const Address &signer, QByteArrayView message, QByteArrayView signature);

/// sign(key, m) of payments.md 2.6: over eip191Digest(message).
[[nodiscard]] Signature signMessage(const PrivateKey &key, QByteArrayView message);
/// LPSIGN of byoc.md 1.1: sign(key, keccak256(message)). Tickets, token credentials and jobs use it.
[[nodiscard]] Signature signHashed(const PrivateKey &key, QByteArrayView message);
/// The counterpart of signHashed().
[[nodiscard]] Expected<void, SignatureFault> verifyHashed(const Address &signer, QByteArrayView message, QByteArrayView signature);

} // namespace sluice
