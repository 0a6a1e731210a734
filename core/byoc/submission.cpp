#include "submission_p.h"

#include "sluice/base/async.h"
#include "sluice/byoc/reaction.h"
#include "sluice/livepeer/messages.h"
#include "sluice/livepeer/signer_wire.h"
#include "sluice/net/error_body.h"
#include "sluice/payments/asked_price.h"

#include <QtCore/QDateTime>
#include <QtCore/QUuid>

#include <algorithm>

namespace sluice::byoc {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const QString BatchRoute = QStringLiteral("process/request");
constexpr qsizetype MaxRefusalBytes = 64 * 1024;
constexpr seconds RefusalLimit{5};
constexpr int MostArrivals = 3;

bool isObjectText(const QString &text)
{
    const auto json = Json::parse(text.toUtf8());
    return json && json->isObject();
}

bool isSafePath(const QString &path)
{
    const auto bad = [](QChar c) { return c == QLatin1Char('?') || c == QLatin1Char('#') || c.category() == QChar::Other_Control; };
    if (std::any_of(path.begin(), path.end(), bad))
        return false;
    const QStringList segments = path.split(QLatin1Char('/'));
    // An empty segment is answered with a redirect, dots are resolved on the way.
    return path.isEmpty() || std::none_of(segments.begin(), segments.end(), [](const QString &segment) {
        return segment.isEmpty() || segment == QStringLiteral(".") || segment == QStringLiteral("..");
    });
}

/// What a refusal says, as far as it comes in time.
QCoro::Task<QByteArray> refusalBody(std::shared_ptr<HttpStream> stream)
{
    QByteArray body;
    const QDeadlineTimer limit(RefusalLimit);
    try {
        while (body.size() < MaxRefusalBytes) {
            const QByteArray bytes = co_await stream->read(limit);
            if (bytes.isEmpty())
                break;
            body += bytes;
        }
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        // The status has already said what matters.
    }
    stream->close();
    co_return body.left(MaxRefusalBytes);
}

/// The texts of payments.md 2.5 and what older nodes say of a payment they cannot read.
bool isPaymentRefusal(const QString &text)
{
    static const QStringList marks{QStringLiteral("invalid ticket"), QStringLiteral("invalid recipientRand"), QStringLiteral("invalid expected price"),
        QStringLiteral("TicketParams expired"), QStringLiteral("deposit and reserve for sender"), QStringLiteral("could not get sender info"),
        QStringLiteral("cannot process payments"), QStringLiteral("Could not find Sender for payment"), QStringLiteral("Could not parse payment")};
    return std::any_of(marks.begin(), marks.end(), [&](const QString &mark) { return text.contains(mark); });
}

bool mayBeTransient(Error::Kind kind)
{
    using Kind = Error::Kind;
    return kind == Kind::Network || kind == Kind::Timeout || kind == Kind::Protocol || kind == Kind::TlsChanged || kind == Kind::TooLarge;
}

} // namespace

CancelLink::CancelLink(const CancelToken &parent, milliseconds headerLimit)
    : m_parent(parent.onCancel([source = m_source]() mutable { source.cancel(); }))
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
        m_timedOut = true;
        m_source.cancel();
    });
    m_timer.start(headerLimit);
}

Submission::Submission(Client &client, Job job, std::shared_ptr<JobObserver> observer, CallContext context)
    : m_client(client)
    , m_job(std::move(job))
    , m_observer(std::move(observer))
    , m_context(std::move(context))
{
    m_callId = m_job.callId.isEmpty() ? QUuid::createUuid().toString(QUuid::WithoutBraces) : m_job.callId;
    m_header.id = m_job.id.isEmpty() ? m_callId : m_job.id;
    m_header.request = m_job.request;
    m_header.parameters = m_job.parameters;
    m_header.capability = m_job.capability;
    m_header.timeoutSeconds = m_job.timeout.count();
}

Submission::~Submission()
{
    forgetSessions();
}

void Submission::forgetSessions()
{
    for (const QString &session : std::as_const(m_sessions)) {
        m_sender->forgetSession(session);
        m_sender->forgetChain(session);
    }
    m_sessions.clear();
}

