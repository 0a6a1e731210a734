#include "live_session_p.h"

#include "call_execution_p.h"

#include "sluice/base/async.h"
#include "sluice/base/log.h"
#include "sluice/payments/amount.h"

#include <QCoro/QCoroFuture>

namespace sluice {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds PaymentsEndWithin = 5s;
constexpr milliseconds StopWithin = 5s;
/// The same where the network is gone: an answer is hardly to be expected.
constexpr milliseconds LostStopWithin = 500ms;
constexpr milliseconds RetryStop = 200ms;

} // namespace

/// Emits what `signal` emits, unless the caller has released the session.
template <typename F> void LiveSession::Private::tell(F signal)
{
    if (q)
        signal(*q);
}

LiveSession::Private::Private(std::shared_ptr<CallHandle::State> callState)
    : handle(std::move(callState))
    , channels(handle->core->services(), *this)
    , m_payments(handle, *this)
    , m_ready(std::make_shared<QPromise<void>>())
    , m_ending(std::make_shared<QPromise<void>>())
{
    m_ready->start();
    m_ending->start();
    m_alive = handle->core->alive().token().onCancel([this] { end(std::nullopt); });
}

LiveSession::Private::~Private() = default;

QCoro::Task<void> LiveSession::Private::run(std::shared_ptr<Private> d)
{
    std::optional<Error> failure;
    try {
        const BackendCall ready = co_await execution::beginRecord(d->handle);
        co_await open(d, ready);
    } catch (...) {
        failure = execution::currentError();
    }
    const bool wasReady = !failure && !d->m_over;
    if (wasReady) {
        d->channels.watch();
        d->setState(State::Ready);
        d->m_ready->finish();
        const QFuture<void> paying = toFuture(pay(d));
        const QFuture<void> ending = d->m_ending->future();
        co_await ending;
        co_await atMost(paying, PaymentsEndWithin);
    }
    d->m_over = true;
    d->channels.ignoreEnds();
    d->handle->scope.source.cancel();
    if (wasReady || d->m_why || !failure)
        failure = d->m_why;
    if (failure)
        failure = d->handle->recorder->hidden(*failure);
    d->setState(State::Closing);
    co_await shutDown(d);
    co_await keep(d, failure, wasReady);
    d->settle(failure);
}

QCoro::Task<void> LiveSession::Private::open(std::shared_ptr<Private> d, BackendCall ready)
{
    Backend &backend = d->handle->core->backendFor(d->handle->call);
    d->m_job = backend.live(ready, d->handle->recorder);
    if (!d->m_job)
        throw Error(Error::Kind::NotRouted, QStringLiteral("The backend %1 has no live sessions.").arg(d->handle->call.backend));
    const CallContext context = d->handle->scope.context;
    d->started = co_await d->m_job->start(context);
    context.check();
    d->handle->recorder->servedBy(d->started.servedBy);
    d->handle->recorder->balanceReported(d->started.balance);
    const auto step = context.trace->begin(QStringLiteral("channels"));
    d->channels.open(d->started);
}

QCoro::Task<void> LiveSession::Private::pay(std::shared_ptr<Private> d)
{
    co_await d->m_payments.run(*d->m_job);
}

void LiveSession::Private::warn(const QString &sentence)
{
    tell([&, hidden = handle->recorder->hidden(sentence)](LiveSession &session) { Q_EMIT session.warning(hidden); });
}

void LiveSession::Private::onRecord(Channel channel, const Json &record)
{
    if (channel == Channel::Events) {
        handle->recorder->countEvent();
        tell([&](LiveSession &session) { Q_EMIT session.event(record); });
        return;
    }
    handle->recorder->appendPartial(record.dump() + '\n');
    tell([&](LiveSession &session) { Q_EMIT session.data(record); });
}

void LiveSession::Private::onReadToEnd(Channel channel)
{
    tell([&](LiveSession &session) { Q_EMIT session.channelEnded(channel); });
}

