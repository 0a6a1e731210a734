#include "sluice/crypto/signature.h"

#include "sluice/base/bytes.h"
#include "sluice/crypto/curve_p.h"
#include "sluice/crypto/keccak.h"
#include "sluice/crypto/private_key.h"

#include <charconv>
#include <cstring>

namespace sluice {

namespace {

/// n / 2 of secp256k1, big-endian; the largest s that is accepted.
constexpr unsigned char halfOrder[32] = {
    0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0x5d, 0x57, 0x6e, 0x73, 0x57, 0xa4, 0x50, 0x1d, 0xdf, 0xe9, 0x2f, 0x46, 0x68, 0x1b, 0x20, 0xa0};

} // namespace

QString toText(SignatureFault fault)
{
    switch (fault) {
    case SignatureFault::Length: return QStringLiteral("invalid signature length");
    case SignatureFault::HighS: return QStringLiteral("signature s value too high");
    case SignatureFault::BadV: return QStringLiteral("signature v value must be 27 or 28");
    case SignatureFault::Mismatch: return QStringLiteral("address mismatch");
    }
    Q_UNREACHABLE();
}

Expected<Signature> Signature::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() != size)
        return unexpected(Error(Error::Kind::InvalidInput,
            QStringLiteral("A signature has 65 bytes, not %1.").arg(bytes.size())));
    Signature signature;
    std::memcpy(signature.m_bytes.data(), bytes.data(), static_cast<size_t>(size));
    return signature;
}

Expected<Signature> Signature::fromHex(QByteArrayView text)
{
    const auto bytes = bytes::fromHex(text);
    if (!bytes)
        return unexpected(bytes.error());
    return fromBytes(*bytes);
}

QString Signature::toHex() const
{
    return bytes::toHex0x(bytes());
}

Hash32 eip191Digest(QByteArrayView message)
{
    char prefix[64] = "\x19" "Ethereum Signed Message:\n";
    constexpr qsizetype fixed = 26;
    const auto end = std::to_chars(prefix + fixed, prefix + sizeof prefix, message.size());
    return keccak256(QByteArrayView(prefix, end.ptr), message);
}

Expected<Address, SignatureFault> recover(QByteArrayView signature, const Hash32 &digest)
{
    if (signature.size() != Signature::size)
        return unexpected(SignatureFault::Length);
    const auto *bytes = reinterpret_cast<const unsigned char *>(signature.data());
    if (std::memcmp(bytes + 32, halfOrder, sizeof halfOrder) > 0)
        return unexpected(SignatureFault::HighS);
    const int recoveryId = bytes[64] - 27;
    if (recoveryId != 0 && recoveryId != 1)
        return unexpected(SignatureFault::BadV);

    secp256k1_ecdsa_recoverable_signature parsed;
    secp256k1_pubkey point;
    if (secp256k1_ecdsa_recoverable_signature_parse_compact(detail::curve(), &parsed, bytes, recoveryId) != 1
        || secp256k1_ecdsa_recover(detail::curve(), &point, &parsed, digest.data()) != 1)
        return unexpected(SignatureFault::Mismatch);
    unsigned char publicKey[65];
    size_t length = sizeof publicKey;
    secp256k1_ec_pubkey_serialize(detail::curve(), publicKey, &length, &point, SECP256K1_EC_UNCOMPRESSED);
    const auto address = Address::fromPublicKey(QByteArrayView(publicKey + 1, 64));
    if (!address)
        return unexpected(SignatureFault::Mismatch);
    return *address;
}

Expected<void, SignatureFault> verify(const Address &signer, QByteArrayView message, QByteArrayView signature)
{
    const auto recovered = recover(signature, eip191Digest(message));
    if (!recovered)
        return unexpected(recovered.error());
    if (*recovered != signer)
        return unexpected(SignatureFault::Mismatch);
    return {};
}

Signature signMessage(const PrivateKey &key, QByteArrayView message)
{
    return key.sign(eip191Digest(message));
}

Signature signHashed(const PrivateKey &key, QByteArrayView message)
{
    return signMessage(key, keccak256(message).bytes());
}

Expected<void, SignatureFault> verifyHashed(const Address &signer, QByteArrayView message, QByteArrayView signature)
{
    return verify(signer, keccak256(message).bytes(), signature);
}

} // namespace sluice
