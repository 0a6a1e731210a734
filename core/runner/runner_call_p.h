#pragma once

#include "sluice/net/io_thread.h"
#include "sluice/runner/capability.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>

namespace sluice {

/// One call on its way between the I/O thread, which talks to the client, and the worker thread, which does the work.
///
/// The queue between them is bounded; a full one stops the worker thread, so a slow client slows its own call only.
class RunnerCall final : public EventSink, public std::enable_shared_from_this<RunnerCall> {
public:
    RunnerCall(IoThread &io, QDeadlineTimer deadline, std::shared_ptr<AppSession> session = nullptr);

    // On the worker thread.
    /// Runs `work` and keeps what it returns or throws.
    void run(const std::function<std::optional<PredictResult>(const RunContext &)> &work);
    bool send(const QByteArray &data) override;

    // On the I/O thread.
    struct Progress {
        QList<QByteArray> events; ///< new ones since the last time
        bool finished = false;
        std::exception_ptr failure;
        std::optional<PredictResult> result;
    };
    [[nodiscard]] Progress take();
    /// Returns when there may be something to take, or shortly after the deadline.
    boost::asio::awaitable<void> changed();
    [[nodiscard]] bool isOverdue() const;
    /// The client is gone: cancels the work and ends every wait.
    void abandon();
    [[nodiscard]] bool isAbandoned() const;

private:
    void notify();

    static constexpr qsizetype MaxLineBytes = 60 * 1024;
    static constexpr qsizetype MaxQueuedBytes = 256 * 1024;
    static constexpr std::size_t MaxQueuedEvents = 64;

    IoThread &m_io;
    const QDeadlineTimer m_deadline;
    const std::shared_ptr<AppSession> m_session;
    CancelSource m_cancel;
    boost::asio::steady_timer m_timer; // I/O thread only
    bool m_signaled = false;           // I/O thread only

    mutable std::mutex m_mutex;
    std::condition_variable m_space;
    std::deque<QByteArray> m_events;
    qsizetype m_eventBytes = 0;
    bool m_abandoned = false;
    bool m_finished = false;
    std::exception_ptr m_failure;
    std::optional<PredictResult> m_result;
};

} // namespace sluice