void LiveSession::Private::onOutputProblem(const Error &error)
{
    tell([&](LiveSession &session) { Q_EMIT session.outputProblem(error); });
}

void LiveSession::Private::onSourceFailed(const Error &error)
{
    tell([&](LiveSession &session) { Q_EMIT session.sourceFailed(error); });
}

void LiveSession::Private::onSourceEnded()
{
    tell([](LiveSession &session) { Q_EMIT session.sourceEnded(); });
}

void LiveSession::Private::onJobOver(const std::optional<Error> &why)
{
    end(why);
}

void LiveSession::Private::onChannelLost(const Error &error)
{
    Error why = error;
    if (const auto &refused = m_payments.refused())
        why.withMessage(why.message() + QStringLiteral(" The last payment could not be made: %1").arg(refused->message()));
    end(why.withPaymentSent(hasPaid()));
}

void LiveSession::Private::onReleased(const Error &error)
{
    Error why = error;
    end(why.withPaymentSent(hasPaid()));
}

void LiveSession::Private::onFundsUsedUp(const Error &error)
{
    Error why = error;
    why.withMessage(QStringLiteral("The session ended because what was paid for is used up: %1").arg(why.message()));
    end(why.withPaymentSent(hasPaid()));
}

bool LiveSession::Private::hasPaid() const
{
    return handle->recorder->payment().paidWei != QStringLiteral("0");
}

/// After the payments: the channels, then the job.
QCoro::Task<void> LiveSession::Private::shutDown(std::shared_ptr<Private> d)
{
    co_await d->channels.close(d->handle->scope.context.trace);
    if (!d->m_job)
        co_return;
    co_await stopJob(d, d->channels.isNetworkLost() ? LostStopWithin : StopWithin);
}

/// Tried again when the network breaks: a job that was not stopped may run on for minutes.
QCoro::Task<void> LiveSession::Private::stopJob(std::shared_ptr<Private> d, milliseconds limit)
{
    CallContext context;
    context.trace = d->handle->scope.context.trace;
    const CallContext limited = context.within(limit);
    const auto until = steady_clock::now() + limit;
    for (;;) {
        std::optional<Error> failure;
        try {
            co_await d->m_job->stop(limited);
        } catch (const Error &error) {
            failure = error;
        }
        if (!failure)
            co_return;
        if (failure->kind() != Error::Kind::Network || steady_clock::now() + RetryStop >= until) {
            // It ends anyway, with its channels or with its balance.
            qCInfo(logNet, "A live job was not stopped: %s", qUtf8Printable(d->handle->recorder->hidden(*failure).describe()));
            d->warn(QStringLiteral("The orchestrator did not take the job's end: %1").arg(failure->message()));
            co_return;
        }
        const Pause pause(RetryStop, context.cancel);
        const QFuture<void> over = pause.over();
        co_await over;
    }
}

/// Writes down how it ended.
QCoro::Task<void> LiveSession::Private::keep(std::shared_ptr<Private> d, std::optional<Error> failure, bool wasReady)
{
    if (!failure && !wasReady)
        failure = Error(Error::Kind::Canceled, QStringLiteral("The session was closed before the job ran."));
    QByteArray type;
    if (d->channels.url(Channel::Data).isValid())
        type = "application/jsonl";
    co_await execution::endRecord(d->handle, failure, 200, type, std::nullopt);
}

void LiveSession::Private::end(std::optional<Error> why)
{
    if (std::exchange(m_over, true))
        return;
    m_why = std::move(why);
    channels.ignoreEnds();
    // Payments stop with this, before anything else does.
    handle->scope.source.cancel();
    m_ending->finish();
}

void LiveSession::Private::setState(State next)
{
    if (std::exchange(state, next) != next)
        tell([&](LiveSession &session) { Q_EMIT session.stateChanged(next); });
}