void Submission::checkJob() const
{
    const auto refuse = [](const QString &field, const QString &message) {
        throw Error(Error::Kind::InvalidInput, message).withField(field);
    };
    if (m_job.capability.isEmpty())
        refuse(QStringLiteral("/capability"), QStringLiteral("The call names no capability."));
    if (m_job.timeout < seconds(1) || m_job.timeout > seconds(4294967295))
        refuse(QStringLiteral("/timeout_seconds"), QStringLiteral("The timeout is %1 s; it must be at least 1 s.").arg(m_job.timeout.count()));
    if (!isSafePath(m_job.path))
        refuse(QStringLiteral("/path"), QStringLiteral("“%1” is no path below a worker's address.").arg(m_job.path));
    if (!isObjectText(m_job.request))
        refuse(QStringLiteral("/request"), QStringLiteral("`request` must be the text of a JSON object."));
    if (!isObjectText(m_job.parameters))
        refuse(QStringLiteral("/parameters"), QStringLiteral("`parameters` must be a JSON object."));
}

void Submission::rememberNamed(const QList<QUrl> &orchestrators)
{
    for (const QUrl &orchestrator : orchestrators) {
        if (const auto named = Origin::of(orchestrator))
            m_named.append(*named);
    }
}

QCoro::Task<JobAnswer> Submission::run(livepeer::Candidates orchestrators)
{
    checkJob();
    rememberNamed(orchestrators->servers());
    m_sender = co_await m_client.m_senders->pick(m_context);
    std::optional<Error> last;
    QList<QUrl> waiting; // no free slot reported, which older nodes never report at all
    bool secondLook = false;
    for (;;) {
        std::optional<QUrl> origin;
        if (!secondLook)
            origin = co_await orchestrators->next(m_context);
        secondLook = secondLook || !origin;
        if (secondLook && !waiting.isEmpty())
            origin = waiting.takeFirst();
        if (!origin)
            break;
        m_context.check();
        Tried tried = co_await tryWithSigners(*origin, !secondLook && orchestrators->size() > 1);
        if (auto *answer = std::get_if<JobAnswer>(&tried)) {
            orchestrators->took(*origin);
            co_return std::move(*answer);
        }
        const Failure &failure = std::get<Failure>(tried);
        if (failure.deferred) {
            waiting.append(*origin);
            continue;
        }
        if (!failure.tryNext)
            throw Error(failure.error).withRejections(orchestrators->rejections());
        orchestrators->passedOver(*origin, failure.error);
        last = failure.error;
    }
    throw nobodyTook(orchestrators, last);
}

Error Submission::nobodyTook(const livepeer::Candidates &orchestrators, const std::optional<Error> &last) const
{
    if (orchestrators->size() == 1 && last)
        return orchestrators->soleFailure(*last);
    if (m_tooDear)
        return Error(m_tooDear->error).withRejections(orchestrators->rejections());
    if (m_signersLimit)
        return Error(*m_signersLimit).withRejections(orchestrators->rejections());
    return exhausted(orchestrators->rejections());
}

QCoro::Task<Submission::Tried> Submission::tryWithSigners(QUrl origin, bool mayDefer)
{
    for (;;) {
        Tried tried = co_await tryOne(origin, mayDefer);
        const auto *failure = std::get_if<Failure>(&tried);
        const bool signerFailed = failure && !failure->deferred && failure->error.kind() == Error::Kind::Signer && !m_paymentSent;
        if (!signerFailed || !m_client.m_senders->passOver(m_sender, failure->error))
            co_return tried;
        forgetSessions();
        m_sender = co_await m_client.m_senders->pick(m_context);
    }
}

