#include "peers/manual_client.h"

#include "sluice/crypto/signature.h"
#include "sluice/payments/ticket.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace sluice::byoc {

void ManualClient::onIo(std::function<boost::asio::awaitable<void>()> work) const
{
    boost::asio::co_spawn(m_io.context(), std::move(work), boost::asio::use_future).get();
}

ManualClient::Answer ManualClient::send(
    const QByteArray &method, const QString &path, const Headers &headers, const QByteArray &body) const
{
    Answer answer;
    AsioHttpRequest request;
    request.method = method;
    request.url = QUrl(m_url.toString() + path);
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

ManualClient::Answer ManualClient::registerWorker(const QByteArray &secret, const Json &registration) const
{
    return send("POST", QStringLiteral("/capability/register"), {{"Authorization", secret}}, registration.dump());
}

Headers ManualClient::credentials(const PrivateKey &key, const QString &addr)
{
    TokenCredentials credentials;
    credentials.addr = addr.isEmpty() ? key.address().toChecksum() : addr;
    credentials.sig = signHashed(key, credentials.signingBytes()).toHex();
    return {{header::Sender, credentials.toHeader()}};
}

JobToken ManualClient::token(const PrivateKey &key, const QString &capability) const
{
    Headers headers = credentials(key);
    headers.append(std::pair<QByteArray, QByteArray>(header::Capability, capability.toUtf8()));
    return orThrow(JobToken::parse(send("GET", QStringLiteral("/process/token"), headers).body));
}

JobHeader ManualClient::job(const QString &capability, qint64 timeout)
{
    JobHeader job;
    job.id = QStringLiteral("job-0001");
    job.capability = capability;
    job.timeoutSeconds = timeout;
    job.request = QStringLiteral("{\"run\":\"x\"}");
    return job;
}

QByteArray ManualClient::signedJob(JobHeader job, const PrivateKey &key)
{
    job.sender = key.address().toChecksum();
    job.sig = signHashed(key, job.legacySigningBytes()).toHex();
    return job.toHeader();
}

void ManualClient::resign(WirePayment &payment, const PrivateKey &key)
{
    for (TicketSenderParams &ticket : payment.tickets) {
        const Hash32 hash
            = Ticket::make(*payment.ticketParams, *payment.expirationParams, *payment.sender, ticket.senderNonce).hash();
        ticket.signature = signMessage(key, hash.bytes()).toByteArray();
    }
}

QByteArray ManualClient::payment(const JobToken &token, const PrivateKey &key, int count, quint32 firstNonce,
    const std::function<void(WirePayment &)> &change)
{
    WirePayment payment;
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

ManualClient::Answer ManualClient::process(
    const QByteArray &jobHeader, const QByteArray &paymentHeader, const QByteArray &body, const QString &subPath) const
{
    Headers headers{{"Content-Type", "application/json"}, {header::Job, jobHeader}};
    if (!paymentHeader.isEmpty())
        headers.append(std::pair<QByteArray, QByteArray>(header::Payment, paymentHeader));
    return send("POST", QStringLiteral("/process/request/") + subPath, headers, body);
}

} // namespace sluice::byoc
