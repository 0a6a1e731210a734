#pragma once

#include "sluice/net/io_thread.h"

#include <future>

namespace sluice {

/// What `question` gives on the I/O thread; waits for it. Not from that thread itself.
template <typename F> auto askOn(IoThread &io, F question)
{
    std::promise<decltype(question())> promise;
    auto answer = promise.get_future();
    io.post([&] { promise.set_value(question()); });
    return answer.get();
}

} // namespace sluice