QCoro::Task<Submission::Tried> Submission::tryOne(QUrl origin, bool mayDefer)
{
    bool transient = true; // what fails before the job is posted may go well elsewhere
    try {
        JobToken token = co_await askToken(origin);
        if (mayDefer && token.availableCapacity < 1)
            co_return Failure{{}, true, true};
        const QString key = origin.toString();
        bool v1 = m_client.takesV1(key);
        bool triedOther = false;
        bool paidAgain = false; // a refusal is worth one more payment, whatever the next one says
        // Signed before it is paid: between a payment and its request nothing may fail.
        QByteArray header = co_await signedHeader(v1);
        PendingPayment pending;
        pending.payment = co_await pay(origin, &token);
        const bool counts = m_sender && token.ticketParams && !token.price.isFree();
        for (;;) {
            const QUrl url = jobUrl(serviceUrl(token, origin));
            transient = false;
            const Headers fields = requestHeaders(header, pending.payment.header());
            std::shared_ptr<PaidAhead::Use> use;
            if (counts)
                use = std::make_shared<PaidAhead::Use>(m_sender->ahead(), accountOf(origin, m_job.capability), token.price.asRational());
            Posted posted = co_await post(url, fields, TrustPolicy::PinOnFirstUse, &pending);
            if (posted.error)
                co_return failed(*posted.error, mayBeTransient(posted.error->kind()));
            const int status = posted.stream->status();
            const bool fromWorker = headers::contains(posted.stream->headers(), header::Balance);
            QByteArray body;
            if (status < 200 || status >= 300)
                body = co_await refusalBody(posted.stream);
            const Reaction reaction = reactionTo(status, body, fromWorker);
            posted.use = std::move(use);
            if (posted.use && reaction != Reaction::Deliver && !fromWorker)
                posted.use->cancel(); // no worker was asked, so nothing is charged (byoc.md 4.2)
            if (triedOther && reaction != Reaction::OtherSignature)
                m_client.rememberFormat(key, v1);
            if (reaction == Reaction::Deliver) {
                JobAnswer delivered = answer(std::move(posted), url, origin);
                if (counts)
                    delivered.price = token.price;
                co_return delivered;
            }
            if (reaction == Reaction::OtherSignature && m_sender && !std::exchange(triedOther, true)) {
                // The same payment again: its tickets were not looked at, and their nonces make it impossible to take them twice.
                v1 = !v1;
                header = co_await signedHeader(v1);
            } else if ((reaction == Reaction::TopUp || reaction == Reaction::NewToken) && !std::exchange(paidAgain, true)) {
                token = co_await askToken(origin);
                pending = PendingPayment();
                pending.payment = co_await pay(origin, &token);
            } else {
                co_return failed(refusedError(url, status, body), reaction == Reaction::NextOrchestrator);
            }
        }
    } catch (const Error &error) {
        using Kind = Error::Kind;
        const bool final = error.kind() == Kind::SpendLimit || error.kind() == Kind::Storage || error.kind() == Kind::InvalidInput
            || error.kind() == Kind::Config || error.kind() == Kind::Signer || error.httpStatus() == livepeer::signer_status::BudgetSpent;
        if (error.kind() == Kind::PriceExceeded && error.httpStatus() == livepeer::signer_status::PriceExceeded && !m_signersLimit)
            m_signersLimit = error;
        if (const auto asked = askedPrice(error); asked && (!m_tooDear || *asked < m_tooDear->asked))
            m_tooDear = TooDear{*asked, error};
        co_return failed(error, transient && !final);
    }
}

QCoro::Task<JobToken> Submission::askToken(QUrl origin)
{
    auto step = m_context.trace->begin(QStringLiteral("token"), origin.authority());
    try {
        JobToken token = co_await m_client.tokenFor(m_sender, origin, m_job.capability, m_context);
        checkService(origin, token);
        m_observer->tokenReceived(origin, token);
        co_return token;
    } catch (const Error &) {
        step.fail();
        throw;
    }
}

/// The job, its signature and its payment go where the token says: as well protected as the orchestrator that was chosen, or nowhere.
void Submission::checkService(const QUrl &origin, const JobToken &token) const
{
    const OriginPolicy policy(orThrow(Origin::of(origin)), m_named);
    orThrow(policy.check(serviceUrl(token, origin), OriginPolicy::Scope::SameHost, QStringLiteral("service address")));
}

TicketOrder Submission::orderFor(const QUrl &origin, const JobToken &token)
{
    TicketOrder order;
    order.params = *token.ticketParams;
    order.price = token.price;
    order.needed = byocMissing(token.price, std::min<qint64>(m_job.timeout.count(), MostSecondsAhead), Rational(token.balance));
    order.minimum = byocMissing(token.price, MinimumCoveredSeconds, Rational(token.balance));
    order.callId = m_callId;
    order.callLimit = m_job.maxSpend;
    order.acceptedPrice = m_job.acceptedPrice;
    if (!m_sentByOthers)
        order.account = accountOf(origin, m_job.capability);
    order.nothingThere = token.balance == 0;
    order.sessionId = m_header.id + QLatin1Char('@') + origin.authority();
    order.signer.chain = order.sessionId;
    order.signer.app = m_job.capability;
    if (m_sender->isRemote())
        order.signer.terms = signerTermsOf(token, origin, m_job.capability);
    return order;
}

