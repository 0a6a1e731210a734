#include "stream_response_p.h"

#include "sluice/gateway/chat_delta.h"
#include "sluice/gateway/stored_events.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QMetaMethod>

#include <algorithm>
#include <array>

namespace sluice {

namespace {

/// Events that wait to be pulled; at this many the connection is read no further.
constexpr std::size_t QueueBound = 256;

} // namespace

StreamResponse::Private::Private(std::shared_ptr<CallHandle::State> callState)
    : state(std::move(callState))
{
}

bool StreamResponse::Private::pushes() const
{
    static const QMetaMethod eventSignal = QMetaMethod::fromSignal(&StreamResponse::event);
    return q && q->isSignalConnected(eventSignal);
}

QCoro::Task<void> StreamResponse::Private::pump(std::shared_ptr<Private> d)
{
    std::optional<Error> failure;
    End end = End::Failed;
    try {
        const BackendCall ready = co_await execution::beginRecord(d->state);
        end = co_await transfer(d, ready);
    } catch (...) {
        failure = execution::currentError();
    }
    if (d->m_source) {
        co_await d->m_source->close();
        d->m_source.reset();
    }
    if (d->closed) {
        end = End::Closed;
        failure = Error(Error::Kind::Canceled, QStringLiteral("The stream was closed."));
    }
    failure = co_await execution::endRecord(d->state, failure, 200, "text/event-stream", std::nullopt);
    d->settle(end, failure);
}

QCoro::Task<StreamResponse::End> StreamResponse::Private::transfer(std::shared_ptr<Private> d, BackendCall ready)
{
    const CallContext context = d->state->scope.context;
    Backend &backend = d->state->core->backendFor(d->state->call);
    const std::shared_ptr<EventSource> source = co_await backend.stream(ready, d->state->recorder, context);
    d->m_source = source;
    if (d->q && !d->closed)
        Q_EMIT d->q->opened(source->status());
    auto first = std::make_optional(context.trace->begin(QStringLiteral("first event")));
    for (;;) {
        if (d->closed)
            co_return End::Closed;
        const EventSource::Item item = co_await source->next();
        if (item.kind != EventSource::Item::Kind::Balance)
            first.reset();
        if (item.isEnd()) {
            const End end = item.kind == EventSource::Item::Kind::Done ? End::Done : End::Eof;
            d->judgeEnd(end, source->isOtherShape());
            co_return end;
        }
        if (!d->deliver(item))
            continue;
        d->m_room = std::make_shared<QPromise<void>>();
        d->m_room->start();
        const QFuture<void> room = d->m_room->future();
        co_await room;
    }
}

/// True when the queue is full.
bool StreamResponse::Private::deliver(const EventSource::Item &item)
{
    using Kind = EventSource::Item::Kind;
    switch (item.kind) {
    case Kind::Event:
        queueEvent(item.event);
        break;
    case Kind::Balance:
        state->recorder->balanceReported(item.text.toLatin1());
        if (q && !closed)
            Q_EMIT q->balance(item.text);
        break;
    case Kind::Failed:
        state->recorder->appendPartial(storedForm(item.event));
        throw item.error;
    case Kind::Done:
    case Kind::Eof:
        break;
    }
    return m_queue.size() >= QueueBound;
}

/// An answer of a chat says by itself that it is complete, whether or not the stream's mark follows.
void StreamResponse::Private::watchForMark(const StreamEvent &event)
{
    static const std::array marks{QLatin1String("finish_reason"), QLatin1String("stop_reason"), QLatin1String("\"done"),
        QLatin1String("message_stop"), QLatin1String("response.")};
    if (std::none_of(marks.begin(), marks.end(), [&](QLatin1String mark) { return event.data.contains(mark); }))
        return;
    const QString reason = parseChatDelta(event).finishReason;
    if (!reason.isEmpty() && m_finishReason.isEmpty())
        m_finishReason = reason;
}

void StreamResponse::Private::judgeEnd(End end, bool otherShape)
{
    if (otherShape)
        state->recorder->note(QStringLiteral("The answer did not come as the stream of events that was asked for."));
    else if (end == End::Eof && m_finishReason.isEmpty())
        state->recorder->note(QStringLiteral("The stream ended without its mark ([DONE]): the answer may be cut short."));
    static const QStringList tooLong{QStringLiteral("length"), QStringLiteral("max_tokens"), QStringLiteral("max_output_tokens")};
    if (tooLong.contains(m_finishReason))
        state->recorder->note(QStringLiteral("The answer was cut at the most tokens that it may have (%1).").arg(m_finishReason));
    else if (m_finishReason == QLatin1String("content_filter") || m_finishReason == QLatin1String("refusal"))
        state->recorder->note(QStringLiteral("The answer was cut by its model's filter (%1).").arg(m_finishReason));
}

void StreamResponse::Private::queueEvent(const StreamEvent &event)
{
    watchForMark(event);
    state->recorder->appendPartial(storedForm(event));
    if (closed || unattended)
        return;
    m_queue.push_back(event);
    drain();
}

void StreamResponse::Private::drain()
{
    // A slot may close or delete the stream: look again each time.
    while (!m_queue.empty() && pushes() && !closed) {
        const StreamEvent event = std::move(m_queue.front());
        m_queue.pop_front();
        Q_EMIT q->event(event);
    }
    while (!m_queue.empty() && !m_waiting.empty()) {
        const Promise promise = std::move(m_waiting.front());
        m_waiting.pop_front();
        promise->addResult(std::optional(std::move(m_queue.front())));
        m_queue.pop_front();
        promise->finish();
    }
    if (m_room && m_queue.size() < QueueBound)
        std::exchange(m_room, nullptr)->finish();
}

QFuture<std::optional<StreamEvent>> StreamResponse::Private::pull()
{
    pulled = true;
    const auto promise = std::make_shared<QPromise<std::optional<StreamEvent>>>();
    promise->start();
    const auto future = promise->future();
    m_waiting.push_back(promise);
    drain();
    if (m_end)
        settle(*m_end, m_failure);
    return future;
}

void StreamResponse::Private::settle(End end, const std::optional<Error> &failure)
{
    const bool firstTime = !m_end;
    m_end = end;
    m_failure = failure;
    // What is still queued goes first; it is taken by drain() when it is asked for.
    if (m_queue.empty()) {
        for (const Promise &promise : std::exchange(m_waiting, {})) {
            if (failure && end == End::Failed)
                promise->setException(*failure);
            else
                promise->addResult(std::nullopt);
            promise->finish();
        }
    }
    if (!firstTime || !q || closed)
        return;
    if (end == End::Failed && failure)
        Q_EMIT q->failed(*failure);
    if (q && !closed)
        Q_EMIT q->finished(end);
}

void StreamResponse::Private::close()
{
    if (std::exchange(closed, true) || m_end)
        return;
    m_queue.clear();
    paymentChanges.reset();
    state->scope.source.cancel();
    if (m_room)
        std::exchange(m_room, nullptr)->finish();
    for (const Promise &promise : std::exchange(m_waiting, {})) {
        promise->addResult(std::nullopt);
        promise->finish();
    }
}

StreamResponse::StreamResponse(std::shared_ptr<Private> shared)
    : CallHandle(shared->state)
    , d(std::move(shared))
{
    d->q = this;
    d->paymentChanges = onPaymentChanged([weak = std::weak_ptr(d)] {
        const auto stream = weak.lock();
        if (stream && stream->q && !stream->closed)
            Q_EMIT stream->q->paymentChanged(stream->q->payment());
    });
    // Begins with the next turn of the event loop, when the caller has connected what it wants to hear.
    QMetaObject::invokeMethod(this, [stream = d] { Private::pump(stream); }, Qt::QueuedConnection);
}

StreamResponse::~StreamResponse()
{
    d->q = nullptr;
    d->close();
}

QFuture<std::optional<StreamEvent>> StreamResponse::next()
{
    Q_ASSERT_X(!d->pushes(), "StreamResponse::next", "connect to event() or pull with next(), not both");
    return d->pull();
}

void StreamResponse::close()
{
    d->close();
}

void StreamResponse::connectNotify(const QMetaMethod &signal)
{
    if (signal != QMetaMethod::fromSignal(&StreamResponse::event))
        return;
    Q_ASSERT_X(!d->pulled, "StreamResponse::event", "connect to event() or pull with next(), not both");
    // Deferred: the connection is not complete yet.
    QMetaObject::invokeMethod(this, [state = d] { state->drain(); }, Qt::QueuedConnection);
}

} // namespace sluice
