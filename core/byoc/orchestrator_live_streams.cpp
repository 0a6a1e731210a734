#include "orchestrator_live_streams_p.h"

#include "orchestrator_live_worker_p.h"

#include "sluice/base/log.h"
#include "sluice/trickle/json_lines.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace sluice::byoc {

namespace {
using Clock = std::chrono::steady_clock;
} // namespace

LiveStreams::LiveStreams(SharedContext context, std::shared_ptr<Registry> registry, trickle::Server &channels)
    : m_context(std::move(context))
    , m_registry(std::move(registry))
    , m_channels(channels)
{
}

void LiveStreams::watch()
{
    m_segments = m_channels.onSegmentBegin([this](const QByteArray &channel, qint64) {
        for (const auto &[id, stream] : m_streams) {
            const QByteArray name = id.toUtf8();
            if (channel == name || channel == name + "-control")
                stream->lastSign = Clock::now();
        }
    });
    m_removals = m_channels.onRemoved([this](const QByteArray &channel) {
        const auto all = m_streams; // ending one changes the list
        for (const auto &[id, stream] : all) {
            if (stream->running && channel.startsWith(id.toUtf8()))
                channelGone(stream, channel);
        }
    });
}

bool LiveStreams::channelsTaken(const LiveStream &stream) const
{
    // One stream's control channel has the name of another's input when that one is called "…-control".
    return std::any_of(std::begin(streamChannels), std::end(streamChannels), [&](const StreamChannelNames &names) {
        return stream.has(names.channel) && m_channels.channel(stream.channelName(names));
    });
}

Expected<std::shared_ptr<LiveStream>, HttpRefusal> LiveStreams::open(AcceptedJob &job)
{
    if (m_stopped)
        return unexpected(HttpRefusal{503, "The orchestrator stops"});
    const auto flags = StreamFlags::parse(job.header.parameters);
    if (!flags) {
        if (m_context->has(Quirk::LeakSlots))
            job.slot.leak();
        return unexpected(HttpRefusal{400, flags.error().message().toUtf8()});
    }
    if (const auto wrong = whyNotAStreamId(job.header.id))
        return unexpected(HttpRefusal{400, *wrong});

    const auto stream = std::make_shared<LiveStream>(m_context->node.io().context().get_executor());
    stream->id = job.header.id;
    stream->flags = *flags;
    stream->sender = job.sender;
    stream->capabilityName = job.header.capability;
    stream->capability = job.capability;
    stream->price = job.price;
    if (m_streams.contains(stream->id) || channelsTaken(*stream))
        return unexpected(HttpRefusal{500, "Error adding stream to external capabilities"});
    for (const StreamChannelNames &names : streamChannels) {
        if (!stream->has(names.channel))
            continue;
        if (!m_channels.create(stream->channelName(names), names.mimeType)) {
            close(stream, {});
            return unexpected(HttpRefusal{503, "Too many streams"});
        }
        stream->channels.append(stream->channelName(names));
    }
    stream->slot = std::move(job.slot);
    m_streams.emplace(stream->id, stream);
    return stream;
}

void LiveStreams::run(const std::shared_ptr<LiveStream> &stream)
{
    stream->running = true;
    stream->lastSign = Clock::now();
    stream->nextDebit = stream->lastSign + m_context->options.liveDebitInterval;
    scheduleCheck(stream);
}

void LiveStreams::suspend(const std::shared_ptr<LiveStream> &stream)
{
    stream->running = false;
    stream->alarm.disarm();
}

void LiveStreams::channelGone(const std::shared_ptr<LiveStream> &stream, const QByteArray &channel)
{
    const QByteArray name = stream->id.toUtf8();
    if (channel == name + "-out" && stream->has(StreamChannel::Output) && !stream->drainUntil) {
        end(stream, QStringLiteral("the worker closed its channel"));
        return;
    }
    if (channel == name && stream->has(StreamChannel::Input)) {
        // The worker sees the end of its input too and may still have output to write.
        stream->drainUntil = Clock::now() + m_context->options.drainTimeout;
        scheduleCheck(stream);
    }
    if (stream->drainUntil && !m_channels.channel(name + "-out") && !m_channels.channel(name + "-data"))
        end(stream, QStringLiteral("the input was closed or idle for too long"));
}

void LiveStreams::scheduleCheck(const std::shared_ptr<LiveStream> &stream)
{
    const auto now = Clock::now();
    auto next = stream->nextDebit;
    next = std::min(next, now + std::max<Clock::duration>(m_context->options.channelSweep, std::chrono::milliseconds(10)));
    if (stream->drainUntil)
        next = std::min(next, *stream->drainUntil);
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(std::max<Clock::duration>(next - now, {}));
    stream->alarm.arm(wait, [weak = weak_from_this(), weakStream = std::weak_ptr(stream)] {
        const auto self = weak.lock();
        const auto alive = weakStream.lock();
        if (self && alive && alive->running)
            self->check(alive);
    });
}

