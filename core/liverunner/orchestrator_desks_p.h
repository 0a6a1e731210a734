#pragma once

#include "orchestrator_cashier_p.h"
#include "orchestrator_forward_p.h"

namespace sluice::liverunner {

/// What apps ask for: registration, and their sessions' channels, proxies and end (live-runner.md 3, 11).
class RunnerDesk final {
public:
    RunnerDesk(SharedContext context, std::shared_ptr<Book> book);

    Awaitable<void> heartbeat(ServerRequest request, ServerResponse &response);
    Awaitable<void> unregister(QString id, ServerRequest request, ServerResponse &response);
    /// `/runner/{route}/session/{sid}/{what}`.
    Awaitable<void> callback(QString route, QString sessionId, QString what, ServerRequest request, ServerResponse &response);

private:
    struct Caller {
        std::shared_ptr<Runner> runner;
        std::shared_ptr<Session> session;
    };
    [[nodiscard]] Expected<Caller, Refusal> callerOf(const QString &route, const QString &sessionId, const Headers &fields) const;
    [[nodiscard]] Expected<Json, Refusal> makeChannels(const Caller &caller, QByteArrayView body);
    [[nodiscard]] Expected<Json, Refusal> deleteChannels(const Caller &caller, QByteArrayView body);
    [[nodiscard]] Expected<Json, Refusal> makeProxy(const Caller &caller, QByteArrayView body);

    SharedContext m_context;
    std::shared_ptr<Book> m_book;
};

/// What clients ask for: sessions, and the apps themselves (live-runner.md 7 to 10).
class CallDesk final {
public:
    CallDesk(SharedContext context, std::shared_ptr<Book> book, std::shared_ptr<Cashier> cashier);

    Awaitable<void> reserve(QString route, ServerRequest request, ServerResponse &response);
    Awaitable<void> pay(QString route, QString sessionId, ServerRequest request, ServerResponse &response);
    Awaitable<void> stop(QString route, QString sessionId, ServerRequest request, ServerResponse &response);
    Awaitable<void> refresh(ServerRequest request, ServerResponse &response);
    /// A request to the app inside of a session.
    Awaitable<void> use(QString route, QString sessionId, QByteArray path, ServerRequest request, ServerResponse &response);
    /// One that is a session of its own.
    Awaitable<void> callOnce(QString route, QByteArray path, ServerRequest request, ServerResponse &response);
    /// One through a proxy.
    Awaitable<void> throughProxy(QString id, QByteArray path, ServerRequest request, ServerResponse &response);

private:
    /// Free, or paid for by the request; what is refused has been answered.
    Awaitable<std::shared_ptr<Session>> admitted(std::shared_ptr<Runner> runner, const ServerRequest &request, ServerResponse &response);

    SharedContext m_context;
    std::shared_ptr<Book> m_book;
    std::shared_ptr<Cashier> m_cashier;
};

} // namespace sluice::liverunner
