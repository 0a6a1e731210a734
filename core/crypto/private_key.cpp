#include "sluice/crypto/private_key.h"

#include "sluice/base/bytes.h"
#include "sluice/crypto/curve_p.h"

#include <botan/system_rng.h>

namespace sluice {

namespace {

constexpr qsizetype keyBytes = 32;

const unsigned char *raw(const Secret &secret)
{
    return reinterpret_cast<const unsigned char *>(secret.expose().data());
}

Error badKey(const QString &what)
{
    return Error(Error::Kind::InvalidInput, what).withAdvice(QStringLiteral("A private key is 64 hex digits, with or without 0x."));
}

QByteArray publicKeyOf(const unsigned char *key)
{
    secp256k1_pubkey point;
    if (secp256k1_ec_pubkey_create(detail::curve(), &point, key) != 1)
        return {};
    QByteArray out(65, Qt::Uninitialized);
    size_t length = static_cast<size_t>(out.size());
    secp256k1_ec_pubkey_serialize(detail::curve(), reinterpret_cast<unsigned char *>(out.data()), &length, &point,
                                  SECP256K1_EC_UNCOMPRESSED);
    return out;
}

} // namespace

const secp256k1_context *detail::curve()
{
    static const secp256k1_context *context = [] {
        secp256k1_context *made = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
        unsigned char seed[32];
        Botan::system_rng().randomize(seed, sizeof seed);
        // Blinding guards against timing; signatures are the same with it.
        if (secp256k1_context_randomize(made, seed) != 1)
            throw Error(Error::Kind::Internal, QStringLiteral("libsecp256k1 could not blind its context."));
        cleanse(seed, sizeof seed);
        return made;
    }();
    return context;
}

PrivateKey PrivateKey::generate()
{
    for (;;) {
        QByteArray bytes(keyBytes, Qt::Uninitialized);
        Botan::system_rng().randomize(reinterpret_cast<uint8_t *>(bytes.data()), keyBytes);
        auto key = fromBytes(bytes);
        cleanse(bytes.data(), keyBytes);
        if (key)
            return *key;
    }
}

Expected<PrivateKey> PrivateKey::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() != keyBytes)
        return unexpected(badKey(QStringLiteral("The private key has %1 bytes instead of 32.").arg(bytes.size())));
    Secret secret(bytes);
    if (secp256k1_ec_seckey_verify(detail::curve(), raw(secret)) != 1)
        return unexpected(badKey(QStringLiteral("The private key is zero or not below the order of the curve.")));
    const auto address = Address::fromPublicKey(QByteArrayView(publicKeyOf(raw(secret))).sliced(1));
    if (!address)
        return unexpected(address.error());
    return PrivateKey(std::move(secret), *address);
}

Expected<PrivateKey> PrivateKey::fromHex(QByteArrayView text)
{
    if (text.endsWith('\n'))
        text.chop(1);
    auto bytes = bytes::fromHex(text);
    // The decoder's own message never quotes the text, but this one also says what a key looks like.
    if (!bytes || bytes->size() != keyBytes)
        return unexpected(badKey(QStringLiteral("The private key is not 64 hex digits (it has %1 characters).").arg(text.size())));
    auto key = fromBytes(*bytes);
    cleanse(bytes->data(), static_cast<size_t>(bytes->size()));
    return key;
}

QByteArray PrivateKey::publicKey() const
{
    return publicKeyOf(raw(m_secret));
}

Signature PrivateKey::sign(const Hash32 &digest) const
{
    secp256k1_ecdsa_recoverable_signature made;
    // A null nonce function is RFC 6979. It can only fail for an invalid key, which fromBytes() has ruled out.
    if (secp256k1_ecdsa_sign_recoverable(detail::curve(), &made, digest.data(), raw(m_secret), nullptr, nullptr) != 1)
        throw Error(Error::Kind::Internal, QStringLiteral("libsecp256k1 could not sign."));
    Signature::Bytes bytes;
    int recoveryId = 0;
    secp256k1_ecdsa_recoverable_signature_serialize_compact(detail::curve(), bytes.data(), &recoveryId, &made);
    bytes[64] = static_cast<unsigned char>(27 + recoveryId);
    return Signature(bytes);
}

} // namespace sluice
