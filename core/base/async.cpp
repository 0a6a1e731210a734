#include "sluice/base/async.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QThreadPool>

#include <thread>

namespace sluice {

Pause::Pause(std::chrono::milliseconds length, const CancelToken &cancel)
{
    const auto finish = [over = m_over] { over.finish(); };
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, finish);
    m_timer.start(length);
    m_cancel = cancel.onCancel(finish);
}

QFuture<void> atMost(const QFuture<void> &future, std::chrono::milliseconds limit)
{
    const Completion<void> over;
    auto *watcher = new QFutureWatcher<void>;
    auto *timer = new QTimer(watcher);
    const auto finish = [over, watcher] {
        over.finish();
        watcher->deleteLater();
    };
    QObject::connect(watcher, &QFutureWatcher<void>::finished, watcher, finish);
    QObject::connect(timer, &QTimer::timeout, watcher, finish);
    timer->setSingleShot(true);
    timer->start(limit);
    watcher->setFuture(future);
    return over.future();
}

bool waitAtMost(const QFuture<void> &future, std::chrono::milliseconds limit)
{
    using namespace std::chrono_literals;
    const auto until = std::chrono::steady_clock::now() + limit;
    for (auto pause = 100us; !future.isFinished() && std::chrono::steady_clock::now() < until; pause = std::min<std::chrono::microseconds>(2 * pause, 5ms))
        std::this_thread::sleep_for(pause);
    return future.isFinished();
}

QFuture<void> inBackground(std::function<void()> work)
{
    const auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        work();
        promise->finish();
    });
    return promise->future();
}

QFuture<void> finishedFuture()
{
    QPromise<void> promise;
    promise.start();
    promise.finish();
    return promise.future();
}

QFuture<void> failedFuture(const Error &error)
{
    QPromise<void> promise;
    promise.start();
    promise.setException(error);
    promise.finish();
    return promise.future();
}

} // namespace sluice
