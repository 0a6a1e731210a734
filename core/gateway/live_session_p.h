#pragma once

#include "live_inlet_p.h"
#include "live_outlet_p.h"
#include "call_handle_p.h"

#include "sluice/gateway/live_session.h"

#include "sluice/trickle/json_channel.h"

#include <set>

namespace sluice {

/// What a LiveSession shares with the coroutines that run it. Outlives the object that the caller owns until the job has ended.
class LiveSession::Private : public std::enable_shared_from_this<LiveSession::Private> {
public:
    explicit Private(std::shared_ptr<CallHandle::State> callState);
    ~Private();

    /// The whole of `live`, recorded in every outcome.
    static QCoro::Task<void> run(std::shared_ptr<Private> d);

    /// Begins the end, unless it has begun; without an error it was wanted.
    void end(std::optional<Error> why);
    [[nodiscard]] QFuture<void> readyFuture();
    [[nodiscard]] QFuture<void> closeFuture();
    [[nodiscard]] QUrl channelUrl(Channel channel) const;
    static QCoro::Task<void> endInput(std::shared_ptr<Private> d);
    QFuture<void> record(Channel channel, const QString &fileName);
    [[nodiscard]] static QCoro::Task<void> update(std::shared_ptr<Private> d, Json parameters);
    [[nodiscard]] LiveStats stats() const;
    void warn(const QString &sentence);

    const std::shared_ptr<CallHandle::State> handle; ///< its scope is that of everything but the job's end
    Subscription paymentChanges;
    LiveSession *q = nullptr; ///< null once the caller let go
    State state = State::Starting;
    LiveStart started;
    media::LatencyMeter meter;

private:
    using Promise = std::shared_ptr<QPromise<void>>;

    static QCoro::Task<void> open(std::shared_ptr<Private> d, BackendCall ready);
    static QCoro::Task<void> payments(std::shared_ptr<Private> d);
    static QCoro::Task<void> shutDown(std::shared_ptr<Private> d);
    static QCoro::Task<void> stopJob(std::shared_ptr<Private> d, std::chrono::milliseconds limit);
    static QCoro::Task<void> closeChannels(std::shared_ptr<Private> d, std::chrono::milliseconds limit);
    static QCoro::Task<void> keep(std::shared_ptr<Private> d, std::optional<Error> failure, bool wasReady);
    void openChannels();
    void openMedia(const std::function<std::shared_ptr<AsioTls>(const QUrl &)> &tlsFor);
    void openRecords(const std::function<std::shared_ptr<AsioTls>(const QUrl &)> &tlsFor);
    [[nodiscard]] std::unique_ptr<trickle::JsonReader> reader(Channel channel, std::shared_ptr<AsioTls> tls);
    [[nodiscard]] std::shared_ptr<AsioTls> tlsFor(const QUrl &url);
    void onRecord(Channel channel, const Json &record);
    void onChannelEnded(Channel channel, const std::optional<Error> &error);
    void onFunding(const LiveFunding &funding);
    void watch();
    void setState(State next);
    void settle(std::optional<Error> failure);
    template <typename F> void post(F work);
    template <typename F> void tell(F signal);

    /// Stands for this thread: what other threads have to say goes through its event queue. Outlives all that runs there.
    QObject m_anchor;
    QTimer m_watch;

public:
    LiveOutlet outlet;
    LiveInlet inlet;
    std::unique_ptr<trickle::JsonWriter> control;

private:
    std::unique_ptr<trickle::JsonReader> m_events;
    std::unique_ptr<trickle::JsonReader> m_data;
    std::unique_ptr<LiveJob> m_job;
    Subscription m_alive;
    Promise m_ready;
    Promise m_ending; ///< finished when the end begins
    QList<Promise> m_closers;
    std::optional<Error> m_why;
    std::optional<Error> m_fundsRefused;
    std::set<Channel> m_ended;
    bool m_over = false;        ///< the end has begun
    bool m_inputEnded = false;
    bool m_channelLost = false;
    bool m_networkLost = false;
    bool m_paymentTrouble = false;
    bool m_balanceDisputed = false;
    std::optional<std::chrono::steady_clock::time_point> m_lastEvent;
    int m_watchTicks = 0;
};

} // namespace sluice
