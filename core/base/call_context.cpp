#include "sluice/base/call_context.h"

#include "sluice/base/callback_list.h"

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
        {
            const std::scoped_lock lock(m_mutex);
            if (std::exchange(m_canceled, true))
                return;
        }
        m_callbacks.callOnce();
    }

    // Nothing when it was too late and the caller must run it itself.
    std::optional<Subscription> add(const std::function<void()> &callback)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_canceled)
            return std::nullopt;
        return m_callbacks.add(callback);
    }

private:
    mutable std::mutex m_mutex;
    bool m_canceled = false;
    CallbackList m_callbacks;
};

bool CancelToken::isCanceled() const
{
    return m_state && m_state->isCanceled();
}

Subscription CancelToken::onCancel(std::function<void()> callback) const
{
    if (!m_state)
        return {};
    std::optional<Subscription> subscription = m_state->add(callback);
    if (subscription)
        return *std::move(subscription);
    callback();
    return {};
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
