#include "sluice/livepeer/rpc_log.h"
#include "orchestrator_p.h"

#include "sluice/trickle/json_lines.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace sluice::lv2v {

namespace {
using Clock = std::chrono::steady_clock;
} // namespace

void Orchestrator::Server::watchChannels()
{
    m_segments = m_channels->onSegmentBegin([this](const QByteArray &channel, qint64) { segmentBegan(channel); });
    m_removals = m_channels->onRemoved([this](const QByteArray &channel) { channelGone(channel); });
}

/// Billing follows the input (trickle.md 5.3): no pictures, no price.
void Orchestrator::Server::segmentBegan(const QByteArray &channel)
{
    const auto found = jobs.find(QString::fromUtf8(channel));
    if (found == jobs.end() || !found->second->running || found->second->rate.isFree())
        return;
    const std::shared_ptr<Job> job = found->second;
    const auto now = Clock::now();
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(now - job->lastDebit);
    if (since < options.debitInterval)
        return;
    job->lastDebit = now;
    const auto left = recipient.ledger().accountUnits(job->sender, job->manifest, job->rate.fee(pixelsFor(since)));
    if (left)
        return;
    qCInfo(logLv2v, "job %s: %s", qUtf8Printable(job->manifest), qUtf8Printable(left.error().message()));
    // Not from within the trickle server's own notification, which still holds the channel.
    io.post([weak = weak_from_this(), job] {
        if (const auto self = weak.lock())
            self->endJob(job, QStringLiteral("insufficient balance"));
    });
}

void Orchestrator::Server::channelGone(const QByteArray &channel)
{
    std::shared_ptr<Job> job;
    for (const auto &[id, candidate] : jobs) {
        if (candidate->channels.contains(channel))
            job = candidate;
    }
    if (!job || job->closed)
        return;
    if (channel == job->channel("-out")) {
        // A worker closes its output after its events, so it has nothing more to send.
        endJob(job, QStringLiteral("the worker closed its channel"));
        return;
    }
    if (channel != job->channel("") || job->draining)
        return;
    // The worker sees the end of its input too and may still have output to write.
    job->draining = true;
    job->running = false;
    job->alarm.arm(options.drainTimeout, [weak = weak_from_this(), weakJob = std::weak_ptr(job)] {
        const auto self = weak.lock();
        const auto alive = weakJob.lock();
        if (self && alive)
            self->endJob(alive, QStringLiteral("the input was closed or idle for too long"));
    });
}

void Orchestrator::Server::closeJob(const std::shared_ptr<Job> &job, const QString &reason)
{
    if (std::exchange(job->closed, true))
        return;
    job->running = false;
    job->alarm.disarm();
    jobs.erase(job->manifest);
    if (!m_channels)
        return;
    if (!reason.isEmpty()) {
        qCInfo(logLv2v, "job %s ended: %s", qUtf8Printable(job->manifest), qUtf8Printable(reason));
        if (const auto events = m_channels->publish(job->channel("-events")))
            events->write(trickle::streamStopped(reason));
    }
    for (const QByteArray &name : std::as_const(job->channels))
        m_channels->remove(name);
}

void Orchestrator::Server::endJob(const std::shared_ptr<Job> &job, const QString &reason)
{
    if (job->closed && !reason.isEmpty())
        return; // the worker was told when it was closed
    closeJob(job, reason);
    const auto tell = [](std::shared_ptr<Server> self, std::shared_ptr<Job> ended, QByteArray body) -> Awaitable<void> {
        co_await self->tellWorker(ended, QStringLiteral("/stream/stop"), std::move(body), self->options.farewellTimeout);
    };
    const QByteArray body = Json{{QStringLiteral("stream_id"), job->manifest}, {QStringLiteral("reason"), reason}}.dump();
    boost::asio::co_spawn(io.context(), tell(shared_from_this(), job, body), boost::asio::detached);
}

Awaitable<void> Orchestrator::Server::endAll()
{
    QList<std::shared_ptr<Job>> all;
    for (const auto &[id, job] : jobs)
        all.append(job);
    const auto waiting = std::make_shared<qsizetype>(all.size());
    const auto done = std::make_shared<AsyncEvent>(io.context().get_executor());
    // All at a time: one worker that does not answer must not keep the others waiting.
    const auto end = [](std::shared_ptr<Server> self, std::shared_ptr<Job> job, std::shared_ptr<qsizetype> left,
                         std::shared_ptr<AsyncEvent> finished) -> Awaitable<void> {
        job->running = false;
        job->alarm.disarm();
        co_await self->tellWorker(job, QStringLiteral("/stream/stop"), "{}", self->options.farewellTimeout);
        self->closeJob(job, QStringLiteral("the orchestrator stops"));
        if (--*left == 0)
            finished->notify();
    };
    for (const auto &job : std::as_const(all))
        boost::asio::co_spawn(io.context(), end(shared_from_this(), job, waiting, done), boost::asio::detached);
    if (*waiting > 0)
        co_await done->wait();
}

} // namespace sluice::lv2v
