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

constexpr milliseconds Patience = 3s;
/// A network that is lost for longer ends the session; with the time that this takes it is told within three seconds.
constexpr milliseconds Outage = 1800ms;
/// A worker says something at least every 30 s (byoc.md 8).
constexpr auto HeartbeatLimit = 35s;
constexpr milliseconds WatchPeriod = 5s;
/// After the output has ended; not every worker ends its data.
constexpr milliseconds DataEndsWithin = 1s;
constexpr milliseconds ChannelsEndWithin = 3s;
constexpr milliseconds StopWithin = 5s;
/// The same where channels are gone or the network is: there is hardly anybody to wait for.
constexpr milliseconds LostChannelsEndWithin = 300ms;
constexpr milliseconds LostStopWithin = 500ms;
constexpr milliseconds RetryPayment = 2s;
constexpr milliseconds RetryStop = 200ms;
constexpr milliseconds ControlKeepalive = 10s;

Error aboutOutput(Error error)
{
    if (error.kind() == Error::Kind::Storage)
        return error; // of its recording
    return error.withMessage(QStringLiteral("The output shows no picture. %1").arg(error.message()));
}

QString channelWord(LiveSession::Channel channel)
{
    switch (channel) {
    case LiveSession::Channel::Publish: return QStringLiteral("input");
    case LiveSession::Channel::Subscribe: return QStringLiteral("output");
    case LiveSession::Channel::Control: return QStringLiteral("control");
    case LiveSession::Channel::Events: return QStringLiteral("events");
    case LiveSession::Channel::Data: break;
    }
    return QStringLiteral("data");
}

} // namespace

/// Runs `work` on the session's thread, if the session still is then.
template <typename F> void LiveSession::Private::post(F work)
{
    QMetaObject::invokeMethod(&m_anchor, std::move(work), Qt::QueuedConnection);
}

/// Emits what `signal` says, if anybody may listen.
template <typename F> void LiveSession::Private::tell(F signal)
{
    if (q)
        signal(*q);
}

LiveSession::Private::Private(std::shared_ptr<CallHandle::State> callState)
    : handle(std::move(callState))
    , outlet(meter,
          [this] {
              LiveOutlet::Callbacks callbacks;
              callbacks.warning = [this](const QString &sentence) { post([this, sentence] { warn(sentence); }); };
              callbacks.ended = [this](const Error &error) { post([this, error] { onChannelEnded(Channel::Publish, error); }); };
              callbacks.sourceFailed = [this](const Error &error) {
                  post([this, error] { tell([&](LiveSession &session) { Q_EMIT session.sourceFailed(error); }); });
              };
              callbacks.sourceEnded = [this] { post([this] { tell([](LiveSession &session) { Q_EMIT session.sourceEnded(); }); }); };
              return callbacks;
          }())
    , inlet(meter,
          [this] {
              LiveInlet::Callbacks callbacks;
              callbacks.warning = [this](const QString &sentence) { post([this, sentence] { warn(sentence); }); };
              callbacks.ended = [this](const std::optional<Error> &error) { post([this, error] { onChannelEnded(Channel::Subscribe, error); }); };
              callbacks.undecodable = [this](const Error &error) { post([this, error = aboutOutput(error)] { end(error); }); };
              callbacks.noPicture = [this](const Error &error) {
                  post([this, error = aboutOutput(error)] { tell([&](LiveSession &session) { Q_EMIT session.outputProblem(error); }); });
              };
              return callbacks;
          }())
    , m_ready(std::make_shared<QPromise<void>>())
    , m_ending(std::make_shared<QPromise<void>>())
{
    m_ready->start();
    m_ending->start();
    meter.start();
    QObject::connect(&m_watch, &QTimer::timeout, &m_anchor, [this] { watch(); });
    m_alive = handle->core->alive().token().onCancel([this] { end(std::nullopt); });
}

LiveSession::Private::~Private() = default;

QCoro::Task<void> LiveSession::Private::run(std::shared_ptr<Private> d)
{
    std::optional<Error> failure;
    try {
        const BackendCall ready = co_await execution::beginRecord(d->handle->core, d->handle->recorder, d->handle->call, d->handle->scope.context);
        co_await open(d, ready);
    } catch (...) {
        failure = execution::currentError();
    }
    const bool wasReady = !failure && !d->m_over;
    if (wasReady) {
        d->m_watch.start(WatchPeriod);
        d->setState(State::Ready);
        d->m_ready->finish();
        const QFuture<void> paying = toFuture(payments(d));
        const QFuture<void> ending = d->m_ending->future();
        co_await ending;
        co_await atMost(paying, StopWithin);
    }
    d->m_watch.stop();
    d->m_over = true;
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
    d->openChannels();
}

