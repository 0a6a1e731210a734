#pragma once

#include "sluice/byoc/wire.h"
#include "sluice/payments/recipient.h"

namespace sluice::byoc {

/// Records the outcome of each ticket, for `GET /payments/tickets` (sluice-extensions.md 1.3).
/// Called on the I/O thread; throws Storage.
class TicketJournal {
public:
    virtual ~TicketJournal() = default;
    /// Records the tickets of `payment` whose nonce was taken; called within the transaction that books them (Recipient::process()).
    virtual void record(const WirePayment &payment, const PaymentOutcome &outcome) = 0;
    /// The tickets of `sender`, oldest first, at most `limit` of the newest. recipientRand only where the parameters
    /// expired at or before L1 block `latestBlock`.
    [[nodiscard]] virtual QList<TicketOutcome> outcomes(const Address &sender, quint64 latestBlock, int limit) = 0;
};

} // namespace sluice::byoc
