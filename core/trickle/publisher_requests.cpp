#include "sluice/base/log.h"
#include "sluice/trickle/publisher_core_p.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace sluice::trickle {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {
/// Also bounds what is read back of a segment.
constexpr qsizetype MaxAnswerBytes = 64 * 1024 * 1024;
} // namespace

PublisherCore::RequestPtr PublisherCore::open(qint64 seq, bool reset)
{
    const auto request = std::make_shared<PublisherRequest>(seq, reset);
    request->opened = Clock::now();
    asio::co_spawn(m_io.context(), [self = shared_from_this(), request] { return self->serve(request); }, asio::detached);
    return request;
}

// Opens one request and stays with it until it was answered or failed; what becomes of it is decided elsewhere.
asio::awaitable<void> PublisherCore::serve(RequestPtr request)
{
    std::optional<Error> failure;
    try {
        request->exchange = co_await m_connections.take();
        if (request->released)
            co_return;
        Headers fields = m_options.headers;
        headers::set(fields, "Content-Type", m_options.mimeType);
        if (request->reset)
            headers::set(fields, header::Reset, "1");
        const QUrl url = segmentUrl(m_options.channel, QByteArray::number(request->seq));
        co_await request->exchange->begin("POST", url, std::move(fields), AsioExchange::Body::Chunked);
        request->state = State::Open;
        request->opened = Clock::now();
        m_event.notify();
        co_await request->exchange->receiveHead();
        request->status = request->exchange->status();
        request->answer = readSegmentHeaders(request->exchange->headers());
        if (request->status != 200 || !request->bodyDone)
            request->exchange->close(); // also ends a write that the server does not take any more
        request->state = State::Answered;
        m_event.notify();
        QByteArray ignored("x"); // an answer to a POST has no body worth reading, but the next one lies behind it
        while (!request->exchange->isClosed() && !ignored.isEmpty())
            ignored = co_await request->exchange->read();
    } catch (const Error &error) {
        failure = error;
    }
    if (request->exchange) {
        change([&](PublisherStats &stats) { stats.interims += request->exchange->interims(); });
        if (!failure)
            m_connections.keep(request->exchange);
    }
    if (failure && request->state != State::Answered) {
        request->error = failure;
        request->state = State::Failed;
    }
    m_event.notify();
}

void PublisherCore::drop(const RequestPtr &request)
{
    if (!request)
        return;
    request->released = true;
    if (request->exchange)
        request->exchange->close();
}

// The same sequence number on another connection.
void PublisherCore::reopen()
{
    drop(m_current);
    m_current = open(m_current->seq, m_current->reset);
}

void PublisherCore::advance()
{
    m_ends.push_back(Clock::now());
    if (m_ends.size() > HeldSegments)
        m_ends.pop_front();
    const qint64 seq = m_current->seq + 1;
    m_current = m_ahead ? m_ahead : open(seq, false);
    m_ahead.reset();
    m_retried = false;
    change([&](PublisherStats &stats) { stats.seq = seq; });
}

void PublisherCore::checkTerminal(const PublisherRequest &request)
{
    if (request.error && request.error->kind() == Error::Kind::TlsChanged)
        throw *request.error;
    if (request.state != State::Answered || (request.status != 404 && !(request.status == 200 && request.answer.closed)))
        return;
    m_gone = true;
    if (request.status == 404)
        throw terminal(QStringLiteral("The channel %1 does not exist (any more).").arg(shown(m_options.channel))).withHttp(404, {});
    throw terminal(QStringLiteral("The channel %1 was closed.").arg(shown(m_options.channel)));
}

Error PublisherCore::terminal(const QString &message) const
{
    return Error(Error::Kind::TrickleTerminal, message).withRequest("POST", m_options.channel);
}

Error PublisherCore::failureOf(const PublisherRequest &request) const
{
    Error error(Error::Kind::TrickleSegment, {});
    const QString what = QStringLiteral("Segment %1 of %2 was not taken").arg(request.seq).arg(shown(m_options.channel));
    if (request.error)
        error.withMessage(what + QStringLiteral(": ") + request.error->message());
    else if (request.state == State::Answered && request.status != 200)
        error.withMessage(what + QStringLiteral(": the server answered %1.").arg(request.status)).withHttp(request.status, {});
    else
        error.withMessage(what + QStringLiteral(": no answer came in time."));
    return error.withRequest("POST", segmentUrl(m_options.channel, QByteArray::number(request.seq)));
}

// No coroutine: DESIGN.md 3.
asio::awaitable<AsioHttpResponse> PublisherCore::ask(const char *method, const QUrl &url, std::chrono::milliseconds timeout)
{
    AsioHttpRequest request;
    request.method = method;
    request.url = url;
    request.headers = m_options.headers;
    request.tls = m_options.tls;
    request.connectTimeout = timeout;
    request.headerTimeout = timeout;
    request.totalTimeout = timeout;
    request.maxBodyBytes = MaxAnswerBytes;
    return asioSend(std::move(request));
}

void PublisherCore::deleteSegment(qint64 seq)
{
    asio::co_spawn(m_io.context(), [self = shared_from_this(), seq] { return self->removeSegment(seq); }, asio::detached);
}

// Readers of a segment that broke off wait for its end, so through an outage this is tried again.
asio::awaitable<void> PublisherCore::removeSegment(qint64 seq)
{
    const QUrl url = segmentUrl(m_options.channel, QByteArray::number(seq));
    const QString what = QStringLiteral("segment %1 of ").arg(seq);
    const auto until = Clock::now() + m_options.outage;
    for (;;) {
        const bool told = co_await remove(url, what);
        if (told || isClosing() || Clock::now() >= until)
            co_return;
        co_await pause(OutageDelay);
    }
}

// False when the server was not reached.
asio::awaitable<bool> PublisherCore::remove(QUrl url, QString what)
{
    bool reached = false;
    QString problem;
    try {
        const AsioHttpResponse answer = co_await ask("DELETE", url, m_options.answerTimeout);
        reached = true;
        if (answer.status >= 300)
            problem = QStringLiteral("the server answered %1").arg(answer.status);
    } catch (const Error &error) {
        problem = error.message();
    }
    if (!problem.isEmpty())
        qCInfo(logTrickle).noquote() << QStringLiteral("Deleting %1%2 failed: %3").arg(what, shown(m_options.channel), problem);
    co_return reached;
}

asio::awaitable<void> PublisherCore::wait(std::optional<Clock::time_point> until)
{
    Alarm alarm(m_io.context().get_executor());
    if (until) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - Clock::now());
        alarm.arm(std::max(left, 0ms), [this] { m_event.notify(); });
    }
    co_await m_event.wait();
}

asio::awaitable<void> PublisherCore::pause(std::chrono::milliseconds time)
{
    const auto until = Clock::now() + time;
    while (Clock::now() < until)
        co_await wait(until);
}

} // namespace sluice::trickle
