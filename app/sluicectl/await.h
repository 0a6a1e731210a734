#pragma once

#include "sluice/base/error.h"

#include <QCoro/QCoroFuture>
#include <QCoro/QCoroTask>

namespace sluice::ctl {

/// Waits for a future of core, whatever happens: its value, its error, or Error of kind Canceled when it was cancelled. A bare
/// co_await on a cancelled QFuture, and QCoro 0.8's waitForFinished(), would read a result that is not there.
template <typename T> QCoro::Task<T> settledAnyway(QFuture<T> future)
{
    const QFuture<void> end(future);
    co_await end; // throws what the future holds
    if (future.isCanceled())
        throw Error(Error::Kind::Canceled, QStringLiteral("The call was cancelled."));
    if constexpr (!std::is_void_v<T>)
        co_return future.result();
}

/// Completes when `future` has ended. Ctrl-C cancels it, and it is then waited for no longer than a moment.
[[nodiscard]] QFuture<void> endOrInterruption(QFuture<void> future);

/// The same for everything that a person may interrupt: Canceled at once after Ctrl-C, when the future ended or had its moment to.
template <typename T> QCoro::Task<T> settled(QFuture<T> future)
{
    const QFuture<void> end = endOrInterruption(QFuture<void>(future));
    co_await end;
    if (!future.isFinished())
        throw Error(Error::Kind::Canceled, QStringLiteral("The call was cancelled."));
    // Two statements: g++ 12 destroys twice what a co_await expression makes of one.
    QCoro::Task<T> task = settledAnyway(future);
    co_return co_await task;
}

} // namespace sluice::ctl
