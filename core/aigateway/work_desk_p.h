#pragma once

#include "sluice/aigateway/pipeline_work.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>

namespace sluice::aigateway {

/// Runs a gateway's work on threads of its own, a few at a time, each for a bounded time. Used on the I/O thread.
class WorkDesk {
public:
    struct Limits {
        int running = 2;
        int waiting = 16;
        std::chrono::milliseconds time{120'000}; ///< of one, from its start
    };
    explicit WorkDesk(const Limits &limits);
    /// Cancels, and waits for what runs.
    ~WorkDesk();
    WorkDesk(const WorkDesk &) = delete;
    WorkDesk &operator=(const WorkDesk &) = delete;

    using Work = std::function<PipelineOutput(const CallContext &)>;
    /// Runs it; cancelled by `cancel` and stop(). NoOrchestrator when too many wait already; else what the work throws.
    [[nodiscard]] boost::asio::awaitable<PipelineOutput> run(Work work, CancelSource cancel);
    /// Cancels what runs and waits, and takes no more. On any thread.
    void stop() { m_alive.cancel(); }
    /// Waits for it. Not on the I/O thread.
    void finish();

private:
    Limits m_limits;
    CancelSource m_alive;
    int m_open = 0;
    boost::asio::thread_pool m_threads;
};

} // namespace sluice::aigateway