void LiveStreams::check(const std::shared_ptr<LiveStream> &stream)
{
    const auto now = Clock::now();
    const auto isRead = [&](const char *suffix) {
        const auto channel = m_channels.channel(stream->id.toUtf8() + suffix);
        return channel && channel->readers > 0;
    };
    if (now - stream->lastSign > m_context->options.channelIdle && !isRead("-out") && !isRead("-data")) {
        end(stream, QStringLiteral("there was no sign of the client for too long"));
        return;
    }
    if (stream->drainUntil && now >= *stream->drainUntil) {
        end(stream, QStringLiteral("the input was closed or idle for too long"));
        return;
    }
    if (now >= stream->nextDebit) {
        // From the last due time and not from now, so that delays do not add up.
        stream->nextDebit += m_context->options.liveDebitInterval;
        if (!debit(*stream)) {
            end(stream, QStringLiteral("insufficient balance"));
            return;
        }
    }
    scheduleCheck(stream);
}

bool LiveStreams::debit(LiveStream &stream)
{
    if (stream.price.isFree())
        return true;
    const Rational left = m_context->recipient.ledger().debit(stream.sender, stream.capabilityName, stream.price.fee(m_context->options.liveDebitSeconds));
    if (left >= 0)
        return true;
    if (stream.warned)
        return false;
    stream.warned = true;
    qCWarning(logByoc, "stream %s: the balance is below zero", qUtf8Printable(stream.id));
    return true;
}

void LiveStreams::close(const std::shared_ptr<LiveStream> &stream, const QString &reason)
{
    if (std::exchange(stream->closed, true))
        return;
    stream->running = false;
    stream->alarm.disarm();
    stream->slot.release();
    const auto entered = m_streams.find(stream->id);
    const bool wasEntered = entered != m_streams.end() && entered->second == stream;
    if (wasEntered)
        m_streams.erase(entered);
    if (!reason.isEmpty()) {
        qCInfo(logByoc, "stream %s ended: %s", qUtf8Printable(stream->id), qUtf8Printable(reason));
        if (const auto events = wasEntered ? m_channels.publish(stream->id.toUtf8() + "-events") : nullptr)
            events->write(trickle::streamStopped(reason));
    }
    for (const QByteArray &name : std::as_const(stream->channels))
        m_channels.remove(name);
}

void LiveStreams::end(const std::shared_ptr<LiveStream> &stream, const QString &reason)
{
    close(stream, reason);
    const auto tell = [](std::shared_ptr<LiveStreams> self, std::shared_ptr<LiveStream> ended, QByteArray body) -> Awaitable<void> {
        co_await tellWorker(self->m_registry, ended->capability, QStringLiteral("/stream/stop"), ended->id, std::move(body), "application/json",
            self->m_context->options.farewellTimeout);
    };
    const QByteArray body = Json{{QStringLiteral("stream_id"), stream->id}, {QStringLiteral("reason"), reason}}.dump();
    boost::asio::co_spawn(m_context->node.io().context(), tell(shared_from_this(), stream, body), boost::asio::detached);
}

Awaitable<void> LiveStreams::endAll()
{
    // All at a time: one worker that does not answer must not keep the others waiting.
    QList<std::shared_ptr<LiveStream>> all;
    for (const auto &[id, stream] : m_streams)
        all.append(stream);
    const auto waiting = std::make_shared<qsizetype>(all.size());
    const auto done = std::make_shared<AsyncEvent>(m_context->node.io().context().get_executor());
    const auto farewell = [](std::shared_ptr<LiveStreams> self, std::shared_ptr<LiveStream> stream, std::shared_ptr<qsizetype> left,
                         std::shared_ptr<AsyncEvent> finished) -> Awaitable<void> {
        self->suspend(stream);
        co_await tellWorker(self->m_registry, stream->capability, QStringLiteral("/stream/stop"), stream->id, "{}", "application/json",
            self->m_context->options.farewellTimeout);
        self->close(stream, QStringLiteral("the orchestrator stops"));
        if (--*left == 0)
            finished->notify();
    };
    for (const auto &stream : std::as_const(all))
        boost::asio::co_spawn(m_context->node.io().context(), farewell(shared_from_this(), stream, waiting, done), boost::asio::detached);
    if (*waiting > 0)
        co_await done->wait();
}

void LiveStreams::stop()
{
    m_stopped = true;
    while (!m_streams.empty())
        close(m_streams.begin()->second, {});
    m_segments.reset();
    m_removals.reset();
}

std::shared_ptr<LiveStream> LiveStreams::find(const QString &id) const
{
    const auto found = m_streams.find(id);
    return found == m_streams.end() ? nullptr : found->second;
}

QStringList LiveStreams::ids() const
{
    QStringList ids;
    for (const auto &[id, stream] : m_streams)
        ids.append(id);
    return ids;
}

} // namespace sluice::byoc
