#include "lv2v_fixture.h"

#include "sluice/crypto/keccak.h"

namespace sluice::lv2v {

Hash32 TestChain::blockHashForRound(quint64 round) const
{
    return keccak256("test round " + QByteArray::number(round));
}

OrchestratorFixture::OrchestratorFixture(OrchestratorOptions options, quint16 rpcPort)
    : identity(orThrow(makeSelfSigned(QStringLiteral("127.0.0.1"))))
{
    RecipientConfig config;
    config.recipient = PrivateKey::generate().address();
    config.terms.ticketEv = Ev;
    config.terms.gasPrice = 1;
    recipient = std::make_unique<Recipient>(config, store, chain);
    trickle::ServerOptions channelOptions;
    channelOptions.basePath = "/ai/trickle/";
    trickle = std::make_unique<trickle::Server>(io, channelOptions);
    options.tls = identity;
    orchestrator = std::make_unique<Orchestrator>(io, *recipient, chain, std::move(options));
    NodeOptions where;
    where.tls = identity;
    m_node = std::make_unique<Node>(io, std::move(where));
    orchestrator->mount(m_node->router());
    m_node->router().mountRaw([this](const ServerRequest &request) { return trickle->owns(request.path); },
        [this](ServerRequest request, ServerResponse &response) { return trickle->handle(std::move(request), response); });
    service = orThrow(m_node->listen());
    m_worker = std::make_unique<HttpServer>(io, HttpServerOptions(),
        [this](ServerRequest request, ServerResponse &response) { return work(std::move(request), response); });
    orThrow(m_worker->listen());
    rpc = orThrow(orchestrator->start(*trickle, service, rpcPort));
    offer(QStringLiteral("noop"), 1);
}

OrchestratorFixture::~OrchestratorFixture()
{
    orchestrator->stop();
    m_node->stop();
    m_worker->stop();
    m_node.reset();
    orchestrator.reset();
    trickle.reset();
}

void OrchestratorFixture::fund(const Address &address)
{
    SenderFunds funds;
    funds.deposit = Wei("1000000000000000000");
    funds.reserve = Wei("1000000000000000000");
    store.setSenderFunds(address, funds);
}

void OrchestratorFixture::offer(const QString &name, quint32 capacity, qint64 perSecond)
{
    Model model;
    model.name = name;
    model.worker = QUrl(m_worker->origin() + QStringLiteral("/") + name);
    model.capacity = capacity;
    model.price = PriceInfo{perSecond, PixelsPerSecond};
    orchestrator->offer(model);
}

boost::asio::awaitable<void> OrchestratorFixture::work(ServerRequest request, ServerResponse &response)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_requests.append(request);
    }
    const int status = request.path.endsWith("/start") ? workerStatus.load() : 200;
    co_await response.sendText(status, status == 200 ? "{}" : "the worker has no GPU");
}

QList<ServerRequest> OrchestratorFixture::workerRequests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

QStringList OrchestratorFixture::channels()
{
    return onIo([this] {
        QStringList names;
        for (const trickle::ChannelInfo &channel : trickle->channels())
            names.append(QString::fromLatin1(channel.name));
        names.sort();
        return names;
    });
}

Rational OrchestratorFixture::balance(const Address &address, const QString &manifest)
{
    return recipient->ledger().balance(address, manifest).value_or(Rational());
}

void OrchestratorFixture::writeSegment(const QString &channel)
{
    onIo([this, channel] {
        if (const auto publisher = trickle->publish(channel.toLatin1()))
            publisher->write("pictures");
        return true;
    });
}

QCoro::Task<void> Notes::ticketsPrepared(QUrl, QList<SentTicket> tickets)
{
    prepared.append(int(tickets.size()));
    if (beforeTickets)
        beforeTickets();
    co_return;
}

QCoro::Task<void> Notes::ticketsSettled(QList<SentTicket> tickets, bool sent)
{
    (sent ? settledSent : settledUnsent) += int(tickets.size());
    co_return;
}

ClientFixture::ClientFixture(SpendLimits::Limits bounds)
    : limits(bounds, book)
{
}

ClientFixture::ClientFixture(OrchestratorFixture &payee, SpendLimits::Limits bounds)
    : ClientFixture(bounds)
{
    payee.fund(sender.address());
}

JobClient ClientFixture::job(const QString &model, JobClient::Options options)
{
    JobRequest request;
    request.model = model;
    request.params = Json{{QStringLiteral("strength"), 2}};
    request.requestId = QStringLiteral("request-1");
    request.callId = QStringLiteral("call-1");
    return JobClient(client, request, notes, options);
}

Expected<OrchestratorInfo> ClientFixture::info(const QUrl &orchestrator, const QString &model, bool ignoreCapacity)
{
    return test::outcomeOf(client.info(orchestrator, model, ignoreCapacity, CallContext()));
}

namespace {
QCoro::Task<bool> succeeded(QCoro::Task<void> task)
{
    co_await task;
    co_return true;
}
} // namespace

std::optional<Error> ClientFixture::stop(JobClient &job)
{
    const auto outcome = test::outcomeOf(succeeded(job.stop(CallContext())));
    return outcome ? std::nullopt : std::optional(outcome.error());
}

ClientFixture::Answer ClientFixture::post(const QUrl &url, const Headers &headers, const QByteArray &body)
{
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.headers = headers;
    request.body = body;
    request.trust = TrustPolicy::PinOnFirstUse;
    const HttpResponse response = orThrow(test::outcomeOf(http.send(request, CallContext())));
    return Answer{response.status, response.body};
}

} // namespace sluice::lv2v
