#pragma once

#include "fault_proxy_p.h"

#include "peers/byoc_node.h"

#include "sluice/base/json.h"
#include "sluice/crypto/private_key.h"
#include "sluice/gateway/gateway.h"
#include "sluice/gateway/live_session.h"
#include "sluice/backend/user_data.h"
#include "sluice/media/frame.h"
#include "sluice/media/test_pattern.h"
#include "sluice/runner/live_capability.h"
#include "sluice/runner/runner_server.h"
#include "sluice/sandbox/sandbox_chain.h"
#include "sluice/sandbox/sandbox_store.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtTest/QtTest>

#include <atomic>
#include <map>
#include <mutex>

namespace sluice {

/// What the capability "witness" was told, over all of its jobs.
struct Witnessed {
    QList<qint64> numbers; ///< the parameter "n" as it came in; a repeated one twice
    int running = 0;       ///< jobs
};

/// An orchestrator that keeps books, and a runner with the sandbox's live capabilities and "witness", which passes pictures on and notes
/// what it was told; on all ways to the orchestrator's channels there is a bad network.
class FaultNetwork {
public:
    explicit FaultNetwork(const std::function<void(byoc::OrchestratorOptions &)> &change = {});
    ~FaultNetwork();

    FaultProxy client; ///< between the client and the orchestrator
    FaultProxy worker; ///< between the worker and its channels

    [[nodiscard]] bool isReady() const;
    [[nodiscard]] const QByteArray &senderKey() const { return m_senderKey; }
    [[nodiscard]] QStringList streams() const { return m_orchestrator->streams(); }
    [[nodiscard]] QList<trickle::ChannelInfo> channels() const { return m_orchestrator->channels(); }
    [[nodiscard]] Witnessed witnessed() const;
    /// Of this network's only sender.
    [[nodiscard]] QList<byoc::TicketOutcome> takenTickets() const;
    /// What clients on this machine know; time passes for their payments as it does for the orchestrator's debits.
    [[nodiscard]] const std::shared_ptr<UserData> &clientData() const { return m_clientData; }
    /// A channel is deleted behind everybody's back; the answer's status.
    [[nodiscard]] int deleteChannel(const QUrl &url);

private:
    QTemporaryDir m_folder;
    PrivateKey m_sender = PrivateKey::generate();
    QByteArray m_senderKey;
    std::unique_ptr<SandboxStore> m_store;
    SandboxChain m_chain;
    std::unique_ptr<Recipient> m_recipient;
    IoThread m_io;
    std::unique_ptr<byoc::ByocNode> m_orchestrator;
    std::unique_ptr<RunnerServer> m_runner;
    std::unique_ptr<Clock> m_clientClock;
    std::shared_ptr<UserData> m_clientData;
};

/// The test pattern, whose pictures are changed on the way; those to which `change` says no are lost, as a camera's that hangs.
class AlteredPattern final : public media::VideoSource {
public:
    AlteredPattern(media::VideoFormat format, std::function<bool(media::Frame &)> change);
    /// With noise below the clock, so that it takes all the bits that it is given.
    [[nodiscard]] static std::shared_ptr<AlteredPattern> noisy();

    void start(media::SourceOutput output) override;
    void stop() override { m_pattern.stop(); }
    void setPaused(bool paused) override { m_pattern.setPaused(paused); }
    [[nodiscard]] media::VideoFormat format() const override { return m_pattern.format(); }
    [[nodiscard]] QString description() const override { return m_pattern.description(); }

private:
    media::TestPatternSource m_pattern;
    const std::function<bool(media::Frame &)> m_change;
};

/// A picture that came back.
struct SeenPicture {
    std::uint32_t number = 0; ///< of the frame clock
    std::chrono::steady_clock::time_point captured;
    std::chrono::steady_clock::time_point shown;
};

/// A live session with the test pattern, and all that happens to it.
class FaultSession {
public:
    using Time = std::chrono::steady_clock::time_point;

    FaultSession(const QUrl &orchestrator, const QByteArray &senderKey, const QString &capability,
        std::chrono::milliseconds paymentInterval = std::chrono::seconds(20), std::shared_ptr<UserData> known = UserData::inMemory());
    explicit FaultSession(FaultNetwork &network, const QString &capability = QStringLiteral("noop"),
        std::chrono::milliseconds paymentInterval = std::chrono::seconds(20));
    ~FaultSession();

    /// The pattern, or what is given.
    void publish(std::shared_ptr<media::VideoSource> source = nullptr, int bitrateKbps = 0,
        std::chrono::milliseconds segment = std::chrono::seconds(1));
    /// Each picture shown takes that long.
    void showSlowly(std::chrono::milliseconds each) { m_slow = each; }
    [[nodiscard]] bool isReady();
    /// The newest picture, if any came.
    [[nodiscard]] std::optional<SeenPicture> newest() const;
    /// How many pictures came that were captured at or after `time`.
    [[nodiscard]] int shownSince(Time time) const;
    /// Of the pictures shown since `time`: the largest time from capture to here.
    [[nodiscard]] std::chrono::milliseconds worstLag(Time since) const;
    /// The pictures shown since `time`, for the log: number, when, and how late.
    [[nodiscard]] QString account(Time since) const;
    /// Whether all pictures came in order, none twice.
    [[nodiscard]] bool isInOrder() const;
    /// Ends it and waits.
    [[nodiscard]] bool close();

    std::shared_ptr<UserData> data;
    std::unique_ptr<Gateway> gateway;
    std::unique_ptr<LiveSession> session;
    QStringList warnings;
    QList<Json> events;
    QList<LiveSession::State> states;
    std::optional<Error> error;
    std::optional<Time> endedAt;
    qint64 mostQueuedOut = 0; ///< bytes, sampled
    qint64 mostQueuedIn = 0;

private:
    void onFrame(const media::Frame &frame);
    void onPreview(const media::Frame &frame);

    QTimer m_sampler;
    std::atomic<std::chrono::milliseconds> m_slow{};
    mutable std::mutex m_mutex;
    std::map<std::uint32_t, Time> m_captured;
    QList<SeenPicture> m_seen;
};

[[nodiscard]] inline std::chrono::milliseconds since(std::chrono::steady_clock::time_point time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - time);
}

/// The names of this process's threads.
[[nodiscard]] QStringList threads();

/// Why this is no sentence that says what happened and what to do; empty when it is one.
[[nodiscard]] QString whyNoSentence(const std::optional<Error> &error);

} // namespace sluice
