#include "server_fixture.h"

#include "sluice/base/bytes.h"
#include "sluice/crypto/keccak.h"
#include "sluice/crypto/signature.h"
#include "sluice/net/asio_wait.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include <QtCore/QElapsedTimer>

namespace sluice::liverunner {

Hash32 StillChain::blockHashForRound(quint64 round) const
{
    return keccak256("test round " + QByteArray::number(round));
}

RawCall::RawCall(const QUrl &server, const QByteArray &request)
{
    m_socket.connectToHost(server.host(), quint16(server.port()));
    m_socket.waitForConnected(5000);
    send(request);
}

QByteArray RawCall::received()
{
    QCoreApplication::processEvents();
    m_socket.waitForReadyRead(1);
    m_received += m_socket.readAll();
    return m_received;
}

void RawCall::send(const QByteArray &bytes)
{
    m_socket.write(bytes);
    m_socket.flush();
}

bool RawCall::isOpen()
{
    (void)received();
    return m_socket.state() == QAbstractSocket::ConnectedState;
}

ServerFixture::ServerFixture(OrchestratorOptions options, bool paid, bool withSecret)
{
    RecipientConfig config;
    config.recipient = PrivateKey::generate().address();
    config.terms.ticketEv = Ev;
    config.terms.gasPrice = 1;
    recipient = std::make_unique<Recipient>(config, store, chain);
    trickle::ServerOptions channelOptions;
    channelOptions.basePath = "/ai/trickle/";
    trickle = std::make_unique<trickle::Server>(io, channelOptions);
    node = std::make_unique<Node>(io, NodeOptions());
    options.offChain = !paid;
    if (withSecret && options.secret.isEmpty())
        options.secret = Secret("abcdef");
    orchestrator = std::make_unique<Orchestrator>(*node, *trickle, *recipient, std::move(options));
    node->router().mountRaw([this](const ServerRequest &request) { return trickle->owns(request.path); },
        [this](ServerRequest request, ServerResponse &response) { return trickle->handle(std::move(request), response); });
    service = orThrow(node->listen());
    orThrow(orchestrator->start());
    HttpServerOptions appOptions;
    appOptions.streamsBody = [](const ServerRequest &) { return true; };
    m_app = std::make_unique<HttpServer>(io, appOptions,
        [this](ServerRequest request, ServerResponse &response) { return work(std::move(request), response); });
    orThrow(m_app->listen());
}

ServerFixture::~ServerFixture()
{
    orchestrator->stop();
    node->stop();
    m_app->stop();
    node.reset();
    orchestrator.reset();
    trickle.reset();
}

void ServerFixture::setApp(App app)
{
    const std::scoped_lock lock(m_mutex);
    m_answer = std::move(app);
}

QList<ServerRequest> ServerFixture::appRequests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

boost::asio::awaitable<void> ServerFixture::work(ServerRequest request, ServerResponse &response)
{
    if (!co_await response.readBody(request, 16 * 1024 * 1024))
        co_return;
    App app;
    {
        const std::scoped_lock lock(m_mutex);
        m_requests.append(request);
        app = m_answer;
    }
    if (app)
        co_await app(std::move(request), response);
    else
        co_await response.send(200, headers::contentType("application/json"), "{}");
}

Answer ServerFixture::send(const QByteArray &method, const QString &target, const Headers &fields, const QByteArray &body)
{
    HttpRequest request;
    request.method = method;
    request.url = QUrl(target.startsWith(QLatin1String("http")) ? target : at(target));
    request.headers = fields;
    request.body = body;
    const auto response = test::outcomeOf(http.send(request, CallContext()));
    if (!response)
        return {0, {}, response.error().describe().toUtf8()};
    return {response->status, response->headers, response->body};
}

Answer ServerFixture::heartbeat(const Json &body, const QByteArray &secret)
{
    Headers fields{{"Content-Type", "application/json"}};
    if (!secret.isNull())
        fields.emplaceBack("Authorization", secret);
    return send("POST", QStringLiteral("/runners/heartbeat"), fields, body.dump());
}

Json ServerFixture::registration(const QString &id, const QString &mode, const Json &more) const
{
    Json json{{QStringLiteral("runner_id"), id}, {QStringLiteral("runner_url"), appUrl()}, {QStringLiteral("app"), QStringLiteral("acme/") + id},
        {QStringLiteral("mode"), mode}, {QStringLiteral("capacity"), 1}, {QStringLiteral("status"), QStringLiteral("ready")}};
    if (id.isEmpty()) {
        json.remove(QStringLiteral("runner_id"));
        json.insert(QStringLiteral("app"), QStringLiteral("acme/any"));
    }
    for (const auto &[key, value] : more.members())
        json.insert(key, value);
    return json;
}

QByteArray ServerFixture::enter(const QString &id, const QString &mode, const Json &more)
{
    const Answer answer = heartbeat(registration(id, mode, more));
    if (answer.status != 200)
        qWarning("%d %s", answer.status, answer.body.constData());
    return answer.json().value(QStringLiteral("heartbeat_secret")).toString().toLatin1();
}

Json ServerFixture::listed(const QString &route)
{
    const Json nodes = send("GET", QStringLiteral("/discovery")).json();
    for (const Json &runner : nodes.at(0).value(QStringLiteral("runners")).items()) {
        if (runner.value(QStringLiteral("url")).toString().contains(QLatin1Char('/') + route))
            return runner;
    }
    return {};
}

QStringList ServerFixture::channels()
{
    return onIo([this] {
        QStringList names;
        for (const trickle::ChannelInfo &channel : trickle->channels())
            names.append(QString::fromLatin1(channel.name));
        names.sort();
        return names;
    });
}

QList<Json> ServerFixture::messages(const QString &channel, int count)
{
    const auto read = [](trickle::Server *server, QByteArray name, int wanted) -> boost::asio::awaitable<QList<Json>> {
        QList<Json> found;
        const auto reader = server->subscribe(name, 0);
        while (reader && found.size() < wanted) {
            if (!co_await reader->nextSegment())
                break;
            QByteArray all;
            for (QByteArray piece = co_await reader->read(); !piece.isEmpty(); piece = co_await reader->read())
                all += piece;
            found.append(Json::parse(all).valueOr(Json()));
        }
        co_return found;
    };
    auto future = boost::asio::co_spawn(io.context(), read(trickle.get(), channel.toLatin1(), count), boost::asio::use_future);
    if (future.wait_for(std::chrono::seconds(10)) != std::future_status::ready)
        return {};
    return future.get();
}

Payer::Payer(ServerFixture &payee, bool funded)
    : fixture(payee)
{
    SenderFunds funds;
    funds.deposit = Wei("1000000000000000000");
    funds.reserve = Wei("1000000000000000000");
    if (funded)
        fixture.store.setSenderFunds(key.address(), funds);
}

Answer Payer::challenge(const QByteArray &method, const QString &target)
{
    const Answer answer = fixture.send(method, target, asking());
    const auto read = Challenge::parse(answer.body);
    if (answer.status != 402 || !read)
        return answer;
    asked = *read;
    take(orThrow(livepeer::decodeInfo(orThrow(bytes::fromBase64(asked.paymentParams)))));
    payment = WirePayment();
    payment.ticketParams = info.ticketParams;
    payment.sender = key.address();
    payment.expirationParams = info.ticketParams->expirationParams;
    payment.expectedPrice = info.price;
    m_nonce = 0;
    return answer;
}

void Payer::take(const livepeer::OrchestratorInfo &terms)
{
    info = terms;
    if (!asked.manifestId.isEmpty())
        segment.manifestId = asked.manifestId.toUtf8();
    segment.hash = livepeer::SegmentCredentials::emptySegmentHash();
    segment.profiles = "invalid";
    segment.authToken = info.authToken;
    payment.tickets.clear();
    if (info.ticketParams && payment.ticketParams && !(info.ticketParams == payment.ticketParams)) {
        payment.ticketParams = info.ticketParams;
        payment.expirationParams = info.ticketParams->expirationParams;
        m_nonce = 0;
    }
}

void Payer::addTickets(int count)
{
    for (int i = 0; i < count; ++i) {
        const Ticket ticket = Ticket::make(*payment.ticketParams, *payment.expirationParams, key.address(), ++m_nonce);
        payment.tickets.append({m_nonce, signMessage(key, ticket.hash().bytes()).toByteArray()});
    }
}

Headers Payer::headers()
{
    const Hash32 message = keccak256(orThrow(segment.signingBytes()));
    segment.signature = signMessage(key, message.bytes()).toByteArray();
    return {{header::PayerAddress, key.address().toChecksum().toLatin1()}, {header::Payment, paymentHeader(payment)},
        {header::Segment, bytes::toBase64(livepeer::encodeSegment(segment))}};
}

} // namespace sluice::liverunner
