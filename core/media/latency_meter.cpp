#include "sluice/media/latency_meter.h"

#include "sluice/media/frame.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace sluice::media {

using namespace std::chrono_literals;

namespace {

/// What MPEG-TS keeps of a timestamp.
constexpr qint64 ptsMask = (qint64(1) << 33) - 1;
constexpr qint64 matchTicks = ticksPerSecond * 8 / 1000;
constexpr auto patience = 5s;
constexpr std::size_t maxEntries = 2048;

double milliseconds(SteadyTime::duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

std::optional<LatencySpan> spanOf(Stage from, Stage to, const RollingPercentiles &values)
{
    if (values.count() == 0)
        return std::nullopt;
    return LatencySpan{from, to, *values.percentile(50), *values.percentile(95), values.count()};
}

double rate(const std::deque<SteadyTime> &times, SteadyTime now)
{
    return double(std::count_if(times.begin(), times.end(), [now](SteadyTime at) { return at > now - 1s && at <= now; }));
}

void noteRecent(std::deque<SteadyTime> &times, SteadyTime at)
{
    times.push_back(at);
    while (times.size() > 1000 || times.front() < at - 2s)
        times.pop_front();
}

} // namespace

void RollingPercentiles::add(double value)
{
    m_values.push_back(value);
    if (qsizetype(m_values.size()) > m_window)
        m_values.pop_front();
}

std::optional<double> RollingPercentiles::percentile(double percent) const
{
    if (m_values.empty())
        return std::nullopt;
    std::vector<double> sorted(m_values.begin(), m_values.end());
    const auto rank = qsizetype(std::ceil(percent / 100 * double(sorted.size())));
    const auto nth = sorted.begin() + std::clamp<qsizetype>(rank - 1, 0, qsizetype(sorted.size()) - 1);
    std::nth_element(sorted.begin(), nth, sorted.end());
    return *nth;
}

LatencyMeter::LatencyMeter(qsizetype window)
    : m_window(window)
{
}

void LatencyMeter::start(SteadyTime at)
{
    const std::lock_guard lock(m_mutex);
    m_entries.clear();
    m_spans.clear();
    m_recentIn.clear();
    m_recentOut.clear();
    m_startedAt = at;
    m_firstOut.reset();
    m_framesIn = m_framesOut = m_lost = 0;
}

void LatencyMeter::mark(qint64 pts, Stage stage, SteadyTime at)
{
    const std::lock_guard lock(m_mutex);
    markLocked(pts, stage, at);
}

void LatencyMeter::mark(qint64 pts, const StageStamps &stamps)
{
    const std::lock_guard lock(m_mutex);
    for (std::size_t i = 0; i < stageCount; ++i) {
        if (const auto at = stamps.at(Stage(i)))
            markLocked(pts, Stage(i), *at);
    }
}

std::optional<StageStamps> LatencyMeter::stamps(qint64 pts) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = const_cast<LatencyMeter *>(this)->find(pts);
    if (found == m_entries.end())
        return std::nullopt;
    return found->second.stamps;
}

LatencyMeter::Entries::iterator LatencyMeter::find(qint64 pts)
{
    const qint64 key = pts & ptsMask;
    const auto after = m_entries.lower_bound(key);
    auto best = m_entries.end();
    qint64 distance = matchTicks + 1;
    const auto consider = [&](Entries::iterator candidate) {
        if (std::abs(candidate->first - key) < distance) {
            distance = std::abs(candidate->first - key);
            best = candidate;
        }
    };
    if (after != m_entries.end())
        consider(after);
    if (after != m_entries.begin())
        consider(std::prev(after));
    return best;
}

void LatencyMeter::markLocked(qint64 pts, Stage stage, SteadyTime at)
{
    if (stage == Stage::Captured) {
        const auto [entry, isNew] = m_entries.try_emplace(pts & ptsMask);
        if (!isNew)
            return;
        entry->second.stamps.set(stage, at);
        ++m_framesIn;
        noteRecent(m_recentIn, at);
        expire(at);
        return;
    }
    const auto found = find(pts);
    if (found == m_entries.end() || found->second.stamps.at(stage))
        return;
    found->second.stamps.set(stage, at);
    addSpans(found->second, stage);
    if (stage >= Stage::Decoded && !found->second.out) {
        found->second.out = true;
        noteOut(at);
    }
}

void LatencyMeter::addSpans(Entry &entry, Stage reached)
{
    const SteadyTime at = *entry.stamps.at(reached);
    const auto add = [&](Stage from, SteadyTime since) {
        m_spans.try_emplace({from, reached}, m_window).first->second.add(milliseconds(at - since));
    };
    for (int before = int(reached) - 1; before >= 0; --before) {
        if (const auto since = entry.stamps.at(Stage(before))) {
            add(Stage(before), *since);
            if (before == int(Stage::Captured))
                return;
            break;
        }
    }
    if (const auto since = entry.stamps.at(Stage::Captured))
        add(Stage::Captured, *since);
}

void LatencyMeter::expire(SteadyTime now)
{
    std::erase_if(m_entries, [&](const auto &item) {
        const auto captured = item.second.stamps.at(Stage::Captured);
        const bool old = !captured || *captured < now - patience;
        if (old && !item.second.out)
            ++m_lost;
        return old;
    });
    while (m_entries.size() > maxEntries) { // pictures far faster than any camera
        if (!m_entries.begin()->second.out)
            ++m_lost;
        m_entries.erase(m_entries.begin());
    }
}

void LatencyMeter::noteOut(SteadyTime at)
{
    ++m_framesOut;
    if (!m_firstOut)
        m_firstOut = at;
    noteRecent(m_recentOut, at);
}

LatencySnapshot LatencyMeter::snapshot(SteadyTime now) const
{
    const std::lock_guard lock(m_mutex);
    LatencySnapshot snapshot;
    for (const auto &[stages, values] : m_spans) {
        // From the capture on, only the first station is a step; the others are sums.
        const Stage from = stages.first;
        const Stage to = stages.second;
        const bool isSum = from == Stage::Captured && to != Stage::Encoded
            && std::any_of(m_spans.begin(), m_spans.end(), [&](const auto &other) { return other.first.second == to && other.first.first != from; });
        if (isSum)
            continue;
        if (const auto span = spanOf(from, to, values))
            snapshot.spans.append(*span);
    }
    for (const Stage last : {Stage::Shown, Stage::Decoded}) {
        const auto values = m_spans.find({Stage::Captured, last});
        if (values != m_spans.end()) {
            snapshot.endToEnd = spanOf(Stage::Captured, last, values->second);
            break;
        }
    }
    snapshot.framesPerSecondIn = rate(m_recentIn, now);
    snapshot.framesPerSecondOut = rate(m_recentOut, now);
    snapshot.framesIn = m_framesIn;
    snapshot.framesOut = m_framesOut;
    snapshot.lost = m_lost;
    if (m_startedAt && m_firstOut)
        snapshot.firstFrameMs = milliseconds(*m_firstOut - *m_startedAt);
    return snapshot;
}

} // namespace sluice::media
