#include "sluice/runner/live_registration.h"

#include "sluice/base/async.h"
#include "sluice/base/log.h"
#include "sluice/base/task.h"
#include "sluice/net/http_client.h"
#include "sluice/net/origin_policy.h"
#include "sluice/runner/live_heartbeat_p.h"
#include "sluice/trickle/json_channel.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QElapsedTimer>
#include <QtCore/QHash>
#include <QtCore/QUuid>

namespace sluice {

using std::chrono::milliseconds;

namespace {
constexpr milliseconds FarewellLimit{2'000};
constexpr milliseconds ShortestInterval{50};
} // namespace

class LiveRegistration::Private {
public:
    Private(LiveRegistration *owner, IoThread &ioThread, LiveAppConfig given)
        : q(owner)
        , io(ioThread)
        , config(std::move(given))
        , trust(pins)
        , http(trust)
        , base(config.orchestrator)
        , runnerId(config.runnerId)
    {
        if (runnerId.isEmpty())
            runnerId = QStringLiteral("sluice-") + QUuid::createUuid().toString(QUuid::Id128);
        if (!config.fingerprint.isEmpty())
            pins.save(TlsTrust::hostPort(config.orchestrator), config.fingerprint);
        clock.start();
    }

    static QCoro::Task<void> run(std::shared_ptr<Private> d);
    static QCoro::Task<milliseconds> beat(std::shared_ptr<Private> d);
    static QCoro::Task<void> farewell(std::shared_ptr<Private> d);
    void take(const live_heartbeat::Answer &answer, qint64 askedAt);
    void listen(const QUrl &channel);
    void onEvent(const Json &event);
    void open(const QString &id);
    void end(const QString &id);
    void setState(State next);
    void tell(const Error &error);
    milliseconds failed(const Error &error);
    [[nodiscard]] QUrl at(const QString &path) const;
    [[nodiscard]] HttpRequest request(const QString &path, const Secret &secret) const;

