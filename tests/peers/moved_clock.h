#pragma once

#include "sluice/base/clock.h"

#include <atomic>

namespace sluice::test {

/// A clock that goes on only when it is told to.
class MovedClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return QDateTime::fromMSecsSinceEpoch(1'800'000'000'000 + m_moved.load() / 1000, Qt::UTC); }
    [[nodiscard]] std::chrono::microseconds monotonic() const override { return std::chrono::hours(1) + std::chrono::microseconds(m_moved.load()); }
    void advance(std::chrono::microseconds time) { m_moved += time.count(); }

private:
    std::atomic<qint64> m_moved{0};
};

} // namespace sluice::test
