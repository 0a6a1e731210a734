#pragma once

#include "sluice/media/stage.h"

#include <QtCore/QList>
#include <QtCore/QtGlobal>

#include <array>
#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <optional>

namespace sluice::media {

/// Percentiles over the newest values. Not thread-safe.
class RollingPercentiles {
public:
    explicit RollingPercentiles(qsizetype window = 300)
        : m_window(std::max<qsizetype>(1, window))
    {
    }
    void add(double value);
    [[nodiscard]] qsizetype count() const { return qsizetype(m_values.size()); }
    /// The value that `percent` of the window do not pass (nearest rank); nothing without values.
    [[nodiscard]] std::optional<double> percentile(double percent) const;

private:
    qsizetype m_window;
    std::deque<double> m_values;
};

/// p50 and p95 in milliseconds of one way between two stages; `count` values behind them.
struct LatencySpan {
    Stage from = Stage::Captured;
    Stage to = Stage::Shown;
    double p50Ms = 0;
    double p95Ms = 0;
    qsizetype count = 0;
};

/// What the meter knows now.
struct LatencySnapshot {
    /// Between stages that follow each other, without those that no frame passed: encode, queue and send, remote (sent to received),
    /// decode, display.
    QList<LatencySpan> spans;
    /// Captured to Shown; when nothing was shown, Captured to Decoded.
    std::optional<LatencySpan> endToEnd;
    double framesPerSecondIn = 0;  ///< captured in the last second
    double framesPerSecondOut = 0; ///< decoded in the last second
    quint64 framesIn = 0;
    quint64 framesOut = 0;
    /// Captured more than five seconds ago and never seen at the other end: lost in a queue or on the network.
    quint64 lost = 0;
    std::optional<double> firstFrameMs; ///< from start() to the first frame out
};

/// Follows frames through all stages by their pts, across a network that keeps it. Thread-safe, bounded.
class LatencyMeter final {
public:
    /// Percentiles cover the newest `window` frames.
    explicit LatencyMeter(qsizetype window = 300);

    /// Measures anew from `at`: the moment that the user pressed Start.
    void start(SteadyTime at = steadyNow());
    /// A frame with that pts passed the stage. Frames that come back are matched to the nearest pts within 8 ms.
    void mark(qint64 pts, Stage stage, SteadyTime at = steadyNow());
    /// The same for all stamps that the frame or chunk carries.
    void mark(qint64 pts, const StageStamps &stamps);
    /// What was captured as that pts, or nothing when it is unknown or long gone.
    [[nodiscard]] std::optional<StageStamps> stamps(qint64 pts) const;
    [[nodiscard]] LatencySnapshot snapshot(SteadyTime now = steadyNow()) const;

private:
    struct Entry {
        StageStamps stamps;
        bool out = false;
    };
    using Entries = std::map<qint64, Entry>;

    [[nodiscard]] Entries::iterator find(qint64 pts);
    void markLocked(qint64 pts, Stage stage, SteadyTime at);
    void addSpans(Entry &entry, Stage reached);
    void expire(SteadyTime now);
    void noteOut(SteadyTime at);

    mutable std::mutex m_mutex;
    qsizetype m_window;
    Entries m_entries;
    std::map<std::pair<Stage, Stage>, RollingPercentiles> m_spans;
    std::deque<SteadyTime> m_recentIn;
    std::deque<SteadyTime> m_recentOut;
    std::optional<SteadyTime> m_startedAt;
    std::optional<SteadyTime> m_firstOut;
    quint64 m_framesIn = 0;
    quint64 m_framesOut = 0;
    quint64 m_lost = 0;
};

} // namespace sluice::media
