#include "peers/signer_peer.h"

#include "sluice/crypto/keccak.h"
#include "sluice/livepeer/messages.h"
#include "sluice/payments/ticket.h"

#include <QtCore/QDateTime>
#include <QtCore/QUuid>

namespace sluice::test {

using boost::asio::awaitable;

TicketParams TestTerms::params() const
{
    TicketParams params;
    params.recipient = orThrow(Address::fromBytes(keccak256(QByteArrayView(orchestrator)).toByteArray().left(20)));
    params.faceValue = orThrow(toU256(faceValue));
    params.winProb = winProbFor(orThrow(toU256(faceValue)), ticketEv);
    params.recipientRandHash = keccak256(QByteArrayView(rand));
    params.seed = U256(7);
    params.expirationBlock = U256(expirationBlock);
    params.expirationParams = ExpirationParams{3472, keccak256(QByteArrayView("round"))};
    return params;
}

livepeer::OrchestratorInfo TestTerms::info() const
{
    livepeer::OrchestratorInfo info;
    info.transcoder = QStringLiteral("https://127.0.0.1:8935");
    info.ticketParams = params();
    info.price = PriceInfo{pricePerUnit, pixelsPerUnit};
    info.address = info.ticketParams->recipient;
    info.authToken = livepeer::AuthToken{"token", QStringLiteral("session"), QDateTime::currentSecsSinceEpoch() + tokenSeconds};
    return info;
}

ScriptedSigner::ScriptedSigner(PrivateKey key)
    : m_key(std::move(key))
{
    m_server = std::make_unique<HttpServer>(m_io, HttpServerOptions(), [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); });
    orThrow(m_server->listen());
    m_url = QUrl(m_server->origin());
}

ScriptedSigner::~ScriptedSigner()
{
    die();
}

QUrl ScriptedSigner::url() const
{
    return m_url;
}

void ScriptedSigner::answerPayments(Answer answer)
{
    const std::scoped_lock lock(m_mutex);
    m_answer = std::move(answer);
}

void ScriptedSigner::changePayments(Change change)
{
    const std::scoped_lock lock(m_mutex);
    m_change = std::move(change);
}

void ScriptedSigner::answerRoute(const QByteArray &path, int status, const QByteArray &body)
{
    const std::scoped_lock lock(m_mutex);
    m_routes.insert(path, {status, body});
}

void ScriptedSigner::hang(const QByteArray &path)
{
    answerRoute(path, 0, QByteArray());
}

void ScriptedSigner::admit(std::function<bool(const Headers &headers)> guard)
{
    const std::scoped_lock lock(m_mutex);
    m_guard = std::move(guard);
}

void ScriptedSigner::die()
{
    if (m_server)
        m_server->stop();
}

int ScriptedSigner::payments() const
{
    const std::scoped_lock lock(m_mutex);
    return m_payments;
}

QList<ServerRequest> ScriptedSigner::requests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

Rational ScriptedSigner::signedValue() const
{
    const std::scoped_lock lock(m_mutex);
    return m_signed;
}

std::pair<int, QByteArray> ScriptedSigner::honest(const QByteArray &body)
{
    signer::Moment moment;
    moment.nanoseconds = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
    moment.self = m_key.address();
    moment.freshId = QUuid::createUuid().toString(QUuid::Id128);
    const auto plan = signer::planPayment(body, {}, moment);
    if (!plan)
        return {plan.error().status, livepeer::signerErrorBody(plan.error().message)};
    const auto booked = m_book.take({QStringLiteral("all"), plan->state.stateId, plan->state.sequenceNumber, plan->cost, std::nullopt});
    if (booked.verdict != signer::BudgetBook::Verdict::Taken)
        return {400, livepeer::signerErrorBody(QStringLiteral("invalid state"))};
    livepeer::SignerPayment answer = signer::signPayment(*plan, m_key);
    m_signed += plan->total;
    if (m_change)
        m_change(answer, *plan);
    return {200, answer.toJson().dump()};
}

awaitable<void> ScriptedSigner::handle(ServerRequest request, ServerResponse &response)
{
    std::pair<int, QByteArray> answer;
    {
        const std::scoped_lock lock(m_mutex);
        m_requests.append(request);
        const auto fixed = m_routes.constFind(request.path);
        if (m_guard && !m_guard(request.headers)) {
            answer = {401, livepeer::signerErrorBody(QStringLiteral("unknown bearer"))};
        } else if (fixed != m_routes.cend()) {
            answer = *fixed;
        } else if (request.path == livepeer::signer_route::Payment) {
            const auto scripted = m_answer ? m_answer(m_payments, request.body) : std::nullopt;
            ++m_payments;
            answer = scripted ? *scripted : honest(request.body);
        } else if (request.path == livepeer::signer_route::Address) {
            answer = {200, signer::signAddress(m_key)};
        } else if (request.path == livepeer::signer_route::Job) {
            const auto signature = signer::signJob(request.body, m_key);
            answer = signature ? std::pair(200, *signature) : std::pair(signature.error().status, livepeer::signerErrorBody(signature.error().message));
        } else {
            answer = {404, livepeer::signerErrorBody(QStringLiteral("nothing here"))};
        }
    }
    if (answer.first == 0) {
        co_await response.closed();
        co_return;
    }
    const Headers fields = headers::contentType("application/json");
    co_await response.send(answer.first, fields, std::move(answer.second));
}

} // namespace sluice::test
