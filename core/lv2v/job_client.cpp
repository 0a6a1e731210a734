#include "sluice/lv2v/job_client.h"

#include "sluice/livepeer/rpc_log.h"

#include "sluice/crypto/keccak.h"
#include "sluice/livepeer/messages.h"
#include "sluice/livepeer/reaction.h"
#include "sluice/livepeer/signer_wire.h"
#include "sluice/net/origin_policy.h"
#include "sluice/payments/asked_price.h"
#include "sluice/payments/payment_codec.h"
#include "sluice/payments/ticket_counts.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QDateTime>
#include <QtCore/QRandomGenerator>
#include <QtCore/QUuid>

namespace sluice::lv2v {

namespace {

constexpr qsizetype MaxAnswerBytes = 1024 * 1024;
/// The last tenth of a token's half hour (payments.md 3.8).
constexpr qint64 RefreshSecondsBefore = 180;
/// An orchestrator that refuses this often in a row gets no further tickets: it might keep them all the same.
constexpr int MaxRefusals = 2;

/// What another orchestrator would meet again.
bool isFinal(const Error &error)
{
    using Kind = Error::Kind;
    switch (error.kind()) {
    case Kind::Canceled:
    case Kind::SpendLimit:
    case Kind::Storage:
    case Kind::Signer:
    case Kind::Config:
    case Kind::InvalidInput:
    case Kind::Internal: return true;
    default: return error.paymentSent() || error.httpStatus() == livepeer::signer_status::BudgetSpent;
    }
}

QByteArray randomManifest()
{
    return QByteArray::number(QRandomGenerator::system()->generate(), 16).rightJustified(8, '0');
}

} // namespace

JobClient::JobClient(livepeer::TermsClient &client, JobRequest job, std::shared_ptr<JobObserver> observer)
    : JobClient(client, std::move(job), std::move(observer), Options())
{
}

JobClient::JobClient(livepeer::TermsClient &client, JobRequest job, std::shared_ptr<JobObserver> observer, Options options)
    : m_client(client)
    , m_job(std::move(job))
    , m_options(options)
    , m_observer(std::move(observer))
    , m_jobId(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

JobClient::~JobClient()
{
    if (m_sender)
        m_sender->forgetChain(m_jobId);
}

PriceInfo JobClient::price() const
{
    return m_info.price.value_or(PriceInfo());
}

bool JobClient::isFree() const
{
    return price().isFree();
}

QUrl JobClient::at(const QString &route) const
{
    QUrl url = m_service;
    url.setPath(url.path(QUrl::FullyEncoded) + QLatin1Char('/') + route, QUrl::StrictMode);
    return url;
}

/// An answer to a payment may leave out what has not changed.
void JobClient::adopt(OrchestratorInfo info)
{
    if (info.ticketParams)
        m_info.ticketParams = info.ticketParams;
    if (info.price && info.price->isValid())
        m_info.price = info.price;
    if (info.authToken)
        m_info.authToken = info.authToken;
    // A signer gets the orchestrator's own bytes where they say everything, else what they come to.
    const bool isWhole = info.ticketParams && info.price && info.authToken && !info.raw.isEmpty();
    m_info.raw = isWhole ? info.raw : QByteArray();
}

QCoro::Task<void> JobClient::refresh(bool ignoreCapacity, CallContext context)
{
    OrchestratorInfo info = co_await m_client.infoFor(m_sender, m_orchestrator, m_job.model, ignoreCapacity, context);
    if (m_service.isEmpty()) {
        m_service = orThrow(serviceUrl(info.transcoder));
        const OriginPolicy policy(orThrow(Origin::of(m_orchestrator)), m_named);
        orThrow(policy.check(m_service, OriginPolicy::Scope::SameHost, QStringLiteral("service address")));
        m_info = std::move(info);
    } else {
        adopt(std::move(info)); // the job runs where it was started
    }
    if (!isFree() && !m_sender)
        throw Error(Error::Kind::Config, QStringLiteral("%1 costs money, and there is no key to pay with.").arg(m_job.model))
            .withAdvice(QStringLiteral("Give the profile a sender key, or a signer."));
    if (!isFree() && !m_info.ticketParams)
        throw Error(Error::Kind::Protocol, QStringLiteral("%1 asks a price but names no ticket parameters.").arg(m_orchestrator.authority()))
            .withAdvice(QStringLiteral("Use another orchestrator."));
    if (m_observer)
        m_observer->infoReceived(m_service, m_info);
}

QCoro::Task<LiveStarted> JobClient::start(livepeer::Candidates orchestrators, CallContext context)
{
    if (m_job.model.isEmpty())
        throw Error(Error::Kind::InvalidInput, QStringLiteral("A live video job names its model."))
            .withAdvice(QStringLiteral("Write it behind the name, as in live-video-to-video/noop."));
    if (orchestrators->servers().isEmpty())
        throw Error(Error::Kind::NoOrchestrator, QStringLiteral("No orchestrator is known that offers live video."))
            .withAdvice(QStringLiteral("Check the profile's orchestrators or discovery address."));
    for (const QUrl &orchestrator : orchestrators->servers()) {
        if (const auto named = Origin::of(orchestrator))
            m_named.append(*named);
    }
    std::optional<Error> tooDear; // of the lowest price: what a person may agree to
    std::optional<Error> signersLimit; // a price that the signer refuses, whoever agrees to it
    for (;;) {
        const std::optional<QUrl> orchestrator = co_await orchestrators->next(context);
        if (!orchestrator)
            break;
        std::optional<Error> failure;
        LiveStarted started;
        try {
            started = co_await startWithSigners(*orchestrator, context);
        } catch (const Error &error) {
            failure = error;
        }
        if (!failure) {
            orchestrators->took(*orchestrator);
            co_return started;
        }
        context.check();
        if (isFinal(*failure))
            throw *failure;
        qCInfo(logLv2v, "%s is passed over: %s", qUtf8Printable(orchestrator->authority()), qUtf8Printable(failure->message()));
        orchestrators->passedOver(*orchestrator, *failure);
        if (orchestrators->size() == 1)
            throw orchestrators->soleFailure(*failure);
        if (const auto asked = askedPrice(*failure); asked && (!tooDear || *asked < *askedPrice(*tooDear)))
            tooDear = failure;
        else if (failure->kind() == Error::Kind::PriceExceeded && !asked)
            signersLimit = failure;
    }
    const QList<Rejection> rejections = orchestrators->rejections();
    if (!tooDear)
        tooDear = signersLimit;
    if (tooDear)
        throw Error(*tooDear).withRejections(rejections);
    throw Error(Error::Kind::NoOrchestrator, QStringLiteral("None of %1 orchestrators took the job.").arg(rejections.size())).withRejections(rejections);
}

QCoro::Task<LiveStarted> JobClient::startWithSigners(QUrl orchestrator, CallContext context)
{
    for (;;) {
        m_sender = co_await m_client.senders().pick(context);
        std::optional<Error> failure;
        LiveStarted started;
        try {
            started = co_await startAt(orchestrator, context);
        } catch (const Error &error) {
            failure = error;
        }
        if (!failure)
            co_return started;
        const bool signerFailed = m_sender && failure->kind() == Error::Kind::Signer && !failure->paymentSent();
        if (!signerFailed || !m_client.senders().passOver(m_sender, *failure))
            throw *failure;
    }
}

QCoro::Task<LiveStarted> JobClient::startAt(QUrl orchestrator, CallContext context)
{
    auto step = context.trace->begin(QStringLiteral("start"), orchestrator.authority());
    m_orchestrator = orchestrator;
    m_service = QUrl();
    m_surplus = 0;
    if (m_sender)
        m_sender->forgetChain(m_jobId);
    co_await refresh(false, context);
    m_initialPrice = price();
    StartRequest request;
    request.modelId = m_job.model;
    request.params = m_job.params;
    request.gatewayRequestId = m_job.requestId;
    request.streamId = m_job.streamId;
    const QByteArray body = request.toJson().dump();
    LiveStarted started;
    started.orchestrator = m_orchestrator;
    started.service = m_service;
    for (bool again = false;; again = true) {
        const Wei pixels = pixelsFor(std::chrono::seconds(FirstPaymentSeconds));
        PreparedPayment payment = co_await buy(pixels, context);
        const QByteArray segment = co_await credentials(payment.segment());
        std::shared_ptr<PaidAhead::Use> use;
        if (!isFree())
            use = std::make_shared<PaidAhead::Use>(m_sender->ahead(), account(), price().fee(Wei(PixelsPerSecond)));
        Headers fields = headersFor(payment, segment);
        fields.emplaceBack("Content-Type", "application/json");
        started.paid = started.paid || !payment.isEmpty();
        const QUrl url = at(Pipeline);
        const Answer answer = co_await send("POST", url, fields, body, &payment, m_options.startTimeout, context);
        if (answer.isGood() && !answer.body.isEmpty()) {
            auto job = StartAnswer::parse(answer.body, m_service);
            if (!job)
                throw Error(job.error()).withRequest("POST", url).withPaymentSent(started.paid);
            m_started = *job;
            m_mayRun = true;
            m_use = std::move(use);
            m_paidUntil = Steady::now();
            started.job = m_started;
            started.balance = headers::value(answer.headers, header::Balance);
            co_return started;
        }
        step.fail();
        if (use)
            use->cancel();
        if (reactionTo(answer.status, answer.body) != Reaction::NewInfo || again)
            throw refusal(QStringLiteral("The start of the job"), url, answer.status, answer.body).withPaymentSent(started.paid);
        m_surplus = 0; // the refused tickets count for nothing
        if (m_sender)
            m_sender->forgetChain(m_jobId);
        co_await refresh(true, context);
    }
}

/// Each job has a balance of its own (payments.md 3.1), so what is left of one helps no other.
QString JobClient::account() const
{
    const QString origin = m_orchestrator.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
    return origin + QLatin1Char(' ') + Pipeline + QLatin1Char('/') + m_job.model + QLatin1Char(' ') + m_jobId;
}

TicketOrder JobClient::orderFor(const Wei &pixels) const
{
    const PriceInfo rate = m_initialPrice.value_or(price());
    const Rational ev = m_info.ticketParams->expectedValue();
    const TicketNeed need = ticketsNeeded(m_surplus, rate.fee(pixels), ev);
    TicketOrder order;
    order.params = *m_info.ticketParams;
    order.price = price();
    order.needed = need.minCredit - m_surplus;
    order.minimum = std::min(order.needed, rate.fee(Wei(PixelsPerSecond) * DebitSeconds));
    order.callId = m_job.callId;
    order.callLimit = m_job.maxSpend;
    order.initialPrice = m_initialPrice;
    order.unitsPerSecond = PixelsPerSecond;
    order.acceptedPrice = m_job.acceptedPrice;
    order.account = account();
    order.partly = m_mayRun;
    if (!m_sender->isRemote())
        return order;
    order.signer.terms = m_info.raw.isEmpty() ? encodeInfo(m_info) : m_info.raw;
    order.signer.chain = m_jobId;
    order.signer.type = QStringLiteral("lv2v");
    order.signer.manifestId = m_started.manifestId;
    order.signer.app = LiveVideoPrefix + m_job.model;
    if (m_job.acceptedPrice)
        order.signer.maxPrice = *m_job.acceptedPrice / Rational(Wei(PixelsPerSecond));
    order.signerSlack = rate.fee(Wei(PixelsPerSecond) * DebitSeconds); // its clock and this one are two
    return order;
}

QCoro::Task<PreparedPayment> JobClient::buy(Wei pixels, CallContext context)
{
    if (isFree())
        co_return PreparedPayment();
    for (int refreshes = 0;; ++refreshes) {
        std::optional<Error> stale;
        PreparedPayment payment;
        try {
            const TicketOrder order = orderFor(pixels);
            payment = co_await m_sender->prepare(order, context);
        } catch (const Error &error) {
            if (error.kind() != Error::Kind::SignerRefresh)
                throw;
            stale = error;
        }
        if (stale) {
            if (refreshes >= MaxSignerRefreshes)
                throw refreshLimitReached(*stale);
            co_await refresh(true, context);
            continue;
        }
        if (payment.isEmpty())
            co_return payment;
        const QList<SentTicket> tickets = payment.tickets();
        if (m_observer)
            co_await m_observer->ticketsPrepared(m_service, tickets);
        m_surplus += payment.totalEv() - m_initialPrice.value_or(price()).fee(pixels);
        co_return payment;
    }
}

/// `given`: what a remote signer made; it makes none without a payment, and then the orchestrator's token alone goes along.
QCoro::Task<QByteArray> JobClient::credentials(QByteArray given)
{
    if (!given.isEmpty())
        co_return given;
    SegmentCredentials credentials;
    credentials.authToken = m_info.authToken;
    if (m_sender && !m_sender->isRemote()) {
        credentials.manifestId = m_started.manifestId.isEmpty() ? randomManifest() : m_started.manifestId.toUtf8();
        credentials.hash = SegmentCredentials::emptySegmentHash();
        credentials.profiles = "invalid";
        const Hash32 message = keccak256(orThrow(credentials.signingBytes()));
        const Signature signature = co_await m_sender->signer().signHash(message);
        credentials.signature = signature.toByteArray();
    }
    co_return segmentHeader(credentials);
}

Headers JobClient::headersFor(const PreparedPayment &payment, const QByteArray &segment) const
{
    QByteArray value = payment.header();
    if (payment.isEmpty() && m_sender) {
        // Who signed the credentials is read here, tickets or not.
        WirePayment free;
        free.sender = m_sender->address();
        free.expectedPrice = price();
        value = paymentHeader(free);
    }
    return {{header::Payment, value}, {header::Segment, segment}};
}

QCoro::Task<JobClient::Answer> JobClient::send(QByteArray method, QUrl url, Headers fields, QByteArray body, PreparedPayment *payment,
    std::chrono::milliseconds limit, CallContext context)
{
    HttpRequest request;
    request.method = method;
    request.url = url;
    request.headers = std::move(fields);
    request.body = std::move(body);
    request.trust = TrustPolicy::PinOnFirstUse;
    request.connectTimeout = m_options.connectTimeout;
    request.maxBodyBytes = MaxAnswerBytes;
    const auto left = request.sent;
    const CallContext limited = context.within(limit);
    Answer answer;
    std::optional<Error> failure;
    try {
        const HttpResponse response = co_await m_client.http().send(request, limited);
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
        if (m_observer)
            co_await m_observer->ticketsSettled(tickets, sent);
        if (failure && sent)
            failure->withPaymentSent();
    }
    if (failure)
        throw *failure;
    co_return answer;
}

QCoro::Task<LiveFunds> JobClient::pay(CallContext context)
{
    const InTurn::Turn turn = co_await m_payments.take();
    context.check();
    co_return co_await payInTurn(context);
}

LiveFunds JobClient::funds() const
{
    LiveFunds funds;
    funds.next = m_options.paymentInterval;
    funds.free = isFree();
    if (funds.free)
        return funds;
    const PriceInfo rate = m_initialPrice.value_or(price());
    const Rational second = rate.fee(Wei(PixelsPerSecond));
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - m_paidUntil);
    const Rational ahead = second * FirstPaymentSeconds + m_surplus - rate.fee(pixelsFor(since));
    const Rational seconds = ahead / second;
    constexpr qint64 plenty = 1'000'000'000;
    funds.secondsAhead = seconds > plenty ? plenty : static_cast<qint64>(floorOf(seconds));
    return funds;
}

QCoro::Task<LiveFunds> JobClient::payInTurn(CallContext context)
{
    LiveFunds result = funds();
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - m_paidUntil);
    if (result.free || !m_mayRun)
        co_return result;
    if (since < m_options.paymentInterval) {
        result.next = m_options.paymentInterval - since;
        co_return result;
    }
    if (m_info.authToken && QDateTime::currentSecsSinceEpoch() > m_info.authToken->expiration - RefreshSecondsBefore)
        co_await refresh(true, context);
    std::optional<Error> lasting;
    try {
        result = co_await payFor(Steady::now(), context);
    } catch (const Error &error) {
        if (!isLastingPaymentProblem(error.kind()))
            throw;
        lasting = error;
    }
    if (lasting) {
        result = funds();
        result.refused = lasting;
    }
    co_return result;
}

