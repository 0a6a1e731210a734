#pragma once

#include "sluice/crypto/u256.h"

namespace sluice {

/// What a sender has on chain with the ticket broker (payments.md 7, `getSenderInfo`).
struct SenderFunds {
    Wei deposit;
    Wei reserve;                 ///< fundsRemaining
    Wei claimedInCurrentRound;
    Wei claimedByRecipient;      ///< by the recipient who asks, within the current round
    quint64 withdrawRound = 0;   ///< 0: not unlocking
    bool operator==(const SenderFunds &) const = default;

    /// Whether the sender may withdraw by the round after `lastInitializedRound`: the reading of 2.5 #4 and 3.8 #7.
    [[nodiscard]] bool unlocksSoon(quint64 lastInitializedRound) const
    {
        return withdrawRound != 0 && withdrawRound <= lastInitializedRound + 1;
    }
};

} // namespace sluice
