#pragma once

#include "sluice/media/frame.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace sluice::media {

/// Thins pictures that come faster than a person asked for; at or below that rate all pass, however unevenly they come.
class RateLimit final {
public:
    /// 0: none.
    explicit RateLimit(double framesPerSecond)
        : m_interval(framesPerSecond > 0 ? double(ticksPerSecond) / framesPerSecond : 0)
    {
    }
    [[nodiscard]] double framesPerSecond() const { return m_interval > 0 ? double(ticksPerSecond) / m_interval : HUGE_VAL; }

    /// Whether a picture of that time passes.
    [[nodiscard]] bool takes(qint64 pts)
    {
        // Times that a file rounds, to milliseconds for example, come a little early.
        if (m_due && double(pts) < *m_due - m_interval / 4)
            return false;
        m_due = std::max(m_due.value_or(double(pts)) + m_interval, double(pts));
        return true;
    }

private:
    double m_interval;
    std::optional<double> m_due; ///< of the next picture; one that comes after a pause may be followed closely
};

} // namespace sluice::media
