#include "server_exchange_p.h"

#include "sluice/base/log.h"

#include <QtCore/QRandomGenerator>

#include <array>
#include <random>

namespace sluice::openai {

ServerExchange::ServerExchange(std::shared_ptr<const ServerContext> context, ServerRequest request, ServerResponse &response)
    : m_context(std::move(context))
    , m_request(std::move(request))
    , m_response(response)
    , m_what(m_request.method.left(20) + ' ' + m_request.path.left(500))
{
    tell();
}

ServerExchange::~ServerExchange()
{
    const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - m_begun);
    qCInfo(logNet, "%s: %s answered with %d, %lld bytes, %lld ms", qUtf8Printable(m_requestId), m_what.constData(), m_status,
        static_cast<long long>(m_answerBytes), static_cast<long long>(spent.count()));
    tell(true);
}

void ServerExchange::tell(bool ended) const
{
    const ServerWatch &watch = m_context->options.watch;
    if (!watch)
        return;
    ServedRequest told;
    told.id = m_requestId;
    told.method = m_request.method.left(20);
    told.path = m_request.path.left(500);
    told.client = QString::fromUtf8(headers::value(m_request.headers, "User-Agent").left(200));
    told.model = m_model.left(200);
    told.status = m_status;
    told.streams = m_streams;
    told.ended = ended;
    told.whole = m_whole;
    told.problem = m_problem;
    told.duration = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - m_begun);
    watch(told);
}

void ServerExchange::setModel(const QString &model)
{
    m_model = model;
    tell();
}

QString ServerExchange::freshId()
{
    // Told apart, not secret: the system's randomness would be asked for each.
    thread_local std::mt19937_64 random{QRandomGenerator::system()->generate64()};
    constexpr int Digits = 32;
    std::array<char, Digits> text{};
    std::array<quint64, 2> bits{random(), random()};
    for (std::size_t i = 0; i < Digits; ++i) {
        text[i] = "0123456789abcdef"[bits[i / 16] & 0xf];
        bits[i / 16] >>= 4;
    }
    return QLatin1String("req_") + QLatin1String(text.data(), Digits);
}

QByteArray ServerExchange::ownOrigin() const
{
    return "http://" + headers::value(m_request.headers, "Host");
}

awaitable<bool> ServerExchange::readBody()
{
    const bool there = co_await m_response.readBody(m_request, m_context->options.maxBodyBytes);
    co_return there;
}

Headers ServerExchange::withOwn(QByteArray contentType, Headers more) const
{
    Headers all{{"x-request-id", m_requestId.toLatin1()}, {"Server", "Sluice"}};
    if (!contentType.isEmpty())
        all.append({"Content-Type", std::move(contentType)});
    all += more;
    return all;
}

awaitable<void> ServerExchange::answer(int status, QByteArray contentType, QByteArray body, Headers more)
{
    m_status = status;
    m_answerBytes = body.size();
    Headers all = withOwn(std::move(contentType), std::move(more));
    m_whole = co_await m_response.send(status, std::move(all), std::move(body));
}

awaitable<void> ServerExchange::answerJson(Json json)
{
    QByteArray body = json.dump();
    co_await answer(200, "application/json", std::move(body));
}

awaitable<void> ServerExchange::refuse(ApiError error, Headers more, QByteArray body)
{
    noteProblem(error.message);
    if (!error.retryAfter.isEmpty())
        more.append({"Retry-After", error.retryAfter});
    if (body.isEmpty())
        body = error.toJson().dump();
    co_await answer(error.status, "application/json", std::move(body), std::move(more));
}

awaitable<void> ServerExchange::refuse(UpstreamFailure failure, QByteArray body)
{
    Headers more;
    if (failure.accepted)
        more = noRetry();
    co_await refuse(failure.error, std::move(more), std::move(body));
}

awaitable<bool> ServerExchange::begin(QByteArray contentType, Headers more)
{
    m_status = 200;
    Headers all = withOwn(std::move(contentType), std::move(more));
    const bool there = co_await m_response.begin(200, std::move(all));
    m_streams = true;
    tell();
    co_return there;
}

