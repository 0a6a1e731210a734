#pragma once

#include "sluice/base/task.h"

#include <QtCore/QEventLoop>
#include <QtCore/QFutureWatcher>

/// Runs the event loop until the task is done; its result or its error. (QCoro::waitFor never returns from a task
/// that throws.)
template <typename T> T await(QCoro::Task<T> task)
{
    const QFuture<T> future = sluice::toFuture(std::move(task));
    if (!future.isFinished()) {
        QEventLoop loop;
        QFutureWatcher<T> watcher;
        QObject::connect(&watcher, &QFutureWatcher<T>::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(future);
        loop.exec();
    }
    if constexpr (std::is_void_v<T>)
        QFuture<T>(future).waitForFinished();
    else
        return future.result();
}
