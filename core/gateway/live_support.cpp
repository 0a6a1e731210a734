#include "live_support_p.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QThreadPool>

namespace sluice {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

void TrafficMeter::add(qsizetype bytes)
{
    const auto now = steady_clock::now();
    const std::lock_guard lock(m_mutex);
    m_bytes += bytes;
    m_last = now;
    m_recent.emplace_back(now, bytes);
    while (m_recent.size() > 4096 || m_recent.front().first < now - 1s)
        m_recent.pop_front();
}

qint64 TrafficMeter::bytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

double TrafficMeter::kilobitsPerSecond() const
{
    const auto since = steady_clock::now() - 1s;
    const std::lock_guard lock(m_mutex);
    qint64 sum = 0;
    for (const auto &[at, bytes] : m_recent)
        sum += at >= since ? bytes : 0;
    return double(sum) * 8 / 1000;
}

std::optional<std::chrono::milliseconds> TrafficMeter::idle() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_last)
        return std::nullopt;
    return std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - *m_last);
}

} // namespace sluice
