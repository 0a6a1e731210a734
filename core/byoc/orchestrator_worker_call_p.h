#pragma once

#include "orchestrator_accepted_job_p.h"
#include "orchestrator_registry_p.h"

#include "sluice/net/asio_http_client.h"

namespace sluice::byoc {

/// One job at its worker: the call, its answer to the client, and what it costs (byoc.md 4.4 to 4.7). On the I/O thread; outlives its run().
class WorkerCall {
public:
    WorkerCall(SharedContext context, std::shared_ptr<Registry> registry, AcceptedJob job);

    /// Answers the client, however it ends.
    Awaitable<void> run(ServerRequest request, QString subPath, ServerResponse &response);

private:
    Awaitable<void> answerFailure(const Error &error, ServerResponse &response);
    Awaitable<void> answerWhole(std::shared_ptr<AsioHttpStream> worker, ServerResponse &response);
    // orchestrator_relay.cpp
    Awaitable<void> relay(std::shared_ptr<AsioHttpStream> worker, ServerResponse &response);
    Rational charge() const { return m_job.charge(m_start, m_context->recipient); }

    const SharedContext m_context;
    const std::shared_ptr<Registry> m_registry;
    AcceptedJob m_job;
    const std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

} // namespace sluice::byoc
