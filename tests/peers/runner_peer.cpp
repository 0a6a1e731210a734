#include "peers/runner_peer.h"

#include "sluice/base/bytes.h"
#include "sluice/livepeer/messages.h"

#include <set>

namespace sluice::test {

using boost::asio::awaitable;
using liverunner::DiscoveredRunner;

namespace {

awaitable<void> give(ServerResponse &response, int status, QByteArray body)
{
    if (status == 0) {
        co_await response.closed();
        co_return;
    }
    if (status < 0) {
        response.abort();
        co_return;
    }
    const QByteArray type = body.startsWith('{') || body.startsWith('[') ? "application/json" : "text/plain; charset=utf-8";
    const Headers fields = headers::contentType(type);
    co_await response.send(status, fields, std::move(body));
}

} // namespace

RunnerPeer::RunnerPeer(std::optional<TlsIdentity> tls)
{
    HttpServerOptions options;
    options.tls = std::move(tls);
    m_server = std::make_unique<HttpServer>(m_io, std::move(options), [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); });
    orThrow(m_server->listen());
}

RunnerPeer::~RunnerPeer()
{
    m_server->stop();
}

void RunnerPeer::offer(const QString &app, liverunner::Mode mode, const QString &route, const QByteArray &price, const QString &unit, int available)
{
    DiscoveredRunner runner;
    runner.app = app;
    runner.mode = liverunner::modeText(mode);
    runner.url = m_server->origin() + QStringLiteral("/apps/%1/%2").arg(route, mode == liverunner::Mode::Persistent ? QStringLiteral("session") : QStringLiteral("app"));
    runner.capacity = 1;
    runner.available = available;
    runner.used = 1 - available;
    if (!unit.isEmpty()) {
        runner.price.emplace();
        runner.price->price = orThrow(weiFromDecimal(QString::fromLatin1(price)));
        runner.price->unit = unit;
    }
    const std::scoped_lock lock(m_mutex);
    m_runners.append(runner);
}

void RunnerPeer::setListing(int status, const QByteArray &body)
{
    const std::scoped_lock lock(m_mutex);
    m_listing = {status, body};
}

void RunnerPeer::changeChallenge(std::function<void(Json &)> change)
{
    const std::scoped_lock lock(m_mutex);
    m_change = std::move(change);
}

void RunnerPeer::answerUnpaid(Reply reply)
{
    const std::scoped_lock lock(m_mutex);
    m_unpaid = std::move(reply);
}

void RunnerPeer::setApp(Answer app)
{
    const std::scoped_lock lock(m_mutex);
    m_app = std::move(app);
}

void RunnerPeer::answerPaid(Reply reply)
{
    const std::scoped_lock lock(m_mutex);
    m_paid = std::move(reply);
}

void RunnerPeer::answerPayments(Reply reply)
{
    const std::scoped_lock lock(m_mutex);
    m_payments = std::move(reply);
}

void RunnerPeer::answerRefresh(Reply reply)
{
    const std::scoped_lock lock(m_mutex);
    m_refresh = std::move(reply);
}

void RunnerPeer::answerStop(Reply reply)
{
    const std::scoped_lock lock(m_mutex);
    m_stop = std::move(reply);
}

void RunnerPeer::setReserved(const QByteArray &body)
{
    const std::scoped_lock lock(m_mutex);
    m_reserved = body;
}

QList<ServerRequest> RunnerPeer::requests() const
{
    return requests(QByteArray());
}

QList<ServerRequest> RunnerPeer::requests(const QByteArray &prefix) const
{
    const std::scoped_lock lock(m_mutex);
    QList<ServerRequest> found = m_requests;
    found.removeIf([&](const ServerRequest &request) { return !request.path.startsWith(prefix); });
    return found;
}

QList<WirePayment> RunnerPeer::payments() const
{
    const std::scoped_lock lock(m_mutex);
    return m_seen;
}

Rational RunnerPeer::received() const
{
    const std::scoped_lock lock(m_mutex);
    std::set<std::pair<QByteArray, quint32>> tickets;
    Rational sum;
    for (const WirePayment &payment : m_seen) {
        for (const TicketSenderParams &ticket : payment.tickets) {
            if (tickets.insert({payment.ticketParams->recipientRandHash.toByteArray(), ticket.senderNonce}).second)
                sum += payment.ticketParams->expectedValue();
        }
    }
    return sum;
}

QByteArray RunnerPeer::listing() const
{
    liverunner::DiscoveredNode node;
    node.address = m_server->origin();
    node.runners = m_runners;
    return Json::array({node.toJson()}).dump();
}

/// Each challenge has an id of its own, which its token repeats.
QByteArray RunnerPeer::challenge(const QByteArray &path)
{
    const QString id = QStringLiteral("9f3c1a%1").arg(m_challenges++, 2, 16, QLatin1Char('0'));
    livepeer::OrchestratorInfo info = terms.info();
    info.transcoder = m_server->origin();
    info.authToken->sessionId = id;
    const QByteArray route = path.split('/').value(2);
    liverunner::Challenge made;
    made.paymentParams = bytes::toBase64(livepeer::encodeInfo(info));
    made.orchestrator = m_server->origin();
    made.manifestId = id;
    made.paymentUrl = m_server->origin() + QStringLiteral("/apps/%1/session/%2/payment").arg(QString::fromLatin1(route), id);
    Json json = made.toJson();
    if (m_change)
        m_change(json);
    return json.dump();
}

