#include "sluice/sandbox/capabilities/llm_chat.h"

#include "sluice/net/http_client.h"
#include "sluice/net/sse_parser.h"
#include "sluice/sandbox/capabilities/chat_chunks.h"

#include <QCoro/QCoroTask>
#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>
#include <QtNetwork/QHostAddress>

namespace sluice::sandbox {
namespace {

constexpr qsizetype MaxErrorBytes = 64 * 1024;
constexpr qsizetype MaxAnswerBytes = 4 * 1024 * 1024;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

QUrl completionsUrl(QUrl url)
{
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    if (!path.endsWith(QStringLiteral("/chat/completions"))) {
        const QString last = path.mid(path.lastIndexOf(u'/') + 1);
        const bool versioned = last.size() >= 2 && last.startsWith(u'v') && last[1].isDigit();
        path += versioned ? QStringLiteral("/chat/completions") : QStringLiteral("/v1/chat/completions");
    }
    url.setPath(path);
    url.setUserInfo(QString());
    url.setFragment(QString());
    return url;
}

bool isLocal(const QUrl &url)
{
    return url.host() == u"localhost" || QHostAddress(url.host()).isLoopback();
}

/// What a server says went wrong, in the shapes that OpenAI's API and its imitators use.
QString refusalText(const QByteArray &body)
{
    const Expected<Json> json = Json::parse(body);
    if (!json)
        return QString::fromUtf8(body.left(300)).simplified();
    const Json error = json->value(key("error"));
    for (const Json &candidate : {error.value(key("message")), error, json->value(key("message")), json->value(key("detail"))}) {
        if (candidate.isString())
            return candidate.toString().left(500);
    }
    return QString::fromUtf8(body.left(300));
}

/// One upstream answer on its way to the sink. Lives within one call, on its thread.
class Relay {
public:
    Relay(EventSink &target, const Secret &secret)
        : sink(target)
        , m_secret(secret)
    {
    }

    /// Keeps what goes wrong in `failure`: QCoro::waitFor() would never return from a coroutine that throws.
    QCoro::Task<void> run(HttpClient &client, HttpRequest request, CallContext context);

    EventSink &sink;
    std::exception_ptr failure;

private:
    QCoro::Task<void> relay(HttpClient &client, HttpRequest request, CallContext context);
    bool pass(const QList<SseEvent> &events);
    void wholeAnswer(const QByteArray &body);
    Error refused(const QUrl &url, int status, const QByteArray &body) const;

    const Secret &m_secret;
    bool m_done = false;
};

bool Relay::pass(const QList<SseEvent> &events)
{
    for (const SseEvent &event : events) {
        if (event.data == u"[DONE]") {
            m_done = true;
            return false;
        }
        if (!sink.send(event.data.toUtf8()))
            return false;
    }
    return true;
}

/// A server that does not stream answers one completion; it becomes the chunks that it would have sent.
void Relay::wholeAnswer(const QByteArray &body)
{
    const Expected<Json> completion = Json::parse(body);
    const Json choice = completion ? completion->value(key("choices")).at(0) : Json();
    const Json content = choice.value(key("message")).value(key("content"));
    if (!content.isString())
        throw Error(Error::Kind::Protocol, QStringLiteral("The language-model server answered neither a stream nor a chat completion."));
    const ChatChunks chunks(completion->value(key("model")).toString());
    if (sink.send(chunks.role()) && sink.send(chunks.content(content.toString())))
        sink.send(chunks.finish(choice.value(key("finish_reason")).toString(QStringLiteral("stop"))));
}

Error Relay::refused(const QUrl &url, int status, const QByteArray &body) const
{
    QString text = refusalText(body);
    if (!m_secret.isEmpty())
        text.replace(QString::fromUtf8(m_secret.expose()), QStringLiteral("…"));
    return Error(Error::Kind::Http, QStringLiteral("The language-model server at %1 refused (HTTP %2): %3").arg(url.host()).arg(status).arg(text))
        .withAdvice(status == 401 || status == 403 ? QStringLiteral("Check the key that the sandbox was started with.") : QString());
}

QCoro::Task<void> Relay::run(HttpClient &client, HttpRequest request, CallContext context)
{
    try {
        co_await relay(client, std::move(request), std::move(context));
    } catch (...) {
        failure = std::current_exception();
    }
}

QCoro::Task<void> Relay::relay(HttpClient &client, HttpRequest request, CallContext context)
{
    const QUrl url = request.url;
    const std::shared_ptr<HttpStream> answer = co_await client.open(std::move(request), context);
    const QByteArray type = headers::mediaType(answer->headers());
    if (answer->status() != 200) {
        const QByteArray body = co_await answer->readAll(MaxErrorBytes);
        throw refused(url, answer->status(), body);
    }
    if (type != "text/event-stream") {
        const QByteArray body = co_await answer->readAll(MaxAnswerBytes);
        wholeAnswer(body);
        co_return;
    }
    SseParser parser;
    for (;;) {
        const QByteArray bytes = co_await answer->read();
        if (bytes.isEmpty())
            break;
        const QList<SseEvent> events = orThrow(parser.feed(bytes));
        if (!pass(events)) {
            answer->close();
            co_return;
        }
    }
    const std::optional<SseEvent> last = orThrow(parser.finish());
    if (last)
        pass({*last});
}

} // namespace

LlmChat::LlmChat(Upstream upstream)
    : m_upstream(std::move(upstream))
{
    const QUrl &url = m_upstream.url;
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"http" && url.scheme() != u"https"))
        throw Error(Error::Kind::Config, QStringLiteral("\"%1\" is no address of a language-model server.").arg(url.toDisplayString()))
            .withAdvice(QStringLiteral("Write something like https://api.example.com/v1 or http://127.0.0.1:11434."));
    if (!m_upstream.key.isEmpty() && url.scheme() == u"http" && !isLocal(url))
        throw Error(Error::Kind::Config, QStringLiteral("The key for %1 would travel unencrypted.").arg(url.host()))
            .withAdvice(QStringLiteral("Use https, or a server on this machine, or no key."));
    m_upstream.url = completionsUrl(url);
}

