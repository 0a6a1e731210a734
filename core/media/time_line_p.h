#pragma once

#include <QtCore/QtGlobal>

#include <array>
#include <optional>

namespace sluice::media {

/// Makes one line of the times of a file whose clock goes back, jumps ahead or falls silent, as in joined recordings.
///
/// Where a stream jumps, what follows continues where the stream before it ended. The other stream jumps the same way when it comes
/// to that place, so that sound and picture stay together whatever the order in which they are read. All times are 90 kHz ticks.
class TimeLine final {
public:
    enum Stream { Video, Sound };

    TimeLine() = default;
    /// `start`: the time that becomes zero. `ahead`: a step forward that no stream makes is a jump from this length on.
    TimeLine(qint64 start, qint64 ahead)
        : m_offset(-start)
        , m_ahead(ahead)
    {
    }

    /// What to add to the times of this packet, which is the next one of its stream. `dts` is absent when the packet has none.
    [[nodiscard]] qint64 offsetFor(Stream stream, std::optional<qint64> dts, qint64 duration);
    /// Where the stream is expected to go on.
    [[nodiscard]] qint64 next(Stream stream) const { return m_tracks[stream].next; }

private:
    struct Track {
        bool started = false;
        qint64 offset = 0;
        qint64 last = 0; ///< newest time, on the line
        qint64 next = 0; ///< the end of it
    };
    [[nodiscard]] qint64 furthest() const;
    [[nodiscard]] bool jumps(const Track &track, qint64 time, qint64 tolerance) const;

    qint64 m_offset = 0; ///< of the newest part of the file that any stream has reached
    qint64 m_ahead = 0;
    std::array<Track, 2> m_tracks;
};

} // namespace sluice::media
