#include "sluice/openai/server.h"

#include "server_exchange_p.h"

#include "sluice/base/log.h"
#include "sluice/base/secret.h"
#include "sluice/net/host_guard.h"

#include <boost/asio/io_context.hpp>

namespace sluice::openai {

namespace {

using Serve = awaitable<void> (*)(ServerExchange &, QByteArray);

struct Route {
    QByteArray path;   ///< below `/v1`, which callers may leave out
    QByteArray method;
    Serve serve;
};

const QList<Route> &routes()
{
    static const QList<Route> all{
        {"/chat/completions", "POST", &serveChat},
        {"/completions", "POST", &serveChat},
        {"/responses", "POST", &serveChat},
        {"/embeddings", "POST", &serveUpstreamsOwn},
        {"/moderations", "POST", &serveUpstreamsOwn},
        {"/images/generations", "POST", &serveImages},
        {"/images/edits", "POST", &serveImages},
        {"/audio/transcriptions", "POST", &serveTranscription},
        {"/audio/speech", "POST", &serveSpeech},
    };
    return all;
}

/// A gateway's own paths (openai.md 9), which are passed through.
bool isNative(const QByteArray &path)
{
    static const QList<QByteArray> pipelines{"/llm", "/llm-generate", "/text-to-image", "/image-to-image", "/image-to-video", "/image-to-video/result",
        "/upscale", "/audio-to-text", "/segment-anything-2", "/image-to-text", "/text-to-speech"};
    return pipelines.contains(path);
}

/// What OpenAI has and nobody offers here: with a word of its own rather than as unknown.
bool isKnownElsewhere(const QByteArray &path)
{
    static const QList<QByteArray> others{"/assistants", "/threads", "/files", "/fine_tuning", "/batches", "/uploads", "/vector_stores", "/realtime",
        "/images/variations", "/audio/translations", "/responses/", "/chat/completions/", "/conversations", "/evals", "/videos", "/containers", "/organization"};
    return std::any_of(others.begin(), others.end(), [&](const QByteArray &one) {
        return path == one || path.startsWith(one.endsWith('/') ? one : one + '/');
    });
}

bool hasKey(const Headers &headers, const Secret &key)
{
    if (key.isEmpty())
        return true;
    const QByteArray said = headers::value(headers, "Authorization");
    const qsizetype blank = said.indexOf(' ');
    if (blank < 0 || said.left(blank).toLower() != "bearer")
        return false;
    return key.equals(said.mid(blank + 1).trimmed());
}

ApiError withStatus(int status, const QString &message, const std::optional<QString> &code = std::nullopt)
{
    ApiError error = ApiError::invalidRequest(message);
    error.status = status;
    error.code = code;
    return error;
}

/// Answers a method that the path does not take; true when it did.
awaitable<bool> answeredMethod(ServerExchange &exchange, QByteArray allowed)
{
    const QByteArray method = exchange.request().method;
    const bool head = method == "HEAD" && allowed == "GET";
    if (method == allowed || head)
        co_return false;
    const Headers allow{{"Allow", allowed + (allowed == "GET" ? ", HEAD, OPTIONS" : ", OPTIONS")}};
    if (method == "OPTIONS") {
        co_await exchange.answer(204, {}, {}, allow);
    } else {
        const ApiError error = withStatus(405, QStringLiteral("This path takes %1, not %2.").arg(QString::fromLatin1(allowed), QString::fromLatin1(method.left(20))));
        co_await exchange.refuse(error, allow);
    }
    co_return true;
}

awaitable<void> serveHealth(ServerExchange &exchange)
{
    const bool answered = co_await answeredMethod(exchange, "GET");
    if (answered)
        co_return;
    const Json ok{{QStringLiteral("status"), QStringLiteral("ok")}};
    co_await exchange.answerJson(ok);
}

awaitable<void> serveModelPath(ServerExchange &exchange, QByteArray path)
{
    const bool answered = co_await answeredMethod(exchange, "GET");
    if (answered)
        co_return;
    const QByteArray id = path == "/models" ? QByteArray() : path.mid(qstrlen("/models/"));
    const QString name = QString::fromUtf8(QByteArray::fromPercentEncoding(id));
    co_await serveModels(exchange, name);
}

awaitable<void> dispatch(ServerExchange &exchange)
{
    const QByteArray whole = exchange.request().path;
    const QByteArray path = whole.startsWith("/v1/") ? whole.mid(3) : whole;
    if (path == "/health" || path == "/healthz") {
        co_await serveHealth(exchange);
        co_return;
    }
    if (!hasKey(exchange.request().headers, exchange.context().options.apiKey)) {
        const ApiError error = withStatus(401, QStringLiteral("The API key is missing or wrong: send it as “Authorization: Bearer KEY”."), QStringLiteral("invalid_api_key"));
        const Headers how{{"WWW-Authenticate", "Bearer"}};
        co_await exchange.refuse(error, how);
        co_return;
    }
    if (path == "/models" || path.startsWith("/models/")) {
        co_await serveModelPath(exchange, path);
        co_return;
    }
    for (const Route &route : routes()) {
        if (route.path != path)
            continue;
        const bool answered = co_await answeredMethod(exchange, route.method);
        if (!answered)
            co_await route.serve(exchange, route.path);
        co_return;
    }
    if (isNative(whole) || whole.startsWith("/stream/")) {
        const bool answered = co_await answeredMethod(exchange, isNative(whole) ? "POST" : "GET");
        if (!answered)
            co_await servePassed(exchange, whole);
        co_return;
    }
    const QString said = QString::fromUtf8(whole.left(200));
    if (isKnownElsewhere(path)) {
        const ApiError error = withStatus(501, QStringLiteral("%1 is not offered here.").arg(said));
        const Headers once = noRetry();
        co_await exchange.refuse(error, once);
        co_return;
    }
    const ApiError unknown = withStatus(404, QStringLiteral("There is nothing at %1.").arg(said));
    co_await exchange.refuse(unknown);
}

} // namespace

namespace {

/// Tells of a request that no handler saw: that it came, and how it ended.
void tellRefused(const ServerWatch &watch, const QString &id, const RefusedRequest &refused, const ApiError &error)
{
    ServedRequest told;
    told.id = id;
    told.method = refused.head.method.left(20);
    told.path = refused.head.path.left(500);
    told.client = QString::fromUtf8(headers::value(refused.head.headers, "User-Agent").left(200));
    told.status = refused.status;
    told.problem = error.message;
    watch(told);
    told.ended = told.whole = true;
    watch(told);
}

/// What the HTTP server refuses by itself, as everything else is refused.
std::pair<Headers, QByteArray> refusal(const ServerWatch &watch, const RefusedRequest &refused)
{
    ApiError error = withStatus(refused.status, QString::fromUtf8(refused.sentence));
    if (refused.status >= 500)
        error.type = QStringLiteral("server_error");
    const QString id = ServerExchange::freshId();
    if (watch && !refused.handled && !refused.head.method.isEmpty())
        tellRefused(watch, id, refused, error);
    Headers fields = headers::contentType("application/json");
    fields.append({"x-request-id", id.toLatin1()});
    return {fields, error.toJson().dump()};
}

} // namespace

class Server::Impl {
public:
    Impl(IoThread &thread, ServerOptions options, std::shared_ptr<Upstream> upstream)
        : io(thread)
        , context(std::make_shared<ServerContext>())
        , server(thread, httpOptions(options), [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); })
    {
        context->options = std::move(options);
        context->upstream = std::move(upstream);
    }

