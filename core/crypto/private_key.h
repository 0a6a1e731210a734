#pragma once

#include "sluice/base/secret.h"
#include "sluice/crypto/signature.h"

namespace sluice {

/// A secp256k1 private key. Copies share one wiped buffer; every method is thread-safe.
///
/// Signing uses one shared, blinded libsecp256k1 context and RFC 6979 nonces, so a signature is unique.
class PrivateKey {
public:
    /// A new random key from the system's generator.
    [[nodiscard]] static PrivateKey generate();
    /// 32 bytes in the range 1 .. n-1, else InvalidInput. The caller wipes its own copy.
    [[nodiscard]] static Expected<PrivateKey> fromBytes(QByteArrayView bytes);
    /// 64 hex digits, "0x" optional, one trailing newline allowed (payments.md 8); else InvalidInput.
    [[nodiscard]] static Expected<PrivateKey> fromHex(QByteArrayView text);

    [[nodiscard]] const Address &address() const { return m_address; }
    /// The uncompressed public key, 65 bytes beginning with 04.
    [[nodiscard]] QByteArray publicKey() const;
    /// The 32 bytes themselves, for key files.
    [[nodiscard]] const Secret &secret() const { return m_secret; }

    /// ECDSA over a digest as it stands; low s, v 27 or 28.
    [[nodiscard]] Signature sign(const Hash32 &digest) const;

private:
    PrivateKey(Secret secret, const Address &address)
        : m_secret(std::move(secret))
        , m_address(address)
    {
    }
    Secret m_secret;
    Address m_address;
};

} // namespace sluice
