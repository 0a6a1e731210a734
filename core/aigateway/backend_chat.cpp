#include "backend_p.h"

#include "sluice/aigateway/refusal.h"
#include "sluice/aigateway/sent_call.h"
#include "sluice/openai/stream_transform.h"
#include "sluice/openai/transform.h"

#include <deque>

namespace sluice::aigateway {

namespace {

using openai::ApiError;
using openai::ChatEvent;
using openai::ChatRequest;
using openai::Dialect;

const QString Path = QStringLiteral("llm");

/// Of what came back.
Error failedThere(const ApiError &error, const QUrl &url)
{
    const bool nobody = error.status == 503;
    return Error(nobody ? Error::Kind::NoOrchestrator : Error::Kind::Protocol, error.message)
        .withAdvice(QStringLiteral("The call may have been paid for by the gateway. Try again, or another gateway."))
        .withRequest("POST", url);
}

PipelineRequest httpRequest(const ChatRequest &request, Dialect dialect)
{
    return orThrow(orThrow(sentFor(request, dialect)).written());
}

/// An accepted call.
struct Accepted {
    Accepted() = default;
    std::shared_ptr<HttpStream> stream;
    PipelineRequest http;
    Dialect dialect = Dialect::Gateway;
};

/// Sends the chat, in the other dialect when the gateway says that it speaks that one: then it has done nothing yet.
QCoro::Task<Accepted> submit(std::shared_ptr<Access> access, ChatRequest request, std::shared_ptr<CallSink> sink, CallContext context)
{
    Accepted accepted;
    // Before anything is asked of anybody.
    (void)httpRequest(request, Dialect::Gateway);
    accepted.dialect = co_await access->dialects.of(access->client, context);
    for (bool first = true;; first = false) {
        accepted.http = httpRequest(request, accepted.dialect);
        const Headers accept{{"Accept", request.stream ? "text/event-stream" : "application/json"}};
        accepted.stream = co_await access->client->open(accepted.http, accept, context);
        sink->servedBy(access->client->gateway());
        if (accepted.stream->status() == 200)
            co_return std::as_const(accepted);
        const QByteArray said = co_await accepted.stream->readAll(64 * 1024);
        const auto other = otherDialect(accepted.stream->status(), said);
        if (!first || !other || *other == accepted.dialect)
            throw refusedError(accepted.stream->status(), said, access->client->hasKey()).withRequest("POST", access->client->urlOf(Path));
        accepted.dialect = *other;
        access->dialects.remember(*access->client, *other);
    }
}

/// The answer of an accepted chat, event by event.
class ChatSource final : public EventSource {
public:
    ChatSource(std::shared_ptr<Access> access, const ChatRequest &request, Accepted accepted, qsizetype maxEventBytes)
        : m_access(std::move(access))
        , m_accepted(std::move(accepted))
        , m_contentType(headers::value(m_accepted.stream->headers(), "Content-Type"))
        , m_transform(request, m_accepted.dialect, openai::AnswerIdentity::fresh(request.model))
        , m_maxEventBytes(maxEventBytes)
    {
        m_transform.begin(m_accepted.stream->status(), m_contentType);
    }

    [[nodiscard]] int status() const override { return m_accepted.stream->status(); }
    [[nodiscard]] QUrl servedBy() const override { return m_access->client->gateway(); }

    QCoro::Task<Item> next() override
    {
        while (m_ready.empty()) {
            const QDeadlineTimer limit = m_access->idle.count() > 0 ? QDeadlineTimer(m_access->idle) : QDeadlineTimer(QDeadlineTimer::Forever);
            const QByteArray bytes = co_await m_accepted.stream->read(limit);
            const QList<ChatEvent> events = bytes.isEmpty() ? m_transform.finish() : m_transform.feed(bytes);
            m_ready.insert(m_ready.end(), events.begin(), events.end());
            if (m_transform.ended())
                m_accepted.stream->release();
        }
        const ChatEvent event = m_ready.front();
        m_ready.pop_front();
        co_return itemOf(event);
    }

private:
    [[nodiscard]] Item itemOf(const ChatEvent &event) const
    {
        Item item;
        item.event.data = QString::fromUtf8(event.data());
        switch (event.kind) {
        case ChatEvent::Kind::Chunk:
            item.kind = Item::Kind::Event;
            break;
        case ChatEvent::Kind::Complete:
            item.kind = Item::Kind::Done;
            break;
        case ChatEvent::Kind::Incomplete:
        case ChatEvent::Kind::Failed:
            item.kind = Item::Kind::Failed;
            item.error = failedThere(event.error, m_access->client->urlOf(Path));
            break;
        }
        if (item.event.data.size() > m_maxEventBytes)
            throw Error(Error::Kind::TooLarge, QStringLiteral("One event is larger than the %1 bytes that this call accepts.").arg(m_maxEventBytes));
        return item;
    }

    std::shared_ptr<Access> m_access;
    Accepted m_accepted;
    QByteArray m_contentType;
    openai::StreamTransform m_transform;
    qsizetype m_maxEventBytes;
    std::deque<ChatEvent> m_ready;
};

} // namespace

QCoro::Task<RunResult> runChat(std::shared_ptr<Access> access, BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    call.call.verb = Verb::Run;
    const ChatRequest request = orThrow(chatOf(call.call, call.info));
    const Accepted accepted = co_await submit(access, request, sink, context);
    const auto received = std::make_shared<QByteArray>();
    openai::UpstreamAnswer upstream;
    upstream.status = accepted.stream->status();
    upstream.contentType = headers::value(accepted.stream->headers(), "Content-Type");
    try {
        upstream.body = co_await access->client->bodyOf(accepted.stream, accepted.http, call.call.limits.maxAnswerBytes, received);
    } catch (const Error &) {
        sink->keepReceived(upstream.contentType, *received);
        throw;
    }
    const auto answer = openai::transformAnswer(request, upstream, accepted.dialect, openai::AnswerIdentity::fresh(request.model));
    if (!answer) {
        sink->keepReceived(upstream.contentType, upstream.body);
        throw failedThere(answer.error(), access->client->urlOf(Path)).withHttp(upstream.status, upstream.body);
    }
    RunResult result;
    result.status = upstream.status;
    result.headers = accepted.stream->headers();
    result.contentType = "application/json";
    result.content = answer->toJson().dump();
    result.servedBy = access->client->gateway();
    result.askedAt = access->client->urlOf(Path);
    co_return result;
}

QCoro::Task<std::shared_ptr<EventSource>> streamChat(std::shared_ptr<Access> access, BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    call.call.verb = Verb::Stream;
    const ChatRequest request = orThrow(chatOf(call.call, call.info));
    const Accepted accepted = co_await submit(access, request, sink, context);
    co_return std::make_shared<ChatSource>(access, request, accepted, call.call.limits.maxAnswerBytes);
}

} // namespace sluice::aigateway
