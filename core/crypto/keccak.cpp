#include "sluice/crypto/keccak.h"

#include "sluice/base/bytes.h"

#include <botan/hash.h>

namespace sluice {

Hash32 keccak256(QByteArrayView message)
{
    return keccak256(message, {});
}

Hash32 keccak256(QByteArrayView first, QByteArrayView second)
{
    // Looking the algorithm up costs more than hashing a ticket, so each thread keeps its own; final() resets it.
    thread_local const std::unique_ptr<Botan::HashFunction> keccak = Botan::HashFunction::create_or_throw("Keccak-1600(256)");
    keccak->update(reinterpret_cast<const uint8_t *>(first.data()), static_cast<size_t>(first.size()));
    keccak->update(reinterpret_cast<const uint8_t *>(second.data()), static_cast<size_t>(second.size()));
    Hash32::Bytes digest;
    keccak->final(digest.data());
    return Hash32(digest);
}

Expected<Hash32> Hash32::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() != size)
        return unexpected(Error(Error::Kind::InvalidInput,
            QStringLiteral("A hash has 32 bytes, not %1.").arg(bytes.size())));
    Hash32 hash;
    std::memcpy(hash.m_bytes.data(), bytes.data(), static_cast<size_t>(size));
    return hash;
}

Expected<Hash32> Hash32::fromHex(QByteArrayView text)
{
    const auto bytes = bytes::fromHex(text);
    if (!bytes)
        return unexpected(bytes.error());
    return fromBytes(*bytes);
}

QString Hash32::toHex() const
{
    return bytes::toHex0x(bytes());
}

} // namespace sluice
