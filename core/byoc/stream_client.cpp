#include "sluice/byoc/stream_client.h"

#include "submission_p.h"

#include "sluice/byoc/reaction.h"
#include "sluice/net/error_body.h"
#include "sluice/payments/balance_text.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QRandomGenerator>

#include <array>

namespace sluice::byoc {

namespace {

constexpr TrustPolicy OrchestratorTrust = TrustPolicy::PinOnFirstUse;
constexpr qsizetype MaxAnswerBytes = 1024 * 1024;
/// Between looks while what is due cannot be paid.
constexpr std::chrono::milliseconds RetryInterval{5'000};

/// Stream ids are the only secret of a stream's channels (byoc.md 12).
QString randomStreamId()
{
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    QString text;
    for (const quint32 word : words)
        text += QStringLiteral("%1").arg(word, 8, 16, QLatin1Char('0'));
    return text;
}

bool isPathSegment(const QString &id)
{
    return !id.isEmpty() && id.size() <= 200 && std::all_of(id.begin(), id.end(), [](QChar c) {
        return (c < QChar(128) && c.isLetterOrNumber()) || c == QLatin1Char('-') || c == QLatin1Char('_') || c == QLatin1Char('.');
    }) && id != QStringLiteral(".") && id != QStringLiteral("..");
}

/// Refusals of update, payment and stop put the reason behind words of their own (byoc.md 5.3).
QByteArray reasonIn(const QByteArray &body)
{
    const qsizetype mark = body.indexOf("request not valid err=");
    return mark < 0 ? body : body.mid(mark + qsizetype(sizeof "request not valid err=") - 1);
}

bool isInsufficient(const QByteArray &body)
{
    return reasonIn(body).trimmed().startsWith("Insufficient balance");
}

/// The channel that a header names, at the orchestrator: relative ones lie there, and where another host stands, it is one that only the
/// worker is meant to use (byoc.md 5.1), or one that is none of this client's business.
QUrl channelIn(const Headers &list, const char *name, const QUrl &service)
{
    const QByteArray text = headers::value(list, name).trimmed();
    if (text.isEmpty())
        return {};
    const QUrl url = service.resolved(QUrl(QString::fromUtf8(text), QUrl::StrictMode));
    if (!Origin::of(url))
        throw Error(Error::Kind::Protocol, QStringLiteral("The orchestrator's %1 “%2” is no channel's address.")
                                               .arg(QLatin1String(name), QString::fromUtf8(text.left(200))));
    return orThrow(Origin::of(service)).hosting(url).adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment);
}

qint64 wholeSeconds(const Rational &balance, const PriceInfo &price)
{
    const Rational seconds = balance / price.asRational();
    constexpr qint64 plenty = 1'000'000'000;
    return seconds > plenty ? plenty : static_cast<qint64>(floorOf(seconds));
}

} // namespace

/// Passes everything on to the caller's observer and remembers where the job may run and what it costs.
class JobWatch final : public JobObserver {
public:
    explicit JobWatch(std::shared_ptr<JobObserver> observer)
        : m_observer(std::move(observer))
    {
    }
    void tokenReceived(const QUrl &origin, const JobToken &token) override
    {
        orchestrator = origin;
        service = serviceUrl(token, origin);
        price = token.price;
        if (m_observer)
            m_observer->tokenReceived(origin, token);
    }
    QCoro::Task<void> ticketsPrepared(QUrl origin, QList<SentTicket> tickets) override
    {
        if (m_observer)
            co_await m_observer->ticketsPrepared(origin, tickets);
    }
    QCoro::Task<void> ticketsSettled(QList<SentTicket> tickets, bool sent) override
    {
        if (m_observer)
            co_await m_observer->ticketsSettled(tickets, sent);
    }

