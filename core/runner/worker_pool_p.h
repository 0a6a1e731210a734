#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sluice {

/// A few threads and a bounded queue in front of them. Threads start when they are needed. Thread-safe.
class WorkerPool final {
public:
    WorkerPool(int maxThreads, int maxWaiting);
    /// Waits for what is running; what was still waiting runs too (its calls are cancelled by then).
    ~WorkerPool();
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    /// False when every thread is busy and the queue is full. The work must not throw.
    [[nodiscard]] bool post(std::function<void()> work);
    [[nodiscard]] int running() const;

private:
    void work();

    const int m_maxThreads;
    const int m_maxWaiting;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_waiting;
    std::vector<std::thread> m_threads;
    int m_running = 0;
    bool m_stopping = false;
};

} // namespace sluice
