#pragma once

#include "sluice/net/asio_wait.h"

#include <QtCore/QObject>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <functional>
#include <memory>
#include <optional>

namespace sluice::endpoint {

/// Lets a coroutine of the I/O thread ask an object of another thread: `work` runs there and gives what it found to the function that it
/// gets, once. Cancelled, the coroutine ends at once; what `work` finds then is dropped. The I/O thread ends on the object's thread or after
/// it. Name `work` before the co_await expression.
template <typename T> boost::asio::awaitable<T> askThere(std::shared_ptr<QObject> there, std::function<void(std::function<void(T)>)> work)
{
    const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
    struct State {
        explicit State(const boost::asio::any_io_executor &its)
            : executor(its)
            , event(its)
        {
        }
        const boost::asio::any_io_executor executor;
        AsyncEvent event;
        std::optional<T> found;
    };
    const auto state = std::make_shared<State>(executor);
    // What waits there may wait for longer than the I/O thread lives, and must hold nothing of it.
    const std::function<void(T)> done = [weak = std::weak_ptr(state)](T found) {
        const auto waiting = weak.lock();
        if (!waiting)
            return;
        boost::asio::post(waiting->executor, [waiting, found = std::move(found)]() mutable {
            waiting->found = std::move(found);
            waiting->event.notify();
        });
    };
    QMetaObject::invokeMethod(there.get(), [work = std::move(work), done] { work(done); }, Qt::QueuedConnection);
    while (!state->found)
        co_await state->event.wait();
    co_return std::move(*state->found);
}

} // namespace sluice::endpoint
