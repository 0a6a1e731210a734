#include "stream_response_p.h"

#include "sluice/gateway/chat_delta.h"
#include "sluice/gateway/stored_events.h"
#include "sluice/payments/spend_limits.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QMetaMethod>

#include <algorithm>
#include <array>

namespace sluice {

namespace {

/// Events that wait for somebody to pull them; then the connection is read no further.
constexpr std::size_t QueueBound = 256;

} // namespace

StreamResponse::Private::Private(std::shared_ptr<GatewayCore> gatewayCore, Call streamedCall)
    : core(std::move(gatewayCore))
    , call(std::move(streamedCall))
    , scope(core->alive().token())
    , recorder(std::make_shared<CallRecorder>(core->data(), call, scope.context.trace))
{
    recorded.start();
}

bool StreamResponse::Private::pushes() const
{
    static const QMetaMethod eventSignal = QMetaMethod::fromSignal(&StreamResponse::event);
    return q && q->isSignalConnected(eventSignal);
}

QCoro::Task<void> StreamResponse::Private::pump(std::shared_ptr<Private> d)
{
    const auto recorder = d->recorder;
    std::optional<Error> failure;
    End end = End::Failed;
    try {
        co_await execution::beginRecord(d->core, recorder, d->call, d->scope.context);
        end = co_await transfer(d);
    } catch (...) {
        failure = execution::currentError();
    }
    if (d->m_funding) {
        d->m_fundingEnd.cancel();
        const QFuture<void> funded = d->m_funded;
        co_await funded;
        d->m_funding.reset();
    }
    if (d->closed) {
        end = End::Closed;
        failure = Error(Error::Kind::Canceled, QStringLiteral("The stream was closed."));
    }
    if (d->core->limits())
        d->core->limits()->forgetCall(recorder->runId());
    if (failure) {
        failure = recorder->hidden(*failure);
        co_await recorder->failed(*failure);
    } else {
        co_await recorder->succeeded(200, "text/event-stream", std::nullopt);
    }
    d->settle(end, failure);
    d->recorded.finish();
}

QCoro::Task<StreamResponse::End> StreamResponse::Private::transfer(std::shared_ptr<Private> d)
{
    const CallContext context = d->scope.context;
    const byoc::JobAnswer answer = co_await execution::submit(d->core, d->call, d->recorder, context);
    d->servedBy = answer.orchestrator;
    d->keepPaid(answer);
    const qsizetype bound = d->call.limits.maxAnswerBytes;
    byoc::EventReader reader(answer, d->core->config().streamIdleTimeout, {bound, bound});
    const QByteArray contentType = headers::value(answer.headers, "Content-Type");
    if (const QString note = execution::packedNote(answer); !note.isEmpty())
        d->notes.append(note);
    if (d->q && !d->closed)
        Q_EMIT d->q->opened(answer.status);
    if (const QByteArray balance = answer.balance(); !balance.isEmpty() && d->q && !d->closed)
        Q_EMIT d->q->balance(QString::fromLatin1(balance));
    auto first = std::make_optional(context.trace->begin(QStringLiteral("first event")));
    for (;;) {
        if (d->closed)
            co_return End::Closed;
        byoc::StreamItem item;
        try {
            item = co_await reader.next();
        } catch (const Error &) {
            d->recorder->keepReceived(contentType, reader.received());
            throw;
        }
        first.reset();
        if (item.kind == byoc::StreamItem::Kind::Done || item.kind == byoc::StreamItem::Kind::Eof) {
            const End end = item.kind == byoc::StreamItem::Kind::Done ? End::Done : End::Eof;
            d->judgeEnd(end, reader.isOtherShape());
            co_return end;
        }
        if (!d->deliver(item, answer))
            continue;
        d->m_room = std::make_shared<QPromise<void>>();
        d->m_room->start();
        const QFuture<void> room = d->m_room->future();
        co_await room;
    }
}

void StreamResponse::Private::keepPaid(const byoc::JobAnswer &answer)
{
    m_funding = StreamFunding::of(core, call, answer, recorder);
    if (!m_funding)
        return;
    CallContext context = scope.context;
    context.cancel = m_fundingEnd.token();
    m_funded = toFuture(m_funding->run([this](const QString &note) { addNote(note); }, context));
}

/// True when the queue is full.
bool StreamResponse::Private::deliver(const byoc::StreamItem &item, const byoc::JobAnswer &answer)
{
    using Kind = byoc::StreamItem::Kind;
    switch (item.kind) {
    case Kind::Event:
        queueEvent({item.event.data, item.event.event, item.event.id, item.event.retry});
        break;
    case Kind::Balance:
        recorder->balanceReported(item.text.toLatin1());
        if (q && !closed)
            Q_EMIT q->balance(item.text);
        break;
    case Kind::InsufficientBalance:
        throw byoc::insufficientBalanceError(answer);
    case Kind::WorkerError:
        recorder->appendPartial(storedForm(StreamEvent{item.event.data, item.event.event, item.event.id, item.event.retry}));
        throw byoc::workerFailedError(answer, item.text);
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

void StreamResponse::Private::addNote(const QString &note)
{
    notes.append(note);
    recorder->addNote(note);
}

void StreamResponse::Private::judgeEnd(End end, bool otherShape)
{
    if (otherShape)
        addNote(QStringLiteral("The answer did not come as the stream of events that was asked for."));
    else if (end == End::Eof && m_finishReason.isEmpty())
        addNote(QStringLiteral("The stream ended without its mark ([DONE]): the answer may be cut short."));
    static const QStringList tooLong{QStringLiteral("length"), QStringLiteral("max_tokens"), QStringLiteral("max_output_tokens")};
    if (tooLong.contains(m_finishReason))
        addNote(QStringLiteral("The answer was cut at the most tokens that it may have (%1).").arg(m_finishReason));
    else if (m_finishReason == QLatin1String("content_filter") || m_finishReason == QLatin1String("refusal"))
        addNote(QStringLiteral("The answer was cut by its model's filter (%1).").arg(m_finishReason));
}

void StreamResponse::Private::queueEvent(const StreamEvent &event)
{
    watchForMark(event);
    recorder->appendPartial(storedForm(event));
    if (closed)
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
    recorder->onPaymentChanged({});
    scope.source.cancel();
    if (m_room)
        std::exchange(m_room, nullptr)->finish();
    for (const Promise &promise : std::exchange(m_waiting, {})) {
        promise->addResult(std::nullopt);
        promise->finish();
    }
}

StreamResponse::StreamResponse(std::shared_ptr<Private> shared)
    : d(std::move(shared))
{
    d->q = this;
    d->recorder->onPaymentChanged([weak = std::weak_ptr(d)] {
        const auto state = weak.lock();
        if (state && state->q && !state->closed)
            Q_EMIT state->q->paymentChanged(state->recorder->payment());
    });
    // Begins with the next turn of the event loop, when the caller has connected what it wants to hear.
    QMetaObject::invokeMethod(this, [state = d] { Private::pump(state); }, Qt::QueuedConnection);
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

QFuture<void> StreamResponse::recorded() const
{
    return d->recorded.future();
}

QString StreamResponse::runId() const
{
    return d->recorder->runId();
}

QStringList StreamResponse::notes() const
{
    return d->notes;
}

QUrl StreamResponse::servedBy() const
{
    return d->servedBy;
}

Payment StreamResponse::payment() const
{
    return d->recorder->payment();
}

QList<TraceSpan> StreamResponse::trace() const
{
    return d->scope.context.trace->spans();
}

} // namespace sluice
