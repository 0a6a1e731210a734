#include "server_exchange_p.h"

#include "alike_pieces_p.h"
#include "keys_p.h"

#include "sluice/net/all_of.h"
#include "sluice/net/async_lock.h"
#include "sluice/net/work_aside.h"
#include "sluice/openai/chat_collector.h"
#include "sluice/openai/chat_face.h"
#include "sluice/openai/stream_transform.h"
#include "sluice/openai/transform.h"

#include <algorithm>

namespace sluice::openai {

namespace {

constexpr qsizetype MaxAnswerBytes = 64 * 1024 * 1024;
constexpr qsizetype MaxErrorBytes = 256 * 1024;

using Collected = Expected<UpstreamAnswer, UpstreamFailure>;

QByteArray retryAfterOf(const UpstreamReply &reply)
{
    return headers::value(reply.headers(), "Retry-After");
}

/// One request of `/chat/completions`, or of a route that is one underneath.
class ChatCall {
public:
    ChatCall(ServerExchange &exchange, std::unique_ptr<ChatFace> face, QByteArray route)
        : m_exchange(exchange)
        , m_face(std::move(face))
        , m_route(std::move(route))
    {
    }

    awaitable<void> serve()
    {
        const bool read = co_await m_exchange.readBody();
        if (!read)
            co_return;
        const bool chat = m_route == "/chat/completions";
        bool served = false; // in two steps: DESIGN.md 3
        if (chat)
            served = co_await readChat();
        else
            served = co_await readOther();
        if (!served)
            co_return;
        const auto prepared = prepare();
        if (!prepared) {
            co_await refuse(prepared.error());
            co_return;
        }
        m_exchange.request().dropBody();
        m_identity = AnswerIdentity::fresh(m_request.model);
        if (m_request.stream)
            co_await serveStream(*prepared);
        else
            co_await serveWhole(*prepared);
    }

private:
    // Each is true when the request is to be served here; else it has been answered. Long bodies are read elsewhere: they would hold up the
    // pieces of everybody else's streams.

    awaitable<bool> readChat()
    {
        const QByteArray body = m_exchange.request().body;
        const auto parse = [this, body] { return m_face->request(QByteArrayView(body)); };
        auto request = co_await aside(body.size(), parse);
        const bool known = co_await take(std::move(request));
        if (!known)
            co_return false;
        co_return co_await findDialect(m_request.model);
    }

    /// What is OpenAI's already and is no chat goes on as it is: what it may hold is that upstream's to say.
    awaitable<bool> readOther()
    {
        const qsizetype bytes = m_exchange.request().body.size();
        auto json = co_await parseAside(m_exchange.request().body, ChatRequest::BodyLimits);
        if (!json || !json->isObject()) {
            const ApiError error = ApiError::invalidRequest(QStringLiteral("The body is no JSON object."));
            co_await refuse(error);
            co_return false;
        }
        const QString model = json->value(keys::Model).toString();
        const bool found = co_await findDialect(model);
        if (!found)
            co_return false;
        if (m_dialect == Dialect::OpenAi) {
            json = Json();
            UpstreamRequest same = m_exchange.upstreamRequest(m_route);
            same.headers = headers::contentType("application/json");
            co_await passOn(m_exchange, std::move(same));
            co_return false;
        }
        const auto read = [this, whole = std::move(*json)] { return m_face->request(whole); };
        auto request = co_await aside(bytes, read);
        co_return co_await take(std::move(request));
    }

    awaitable<bool> take(Expected<ChatRequest, ApiError> request)
    {
        if (request)
            m_request = std::move(*request);
        else
            co_await refuse(request.error());
        co_return request.hasValue();
    }

    awaitable<bool> findDialect(QString model)
    {
        m_exchange.setModel(model);
        const auto dialect = co_await m_exchange.upstream().dialect(model);
        if (dialect)
            m_dialect = *dialect;
        else
            co_await refuse(dialect.error());
        co_return dialect.hasValue();
    }

    /// Two steps: g++ 12 destroys twice what a conditional makes within a co_await expression.
    awaitable<void> refuse(ApiError error)
    {
        QByteArray body = m_face->error(error);
        co_await m_exchange.refuse(std::move(error), {}, std::move(body));
    }
    awaitable<void> refuse(UpstreamFailure failure)
    {
        QByteArray body = m_face->error(failure.error);
        co_await m_exchange.refuse(std::move(failure), std::move(body));
    }

    [[nodiscard]] Mapping mapping() const { return m_exchange.context().options.mapping; }

    [[nodiscard]] Expected<UpstreamRequest, ApiError> prepare() const
    {
        UpstreamRequest request = m_exchange.upstreamRequest(m_dialect == Dialect::OpenAi ? "/chat/completions" : "/llm");
        if (m_dialect == Dialect::OpenAi) {
            request.headers = headers::contentType("application/json");
            request.body = m_exchange.request().body;
            return request;
        }
        const auto made = gatewayBody(m_request, m_dialect, mapping());
        if (!made)
            return unexpected(made.error());
        request.headers = headers::contentType(made->contentType);
        request.body = made->body;
        return request;
    }