    QUrl orchestrator;
    QUrl service;
    PriceInfo price;
    std::optional<PriceInfo> initialPrice;

private:
    std::shared_ptr<JobObserver> m_observer;
};

StreamClient::StreamClient(Client &client, StreamJob job, std::shared_ptr<JobObserver> observer)
    : StreamClient(client, std::move(job), std::move(observer), Options())
{
}

StreamClient::StreamClient(Client &client, StreamJob job, std::shared_ptr<JobObserver> observer, Options options)
    : m_client(client)
    , m_job(std::move(job))
    , m_options(options)
    , m_watch(std::make_shared<JobWatch>(std::move(observer)))
{
    if (m_job.streamId.isEmpty())
        m_job.streamId = randomStreamId();
}

StreamClient::~StreamClient()
{
    if (m_sender)
        m_sender->forgetChain(chain());
}

JobHeader StreamClient::header() const
{
    JobHeader header;
    header.id = m_job.streamId;
    header.request = QString::fromUtf8(Json{{QStringLiteral("stream_id"), m_job.streamId}}.dump());
    Json parameters = m_job.parameters.isObject() ? m_job.parameters : Json::object();
    parameters.insert(QStringLiteral("enable_video_ingress"), m_job.videoIngress);
    parameters.insert(QStringLiteral("enable_video_egress"), m_job.videoEgress);
    parameters.insert(QStringLiteral("enable_data_output"), m_job.dataOutput);
    header.parameters = QString::fromUtf8(parameters.dump());
    header.capability = m_job.capability;
    header.timeoutSeconds = m_job.timeout.count();
    return header;
}

Job StreamClient::startJob() const
{
    if (!isPathSegment(m_job.streamId))
        throw Error(Error::Kind::InvalidInput, QStringLiteral("“%1” is no stream id: letters, digits, dots, dashes and underscores make one.")
                                                   .arg(m_job.streamId));
    if (!m_job.params.isNull() && !m_job.params.isObject())
        throw Error(Error::Kind::InvalidInput, QStringLiteral("A live job's parameters must be a JSON object."))
            .withAdvice(QStringLiteral("Write them as {\"name\": value}, or leave them out."));
    const JobHeader fields = header();
    Job job;
    job.route = QStringLiteral("ai/stream/start");
    job.capability = m_job.capability;
    job.id = fields.id;
    job.request = fields.request;
    job.parameters = fields.parameters;
    job.body = Json{{QStringLiteral("params"), m_job.params}}.dump();
    job.timeout = m_job.timeout;
    job.callId = m_job.callId;
    job.maxSpend = m_job.maxSpend;
    job.acceptedPrice = m_job.acceptedPrice;
    return job;
}

QCoro::Task<StreamStarted> StreamClient::start(livepeer::Candidates orchestrators, CallContext context)
{
    const Job job = startJob();
    const auto step = context.trace->begin(QStringLiteral("start"));
    m_mayRun = true; // from here on the answer may be lost while the job runs
    std::optional<JobAnswer> answer;
    try {
        answer = co_await m_client.submit(job, orchestrators, m_watch, context);
    } catch (const Error &error) {
        using Kind = Error::Kind;
        const bool lost = error.kind() == Kind::Network || error.kind() == Kind::Timeout || error.kind() == Kind::Canceled
            || error.kind() == Kind::Protocol || error.kind() == Kind::TooLarge;
        m_mayRun = lost && error.httpStatus() == 0;
        throw;
    }
    m_watch->initialPrice = m_watch->price;
    m_paidPrice = m_watch->price;
    m_use = answer->use;
    m_sender = answer->sender;
    co_return started(std::move(*answer));
}

void StreamClient::accompany(const JobAnswer &answer)
{
    m_watch->orchestrator = answer.orchestrator;
    m_watch->service = answer.url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment);
    const QString path = m_watch->service.path(QUrl::FullyEncoded);
    m_watch->service.setPath(path.left(path.indexOf(QStringLiteral("/process/request"))), QUrl::StrictMode);
    m_watch->price = answer.price.value_or(PriceInfo());
    m_watch->initialPrice = m_watch->price;
    m_paidPrice = m_watch->price;
    m_sender = answer.sender;
}

QCoro::Task<PreparedRequest> StreamClient::prepare(QList<QUrl> orchestrators, CallContext context)
{
    const Job job = startJob();
    co_return co_await m_client.prepare(job, orchestrators, m_watch, context);
}

