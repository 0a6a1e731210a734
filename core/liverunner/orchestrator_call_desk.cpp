#include "orchestrator_desks_p.h"

#include "orchestrator_secrets_p.h"

namespace sluice::liverunner {

namespace {

constexpr qsizetype MaxBodyBytes = 64 * 1024;
constexpr int SessionIdCharacters = 26;

/// Frees a slot when the one request that has it is over, however that comes.
class Slot final {
public:
    Slot(std::shared_ptr<Book> book, std::shared_ptr<Session> session)
        : m_book(std::move(book))
        , m_session(std::move(session))
    {
    }
    ~Slot() { m_book->end(m_session, End::Released); }
    Slot(const Slot &) = delete;
    Slot &operator=(const Slot &) = delete;

private:
    std::shared_ptr<Book> m_book;
    std::shared_ptr<Session> m_session;
};

} // namespace

CallDesk::CallDesk(SharedContext context, std::shared_ptr<Book> book, std::shared_ptr<Cashier> cashier)
    : m_context(std::move(context))
    , m_book(std::move(book))
    , m_cashier(std::move(cashier))
{
}

Awaitable<std::shared_ptr<Session>> CallDesk::admitted(std::shared_ptr<Runner> runner, const ServerRequest &request, ServerResponse &response)
{
    if (m_context->isOnChain() && !runner->terms) {
        const QByteArray why = "live runner price unavailable: " + runner->termsProblem.toUtf8();
        co_await response.sendText(503, why);
        co_return nullptr;
    }
    if (m_context->isOnChain() && Cashier::isUnpaid(request.headers)) {
        const auto challenge = m_cashier->challenge(*runner, request.headers);
        if (!challenge) {
            co_await sendRefusal(challenge.error(), response);
            co_return nullptr;
        }
        QByteArray body = challenge->toJson().dump() + '\n';
        Headers fields = headers::contentType("application/json");
        co_await response.send(402, std::move(fields), std::move(body));
        co_return nullptr;
    }
    const auto reserved = m_context->isOnChain() ? m_cashier->reserve(runner, request.headers)
                                                 : m_book->reserve(runner, QStringLiteral("session_") + randomId(SessionIdCharacters));
    if (!reserved) {
        co_await sendRefusal(reserved.error(), response);
        co_return nullptr;
    }
    std::shared_ptr<Session> session = *reserved;
    co_return session;
}

Awaitable<void> CallDesk::reserve(QString route, ServerRequest request, ServerResponse &response)
{
    const auto runner = m_book->usable(route);
    if (!runner) {
        co_await sendRefusal(runner.error(), response);
        co_return;
    }
    if ((*runner)->described.mode != Mode::Persistent) {
        co_await response.sendText(400, "only persistent runners have sessions");
        co_return;
    }
    const std::shared_ptr<Session> session = co_await admitted(*runner, request, response);
    if (!session)
        co_return;
    SessionAnswer answer;
    answer.sessionId = session->id;
    answer.controlUrl = QStringLiteral("%1/apps/%2/session/%3").arg(m_context->service(), inPath(route), inPath(session->id));
    answer.appUrl = answer.controlUrl + QStringLiteral("/app");
    if ((*runner)->described.proxy) {
        const auto proxy = m_book->addProxy(session, QUrl());
        if (proxy)
            answer.appUrl = proxy->url;
    }
    QByteArray body = answer.toJson().dump() + '\n';
    Headers fields = headers::contentType("application/json");
    // A client that is gone does not know the id, and nobody would ever stop it.
    if (!co_await response.send(200, std::move(fields), std::move(body)))
        m_book->end(session, End::Released);
}

Awaitable<void> CallDesk::pay(QString route, QString sessionId, ServerRequest request, ServerResponse &response)
{
    const auto runner = m_book->usable(route);
    if (!runner) {
        co_await sendRefusal(runner.error(), response);
        co_return;
    }
    const auto session = m_book->session(**runner, sessionId);
    if (!session) {
        co_await sendRefusal(session.error(), response);
        co_return;
    }
    const auto result = m_cashier->topUp(**runner, *session, request.headers);
    if (!result) {
        co_await sendRefusal(result.error(), response);
        co_return;
    }
    Headers fields = headers::contentType("application/x-protobuf");
    QByteArray body = *result;
    co_await response.send(200, std::move(fields), std::move(body));
}

Awaitable<void> CallDesk::stop(QString route, QString sessionId, ServerRequest, ServerResponse &response)
{
    const auto runner = m_book->usable(route);
    if (!runner) {
        co_await sendRefusal(runner.error(), response);
        co_return;
    }
    if (const auto session = m_book->session(**runner, sessionId))
        m_book->end(*session, End::Released);
    co_await response.send(204, {}, {});
}

Awaitable<void> CallDesk::refresh(ServerRequest request, ServerResponse &response)
{
    if (!co_await response.readBody(request, MaxBodyBytes))
        co_return;
    const auto wanted = RefreshRequest::parse(request.body);
    if (!wanted) {
        Refusal bad{400, wanted.error().message().toUtf8(), true};
        co_await sendRefusal(std::move(bad), response);
        co_return;
    }
    const auto challenge = m_cashier->refresh(*wanted);
    if (challenge)
        co_await sendJson(challenge->toJson(), response);
    else
        co_await sendRefusal(challenge.error(), response);
}

Awaitable<void> CallDesk::use(QString route, QString sessionId, QByteArray path, ServerRequest request, ServerResponse &response)
{
    const auto runner = m_book->usable(route);
    if (!runner) {
        co_await sendRefusal(runner.error(), response);
        co_return;
    }
    const auto session = m_book->session(**runner, sessionId);
    if (!session) {
        co_await sendRefusal(session.error(), response);
        co_return;
    }
    Passage passage;
    passage.runner = *runner;
    passage.session = *session;
    passage.path = std::move(path);
    co_await forward(m_context, std::move(passage), std::move(request), response);
}

Awaitable<void> CallDesk::callOnce(QString route, QByteArray path, ServerRequest request, ServerResponse &response)
{
    const auto runner = m_book->usable(route);
    if (!runner) {
        co_await sendRefusal(runner.error(), response);
        co_return;
    }
    if ((*runner)->described.mode != Mode::SingleShot) {
        co_await response.sendText(400, "runner is not single-shot");
        co_return;
    }
    const std::shared_ptr<Session> session = co_await admitted(*runner, request, response);
    if (!session)
        co_return;
    const Slot slot(m_book, session);
    Passage passage;
    passage.runner = *runner;
    passage.session = session;
    passage.path = std::move(path);
    co_await forward(m_context, std::move(passage), std::move(request), response);
}

Awaitable<void> CallDesk::throughProxy(QString id, QByteArray path, ServerRequest request, ServerResponse &response)
{
    const Proxy *proxy = m_book->proxy(id);
    if (!proxy) {
        const auto runner = m_book->usable(id);
        if (runner && (*runner)->described.proxy && (*runner)->described.mode == Mode::SingleShot)
            co_await callOnce(id, std::move(path), std::move(request), response);
        else
            co_await response.sendText(404, "live runner proxy not found");
        co_return;
    }
    Passage passage;
    passage.session = proxy->session.lock();
    passage.target = proxy->target;
    passage.path = std::move(path);
    if (passage.session)
        passage.runner = passage.session->runner.lock();
    if (!passage.runner || !m_book->isUsable(*passage.runner)) {
        co_await response.sendText(404, "live runner proxy not found");
        co_return;
    }
    co_await forward(m_context, std::move(passage), std::move(request), response);
}

} // namespace sluice::liverunner
