#pragma once

#include "sluice/base/call_context.h"

#include <QCoro/QCoroFuture>
#include <QCoro/QCoroTask>
#include <QtCore/QFuture>
#include <QtCore/QFutureWatcher>
#include <QtCore/QPromise>

#include <memory>

namespace sluice {

namespace detail {
template <typename T> QCoro::Task<void> settle(QCoro::Task<T> task, std::shared_ptr<QPromise<T>> promise)
{
    try {
        if constexpr (std::is_void_v<T>) {
            co_await task;
        } else {
            promise->addResult(co_await task);
        }
    } catch (const Error &error) {
        // A cancelled call is reported as cancelled, not as failed (client-sdk.md 2.3, rule 4).
        if (error.kind() == Error::Kind::Canceled)
            promise->future().cancel();
        else
            promise->setException(error);
    } catch (...) {
        promise->setException(std::current_exception());
    }
    promise->finish();
}
} // namespace detail

/// The one bridge from a coroutine to a future. Cancelling the future cancels `source`; the coroutine then
/// ends by itself. Call on the thread that runs the coroutine's event loop.
template <typename T> QFuture<T> toFuture(QCoro::Task<T> task, CancelSource source = {})
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    const QFuture<T> future = promise->future();
    auto *watcher = new QFutureWatcher<T>;
    QObject::connect(watcher, &QFutureWatcher<T>::canceled, watcher, [source]() mutable { source.cancel(); });
    QObject::connect(watcher, &QFutureWatcher<T>::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(future);
    detail::settle<T>(std::move(task), std::move(promise));
    return future;
}

/// Waits for a future, however it ends: its value, its error, or Error of kind Canceled when it was cancelled. A bare co_await on a
/// cancelled QFuture, and QCoro 0.8's waitForFinished(), would read a result that is not there.
template <typename T> QCoro::Task<T> outcomeOf(QFuture<T> future)
{
    const QFuture<void> end(future);
    co_await end; // throws what the future holds
    if (future.isCanceled())
        throw Error(Error::Kind::Canceled, QStringLiteral("The call was cancelled."));
    if constexpr (!std::is_void_v<T>)
        co_return future.result();
}

} // namespace sluice