QCoro::Task<PreparedPayment> Submission::pay(QUrl origin, JobToken *token)
{
    // A node without a chain gives no parameters and takes no payment.
    if (token->price.isFree() || !token->ticketParams)
        co_return PreparedPayment();
    if (!m_sender)
        throw Error(Error::Kind::Config, QStringLiteral("%1 costs money, and there is no key to pay with.").arg(m_job.capability))
            .withAdvice(QStringLiteral("Set a sender key (SLUICE_SENDER_KEY), or use a gateway or a signer that pays."));
    auto step = m_context.trace->begin(QStringLiteral("pay"));
    int refreshes = 0;
    int arrivals = 0;
    for (;;) {
        std::optional<Error> failure;
        try {
            const TicketOrder order = orderFor(origin, *token);
            m_sessions.insert(order.sessionId);
            PreparedPayment payment = co_await m_sender->prepare(order, m_context);
            step.setDetail(QStringLiteral("%1 tickets").arg(payment.tickets().size()));
            if (!payment.isEmpty())
                co_await m_observer->ticketsPrepared(origin, payment.tickets());
            co_return payment;
        } catch (const Error &error) {
            failure = error;
        }
        // The count is shared by programs with the same key: what another one has just paid may not have stood in this token yet.
        const bool mayArrive = failure->kind() == Error::Kind::InsufficientBalance && m_client.m_options.paymentArrival.count() > 0 && arrivals < MostArrivals;
        if (mayArrive) {
            const Pause pause(m_client.m_options.paymentArrival * (1 << arrivals++), m_context.cancel);
            const QFuture<void> over = pause.over();
            co_await over;
            m_context.check();
        } else if (failure->kind() != Error::Kind::SignerRefresh || refreshes++ >= MaxSignerRefreshes) {
            step.fail();
            if (failure->kind() == Error::Kind::SignerRefresh)
                throw refreshLimitReached(*failure);
            throw *failure;
        }
        JobToken newer = co_await askToken(origin);
        *token = std::move(newer);
        if (token->price.isFree() || !token->ticketParams)
            co_return PreparedPayment();
    }
}

QCoro::Task<QByteArray> Submission::signedHeader(bool v1)
{
    const auto step = m_context.trace->begin(QStringLiteral("sign"), v1 ? QStringLiteral("V1") : QStringLiteral("legacy"));
    co_return co_await m_client.signedJob(m_sender, m_header, v1, m_context);
}

QCoro::Task<Submission::Posted> Submission::post(QUrl url, Headers headers, TrustPolicy trust, PendingPayment *pending)
{
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.headers = std::move(headers);
    request.body = m_job.body;
    request.trust = trust;
    request.connectTimeout = m_client.m_options.connectTimeout;
    const auto left = request.sent;
    Posted posted;
    const milliseconds headerLimit = m_job.timeout + m_client.m_options.headerGrace;
    posted.deadline = QDeadlineTimer(m_job.timeout + m_client.m_options.answerGrace);
    posted.link = std::make_shared<CancelLink>(m_context.cancel, headerLimit);
    CallContext context = m_context;
    context.cancel = posted.link->token();
    try {
        posted.stream = co_await m_client.m_http.open(std::move(request), std::move(context));
        posted.link->disarm();
    } catch (const Error &error) {
        posted.error = error;
    }
    if (posted.error && posted.link->timedOut())
        posted.error = Error(Error::Kind::Timeout,
            QStringLiteral("No answer came within %1 s.").arg(double(headerLimit.count()) / 1000)).withRequest("POST", url);
    if (pending && !pending->payment.isEmpty() && !pending->settled) {
        const QList<SentTicket> tickets = pending->payment.tickets();
        const bool sent = left->load();
        pending->settled = true;
        m_paymentSent = m_paymentSent || sent;
        if (sent)
            pending->payment.markSent();
        else
            pending->payment = {}; // gives its reservation back
        co_await m_observer->ticketsSettled(tickets, sent);
    }
    co_return posted;
}

