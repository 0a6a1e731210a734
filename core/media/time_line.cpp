#include "time_line_p.h"

#include "sluice/media/frame.h"

#include <algorithm>

namespace sluice::media {

namespace {

/// So far back a careless writer's times go without meaning it.
constexpr qint64 slip = ticksPerSecond / 10;
/// So far apart the streams of one part of a file begin.
constexpr qint64 spread = 2 * ticksPerSecond;

} // namespace

qint64 TimeLine::furthest() const
{
    qint64 end = 0;
    bool any = false;
    for (const Track &track : m_tracks) {
        if (track.started)
            end = any ? std::max(end, track.next) : track.next;
        any = any || track.started;
    }
    return end;
}

/// Ahead counts from the stream that is furthest: a picture that stands for a minute while the sound goes on is no jump.
bool TimeLine::jumps(const Track &track, qint64 time, qint64 tolerance) const
{
    return time < track.last - tolerance || time > furthest() + m_ahead;
}

qint64 TimeLine::offsetFor(Stream stream, std::optional<qint64> dts, qint64 duration)
{
    Track &track = m_tracks[stream];
    if (!track.started)
        track.offset = m_offset;
    if (!dts) {
        track.last = track.next;
        track.next += duration;
        track.started = true;
        return track.offset;
    }
    if (track.started && jumps(track, *dts + track.offset, slip)) {
        const bool othersWereHere = m_offset != track.offset && !jumps(track, *dts + m_offset, spread);
        if (!othersWereHere)
            m_offset = furthest() - *dts;
        track.offset = m_offset;
    }
    track.started = true;
    track.last = *dts + track.offset;
    track.next = track.last + duration;
    return track.offset;
}

} // namespace sluice::media
