#include "peers/scripted_orchestrator.h"

#include "sluice/crypto/keccak.h"
#include "sluice/payments/ticket.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace sluice::test {

using boost::asio::awaitable;

TicketParams exampleTicketParams(quint32 salt)
{
    TicketParams params;
    params.recipient = orThrow(Address::fromHex(u"0xf3ffb23eae7425480b045b6d24f4963083fe88a6"));
    params.faceValue = U256(800000000000);
    params.winProb = winProbFor(U256(800000000000), Wei(8000000000));
    params.recipientRandHash = keccak256(QByteArray::number(salt));
    params.seed = U256(salt + 1);
    params.expirationBlock = U256(21500000);
    ExpirationParams expiration;
    expiration.creationRound = 3555;
    expiration.creationRoundBlockHash = keccak256("block");
    params.expirationParams = expiration;
    return params;
}

ScriptedOrchestrator::ScriptedOrchestrator(std::optional<TlsIdentity> tls)
{
    HttpServerOptions options;
    options.tls = std::move(tls);
    options.maxBodyBytes = 64 * 1024 * 1024;
    m_server = std::make_unique<HttpServer>(m_io, options,
        [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); });
    orThrow(m_server->listen());
}

ScriptedOrchestrator::~ScriptedOrchestrator()
{
    m_server->stop();
}

QUrl ScriptedOrchestrator::url() const
{
    return QUrl(m_server->origin());
}

void ScriptedOrchestrator::setPrice(qint64 weiPerSecond)
{
    const std::lock_guard lock(m_mutex);
    m_price = weiPerSecond;
}

void ScriptedOrchestrator::setBalance(qint64 wei)
{
    const std::lock_guard lock(m_mutex);
    m_balance = wei;
}

void ScriptedOrchestrator::setCapacity(qint64 slots)
{
    const std::lock_guard lock(m_mutex);
    m_capacity = slots;
}

void ScriptedOrchestrator::setServiceAddress(const QString &address)
{
    const std::lock_guard lock(m_mutex);
    m_service = address;
}

void ScriptedOrchestrator::setTokenAnswer(Answer answer)
{
    const std::lock_guard lock(m_mutex);
    m_tokenAnswer = std::move(answer);
}

void ScriptedOrchestrator::onToken(std::function<void()> callback)
{
    const std::lock_guard lock(m_mutex);
    m_onToken = std::move(callback);
}

void ScriptedOrchestrator::setPage(const QByteArray &path, Answer answer)
{
    const std::lock_guard lock(m_mutex);
    m_pages.insert(path, std::move(answer));
}

void ScriptedOrchestrator::then(Answer answer)
{
    const std::lock_guard lock(m_mutex);
    m_script.push_back(std::move(answer));
}

QList<ScriptedOrchestrator::Seen> ScriptedOrchestrator::jobs() const
{
    const std::lock_guard lock(m_mutex);
    return m_jobs;
}

QList<ServerRequest> ScriptedOrchestrator::tokenRequests() const
{
    const std::lock_guard lock(m_mutex);
    return m_tokenRequests;
}

int ScriptedOrchestrator::requestCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

int ScriptedOrchestrator::hangups() const
{
    return *m_hangups;
}

awaitable<void> ScriptedOrchestrator::handle(ServerRequest request, ServerResponse &response)
{
    Answer answer;
    std::function<void()> onToken;
    {
        const std::lock_guard lock(m_mutex);
        if (request.path == "/process/token")
            onToken = m_onToken;
    }
    if (onToken)
        onToken(); // outside the lock: it may change what is answered
    {
        const std::lock_guard lock(m_mutex);
        ++m_requests;
        if (request.path == "/process/token") {
            m_tokenRequests.append(request);
            answer = m_tokenAnswer;
        } else if (request.path.startsWith("/process/request/")) {
            Seen seen;
            seen.request = request;
            if (const auto job = byoc::JobHeader::fromHeader(headers::value(request.headers, byoc::header::Job)))
                seen.job = *job;
            const QByteArray payment = headers::value(request.headers, byoc::header::Payment);
            if (!payment.isEmpty())
                seen.payment = orThrow(parsePaymentHeader(payment));
            m_jobs.append(seen);
            answer = json(200, "{\"ok\":true}");
            if (!m_script.empty()) {
                answer = m_script.front();
                m_script.pop_front();
            }
        } else {
            answer = m_pages.value(request.path, text(404, "404 page not found"));
        }
    }
    if (!answer) {
        co_await token(request, response);
        co_return;
    }
    const auto watch = response.onClosed([hangups = m_hangups] { ++*hangups; });
    co_await answer(request, response);
}

awaitable<void> ScriptedOrchestrator::token(const ServerRequest &request, ServerResponse &response)
{
    byoc::JobToken token;
    token.sender = orThrow(byoc::TokenCredentials::fromHeader(headers::value(request.headers, byoc::header::Sender)));
    {
        const std::lock_guard lock(m_mutex);
        token.ticketParams = exampleTicketParams(m_tokens++);
        token.price = PriceInfo{m_price, 1};
        token.balance = m_balance;
        token.availableCapacity = m_capacity;
        token.serviceAddr = m_service.isEmpty() ? url().toString() : m_service;
    }
    const Headers headers{{"Content-Type", "application/json"}};
    co_await response.send(200, headers, token.toJson().dump() + '\n');
}

ScriptedOrchestrator::Answer ScriptedOrchestrator::text(int status, QByteArray body)
{
    return [status, body](const ServerRequest &, ServerResponse &response) -> awaitable<void> { co_await response.sendText(status, body); };
}

ScriptedOrchestrator::Answer ScriptedOrchestrator::json(int status, QByteArray body, Headers more)
{
    return [status, body, more](const ServerRequest &, ServerResponse &response) -> awaitable<void> {
        Headers headers{{"Content-Type", "application/json"}};
        headers += more;
        co_await response.send(status, headers, body);
    };
}

ScriptedOrchestrator::Answer ScriptedOrchestrator::plain(int status, Headers headers, QByteArray body)
{
    return [status, headers, body](const ServerRequest &, ServerResponse &response) -> awaitable<void> {
        co_await response.send(status, headers, body);
    };
}

ScriptedOrchestrator::Answer ScriptedOrchestrator::events(QByteArray bytes, Answer after)
{
    return [bytes, after](const ServerRequest &request, ServerResponse &response) -> awaitable<void> {
        const Headers headers{{"Content-Type", "text/event-stream"}, {"Livepeer-Payment-Balance", "6000000000"}};
        co_await response.begin(200, headers);
        co_await response.write(bytes);
        if (after)
            co_await after(request, response);
        else
            co_await response.end();
    };
}

ScriptedOrchestrator::Answer ScriptedOrchestrator::drop()
{
    return [](const ServerRequest &, ServerResponse &response) -> awaitable<void> {
        response.abort();
        co_return;
    };
}

ScriptedOrchestrator::Answer ScriptedOrchestrator::hang()
{
    return [](const ServerRequest &, ServerResponse &response) -> awaitable<void> { co_await response.closed(); };
}

ScriptedOrchestrator::Answer ScriptedOrchestrator::blankLines()
{
    return [](const ServerRequest &, ServerResponse &response) -> awaitable<void> {
        boost::asio::steady_timer pause(co_await boost::asio::this_coro::executor);
        while (co_await response.write("\n\n")) {
            pause.expires_after(std::chrono::milliseconds(5));
            co_await pause.async_wait(boost::asio::use_awaitable);
        }
    };
}

} // namespace sluice::test
