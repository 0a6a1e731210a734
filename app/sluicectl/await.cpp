#include "await.h"

#include "interrupt.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QPromise>
#include <QtCore/QTimer>

#include <chrono>
#include <memory>

namespace sluice::ctl {

namespace {

/// In which a cancelled call closes its connection and is written down.
constexpr std::chrono::milliseconds Moment{700};

} // namespace

QFuture<void> endOrInterruption(QFuture<void> future)
{
    const auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    auto *watcher = new QFutureWatcher<void>;
    const auto finish = [promise, watcher] {
        if (promise->future().isFinished())
            return;
        promise->finish();
        watcher->deleteLater();
    };
    auto interrupt = [future, watcher, finish]() mutable {
        future.cancel();
        QTimer::singleShot(Moment, watcher, finish);
    };
    QObject::connect(watcher, &QFutureWatcher<void>::finished, watcher, finish);
    QObject::connect(&Interrupt::instance(), &Interrupt::interrupted, watcher, interrupt);
    watcher->setFuture(future);
    if (Interrupt::instance().happened())
        interrupt();
    return promise->future();
}

} // namespace sluice::ctl
