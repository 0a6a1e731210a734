#pragma once

#include "sluice/base/async.h"

#include <QtCore/QFuture>
#include <QtCore/QPromise>
#include <QtCore/QTimer>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace sluice {

/// A callback that its owner may change or remove at any time: once set() has returned, the old one does not run any more.
/// Calls come one at a time. Thread-safe; not to be set from inside itself.
template <typename... Args> class GuardedCallback {
public:
    void set(std::function<void(Args...)> callback)
    {
        const std::lock_guard lock(m_mutex);
        m_callback = std::move(callback);
    }
    void operator()(Args... args) const
    {
        const std::lock_guard lock(m_mutex);
        if (m_callback)
            m_callback(args...);
    }
    [[nodiscard]] bool isSet() const
    {
        const std::lock_guard lock(m_mutex);
        return bool(m_callback);
    }

private:
    mutable std::mutex m_mutex;
    std::function<void(Args...)> m_callback;
};

/// Bytes and what they come to per second, over the last second. Thread-safe.
class TrafficMeter {
public:
    void add(qsizetype bytes);
    [[nodiscard]] qint64 bytes() const;
    [[nodiscard]] double kilobitsPerSecond() const;
    /// How long ago bytes went by last; nothing when none did.
    [[nodiscard]] std::optional<std::chrono::milliseconds> idle() const;

private:
    using Time = std::chrono::steady_clock::time_point;
    mutable std::mutex m_mutex;
    qint64 m_bytes = 0;
    std::deque<std::pair<Time, qsizetype>> m_recent;
    std::optional<Time> m_last;
};

} // namespace sluice
