#pragma once

#include "sluice/backend/backend.h"
#include "sluice/backend/candidates.h"

namespace sluice {

/// The facet of backends whose calls may go to one of several servers.
class CandidateSource {
public:
    virtual ~CandidateSource() = default;
    /// Asks them all for their terms, five at a time. Never pays. Throws as listing does; NotRouted where somebody else chooses.
    virtual QCoro::Task<CandidateReport> candidates(CapabilityInfo capability, CallContext context) = 0;

    /// Of this backend; null where there is none.
    [[nodiscard]] static CandidateSource *of(Backend &backend) { return dynamic_cast<CandidateSource *>(&backend); }
};

} // namespace sluice
