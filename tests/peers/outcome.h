#pragma once

#include "sluice/base/expected.h"

#include <QCoro/QCoroTask>

namespace sluice::test {

namespace detail {
// Optional, because QCoro::waitFor makes an empty result first.
template <typename T> QCoro::Task<std::optional<Expected<T>>> caught(QCoro::Task<T> task)
{
    std::optional<Expected<T>> outcome;
    try {
        outcome.emplace(co_await task);
    } catch (const Error &error) {
        outcome.emplace(unexpected(error));
    }
    co_return outcome;
}
} // namespace detail

/// Runs the event loop until the task has ended: its value, or the error that it threw. QCoro::waitFor alone would wait for
/// ever when the task throws.
template <typename T> Expected<T> outcomeOf(QCoro::Task<T> task)
{
    return *QCoro::waitFor(detail::caught<T>(std::move(task)));
}

} // namespace sluice::test
