#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QHashFunctions>
#include <QtCore/QMetaType>
#include <QtCore/QString>

#include <array>
#include <cstring>

namespace sluice {

/// 32 bytes that are a digest, a block hash or a random word: a value, all zero by default.
class Hash32 {
public:
    static constexpr qsizetype size = 32;
    using Bytes = std::array<unsigned char, 32>;

    Hash32() = default;
    explicit Hash32(const Bytes &bytes)
        : m_bytes(bytes)
    {
    }
    /// Exactly 32 bytes, else InvalidInput.
    [[nodiscard]] static Expected<Hash32> fromBytes(QByteArrayView bytes);
    /// Exactly 64 hex digits, any case, "0x" optional; else InvalidInput.
    [[nodiscard]] static Expected<Hash32> fromHex(QByteArrayView text);

    [[nodiscard]] const Bytes &array() const { return m_bytes; }
    [[nodiscard]] const unsigned char *data() const { return m_bytes.data(); }
    /// A view into this object.
    [[nodiscard]] QByteArrayView bytes() const { return {m_bytes.data(), size}; }
    [[nodiscard]] QByteArray toByteArray() const { return bytes().toByteArray(); }
    /// Lower-case hex with "0x".
    [[nodiscard]] QString toHex() const;
    [[nodiscard]] bool isZero() const { return m_bytes == Bytes{}; }

    auto operator<=>(const Hash32 &) const = default;

private:
    Bytes m_bytes{};
};

[[nodiscard]] inline size_t qHash(const Hash32 &hash, size_t seed = 0)
{
    return qHashBits(hash.data(), Hash32::size, seed);
}

} // namespace sluice

Q_DECLARE_METATYPE(sluice::Hash32)
