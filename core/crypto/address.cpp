#include "sluice/crypto/address.h"

#include "sluice/base/bytes.h"
#include "sluice/crypto/keccak.h"

#include <cstring>

namespace sluice {

Expected<Address> Address::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() != size)
        return unexpected(Error(Error::Kind::InvalidInput,
            QStringLiteral("An address has 20 bytes, not %1.").arg(bytes.size())));
    Address address;
    std::memcpy(address.m_bytes.data(), bytes.data(), static_cast<size_t>(size));
    return address;
}

Expected<Address> Address::fromHex(QStringView text)
{
    const auto bytes = bytes::fromHex(text.toUtf8());
    if (!bytes || bytes->size() != size)
        return unexpected(Error(Error::Kind::InvalidInput,
            QStringLiteral("“%1” is no address: 0x and 40 hex digits are expected.").arg(text.left(80))));
    return fromBytes(*bytes);
}

Expected<Address> Address::fromPublicKey(QByteArrayView publicKey64)
{
    if (publicKey64.size() != 64)
        return unexpected(Error(Error::Kind::InvalidInput,
            QStringLiteral("An uncompressed public key without its prefix has 64 bytes, not %1.").arg(publicKey64.size())));
    return fromBytes(keccak256(publicKey64).bytes().last(size));
}

QString Address::toLower() const
{
    return bytes::toHex0x(bytes());
}

QString Address::toChecksum() const
{
    QByteArray digits = bytes::toHex(bytes());
    const Hash32 hash = keccak256(digits);
    for (qsizetype i = 0; i < digits.size(); ++i) {
        const unsigned char byte = hash.data()[i / 2];
        const int nibble = i % 2 == 0 ? byte >> 4 : byte & 0x0f;
        if (nibble >= 8 && digits[i] >= 'a')
            digits[i] = static_cast<char>(digits[i] - 'a' + 'A');
    }
    return QStringLiteral("0x") + QString::fromLatin1(digits);
}

} // namespace sluice