QUrl LiveSession::Private::channelUrl(Channel channel) const
{
    const auto found = started.channels.find(channel);
    return found == started.channels.end() ? QUrl() : found->second;
}

/// The orchestrator's key was judged when the job was started; another host's is judged at the first connection.
std::shared_ptr<AsioTls> LiveSession::Private::tlsFor(const QUrl &url)
{
    const QString known = handle->core->services().trust().pinned(TlsTrust::hostPort(url));
    if (!known.isEmpty())
        return AsioTls::expecting(known);
    return AsioTls::trusting(handle->core->services().trust(), TrustPolicy::PinOnFirstUse);
}

void LiveSession::Private::openChannels()
{
    const auto step = handle->scope.context.trace->begin(QStringLiteral("channels"));
    std::map<QString, std::shared_ptr<AsioTls>> known;
    const auto judge = [&](const QUrl &url) {
        std::shared_ptr<AsioTls> &tls = known[TlsTrust::hostPort(url)];
        if (!tls)
            tls = tlsFor(url);
        return tls;
    };
    openMedia(judge);
    openRecords(judge);
}

void LiveSession::Private::openMedia(const std::function<std::shared_ptr<AsioTls>(const QUrl &)> &judge)
{
    if (const QUrl url = channelUrl(Channel::Subscribe); !url.isEmpty()) {
        trickle::SubscriberOptions options;
        options.channel = url;
        options.tls = judge(url);
        options.connectTimeout = Patience;
        options.giveUpAfter = Outage;
        inlet.open(handle->core->services().io(), options, started.rawSegments);
    }
    if (const QUrl url = channelUrl(Channel::Publish); !url.isEmpty()) {
        trickle::PublisherOptions options;
        options.channel = url;
        options.tls = judge(url);
        options.connectTimeout = Patience;
        options.chunkTimeout = Patience;
        options.answerTimeout = Patience;
        options.startTimeout = Patience;
        options.outage = Outage; // of video; a raw stream is sent again for a while
        outlet.open(handle->core->services().io(), options, started.rawSegments);
    }
}

void LiveSession::Private::openRecords(const std::function<std::shared_ptr<AsioTls>(const QUrl &)> &judge)
{
    if (const QUrl url = channelUrl(Channel::Events); !url.isEmpty())
        m_events = reader(Channel::Events, judge(url));
    if (const QUrl url = channelUrl(Channel::Data); !url.isEmpty())
        m_data = reader(Channel::Data, judge(url));
    if (const QUrl url = channelUrl(Channel::Control); !url.isEmpty()) {
        trickle::JsonWriterOptions options;
        options.publisher.channel = url;
        options.publisher.tls = judge(url);
        options.publisher.connectTimeout = Patience;
        options.publisher.deleteOnClose = false; // it goes with the job
        options.publisher.hold = trickle::ReadersGrace;
        options.keepalive = ControlKeepalive;
        trickle::Publisher::Callbacks callbacks;
        callbacks.terminal = [this](const Error &error) { post([this, error] { onChannelEnded(Channel::Control, error); }); };
        control = std::make_unique<trickle::JsonWriter>(handle->core->services().io(), options, std::move(callbacks));
    }
}

std::unique_ptr<trickle::JsonReader> LiveSession::Private::reader(Channel channel, std::shared_ptr<AsioTls> tls)
{
    trickle::JsonReaderOptions options;
    options.subscriber.channel = channelUrl(channel);
    options.subscriber.tls = std::move(tls);
    options.subscriber.start = 0; // nothing that was said before this reader came is to be missed
    options.subscriber.connectTimeout = Patience;
    options.subscriber.giveUpAfter = Outage;
    trickle::JsonReader::Callbacks callbacks;
    callbacks.record = [this, channel](const Json &record) { post([this, channel, record] { onRecord(channel, record); }); };
    callbacks.problem = [this](const Error &error) { post([this, sentence = error.message()] { warn(sentence); }); };
    callbacks.ended = [this, channel](const std::optional<Error> &error) { post([this, channel, error] { onChannelEnded(channel, error); }); };
    return std::make_unique<trickle::JsonReader>(handle->core->services().io(), options, std::move(callbacks));
}

void LiveSession::Private::onRecord(Channel channel, const Json &record)
{
    if (channel == Channel::Events) {
        m_lastEvent = steady_clock::now();
        handle->recorder->countEvent();
        tell([&](LiveSession &session) { Q_EMIT session.event(record); });
        return;
    }
    handle->recorder->appendPartial(record.dump() + '\n');
    tell([&](LiveSession &session) { Q_EMIT session.data(record); });
}

