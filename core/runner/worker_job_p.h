#pragma once

#include "sluice/net/asio_wait.h"
#include "sluice/runner/live_links_p.h"
#include "sluice/runner/served_capability_p.h"

#include <atomic>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

namespace sluice {

/// One running live job: its thread, its parameters and what ties it to its channels.
///
/// Made and asked on the I/O thread. The last reference must go when the thread has ended, or off the I/O thread.
class WorkerJob final : public LiveSink, public std::enable_shared_from_this<WorkerJob> {
public:
    WorkerJob(IoThread &io, ServedCapability &capability, QString id, LiveUrls urls, Json parameters, LiveSettings settings);
    /// Stops and waits.
    ~WorkerJob() override;

    /// Starts the thread; `ended` is called on the I/O thread when the thread is about to end, unless this object is gone by then.
    void begin(std::function<void()> ended);
    /// I/O thread: waits until the job runs or was refused; what it threw, if so.
    boost::asio::awaitable<std::exception_ptr> started(std::chrono::milliseconds limit);
    /// I/O thread: waits until the job has ended, at most `limit`.
    boost::asio::awaitable<void> ended(std::chrono::milliseconds limit);
    /// Lays `changes` over the parameters and gives them to the job; what does not fit the schema changes nothing.
    [[nodiscard]] QList<SchemaViolation> update(const Json &changes);
    void stop(const QString &reason);

    [[nodiscard]] const QString &id() const { return m_id; }
    /// For `GET …/stream/status`.
    [[nodiscard]] Json status();

    void frame(media::Frame frame) override;
    void data(const Json &record) override;
    void event(const QString &type, const Json &fields) override;
    void raw(const QByteArray &bytes, bool endSegment) override;

private:
    void main();
    void work();
    void handle(LiveInbox::Item item);
    void handleRaw(const trickle::SubscriberEvent &happened);
    void applyParameters(const Json &parameters);
    void onControl(const Json &record);
    /// Heartbeat, status and keepalive, when due.
    void sendDueReports();
    void sendStatus(std::chrono::steady_clock::duration since);
    /// Runs a piece of the job's work; what it throws is told as an event, at most once a second.
    template <typename F> void guarded(F work);
    void report(std::exception_ptr failure);

    IoThread &m_io;
    ServedCapability &m_capability;
    const QString m_id;
    const LiveUrls m_urls;
    const LiveSettings m_settings;
    const LiveCapability::Channels m_channels;
    const std::shared_ptr<LiveInbox> m_inbox = std::make_shared<LiveInbox>();
    std::function<void()> m_onEnded;

    std::mutex m_parametersMutex;
    Json m_parameters; ///< as asked for last
    Json m_accepted;   ///< as the job took them last

    // On the I/O thread.
    AsyncEvent m_changed;
    bool m_isStarted = false;
    bool m_isEnded = false;
    std::exception_ptr m_failure;

    // On the job's thread.
    std::unique_ptr<LiveJob> m_job;
    std::unique_ptr<LiveLinks> m_ownLinks;
    bool m_inputEnded = false;
    std::chrono::steady_clock::time_point m_nextHeartbeat;
    std::chrono::steady_clock::time_point m_nextStatus;
    std::chrono::steady_clock::time_point m_lastStatus;
    std::chrono::steady_clock::time_point m_nextKeepalive;
    std::chrono::steady_clock::time_point m_nextComplaint;
    quint64 m_framesInBefore = 0;
    quint64 m_framesOutBefore = 0;

    std::atomic<LiveLinks *> m_links = nullptr; ///< while the job may use its sink
    std::thread m_thread;
};

} // namespace sluice
