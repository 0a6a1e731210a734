#include "sluice/base/call_context.h"

#include <map>
#include <mutex>

namespace sluice {

class CancelState {
public:
    bool isCanceled() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_canceled;
    }

    void cancel()
    {
        std::map<int, std::function<void()>> callbacks;
        {
            const std::scoped_lock lock(m_mutex);
            if (std::exchange(m_canceled, true))
                return;
            callbacks.swap(m_callbacks);
        }
        // Outside the lock: a callback may cancel, subscribe or unsubscribe.
        for (const auto &[id, callback] : callbacks)
            callback();
    }

    // The id of the stored callback, or nothing when it was too late and the caller must run it itself.
    std::optional<int> add(const std::function<void()> &callback)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_canceled)
            return std::nullopt;
        m_callbacks.emplace(m_nextId, callback);
        return m_nextId++;
    }

    void remove(int id)
    {
        const std::scoped_lock lock(m_mutex);
        m_callbacks.erase(id);
    }

private:
    mutable std::mutex m_mutex;
    bool m_canceled = false;
    int m_nextId = 0;
    std::map<int, std::function<void()>> m_callbacks;
};

bool CancelToken::isCanceled() const
{
    return m_state && m_state->isCanceled();
}

Subscription CancelToken::onCancel(std::function<void()> callback) const
{
    if (!m_state)
        return {};
    const std::optional<int> id = m_state->add(callback);
    if (!id) {
        callback();
        return {};
    }
    return Subscription([weak = std::weak_ptr(m_state), id = *id] {
        if (const auto state = weak.lock())
            state->remove(id);
    });
}

CancelSource::CancelSource()
    : m_state(std::make_shared<CancelState>())
{
}

void CancelSource::cancel()
{
    m_state->cancel();
}

void CallContext::check() const
{
    if (cancel.isCanceled())
        throw Error(Error::Kind::Canceled, QStringLiteral("Cancelled."));
    if (deadline.hasExpired())
        throw Error(Error::Kind::Timeout, QStringLiteral("The time for this call is used up."));
}

CallContext CallContext::within(std::chrono::milliseconds limit) const
{
    CallContext copy = *this;
    const QDeadlineTimer candidate(limit);
    if (deadline.isForever() || candidate < deadline)
        copy.deadline = candidate;
    return copy;
}

} // namespace sluice
