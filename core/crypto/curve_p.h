#pragma once

#include <secp256k1.h>
#include <secp256k1_recovery.h>

namespace sluice::detail {

/// The one libsecp256k1 context. It is blinded once when made and only read afterwards, so any thread may use it.
[[nodiscard]] const secp256k1_context *curve();

} // namespace sluice::detail
