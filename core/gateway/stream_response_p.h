#pragma once

#include "call_execution_p.h"

#include "sluice/gateway/stream_response.h"

#include <QtCore/QPromise>

#include <deque>

namespace sluice {

/// What a StreamResponse shares with the coroutine that feeds it. Outlives the object that the caller owns.
class StreamResponse::Private : public std::enable_shared_from_this<StreamResponse::Private> {
public:
    explicit Private(std::shared_ptr<CallHandle::State> callState);

    /// The whole of `stream`, recorded in every outcome.
    static QCoro::Task<void> pump(std::shared_ptr<Private> d);

    QFuture<std::optional<StreamEvent>> pull();
    void close();
    /// Answers waiting pulls with queued events.
    void drain();
    [[nodiscard]] bool pushes() const;

    const std::shared_ptr<CallHandle::State> state;
    StreamResponse *q = nullptr; ///< null once the caller dropped it
    Subscription paymentChanges;
    bool closed = false;
    bool unattended = false; ///< events are not pulled: history keeps them
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }
    bool pulled = false;

private:
    using Promise = std::shared_ptr<QPromise<std::optional<StreamEvent>>>;

    static QCoro::Task<End> transfer(std::shared_ptr<Private> d, BackendCall ready);
    [[nodiscard]] bool deliver(const EventSource::Item &item);
    void queueEvent(const StreamEvent &event);
    void watchForMark(const StreamEvent &event);
    void judgeEnd(End end, bool otherShape);
    void settle(End end, const std::optional<Error> &failure);

    std::deque<StreamEvent> m_queue;
    std::deque<Promise> m_waiting;
    std::shared_ptr<QPromise<void>> m_room; ///< the pump waits here while the queue is full
    QString m_finishReason; ///< why the answer ended, in its own word; says that it is complete
    std::shared_ptr<EventSource> m_source;
    std::optional<End> m_end;
    std::optional<Error> m_failure;
};

} // namespace sluice
