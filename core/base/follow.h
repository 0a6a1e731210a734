#pragma once

#include "sluice/base/error.h"

#include <QtCore/QFuture>
#include <QtCore/QFutureWatcher>
#include <QtCore/QObject>

#include <type_traits>

namespace sluice {

/// Tells `context` how `future` ended, for as long as `context` lives; nothing is called once it is gone.
///
/// In place of QFuture::then(context, …).onFailed(context, …), which in Qt 6.4 asserts or crashes when the context dies
/// before the future ends. `onValue` takes the result (nothing for QFuture<void>), `onError` a `const Error &`, which
/// also stands for what `onValue` throws; `onCanceled` takes nothing. All run on the thread of `context`, from its event
/// loop; at most one of them for an ending of the future. The future itself is not cancelled when `context` dies.
template <typename T, typename Value, typename Failed, typename Canceled>
void follow(const QFuture<T> &future, QObject *context, Value onValue, Failed onError, Canceled onCanceled)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
        [watcher, onValue = std::move(onValue), onError = std::move(onError), onCanceled = std::move(onCanceled)]() mutable {
            QFuture<T> ended = watcher->future();
            watcher->deleteLater();
            try {
                ended.waitForFinished(); // it has; this throws what it failed with
                if (ended.isCanceled())
                    onCanceled();
                else if constexpr (std::is_void_v<T>)
                    onValue();
                else
                    onValue(ended.result());
            } catch (const Error &error) {
                onError(error);
            } catch (const std::exception &problem) {
                onError(Error(Error::Kind::Internal, QString::fromUtf8(problem.what())));
            }
        });
    watcher->setFuture(future);
}

/// The same where a cancelled future needs no word.
template <typename T, typename Value, typename Failed>
void follow(const QFuture<T> &future, QObject *context, Value onValue, Failed onError)
{
    follow(future, context, std::move(onValue), std::move(onError), [] {});
}

} // namespace sluice
