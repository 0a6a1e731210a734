#include "live_session_p.h"

#include "sluice/base/async.h"
#include "sluice/gateway/app_socket.h"
#include "sluice/net/tls_trust.h"

namespace sluice {

LiveSession::LiveSession(std::shared_ptr<Private> shared)
    : CallHandle(shared->handle)
    , d(std::move(shared))
{
    d->q = this;
    d->paymentChanges = onPaymentChanged([weak = std::weak_ptr(d)] {
        const auto session = weak.lock();
        if (session && session->q)
            Q_EMIT session->q->paymentChanged(session->q->payment());
    });
    // Begins with the next turn of the event loop, when the caller has connected its slots.
    QMetaObject::invokeMethod(this, [session = d] { Private::run(session); }, Qt::QueuedConnection);
}

LiveSession::~LiveSession()
{
    d->q = nullptr;
    d->channels.outlet().setPreview({});
    d->channels.inlet().setFrameHandler({});
    d->channels.inlet().setAudioHandler({});
    d->channels.inlet().setRawHandler({});
    d->end(std::nullopt);
}

LiveSession::State LiveSession::state() const
{
    return d->state;
}

QFuture<void> LiveSession::ready()
{
    return d->readyFuture();
}

QFuture<void> LiveSession::close()
{
    return d->closeFuture();
}

QString LiveSession::streamId() const
{
    return d->started.streamId;
}

Json LiveSession::raw() const
{
    return d->started.raw;
}

LiveStats LiveSession::stats() const
{
    return d->stats();
}

QUrl LiveSession::channelUrl(Channel channel) const
{
    return d->channels.url(channel);
}

void LiveSession::publish(std::shared_ptr<media::VideoSource> source, const PublishOptions &options)
{
    d->channels.outlet().setSource(std::move(source), options);
}

void LiveSession::setPaused(bool paused)
{
    d->channels.outlet().setPaused(paused);
}

bool LiveSession::isPaused() const
{
    return d->channels.outlet().isPaused();
}

void LiveSession::setFrameHandler(std::function<void(const media::Frame &)> handler)
{
    d->channels.inlet().setFrameHandler(std::move(handler));
}

void LiveSession::setAudioHandler(std::function<void(const media::AudioChunk &)> handler)
{
    d->channels.inlet().setAudioHandler(std::move(handler));
}

void LiveSession::setPreviewHandler(std::function<void(const media::Frame &)> handler)
{
    d->channels.outlet().setPreview(std::move(handler));
}

void LiveSession::markShown(qint64 pts)
{
    d->channels.meter().mark(pts, media::Stage::Shown);
}

bool LiveSession::writeRaw(const QByteArray &bytes, bool endSegment)
{
    return d->state == State::Ready && d->channels.outlet().writeRaw(bytes, endSegment);
}

QFuture<void> LiveSession::endInput()
{
    return toFuture(Private::endInput(d));
}

void LiveSession::setRawHandler(std::function<void(const QByteArray &, qint64, bool)> handler)
{
    d->channels.inlet().setRawHandler(std::move(handler));
}

QFuture<void> LiveSession::update(const Json &parameters)
{
    return toFuture(Private::update(d, parameters));
}

QFuture<void> LiveSession::control(const Json &record)
{
    if (d->state != State::Ready)
        return failedFuture(Error(Error::Kind::InvalidInput, QStringLiteral("The session is not running, so nothing can be sent to the job.")));
    trickle::JsonWriter *const channel = d->channels.control();
    if (!channel)
        return failedFuture(Error(Error::Kind::NotRouted, QStringLiteral("This job has no control channel.")));
    const auto sent = channel->send(record);
    return sent ? finishedFuture() : failedFuture(sent.error());
}

QUrl LiveSession::appUrl() const
{
    return d->started.appUrl;
}

QFuture<AppReply> LiveSession::request(const AppCall &call, std::function<void(const QByteArray &)> piece)
{
    CancelSource source;
    const auto scope = std::make_shared<CallScope>(d->handle->scope.context.cancel, source);
    const auto held = [](std::shared_ptr<CallScope> kept, QCoro::Task<AppReply> task) -> QCoro::Task<AppReply> {
        const auto keeping = kept;
        co_return co_await task;
    };
    CallContext context = scope->context;
    return toFuture(held(scope, Private::request(d, call, std::move(piece), context)), source);
}

std::unique_ptr<AppSocket> LiveSession::openSocket(const QString &path)
{
    TlsTrust &trust = d->handle->core->services().trust();
    try {
        return std::unique_ptr<AppSocket>(new AppSocket(d->appAddress(path), trust, d->handle->scope.context.cancel));
    } catch (const Error &error) {
        return std::unique_ptr<AppSocket>(new AppSocket(error, trust));
    }
}

QFuture<void> LiveSession::record(Channel channel, const QString &fileName)
{
    return d->channels.record(channel, fileName);
}

} // namespace sluice