QCoro::Task<LiveFunds> JobClient::payFor(Steady::time_point until, CallContext context)
{
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(until - m_paidUntil);
    std::optional<Error> refused;
    for (;;) {
        if (m_refusals >= MaxRefusals)
            throw Error(Error::Kind::Payment, QStringLiteral("The orchestrator refused %1 payments in a row, so it gets no more.").arg(m_refusals))
                .withAdvice(QStringLiteral("Start again, or use another orchestrator."));
        const Rational before = m_surplus;
        const Wei pixels = pixelsFor(since);
        const auto step = context.trace->begin(QStringLiteral("pay"));
        PreparedPayment payment = co_await buy(pixels, context);
        if (payment.isEmpty()) {
            LiveFunds unpaid = funds();
            unpaid.refused = refused; // as much as may be is paid ahead by this client's own count; time makes room for more
            co_return unpaid;
        }
        const QByteArray segment = co_await credentials(payment.segment());
        const Headers fields = headersFor(payment, segment);
        const QUrl url = at(QStringLiteral("payment"));
        std::optional<Error> failure;
        Answer answer;
        try {
            answer = co_await send("POST", url, fields, QByteArray(), &payment, m_options.requestTimeout, context);
        } catch (const Error &error) {
            failure = error;
        }
        if (failure && !failure->paymentSent())
            m_surplus = before; // nothing left, so nothing is paid
        else if (failure || answer.isGood())
            m_paidUntil = until;
        if (failure)
            throw *failure;
        if (answer.isGood()) {
            m_refusals = 0;
            auto result = decodePaymentResult(answer.body);
            if (result && *result)
                adopt(std::move(**result));
            else if (!result)
                qCInfo(logLv2v, "The answer to a payment holds no terms: %s", qUtf8Printable(result.error().message()));
            LiveFunds paid = funds();
            paid.paid = true;
            paid.balance = headers::value(answer.headers, header::Balance);
            co_return paid;
        }
        ++m_refusals;
        m_surplus = before;
        const Error said = refusal(QStringLiteral("The payment"), url, answer.status, answer.body).withPaymentSent();
        if (reactionTo(answer.status, answer.body) != Reaction::NewInfo || refused)
            throw said;
        refused = said;
        co_await refresh(true, context);
    }
}

QCoro::Task<void> JobClient::stop(CallContext context)
{
    if (!m_mayRun || m_started.publish.isEmpty())
        co_return;
    const auto step = context.trace->begin(QStringLiteral("stop"));
    const Headers none;
    const Answer answer = co_await send("DELETE", m_started.publish, none, QByteArray(), nullptr, m_options.requestTimeout, context);
    // 400 and 404 say that the channel, and so the job, is gone already.
    if (!answer.isGood() && answer.status != 400 && answer.status != 404)
        throw refusal(QStringLiteral("The end of the job"), m_started.publish, answer.status, answer.body);
    m_use.reset();
    m_mayRun = false;
}

} // namespace sluice::lv2v
