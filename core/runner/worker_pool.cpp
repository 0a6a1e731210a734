#include "sluice/runner/worker_pool_p.h"

namespace sluice {

WorkerPool::WorkerPool(int maxThreads, int maxWaiting)
    : m_maxThreads(maxThreads)
    , m_maxWaiting(maxWaiting)
{
}

WorkerPool::~WorkerPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

bool WorkerPool::post(std::function<void()> work)
{
    const std::lock_guard lock(m_mutex);
    const int idle = int(m_threads.size()) - m_running;
    if (m_stopping || int(m_waiting.size()) >= m_maxWaiting + m_maxThreads - m_running)
        return false;
    m_waiting.push_back(std::move(work));
    if (int(m_waiting.size()) > idle && int(m_threads.size()) < m_maxThreads)
        m_threads.emplace_back([this] { this->work(); });
    m_wake.notify_one();
    return true;
}

int WorkerPool::running() const
{
    const std::lock_guard lock(m_mutex);
    return m_running;
}

void WorkerPool::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stopping || !m_waiting.empty(); });
        if (m_waiting.empty())
            return;
        auto next = std::move(m_waiting.front());
        m_waiting.pop_front();
        ++m_running;
        lock.unlock();
        next();
        next = nullptr; // what it holds goes before the thread counts as idle
        lock.lock();
        --m_running;
    }
}

} // namespace sluice
