#pragma once

#include "sluice/base/error.h"

#include <QCoro/QCoroFuture>
#include <QCoro/QCoroTask>

namespace sluice::ctl {

/// Waits for a future of core: its value, its error, or Error of kind Canceled when it was cancelled. A bare co_await
/// on a cancelled QFuture would read a result that is not there.
template <typename T> QCoro::Task<T> settled(QFuture<T> future)
{
    if (!future.isFinished())
        co_await qCoro(future).waitForFinished();
    future.waitForFinished(); // throws what the future holds
    if (future.isCanceled())
        throw Error(Error::Kind::Canceled, QStringLiteral("The call was cancelled."));
    if constexpr (!std::is_void_v<T>)
        co_return future.result();
}

} // namespace sluice::ctl
