#pragma once

#include "sluice/base/secret.h"
#include "sluice/net/http_server.h"
#include "sluice/runner/live_host_p.h"
#include "sluice/runner/runner_call_p.h"
#include "sluice/runner/runner_reply_p.h"
#include "sluice/runner/served_capability_p.h"

#include <map>

namespace sluice {

class LiveApps;

/// The routes of a runner: what a request gets as its answer. Lives on the I/O thread once it serves.
class RunnerHandler final {
public:
    struct Settings {
        Secret bearerToken;
        std::chrono::milliseconds callTimeout{300'000};
        qsizetype maxInputBytes = 32 * 1024 * 1024;
        LiveSettings live;
    };

    RunnerHandler(IoThread &io, Settings settings)
        : m_io(io)
        , m_settings(std::move(settings))
    {
    }

    void add(std::shared_ptr<ServedCapability> capability);
    /// Where requests of live runners come in; before the first request. Must outlive this, or null.
    void setApps(LiveApps *apps) { m_apps = apps; }
    /// Lets go of every capability and waits for its threads. When nothing is served any more.
    void clear();
    [[nodiscard]] const std::map<QString, std::shared_ptr<ServedCapability>> &capabilities() const { return m_capabilities; }
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response);

private:
    /// A live capability and what is asked of it: "start", "stop", "params", "status".
    struct LiveRoute {
        std::shared_ptr<LiveHost> host;
        QByteArray action;
    };
    [[nodiscard]] LiveRoute liveRoute(const ServerRequest &request) const;
    /// Calls and jobs that run.
    [[nodiscard]] int running(const ServedCapability &served) const;
    /// The answer, or `callee` set when the request is a call.
    RunnerReply route(const ServerRequest &request, std::shared_ptr<ServedCapability> &callee) const;
    RunnerReply capabilityRoute(const std::shared_ptr<ServedCapability> &served, const QByteArray &rest, const ServerRequest &request,
        std::shared_ptr<ServedCapability> &callee) const;
    /// Begins the call, or says why not.
    RunnerReply begin(const std::shared_ptr<ServedCapability> &served, const Json &input, std::shared_ptr<AppSession> session, std::shared_ptr<RunnerCall> &call);
    boost::asio::awaitable<void> call(std::shared_ptr<ServedCapability> served, ServerRequest request, std::shared_ptr<AppSession> session, ServerResponse &response);
    boost::asio::awaitable<void> answer(ServedCapability &served, std::shared_ptr<RunnerCall> call, ServerResponse &response);
    boost::asio::awaitable<void> answerStream(std::shared_ptr<RunnerCall> call, ServerResponse &response);
    boost::asio::awaitable<void> answerCollected(ServedCapability &served, std::shared_ptr<RunnerCall> call, ServerResponse &response);
    boost::asio::awaitable<void> fail(std::exception_ptr failure, ServerResponse &response, const Json &input);
    [[nodiscard]] bool isAuthorized(const ServerRequest &request) const;
    [[nodiscard]] Json health() const;
    [[nodiscard]] Json listing() const;

    IoThread &m_io;
    LiveApps *m_apps = nullptr;
    Settings m_settings;
    std::map<QString, std::shared_ptr<ServedCapability>> m_capabilities;
    std::map<QString, std::shared_ptr<LiveHost>> m_live; ///< of the live ones among them
};

} // namespace sluice
