#include "orchestrator_desks_p.h"

#include "orchestrator_secrets_p.h"

namespace sluice::liverunner {

namespace {

constexpr qsizetype MaxBodyBytes = 64 * 1024;

/// Of `error` as the page words it.
Unexpected<Refusal> badRequest(const Error &error)
{
    return refused(error.kind() == Error::Kind::TooLarge ? 413 : 400, error.message().toUtf8());
}

Awaitable<void> refuseMethod(QByteArray allowed, ServerResponse &response)
{
    Headers fields{{"Allow", allowed}, {"Content-Type", "text/plain; charset=utf-8"}, {"X-Content-Type-Options", "nosniff"}};
    co_await response.send(405, std::move(fields), "Method Not Allowed\n");
}

/// Where an app may have a proxy lead: to other ports and paths of its own host.
Expected<QUrl, Refusal> targetOf(const QString &text, const Runner &runner)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.isRelative() || url.host().isEmpty())
        return refused(400, "target_url must be an absolute URL");
    if (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("https"))
        return refused(400, "target_url scheme must be http or https");
    if (url.hasFragment())
        return refused(400, "target_url must not include a fragment");
    if (url.host().compare(QUrl(runner.described.runnerUrl).host(), Qt::CaseInsensitive) != 0)
        return refused(400, "target_url hostname must match registered runner_url hostname");
    return url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
}

} // namespace

RunnerDesk::RunnerDesk(SharedContext context, std::shared_ptr<Book> book)
    : m_context(std::move(context))
    , m_book(std::move(book))
{
}

Awaitable<void> RunnerDesk::heartbeat(ServerRequest request, ServerResponse &response)
{
    if (!co_await response.readBody(request, MaxHeartbeatBytes))
        co_return;
    const auto heartbeat = Heartbeat::parse(request.body, m_context->isOnChain());
    if (!heartbeat) {
        co_await response.sendText(400, heartbeat.error().message().toUtf8());
        co_return;
    }
    const auto answer = m_book->heard(*heartbeat, headers::value(request.headers, header::Authorization));
    if (answer)
        co_await sendJson(answer->toJson(), response);
    else
        co_await sendRefusal(answer.error(), response);
}

Awaitable<void> RunnerDesk::unregister(QString id, ServerRequest request, ServerResponse &response)
{
    const auto done = m_book->unregister(id, headers::value(request.headers, header::Authorization));
    if (done)
        co_await response.send(204, {}, {});
    else
        co_await sendRefusal(done.error(), response);
}

Expected<RunnerDesk::Caller, Refusal> RunnerDesk::callerOf(const QString &route, const QString &sessionId, const Headers &fields) const
{
    const auto runner = m_book->usable(route);
    if (!runner)
        return unexpected(runner.error());
    const auto session = m_book->session(**runner, sessionId);
    if (!session)
        return unexpected(session.error());
    if (!isSameSecret((*session)->token, headers::value(fields, header::SessionToken)))
        return refused(401, "invalid authorization");
    return Caller{*runner, *session};
}

Awaitable<void> RunnerDesk::callback(QString route, QString sessionId, QString what, ServerRequest request, ServerResponse &response)
{
    const bool isChannels = what == QLatin1String("channels");
    const bool isDelete = isChannels && request.method == "DELETE";
    if (request.method != "POST" && !isDelete) {
        co_await refuseMethod(isChannels ? "DELETE, POST" : "POST", response);
        co_return;
    }
    // Before the body; and once more behind it, because the session may have ended meanwhile.
    if (const auto may = callerOf(route, sessionId, request.headers); !may) {
        co_await sendRefusal(may.error(), response);
        co_return;
    }
    if (!co_await response.readBody(request, MaxBodyBytes))
        co_return;
    const auto caller = callerOf(route, sessionId, request.headers);
    if (!caller) {
        co_await sendRefusal(caller.error(), response);
        co_return;
    }
    if (what == QLatin1String("stop")) {
        m_book->end(caller->session, End::Released);
        co_await response.send(204, {}, {});
        co_return;
    }
    Expected<Json, Refusal> made = isDelete ? deleteChannels(*caller, request.body)
        : isChannels                        ? makeChannels(*caller, request.body)
                                            : makeProxy(*caller, request.body);
    if (made)
        co_await sendJson(std::move(*made), response);
    else
        co_await sendRefusal(made.error(), response);
}

Expected<Json, Refusal> RunnerDesk::makeChannels(const Caller &caller, QByteArrayView body)
{
    const auto wanted = ChannelsRequest::parse(body);
    if (!wanted)
        return badRequest(wanted.error());
    QList<ChannelAnswer> made;
    for (const ChannelsRequest::Wanted &one : wanted->channels) {
        const auto channel = m_book->addChannel(caller.session, one.name, one.mimeType);
        if (!channel)
            return unexpected(channel.error());
        made.append(*channel);
    }
    return channelsToJson(made);
}

Expected<Json, Refusal> RunnerDesk::deleteChannels(const Caller &caller, QByteArrayView body)
{
    const auto names = parseDeletedChannels(body);
    if (!names)
        return badRequest(names.error());
    Json deleted = Json::array();
    for (const QString &name : *names) {
        if (const auto done = m_book->removeChannel(caller.session, name); !done)
            return unexpected(done.error());
        deleted.append(name);
    }
    return Json{{QStringLiteral("deleted"), deleted}};
}

Expected<Json, Refusal> RunnerDesk::makeProxy(const Caller &caller, QByteArrayView body)
{
    const auto text = parseProxyRequest(body);
    if (!text)
        return badRequest(text.error());
    QUrl target;
    if (!text->isEmpty()) {
        const auto url = targetOf(*text, *caller.runner);
        if (!url)
            return unexpected(url.error());
        target = *url;
    }
    const auto proxy = m_book->addProxy(caller.session, target);
    if (!proxy)
        return unexpected(proxy.error());
    return proxy->toJson();
}

} // namespace sluice::liverunner
