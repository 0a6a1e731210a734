#pragma once

#include "orchestrator_context_p.h"

#include "sluice/byoc/orchestrator_capabilities.h"

#include <chrono>

namespace sluice::byoc {

/// A job whose header was verified, whose slot is held and whose payment was booked.
struct AcceptedJob {
    JobHeader header;
    Address sender;
    RegisteredCapability capability;
    PriceInfo price;
    CapabilityTable::Slot slot;

    /// What its sender has left for its capability.
    [[nodiscard]] Rational balance(Recipient &recipient) const;
    /// Debits the wall time since `start`, in whole seconds, at least one; the balance left.
    Rational charge(std::chrono::steady_clock::time_point start, Recipient &recipient) const;
    /// How long its worker may take, within reason.
    [[nodiscard]] std::chrono::seconds timeout() const;
};

} // namespace sluice::byoc
