#pragma once

#include "sluice/backend/live_job.h"

namespace sluice::livepeer {

/// How long what was paid for a running job lasts, whatever the job is.
struct Funds {
    Funds() = default; // no aggregate: see DESIGN.md 3
    bool free = false;        ///< costs nothing, so nothing below means anything
    qint64 secondsAhead = 0;  ///< of price, after this payment
    QByteArray balance;       ///< as the orchestrator wrote it after a payment; empty when it did not
    bool paid = false;        ///< a payment was made and taken
    /// Why no payment could be made although one was due: a limit, the sender's funds, a price that doubled, repeated refusal.
    std::optional<Error> refused;
    /// Nothing was paid although the orchestrator's balance asks for it, because so many seconds are paid ahead by this client's own count.
    std::optional<qint64> disputedSeconds;
    std::chrono::milliseconds next{0}; ///< until pay() should be called again
};

/// The same as the seam's LiveFunding; one debit takes `debitSeconds` of price.
[[nodiscard]] inline LiveFunding fundingFrom(const Funds &funds, qint64 debitSeconds)
{
    LiveFunding funding;
    funding.next = funds.next;
    funding.paid = funds.paid;
    funding.balance = funds.balance;
    funding.refused = funds.refused;
    funding.secondsLeft = funds.secondsAhead;
    funding.usedUp = funds.refused && funds.secondsAhead < debitSeconds;
    funding.disputedSeconds = funds.disputedSeconds;
    return funding;
}

} // namespace sluice::livepeer