QString LlmChat::description() const
{
    const QString server = m_upstream.server.isEmpty() ? QStringLiteral("the OpenAI-compatible server") : m_upstream.server;
    return QStringLiteral("Relays the conversation to %1 at %2%3 and streams its answer as it comes. What answers is "
                          "that server's model; this capability only passes it on.")
        .arg(server, m_upstream.url.authority(), m_upstream.model.isEmpty() ? QString() : QStringLiteral(" (model %1)").arg(m_upstream.model));
}

Json LlmChat::inputSchema() const
{
    Json model{{key("type"), "string"}, {key("title"), "Model"}, {key("maxLength"), 200}, {key("x-order"), 1},
        {key("description"), "Name of the model to ask for; left out, the server's own choice."}};
    if (!m_upstream.model.isEmpty())
        model.insert(key("default"), m_upstream.model);
    return Json{{key("type"), "object"}, {key("title"), "Language-model chat"}, {key("required"), Json::array({Json("messages")})},
        {key("properties"), Json{
            {key("messages"), messagesSchema()},
            {key("model"), model},
            {key("temperature"), Json{{key("type"), "number"}, {key("title"), "Temperature"}, {key("minimum"), 0}, {key("maximum"), 2}, {key("x-order"), 2}}},
            {key("max_tokens"), Json{{key("type"), "integer"}, {key("title"), "Tokens at most"}, {key("minimum"), 1}, {key("maximum"), 100'000},
                {key("x-order"), 3}}},
            {key("stream"), Json{{key("type"), "boolean"}, {key("title"), "Stream"}, {key("default"), true}, {key("x-order"), 4}}}}}};
}

Json LlmChat::outputSchema() const
{
    return Json{{key("type"), "object"}, {key("title"), "chat.completion.chunk"},
        {key("x-output"), Json{{key("type"), "text_stream"}, {key("media_type"), "text/event-stream"}, {key("streaming"), true},
            {key("protocol"), "openai"}, {key("format"), "markdown"}}}};
}

QList<Example> LlmChat::examples() const
{
    return {{QStringLiteral("A short question"), Json{{key("messages"), Json::array({Json{{key("role"), "user"},
        {key("content"), "In two sentences: what is a sluice?"}}})}}}};
}

void LlmChat::generate(const Json &input, EventSink &sink, const RunContext &context)
{
    Json body = input; // parameters that this program does not know may mean something to the server
    body.remove(key("stream"));
    body.insert(key("stream"), true);
    if (!m_upstream.model.isEmpty() && body.value(key("model")).toString().isEmpty())
        body.insert(key("model"), m_upstream.model);
    HttpRequest request;
    request.method = "POST";
    request.url = m_upstream.url;
    request.trust = TrustPolicy::SystemCas;
    request.headers.emplaceBack("Content-Type", "application/json");
    request.headers.emplaceBack("Accept", "text/event-stream");
    if (!m_upstream.key.isEmpty())
        request.headers.emplaceBack("Authorization", "Bearer " + m_upstream.key.expose().toByteArray());
    request.body = body.dump();
    CallContext call;
    call.cancel = context.cancelToken();
    call.deadline = context.deadline();
    std::exception_ptr failure;
    {
        // This thread belongs to the call, so the client may have an event loop of its own on it. The loop comes first: a thread
        // that Qt did not start has no event dispatcher before it has a loop, and without one sockets stay silent.
        const QEventLoop dispatcher;
        MemoryPinStore pins;
        TlsTrust trust(pins);
        HttpClient client(trust);
        Relay relay(sink, m_upstream.key);
        QCoro::waitFor(relay.run(client, std::move(request), call));
        failure = relay.failure;
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    if (failure)
        std::rethrow_exception(failure);
    context.check();
}

Json LlmChat::collected(const QList<QByteArray> &events) const
{
    QString model = m_upstream.model;
    if (!events.isEmpty()) {
        if (const Expected<Json> first = Json::parse(events.first()))
            model = first->value(key("model")).toString(model);
    }
    return collectedCompletion(events, model);
}

} // namespace sluice::sandbox
