#include "server_exchange_p.h"

#include "passed_stream_p.h"

#include "sluice/net/work_aside.h"

#include <algorithm>
#include <array>

namespace sluice::openai {

namespace {

/// Of an upstream's answer, what a caller is to see beside the body.
constexpr std::array<const char *, 4> HeadersBack{"Content-Type", "Retry-After", "Content-Disposition", "openai-processing-ms"};

Headers headersBack(const Headers &upstream)
{
    Headers back;
    for (const char *name : HeadersBack) {
        if (const QByteArray value = headers::value(upstream, name); !value.isEmpty())
            headers::set(back, name, value);
    }
    return back;
}

/// Else it is a gateway's own.
bool isOpenAiRoute(const QByteArray &path)
{
    static const QList<QByteArray> routes{"/chat/completions", "/completions", "/responses", "/embeddings", "/moderations"};
    return routes.contains(path) || path.startsWith("/images/") || path.startsWith("/audio/");
}

/// Why a 200 cannot be what was asked for.
std::optional<ApiError> unusable(const Headers &head, const QByteArray &body)
{
    const QByteArray type = headers::mediaType(head);
    const QByteArray text = body.size() < 64 * 1024 ? body.trimmed() : body;
    if (text.isEmpty())
        return ApiError::badGateway(QStringLiteral("The upstream answered 200 with nothing in it."));
    const bool object = text.startsWith('{') && text.endsWith('}');
    const bool list = text.startsWith('[') && text.endsWith(']');
    if (type == "text/html" || (type == "application/json" && body.size() < 64 * 1024 && !object && !list && !text.startsWith('"')))
        return ApiError::badGateway(QStringLiteral("The upstream answered nothing that can be used: %1").arg(QString::fromUtf8(text.left(200))));
    return std::nullopt;
}

/// An answer that is no stream.
awaitable<void> relayWhole(ServerExchange &exchange, std::shared_ptr<UpstreamReply> reply, bool openAi)
{
    auto body = co_await exchange.collect(reply, 256 * 1024 * 1024);
    if (!body)
        co_return;
    if (!*body) {
        co_await exchange.refuse(body->error());
        co_return;
    }
    const int status = reply->status();
    std::optional<UpstreamFailure> failure;
    if (status >= 400 && openAi)
        failure = upstreamError(status, **body, headers::value(reply->headers(), "Retry-After"), true);
    else if (const auto why = status == 200 && (openAi || (*body)->isEmpty()) ? unusable(reply->headers(), **body) : std::nullopt)
        failure = UpstreamFailure(*why, true);
    if (failure) {
        co_await exchange.refuse(std::move(*failure));
        co_return;
    }
    Headers back = headersBack(reply->headers());
    if (status >= 400 && mayBePaid(status))
        back += noRetry();
    QByteArray bytes = std::move(**body);
    co_await exchange.answer(status, {}, std::move(bytes), std::move(back));
}

/// Events as they come. The head of the answer waits for the first, so that a failure before it has a status of its own.
awaitable<void> relayEvents(ServerExchange &exchange, std::shared_ptr<UpstreamReply> reply, QByteArray route)
{
    const Subscription leaving = exchange.endsWithCaller(reply);
    PassedStream stream(route);
    bool begun = false;
    while (!stream.ended()) {
        QByteArray bytes;
        bool cut = false;
        bool canceled = false;
        try {
            bytes = co_await reply->read();
        } catch (const Error &error) {
            cut = true;
            canceled = error.kind() == Error::Kind::Canceled;
        }
        if (exchange.response().isClosed())
            co_return;
        const bool over = cut || bytes.isEmpty();
        QByteArray on;
        if (canceled)
            on = stream.fail(canceledHere());
        else
            on = over ? stream.finish(cut) : stream.feed(bytes);
        if (!begun && !stream.begun() && (stream.ended() || over)) {
            const UpstreamFailure failure(canceled ? canceledHere() : PassedStream::nothing(), true);
            co_await exchange.refuse(failure);
            co_return;
        }
        if (!on.isEmpty() && !std::exchange(begun, true)) {
            Headers back = headersBack(reply->headers());
            headers::set(back, "Cache-Control", "no-cache");
            headers::set(back, "X-Accel-Buffering", "no");
            co_await exchange.begin({}, std::move(back));
        }
        if (!stream.problem().isEmpty())
            exchange.noteProblem(stream.problem());
        if (!on.isEmpty())
            co_await exchange.write(std::move(on));
    }
    reply->close();
    co_await exchange.end();
}

/// The model of a request that is an object; nothing for what is none, which has been refused.
awaitable<std::optional<QString>> modelOf(ServerExchange &exchange)
{
    std::optional<QString> model;
    const auto json = co_await parseAside(exchange.request().body, Json::Limits{64 * 1024 * 1024, 64, 256 * 1024 * 1024});
    if (json && json->isObject()) {
        model = json->value(QStringLiteral("model")).toString();
        co_return model;
    }
    const ApiError error = ApiError::invalidRequest(QStringLiteral("The body is no JSON object."));
    co_await exchange.refuse(error);
    co_return model;
}

} // namespace

awaitable<void> passOn(ServerExchange &exchange, UpstreamRequest request)
{
    if (request.headers.isEmpty())
        request.headers = exchange.request().headers;
    request.body = std::exchange(exchange.request().body, {});
    exchange.request().dropBody();
    const QByteArray route = request.path;
    const bool openAi = isOpenAiRoute(route);
    auto sent = co_await exchange.send(std::move(request));
    if (!sent)
        co_return; // the caller has left
    if (!*sent) {
        co_await exchange.refuse(sent->error());
        co_return;
    }
    const std::shared_ptr<UpstreamReply> reply = **sent;
    const bool streamed = headers::mediaType(reply->headers()) == "text/event-stream" && reply->status() == 200;
    if (streamed)
        co_await relayEvents(exchange, reply, route);
    else
        co_await relayWhole(exchange, reply, openAi);
}

awaitable<void> serveUpstreamsOwn(ServerExchange &exchange, QByteArray route)
{
    const bool read = co_await exchange.readBody();
    if (!read)
        co_return;
    const std::optional<QString> model = co_await modelOf(exchange);
    if (!model)
        co_return;
    exchange.setModel(*model);
    const auto dialect = co_await exchange.upstream().dialect(*model);
    if (!dialect) {
        co_await exchange.refuse(dialect.error());
        co_return;
    }
    if (*dialect != Dialect::OpenAi) {
        ApiError error = ApiError::invalidRequest(QStringLiteral("%1 is not offered by a Livepeer AI gateway.").arg(QString::fromLatin1(route)));
        error.status = 501;
        const Headers once = noRetry();
        co_await exchange.refuse(error, once);
        co_return;
    }
    co_await passOn(exchange, exchange.upstreamRequest(route));
}

awaitable<void> servePassed(ServerExchange &exchange, QByteArray path)
{
    const bool read = co_await exchange.readBody();
    if (!read)
        co_return;
    UpstreamRequest request = exchange.upstreamRequest(path);
    request.method = exchange.request().method == "HEAD" ? QByteArray("GET") : exchange.request().method;
    request.fromOrigin = path.startsWith("/stream/");
    if (!exchange.request().query.isEmpty())
        request.path += '?' + exchange.request().query;
    co_await passOn(exchange, std::move(request));
}

} // namespace sluice::openai
