#include "orchestrator_bench_p.h"

#include "sluice/base/bytes.h"
#include "sluice/crypto/keccak.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

namespace sluice::byoc {

Hash32 TestChain::blockHashForRound(quint64 round) const
{
    return keccak256("test round " + QByteArray::number(round));
}

OrchestratorBench::OrchestratorBench(OrchestratorOptions options)
{
    RecipientConfig config;
    config.recipient = PrivateKey::generate().address();
    config.terms.ticketEv = Ev;
    config.terms.gasPrice = 1;
    recipient = std::make_unique<Recipient>(config, store, chain);
    fund(sender.address());
    options.secret = sluice::Secret(QByteArrayView(Secret));
    orchestrator = std::make_unique<Orchestrator>(io, *recipient, chain, std::move(options));
    orThrow(orchestrator->start());
    m_script = answer(200, "application/json", "{\"ok\":true}");
    m_worker = std::make_unique<HttpServer>(io, HttpServerOptions(),
        [this](ServerRequest request, ServerResponse &response) { return work(std::move(request), response); });
    orThrow(m_worker->listen());
}

OrchestratorBench::~OrchestratorBench()
{
    orchestrator->stop();
    m_worker->stop();
}

void OrchestratorBench::fund(const Address &address)
{
    SenderFunds funds;
    funds.deposit = Wei("1000000000000000000");
    funds.reserve = Wei("1000000000000000000");
    store.setSenderFunds(address, funds);
}

boost::asio::awaitable<void> OrchestratorBench::work(ServerRequest request, ServerResponse &response)
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

void OrchestratorBench::script(WorkerScript script)
{
    const std::scoped_lock lock(m_mutex);
    m_script = std::move(script);
}

QList<ServerRequest> OrchestratorBench::workerRequests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

OrchestratorBench::WorkerScript OrchestratorBench::answer(int status, QByteArray contentType, QByteArray body, Headers more)
{
    more.prepend(std::pair<QByteArray, QByteArray>("Content-Type", contentType));
    return [status, body, more](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        co_await response.send(status, more, body);
    };
}

void OrchestratorBench::onIo(std::function<boost::asio::awaitable<void>()> work)
{
    boost::asio::co_spawn(io.context(), std::move(work), boost::asio::use_future).get();
}

OrchestratorBench::Answer OrchestratorBench::send(
    const QByteArray &method, const QString &path, const Headers &headers, const QByteArray &body)
{
    Answer answer;
    AsioHttpRequest request;
    request.method = method;
    request.url = QUrl(orchestrator->url().toString() + path);
    request.headers = headers;
    request.body = body;
    onIo([&answer, &request]() -> boost::asio::awaitable<void> {
        try {
            const auto stream = co_await asioOpen(request);
            answer.status = stream->status();
            answer.headers = stream->headers();
            for (QByteArray piece = co_await stream->read(); !piece.isEmpty(); piece = co_await stream->read())
                answer.body += piece;
        } catch (const Error &) {
            answer.cut = true;
        }
    });
    return answer;
}

OrchestratorBench::Answer OrchestratorBench::registerWork(const Json &changes)
{
    Json registration{{QStringLiteral("name"), QStringLiteral("work")}, {QStringLiteral("url"), m_worker->origin()},
        {QStringLiteral("capacity"), 2}, {QStringLiteral("price_per_unit"), Price}};
    for (const auto &[key, value] : changes.members())
        registration.insert(key, value);
    return send("POST", QStringLiteral("/capability/register"), {{"Authorization", Secret}}, registration.dump());
}

qint64 OrchestratorBench::load(const QString &capability)
{
    for (const RegisteredCapability &known : orchestrator->capabilities()) {
        if (known.registration.name == capability)
            return known.load;
    }
    return -1;
}

bool OrchestratorBench::isRegistered(const QString &capability)
{
    return load(capability) >= 0;
}

Headers OrchestratorBench::credentials(const PrivateKey &key, const QString &addr)
{
    TokenCredentials credentials;
    credentials.addr = addr.isEmpty() ? key.address().toChecksum() : addr;
    credentials.sig = signHashed(key, credentials.signingBytes()).toHex();
    return {{header::Sender, credentials.toHeader()}};
}

JobToken OrchestratorBench::token(const PrivateKey &key, const QString &capability)
{
    Headers headers = credentials(key);
    headers.append(std::pair<QByteArray, QByteArray>(header::Capability, capability.toUtf8()));
    return orThrow(JobToken::parse(send("GET", QStringLiteral("/process/token"), headers).body));
}

JobHeader OrchestratorBench::job(const QString &capability, qint64 timeout)
{
    JobHeader job;
    job.id = QStringLiteral("job-0001");
    job.capability = capability;
    job.timeoutSeconds = timeout;
    job.request = QStringLiteral("{\"run\":\"x\"}");
    return job;
}

QByteArray OrchestratorBench::signedJob(JobHeader job, const PrivateKey &key)
{
    job.sender = key.address().toChecksum();
    job.sig = signHashed(key, job.legacySigningBytes()).toHex();
    return job.toHeader();
}

void OrchestratorBench::resign(Payment &payment, const PrivateKey &key)
{
    for (TicketSenderParams &ticket : payment.tickets) {
        const Hash32 hash
            = Ticket::make(*payment.ticketParams, *payment.expirationParams, *payment.sender, ticket.senderNonce).hash();
        ticket.signature = signMessage(key, hash.bytes()).toByteArray();
    }
}

QByteArray OrchestratorBench::payment(const JobToken &token, const PrivateKey &key, int count, quint32 firstNonce,
    const std::function<void(Payment &)> &change)
{
    Payment payment;
    payment.ticketParams = token.ticketParams;
    payment.expirationParams = payment.ticketParams->expirationParams;
    payment.sender = key.address();
    payment.expectedPrice = token.price;
    for (int i = 0; i < count; ++i)
        payment.tickets.append(TicketSenderParams{firstNonce + quint32(i), QByteArray()});
    resign(payment, key);
    if (change)
        change(payment);
    return paymentHeader(payment);
}

OrchestratorBench::Answer OrchestratorBench::process(
    const QByteArray &jobHeader, const QByteArray &paymentHeader, const QByteArray &body, const QString &subPath)
{
    Headers headers{{"Content-Type", "application/json"}, {header::Job, jobHeader}};
    if (!paymentHeader.isEmpty())
        headers.append(std::pair<QByteArray, QByteArray>(header::Payment, paymentHeader));
    return send("POST", QStringLiteral("/process/request/") + subPath, headers, body);
}

OrchestratorBench::Answer OrchestratorBench::run(int tickets, const QByteArray &body, qint64 timeout)
{
    const JobToken token = this->token(sender);
    const QByteArray paid = tickets > 0 ? payment(token, sender, tickets) : QByteArray();
    return process(signedJob(job(QStringLiteral("work"), timeout), sender), paid, body);
}

Rational OrchestratorBench::balance(const QString &capability)
{
    return recipient->ledger().balance(sender.address(), capability).value_or(Rational());
}

} // namespace sluice::byoc
