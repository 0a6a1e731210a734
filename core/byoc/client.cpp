#include "sluice/byoc/client.h"

#include "submission_p.h"

#include "sluice/base/log.h"
#include "sluice/payments/ticket_sender.h"

namespace sluice::byoc {

namespace {

/// An orchestrator's certificate is self-signed, so its key is pinned; plain http has none.
constexpr TrustPolicy OrchestratorTrust = TrustPolicy::PinOnFirstUse;

QUrl at(const QUrl &origin, const QString &path)
{
    QUrl url = origin;
    url.setPath(path);
    return url;
}

/// A refused token, in words for a person (byoc.md 3).
Error tokenRefused(const QUrl &url, int status, const QByteArray &body)
{
    const QString said = QString::fromUtf8(body.left(500)).trimmed();
    Error error(Error::Kind::Http, QStringLiteral("The orchestrator refused a job token: %1 %2").arg(status).arg(said));
    if (said.contains(QStringLiteral("insufficient sender reserve"))) {
        error = Error(Error::Kind::Payment, QStringLiteral("The orchestrator gives no ticket parameters: %1").arg(said));
        error.withAdvice(QStringLiteral("Fund the sender's deposit and reserve; in a sandbox start it with --fund and this address."));
    } else if (said.startsWith(QStringLiteral("Invalid eth address header"))) {
        error.withAdvice(QStringLiteral("The orchestrator does not accept this sender's signature; set a sender key."));
    }
    return error.withRequest("GET", url).withHttp(status, body);
}

} // namespace

Client::Client(HttpClient &http, TicketSender *sender, Options options)
    : m_http(http)
    , m_own(std::make_unique<OneSender>(sender))
    , m_senders(m_own.get())
    , m_options(options)
{
}

Client::Client(HttpClient &http, SenderSource &senders, Options options)
    : m_http(http)
    , m_senders(&senders)
    , m_options(options)
{
}

bool Client::takesV1(const QString &origin)
{
    const auto known = m_formats.constFind(origin);
    if (known != m_formats.cend())
        return *known;
    bool v1 = false;
    try {
        v1 = m_options.formats && m_options.formats->takesV1(origin);
    } catch (const Error &error) {
        // The other format is tried anyway when the first is refused.
        qCInfo(logByoc, "Which signature %s takes could not be read: %s", qUtf8Printable(origin), qUtf8Printable(error.message()));
    }
    m_formats.insert(origin, v1);
    return v1;
}

void Client::rememberFormat(const QString &origin, bool v1)
{
    m_formats.insert(origin, v1);
    try {
        if (m_options.formats)
            m_options.formats->remember(origin, v1);
    } catch (const Error &error) {
        qCInfo(logByoc, "Which signature %s takes could not be kept: %s", qUtf8Printable(origin), qUtf8Printable(error.message()));
    }
}

QCoro::Task<QByteArray> Client::signedJob(TicketSender *sender, JobHeader header, bool v1, CallContext context)
{
    header.sender = (sender ? sender->address() : Address()).toChecksum();
    header.sig.clear();
    if (sender) {
        SignableJob job;
        job.id = header.id;
        job.capability = header.capability;
        job.request = header.request;
        job.parameters = header.parameters;
        job.timeoutSeconds = header.timeoutSeconds;
        header.sig = co_await sender->signJob(job, v1, context);
    }
    co_return header.toHeader();
}

QCoro::Task<QByteArray> Client::credentialsOf(TicketSender *sender, CallContext context)
{
    const Address account = sender ? sender->address() : Address();
    if (m_credentials.value(account).isEmpty()) {
        TokenCredentials credentials;
        credentials.addr = account.toChecksum();
        if (sender) {
            const Signature signature = co_await sender->signer().signAddress(context);
            credentials.sig = signature.toHex();
        }
        m_credentials.insert(account, credentials.toHeader());
    }
    co_return m_credentials.value(account);
}

QCoro::Task<QByteArray> Client::get(QUrl url, Headers headers, TrustPolicy trust, qsizetype maxBytes, CallContext context)
{
    HttpRequest request;
    request.url = url;
    request.headers = std::move(headers);
    request.trust = trust;
    request.connectTimeout = m_options.connectTimeout;
    request.maxBodyBytes = maxBytes;
    const HttpResponse response = co_await m_http.send(request, context.within(m_options.tokenTimeout));
    if (response.status != 200)
        throw Error(Error::Kind::Http, QStringLiteral("The answer was %1 %2").arg(response.status)
                        .arg(QString::fromUtf8(response.body.left(500)).trimmed()))
            .withRequest("GET", url).withHttp(response.status, response.body);
    co_return response.body;
}

QCoro::Task<JobToken> Client::token(QUrl orchestrator, QString capability, CallContext context)
{
    TicketSender *sender = co_await m_senders->pick(context);
    co_return co_await tokenFor(sender, orchestrator, capability, context);
}

QCoro::Task<JobToken> Client::tokenFor(TicketSender *from, QUrl orchestrator, QString capability, CallContext context)
{
    const QByteArray sender = co_await credentialsOf(from, context);
    HttpRequest request;
    request.url = at(orchestrator, QStringLiteral("/process/token"));
    request.headers = {{header::Sender, sender}, {header::Capability, capability.toUtf8()}};
    request.trust = OrchestratorTrust;
    request.connectTimeout = m_options.connectTimeout;
    request.maxBodyBytes = MaxTokenBytes;
    const HttpResponse response = co_await m_http.send(request, context.within(m_options.tokenTimeout));
    if (response.status != 200)
        throw tokenRefused(request.url, response.status, response.body);
    auto token = JobToken::parse(response.body);
    if (!token)
        throw Error(token.error()).withRequest("GET", request.url).withHttp(response.status, response.body);
    co_return *token;
}

QCoro::Task<QList<ListedCapability>> Client::capabilities(QUrl orchestrator, CallContext context)
{
    const QUrl url = at(orchestrator, QStringLiteral("/capabilities"));
    const QByteArray body = co_await get(url, Headers(), OrchestratorTrust, MaxListingBytes, context);
    auto listing = parseListing(body);
    if (!listing)
        throw Error(listing.error()).withRequest("GET", url);
    co_return *listing;
}

QCoro::Task<QList<TicketOutcome>> Client::ticketOutcomes(QUrl orchestrator, CallContext context)
{
    const QUrl url = at(orchestrator, QStringLiteral("/payments/tickets"));
    TicketSender *from = co_await m_senders->pick(context);
    const QByteArray sender = co_await credentialsOf(from, context);
    const Headers headers{{header::Sender, sender}};
    const QByteArray body = co_await get(url, headers, OrchestratorTrust, MaxListingBytes, context);
    auto outcomes = parseOutcomes(body);
    if (!outcomes)
        throw Error(outcomes.error()).withRequest("GET", url);
    co_return *outcomes;
}

QCoro::Task<JobAnswer> Client::submit(Job job, livepeer::Candidates orchestrators, std::shared_ptr<JobObserver> observer, CallContext context)
{
    Submission submission(*this, std::move(job), std::move(observer), std::move(context));
    co_return co_await submission.run(std::move(orchestrators));
}

QCoro::Task<JobAnswer> Client::submitThroughGateway(Job job, QUrl gateway, QStringList pins, CallContext context)
{
    Submission submission(*this, std::move(job), nullptr, std::move(context));
    co_return co_await submission.runThroughGateway(std::move(gateway), std::move(pins));
}

QCoro::Task<PreparedRequest> Client::prepare(Job job, QList<QUrl> orchestrators, std::shared_ptr<JobObserver> observer, CallContext context)
{
    Submission submission(*this, std::move(job), std::move(observer), std::move(context));
    co_return co_await submission.prepare(std::move(orchestrators));
}

QByteArray JobAnswer::balance() const
{
    const QByteArray batch = headers::value(headers, header::Balance);
    return batch.isEmpty() ? headers::value(headers, header::StreamBalance) : batch;
}

bool JobAnswer::isEventStream() const
{
    return headers::mediaType(headers) == "text/event-stream";
}

} // namespace sluice::byoc
