#include "orchestrator_live_p.h"

#include "sluice/base/log.h"
#include "sluice/trickle/json_lines.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace sluice::byoc {

namespace {
using Clock = std::chrono::steady_clock;
} // namespace

void Orchestrator::Server::watchChannels()
{
    m_segments = trickle->onSegmentBegin([this](const QByteArray &channel, qint64) {
        for (const auto &[id, stream] : streams) {
            const QByteArray name = id.toUtf8();
            if (channel == name || channel == name + "-control")
                stream->lastSign = Clock::now();
        }
    });
    m_removals = trickle->onRemoved([this](const QByteArray &channel) {
        const auto all = streams; // ending one changes the list
        for (const auto &[id, stream] : all) {
            if (stream->running && channel.startsWith(id.toUtf8()))
                channelGone(stream, channel);
        }
    });
}

void Orchestrator::Server::channelGone(const std::shared_ptr<LiveStream> &stream, const QByteArray &channel)
{
    const QByteArray name = stream->id.toUtf8();
    if (channel == name + "-out" && stream->has(StreamChannel::Output) && !stream->drainUntil) {
        endStream(stream, QStringLiteral("the worker closed its channel"));
        return;
    }
    if (channel == name && stream->has(StreamChannel::Input)) {
        // The worker sees the end of its input too and may still have something to give.
        stream->drainUntil = Clock::now() + options.drainTimeout;
        scheduleLiveCheck(stream);
    }
    if (stream->drainUntil && !trickle->channel(name + "-out") && !trickle->channel(name + "-data"))
        endStream(stream, QStringLiteral("the input was closed or idle for too long"));
}

void Orchestrator::Server::scheduleLiveCheck(const std::shared_ptr<LiveStream> &stream)
{
    const auto now = Clock::now();
    auto next = stream->nextDebit;
    next = std::min(next, now + std::max<Clock::duration>(options.channelSweep, std::chrono::milliseconds(10)));
    if (stream->drainUntil)
        next = std::min(next, *stream->drainUntil);
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(std::max<Clock::duration>(next - now, {}));
    stream->alarm.arm(wait, [weak = weak_from_this(), weakStream = std::weak_ptr(stream)] {
        const auto self = weak.lock();
        const auto alive = weakStream.lock();
        if (self && alive && alive->running)
            self->liveCheck(alive);
    });
}

void Orchestrator::Server::liveCheck(const std::shared_ptr<LiveStream> &stream)
{
    const auto now = Clock::now();
    const auto isRead = [&](const char *suffix) {
        const auto channel = trickle->channel(stream->id.toUtf8() + suffix);
        return channel && channel->readers > 0;
    };
    if (now - stream->lastSign > options.channelIdle && !isRead("-out") && !isRead("-data")) {
        endStream(stream, QStringLiteral("there was no sign of the client for too long"));
        return;
    }
    if (stream->drainUntil && now >= *stream->drainUntil) {
        endStream(stream, QStringLiteral("the input was closed or idle for too long"));
        return;
    }
    if (now >= stream->nextDebit) {
        // From the last due time and not from now, so that delays do not add up.
        stream->nextDebit += options.liveDebitInterval;
        if (!stream->price.isFree()) {
            const Rational left = recipient.ledger().debit(stream->sender, stream->capabilityName, stream->price.fee(options.liveDebitSeconds));
            if (left < 0 && stream->warned) {
                endStream(stream, QStringLiteral("insufficient balance"));
                return;
            }
            if (left < 0) {
                stream->warned = true;
                qCWarning(logByoc, "stream %s: the balance is below zero", qUtf8Printable(stream->id));
            }
        }
    }
    scheduleLiveCheck(stream);
}

void Orchestrator::Server::closeStream(const std::shared_ptr<LiveStream> &stream, const QString &reason)
{
    if (std::exchange(stream->closed, true))
        return;
    stream->running = false;
    stream->alarm.disarm();
    stream->slot.release();
    const auto entered = streams.find(stream->id);
    const bool wasEntered = entered != streams.end() && entered->second == stream;
    if (wasEntered)
        streams.erase(entered);
    if (!reason.isEmpty()) {
        qCInfo(logByoc, "stream %s ended: %s", qUtf8Printable(stream->id), qUtf8Printable(reason));
        if (const auto events = wasEntered ? trickle->publish(stream->id.toUtf8() + "-events") : nullptr)
            events->write(trickle::streamStopped(reason));
    }
    for (const QByteArray &name : std::as_const(stream->channels))
        trickle->remove(name);
}

void Orchestrator::Server::endStream(const std::shared_ptr<LiveStream> &stream, const QString &reason)
{
    closeStream(stream, reason);
    const auto tell = [](std::shared_ptr<Server> self, std::shared_ptr<LiveStream> ended, QByteArray body) -> Awaitable<void> {
        co_await self->tellWorker(ended->capability, QStringLiteral("/stream/stop"), ended->id, std::move(body), "application/json",
            self->options.farewellTimeout);
    };
    const QByteArray body = Json{{QStringLiteral("stream_id"), stream->id}, {QStringLiteral("reason"), reason}}.dump();
    boost::asio::co_spawn(io.context(), tell(shared_from_this(), stream, body), boost::asio::detached);
}

Awaitable<void> Orchestrator::Server::endAllStreams()
{
    // All at a time: one worker that does not answer must not keep the others waiting.
    QList<std::shared_ptr<LiveStream>> all;
    for (const auto &[id, stream] : streams)
        all.append(stream);
    const auto waiting = std::make_shared<qsizetype>(all.size());
    const auto done = std::make_shared<AsyncEvent>(io.context().get_executor());
    const auto end = [](std::shared_ptr<Server> self, std::shared_ptr<LiveStream> stream, std::shared_ptr<qsizetype> left,
                         std::shared_ptr<AsyncEvent> finished) -> Awaitable<void> {
        stream->running = false;
        stream->alarm.disarm();
        co_await self->tellWorker(stream->capability, QStringLiteral("/stream/stop"), stream->id, "{}", "application/json",
            self->options.farewellTimeout);
        self->closeStream(stream, QStringLiteral("the orchestrator stops"));
        if (--*left == 0)
            finished->notify();
    };
    for (const auto &stream : std::as_const(all))
        boost::asio::co_spawn(io.context(), end(shared_from_this(), stream, waiting, done), boost::asio::detached);
    if (*waiting > 0)
        co_await done->wait();
}

} // namespace sluice::byoc
