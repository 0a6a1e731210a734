#pragma once

#include "sluice/base/call_context.h"

#include <QtCore/QFuture>
#include <QtCore/QPromise>
#include <QtCore/QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace sluice {

/// Waits in a coroutine, for a time or until a cancellation. Lives on the waiting thread.
class Pause {
public:
    Pause(std::chrono::milliseconds length, const CancelToken &cancel);
    /// Await a named copy of it.
    [[nodiscard]] QFuture<void> over() const { return m_promise->future(); }

private:
    std::shared_ptr<QPromise<void>> m_promise = std::make_shared<QPromise<void>>();
    QTimer m_timer;
    Subscription m_cancel;
};

/// Finishes with `future`, or after `limit`; never with an error. On a thread with an event loop.
[[nodiscard]] QFuture<void> atMost(const QFuture<void> &future, std::chrono::milliseconds limit);

/// Runs what may block on another thread.
[[nodiscard]] QFuture<void> inBackground(std::function<void()> work);

/// A future that is finished.
[[nodiscard]] QFuture<void> finishedFuture();
[[nodiscard]] QFuture<void> failedFuture(const Error &error);

} // namespace sluice
