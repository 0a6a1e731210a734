#pragma once

#include "live_inlet_p.h"
#include "live_outlet_p.h"

#include "sluice/backend/backend_services.h"
#include "sluice/backend/live_job.h"
#include "sluice/trickle/json_channel.h"

#include <QCoro/QCoroTask>

#include <map>
#include <set>

namespace sluice {

/// The channels of one live job: their readers and writers, which have ended, and what that means for the job.
///
/// On the session's thread, where its observer is called. What other threads report comes through that thread's event queue.
class LiveChannels final : private LiveMediaObserver {
public:
    using Channel = LiveChannel;
    class Observer {
    public:
        virtual void warn(const QString &sentence) = 0;
        /// A record of the events channel or the data channel.
        virtual void onRecord(Channel channel, const Json &record) = 0;
        /// A channel that is read from is at its end. The session may be over when this returns.
        virtual void onReadToEnd(Channel channel) = 0;
        virtual void onOutputProblem(const Error &error) = 0;
        virtual void onSourceFailed(const Error &error) = 0;
        virtual void onSourceEnded() = 0;
        /// The job is over; without an error after the input was ended and the rest was read.
        virtual void onJobOver(const std::optional<Error> &why) = 0;
        /// The job is over because it lost a channel that it needs.
        virtual void onChannelLost(const Error &why) = 0;

    protected:
        ~Observer() = default;
    };

    LiveChannels(BackendServices &services, Observer &observer);
    ~LiveChannels();
    LiveChannels(const LiveChannels &) = delete;
    LiveChannels &operator=(const LiveChannels &) = delete;

    /// Opens those that `start` names.
    void open(const LiveStart &start);
    /// From now on a silent worker ends the job, and an idle input channel is kept from being swept.
    void watch() { m_watch.start(); }
    /// The session is at its end: what happens to channels from now on ends nothing.
    void ignoreEnds();
    /// No input will follow: the channel is closed once its readers have had time for the rest.
    QCoro::Task<void> endInput(CancelToken ended);
    /// Writers first, all at a time and bounded; then readers; then recordings. The caller keeps this object until it has ended.
    QCoro::Task<void> close(std::shared_ptr<Trace> trace);

    /// Empty when the job does not have it, or before open().
    [[nodiscard]] QUrl url(Channel channel) const;
    /// A channel was lost because the network was.
    [[nodiscard]] bool isNetworkLost() const { return m_networkLost; }
    [[nodiscard]] LiveOutlet &outlet() { return m_outlet; }
    [[nodiscard]] LiveInlet &inlet() { return m_inlet; }
    [[nodiscard]] media::LatencyMeter &meter() { return m_meter; }
    /// Null when the job has no control channel.
    [[nodiscard]] trickle::JsonWriter *control() const { return m_control.get(); }
    /// LiveSession::record().
    QFuture<void> record(Channel channel, const QString &fileName);
    /// Traffic and latency.
    [[nodiscard]] LiveStats stats() const;

private:
    using Judge = std::function<std::shared_ptr<AsioTls>(const QUrl &)>;

    void mediaWarning(const QString &sentence) override;
    void mediaEnded(Channel channel, const std::optional<Error> &error) override;
    void mediaSourceFailed(const Error &error) override;
    void mediaSourceEnded() override;
    void mediaUndecodable(const Error &error) override;
    void mediaWithoutPicture(const Error &error) override;

    void openMedia(bool raw, const Judge &judge);
    void openRecords(const Judge &judge);
    void openControl(const QUrl &url, std::shared_ptr<AsioTls> tls);
    [[nodiscard]] std::unique_ptr<trickle::JsonReader> reader(Channel channel, std::shared_ptr<AsioTls> tls);
    [[nodiscard]] std::shared_ptr<AsioTls> tlsFor(const QUrl &url);
    void onRecord(Channel channel, const Json &record);
    void onEnded(Channel channel, const std::optional<Error> &error);
    void onEndedAfterInput(Channel channel);
    void lose(Channel channel, const std::optional<Error> &error);
    void look();
    QCoro::Task<void> closeWriters();
    template <typename F> void post(F work);

    BackendServices &m_services;
    Observer &m_observer;
    std::map<Channel, QUrl> m_urls;
    /// Receives what other threads report, through this thread's event queue. Outlives readers, writers and codecs.
    QObject m_anchor;
    QTimer m_watch;
    media::LatencyMeter m_meter;
    LiveOutlet m_outlet;
    LiveInlet m_inlet;
    std::unique_ptr<trickle::JsonWriter> m_control;
    std::unique_ptr<trickle::JsonReader> m_events;
    std::unique_ptr<trickle::JsonReader> m_data;
    std::set<Channel> m_ended;
    bool m_ignoresEnds = false;
    bool m_inputEnded = false;
    bool m_lost = false;
    bool m_networkLost = false;
    std::optional<std::chrono::steady_clock::time_point> m_lastEvent;
    int m_looks = 0;
};

} // namespace sluice
