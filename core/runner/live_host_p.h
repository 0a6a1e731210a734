#pragma once

#include "sluice/net/http_server.h"
#include "sluice/runner/worker_job_p.h"
#include "sluice/runner/runner_reply_p.h"

#include <map>
#include <mutex>

namespace sluice {

/// The live jobs of one capability and its stream routes (byoc.md 8). Lives on the I/O thread once it serves.
class LiveHost final : public std::enable_shared_from_this<LiveHost> {
public:
    LiveHost(IoThread &io, ServedCapability &capability, LiveSettings settings)
        : m_io(io)
        , m_capability(capability)
        , m_settings(std::move(settings))
    {
    }

    /// True for "start", "stop", "params" and its other name "update" with POST, and "status" with GET.
    [[nodiscard]] static bool knows(const QByteArray &action, const QByteArray &method);
    boost::asio::awaitable<void> handle(QByteArray action, ServerRequest request, ServerResponse &response);
    [[nodiscard]] int running() const;

    /// Off the I/O thread, when nothing is served any more: begins to end every job, and waits for that.
    void askToStop();
    void stop();

private:
    boost::asio::awaitable<RunnerReply> start(ServerRequest request);
    boost::asio::awaitable<RunnerReply> stopJob(ServerRequest request);
    boost::asio::awaitable<RunnerReply> update(ServerRequest request) const;
    [[nodiscard]] RunnerReply status() const;
    /// What a request wants to be started, or what is wrong with it. Any thread.
    struct Wanted {
        QString id;
        LiveUrls urls;
        Json parameters;
    };
    [[nodiscard]] Expected<Wanted, RunnerReply> read(const ServerRequest &request) const;
    [[nodiscard]] Expected<LiveUrls, RunnerReply> channelsOf(const Json &body) const;
    /// The job that was entered, or why not.
    [[nodiscard]] Expected<std::shared_ptr<WorkerJob>, RunnerReply> enter(const Wanted &wanted);
    /// The job that a request means by its X-Stream-Id; the only one when it names none.
    [[nodiscard]] std::shared_ptr<WorkerJob> find(const ServerRequest &request) const;
    void forget(const QString &id);
    [[nodiscard]] QList<std::shared_ptr<WorkerJob>> all() const;

    IoThread &m_io;
    ServedCapability &m_capability;
    const LiveSettings m_settings;
    mutable std::mutex m_mutex; ///< of the list: stop() runs on another thread
    std::map<QString, std::shared_ptr<WorkerJob>> m_jobs;
};

} // namespace sluice
