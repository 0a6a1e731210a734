#include "orchestrator_fixture_p.h"

#include "sluice/crypto/keccak.h"

namespace sluice::byoc {

Hash32 TestChain::blockHashForRound(quint64 round) const
{
    return keccak256("test round " + QByteArray::number(round));
}

OrchestratorFixture::OrchestratorFixture(ByocNodeOptions options)
{
    RecipientConfig config;
    config.recipient = PrivateKey::generate().address();
    config.terms.ticketEv = Ev;
    config.terms.gasPrice = 1;
    recipient = std::make_unique<Recipient>(config, store, chain);
    fund(sender.address());
    options.secret = sluice::Secret(QByteArrayView(Secret));
    orchestrator = std::make_unique<ByocNode>(io, *recipient, chain, std::move(options));
    client = std::make_unique<ManualClient>(io, orThrow(orchestrator->start()));
    m_script = answer(200, "application/json", "{\"ok\":true}");
    m_worker = std::make_unique<HttpServer>(io, HttpServerOptions(),
        [this](ServerRequest request, ServerResponse &response) { return work(std::move(request), response); });
    orThrow(m_worker->listen());
}

OrchestratorFixture::~OrchestratorFixture()
{
    orchestrator->stop();
    m_worker->stop();
}

void OrchestratorFixture::fund(const Address &address)
{
    SenderFunds funds;
    funds.deposit = Wei("1000000000000000000");
    funds.reserve = Wei("1000000000000000000");
    store.setSenderFunds(address, funds);
}

boost::asio::awaitable<void> OrchestratorFixture::work(ServerRequest request, ServerResponse &response)
{
    if (request.path == "/schema") {
        co_await response.sendText(404, "no schema");
        co_return;
    }
    WorkerScript script;
    {
        const std::scoped_lock lock(m_mutex);
        m_requests.append(request);
        script = m_script;
    }
    co_await script(std::move(request), response);
}

void OrchestratorFixture::script(WorkerScript script)
{
    const std::scoped_lock lock(m_mutex);
    m_script = std::move(script);
}

QList<ServerRequest> OrchestratorFixture::workerRequests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

OrchestratorFixture::WorkerScript OrchestratorFixture::answer(int status, QByteArray contentType, QByteArray body, Headers more)
{
    more.prepend(std::pair<QByteArray, QByteArray>("Content-Type", contentType));
    return [status, body, more](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        co_await response.send(status, more, body);
    };
}

void OrchestratorFixture::onIo(std::function<boost::asio::awaitable<void>()> work)
{
    client->onIo(std::move(work));
}

OrchestratorFixture::Answer OrchestratorFixture::send(
    const QByteArray &method, const QString &path, const Headers &headers, const QByteArray &body)
{
    return client->send(method, path, headers, body);
}

OrchestratorFixture::Answer OrchestratorFixture::registerWork(const Json &changes)
{
    Json registration{{QStringLiteral("name"), QStringLiteral("work")}, {QStringLiteral("url"), m_worker->origin()},
        {QStringLiteral("capacity"), 2}, {QStringLiteral("price_per_unit"), Price}};
    for (const auto &[key, value] : changes.members())
        registration.insert(key, value);
    return client->registerWorker(Secret, registration);
}

qint64 OrchestratorFixture::load(const QString &capability)
{
    for (const RegisteredCapability &known : orchestrator->capabilities()) {
        if (known.registration.name == capability)
            return known.load;
    }
    return -1;
}

bool OrchestratorFixture::isRegistered(const QString &capability)
{
    return load(capability) >= 0;
}

JobToken OrchestratorFixture::token(const PrivateKey &key, const QString &capability)
{
    return client->token(key, capability);
}

OrchestratorFixture::Answer OrchestratorFixture::process(
    const QByteArray &jobHeader, const QByteArray &paymentHeader, const QByteArray &body, const QString &subPath)
{
    return client->process(jobHeader, paymentHeader, body, subPath);
}

OrchestratorFixture::Answer OrchestratorFixture::run(int tickets, const QByteArray &body, qint64 timeout)
{
    const JobToken token = this->token(sender);
    const QByteArray paid = tickets > 0 ? payment(token, sender, tickets) : QByteArray();
    return process(signedJob(job(QStringLiteral("work"), timeout), sender), paid, body);
}

Rational OrchestratorFixture::balance(const QString &capability)
{
    return recipient->ledger().balance(sender.address(), capability).value_or(Rational());
}

} // namespace sluice::byoc
