#include "sluice/net/work_aside.h"

namespace sluice {

boost::asio::thread_pool &asideThreads()
{
    static boost::asio::thread_pool threads(2);
    return threads;
}

boost::asio::awaitable<Expected<Json>> parseAside(QByteArray text, Json::Limits limits)
{
    const qsizetype bytes = text.size();
    const auto parse = [text = std::move(text), limits] { return Json::parse(text, limits); };
    co_return co_await aside(bytes, parse);
}

} // namespace sluice
