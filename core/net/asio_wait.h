#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace sluice {

/// Calls back once after a time, unless disarmed, rearmed or destroyed before. Used on the I/O thread.
///
/// Made for timeouts that are armed at every read and write and hardly ever expire: a wait under way is not cancelled, and checks at its end
/// whether the due time was moved meanwhile.
class Alarm final {
public:
    explicit Alarm(const boost::asio::any_io_executor &executor)
        : m_state(std::make_shared<State>(executor))
    {
    }
    ~Alarm()
    {
        disarm();
        m_state->timer.cancel();
    }
    Alarm(const Alarm &) = delete;
    Alarm &operator=(const Alarm &) = delete;

    void arm(std::chrono::milliseconds time, std::function<void()> callback)
    {
        m_state->callback = std::move(callback);
        m_state->due = Clock::now() + time;
        if (!m_state->waiting || m_state->timer.expiry() > m_state->due)
            wait(m_state);
    }
    void disarm() { m_state->callback = nullptr; }

private:
    using Clock = std::chrono::steady_clock;
    struct State {
        explicit State(const boost::asio::any_io_executor &executor)
            : timer(executor)
        {
        }
        boost::asio::steady_timer timer;
        std::function<void()> callback; ///< empty: not armed
        Clock::time_point due;
        bool waiting = false;
        unsigned wait = 0; ///< the number of the latest wait: one that had already ended is not stopped by cancel()
    };

    static void wait(const std::shared_ptr<State> &state)
    {
        state->waiting = true;
        state->timer.expires_at(state->due);
        state->timer.async_wait([weak = std::weak_ptr(state), mine = ++state->wait](auto) {
            const auto current = weak.lock();
            if (!current || current->wait != mine)
                return;
            current->waiting = false;
            if (current->callback && Clock::now() < current->due)
                wait(current);
            else if (const auto call = std::exchange(current->callback, nullptr))
                call();
        });
    }

    std::shared_ptr<State> m_state;
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
