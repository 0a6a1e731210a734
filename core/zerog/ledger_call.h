#pragma once

#include "sluice/base/json.h"
#include "sluice/zerog/ledger.h"

namespace sluice::zerog {

/// The contract's functions by their names, for scripts: `zerog ledger call` (zerog-serving.md 7).
///
/// `request` is `{"method","args","value"}`: `args` in the order of section 4.1 as a list, or by name as an object; numbers bare or quoted;
/// traces as `[{"requests":[…]}]`. Gives `{"ok":true,"result":…}`, with null where the contract returns nothing, or
/// `{"ok":false,"error":"NonceUsed(0,2,1)"}`. What is no such request, and what breaks, is thrown.
[[nodiscard]] QCoro::Task<Json> callByName(std::shared_ptr<Ledger> ledger, PrivateKey caller, Json request);

/// The names that callByName() knows.
[[nodiscard]] QStringList callNames();

} // namespace sluice::zerog
