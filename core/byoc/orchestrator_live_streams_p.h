#pragma once

#include "orchestrator_live_stream_p.h"
#include "orchestrator_registry_p.h"

#include "sluice/trickle/server.h"

#include <map>
#include <memory>

namespace sluice::byoc {

/// The live streams of an orchestrator with their channels: their debits, and how they end (byoc.md 5.4). Lives on the I/O thread.
class LiveStreams : public std::enable_shared_from_this<LiveStreams> {
public:
    LiveStreams(SharedContext context, std::shared_ptr<Registry> registry, trickle::Server &channels);

    /// Begins to watch the channels.
    void watch();
    /// Makes the channels of a stream and enters it; the refusal when that cannot be.
    [[nodiscard]] Expected<std::shared_ptr<LiveStream>, HttpRefusal> open(AcceptedJob &job);
    /// Its worker took it: from now on it is debited.
    void run(const std::shared_ptr<LiveStream> &stream);
    /// No debit falls any more, while its channels are still there.
    void suspend(const std::shared_ptr<LiveStream> &stream);
    /// Ends debits, then closes the channels and frees the slot. `reason` goes out on the events channel. Harmless twice.
    void close(const std::shared_ptr<LiveStream> &stream, const QString &reason);
    /// close(), and stops the worker in the background.
    void end(const std::shared_ptr<LiveStream> &stream, const QString &reason);
    /// Ends them all; returns when each worker answered or was given up.
    Awaitable<void> endAll();
    /// Closes what is left, opens no more and releases the channels.
    void stop();

    /// Null: none of that id runs or is starting.
    [[nodiscard]] std::shared_ptr<LiveStream> find(const QString &id) const;
    /// Also of those that are starting.
    [[nodiscard]] QStringList ids() const;

private:
    [[nodiscard]] bool channelsTaken(const LiveStream &stream) const;
    void channelGone(const std::shared_ptr<LiveStream> &stream, const QByteArray &channel);
    void scheduleCheck(const std::shared_ptr<LiveStream> &stream);
    void check(const std::shared_ptr<LiveStream> &stream);
    /// False when the balance has been negative for two debits.
    [[nodiscard]] bool debit(LiveStream &stream);

    const SharedContext m_context;
    const std::shared_ptr<Registry> m_registry;
    trickle::Server &m_channels; ///< below /ai/trickle/
    std::map<QString, std::shared_ptr<LiveStream>> m_streams;
    bool m_stopped = false;
    Subscription m_segments;
    Subscription m_removals;
};

} // namespace sluice::byoc