Headers Submission::requestHeaders(const QByteArray &jobHeader, const QByteArray &paymentHeader) const
{
    Headers list{{header::Job, jobHeader}, {header::Capability, m_job.capability.toUtf8()}, {"Content-Type", m_job.contentType}};
    if (!m_job.accept.isEmpty())
        list.append({"Accept", m_job.accept});
    if (!paymentHeader.isEmpty())
        list.append({header::Payment, paymentHeader});
    return list;
}

QUrl Submission::jobUrl(const QUrl &base) const
{
    QUrl url = base;
    QString path = base.path(QUrl::FullyEncoded);
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    path += QLatin1Char('/') + m_job.route;
    if (m_job.route == BatchRoute)
        path += QLatin1Char('/') + QString::fromLatin1(QUrl::toPercentEncoding(m_job.path, "/"));
    url.setPath(path, QUrl::StrictMode);
    return url;
}

QByteArray signerTermsOf(const JobToken &token, const QUrl &orchestrator, const QString &capability)
{
    constexpr qint64 halfAnHour = 1800; // as long as an orchestrator's own tokens last
    livepeer::OrchestratorInfo info;
    info.transcoder = serviceUrl(token, orchestrator).toString();
    info.ticketParams = token.ticketParams;
    info.price = token.price;
    info.address = token.ticketParams->recipient;
    info.authToken = livepeer::AuthToken{QByteArray(), capability.left(200), QDateTime::currentSecsSinceEpoch() + halfAnHour};
    return livepeer::encodeInfo(info);
}

QString accountOf(const QUrl &orchestrator, const QString &capability)
{
    return orchestrator.adjusted(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment).toString()
        + QLatin1Char(' ') + capability;
}

QUrl serviceUrl(const JobToken &token, const QUrl &probed)
{
    const QUrl service(token.serviceAddr.trimmed(), QUrl::StrictMode);
    const bool http = service.scheme() == QStringLiteral("https") || service.scheme() == QStringLiteral("http");
    return http && !service.host().isEmpty() ? service.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment) : probed;
}

JobAnswer Submission::answer(Posted posted, const QUrl &url, const QUrl &origin) const
{
    JobAnswer result;
    result.status = posted.stream->status();
    result.headers = posted.stream->headers();
    result.url = url;
    result.orchestrator = origin;
    result.paid = m_paymentSent;
    result.sender = m_sender;
    result.throughGateway = !m_observer;
    if (!m_job.streaming)
        result.deadline = posted.deadline;
    result.link = std::move(posted.link);
    result.use = std::move(posted.use);
    result.stream = std::move(posted.stream);
    return result;
}

Error Submission::refusedError(const QUrl &url, int status, const QByteArray &body) const
{
    const ErrorBody said = readErrorBody(body);
    Error error(Error::Kind::Http, QStringLiteral("%1 was answered with %2: %3").arg(m_job.capability).arg(status).arg(said.text));
    if (said.text.startsWith(QStringLiteral("Insufficient balance"))) {
        error = Error(Error::Kind::InsufficientBalance, QStringLiteral("The orchestrator's balance for this sender is too low: %1").arg(said.text));
        error.withAdvice(QStringLiteral("A job needs at least 60 s of its price; raise the timeout or the spend limit, or fund the sender."));
    } else if (said.text.contains(QStringLiteral("Could not verify job creds"))) {
        error.withAdvice(QStringLiteral("The orchestrator took neither signature format; check that the sender's key is the one it knows."));
    } else if (status < 500 && isPaymentRefusal(said.text)) {
        error = Error(Error::Kind::Payment, QStringLiteral("The orchestrator refused the payment: %1").arg(said.text));
        error.withAdvice(QStringLiteral("Run it again: a new token brings new ticket parameters. If it stays, the sender's deposit or key is at fault."));
    } else if (said.text.startsWith(QStringLiteral("No capacity available"))) {
        error.withAdvice(QStringLiteral("No worker is registered under that name there; refresh the list of capabilities."));
    } else if (status >= 500) {
        error.withAdvice(QStringLiteral("The worker or the orchestrator failed; trying again may help."));
    }
    const QByteArray shown = said.page ? said.text.toUtf8() : body;
    return error.withRequest("POST", url).withHttp(status, shown).withField(said.field);
}