StreamStarted StreamClient::started(JobAnswer answer)
{
    StreamStarted result;
    result.streamId = m_job.streamId;
    result.orchestrator = m_watch->orchestrator;
    result.service = m_watch->service;
    result.balance = answer.balance();
    result.paid = answer.paid;
    const Headers fields = answer.headers;
    if (answer.stream)
        answer.stream->close();
    StreamChannels &channels = result.channels;
    channels.publish = channelIn(fields, header::PublishUrl, result.service);
    channels.subscribe = channelIn(fields, header::SubscribeUrl, result.service);
    channels.control = channelIn(fields, header::ControlUrl, result.service);
    channels.events = channelIn(fields, header::EventsUrl, result.service);
    channels.data = channelIn(fields, header::DataUrl, result.service);
    const auto require = [&](bool wanted, const QUrl &url, const char *name) {
        if (wanted && url.isEmpty())
            throw Error(Error::Kind::Protocol, QStringLiteral("The orchestrator started the stream without %1.").arg(QLatin1String(name)))
                .withRequest("POST", answer.url).withHttp(answer.status, QByteArray()).withPaymentSent(answer.paid);
    };
    require(m_job.videoIngress, channels.publish, header::PublishUrl);
    require(m_job.videoEgress, channels.subscribe, header::SubscribeUrl);
    require(m_job.dataOutput, channels.data, header::DataUrl);
    return result;
}

QUrl StreamClient::at(const QString &route) const
{
    QUrl url = m_watch->service;
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    url.setPath(path + QStringLiteral("/ai/stream/") + route, QUrl::StrictMode);
    return url;
}

QCoro::Task<void> StreamClient::ensureSender(CallContext context)
{
    if (!m_sender)
        m_sender = co_await m_client.m_senders->pick(context);
}

QString StreamClient::chain() const
{
    return QStringLiteral("stream ") + m_job.streamId + QLatin1Char('@') + m_watch->orchestrator.authority();
}

/// One header serves all four calls (byoc.md 5).
QCoro::Task<QByteArray> StreamClient::signedHeader(bool v1, CallContext context)
{
    if (!m_header.isEmpty() && v1 == m_v1)
        co_return std::as_const(m_header);
    co_await ensureSender(context);
    const QByteArray signedFields = co_await m_client.signedJob(m_sender, header(), v1, context);
    m_v1 = v1;
    m_header = signedFields;
    co_return std::as_const(m_header);
}

QCoro::Task<StreamClient::Answer> StreamClient::send(QUrl url, Headers fields, QByteArray body, PreparedPayment *payment, CallContext context)
{
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.headers = std::move(fields);
    request.body = std::move(body);
    request.trust = OrchestratorTrust;
    request.connectTimeout = m_client.m_options.connectTimeout;
    request.maxBodyBytes = MaxAnswerBytes;
    const auto left = request.sent;
    Answer answer;
    std::optional<Error> failure;
    const CallContext limited = context.within(m_options.requestTimeout);
    try {
        const HttpResponse response = co_await m_client.m_http.send(request, limited);
        answer.status = response.status;
        answer.headers = response.headers;
        answer.body = response.body;
    } catch (const Error &error) {
        failure = error;
    }
    if (payment && !payment->isEmpty()) {
        const QList<SentTicket> tickets = payment->tickets();
        const bool sent = left->load();
        if (sent)
            payment->markSent();
        *payment = PreparedPayment(); // gives its reservation back unless it was sent
        co_await m_watch->ticketsSettled(tickets, sent);
        if (failure && sent)
            failure->withPaymentSent();
    }
    if (failure)
        throw *failure;
    co_return answer;
}