    /// How many requests upstream this one is.
    [[nodiscard]] int calls() const { return m_dialect == Dialect::OpenAi ? 1 : std::max(1, m_request.n); }

    // Whole answers.

    awaitable<std::vector<std::optional<Collected>>> askAll(UpstreamRequest request)
    {
        std::vector<std::optional<Collected>> outcomes;
        outcomes.resize(std::size_t(calls()));
        if (outcomes.size() == 1) {
            co_await askInto(outcomes.front(), std::move(request));
            co_return outcomes;
        }
        std::vector<awaitable<void>> all;
        for (std::optional<Collected> &outcome : outcomes)
            all.push_back(askInto(outcome, request));
        co_await allOf(std::move(all));
        co_return outcomes;
    }

    awaitable<void> askInto(std::optional<Collected> &outcome, UpstreamRequest request) { outcome = co_await m_exchange.ask(std::move(request), MaxAnswerBytes); }

    awaitable<void> serveWhole(UpstreamRequest request)
    {
        const auto outcomes = co_await askAll(std::move(request));
        if (outcomes.size() == 1 && outcomes.front() && isWholeAlready(*outcomes.front())) {
            QByteArray same = (*outcomes.front())->body;
            co_await m_exchange.answer(200, "application/json", std::move(same));
            co_return;
        }
        QList<ChatAnswer> answers;
        std::optional<UpstreamFailure> failure;
        for (const std::optional<Collected> &outcome : outcomes) {
            if (!outcome)
                co_return; // the caller has left
            const auto answer = understood(*outcome);
            if (answer)
                answers.append(*answer);
            else if (!failure || answer.error().accepted)
                failure = answer.error();
        }
        // Of several, some may have been answered, and paid.
        if (failure && !answers.isEmpty())
            failure->accepted = true;
        if (failure) {
            co_await refuse(*failure);
            co_return;
        }
        QByteArray body = m_face->answer(answers.size() == 1 ? answers.first() : ChatAnswer::merged(answers));
        co_await m_exchange.answer(200, "application/json", std::move(body));
    }

    /// An OpenAI-compatible server's answer that says all that a client counts on: it goes on as it is.
    [[nodiscard]] bool isWholeAlready(const Collected &outcome) const
    {
        if (m_dialect != Dialect::OpenAi || mapping() == Mapping::Compat || !outcome || outcome->status != 200)
            return false;
        const auto json = Json::parse(outcome->body, ChatRequest::BodyLimits);
        if (!json || json->value(keys::Object).toString() != QLatin1String("chat.completion") || errorIn(*json))
            return false;
        const Json choices = json->value(keys::Choices);
        const auto whole = [](const Json &choice) {
            const Json message = choice.value(keys::Message);
            return choice.value(keys::Index).isInteger() && message.value(keys::Role).isString() && message.contains(keys::Content)
                && !choice.value(keys::FinishReason).toString().isEmpty();
        };
        return json->value(keys::Id).isString() && json->value(keys::Created).isInteger() && json->value(keys::Model).isString()
            && json->value(keys::Usage).isObject() && choices.size() > 0 && std::all_of(choices.items().begin(), choices.items().end(), whole);
    }

    [[nodiscard]] Expected<ChatAnswer, UpstreamFailure> understood(const Collected &outcome) const
    {
        if (!outcome)
            return unexpected(outcome.error());
        const bool asOriginal = mapping() == Mapping::Compat && m_dialect == Dialect::Legacy;
        if (outcome->status != 200 && !asOriginal)
            return unexpected(upstreamError(outcome->status, outcome->body, outcome->retryAfter, m_dialect == Dialect::OpenAi));
        if (outcome->status == 200 && outcome->contentType.startsWith("text/event-stream") && !asOriginal)
            return collected(*outcome);
        auto answer = transformAnswer(m_request, *outcome, m_dialect, m_identity, mapping());
        if (!answer)
            return unexpected(UpstreamFailure(answer.error(), true));
        return *answer;
    }

    /// What can only stream was asked for a whole answer.
    [[nodiscard]] Expected<ChatAnswer, UpstreamFailure> collected(const UpstreamAnswer &outcome) const
    {
        ChatRequest one = m_request;
        one.n = 1; // each call of several is collected for itself
        StreamTransform transform(one, m_dialect, m_identity, mapping());
        ChatCollector collector;
        QList<ChatEvent> events = transform.feed(outcome.body);
        if (!transform.ended())
            events += transform.finish();
        for (const ChatEvent &event : std::as_const(events)) {
            if (event.kind == ChatEvent::Kind::Chunk)
                collector.add(event.chunk);
            else if (event.kind != ChatEvent::Kind::Complete)
                return unexpected(UpstreamFailure(event.error, true));
        }
        return collector.answer();
    }

    // Streams.

    awaitable<void> serveStream(UpstreamRequest request)
    {
        StreamTransform transform(m_request, m_dialect, m_identity, mapping());
        if (transform.calls() == 1) {
            co_await relay(transform, std::move(request), 0);
            co_return;
        }
        std::vector<awaitable<void>> all;
        for (int i = 0; i < transform.calls(); ++i)
            all.push_back(relay(transform, request, i));
        co_await allOf(std::move(all));
    }