Error Submission::afterPayment(Error error) const
{
    if (!m_paymentSent)
        return error;
    if (error.httpStatus() == 0 && error.kind() != Error::Kind::Canceled)
        error.withMessage(error.message() + QStringLiteral(" The payment was sent before that, so the payment may be spent."))
            .withAdvice(QStringLiteral("Look at the balance before you run it again; nothing was tried elsewhere."));
    return error.withPaymentSent();
}

Submission::Failure Submission::failed(Error error, bool tryNext) const
{
    const bool over = m_context.cancel.isCanceled() || m_context.deadline.hasExpired() || error.kind() == Error::Kind::Canceled;
    return {afterPayment(std::move(error)), tryNext && !m_paymentSent && !over, false};
}

Error Submission::exhausted(const QList<Rejection> &rejections) const
{
    if (rejections.isEmpty())
        return Error(Error::Kind::NoOrchestrator, QStringLiteral("No orchestrator is known for %1.").arg(m_job.capability))
            .withAdvice(QStringLiteral("Check the profile's orchestrators or discovery address."));
    return Error(Error::Kind::NoOrchestrator,
        QStringLiteral("All orchestrators failed (%1 tried) for %2.").arg(rejections.size()).arg(m_job.capability))
        .withRejections(rejections);
}

QCoro::Task<JobAnswer> Submission::runThroughGateway(QUrl gateway, QStringList pins)
{
    checkJob();
    const QUrl url = jobUrl(gateway);
    const Json parameters = orThrow(Json::parse(m_job.parameters.toUtf8()));
    if (parameters.contains(QStringLiteral("orchestrators")))
        pins.clear();
    QList<Rejection> rejections;
    for (qsizetype i = 0; i < std::max<qsizetype>(1, pins.size()); ++i) {
        if (!pins.isEmpty()) {
            Json pinned = parameters;
            pinned.insert(QStringLiteral("orchestrators"), Json{{QStringLiteral("include"), Json::array({Json(pins[i])})}});
            m_header.parameters = QString::fromUtf8(pinned.dump());
        }
        const Headers fields = requestHeaders(m_header.toHeader(), QByteArray());
        Posted posted = co_await post(url, fields, TrustPolicy::SystemCas, nullptr);
        if (posted.error)
            throw *posted.error;
        const int status = posted.stream->status();
        if (status >= 200 && status < 300) {
            QUrl servedBy(QString::fromUtf8(headers::value(posted.stream->headers(), header::OrchestratorUrl)));
            if (!Origin::of(servedBy))
                servedBy.clear(); // it is shown and kept as who served the call, and nothing is sent there
            co_return answer(std::move(posted), url, servedBy);
        }
        const QByteArray body = co_await refusalBody(posted.stream);
        const bool nobody = body.contains("No orchestrators found");
        if (!nobody)
            throw refusedError(url, status, body);
        rejections.append({pins.isEmpty() ? gateway : QUrl(pins[i]), QString::fromUtf8(body).trimmed().left(500)});
    }
    throw exhausted(rejections);
}

QCoro::Task<PreparedRequest> Submission::prepare(QList<QUrl> orchestrators)
{
    checkJob();
    rememberNamed(orchestrators);
    m_sentByOthers = true;
    m_sender = co_await m_client.m_senders->pick(m_context);
    QList<Rejection> rejections;
    std::optional<Error> last;
    for (const QUrl &origin : orchestrators) {
        m_context.check();
        try {
            JobToken token = co_await askToken(origin);
            const QByteArray header = co_await signedHeader(m_client.takesV1(origin.toString()));
            PreparedPayment payment = co_await pay(origin, &token);
            if (!payment.isEmpty()) {
                payment.markSent();
                co_await m_observer->ticketsSettled(payment.tickets(), true);
            }
            co_return PreparedRequest{jobUrl(serviceUrl(token, origin)), requestHeaders(header, payment.header())};
        } catch (const Error &error) {
            if (error.kind() == Error::Kind::SpendLimit || error.kind() == Error::Kind::Storage || error.kind() == Error::Kind::Canceled)
                throw;
            rejections.append({origin, error.message()});
            last = error;
        }
    }
    if (orchestrators.size() == 1 && last)
        throw *last;
    throw exhausted(rejections);
}

} // namespace sluice::byoc