    void stop()
    {
        server.stop();
        if (!io.context().stopped())
            askOn(io, [this] { return context->upstream->rest(), true; });
    }

    IoThread &io;
    std::shared_ptr<ServerContext> context;
    HttpServer server;

private:
    static HttpServerOptions httpOptions(const ServerOptions &options)
    {
        HttpServerOptions http;
        http.address = options.address;
        http.port = options.port;
        http.hosts = options.hosts;
        http.maxBodyBytes = options.maxBodyBytes;
        http.maxBytesInHand = std::max<qsizetype>(http.maxBytesInHand, 4 * options.maxBodyBytes);
        http.maxBytesInHandPerPeer = std::max<qsizetype>(http.maxBytesInHandPerPeer, 3 * options.maxBodyBytes);
        http.refusal = [watch = options.watch](const RefusedRequest &refused) { return refusal(watch, refused); };
        // Refused by its head wherever it can be, before a byte of its body is taken.
        http.streamsBody = [](const ServerRequest &) { return true; };
        return http;
    }

    awaitable<void> handle(ServerRequest request, ServerResponse &response)
    {
        const auto exchange = std::make_unique<ServerExchange>(context, std::move(request), response);
        co_await dispatch(*exchange);
    }
};

Server::Server(IoThread &io, ServerOptions options, std::shared_ptr<Upstream> upstream)
    : m_impl(std::make_shared<Impl>(io, std::move(options), std::move(upstream)))
{
}

Server::~Server()
{
    stop();
}

Expected<QUrl> Server::listen()
{
    if (const QString address = m_impl->context->options.address; !isLoopbackAddress(address) && m_impl->context->options.apiKey.isEmpty())
        return unexpected(Error(Error::Kind::Config,
            QStringLiteral("A server at %1 can be reached by others, and nothing would tell who may spend what stands behind it.").arg(address))
                              .withAdvice(QStringLiteral("Give it the key that callers must bring (--api-key-env), or listen on 127.0.0.1.")));
    const auto port = m_impl->server.listen();
    if (!port)
        return unexpected(port.error());
    return url();
}

void Server::stop()
{
    m_impl->stop();
}

QUrl Server::url() const
{
    return QUrl(m_impl->server.origin());
}

} // namespace sluice::openai