    /// One upstream call into the stream. A reader that takes its time slows the upstream: nothing is read that was not written on.
    awaitable<void> relay(StreamTransform &transform, UpstreamRequest request, int call)
    {
        auto sent = co_await m_exchange.send(std::move(request));
        if (!sent || m_ended)
            co_return;
        if (!*sent) {
            co_await fail(sent->error());
            co_return;
        }
        const std::shared_ptr<UpstreamReply> reply = **sent;
        const bool asOriginal = mapping() == Mapping::Compat && m_dialect == Dialect::Legacy;
        if (reply->status() != 200 && !asOriginal) {
            auto body = co_await m_exchange.collect(reply, MaxErrorBytes);
            if (!body || m_ended)
                co_return;
            QByteArray said;
            if (*body)
                said = **body;
            const UpstreamFailure failure = upstreamError(reply->status(), said, retryAfterOf(*reply), m_dialect == Dialect::OpenAi);
            co_await fail(failure);
            co_return;
        }
        transform.begin(reply->status(), headers::value(reply->headers(), "Content-Type"), retryAfterOf(*reply), call);
        const Subscription leaving = m_exchange.endsWithCaller(reply);
        AlikePieces alike(m_request, m_dialect, transform, *m_face);
        while (!m_ended && !transform.callEnded(call)) {
            QByteArray bytes;
            bool canceled = false;
            try {
                bytes = co_await reply->read();
            } catch (const Error &error) {
                canceled = error.kind() == Error::Kind::Canceled; // anything else is told by the transform as an answer that is not whole
            }
            if (m_exchange.response().isClosed())
                co_return;
            if (canceled) {
                const UpstreamFailure failure(canceledHere(), true);
                co_await fail(failure);
                co_return;
            }
            QByteArrayView rest(bytes);
            QByteArray on = alike.take(rest); // an answer that has begun
            if (!on.isEmpty())
                co_await m_exchange.write(std::move(on));
            if (rest.isEmpty() && !bytes.isEmpty())
                continue;
            const QList<ChatEvent> events = rest.isEmpty() ? transform.finish(call) : transform.feed(rest, call);
            alike.learn(rest, events);
            co_await give(events);
        }
        reply->close();
    }

    /// To the caller, in turn. The head of the answer waits for the first event, so that a failure before it has a status of its own.
    awaitable<void> give(QList<ChatEvent> events)
    {
        if (events.isEmpty() || m_ended)
            co_return;
        const auto turn = co_await m_turn.take();
        if (m_ended)
            co_return;
        if (!m_begun && events.first().isEnd() && events.first().kind != ChatEvent::Kind::Complete) {
            m_ended = true;
            const UpstreamFailure failure(events.first().error, true);
            co_await refuse(failure);
            co_return;
        }
        QByteArray bytes;
        bool over = false;
        for (const ChatEvent &event : events) {
            bytes += m_face->event(event);
            over = over || event.isEnd();
            if (event.isEnd() && event.kind != ChatEvent::Kind::Complete)
                m_exchange.noteProblem(event.error.message);
        }
        co_await begin();
        if (!bytes.isEmpty())
            co_await m_exchange.write(std::move(bytes));
        if (over && !m_ended) {
            m_ended = true;
            co_await m_exchange.end();
        }
    }

    /// Before or after the first event.
    awaitable<void> fail(UpstreamFailure failure)
    {
        const auto turn = co_await m_turn.take();
        if (m_ended)
            co_return;
        m_ended = true;
        if (!m_begun) {
            co_await refuse(std::move(failure));
            co_return;
        }
        ChatEvent event;
        event.kind = ChatEvent::Kind::Failed;
        event.error = failure.error;
        event.mapping = mapping();
        m_exchange.noteProblem(event.error.message);
        QByteArray bytes = m_face->event(event);
        co_await m_exchange.write(std::move(bytes));
        co_await m_exchange.end();
    }

    awaitable<void> begin()
    {
        if (std::exchange(m_begun, true))
            co_return;
        const Headers more{{"Cache-Control", "no-cache"}, {"X-Accel-Buffering", "no"}};
        co_await m_exchange.begin("text/event-stream; charset=utf-8", more);
    }

    ServerExchange &m_exchange;
    std::unique_ptr<ChatFace> m_face;
    const QByteArray m_route;
    ChatRequest m_request;
    Dialect m_dialect = Dialect::Gateway;
    AnswerIdentity m_identity;
    AsyncLock m_turn;
    bool m_begun = false;
    bool m_ended = false;
};

std::unique_ptr<ChatFace> faceOf(const QByteArray &route, Mapping mapping)
{
    if (route == "/completions")
        return completionsFace();
    if (route == "/responses")
        return responsesFace();
    return mapping == Mapping::Compat ? compatFace() : chatCompletionsFace();
}

} // namespace

awaitable<void> serveChat(ServerExchange &exchange, QByteArray route)
{
    const auto call = std::make_unique<ChatCall>(exchange, faceOf(route, exchange.context().options.mapping), route);
    co_await call->serve();
}

} // namespace sluice::openai
