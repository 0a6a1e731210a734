#pragma once

#include "sluice/crypto/u256.h"

namespace sluice {

/// An unsigned integer of at most 256 bits together with the bytes it arrived in.
///
/// Ticket parameters go back to the orchestrator byte for byte; a peer that pads its integers gets its padding
/// back (byoc.md 4.3). Made from a number, it has minimal bytes.
class WireUint {
public:
    WireUint() = default;
    WireUint(const U256 &value)
        : m_value(value)
        , m_bytes(toMinimalBytes(value))
    {
    }
    /// Keeps `bytes`; more than 32 are InvalidInput.
    [[nodiscard]] static Expected<WireUint> fromBytes(const QByteArray &bytes);

    [[nodiscard]] const U256 &value() const { return m_value; }
    operator const U256 &() const { return m_value; }
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    /// Same bytes.
    bool operator==(const WireUint &other) const { return m_bytes == other.m_bytes; }

private:
    U256 m_value;
    QByteArray m_bytes;
};

} // namespace sluice
