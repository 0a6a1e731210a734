#include "peers/echo_backend.h"

#include "sluice/backend/backend_services.h"
#include "sluice/net/http_client.h"
#include "sluice/net/sse_parser.h"

#include <deque>

namespace sluice::test {

namespace {

const QString Id = QStringLiteral("echo");
constexpr qsizetype MaxBytes = 1024 * 1024;

/// An answer in events.
class EchoEvents final : public EventSource {
public:
    EchoEvents(std::shared_ptr<HttpStream> stream, QUrl server)
        : m_stream(std::move(stream))
        , m_server(std::move(server))
    {
    }
    [[nodiscard]] QUrl servedBy() const override { return m_server; }
    QCoro::Task<Item> next() override
    {
        while (m_ready.empty()) {
            const QByteArray bytes = co_await m_stream->read();
            if (bytes.isEmpty())
                co_return Item(); // the end
            const QList<SseEvent> events = orThrow(m_parser.feed(bytes));
            m_ready.insert(m_ready.end(), events.begin(), events.end());
        }
        Item item;
        item.event = {m_ready.front().data, m_ready.front().event, m_ready.front().id, m_ready.front().retry};
        item.kind = item.event.data == QLatin1String("[DONE]") ? Item::Kind::Done : Item::Kind::Event;
        m_ready.pop_front();
        co_return item;
    }

private:
    std::shared_ptr<HttpStream> m_stream;
    QUrl m_server;
    SseParser m_parser;
    std::deque<SseEvent> m_ready;
};

class EchoBackend final : public Backend {
public:
    EchoBackend(BackendServices &services, const BackendSettings &settings)
        : m_http(services.http())
        , m_server(settings.text(QStringLiteral("url")))
    {
    }

    [[nodiscard]] QString id() const override { return Id; }
    [[nodiscard]] std::optional<Error> refusal(const Call &call) const override
    {
        return call.verb == Verb::Live ? std::optional(noSuchVerb(call)) : std::nullopt;
    }

    QCoro::Task<BackendListing> list(QStringList, CallContext context) override
    {
        const HttpRequest request = requestTo(QStringLiteral("/list"), {});
        const HttpResponse response = co_await m_http.send(request, context);
        BackendListing listing;
        for (const Json &one : orThrow(Json::parse(response.body)).items()) {
            CapabilityInfo info = CapabilityInfo::unlisted({Id, one.value(QStringLiteral("name")).toString(), {}});
            info.inputSchema = one.value(QStringLiteral("input_schema"));
            info.listed = true;
            listing.capabilities.append(info);
        }
        listing.reached = {m_server};
        listing.complete = true;
        co_return listing;
    }

    QCoro::Task<RunResult> run(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override
    {
        const HttpRequest request = requestTo(QStringLiteral("/run/") + call.call.capability, call.call.input.dump());
        const HttpResponse response = co_await m_http.send(request, context.within(call.call.timeout));
        if (response.status != 200)
            throw Error(Error::Kind::Http, QStringLiteral("The echo refused.")).withRequest("POST", request.url).withHttp(response.status, response.body);
        sink->servedBy(m_server);
        RunResult result;
        result.status = response.status;
        result.contentType = headers::value(response.headers, "Content-Type");
        result.content = response.body;
        result.servedBy = m_server;
        co_return result;
    }

    QCoro::Task<std::shared_ptr<EventSource>> stream(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override
    {
        const HttpRequest request = requestTo(QStringLiteral("/stream/") + call.call.capability, call.call.input.dump());
        const std::shared_ptr<HttpStream> stream = co_await m_http.open(request, context);
        sink->servedBy(m_server);
        co_return std::make_shared<EchoEvents>(stream, m_server);
    }

private:
    [[nodiscard]] HttpRequest requestTo(const QString &path, const QByteArray &body) const
    {
        HttpRequest request;
        request.method = body.isEmpty() ? "GET" : "POST";
        request.url = m_server.resolved(QUrl(path));
        request.body = body;
        request.maxBodyBytes = MaxBytes;
        return request;
    }

    HttpClient &m_http;
    QUrl m_server;
};

const QByteArray Schema = R"({"type":"object","required":["text"],"properties":{"text":{"type":"string","title":"Text"}}})";

} // namespace

BackendKind echoBackendKind()
{
    BackendKind kind;
    kind.id = Id;
    kind.title = QStringLiteral("Echo");
    kind.settingsSchema = orThrow(Json::parse(R"({"type":"object","required":["url"],"properties":{"url":{"type":"string","format":"uri","x-address":true},
        "api_key":{"type":"string","format":"password","x-noun":"key"}}})"));
    kind.make = [](BackendServices &services, const BackendSettings &settings) { return std::make_unique<EchoBackend>(services, settings); };
    return kind;
}

EchoServer::EchoServer(QStringList names)
    : m_names(std::move(names))
    , m_server(std::make_unique<HttpServer>(m_io, HttpServerOptions(), [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); }))
{
    orThrow(m_server->listen());
}

QUrl EchoServer::url() const
{
    return QUrl(m_server->origin());
}

BackendSettings EchoServer::settings() const
{
    BackendSettings settings;
    settings.values.insert(QStringLiteral("url"), url().toString());
    return settings;
}

QStringList EchoServer::asked() const
{
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

boost::asio::awaitable<void> EchoServer::handle(ServerRequest request, ServerResponse &response)
{
    if (request.path == "/list") {
        Json list = Json::array();
        for (const QString &name : m_names)
            list.append(Json{{QStringLiteral("name"), name}, {QStringLiteral("input_schema"), orThrow(Json::parse(Schema))}});
        const Headers type = headers::contentType("application/json");
        co_await response.send(200, type, list.dump());
        co_return;
    }
    const QByteArrayList parts = request.path.mid(1).split('/');
    {
        const std::lock_guard lock(m_mutex);
        m_asked.append(QString::fromUtf8(parts.join(' ')));
    }
    if (parts.first() == "run") {
        const Headers type = headers::contentType("application/json");
        co_await response.send(200, type, request.body);
        co_return;
    }
    const Headers type = headers::contentType("text/event-stream");
    co_await response.begin(200, type);
    const QString text = orThrow(Json::parse(request.body)).value(QStringLiteral("text")).toString();
    QByteArray events;
    for (const QString &word : text.split(QLatin1Char(' ')))
        events += "data: " + Json{{QStringLiteral("text"), word}}.dump() + "\n\n";
    events += "data: [DONE]\n\n";
    co_await response.write(events);
    co_await response.end();
}

} // namespace sluice::test
