#include "sluice/runner/capability.h"

#include <condition_variable>
#include <mutex>

namespace sluice {

void RunContext::check() const
{
    if (m_cancel.isCanceled())
        throw Error(Error::Kind::Canceled, QStringLiteral("The call was cancelled."));
    if (m_deadline.hasExpired())
        throw Error(Error::Kind::Timeout, QStringLiteral("The call took longer than it may."))
            .withAdvice(QStringLiteral("Send less at once, or raise the timeout."));
}

bool RunContext::wait(std::chrono::milliseconds time) const
{
    struct State {
        std::mutex mutex;
        std::condition_variable wake;
        bool canceled = false;
    };
    const auto state = std::make_shared<State>();
    const Subscription subscription = m_cancel.onCancel([state] {
        const std::lock_guard lock(state->mutex);
        state->canceled = true;
        state->wake.notify_all();
    });
    auto until = std::chrono::steady_clock::now() + time;
    if (!m_deadline.isForever())
        until = std::min(until, m_deadline.deadline<std::chrono::steady_clock>());
    std::unique_lock lock(state->mutex);
    state->wake.wait_until(lock, until, [&] { return state->canceled; });
    lock.unlock();
    return !isCanceled();
}

} // namespace sluice
