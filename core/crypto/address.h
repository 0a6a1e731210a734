#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QHashFunctions>
#include <QtCore/QMetaType>
#include <QtCore/QString>

#include <array>

namespace sluice {

/// A 20-byte Ethereum address: a value, the zero address by default.
class Address {
public:
    static constexpr qsizetype size = 20;
    using Bytes = std::array<unsigned char, 20>;

    Address() = default;
    explicit Address(const Bytes &bytes)
        : m_bytes(bytes)
    {
    }
    /// Exactly 20 bytes, else InvalidInput.
    [[nodiscard]] static Expected<Address> fromBytes(QByteArrayView bytes);
    /// 40 hex digits of any case, "0x" optional; the checksum is not demanded. Else InvalidInput.
    [[nodiscard]] static Expected<Address> fromHex(QStringView text);
    /// The account of an uncompressed public key: 64 bytes, without the leading 04 (payments.md 8).
    [[nodiscard]] static Expected<Address> fromPublicKey(QByteArrayView publicKey64);

    /// A view into this object.
    [[nodiscard]] QByteArrayView bytes() const { return {m_bytes.data(), size}; }
    [[nodiscard]] QByteArray toByteArray() const { return bytes().toByteArray(); }
    /// "0x" and the EIP-55 mixed-case form, 42 characters.
    [[nodiscard]] QString toChecksum() const;
    /// "0x" and lower-case hex, 42 characters.
    [[nodiscard]] QString toLower() const;
    [[nodiscard]] bool isZero() const { return m_bytes == Bytes{}; }

    auto operator<=>(const Address &) const = default;

private:
    Bytes m_bytes{};
};

[[nodiscard]] inline size_t qHash(const Address &address, size_t seed = 0)
{
    return qHashBits(address.bytes().data(), Address::size, seed);
}

} // namespace sluice

Q_DECLARE_METATYPE(sluice::Address)