QCoro::Task<StreamClient::Answer> StreamClient::post(QString route, QByteArray body, PreparedPayment *payment, CallContext context)
{
    const QUrl url = at(route);
    const QString key = m_watch->orchestrator.toString();
    bool v1 = m_client.takesV1(key);
    QByteArray paymentHeader;
    if (payment)
        paymentHeader = payment->header();
    for (bool triedOther = false;;) {
        const QByteArray job = co_await signedHeader(v1, context);
        Headers fields{{header::Job, job}, {header::Capability, m_job.capability.toUtf8()}, {"Content-Type", "application/json"}};
        if (!paymentHeader.isEmpty())
            fields.append({header::Payment, paymentHeader});
        const Answer answer = co_await send(url, fields, body, payment, context);
        const QByteArray reason = reasonIn(answer.body);
        const bool other = !answer.isGood() && m_sender && reactionTo(answer.status, reason, false) == Reaction::OtherSignature;
        if (!other || triedOther) {
            if (triedOther && answer.isGood())
                m_client.rememberFormat(key, v1);
            co_return answer;
        }
        triedOther = true;
        v1 = !v1;
    }
}

Error StreamClient::refusedError(const QString &what, const QUrl &url, const Answer &answer) const
{
    const ErrorBody said = readErrorBody(reasonIn(answer.body));
    const auto kind = isInsufficient(answer.body) ? Error::Kind::InsufficientBalance : Error::Kind::Http;
    return Error(kind, QStringLiteral("%1 was answered with %2: %3").arg(what).arg(answer.status).arg(said.text))
        .withRequest("POST", url).withHttp(answer.status, answer.body).withField(said.field);
}

QCoro::Task<QByteArray> StreamClient::update(Json params, CallContext context)
{
    const QString route = QStringLiteral("update");
    const QByteArray body = params.dump();
    const auto step = context.trace->begin(QStringLiteral("update"));
    Answer answer = co_await post(route, body, nullptr, context);
    if (!answer.isGood() && isInsufficient(answer.body)) {
        co_await pay(context);
        answer = co_await post(route, body, nullptr, context);
    }
    if (!answer.isGood())
        throw refusedError(QStringLiteral("The change of parameters"), at(route), answer);
    co_return answer.body;
}

QCoro::Task<StreamFunds> StreamClient::pay(CallContext context)
{
    const InTurn::Turn turn = co_await m_payments.take();
    context.check();
    co_return co_await payInTurn(context);
}

/// By this client's own count.
qint64 StreamClient::ownSecondsAhead() const
{
    if (!m_sender || m_paidPrice.isFree())
        return 0;
    return wholeSeconds(m_sender->ahead()->ahead(accountOf(m_watch->orchestrator, m_job.capability)), m_paidPrice);
}

/// From now on the job's time costs this, which was agreed to: a price that was only asked for counts for nothing.
void StreamClient::follow(const PriceInfo &price)
{
    const bool changed = price.asRational() != m_paidPrice.asRational();
    m_paidPrice = price;
    if (!m_use || !changed)
        return;
    m_use.reset();
    m_use = std::make_shared<PaidAhead::Use>(m_sender->ahead(), accountOf(m_watch->orchestrator, m_job.capability), price.asRational());
}

StreamFunds StreamClient::fundsOf(const Rational &balance) const
{
    StreamFunds funds;
    funds.next = m_options.paymentInterval;
    funds.free = m_watch->price.isFree();
    if (!funds.free)
        funds.secondsAhead = wholeSeconds(balance, m_watch->price);
    return funds;
}