    LiveRegistration *q; ///< null once it is gone
    IoThread &io;
    const LiveAppConfig config;
    MemoryPinStore pins;
    TlsTrust trust;
    HttpClient http;
    QUrl base;       ///< for the next call
    QString runnerId;
    Secret secret;   ///< of the registration; empty: there is none
    milliseconds interval{5'000};
    milliseconds retry{0};
    State state = State::Registering;
    QString lastProblem;
    QHash<QString, qint64> sessions; ///< and when they were first heard of
    QElapsedTimer clock;
    std::unique_ptr<trickle::JsonReader> events;
    CancelSource over;
    QFuture<void> running;
    std::optional<QFuture<void>> closing;
};

QUrl LiveRegistration::Private::at(const QString &path) const
{
    QUrl url = base.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    QString front = url.path(QUrl::FullyEncoded);
    while (front.endsWith(QLatin1Char('/')))
        front.chop(1);
    url.setPath(front + path, QUrl::StrictMode);
    return url;
}

HttpRequest LiveRegistration::Private::request(const QString &path, const Secret &authorization) const
{
    HttpRequest request;
    request.method = "POST";
    request.url = at(path);
    request.trust = TrustPolicy::PinOnFirstUse;
    request.headers = Headers{{"Authorization", authorization.expose().toByteArray()}};
    request.maxBodyBytes = live_heartbeat::MaxAnswerBytes;
    return request;
}

QCoro::Task<void> LiveRegistration::Private::run(std::shared_ptr<Private> d)
{
    while (!d->over.token().isCanceled() && d->state != State::Closed) {
        const milliseconds next = co_await beat(d);
        const Pause pause(next, d->over.token());
        const QFuture<void> until = pause.over();
        co_await until;
    }
}

/// One heartbeat; how long to wait after it.
QCoro::Task<milliseconds> LiveRegistration::Private::beat(std::shared_ptr<Private> d)
{
    const bool first = d->secret.isEmpty();
    HttpRequest post = d->request(QStringLiteral("/runners/heartbeat"), first ? d->config.secret : d->secret);
    post.headers.emplaceBack("Content-Type", "application/json");
    post.body = live_heartbeat::body(d->config, d->runnerId, d->sessions.keys()).dump();
    CallContext context;
    context.cancel = d->over.token();
    const CallContext limited = context.within(d->config.requestTimeout);
    const qint64 askedAt = d->clock.elapsed();
    HttpResponse response;
    std::optional<Error> failure;
    try {
        response = co_await d->http.send(post, limited);
    } catch (const Error &error) {
        failure = error;
    }
    if (d->over.token().isCanceled())
        co_return milliseconds(0);
    if (!failure && response.status == 200) {
        const auto answer = live_heartbeat::parseAnswer(response.body);
        if (!answer)
            co_return d->failed(answer.error());
        d->take(*answer, askedAt);
        co_return std::as_const(d->interval);
    }
    if (!failure)
        failure = Error(Error::Kind::Http, QStringLiteral("The orchestrator answered the heartbeat of %1 with %2: %3").arg(d->config.app).arg(response.status).arg(QString::fromUtf8(response.body.left(200)).trimmed()))
                      .withRequest("POST", post.url).withHttp(response.status, response.body);
    if (response.status == 400) {
        d->setState(State::Closed); // what it said of itself does not get right by repetition
        d->tell(failure->withAdvice(QStringLiteral("Correct what the orchestrator says, and register again.")));
        co_return milliseconds(0);
    }
    const bool forgotten = response.status == 401 || response.status == 404;
    if (forgotten) {
        // It was restarted, or swept this runner: as at the first time, with the bootstrap secret, at the address that a person gave.
        d->secret = Secret();
        d->base = d->config.orchestrator;
        d->events.reset();
        if (!first) {
            d->setState(State::Lost);
            co_return milliseconds(0);
        }
        if (response.status == 401)
            failure->withAdvice(QStringLiteral("Check the orchestrator's secret. If another process has this runner id, it takes up to 25 s until the id is free."));
        co_return std::max(d->failed(*failure), std::min(d->interval, milliseconds(1'000)));
    }
    co_return d->failed(*failure);
}

milliseconds LiveRegistration::Private::failed(const Error &error)
{
    if (state == State::Ready)
        setState(State::Lost);
    tell(error);
    retry = retry.count() == 0 ? config.firstRetry : std::min(retry * 2, std::max(interval, config.firstRetry));
    return retry;
}

void LiveRegistration::Private::tell(const Error &error)
{
    if (std::exchange(lastProblem, error.message()) == error.message())
        return;
    qCInfo(logRunner).noquote() << "live runner:" << error.describe();
    if (q)
        Q_EMIT q->problem(error);
}

void LiveRegistration::Private::take(const live_heartbeat::Answer &answer, qint64 askedAt)
{
    retry = milliseconds(0);
    lastProblem.clear();
    runnerId = answer.runnerId;
    interval = std::max(answer.interval, ShortestInterval);
    if (!answer.orchestrator.isEmpty()) {
        // The secret goes there: never to a server that the orchestrator's address could not lead to.
        const auto origin = Origin::of(config.orchestrator);
        const auto allowed = origin ? OriginPolicy(*origin).check(answer.orchestrator, OriginPolicy::Scope::AnyHost, QStringLiteral("orchestrator")) : Expected<void>(unexpected(origin.error()));
        if (allowed)
            base = answer.orchestrator;
        else
            tell(allowed.error());
    }
    if (!answer.secret.isEmpty())
        secret = Secret(QByteArrayView(answer.secret));
    if (!answer.events.isEmpty())
        listen(answer.events);
    setState(State::Ready);
    if (!answer.sessionIds)
        return;
    for (const QString &id : *answer.sessionIds)
        open(id);
    const QStringList known = sessions.keys();
    for (const QString &id : known) {
        if (!answer.sessionIds->contains(id) && sessions.value(id) < askedAt)
            end(id);
    }
}

/// A new channel for each registration: an old one's events are over.
void LiveRegistration::Private::listen(const QUrl &channel)
{
    events.reset();
    const auto origin = Origin::of(base);
    if (!origin || !OriginPolicy(*origin).check(channel, OriginPolicy::Scope::SameHost, QStringLiteral("channel"))) {
        tell(Error(Error::Kind::Protocol, QStringLiteral("The orchestrator names a channel for events on another server; it is not read.")));
        return;
    }
    trickle::JsonReaderOptions options;
    options.subscriber.channel = channel;
    options.subscriber.start = 0;
    options.subscriber.maxSegmentBytes = 64 * 1024;
    options.subscriber.tls = AsioTls::trusting(trust, TrustPolicy::PinOnFirstUse);
    options.style = trickle::JsonStyle::Message;
    trickle::JsonReader::Callbacks callbacks;
    callbacks.record = [this](const Json &event) { QMetaObject::invokeMethod(q, [this, event] { onEvent(event); }, Qt::QueuedConnection); };
    events = std::make_unique<trickle::JsonReader>(io, std::move(options), std::move(callbacks));
}

/// Events are hints; whatever is none of the two is nothing.
void LiveRegistration::Private::onEvent(const Json &event)
{
    const QString what = event.value(QStringLiteral("event")).toString();
    const QString id = event.value(QStringLiteral("session")).toString();
    if (id.isEmpty() || id.size() > 256)
        return;
    if (what == QLatin1String("reserved"))
        open(id);
    else if (what == QLatin1String("released"))
        end(id);
}

void LiveRegistration::Private::open(const QString &id)
{
    if (id.isEmpty() || sessions.contains(id) || state == State::Closed)
        return;
    sessions.insert(id, clock.elapsed());
    if (q)
        Q_EMIT q->sessionOpened(id);
}

void LiveRegistration::Private::end(const QString &id)
{
    if (sessions.remove(id) > 0 && q)
        Q_EMIT q->sessionEnded(id);
}

void LiveRegistration::Private::setState(State next)
{
    if (std::exchange(state, next) == next)
        return;
    if (next == State::Ready)
        qCInfo(logRunner).noquote() << "registered" << config.app << "as a live runner with" << config.orchestrator.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    if (q)
        Q_EMIT q->stateChanged(next);
}

QCoro::Task<void> LiveRegistration::Private::farewell(std::shared_ptr<Private> d)
{
    d->over.cancel();
    const QFuture<void> loop = d->running;
    if (loop.isValid())
        co_await loop;
    d->events.reset();
    if (!d->secret.isEmpty()) {
        HttpRequest post = d->request(QStringLiteral("/runners/%1/unregister").arg(QString::fromLatin1(QUrl::toPercentEncoding(d->runnerId))), d->secret);
        const CallContext limited = CallContext().within(FarewellLimit);
        try {
            co_await d->http.send(post, limited);
        } catch (const Error &error) {
            qCInfo(logRunner).noquote() << "could not unregister" << d->config.app << error.describe();
        }
        d->secret = Secret();
    }
    const QStringList known = d->sessions.keys();
    for (const QString &id : known)
        d->end(id);
    d->setState(State::Closed);
}

LiveRegistration::LiveRegistration(IoThread &io, LiveAppConfig config, QObject *parent)
    : QObject(parent)
    , d(std::make_shared<Private>(this, io, std::move(config)))
{
}

LiveRegistration::~LiveRegistration()
{
    d->events.reset(); // no event comes from here on
    d->q = nullptr;
    d->over.cancel();
}

Expected<void> LiveRegistration::start()
{
    if (const auto sound = d->config.check(); !sound)
        return sound;
    if (!d->running.isValid() || d->running.isFinished())
        d->running = toFuture(Private::run(d));
    return {};
}

QFuture<void> LiveRegistration::close()
{
    if (!d->closing)
        d->closing = toFuture(Private::farewell(d));
    return *d->closing;
}

LiveRegistration::State LiveRegistration::state() const
{
    return d->state;
}

QString LiveRegistration::runnerId() const
{
    return d->runnerId;
}

QUrl LiveRegistration::orchestrator() const
{
    return d->base;
}

QStringList LiveRegistration::sessionIds() const
{
    return d->sessions.keys();
}

void LiveRegistration::openSession(const QString &id)
{
    d->open(id);
}

} // namespace sluice
