#pragma once

#include "sluice/base/json.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>
#include <type_traits>

namespace sluice {

/// Input up to here is worked on where it arrives; more would block everything else on the I/O thread.
inline constexpr qsizetype MaxBytesOnIoThread = 64 * 1024;

/// The threads that such work goes to, shared by the process.
[[nodiscard]] boost::asio::thread_pool &asideThreads();

/// Runs `work`, which goes through `bytes` bytes of input: at once when they are few, else on another thread, while the I/O thread goes on. `work`
/// owns what it uses or keeps it alive, and what it gives back or throws arrives here. Make it a named variable before the co_await expression.
template <typename Work> boost::asio::awaitable<std::invoke_result_t<Work &>> aside(qsizetype bytes, Work work)
{
    using Result = std::invoke_result_t<Work &>;
    if (bytes <= MaxBytesOnIoThread)
        co_return work();
    const auto there = [](Work mine) -> boost::asio::awaitable<std::optional<Result>> { co_return mine(); };
    auto begun = there(std::move(work));
    // It ends by itself, soon. A cancellation would be delivered on another of the threads, and race with the end of the work.
    auto uncancelled = boost::asio::bind_cancellation_slot(boost::asio::cancellation_slot(), boost::asio::use_awaitable_t<boost::asio::any_io_executor>());
    std::optional<Result> made = co_await boost::asio::co_spawn(asideThreads().get_executor(), std::move(begun), std::move(uncancelled));
    co_return std::move(*made);
}

/// Json::parse() that way.
[[nodiscard]] boost::asio::awaitable<Expected<Json>> parseAside(QByteArray text, Json::Limits limits);

} // namespace sluice
