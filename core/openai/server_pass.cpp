#include "server_exchange_p.h"

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

QString modelIn(const ServerRequest &request)
{
    if (headers::mediaType(request.headers) != "application/json")
        return {};
    const auto json = Json::parse(request.body);
    return json ? json->value(QStringLiteral("model")).toString() : QString();
}

/// Bytes as they come, in both kinds of answers: what has a length is known at once, what has none is not waited for.
awaitable<void> relay(ServerExchange &exchange, std::shared_ptr<UpstreamReply> reply)
{
    const Subscription leaving = exchange.endsWithCaller(reply);
    Headers back = headersBack(reply->headers());
    const int status = reply->status();
    const bool streamed = headers::mediaType(reply->headers()) == "text/event-stream" && status == 200;
    if (!streamed) {
        auto body = co_await exchange.collect(reply, 256 * 1024 * 1024);
        if (!body)
            co_return;
        if (!*body) {
            co_await exchange.refuse(body->error());
            co_return;
        }
        if (status >= 400 && mayBePaid(status))
            back += noRetry();
        QByteArray bytes = std::move(**body);
        co_await exchange.answer(status, {}, std::move(bytes), std::move(back));
        co_return;
    }
    const bool begun = co_await exchange.begin({}, std::move(back));
    if (!begun)
        co_return;
    for (;;) {
        QByteArray bytes;
        bool cut = false;
        try {
            bytes = co_await reply->read();
        } catch (const Error &) {
            cut = true;
        }
        if (exchange.response().isClosed())
            co_return;
        if (cut) {
            const ApiError error = ApiError::badGateway(QStringLiteral("The upstream's answer was cut."));
            QByteArray event = "data: " + error.toJson().dump() + "\n\n";
            co_await exchange.write(std::move(event));
            break;
        }
        if (bytes.isEmpty())
            break;
        co_await exchange.write(std::move(bytes));
    }
    co_await exchange.end();
}

} // namespace

awaitable<void> passOn(ServerExchange &exchange, UpstreamRequest request)
{
    if (request.headers.isEmpty())
        request.headers = exchange.request().headers;
    request.body = std::exchange(exchange.request().body, {});
    exchange.request().dropBody();
    auto sent = co_await exchange.send(std::move(request));
    if (!sent)
        co_return; // the caller has left
    if (!*sent) {
        co_await exchange.refuse(sent->error());
        co_return;
    }
    const std::shared_ptr<UpstreamReply> reply = **sent;
    co_await relay(exchange, reply);
}

awaitable<void> serveUpstreamsOwn(ServerExchange &exchange, QByteArray route)
{
    const bool read = co_await exchange.readBody();
    if (!read)
        co_return;
    const QString model = modelIn(exchange.request());
    exchange.setModel(model);
    const auto dialect = co_await exchange.upstream().dialect(model);
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
