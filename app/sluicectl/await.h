#pragma once

#include "sluice/base/task.h"

#include <QCoro/QCoroFuture>
#include <QCoro/QCoroTask>

namespace sluice::ctl {

/// Completes at Ctrl-C or SIGTERM.
[[nodiscard]] QFuture<void> interruption();
/// Completes at those, and when whoever began this sandbox has let go of it.
[[nodiscard]] QFuture<void> lettingGo();

/// Completes when `future` has ended. Ctrl-C cancels it, and it is then waited for no longer than a moment.
[[nodiscard]] QFuture<void> endOrInterruption(QFuture<void> future);

/// The same for everything that a person may interrupt: Canceled at once after Ctrl-C, when the future ended or had its moment to.
template <typename T> QCoro::Task<T> settled(QFuture<T> future)
{
    const QFuture<void> end = endOrInterruption(QFuture<void>(future));
    co_await end;
    if (!future.isFinished())
        throw Error(Error::Kind::Canceled, QStringLiteral("The call was cancelled."));
    // Named before the co_await: DESIGN.md 3.
    QCoro::Task<T> task = outcomeOf(future);
    co_return co_await task;
}

} // namespace sluice::ctl