QCoro::Task<StreamFunds> StreamClient::payInTurn(CallContext context)
{
    const QString route = QStringLiteral("payment");
    std::optional<Error> refusal;
    int refreshes = 0;
    co_await ensureSender(context);
    for (;;) {
        const JobToken token = co_await m_client.tokenFor(m_sender, m_watch->orchestrator, m_job.capability, context);
        const QUrl service = m_watch->service;
        m_watch->tokenReceived(m_watch->orchestrator, token);
        m_watch->service = service; // the job runs where it was started
        StreamFunds funds = fundsOf(Rational(token.balance));
        if (!token.ticketParams)
            funds.free = true;
        if (funds.free || funds.secondsAhead >= LowSeconds)
            co_return funds;
        const auto step = context.trace->begin(QStringLiteral("pay"));
        PreparedPayment payment;
        bool isStale = false;
        try {
            payment = co_await buy(token, context);
        } catch (const Error &error) {
            isStale = error.kind() == Error::Kind::SignerRefresh;
            if (isStale && ++refreshes > MaxSignerRefreshes)
                throw refreshLimitReached(error);
            if (!isStale && !isLastingPaymentProblem(error.kind()))
                throw;
            funds.refused = error;
            funds.next = std::min(funds.next, RetryInterval);
        }
        if (isStale)
            continue; // with a new token
        if (refusal && payment.isEmpty() && !funds.refused) {
            // As much as may be is paid ahead by this client's own count; time makes room for more.
            funds.refused = refusal;
            funds.next = std::min(funds.next, RetryInterval);
        }
        if (payment.isEmpty() && !funds.refused && funds.secondsAhead < MinimumCoveredSeconds)
            funds.disputedSeconds = ownSecondsAhead();
        if (funds.refused || payment.isEmpty())
            co_return funds;
        follow(token.price);
        const Answer answer = co_await post(route, QByteArray(), &payment, context);
        if (answer.isGood()) {
            const QByteArray balance = headers::value(answer.headers, header::Balance);
            if (const auto value = balance_text::parse(balance))
                funds = fundsOf(*value);
            funds.paid = true;
            funds.balance = balance;
            // At a high price one set of parameters takes no more than 600 tickets.
            if (funds.secondsAhead < LowSeconds && ownSecondsAhead() < LowSeconds && !balance.isEmpty())
                funds.next = std::min(funds.next, std::chrono::milliseconds(1'000));
            co_return funds;
        }
        if (refusal)
            throw refusedError(QStringLiteral("The payment"), at(route), answer).withPaymentSent();
        refusal = refusedError(QStringLiteral("The payment"), at(route), answer).withPaymentSent();
    }
}

/// Up to MostSecondsAhead, or where a limit forbids that, as much as keeps the next debit covered.
QCoro::Task<PreparedPayment> StreamClient::buy(JobToken token, CallContext context)
{
    if (!m_sender)
        throw Error(Error::Kind::Config, QStringLiteral("%1 costs money, and there is no key to pay with.").arg(m_job.capability));
    const Rational balance(token.balance);
    TicketOrder order;
    order.params = *token.ticketParams;
    order.price = token.price;
    order.needed = byocMissing(token.price, MostSecondsAhead, balance);
    order.callId = m_job.callId;
    order.callLimit = m_job.maxSpend;
    order.initialPrice = m_watch->initialPrice;
    order.acceptedPrice = m_job.acceptedPrice;
    order.account = accountOf(m_watch->orchestrator, m_job.capability);
    order.nothingThere = token.balance == 0;
    order.partly = true;
    order.signer.chain = chain();
    order.signer.app = m_job.capability;
    if (m_sender->isRemote())
        order.signer.terms = signerTermsOf(token, m_watch->orchestrator, m_job.capability);
    const Rational least = byocMissing(token.price, MinimumCoveredSeconds, balance);
    PreparedPayment payment;
    bool tooMuch = false;
    try {
        payment = co_await m_sender->prepare(order, context);
    } catch (const Error &error) {
        if (error.kind() != Error::Kind::SpendLimit || least <= 0)
            throw;
        tooMuch = true;
    }
    if (tooMuch) {
        order.needed = least;
        payment = co_await m_sender->prepare(order, context);
    }
    if (!payment.isEmpty()) {
        const QList<SentTicket> tickets = payment.tickets();
        co_await m_watch->ticketsPrepared(m_watch->orchestrator, tickets);
    }
    co_return payment;
}

QCoro::Task<void> StreamClient::stop(CallContext context)
{
    if (!m_mayRun || m_watch->service.isEmpty())
        co_return;
    const QString route = QStringLiteral("stop");
    const auto step = context.trace->begin(QStringLiteral("stop"));
    const Answer answer = co_await post(route, QByteArray("{}"), nullptr, context);
    if (!answer.isGood())
        throw refusedError(QStringLiteral("The end of the stream"), at(route), answer);
    m_use.reset();
    m_mayRun = false;
}

} // namespace sluice::byoc
