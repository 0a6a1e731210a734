#pragma once

#include "sluice/crypto/hash32.h"

namespace sluice {

/// Keccak-256 as Ethereum uses it (the original padding, not SHA-3's). Thread-safe.
[[nodiscard]] Hash32 keccak256(QByteArrayView message);
/// Of both joined, without joining them in memory.
[[nodiscard]] Hash32 keccak256(QByteArrayView first, QByteArrayView second);

} // namespace sluice