/// A channel is gone. Unless the input was ended first, so is the job (byoc.md 9.1).
void LiveSession::Private::onChannelEnded(Channel channel, const std::optional<Error> &error)
{
    if (m_over || !m_ended.insert(channel).second)
        return;
    const bool reads = channel != Channel::Publish && channel != Channel::Control;
    if (reads)
        tell([&](LiveSession &session) { Q_EMIT session.channelEnded(channel); });
    if (m_over)
        return;
    if (m_inputEnded) {
        const bool output = channelUrl(Channel::Subscribe).isEmpty() || m_ended.contains(Channel::Subscribe);
        const bool data = !m_data || m_ended.contains(Channel::Data);
        if (output && data)
            end(std::nullopt);
        else if (output || channel == Channel::Events) // a worker may end its events before its last output
            QTimer::singleShot(output ? DataEndsWithin : Patience, &m_anchor, [this] { end(std::nullopt); });
        return;
    }
    if (channel == Channel::Data && !error)
        return; // a worker may have said all it has to say
    const bool gone = !error || error->httpStatus() == 404;
    const bool ended = gone || error->kind() == Error::Kind::TrickleTerminal;
    QString sentence;
    if (gone)
        sentence = QStringLiteral("The %1 channel is gone: the worker ended, or the orchestrator removed the job.").arg(channelWord(channel));
    else if (ended)
        sentence = QStringLiteral("The %1 channel ended, and with it the job. %2").arg(channelWord(channel), error->message());
    else
        sentence = QStringLiteral("The connection to the %1 channel was lost. %2").arg(channelWord(channel), error->message());
    if (m_fundsRefused)
        sentence += QStringLiteral(" The last payment could not be made: %1").arg(m_fundsRefused->message());
    Error why(ended ? Error::Kind::TrickleTerminal : Error::Kind::Network, sentence);
    m_channelLost = true;
    m_networkLost = !gone;
    why.withAdvice(QStringLiteral("What came so far is kept; start again for a new job."))
        .withRequest(QByteArray(), channelUrl(channel))
        .withPaymentSent(handle->recorder->payment().paidWei != QStringLiteral("0"));
    end(why);
}

/// Polls for silent workers and idle channels.
void LiveSession::Private::watch()
{
    if (++m_watchTicks % 12 == 0)
        outlet.keepAlive();
    if (m_lastEvent && steady_clock::now() - *m_lastEvent > HeartbeatLimit) {
        end(Error(Error::Kind::Timeout, QStringLiteral("The worker has said nothing for %1 s, so it is taken for dead.")
                                            .arg(std::chrono::seconds(HeartbeatLimit).count()))
                .withAdvice(QStringLiteral("What came so far is kept; start again for a new job.")));
    }
}

QCoro::Task<void> LiveSession::Private::payments(std::shared_ptr<Private> d)
{
    while (!d->m_over) {
        milliseconds next = RetryPayment;
        // A session may run for days: of all its looks at the balance only the payments go down in its trace.
        CallContext context = d->handle->scope.context;
        context.trace = std::make_shared<Trace>();
        try {
            const LiveFunding funding = co_await d->m_job->pay(context);
            next = funding.next;
            d->m_paymentTrouble = false;
            d->onFunding(funding);
        } catch (const Error &error) {
            if (d->m_over || error.kind() == Error::Kind::Canceled)
                co_return;
            // The next try asks for the balance first, so nothing is paid twice.
            if (!std::exchange(d->m_paymentTrouble, true))
                d->warn(QStringLiteral("A payment did not go through and is tried again: %1").arg(error.message()));
        }
        if (d->m_over)
            co_return;
        const Pause pause(next, context.cancel);
        const QFuture<void> over = pause.over();
        co_await over;
    }
}

void LiveSession::Private::onFunding(const LiveFunding &funding)
{
    if (!funding.balance.isEmpty())
        handle->recorder->balanceReported(funding.balance);
    if (funding.paid)
        handle->scope.context.trace->mark(QStringLiteral("payment"), QStringLiteral("%1 s ahead").arg(funding.secondsLeft));
    if (funding.disputedSeconds && !m_balanceDisputed)
        warn(QStringLiteral("The orchestrator says that %1 s are paid for; by this program's own count %2 s are, and no more is paid ahead. It may end the job.")
                 .arg(funding.secondsLeft).arg(*funding.disputedSeconds));
    m_balanceDisputed = funding.disputedSeconds.has_value();
    if (!funding.refused) {
        m_fundsRefused.reset();
        return;
    }
    if (funding.usedUp) {
        Error why = *funding.refused;
        end(why.withMessage(QStringLiteral("The session ended because what was paid for is used up: %1").arg(why.message()))
                .withPaymentSent(handle->recorder->payment().paidWei != QStringLiteral("0")));
        return;
    }
    if (!m_fundsRefused)
        warn(QStringLiteral("Nothing further can be paid; the session ends in about %1 s. %2").arg(funding.secondsLeft).arg(funding.refused->message()));
    m_fundsRefused = funding.refused;
}

