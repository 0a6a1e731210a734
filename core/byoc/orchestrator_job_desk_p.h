#pragma once

#include "orchestrator_accepted_job_p.h"
#include "orchestrator_registry_p.h"
#include "orchestrator_token_desk_p.h"

namespace sluice::byoc {

/// Takes jobs on: verifies their header, holds a slot and books their payment (byoc.md 4); `/process/request/` calls the worker.
/// Lives on the I/O thread.
class JobDesk {
public:
    JobDesk(SharedContext context, std::shared_ptr<Registry> registry, std::shared_ptr<const TokenDesk> tokens);

    /// `subPath`: what follows `/process/request/`, decoded.
    Awaitable<void> handleProcess(ServerRequest request, ServerResponse &response, QString subPath);

    /// What the head alone decides: signature and timeout.
    [[nodiscard]] Expected<JobHeader, HttpRefusal> verified(const Headers &headers) const;
    /// What follows on verified(): slot, price, payment, balance.
    [[nodiscard]] Expected<AcceptedJob, HttpRefusal> accept(JobHeader header, const Headers &headers);
    /// The same without a slot, for a job that has one. The capability may be unknown (byoc.md 5); then `running` stands for it.
    [[nodiscard]] Expected<AcceptedJob, HttpRefusal> acceptForRunning(
        JobHeader header, const Headers &headers, const std::optional<RegisteredCapability> &running);
    /// The sender that a verified header names; without a chain that may be the zero address.
    [[nodiscard]] static Address senderOf(const JobHeader &header);

private:
    [[nodiscard]] bool isSignedBySender(const JobHeader &job) const;
    [[nodiscard]] Expected<AcceptedJob, HttpRefusal> settled(AcceptedJob job, const Headers &headers);
    [[nodiscard]] Expected<void, HttpRefusal> takePayment(const AcceptedJob &job, const Headers &headers);
    [[nodiscard]] HttpRefusal refusedPayment(AcceptedJob &job, HttpRefusal refusal) const;

    const SharedContext m_context;
    const std::shared_ptr<Registry> m_registry;
    const std::shared_ptr<const TokenDesk> m_tokens;
};

} // namespace sluice::byoc
