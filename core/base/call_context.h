#pragma once

#include "sluice/base/error.h"
#include "sluice/base/subscription.h"
#include "sluice/base/trace.h"

#include <QtCore/QDeadlineTimer>

#include <memory>

namespace sluice {

class CancelState;

/// The receiving end of a cancellation. Cheap to copy; thread-safe.
class CancelToken {
public:
    /// A token that is never cancelled.
    CancelToken() = default;
    [[nodiscard]] bool isCanceled() const;
    /// Calls `callback` once, on the cancelling thread, or at once if it is too late already.
    [[nodiscard]] Subscription onCancel(std::function<void()> callback) const;

private:
    friend class CancelSource;
    explicit CancelToken(std::shared_ptr<CancelState> state)
        : m_state(std::move(state))
    {
    }
    std::shared_ptr<CancelState> m_state;
};

/// The sending end of a cancellation. Cheap to copy; thread-safe; cancelling twice is harmless.
class CancelSource {
public:
    CancelSource();
    [[nodiscard]] CancelToken token() const { return CancelToken(m_state); }
    void cancel();

private:
    std::shared_ptr<CancelState> m_state;
};

/// What every operation that may take time is given: until when, whether it is still wanted, and where its steps go.
///
/// A value; pass it by value into coroutines. An operation that sees cancellation or a passed deadline frees its
/// sockets, reservations and threads and throws Error of kind Canceled or Timeout.
struct CallContext {
    /// Declared so that this is no aggregate: DESIGN.md 3.
    CallContext() = default;

    QDeadlineTimer deadline{QDeadlineTimer::Forever};
    CancelToken cancel;
    std::shared_ptr<Trace> trace = std::make_shared<Trace>();

    /// Throws Canceled or Timeout when the operation should not go on.
    void check() const;
    /// A copy whose deadline is at most `limit` from now.
    [[nodiscard]] CallContext within(std::chrono::milliseconds limit) const;
};

} // namespace sluice
