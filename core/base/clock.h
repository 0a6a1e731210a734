#pragma once

#include <QtCore/QDateTime>

#include <chrono>

namespace sluice {

/// Where time comes from; a seam, so that tests can move it. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    /// Wall-clock time, UTC.
    [[nodiscard]] virtual QDateTime now() const = 0;
    /// Time that only goes forward, from an arbitrary origin.
    [[nodiscard]] virtual std::chrono::microseconds monotonic() const = 0;

    /// The system's clock; lives for the whole program.
    static const Clock &system();
};

} // namespace sluice
