#include "await.h"

#include "interrupt.h"

#include "sluice/base/async.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QTimer>

#include <chrono>

namespace sluice::ctl {

namespace {

/// In which a cancelled call closes its connection and is written down.
constexpr std::chrono::milliseconds Moment{700};

} // namespace

QFuture<void> endOrInterruption(QFuture<void> future)
{
    const Completion<void> over;
    auto *watcher = new QFutureWatcher<void>;
    const auto finish = [over, watcher] {
        over.finish();
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
    return over.future();
}

QFuture<void> interruption()
{
    const Completion<void> over;
    QObject::connect(&Interrupt::instance(), &Interrupt::interrupted, &Interrupt::instance(), [over] { over.finish(); });
    if (Interrupt::instance().happened())
        over.finish();
    return over.future();
}

QFuture<void> lettingGo()
{
    const Completion<void> over;
    Interrupt &interrupt = Interrupt::instance();
    QObject::connect(&interrupt, &Interrupt::interrupted, &interrupt, [over] { over.finish(); });
    QObject::connect(&interrupt, &Interrupt::letGo, &interrupt, [over] { over.finish(); });
    if (interrupt.happened() || interrupt.isLetGo())
        over.finish();
    return over.future();
}

} // namespace sluice::ctl
