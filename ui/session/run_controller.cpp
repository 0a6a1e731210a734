#include "run_controller_p.h"

#include "sluice/base/follow.h"

namespace sluice::ui {

std::unique_ptr<RunController::Private> RunController::Private::start(Gateway &gateway, const Call &call, const CapabilityId &id)
{
    auto d = std::make_unique<Private>();
    d->call = call;
    d->id = id;
    d->timer.start();
    if (call.verb == Verb::Run)
        d->run = gateway.run(call);
    else if (call.verb == Verb::Live)
        d->live = gateway.live(call);
    else
        d->stream = gateway.stream(call);
    return d;
}

void RunController::Private::watch(RunController *q)
{
    if (live)
        watchLive(q);
    else if (stream)
        watchStream(q);
    else
        watchRun(q);
}

const CallHandle &RunController::Private::handle() const
{
    if (live)
        return *live;
    if (stream)
        return *stream;
    return run;
}

void RunController::Private::watchRun(RunController *q)
{
    paymentChanges = run.onPaymentChanged([this, q] {
        payment = run.payment();
        trace = run.trace();
        Q_EMIT q->paymentChanged(payment);
        Q_EMIT q->traceChanged();
    });
    const auto ended = [this, q](State how) {
        paymentChanges.reset();
        payment = run.payment();
        trace = run.trace();
        if (payment.balanceAfter)
            lastBalance = *payment.balanceAfter;
        settle(q, how);
    };
    follow(
        QFuture<RunResult>(run), q,
        [this, ended](const RunResult &answer) {
            result = answer;
            ended(State::Succeeded);
        },
        [this, ended](const Error &problem) {
            error = problem;
            ended(problem.kind() == Error::Kind::Canceled ? State::Canceled : State::Failed);
        },
        [this, ended] {
            error = Error(Error::Kind::Canceled, RunController::tr("Stopped before an answer came."));
            ended(State::Canceled);
        });
}

void RunController::Private::watchStream(RunController *q)
{
    StreamResponse *source = stream.get();
    QObject::connect(source, &StreamResponse::event, q, [this, q](const StreamEvent &item) {
        ++eventCount;
        Q_EMIT q->event(item);
    });
    QObject::connect(source, &StreamResponse::balance, q, [this, q](const QString &wei) {
        lastBalance = wei;
        Q_EMIT q->balanceChanged(wei);
    });
    QObject::connect(source, &StreamResponse::paymentChanged, q, [this, q](const Payment &now) {
        payment = now;
        trace = stream->trace();
        Q_EMIT q->paymentChanged(now);
        Q_EMIT q->traceChanged();
    });
    QObject::connect(source, &StreamResponse::opened, q, [this, q] {
        trace = stream->trace();
        Q_EMIT q->traceChanged();
    });
    QObject::connect(source, &StreamResponse::failed, q, [this](const Error &problem) { error = problem; });
    QObject::connect(source, &StreamResponse::finished, q, [this, q](StreamResponse::End end) {
        payment = stream->payment();
        trace = stream->trace();
        if (payment.balanceAfter)
            lastBalance = *payment.balanceAfter;
        settle(q, end == StreamResponse::End::Failed ? State::Failed : State::Succeeded);
    });
}

void RunController::Private::watchLive(RunController *q)
{
    LiveSession *source = live.get();
    const auto readTrace = [this, q] {
        trace = live->trace();
        Q_EMIT q->traceChanged();
    };
    QObject::connect(source, &LiveSession::paymentChanged, q, [this, q, readTrace](const Payment &now) {
        payment = now;
        // A live job may last for hours: its purse is shown as the orchestrator tells of it, not at the end.
        if (payment.balanceAfter && lastBalance != *payment.balanceAfter) {
            lastBalance = *payment.balanceAfter;
            Q_EMIT q->balanceChanged(lastBalance);
        }
        Q_EMIT q->paymentChanged(now);
        readTrace();
    });
    QObject::connect(source, &LiveSession::stateChanged, q, [this, q, readTrace](LiveSession::State now) {
        readTrace();
        if (now == LiveSession::State::Closed)
            settle(q, State::Succeeded);
    });
    QObject::connect(source, &LiveSession::failed, q, [this, q](const Error &problem) {
        error = problem;
        settle(q, problem.kind() == Error::Kind::Canceled ? State::Canceled : State::Failed);
    });
}

void RunController::Private::settle(RunController *q, State newState)
{
    if (state != State::Running)
        return;
    state = newState;
    finalElapsed = std::chrono::milliseconds(timer.elapsed());
    Q_EMIT q->paymentChanged(payment);
    Q_EMIT q->traceChanged();
    if (!lastBalance.isEmpty())
        Q_EMIT q->balanceChanged(lastBalance);
    Q_EMIT q->stateChanged(newState);
    if (newState == State::Succeeded)
        Q_EMIT q->succeeded(result);
    else if (newState == State::Failed)
        Q_EMIT q->failed(error);
}

RunController::RunController(std::unique_ptr<Private> priv, QObject *parent)
    : QObject(parent)
    , d(std::move(priv))
{
    d->watch(this);
}

RunController::~RunController()
{
    // Nobody is left to tell, so the call ends without a word; its socket and reservation are freed by core.
    if (d->run.CallHandle::isValid())
        d->run.cancel();
}

const Call &RunController::call() const
{
    return d->call;
}

CapabilityId RunController::capabilityId() const
{
    return d->id;
}

QString RunController::runId() const
{
    return d->handle().runId();
}

QUrl RunController::servedBy() const
{
    return d->handle().servedBy();
}

LiveSession *RunController::live() const
{
    return d->live.get();
}

void RunController::setTickets(const QList<TicketView> &tickets)
{
    d->payment.tickets = tickets;
    Q_EMIT paymentChanged(d->payment);
}

RunController::State RunController::state() const
{
    return d->state;
}

QDateTime RunController::startedAt() const
{
    return d->startedAt;
}

std::chrono::milliseconds RunController::elapsed() const
{
    return d->state == State::Running ? std::chrono::milliseconds(d->timer.elapsed()) : d->finalElapsed;
}

const RunResult &RunController::result() const
{
    return d->result;
}

const Error &RunController::error() const
{
    return d->error;
}

QStringList RunController::notes() const
{
    return d->stream ? d->stream->notes() : d->result.notes;
}

Payment RunController::payment() const
{
    return d->payment;
}

QList<TraceSpan> RunController::trace() const
{
    return d->trace;
}

int RunController::eventCount() const
{
    return d->eventCount;
}

QString RunController::lastBalance() const
{
    return d->lastBalance;
}

void RunController::cancel()
{
    if (d->state != State::Running)
        return;
    if (d->live) {
        d->live->close(); // which ends payments, channels and the job in turn, and then says so
    } else if (d->stream) {
        d->stream->close();
        d->payment = d->stream->payment();
        d->trace = d->stream->trace();
        d->settle(this, State::Canceled);
    } else {
        d->run.cancel();
    }
}

} // namespace sluice::ui