void RunnerPeer::note(const ServerRequest &request)
{
    m_requests.append(request);
    const QByteArray header = headers::value(request.headers, "Livepeer-Payment");
    const auto payment = parsePaymentHeader(header);
    if (!header.isEmpty() && payment)
        m_seen.append(*payment);
}

awaitable<void> RunnerPeer::purchase(const ServerRequest &request, ServerResponse &response, bool priced)
{
    const bool session = request.path.endsWith("/session");
    std::optional<std::pair<int, QByteArray>> reply;
    Answer app;
    QByteArray reserved;
    {
        const std::scoped_lock lock(m_mutex);
        const bool paid = headers::contains(request.headers, "Livepeer-Payment");
        if (priced && !paid) {
            reply = m_unpaid ? m_unpaid(m_counts["unpaid"]++) : std::nullopt;
            if (!reply)
                reply = {402, challenge(request.path)};
        } else if (paid && m_paid) {
            reply = m_paid(m_counts["paid"]++);
        } else if (!paid && m_unpaid) {
            reply = m_unpaid(m_counts["unpaid"]++);
        }
        const auto segment = livepeer::decodeSegment(bytes::fromBase64(headers::value(request.headers, "Livepeer-Segment")).valueOr(QByteArray()));
        const QString id = paid && segment ? QString::fromUtf8(segment->manifestId) : QStringLiteral("session_free");
        const QString base = m_server->origin() + QString::fromLatin1(request.path) + QLatin1Char('/') + id;
        liverunner::SessionAnswer answer;
        answer.sessionId = id;
        answer.appUrl = base + QStringLiteral("/app");
        answer.controlUrl = base;
        reserved = m_reserved.isEmpty() ? answer.toJson().dump() : m_reserved;
        app = m_app;
    }
    if (reply)
        co_await give(response, reply->first, reply->second);
    else if (session)
        co_await give(response, 200, reserved);
    else if (app)
        co_await app(request, response);
    else
        co_await give(response, 200, "{\"ok\":true}");
}

awaitable<void> RunnerPeer::handle(ServerRequest request, ServerResponse &response)
{
    std::pair<int, QByteArray> fixed{0, {}};
    bool known = false;
    bool priced = false;
    Answer app;
    {
        const std::scoped_lock lock(m_mutex);
        note(request);
        const auto scripted = [&](const char *what, const Reply &reply, std::pair<int, QByteArray> honest) {
            const auto said = reply ? reply(m_counts[what]++) : std::nullopt;
            fixed = said ? *said : honest;
            known = true;
        };
        if (request.path == "/discovery") {
            fixed = m_listing ? *m_listing : std::pair(200, listing());
            known = true;
        } else if (request.path.endsWith("/payment")) {
            livepeer::OrchestratorInfo info = terms.info();
            info.authToken->sessionId = QString::fromLatin1(request.path.split('/').value(4));
            scripted("payment", m_payments, {200, livepeer::encodePaymentResult(info)});
        } else if (request.path == "/refresh-payment") {
            const auto asked = Json::parse(request.body);
            livepeer::OrchestratorInfo info = terms.info();
            info.authToken->sessionId = asked ? asked->value(QStringLiteral("manifest_id")).toString() : QString();
            scripted("refresh", m_refresh, {200, Json{{QStringLiteral("payment_params"), QString::fromLatin1(bytes::toBase64(livepeer::encodeInfo(info)))}}.dump()});
        } else if (request.path.endsWith("/stop")) {
            scripted("stop", m_stop, {204, {}});
        }
        const QString route = QString::fromLatin1(request.path.split('/').value(2));
        for (const DiscoveredRunner &runner : m_runners)
            priced = priced || (runner.price && runner.url.contains(QStringLiteral("/apps/%1/").arg(route)));
        app = m_app;
    }
    if (known) {
        co_await give(response, fixed.first, fixed.second);
    } else if (request.path.contains("/session/")) {
        if (app)
            co_await app(request, response);
        else
            co_await give(response, 200, "{\"ok\":true}");
    } else {
        co_await purchase(request, response, priced);
    }
}

RunnerPeer::Answer RunnerPeer::text(int status, QByteArray body, QByteArray type)
{
    return [=](const ServerRequest &, ServerResponse &response) -> awaitable<void> {
        const Headers fields = headers::contentType(type);
        co_await response.send(status, fields, body);
    };
}

RunnerPeer::Answer RunnerPeer::events(QByteArrayList events)
{
    return [=](const ServerRequest &, ServerResponse &response) -> awaitable<void> {
        const Headers fields = headers::contentType("text/event-stream");
        if (!co_await response.begin(200, fields))
            co_return;
        for (const QByteArray &event : events) {
            const QByteArray block = "data: " + event + "\n\n";
            if (!co_await response.write(block))
                co_return;
        }
        co_await response.end();
    };
}

} // namespace sluice::test
