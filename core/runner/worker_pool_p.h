#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

namespace sluice {

/// Boost's thread pool with a bounded queue in front of it; its threads start with the first work. Thread-safe.
class WorkerPool final {
public:
    WorkerPool(int threads, int maxWaiting)
        : m_count(threads)
        , m_most(threads + maxWaiting)
    {
    }
    /// Waits for what is running; what was still waiting runs too (its calls are cancelled by then).
    ~WorkerPool()
    {
        if (m_threads)
            m_threads->join();
    }
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    /// False when every thread is busy and the queue is full. The work must not throw.
    [[nodiscard]] bool post(std::function<void()> work)
    {
        int taken = m_taken;
        do {
            if (taken >= m_most)
                return false;
        } while (!m_taken.compare_exchange_weak(taken, taken + 1));
        std::call_once(m_started, [this] { m_threads.emplace(std::size_t(m_count)); });
        boost::asio::post(*m_threads, [this, work = std::move(work)]() mutable {
            ++m_running;
            work();
            work = nullptr; // what it holds goes before the thread counts as idle
            --m_running;
            --m_taken;
        });
        return true;
    }
    [[nodiscard]] int running() const { return m_running; }

private:
    const int m_count;
    const int m_most; ///< running and waiting
    std::atomic<int> m_taken = 0;
    std::atomic<int> m_running = 0;
    std::once_flag m_started;
    std::optional<boost::asio::thread_pool> m_threads;
};

} // namespace sluice
