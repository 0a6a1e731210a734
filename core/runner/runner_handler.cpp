#include "sluice/runner/runner_handler_p.h"

#include "sluice/base/log.h"
#include "sluice/net/work_aside.h"
#include "sluice/runner/app_session.h"
#include "sluice/runner/live_apps_p.h"

#include <QtCore/QElapsedTimer>

namespace sluice {

namespace asio = boost::asio;

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

RunnerReply resultReply(const PredictResult &result)
{
    RunnerReply reply{200, {{"Content-Type", result.contentType}}, result.body};
    constexpr qsizetype MaxMetadataBytes = 4096; // proxies bound all headers together at 8 KiB
    const QByteArray metadata = result.metadata.isObject() ? result.metadata.dump() : QByteArray();
    if (!metadata.isEmpty() && metadata.size() <= MaxMetadataBytes)
        reply.headers.emplaceBack("X-Metadata", metadata);
    return reply;
}

Headers streamHeaders()
{
    return {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-cache"}};
}

/// The input of a call, or why it is none.
Expected<Json, RunnerReply> inputFrom(const ServedCapability &served, const QByteArray &body, const Json::Limits &limits)
{
    const Expected<Json> parsed = Json::parse(body, limits);
    if (!parsed)
        return unexpected(brokenBodyReply(parsed.error()));
    const QList<SchemaViolation> violations = served.validator().validate(*parsed);
    if (!violations.isEmpty())
        return unexpected(jsonReply(422, validationDetail(violations, *parsed)));
    return served.withDefaults(*parsed);
}

bool isRead(const ServerRequest &request)
{
    return request.method == "GET" || request.method == "HEAD";
}

} // namespace

void RunnerHandler::add(std::shared_ptr<ServedCapability> capability)
{
    const QString name = capability->name();
    if (capability->isLive())
        m_live[name] = std::make_shared<LiveHost>(m_io, *capability, m_settings.live);
    m_capabilities[name] = std::move(capability);
}

void RunnerHandler::clear()
{
    for (const auto &[name, host] : m_live)
        host->askToStop();
    for (const auto &[name, host] : m_live)
        host->stop();
    m_live.clear();
    m_capabilities.clear();
}

int RunnerHandler::running(const ServedCapability &served) const
{
    const auto host = m_live.find(served.name());
    return host != m_live.end() ? host->second->running() : served.pool().running();
}

RunnerHandler::LiveRoute RunnerHandler::liveRoute(const ServerRequest &request) const
{
    const QByteArray path = QByteArray::fromPercentEncoding(request.path);
    const QByteArray name = path.split('/').value(1);
    const QByteArray rest = path.mid(name.size() + 2);
    const auto host = m_live.find(QString::fromUtf8(name));
    const QByteArray prefix = "stream/";
    if (host == m_live.end() || !rest.startsWith(prefix) || !LiveHost::knows(rest.mid(prefix.size()), request.method) || !isAuthorized(request))
        return {};
    return {host->second, rest.mid(prefix.size())};
}

bool RunnerHandler::isAuthorized(const ServerRequest &request) const
{
    if (m_settings.bearerToken.isEmpty())
        return true;
    const QByteArray value = headers::value(request.headers, "Authorization");
    return value.size() > 7 && value.left(7).toLower() == "bearer " && m_settings.bearerToken.equals(value.mid(7).trimmed());
}

Json RunnerHandler::health() const
{
    Json list = Json::array();
    for (const auto &[name, served] : m_capabilities)
        list.append(Json{{key("name"), name}, {key("running"), running(*served)}, {key("capacity"), served->capacity()}});
    return Json{{key("status"), "ok"}, {key("capabilities"), list}};
}

/// As the published client's `list_capabilities` reads it (client-sdk.md 1.3).
Json RunnerHandler::listing() const
{
    Json list = Json::array();
    for (const auto &[name, served] : m_capabilities)
        list.append(Json{{key("name"), name}, {key("model_id"), name}, {key("capacity"), served->capacity()}});
    return Json{{key("capabilities"), list}};
}

RunnerReply RunnerHandler::route(const ServerRequest &request, std::shared_ptr<ServedCapability> &callee) const
{
    const QByteArray path = QByteArray::fromPercentEncoding(request.path);
    if (path == "/health" && isRead(request))
        return jsonReply(200, health());
    if (path == "/capabilities" && isRead(request))
        return jsonReply(200, listing());
    const QByteArray name = path.split('/').value(1);
    const auto it = m_capabilities.find(QString::fromUtf8(name));
    const QByteArray rest = path.mid(name.size() + 2);
    if (it != m_capabilities.end() && rest == "health" && isRead(request))
        return jsonReply(200, Json{{key("status"), "ok"}, {key("name"), it->first},
            {key("running"), running(*it->second)}, {key("capacity"), it->second->capacity()}});
    if (!isAuthorized(request))
        return detailReply(401, QStringLiteral("This worker asks for its bearer token, and the request has none or another one."),
            "WWW-Authenticate", "Bearer");
    if (path == "/schema" && isRead(request)) {
        Json list = Json::array();
        for (const auto &[key_, served] : m_capabilities)
            list.append(served->schemaDocument());
        return jsonReply(200, m_capabilities.size() == 1 ? list.at(0) : Json{{key("capabilities"), list}});
    }
    if (it != m_capabilities.end())
        return capabilityRoute(it->second, rest, request, callee);
    QStringList names;
    for (const auto &[known, served] : m_capabilities)
        names.append(u'/' + known);
    return detailReply(404, QStringLiteral("There is no capability at %1. This worker serves %2, each with /health, /schema and its own route.")
                                .arg(QString::fromUtf8(path.left(100)), names.join(QStringLiteral(", "))));
}

RunnerReply RunnerHandler::capabilityRoute(const std::shared_ptr<ServedCapability> &served, const QByteArray &rest,
    const ServerRequest &request, std::shared_ptr<ServedCapability> &callee) const
{
    if (served->isLive() && rest != "schema" && rest != "health")
        return detailReply(404, QStringLiteral("\"%1\" works on live streams. Call POST /stream/start, /stream/params and /stream/stop, or GET "
                                               "/stream/status; through an orchestrator, /ai/stream/start.").arg(served->name()));
    // The published clients and gateways send to a path of the capability's name, which comes below the URL that is named so already.
    const bool isCall = rest.isEmpty() || rest == "predict" || rest == served->path().toUtf8() || rest == served->name().toUtf8();
    if (rest == "schema" && isRead(request))
        return jsonReply(200, served->schemaDocument());
    if (isCall && request.method == "POST") {
        callee = served;
        return {};
    }
    if (isCall || rest == "schema" || rest == "health")
        return detailReply(405, QStringLiteral("%1 is not allowed here.").arg(QString::fromLatin1(request.method.left(20))),
            "Allow", isCall ? "POST" : "GET");
    return detailReply(404, QStringLiteral("\"%1\" has no route /%2. Call POST /%3.")
                                .arg(served->name(), QString::fromUtf8(rest.left(100)), served->path()));
}

RunnerReply RunnerHandler::begin(const std::shared_ptr<ServedCapability> &served, const Json &input, std::shared_ptr<AppSession> session, std::shared_ptr<RunnerCall> &call)
{
    const auto running = std::make_shared<RunnerCall>(m_io, QDeadlineTimer(m_settings.callTimeout), std::move(session));
    // The capability outlives the call: its threads are joined before it goes.
    ServedCapability *const worker = served.get();
    const bool accepted = served->pool().post([running, input, worker] {
        running->run([&](const RunContext &context) -> std::optional<PredictResult> {
            if (!worker->isStream())
                return worker->predict().predict(input, context);
            worker->stream().generate(input, *running, context);
            return std::nullopt;
        });
    });
    if (!accepted)
        return detailReply(503, QStringLiteral("\"%1\" is busy: %2 call(s) run and its queue is full. Try again soon.")
                                    .arg(served->name()).arg(served->pool().running()), "Retry-After", "1");
    call = running;
    return {};
}

asio::awaitable<void> RunnerHandler::handle(ServerRequest request, ServerResponse &response)
{
    std::shared_ptr<AppSession> session;
    if (m_apps && m_apps->owns(request.path)) {
        session = m_apps->enter(request);
        if (!m_settings.bearerToken.isEmpty()) // who knows the address is the orchestrator; what its caller sent as credentials is no business of ours
            headers::set(request.headers, "Authorization", "Bearer " + m_settings.bearerToken.expose().toByteArray());
    }
    const LiveRoute live = liveRoute(request);
    if (live.host) {
        if (co_await response.readBody(request, m_settings.maxInputBytes))
            co_await live.host->handle(live.action, std::move(request), response);
        co_return;
    }
    std::shared_ptr<ServedCapability> served;
    const RunnerReply reply = route(request, served);
    if (!served)
        co_await response.send(reply.status, reply.headers, reply.body);
    else if (co_await response.readBody(request, m_settings.maxInputBytes))
        co_await call(std::move(served), std::move(request), session, response);
}

asio::awaitable<void> RunnerHandler::call(std::shared_ptr<ServedCapability> served, ServerRequest request, std::shared_ptr<AppSession> session, ServerResponse &response)
{
    if (served->liveApp().needsSession && !session) {
        const RunnerReply none = detailReply(400, QStringLiteral("\"%1\" is called within a session of a live runner, and this request belongs to none.").arg(served->name()));
        co_await response.send(none.status, none.headers, none.body);
        co_return;
    }
    Json::Limits limits;
    limits.maxBytes = m_settings.maxInputBytes;
    const qsizetype size = request.body.size();
    auto read = [served, body = std::move(request.body), limits] { return inputFrom(*served, body, limits); };
    const auto checked = co_await aside(size, std::move(read));
    request.dropBody();
    std::shared_ptr<RunnerCall> running;
    const RunnerReply reply = checked ? begin(served, *checked, session, running) : checked.error();
    if (!running) {
        co_await response.send(reply.status, reply.headers, reply.body);
        co_return;
    }
    const Json &input = *checked;
    QElapsedTimer timer;
    timer.start();
    const Subscription gone = response.onClosed([running] { running->abandon(); });
    Subscription over;
    if (session)
        over = session->ended().onCancel([running, io = &m_io] { io->post([running] { running->abandon(); }); });
    const Json stream = input.value(key("stream"));
    std::exception_ptr failure;
    try {
        if (!served->isStream())
            co_await answer(*served, running, response);
        else if (stream.isBool() && !stream.toBool() && !served->stream().collected({}).isNull())
            co_await answerCollected(*served, running, response);
        else
            co_await answerStream(running, response);
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure)
        co_await fail(failure, response, input);
    if (session && session->ended().isCanceled() && !response.started())
        response.abort(); // nobody waits for it any more
    running->abandon(); // however it ended: the answer is not read any more
    qCInfo(logRunner).noquote() << served->name() << (failure ? "failed after" : "answered in") << timer.elapsed() << "ms";
}

asio::awaitable<void> RunnerHandler::answer(ServedCapability &served, std::shared_ptr<RunnerCall> call, ServerResponse &response)
{
    for (;;) {
        const RunnerCall::Progress progress = call->take();
        if (call->isAbandoned())
            co_return;
        if (progress.failure)
            std::rethrow_exception(progress.failure);
        if (progress.finished) {
            const RunnerReply reply = resultReply(*progress.result);
            co_await response.send(reply.status, reply.headers, reply.body);
            co_return;
        }
        if (call->isOverdue())
            throw Error(Error::Kind::Timeout, QStringLiteral("\"%1\" did not finish within %2 s.").arg(served.name())
                            .arg(m_settings.callTimeout.count() / 1000));
        co_await call->changed();
    }
}

asio::awaitable<void> RunnerHandler::answerStream(std::shared_ptr<RunnerCall> call, ServerResponse &response)
{
    for (;;) {
        const RunnerCall::Progress progress = call->take();
        if (call->isAbandoned())
            co_return;
        // Until the first event there is still a status to choose.
        if (progress.failure && progress.events.isEmpty())
            std::rethrow_exception(progress.failure);
        if (!response.started() && (progress.finished || !progress.events.isEmpty())) {
            if (!co_await response.begin(200, streamHeaders()))
                co_return;
        }
        QByteArray text;
        for (const QByteArray &event : progress.events)
            text += eventText(event);
        if (!text.isEmpty() && !co_await response.write(text))
            co_return;
        if (progress.failure)
            std::rethrow_exception(progress.failure);
        if (progress.finished) {
            if (co_await response.write("data: [DONE]\n\n"))
                co_await response.end();
            co_return;
        }
        if (call->isOverdue())
            throw Error(Error::Kind::Timeout, QStringLiteral("The stream did not finish within %1 s.").arg(m_settings.callTimeout.count() / 1000));
        if (progress.events.isEmpty())
            co_await call->changed();
    }
}

asio::awaitable<void> RunnerHandler::answerCollected(ServedCapability &served, std::shared_ptr<RunnerCall> call, ServerResponse &response)
{
    constexpr qsizetype MaxBytes = 16 * 1024 * 1024;
    QList<QByteArray> events;
    qsizetype bytes = 0;
    for (;;) {
        const RunnerCall::Progress progress = call->take();
        if (call->isAbandoned())
            co_return;
        if (progress.failure)
            std::rethrow_exception(progress.failure);
        for (const QByteArray &event : progress.events) {
            events.append(event);
            bytes += event.size();
        }
        if (bytes > MaxBytes)
            throw Error(Error::Kind::TooLarge, QStringLiteral("The answer is larger than %1 bytes; ask for it as a stream.").arg(MaxBytes));
        if (progress.finished) {
            const RunnerReply reply = jsonReply(200, served.stream().collected(events));
            co_await response.send(reply.status, reply.headers, reply.body);
            co_return;
        }
        if (call->isOverdue())
            throw Error(Error::Kind::Timeout, QStringLiteral("The answer was not finished within %1 s.").arg(m_settings.callTimeout.count() / 1000));
        if (progress.events.isEmpty())
            co_await call->changed();
    }
}

asio::awaitable<void> RunnerHandler::fail(std::exception_ptr failure, ServerResponse &response, const Json &input)
{
    const RunnerFailure what = describeFailure(failure, input);
    qCWarning(logRunner).noquote() << "a call failed with" << what.status << what.text.left(500).simplified();
    if (!response.started()) {
        const RunnerReply reply = jsonReply(what.status, what.body);
        co_await response.send(reply.status, reply.headers, reply.body);
    } else {
        // The status is gone; the stream says it itself (client-sdk.md 3.5).
        if (co_await response.write(what.event + "data: [DONE]\n\n"))
            co_await response.end();
    }
}

} // namespace sluice
