#include "live_support_p.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QThreadPool>

namespace sluice {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

void TrafficMeter::add(qsizetype bytes)
{
    const auto now = steady_clock::now();
    const std::lock_guard lock(m_mutex);
    m_bytes += bytes;
    m_last = now;
    m_recent.emplace_back(now, bytes);
    while (m_recent.size() > 4096 || m_recent.front().first < now - 1s)
        m_recent.pop_front();
}

qint64 TrafficMeter::bytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

double TrafficMeter::kilobitsPerSecond() const
{
    const auto since = steady_clock::now() - 1s;
    const std::lock_guard lock(m_mutex);
    qint64 sum = 0;
    for (const auto &[at, bytes] : m_recent)
        sum += at >= since ? bytes : 0;
    return double(sum) * 8 / 1000;
}

std::optional<std::chrono::milliseconds> TrafficMeter::idle() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_last)
        return std::nullopt;
    return std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - *m_last);
}

Pause::Pause(std::chrono::milliseconds length, const CancelToken &cancel)
{
    m_promise->start();
    const auto finish = [promise = m_promise] {
        if (!promise->future().isFinished())
            promise->finish();
    };
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, finish);
    m_timer.start(length);
    m_cancel = cancel.onCancel(finish);
}

QFuture<void> atMost(const QFuture<void> &future, std::chrono::milliseconds limit)
{
    const auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    auto *watcher = new QFutureWatcher<void>;
    auto *timer = new QTimer(watcher);
    const auto finish = [promise, watcher] {
        if (promise->future().isFinished())
            return;
        promise->finish();
        watcher->deleteLater();
    };
    QObject::connect(watcher, &QFutureWatcher<void>::finished, watcher, finish);
    QObject::connect(timer, &QTimer::timeout, watcher, finish);
    timer->setSingleShot(true);
    timer->start(limit);
    watcher->setFuture(future);
    return promise->future();
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
