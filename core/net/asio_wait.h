#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace sluice {

/// Calls back once after a time, unless disarmed, rearmed or destroyed before. Used on the I/O thread.
class Alarm final {
public:
    explicit Alarm(const boost::asio::any_io_executor &executor)
        : m_timer(executor)
    {
    }
    ~Alarm() { disarm(); }
    Alarm(const Alarm &) = delete;
    Alarm &operator=(const Alarm &) = delete;

    void arm(std::chrono::milliseconds time, std::function<void()> callback)
    {
        disarm();
        m_timer.expires_after(time);
        m_timer.async_wait([callback = std::move(callback), current = m_current, mine = *m_current](auto error) {
            // A timer that had already run out is not stopped by cancel(), hence the number.
            if (!error && *current == mine)
                callback();
        });
    }
    void disarm()
    {
        ++*m_current;
        m_timer.cancel();
    }

private:
    boost::asio::steady_timer m_timer;
    std::shared_ptr<unsigned> m_current = std::make_shared<unsigned>(0);
};

/// Lets coroutines on the I/O thread wait for each other: wait() returns at the next notify().
class AsyncEvent final {
public:
    explicit AsyncEvent(const boost::asio::any_io_executor &executor)
        : m_timer(executor, boost::asio::steady_timer::time_point::max())
    {
    }
    /// Also returns when the waiting coroutine is cancelled; its next co_await then throws.
    boost::asio::awaitable<void> wait() { co_await m_timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable)); }
    void notify() { m_timer.cancel(); }

private:
    boost::asio::steady_timer m_timer;
};

} // namespace sluice
