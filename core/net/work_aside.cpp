#include "sluice/net/work_aside.h"

#include "sluice/net/aside_rest_p.h"

#include <boost/asio/post.hpp>

#include <atomic>
#include <latch>
#include <memory>
#include <mutex>

namespace sluice {

namespace {

constexpr int Threads = 2;
std::atomic<bool> used{false};

} // namespace

boost::asio::thread_pool &asideThreads()
{
    static boost::asio::thread_pool threads(Threads);
    used = true;
    return threads;
}

void waitForAside()
{
    if (!used)
        return; // no threads for nothing
    // One who waits at a time: each of the threads stops at the latch, so all have come to the end of what they did before.
    static std::mutex mutex;
    const std::scoped_lock lock(mutex);
    const auto all = std::make_shared<std::latch>(Threads + 1);
    for (int i = 0; i < Threads; ++i)
        boost::asio::post(asideThreads(), [all] { all->arrive_and_wait(); });
    all->arrive_and_wait();
}

boost::asio::awaitable<Expected<Json>> parseAside(QByteArray text, Json::Limits limits)
{
    const qsizetype bytes = text.size();
    const auto parse = [text = std::move(text), limits] { return Json::parse(text, limits); };
    co_return co_await aside(bytes, parse);
}

} // namespace sluice