void LiveSession::Private::settle(std::optional<Error> failure)
{
    m_alive.reset();
    paymentChanges.reset();
    const bool canceled = failure && failure->kind() == Error::Kind::Canceled;
    if (!m_ready->future().isFinished()) {
        if (failure && !canceled)
            m_ready->setException(*failure);
        else
            m_ready->future().cancel();
        m_ready->finish();
    }
    setState(failure && !canceled ? State::Failed : State::Closed);
    if (failure && !canceled)
        tell([&](LiveSession &session) { Q_EMIT session.failed(*failure); });
    for (const Promise &closer : std::exchange(m_closers, {}))
        closer->finish();
}

QFuture<void> LiveSession::Private::readyFuture()
{
    return m_ready->future();
}

QFuture<void> LiveSession::Private::closeFuture()
{
    end(std::nullopt);
    if (state == State::Closed || state == State::Failed)
        return finishedFuture();
    const auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    m_closers.append(promise);
    return promise->future();
}

QCoro::Task<void> LiveSession::Private::endInput(std::shared_ptr<Private> d)
{
    co_await d->channels.endInput(d->handle->scope.context.cancel);
}

QCoro::Task<void> LiveSession::Private::update(std::shared_ptr<Private> d, Json parameters)
{
    if (d->state != State::Ready)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("The session is not running, so there are no parameters to change."))
            .withAdvice(QStringLiteral("Give them to a new job at its start."));
    if (!parameters.isObject())
        throw Error(Error::Kind::InvalidInput, QStringLiteral("Parameters must be a JSON object."));
    d->handle->recorder->alsoHide(parameters);
    if (d->m_job->updatesOnControl()) {
        trickle::JsonWriter *const control = d->channels.control();
        if (!control)
            throw Error(Error::Kind::NotRouted, QStringLiteral("This job has no control channel, so its parameters cannot be changed."));
        orThrow(control->send(parameters));
        co_return;
    }
    const CallContext context = d->handle->scope.context;
    try {
        co_await d->m_job->update(parameters, context);
    } catch (Error &error) {
        error = d->handle->recorder->hidden(error);
        if (error.kind() == Error::Kind::Network || error.kind() == Error::Kind::Timeout)
            error.withMessage(QStringLiteral("It is not known whether the worker took the change of parameters. ") + error.message())
                .withAdvice(QStringLiteral("Send it again; that does no harm if it was taken."));
        throw;
    }
}

LiveStats LiveSession::Private::stats() const
{
    LiveStats stats = channels.stats();
    // Tickets are bought ahead in lumps, so what was paid per time says little: the price is what the job costs.
    const auto info = handle->core->known(handle->call.id());
    if (info && info->price && info->price->unit == QLatin1String("second") && info->price->pixelsPerUnit > 0)
        stats.weiPerMinute = toDecimal(Wei(Wei(info->price->pricePerUnit) * 60 / info->price->pixelsPerUnit));
    stats.secondsPaidAhead = m_payments.secondsLeft();
    return stats;
}

QUrl LiveSession::Private::appAddress(const QString &path) const
{
    if (state != State::Ready)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("The session is not running, so its app cannot be called.")).withAdvice(QStringLiteral("Reserve another one."));
    return orThrow(m_job->appAddress(path));
}

QCoro::Task<AppReply> LiveSession::Private::request(std::shared_ptr<Private> d, AppCall call, std::function<void(const QByteArray &)> piece, CallContext context)
{
    (void)d->appAddress(call.path);
    AppReply reply;
    std::optional<Error> failure;
    try {
        reply = co_await d->m_job->request(call, piece, context);
    } catch (const Error &error) {
        failure = error;
    }
    d->handle->recorder->countEvent();
    if (const auto why = d->m_job->over())
        d->onJobOver(Error(*why).withPaymentSent(d->hasPaid()));
    if (failure)
        throw d->handle->recorder->hidden(*failure);
    co_return reply;
}

} // namespace sluice
