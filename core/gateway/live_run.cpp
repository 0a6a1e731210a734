#include "sluice/gateway/live_run.h"

#include <QtCore/QEventLoop>
#include <QtCore/QTimer>

namespace sluice {

LiveRunResult runLive(Gateway &gateway, const Call &call, const LiveRunOptions &options)
{
    using State = LiveSession::State;
    LiveRunResult result;
    QEventLoop loop;
    const std::unique_ptr<LiveSession> session = gateway.live(call);
    LiveSession *const running = session.get();
    QTimer end;
    end.setSingleShot(true);
    QObject::connect(&end, &QTimer::timeout, running, [running] { running->close(); });
    QObject::connect(running, &LiveSession::failed, running, [&](const Error &error) { result.error = error; });
    QObject::connect(running, &LiveSession::sourceFailed, running, [&](const Error &error) {
        result.error = error;
        running->close();
    });
    QObject::connect(running, &LiveSession::sourceEnded, running, [running] { running->endInput(); });
    QObject::connect(running, &LiveSession::stateChanged, &loop, [&](State state) {
        if (state == State::Ready && options.duration.count() > 0)
            end.start(options.duration);
        // Queued, so that failed() comes first.
        if (state == State::Closed || state == State::Failed)
            QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    if (options.event)
        QObject::connect(running, &LiveSession::event, running, options.event);
    if (options.data)
        QObject::connect(running, &LiveSession::data, running, options.data);
    running->setFrameHandler(options.frame);
    if (!options.recordTo.isEmpty()) {
        // A file that cannot be made is known at once.
        QFuture<void> recording = running->record(LiveSession::Channel::Subscribe, options.recordTo);
        try {
            recording.waitForFinished();
        } catch (const Error &error) {
            result.error = error;
            return result;
        }
    }
    if (options.source)
        running->publish(options.source, options.publish);
    loop.exec();
    result.runId = running->runId();
    result.stats = running->stats();
    result.payment = running->payment();
    return result;
}

} // namespace sluice
