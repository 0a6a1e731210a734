#include "kept_connections_p.h"

#include <algorithm>

namespace sluice::openai {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds KeepTime{1'000};
constexpr std::size_t MostKept = 64;

} // namespace

std::unique_ptr<AsioExchange> KeptConnections::take()
{
    dropOld();
    while (!m_kept.empty()) {
        std::unique_ptr<AsioExchange> exchange = std::move(m_kept.back().exchange);
        m_kept.pop_back();
        if (exchange->isQuiet())
            return exchange;
    }
    return nullptr;
}

void KeptConnections::put(std::unique_ptr<AsioExchange> exchange)
{
    if (!exchange->isReusable() || m_kept.size() >= MostKept)
        return;
    exchange->limit(std::chrono::milliseconds::zero());
    if (!m_alarm)
        m_alarm.emplace(exchange->executor());
    if (m_kept.empty())
        m_alarm->arm(KeepTime, [this] { dropOld(); });
    m_kept.push_back({std::move(exchange), Clock::now()});
}

void KeptConnections::dropOld()
{
    const auto now = Clock::now();
    const auto young = std::find_if(m_kept.begin(), m_kept.end(), [now](const Kept &kept) { return now - kept.since < KeepTime; });
    m_kept.erase(m_kept.begin(), young);
    if (!m_kept.empty())
        m_alarm->arm(KeepTime, [this] { dropOld(); });
}

void KeptConnections::clear()
{
    m_kept.clear();
    m_alarm.reset();
}

} // namespace sluice::openai
