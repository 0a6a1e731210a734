#pragma once

#include "orchestrator_job_desk_p.h"
#include "orchestrator_live_streams_p.h"
#include "orchestrator_live_worker_p.h"

namespace sluice::byoc {

/// The routes of live streams, `/ai/stream/…` (byoc.md 5): each is paid like a job and passed on to the worker. Lives on the I/O thread.
class LiveDesk {
public:
    LiveDesk(SharedContext context, std::shared_ptr<Registry> registry, std::shared_ptr<JobDesk> jobs, std::shared_ptr<LiveStreams> streams);

    Awaitable<void> handleStart(ServerRequest request, ServerResponse &response);
    Awaitable<void> handleStop(ServerRequest request, ServerResponse &response);
    Awaitable<void> handleUpdate(ServerRequest request, ServerResponse &response);
    Awaitable<void> handlePayment(ServerRequest request, ServerResponse &response);

private:
    enum class Route { Stop, Update, Payment };
    /// What a stop, an update or a payment is about.
    struct StreamCall {
        AcceptedJob job;
        QString id;
        std::shared_ptr<LiveStream> stream; ///< null: none of that id runs
        /// The worker of the stream, as registered when it began.
        [[nodiscard]] const RegisteredCapability &worker() const { return stream ? stream->capability : job.capability; }
    };

    [[nodiscard]] static HttpRefusal worded(Route route, HttpRefusal refused);
    /// The members of a worker's start that are the orchestrator's to say.
    [[nodiscard]] Json startMembers(const LiveStream &stream) const;
    [[nodiscard]] Headers startHeaders(const LiveStream &stream, const Rational &balance) const;
    Awaitable<void> answerStart(std::shared_ptr<LiveStream> stream, WorkerAnswer worker, Rational balance, ServerResponse &response);
    /// Refused when the stream runs and is another sender's or another capability's; null when none runs.
    [[nodiscard]] Expected<std::shared_ptr<LiveStream>, HttpRefusal> streamOf(const JobHeader &header) const;
    /// The refusal has the texts of the route.
    [[nodiscard]] Expected<StreamCall, HttpRefusal> streamCall(const JobHeader &header, const Headers &headers, Route route);
    /// Verifies the head and has the body collected, then as above; nothing when the request was answered.
    Awaitable<std::optional<StreamCall>> receive(ServerRequest &request, ServerResponse &response, Route route);

    const SharedContext m_context;
    const std::shared_ptr<Registry> m_registry;
    const std::shared_ptr<JobDesk> m_jobs;
    const std::shared_ptr<LiveStreams> m_streams;
};

} // namespace sluice::byoc