/// After the payments: the channels, then the job.
QCoro::Task<void> LiveSession::Private::shutDown(std::shared_ptr<Private> d)
{
    co_await closeChannels(d, d->m_channelLost ? LostChannelsEndWithin : ChannelsEndWithin);
    if (d->m_events)
        d->m_events->stop();
    if (d->m_data)
        d->m_data->stop();
    const QFuture<void> decoded = d->inlet.close();
    co_await decoded;
    const auto sent = d->outlet.record(nullptr);
    const auto received = d->inlet.record(nullptr);
    const QFuture<void> recorded = inBackground([sent, received] {
        for (const auto &file : {sent, received}) {
            if (file)
                file->close();
        }
    });
    co_await recorded;
    if (!d->m_job)
        co_return;
    co_await stopJob(d, d->m_networkLost ? LostStopWithin : StopWithin);
}

/// A network that breaks just now is tried again: a job that nobody stopped may run on for minutes.
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

/// All at a time: what cannot be sent on one channel must not keep the others waiting.
QCoro::Task<void> LiveSession::Private::closeChannels(std::shared_ptr<Private> d, milliseconds limit)
{
    const auto step = d->handle->scope.context.trace->begin(QStringLiteral("close channels"));
    const auto until = steady_clock::now() + limit;
    QList<QFuture<void>> closing;
    closing.append(d->outlet.close());
    if (d->control)
        closing.append(d->control->close());
    for (const QFuture<void> &one : closing) {
        const auto left = std::chrono::ceil<milliseconds>(until - steady_clock::now());
        const QFuture<void> bounded = atMost(one, std::max(left, milliseconds(0)));
        co_await bounded;
    }
}

/// Writes down how it ended.
QCoro::Task<void> LiveSession::Private::keep(std::shared_ptr<Private> d, std::optional<Error> failure, bool wasReady)
{
    if (!failure && !wasReady)
        failure = Error(Error::Kind::Canceled, QStringLiteral("The session was closed before the job ran."));
    QByteArray type;
    if (d->channelUrl(Channel::Data).isValid())
        type = "application/jsonl";
    co_await execution::endRecord(d->handle, failure, 200, type, std::nullopt);
}

void LiveSession::Private::end(std::optional<Error> why)
{
    if (std::exchange(m_over, true))
        return;
    m_why = std::move(why);
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

void LiveSession::Private::warn(const QString &sentence)
{
    tell([&, hidden = handle->recorder->hidden(sentence)](LiveSession &session) { Q_EMIT session.warning(hidden); });
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
    d->m_inputEnded = true;
    d->outlet.finish();
    const Pause pause(trickle::ReadersGrace, d->handle->scope.context.cancel);
    const QFuture<void> over = pause.over();
    co_await over;
    const QFuture<void> closed = d->outlet.close();
    co_await closed;
}

QFuture<void> LiveSession::Private::record(Channel channel, const QString &fileName)
{
    if (channel != Channel::Publish && channel != Channel::Subscribe)
        return failedFuture(Error(Error::Kind::InvalidInput, QStringLiteral("Only the input and the output can be recorded as video.")));
    std::shared_ptr<TsRecorder> recording;
    if (!fileName.isEmpty()) {
        auto opened = TsRecorder::open(fileName);
        if (!opened)
            return failedFuture(opened.error());
        recording = *opened;
    }
    std::shared_ptr<TsRecorder> former;
    if (channel == Channel::Publish)
        former = outlet.record(recording);
    else
        former = inlet.record(recording);
    if (!former)
        return finishedFuture();
    return inBackground([former] { former->close(); });
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
        if (!d->control)
            throw Error(Error::Kind::NotRouted, QStringLiteral("This job has no control channel, so its parameters cannot be changed."));
        orThrow(d->control->send(parameters));
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
    LiveStats stats;
    stats.out = outlet.traffic();
    stats.in = inlet.traffic();
    const media::LatencySnapshot snapshot = meter.snapshot();
    if (snapshot.framesIn > 0 || stats.in.frames > 0)
        stats.latency = std::make_shared<const media::LatencySnapshot>(snapshot);
    // Tickets are bought ahead in lumps, so what was paid per time says little: the price is what the job costs.
    const auto info = handle->core->known(handle->call.id());
    if (info && info->price && info->price->unit == QLatin1String("second") && info->price->pixelsPerUnit > 0)
        stats.weiPerMinute = toDecimal(Wei(Wei(info->price->pricePerUnit) * 60 / info->price->pixelsPerUnit));
    return stats;
}

} // namespace sluice
