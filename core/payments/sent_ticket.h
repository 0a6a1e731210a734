#pragma once

#include "sluice/payments/ticket.h"

namespace sluice {

/// One signed ticket.
struct SentTicket {
    Ticket ticket;
    Hash32 hash;
    Signature signature;
    Rational expectedValue;
};

} // namespace sluice
