#pragma once

#include "sluice/media/stage.h"

#include <QtCore/QtGlobal>

#include <optional>
#include <stop_token>

namespace sluice::media {

/// Plays timestamps in real time: says when each is due, and waits until then.
///
/// Playing starts with the first timestamp. One that is more than half a second late, early by more than ten seconds, or behind
/// its predecessor (a jump of the source, or a machine that slept) makes the pacer start anew there instead of hurrying after it.
class Pacer {
public:
    /// When `pts` (90 kHz) is due.
    [[nodiscard]] SteadyTime due(qint64 pts, SteadyTime now = steadyNow());
    /// The same without playing it: nothing before the first timestamp.
    [[nodiscard]] std::optional<SteadyTime> known(qint64 pts) const;
    /// Waits until `pts` is due; false when `stop` was requested before that.
    bool waitFor(qint64 pts, const std::stop_token &stop);
    /// Forgets the origin: the next timestamp is due at once.
    void restart() { m_origin.reset(); }

private:
    struct Origin {
        SteadyTime at;
        qint64 pts = 0;
    };
    std::optional<Origin> m_origin;
    qint64 m_last = 0;
};

/// Waits until `due`; false when `stop` was requested before that.
bool waitUntil(SteadyTime due, const std::stop_token &stop);

} // namespace sluice::media
