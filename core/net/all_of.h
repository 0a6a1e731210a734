#pragma once

#include "sluice/net/asio_wait.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <list>
#include <vector>

namespace sluice {

/// Runs the tasks at once, on the executor of the calling coroutine, and returns when all have ended, or throws what the first of them threw
/// then. A cancellation goes to each of them, and their ends are waited for.
inline boost::asio::awaitable<void> allOf(std::vector<boost::asio::awaitable<void>> tasks)
{
    namespace asio = boost::asio;
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    co_await asio::this_coro::throw_if_cancelled(false);
    struct State {
        explicit State(const asio::any_io_executor &executor)
            : ended(executor)
        {
        }
        std::list<asio::cancellation_signal> signals;
        std::size_t running = 0;
        std::exception_ptr thrown;
        AsyncEvent ended;
    };
    const auto state = std::make_shared<State>(executor);
    state->running = tasks.size();
    for (asio::awaitable<void> &task : tasks) {
        state->signals.emplace_back();
        const auto done = [state](std::exception_ptr thrown) {
            if (thrown && !state->thrown)
                state->thrown = thrown;
            --state->running;
            state->ended.notify();
        };
        asio::co_spawn(executor, std::move(task), asio::bind_cancellation_slot(state->signals.back().slot(), done));
    }
    bool told = false;
    while (state->running > 0) {
        co_await state->ended.wait();
        const asio::cancellation_state cancellation = co_await asio::this_coro::cancellation_state;
        if (cancellation.cancelled() == asio::cancellation_type::none || std::exchange(told, true))
            continue;
        co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
        for (asio::cancellation_signal &signal : state->signals)
            signal.emit(asio::cancellation_type::terminal);
    }
    if (state->thrown)
        std::rethrow_exception(state->thrown);
}

} // namespace sluice