awaitable<bool> ServerExchange::write(QByteArray bytes)
{
    m_answerBytes += bytes.size();
    const bool there = co_await m_response.write(std::move(bytes));
    co_return there;
}

awaitable<void> ServerExchange::end()
{
    m_whole = co_await m_response.end();
}

UpstreamRequest ServerExchange::upstreamRequest(QByteArray path) const
{
    UpstreamRequest request;
    request.path = std::move(path);
    request.model = m_model;
    request.requestId = m_requestId;
    return request;
}

awaitable<std::optional<Expected<std::shared_ptr<UpstreamReply>, UpstreamFailure>>> ServerExchange::send(UpstreamRequest request)
{
    std::optional<Expected<std::shared_ptr<UpstreamReply>, UpstreamFailure>> outcome;
    const Subscription leaving = m_response.cancelsWhenClosed();
    if (m_response.isClosed())
        co_return outcome;
    try {
        outcome = co_await m_context->upstream->send(std::move(request));
    } catch (...) {
        if (!m_response.isClosed())
            throw;
    }
    if (m_response.isClosed())
        outcome.reset();
    co_return outcome;
}

Subscription ServerExchange::endsWithCaller(const std::shared_ptr<UpstreamReply> &reply)
{
    return m_response.onClosed([weak = std::weak_ptr(reply)] {
        if (const auto still = weak.lock())
            still->close();
    });
}

awaitable<std::optional<Expected<QByteArray, UpstreamFailure>>> ServerExchange::collect(std::shared_ptr<UpstreamReply> reply, qsizetype most)
{
    const Subscription leaving = endsWithCaller(reply);
    std::optional<Expected<QByteArray, UpstreamFailure>> outcome;
    QByteArray body;
    std::optional<Error> failure;
    try {
        for (;;) {
            const QByteArray bytes = co_await reply->read();
            if (bytes.isEmpty())
                break;
            body += bytes;
            if (body.size() > most) {
                failure = Error(Error::Kind::TooLarge, QStringLiteral("it is larger than %1 bytes").arg(most));
                break;
            }
        }
    } catch (const Error &error) {
        failure = error;
    }
    if (m_response.isClosed())
        co_return outcome;
    if (failure && failure->kind() == Error::Kind::Canceled)
        outcome = unexpected(UpstreamFailure(canceledHere(), true));
    else if (failure)
        outcome = unexpected(UpstreamFailure(ApiError::badGateway(QStringLiteral("The upstream's answer cannot be used: %1").arg(failure->message())), true));
    else
        outcome = std::move(body);
    co_return outcome;
}

awaitable<std::optional<Expected<UpstreamAnswer, UpstreamFailure>>> ServerExchange::ask(UpstreamRequest request, qsizetype most)
{
    std::optional<Expected<UpstreamAnswer, UpstreamFailure>> outcome;
    auto answered = co_await send(std::move(request));
    if (!answered)
        co_return outcome;
    if (!*answered) {
        outcome = unexpected(answered->error());
        co_return outcome;
    }
    const std::shared_ptr<UpstreamReply> reply = **answered;
    auto body = co_await collect(reply, most);
    if (!body)
        co_return outcome;
    if (!*body) {
        outcome = unexpected(body->error());
        co_return outcome;
    }
    UpstreamAnswer answer;
    answer.status = reply->status();
    answer.contentType = headers::value(reply->headers(), "Content-Type");
    answer.retryAfter = headers::value(reply->headers(), "Retry-After");
    answer.body = std::move(**body);
    outcome = std::move(answer);
    co_return outcome;
}

Headers noRetry()
{
    return {{"x-should-retry", "false"}};
}

ApiError canceledHere()
{
    return ApiError::badGateway(QStringLiteral("The call was cancelled at the endpoint that answers here, before it was complete."));
}

bool mayBePaid(int status)
{
    return status != 400 && status != 404 && status != 429;
}

UpstreamFailure upstreamError(int status, const QByteArray &body, const QByteArray &retryAfter, bool openAiServer)
{
    return UpstreamFailure(ApiError::fromUpstream(status, body, retryAfter, openAiServer), mayBePaid(status));
}

} // namespace sluice::openai
