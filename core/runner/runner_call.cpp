#include "sluice/runner/runner_call_p.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace sluice {

using namespace std::chrono_literals;
namespace asio = boost::asio;

RunnerCall::RunnerCall(IoThread &io, QDeadlineTimer deadline, std::shared_ptr<AppSession> session)
    : m_io(io)
    , m_deadline(deadline)
    , m_session(std::move(session))
    , m_timer(io.context())
{
}

void RunnerCall::run(const std::function<std::optional<PredictResult>(const RunContext &)> &work)
{
    std::optional<PredictResult> result;
    std::exception_ptr failure;
    try {
        RunContext context(m_cancel.token(), m_deadline);
        context.setSession(m_session);
        context.check(); // it may have waited in the queue for too long
        result = work(context);
    } catch (...) {
        failure = std::current_exception();
    }
    {
        const std::lock_guard lock(m_mutex);
        m_finished = true;
        m_failure = failure;
        m_result = std::move(result);
    }
    notify();
}

bool RunnerCall::send(const QByteArray &data)
{
    qsizetype lineStart = 0;
    for (qsizetype i = 0; i <= data.size(); ++i) {
        if (i < data.size() && data[i] != '\n' && data[i] != '\r')
            continue;
        if (i - lineStart > MaxLineBytes)
            throw Error(Error::Kind::TooLarge, QStringLiteral("An event holds a line of %1 bytes; an orchestrator relays at most %2.")
                            .arg(i - lineStart).arg(MaxLineBytes));
        lineStart = i + 1;
    }
    std::unique_lock lock(m_mutex);
    const auto until = m_deadline.isForever() ? std::chrono::steady_clock::time_point::max()
                                              : m_deadline.deadline<std::chrono::steady_clock>();
    const auto hasSpace = [&] {
        return m_abandoned || (m_events.size() < MaxQueuedEvents && m_eventBytes + data.size() <= MaxQueuedBytes);
    };
    if (m_deadline.isForever())
        m_space.wait(lock, hasSpace);
    else if (!m_space.wait_until(lock, until, hasSpace))
        return false;
    if (m_abandoned)
        return false;
    m_eventBytes += data.size();
    m_events.push_back(data);
    const bool first = m_events.size() == 1;
    lock.unlock();
    if (first)
        notify();
    return true;
}

RunnerCall::Progress RunnerCall::take()
{
    Progress progress;
    {
        const std::lock_guard lock(m_mutex);
        for (QByteArray &event : m_events)
            progress.events.append(std::move(event));
        m_events.clear();
        m_eventBytes = 0;
        progress.finished = m_finished;
        progress.failure = m_failure;
        if (m_finished)
            progress.result = std::exchange(m_result, std::nullopt);
    }
    m_space.notify_all();
    return progress;
}

asio::awaitable<void> RunnerCall::changed()
{
    if (!m_signaled) {
        // Work that checks its deadline ends by itself; the grace period keeps its own error message.
        if (m_deadline.isForever())
            m_timer.expires_at(asio::steady_timer::time_point::max());
        else
            m_timer.expires_after(std::chrono::milliseconds(m_deadline.remainingTime()) + 500ms);
        co_await m_timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    m_signaled = false;
}

bool RunnerCall::isOverdue() const
{
    return m_deadline.hasExpired();
}

void RunnerCall::abandon()
{
    {
        const std::lock_guard lock(m_mutex);
        m_abandoned = true;
    }
    m_space.notify_all();
    m_cancel.cancel();
    notify();
}

bool RunnerCall::isAbandoned() const
{
    const std::lock_guard lock(m_mutex);
    return m_abandoned;
}

void RunnerCall::notify()
{
    m_io.post([self = shared_from_this()] {
        self->m_signaled = true;
        self->m_timer.cancel();
    });
}

} // namespace sluice
