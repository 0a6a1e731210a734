#pragma once

#include <QtCore/QtGlobal>

#include "sluice/crypto/hash32.h"

namespace sluice {

/// What a recipient sees of the chain. Thread-safe.
class ChainView {
public:
    virtual ~ChainView() = default;
    [[nodiscard]] virtual quint64 latestL1Block() const = 0;
    [[nodiscard]] virtual quint64 lastInitializedRound() const = 0;
    /// The L1 block hash of that round; all zero when the chain does not know it.
    [[nodiscard]] virtual Hash32 blockHashForRound(quint64 round) const = 0;
    /// Whether this orchestrator is registered and active in the current round.
    [[nodiscard]] virtual bool isActive() const { return true; }
    /// Orchestrators that share a sender's reserve.
    [[nodiscard]] virtual quint64 poolSize() const { return 1; }
};

} // namespace sluice
