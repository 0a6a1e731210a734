#pragma once

#include "sluice/base/call_context.h"
#include "sluice/base/error.h"

#include <QtCore/QFuture>
#include <QtCore/QPromise>
#include <QtCore/QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace sluice {

/// A future that several sides may end; the first one counts. Copies are the same one. For one thread.
template <typename T> class Completion {
public:
    Completion() { m_promise->start(); }
    [[nodiscard]] QFuture<T> future() const { return m_promise->future(); }
    [[nodiscard]] bool isOver() const { return m_promise->future().isFinished(); }

    /// With a value, unless T is void.
    template <typename... Value> void finish(Value &&...value) const
    {
        if (isOver())
            return;
        if constexpr (sizeof...(Value) > 0)
            m_promise->addResult(std::forward<Value>(value)...);
        m_promise->finish();
    }
    void fail(const Error &error) const
    {
        if (isOver())
            return;
        m_promise->setException(error);
        m_promise->finish();
    }

private:
    std::shared_ptr<QPromise<T>> m_promise = std::make_shared<QPromise<T>>();
};

/// Waits in a coroutine, for a time or until a cancellation. Lives on the waiting thread.
class Pause {
public:
    Pause(std::chrono::milliseconds length, const CancelToken &cancel);
    /// Await a named copy of it.
    [[nodiscard]] QFuture<void> over() const { return m_over.future(); }

private:
    Completion<void> m_over;
    QTimer m_timer;
    Subscription m_cancel;
};

/// Finishes with `future`, or after `limit`; never with an error. On a thread with an event loop.
[[nodiscard]] QFuture<void> atMost(const QFuture<void> &future, std::chrono::milliseconds limit);

/// Waits on this thread, which needs no event loop, for at most `limit`; whether the future has ended. For threads that may block: what
/// is waited for runs elsewhere. (QFuture has no such wait, and QFuture::then() runs its continuation twice in Qt 6.4 when the future
/// ends while it is being attached.)
bool waitAtMost(const QFuture<void> &future, std::chrono::milliseconds limit);

/// Runs what may block on another thread.
[[nodiscard]] QFuture<void> inBackground(std::function<void()> work);

/// A future that is finished.
[[nodiscard]] QFuture<void> finishedFuture();
[[nodiscard]] QFuture<void> failedFuture(const Error &error);

} // namespace sluice
