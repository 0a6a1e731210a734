#include "client_p.h"

#include "sluice/net/websocket_problem.h"

#include <QtCore/QUuid>
#include <QtNetwork/QNetworkRequest>
#include <QtWebSockets/QWebSocketHandshakeOptions>

#include <algorithm>

namespace sluice::llmworker {

namespace {

constexpr std::chrono::milliseconds LongestPause{5'000};
constexpr quint64 MaxIncoming = 64 * 1024 * 1024;

Error canceled()
{
    return Error(Error::Kind::Canceled, QStringLiteral("The job is not followed any more."));
}

/// In seconds, as people say it: what is left of a limit is seldom a round number.
double inTenths(std::chrono::milliseconds limit)
{
    return double(limit.count() < 100 ? limit.count() : (limit.count() + 50) / 100 * 100) / 1000;
}

} // namespace

ClientJob::ClientJob()
    : d(std::make_unique<Private>())
{
}

ClientJob::~ClientJob() = default;

QString ClientJob::id() const
{
    return d->id;
}

ClientJob::State ClientJob::state() const
{
    return d->state;
}

QString ClientJob::text() const
{
    return d->text;
}

bool ClientJob::isWhole() const
{
    return d->whole;
}

const std::optional<Error> &ClientJob::error() const
{
    return d->error;
}

Client::Private::Private(Options given)
    : options(std::move(given))
{
    socket.setMaxAllowedIncomingFrameSize(MaxIncoming);
    socket.setMaxAllowedIncomingMessageSize(MaxIncoming);
    connecting.setSingleShot(true);
    again.setSingleShot(true);
    connect(&socket, &QWebSocket::connected, this, &Private::onConnected);
    connect(&socket, &QWebSocket::textMessageReceived, this, &Private::onText);
    connect(&socket, &QWebSocket::pong, this, [this] { awaitsPong = false; });
    connect(&socket, &QWebSocket::stateChanged, this, [this](QAbstractSocket::SocketState state) {
        if (state == QAbstractSocket::UnconnectedState)
            QMetaObject::invokeMethod(this, &Private::onBroken, Qt::QueuedConnection); // not from within the socket
    });
    connect(&connecting, &QTimer::timeout, this, [this] {
        tookTooLong = true;
        socket.abort();
    });
    connect(&again, &QTimer::timeout, this, &Private::open);
    connect(&pinging, &QTimer::timeout, this, [this] {
        if (std::exchange(awaitsPong, true))
            socket.abort();
        else
            socket.ping();
    });
}

Client::Private::~Private()
{
    socket.disconnect(this);
    const auto open = jobs.values() + pending;
    for (const auto &job : open)
        end(job, canceled());
}

void Client::Private::open()
{
    if (socket.state() != QAbstractSocket::UnconnectedState)
        return;
    if (!broken.isValid())
        broken.start();
    ++tries;
    tookTooLong = false;
    connecting.start(options.connectTimeout);
    QWebSocketHandshakeOptions handshake;
    handshake.setSubprotocols({QString::fromLatin1(ExtensionsProtocol)});
    QNetworkRequest request(options.url);
    if (!options.key.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + options.key.expose().toByteArray());
    socket.open(request, handshake);
}

void Client::Private::onConnected()
{
    connecting.stop();
    tries = 0;
    awaitsPong = false;
    extensions.clear();
    pinging.start(options.pingInterval);
    // A server that has any tells of them first.
    if (socket.subprotocol() != QLatin1String(ExtensionsProtocol))
        ready();
}

void Client::Private::ready()
{
    isReady = true;
    broken.invalidate();
    const auto open = jobs.values();
    for (const auto &job : open)
        listenTo(job);
    const QList<Json> messages = std::exchange(unsent, {});
    for (const Json &message : messages)
        send(message);
    if (whenReady)
        std::exchange(whenReady, std::nullopt)->finish();
}

void Client::Private::send(const Json &message)
{
    if (isReady) {
        socket.sendTextMessage(QString::fromUtf8(message.dump()));
        return;
    }
    unsent.append(message);
    if (!again.isActive())
        open();
}

Error Client::Private::unreachable() const
{
    Error error = tookTooLong // the socket was given up here, and knows no reason
        ? Error(Error::Kind::Timeout, QStringLiteral("The LLM worker did not answer in time: not within %1 s.").arg(double(options.connectTimeout.count()) / 1000))
        : Error(Error::Kind::Network, QStringLiteral("There is no connection to the LLM worker: %1.").arg(websocketProblem(socket.errorString())));
    return error.withRequest("GET", options.url).withAdvice(QStringLiteral("See whether it runs there; its address ends in /ws/."));
}

void Client::Private::onBroken()
{
    if (socket.state() != QAbstractSocket::UnconnectedState)
        return; // another try has begun
    connecting.stop();
    pinging.stop();
    const bool was = std::exchange(isReady, false);
    if (was)
        failPending();
    for (const auto &question : std::exchange(questions, {}))
        question.fail(unreachable());
    if (!was && whenReady)
        std::exchange(whenReady, std::nullopt)->fail(unreachable());
    // What was never sent, because there was no connection from the start, is not tried for ever.
    if (!broken.isValid())
        broken.start();
    if (jobs.isEmpty() && pending.isEmpty()) {
        unsent.clear();
        broken.invalidate();
        return;
    }
    const bool first = jobs.isEmpty() && !was;
    if (first || broken.elapsed() > options.giveUp.count())
        giveUp(unreachable());
    else
        retry();
}

/// The connection ended before these were answered: the first of them is why, most likely (llm-worker.md 6).
void Client::Private::failPending()
{
    // Qt has 1000 where no Close came at all.
    const bool restarts = socket.closeCode() == QWebSocketProtocol::CloseCodeGoingAway || int(socket.closeCode()) == 1012;
    bool first = true;
    for (const auto &job : std::exchange(pending, {})) {
        Error error(Error::Kind::Network, QStringLiteral("The LLM worker ended the connection before it took the job."));
        if (std::exchange(first, false) && !restarts)
            error = Error(Error::Kind::InvalidInput, QStringLiteral("The LLM worker rejected the request: it ended the connection instead of an answer."))
                        .withAdvice(QStringLiteral("Check the template and the history; a worker answers to what is malformed by hanging up."));
        end(job, error.withRequest("GET", options.url));
    }
}

void Client::Private::giveUp(const Error &error)
{
    broken.invalidate();
    unsent.clear();
    tries = 0;
    const auto open = jobs.values() + pending;
    for (const auto &job : open)
        end(job, error);
}

void Client::Private::retry()
{
    const auto pause = std::min<std::chrono::milliseconds>(options.retryPause * std::max(0, tries), LongestPause);
    again.start(pause);
}

void Client::Private::watch(const std::shared_ptr<ClientJob> &job)
{
    ClientJob::Private &data = *job->d;
    const std::weak_ptr<ClientJob> weak = job;
    const auto late = [this, weak](const QString &what) {
        if (const auto open = weak.lock()) {
            if (extensions.contains(QLatin1String("cancel")) && !open->id().isEmpty())
                send(CancelRequest{open->id()}.toJson());
            end(open, Error(Error::Kind::Timeout, what).withRequest("GET", options.url));
        }
    };
    data.total.setSingleShot(true);
    data.idle.setSingleShot(true);
    connect(&data.total, &QTimer::timeout, this, [late, limit = data.limits.total] {
        late(QStringLiteral("The LLM worker did not end the job within %1 s.").arg(inTenths(limit)));
    });
    connect(&data.idle, &QTimer::timeout, this, [late, limit = data.limits.idle] {
        late(QStringLiteral("The LLM worker told nothing more of the job for %1 s.").arg(double(limit.count()) / 1000));
    });
    if (data.limits.total.count() > 0)
        data.total.start(data.limits.total);
}

void Client::Private::follow(const std::shared_ptr<ClientJob> &job)
{
    job->d->state = ClientJob::State::Waiting;
    jobs.insert(job->d->id, job);
}

void Client::Private::listenTo(const std::shared_ptr<ClientJob> &job)
{
    ListenRequest listen;
    listen.jobId = job->d->id;
    listen.replay = extensions.contains(QLatin1String("replay"));
    listen.tellStreams = job->d->tellStreams && extensions.contains(QLatin1String("streams"));
    job->d->whole = false; // until a replay says that it is
    send(listen.toJson());
}

void Client::Private::onText(const QString &text)
{
    const auto message = ServerMessage::parse(text.toUtf8());
    if (!message) {
        socket.abort(); // no worker of any kind; what is open is tried again, for a while
        return;
    }
    take(*message);
}

void Client::Private::take(const ServerMessage &message)
{
    using Kind = ServerMessage::Kind;
    if (message.kind == Kind::Extensions) {
        for (const Json &name : message.json.value(QStringLiteral("names")).items())
            extensions.append(name.toString());
        if (!isReady)
            ready();
        return;
    }
    if (message.kind == Kind::Jobs) {
        if (!questions.isEmpty())
            questions.takeFirst().finish(message.json);
        return;
    }
    if (message.kind == Kind::RespAdd) {
        const auto it = std::find_if(pending.begin(), pending.end(), [&](const auto &job) { return job->d->key == message.id; });
        if (it == pending.end())
            return;
        const auto job = *it;
        pending.erase(it);
        job->d->id = message.jobId;
        follow(job);
        Q_EMIT job->accepted();
        return;
    }
    const auto job = jobs.value(message.jobId);
    if (!job)
        return; // another one's
    if (message.kind == Kind::Running)
        takeText(job, message);
    else if (message.kind == Kind::Stream)
        takeNews(job, message);
    else if (message.kind == Kind::Done)
        end(job, std::nullopt);
    else if (message.kind == Kind::Failed)
        end(job, Error(Error::Kind::Http, message.message.isEmpty() ? QStringLiteral("The job failed; the worker does not say why.") : message.message).withRequest("GET", options.url));
}

void Client::Private::takeNews(const std::shared_ptr<ClientJob> &job, const ServerMessage &message)
{
    ClientJob::Private &data = *job->d;
    data.state = ClientJob::State::Running;
    if (data.limits.idle.count() > 0)
        data.idle.start(data.limits.idle);
    Json news = message.json;
    news.remove(QStringLiteral("type"));
    news.remove(QStringLiteral("job_id"));
    if (!data.streams.isNews(news))
        return;
    data.aside += news.value(QStringLiteral("message")).toString().size();
    if (data.aside > data.limits.maxText) {
        end(job, Error(Error::Kind::TooLarge, QStringLiteral("The streams before the answer have more than the %1 characters that are accepted.").arg(data.limits.maxText)));
        return;
    }
    Q_EMIT job->told(news);
}

void Client::Private::takeText(const std::shared_ptr<ClientJob> &job, const ServerMessage &message)
{
    ClientJob::Private &data = *job->d;
    data.state = ClientJob::State::Running;
    if (data.limits.idle.count() > 0)
        data.idle.start(data.limits.idle);
    QString fresh = message.message;
    if (message.replay) {
        // What was told before stands at its beginning.
        fresh = message.message.startsWith(data.text) ? message.message.mid(data.text.size()) : message.message;
        if (!message.message.startsWith(data.text))
            data.text.clear();
        data.whole = true;
    }
    if (data.text.size() + fresh.size() > data.limits.maxText) {
        end(job, Error(Error::Kind::TooLarge, QStringLiteral("The answer has more than the %1 characters that are accepted.").arg(data.limits.maxText)));
        return;
    }
    data.text += fresh;
    if (!fresh.isEmpty())
        Q_EMIT job->fragment(fresh);
}

void Client::Private::forget(const std::shared_ptr<ClientJob> &job)
{
    pending.removeOne(job);
    if (jobs.value(job->d->id) == job)
        jobs.remove(job->d->id);
}

void Client::Private::end(const std::shared_ptr<ClientJob> &job, std::optional<Error> error)
{
    const auto kept = job; // also by what is told
    forget(kept);
    if (kept->isOver())
        return;
    kept->d->total.stop();
    kept->d->idle.stop();
    kept->d->error = std::move(error);
    kept->d->state = kept->d->error ? ClientJob::State::Failed : ClientJob::State::Done;
    Q_EMIT kept->ended();
}

Client::Client(Options options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(options)))
{
}

Client::~Client() = default;

QFuture<void> Client::connected()
{
    if (d->isReady)
        return finishedFuture();
    if (!d->whenReady)
        d->whenReady.emplace();
    const QFuture<void> future = d->whenReady->future();
    if (!d->again.isActive())
        d->open();
    return future;
}

std::shared_ptr<ClientJob> Client::add(AddRequest request, const JobLimits &limits)
{
    const std::shared_ptr<ClientJob> job(new ClientJob);
    request.id = QUuid::createUuid().toString(QUuid::Id128);
    job->d->key = request.id;
    job->d->limits = limits;
    job->d->tellStreams = request.tellStreams;
    d->watch(job);
    d->pending.append(job);
    d->send(request.toJson());
    return job;
}

std::shared_ptr<ClientJob> Client::listen(const QString &jobId, const JobLimits &limits, bool tellStreams)
{
    const std::shared_ptr<ClientJob> job(new ClientJob);
    job->d->id = jobId;
    job->d->limits = limits;
    job->d->whole = false;
    job->d->tellStreams = tellStreams;
    d->watch(job);
    if (const auto other = d->jobs.value(jobId))
        d->end(other, canceled()); // the last one counts, as at the server
    d->follow(job);
    if (d->isReady)
        d->listenTo(job);
    else if (!d->again.isActive())
        d->open();
    return job;
}

void Client::cancel(const std::shared_ptr<ClientJob> &job)
{
    if (job->isOver())
        return;
    if (d->isReady && !job->id().isEmpty() && d->extensions.contains(QLatin1String("cancel")))
        d->send(CancelRequest{job->id()}.toJson());
    d->end(job, canceled());
}

void Client::leave(const std::shared_ptr<ClientJob> &job)
{
    d->end(job, canceled());
}

void Client::cancelById(const QString &jobId)
{
    if (d->isReady && d->extensions.contains(QLatin1String("cancel")))
        d->send(CancelRequest{jobId}.toJson());
}

QFuture<Json> Client::jobs()
{
    const Completion<Json> question;
    if (!d->isReady) {
        question.fail(d->unreachable());
    } else if (!d->extensions.contains(QLatin1String("jobs"))) {
        question.fail(Error(Error::Kind::NotRouted, QStringLiteral("This LLM worker does not tell what waits and runs."))
                          .withAdvice(QStringLiteral("Only those of Sluice do, begun with --list-jobs.")));
    } else {
        d->questions.append(question);
        d->send(JobsRequest().toJson());
    }
    return question.future();
}

QStringList Client::extensions() const
{
    return d->extensions;
}

} // namespace sluice::llmworker
