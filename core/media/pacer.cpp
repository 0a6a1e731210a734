#include "sluice/media/pacer.h"

#include "sluice/media/frame.h"

#include <condition_variable>
#include <mutex>

namespace sluice::media {

using namespace std::chrono_literals;

std::optional<SteadyTime> Pacer::known(qint64 pts) const
{
    if (!m_origin)
        return std::nullopt;
    return m_origin->at + std::chrono::microseconds((pts - m_origin->pts) * 100 / 9);
}

SteadyTime Pacer::due(qint64 pts, SteadyTime now)
{
    if (const auto due = known(pts)) {
        if (pts >= m_last && *due > now - 500ms && *due < now + 10s) {
            m_last = pts;
            return *due;
        }
    }
    m_origin = Origin{now, pts};
    m_last = pts;
    return now;
}

bool Pacer::waitFor(qint64 pts, const std::stop_token &stop)
{
    return waitUntil(due(pts), stop);
}

bool waitUntil(SteadyTime due, const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_until(lock, stop, due, [] { return false; });
    return !stop.stop_requested();
}

qint64 nowTicks()
{
    static const SteadyTime origin = steadyNow();
    const auto elapsed = std::chrono::duration_cast<std::chrono::microseconds>(steadyNow() - origin).count();
    return ticksPerSecond + elapsed * 9 / 100;
}

} // namespace sluice::media
