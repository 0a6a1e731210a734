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

/// The system's clock, so many times as fast from now on: beside a node that debits so much more often than it should.
class FastClock final : public Clock {
public:
    explicit FastClock(int times)
        : m_times(times)
        , m_begin(system().monotonic())
        , m_now(system().now())
    {
    }
    [[nodiscard]] QDateTime now() const override { return m_now.addMSecs(passed().count() / 1000); }
    [[nodiscard]] std::chrono::microseconds monotonic() const override { return m_begin + passed(); }

private:
    [[nodiscard]] std::chrono::microseconds passed() const { return (system().monotonic() - m_begin) * m_times; }
    int m_times;
    std::chrono::microseconds m_begin;
    QDateTime m_now;
};

} // namespace sluice::test
