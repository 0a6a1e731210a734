#pragma once

#include <QtCore/QtGlobal>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace sluice::media {

/// What a queue has seen since it was made.
struct QueueCounters {
    quint64 pushed = 0;
    quint64 popped = 0;
    quint64 dropped = 0; ///< pushed, and thrown away for a newer one or by clear()
    qsizetype depth = 0;
    qsizetype deepest = 0;
    bool operator==(const QueueCounters &) const = default;
};

/// A bounded queue between threads that never blocks its writer: when it is full the oldest element goes.
template <typename T> class DropOldestQueue {
public:
    /// `capacity` is at least 1.
    explicit DropOldestQueue(qsizetype capacity)
        : m_capacity(std::max<qsizetype>(1, capacity))
    {
    }
    DropOldestQueue(const DropOldestQueue &) = delete;
    DropOldestQueue &operator=(const DropOldestQueue &) = delete;

    /// False when an older element was dropped for this one, or the queue is closed and this one was.
    bool push(T value)
    {
        std::optional<T> victim; // destroyed outside the lock
        {
            const std::lock_guard lock(m_mutex);
            ++m_counters.pushed;
            if (m_closed) {
                ++m_counters.dropped;
                return false;
            }
            if (qsizetype(m_items.size()) >= m_capacity) {
                victim.emplace(std::move(m_items.front()));
                m_items.pop_front();
                ++m_counters.dropped;
            }
            m_items.push_back(std::move(value));
            m_counters.deepest = std::max(m_counters.deepest, qsizetype(m_items.size()));
        }
        m_changed.notify_one();
        return !victim;
    }

    /// Waits for an element; nothing when the queue was closed and is empty.
    [[nodiscard]] std::optional<T> pop()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_closed || !m_items.empty(); });
        return take();
    }

    /// Refuses further elements and wakes waiting threads; what is inside can still be popped.
    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
        }
        m_changed.notify_all();
    }
    [[nodiscard]] bool isClosed() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closed;
    }
    void clear()
    {
        std::deque<T> gone;
        const std::lock_guard lock(m_mutex);
        m_counters.dropped += m_items.size();
        gone.swap(m_items);
    }
    [[nodiscard]] qsizetype capacity() const { return m_capacity; }
    [[nodiscard]] QueueCounters counters() const
    {
        const std::lock_guard lock(m_mutex);
        QueueCounters counters = m_counters;
        counters.depth = qsizetype(m_items.size());
        return counters;
    }

private:
    std::optional<T> take()
    {
        if (m_items.empty())
            return std::nullopt;
        std::optional<T> value(std::move(m_items.front()));
        m_items.pop_front();
        ++m_counters.popped;
        return value;
    }

    const qsizetype m_capacity;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<T> m_items;
    QueueCounters m_counters;
    bool m_closed = false;
};

} // namespace sluice::media
