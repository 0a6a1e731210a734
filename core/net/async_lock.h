#pragma once

#include "sluice/net/asio_wait.h"

#include <boost/asio/this_coro.hpp>

#include <deque>
#include <memory>

namespace sluice {

/// One coroutine of the I/O thread at a time, in the order of asking: co_await take(), and keep what it gives for as long as the turn lasts.
class AsyncLock final {
public:
    /// A turn; the next one's begins when it goes.
    class Turn {
    public:
        Turn() = default;
        explicit Turn(AsyncLock *lock)
            : m_lock(lock)
        {
        }
        Turn(Turn &&other) noexcept
            : m_lock(std::exchange(other.m_lock, nullptr))
        {
        }
        Turn &operator=(Turn &&other) noexcept
        {
            std::swap(m_lock, other.m_lock);
            return *this;
        }
        ~Turn()
        {
            if (m_lock)
                m_lock->pass();
        }

    private:
        AsyncLock *m_lock = nullptr;
    };

    boost::asio::awaitable<Turn> take()
    {
        if (!m_taken) {
            m_taken = true;
            co_return Turn(this);
        }
        const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
        const auto event = std::make_shared<AsyncEvent>(executor);
        bool mine = false;
        m_waiting.push_back({event, &mine});
        while (!mine) {
            try {
                co_await event->wait();
            } catch (...) {
                leave(&mine);
                throw;
            }
        }
        co_return Turn(this);
    }

private:
    struct Waiting {
        std::shared_ptr<AsyncEvent> event;
        bool *mine;
    };

    void pass()
    {
        m_taken = !m_waiting.empty();
        if (!m_taken)
            return;
        const Waiting next = m_waiting.front();
        m_waiting.pop_front();
        *next.mine = true;
        next.event->notify();
    }
    void leave(bool *mine)
    {
        if (*mine) {
            pass();
            return;
        }
        std::erase_if(m_waiting, [mine](const Waiting &one) { return one.mine == mine; });
    }

    std::deque<Waiting> m_waiting;
    bool m_taken = false;
};

} // namespace sluice
