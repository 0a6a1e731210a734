#include "sluice/liverunner/client_payment.h"

#include "sluice/base/log.h"
#include "sluice/crypto/keccak.h"
#include "sluice/livepeer/messages.h"
#include "sluice/livepeer/reaction.h"
#include "sluice/livepeer/signer_wire.h"
#include "sluice/payments/amount.h"
#include "sluice/payments/asked_price.h"
#include "sluice/payments/payment_codec.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QDateTime>
#include <QtCore/QUuid>

namespace sluice::liverunner {

namespace {

/// The last tenth of a token's half hour (payments.md 3.8).
constexpr qint64 RefreshSecondsBefore = 180;
/// An orchestrator that refuses this often in a row gets no further tickets: it might keep them all the same.
constexpr int MaxRefusals = 2;

PricePer per(PriceUnit unit)
{
    return unit == PriceUnit::Fixed ? PricePer::Call : PricePer::Second;
}

Error cannotPay(const QString &what)
{
    return Error(Error::Kind::Payment, QStringLiteral("Nothing was paid: %1.").arg(what)).withAdvice(QStringLiteral("Use another runner, or ask its operator."));
}

} // namespace

Expected<Rational> ceilingFor(const ListedPrice &listed, const PaymentBounds &bounds)
{
    if (!listed.unit)
        return unexpected(cannotPay(QStringLiteral("the runner cannot be paid, as %1").arg(listed.problem)));
    static const Rational margin(Wei(1012), Wei(1000));
    Rational ceiling = listed.accepted() * margin;
    std::optional<Rational> agreed = bounds.cap;
    if (!agreed && bounds.seen)
        agreed = *bounds.seen * margin;
    if (agreed && listed.accepted() > *agreed)
        return unexpected(priceExceeded(listed.accepted(), *agreed, true, per(*listed.unit)));
    if (agreed && *agreed < ceiling)
        ceiling = *agreed;
    return ceiling;
}

Expected<void> checkAsked(const PaymentTerms &terms, PriceUnit unit, const Rational &ceiling)
{
    const Rational asked = terms.info.price->fee(unitsPerSecond(unit));
    if (asked > ceiling)
        return unexpected(priceExceeded(asked, ceiling, true, per(unit)));
    return {};
}

RunnerPayments::RunnerPayments(HttpClient &http, TicketSender &sender, QString app, PriceUnit unit, Rational ceiling, PaymentBounds bounds,
    std::shared_ptr<TicketObserver> observer, Options options)
    : m_http(http)
    , m_sender(sender)
    , m_app(std::move(app))
    , m_unit(unit)
    , m_ceiling(std::move(ceiling))
    , m_bounds(std::move(bounds))
    , m_observer(std::move(observer))
    , m_options(options)
    , m_chain(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

RunnerPayments::~RunnerPayments()
{
    m_sender.forgetChain(m_chain);
}

Rational RunnerPayments::perSecond() const
{
    const PriceInfo rate = m_initialPrice.value_or(m_info.price.value_or(PriceInfo()));
    return rate.fee(unitsPerSecond(m_unit));
}

Rational RunnerPayments::ahead() const
{
    if (!m_began)
        return m_credited;
    const auto used = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - *m_began);
    return m_credited - perSecond() * Rational(Wei(used.count()), Wei(1000));
}

void RunnerPayments::adopt(const QByteArray &raw, const livepeer::OrchestratorInfo &info)
{
    if (info.ticketParams)
        m_info.ticketParams = info.ticketParams;
    if (info.price && info.price->isValid())
        m_info.price = info.price;
    if (info.authToken)
        m_info.authToken = info.authToken;
    m_info.transcoder = info.transcoder.isEmpty() ? m_info.transcoder : info.transcoder;
    m_info.address = info.address ? info.address : m_info.address;
    // A signer gets the orchestrator's own bytes where they say everything, else what they come to.
    m_raw = info.ticketParams && info.price && info.authToken ? raw : QByteArray();
}

TicketOrder RunnerPayments::orderFor(const Rational &needed, bool first) const
{
    const Rational debit = perSecond() * DebitSeconds;
    TicketOrder order;
    order.params = *m_info.ticketParams;
    order.price = *m_info.price;
    order.needed = needed;
    order.minimum = isMetered() ? std::min(needed, debit) : needed;
    order.callId = m_bounds.callId;
    order.callLimit = m_bounds.maxSpend;
    order.initialPrice = m_initialPrice;
    order.unitsPerSecond = unitsPerSecond(m_unit);
    if (m_bounds.cap || m_bounds.seen)
        order.acceptedPrice = m_ceiling; // otherwise nobody saw it, and the purse's bound for such prices holds besides
    if (isMetered())
        order.account = m_called.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveUserInfo).toString() + QLatin1String(" liverunner ") + m_terms.manifestId;
    order.partly = !first;
    if (!m_sender.isRemote())
        return order;
    order.signer.terms = m_raw.isEmpty() ? livepeer::encodeInfo(m_info) : m_raw;
    order.signer.chain = m_chain;
    order.signer.type = paymentType(m_unit);
    order.signer.manifestId = m_terms.manifestId;
    order.signer.app = m_app;
    order.signer.maxPrice = m_ceiling / Rational(unitsPerSecond(m_unit));
    if (!first)
        order.signerSlack = debit; // its clock and this one are two
    return order;
}

/// `given`: what a remote signer made.
QCoro::Task<QByteArray> RunnerPayments::credentials(QByteArray given)
{
    if (!given.isEmpty() || m_sender.isRemote())
        co_return given;
    livepeer::SegmentCredentials credentials;
    credentials.authToken = m_info.authToken;
    credentials.manifestId = m_terms.manifestId.toUtf8();
    credentials.hash = livepeer::SegmentCredentials::emptySegmentHash();
    credentials.profiles = "invalid";
    const Hash32 message = keccak256(orThrow(credentials.signingBytes()));
    const Signature signature = co_await m_sender.signer().signHash(message);
    credentials.signature = signature.toByteArray();
    co_return livepeer::segmentHeader(credentials);
}

QCoro::Task<void> RunnerPayments::buy(Rational needed, bool first, CallContext context)
{
    const TicketOrder order = orderFor(needed, first);
    m_payment = co_await m_sender.prepare(order, context);
    m_headers.clear();
    if (m_payment.isEmpty())
        co_return;
    const QByteArray segment = co_await credentials(m_payment.segment());
    m_headers = headersFor(segment);
    const QList<SentTicket> tickets = m_payment.tickets();
    if (m_observer)
        co_await m_observer->ticketsPrepared(m_called, tickets);
}

Headers RunnerPayments::headersFor(const QByteArray &segment) const
{
    return {{header::Payment, m_payment.header()}, {header::Segment, segment}};
}

QCoro::Task<void> RunnerPayments::answer(PaymentTerms terms, QUrl called, CallContext context)
{
    const auto step = context.trace->begin(QStringLiteral("pay"));
    orThrow(checkAsked(terms, m_unit, m_ceiling));
    m_terms = std::move(terms);
    m_called = called;
    m_info = livepeer::OrchestratorInfo();
    adopt(m_terms.bytes, m_terms.info);
    m_initialPrice = m_info.price;
    Rational needed = m_info.price->fee(Wei(1));
    if (isMetered())
        needed = perSecond() * Wei(firstPayment(m_unit).count());
    if (needed <= 0)
        throw cannotPay(QStringLiteral("the orchestrator asks for a payment of nothing"));
    co_await buy(needed, true, context);
    if (m_headers.isEmpty())
        throw Error(Error::Kind::Signer, QStringLiteral("The signer says that nothing is due, and the orchestrator asks for a payment.")).withAdvice(QStringLiteral("Use another signer."));
}

QCoro::Task<void> RunnerPayments::settled(bool sent)
{
    const QList<SentTicket> tickets = m_payment.tickets();
    if (tickets.isEmpty())
        co_return;
    if (sent) {
        m_sent += m_payment.totalEv();
        m_credited += m_payment.totalEv();
        m_payment.markSent();
    }
    m_payment = PreparedPayment(); // gives its reservation back unless it was sent
    if (m_observer)
        co_await m_observer->ticketsSettled(tickets, sent);
}

void RunnerPayments::begin()
{
    m_began = Steady::now();
    m_last = *m_began;
    if (isMetered())
        m_use = std::make_shared<PaidAhead::Use>(m_sender.ahead(), orderFor(Rational(0), false).account, perSecond());
}

void RunnerPayments::end()
{
    if (!m_ended)
        m_ended = Error(Error::Kind::Canceled, QStringLiteral("The session is over."));
    m_use.reset();
}

RunnerPayments::Funds RunnerPayments::funds() const
{
    Funds funds;
    funds.next = m_options.interval;
    if (!isMetered() || perSecond() <= 0) {
        funds.free = true;
        funds.secondsAhead = 1'000'000'000;
        funds.next = std::chrono::hours(1);
        return funds;
    }
    const Rational seconds = ahead() / perSecond();
    constexpr qint64 plenty = 1'000'000'000;
    funds.secondsAhead = seconds > plenty ? plenty : static_cast<qint64>(floorOf(seconds));
    return funds;
}

HttpRequest RunnerPayments::request(const QUrl &url) const
{
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.trust = TrustPolicy::PinOnFirstUse; // orchestrators carry certificates of their own
    request.connectTimeout = m_options.connectTimeout;
    request.maxBodyBytes = MaxChallengeBytes;
    return request;
}

QCoro::Task<void> RunnerPayments::refresh(CallContext context)
{
    const auto step = context.trace->begin(QStringLiteral("refresh"));
    QUrl url = m_terms.paymentUrl.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment);
    url.setPath(QStringLiteral("/refresh-payment"));
    HttpRequest asked = request(url);
    asked.headers = headers::contentType("application/json");
    asked.body = Json{{QStringLiteral("sender"), m_sender.address().toChecksum()}, {QStringLiteral("manifest_id"), m_terms.manifestId}}.dump();
    const CallContext limited = context.within(m_options.requestTimeout);
    const HttpResponse response = co_await m_http.send(asked, limited);
    if (response.status != 200 && response.status != 402)
        throw livepeer::refusal(QStringLiteral("The question for new payment parameters"), url, response.status, response.body);
    const PaymentTerms fresh = orThrow(termsFromRefresh(response.body, m_terms.manifestId)); // another's would pay for that one
    adopt(fresh.bytes, fresh.info);
}

QCoro::Task<RunnerPayments::Funds> RunnerPayments::pay(CallContext context)
{
    const InTurn::Turn turn = co_await m_turns.take();
    context.check();
    co_return co_await payInTurn(context);
}

QCoro::Task<RunnerPayments::Funds> RunnerPayments::payInTurn(CallContext context)
{
    Funds result = funds();
    if (m_ended) {
        result.refused = m_ended;
        co_return result;
    }
    if (result.free || !m_began)
        co_return result;
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - m_last);
    if (!m_unsettled && since < m_options.interval) {
        result.next = m_options.interval - since;
        co_return result;
    }
    std::optional<Error> lasting;
    const Rational before = m_credited;
    try {
        co_await deliver(context);
    } catch (const Error &error) {
        if (!isLastingPaymentProblem(error.kind()))
            throw;
        lasting = error;
    }
    result = funds();
    result.paid = m_credited > before;
    result.refused = lasting ? lasting : m_ended;
    co_return result;
}

/// One payment on its way: made, unless one waits whose answer was lost, and sent.
QCoro::Task<void> RunnerPayments::deliver(CallContext context)
{
    if (!m_unsettled) {
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        if (m_info.authToken && now > m_info.authToken->expiration - RefreshSecondsBefore)
            co_await refresh(context);
        const Rational needed = perSecond() * Wei(firstPayment(m_unit).count()) - ahead();
        if (needed <= 0)
            co_return;
        const auto step = context.trace->begin(QStringLiteral("pay"));
        for (int refreshes = 0;; ++refreshes) {
            std::optional<Error> stale;
            bool nothingDue = false;
            try {
                co_await buy(needed, false, context);
            } catch (const Error &error) {
                nothingDue = error.kind() == Error::Kind::SkipPayment;
                if (!nothingDue && error.kind() != Error::Kind::SignerRefresh)
                    throw;
                stale = error;
            }
            if (!stale)
                break;
            if (nothingDue)
                co_return;
            if (refreshes >= MaxSignerRefreshes)
                throw refreshLimitReached(*stale);
            co_await refresh(context);
        }
        m_last = Steady::now();
        if (m_headers.isEmpty())
            co_return; // nothing is due, or as much as may be is paid ahead
        m_unsettled.emplace();
        m_unsettled->headers = m_headers;
        m_unsettled->value = m_payment.totalEv();
    }
    HttpRequest payment = request(m_terms.paymentUrl);
    payment.headers = m_unsettled->headers;
    const auto left = payment.sent;
    const CallContext limited = context.within(m_options.requestTimeout);
    std::optional<Error> failure;
    HttpResponse response;
    try {
        response = co_await m_http.send(payment, limited);
    } catch (const Error &error) {
        failure = error;
    }
    const bool repeated = m_payment.isEmpty();
    const bool sent = left->load();
    if (!repeated) {
        const Rational credited = m_credited;
        co_await settled(sent);
        m_credited = credited; // until the orchestrator says so
    }
    if (failure && !sent && !repeated)
        m_unsettled.reset(); // nothing left, so it is made anew
    if (m_unsettled)
        m_unsettled->repeated = repeated;
    if (failure)
        throw failure->withPaymentSent(sent || repeated);
    judge(response.status, response.body);
}

void RunnerPayments::judge(int status, const QByteArray &body)
{
    const QUrl url = m_terms.paymentUrl;
    const auto refusal = [&] { return livepeer::refusal(QStringLiteral("The payment"), url, status, body).withPaymentSent(); };
    if (status >= 500 || status == 408 || status == 429)
        throw refusal(); // the same one is sent again
    const Sent payment = *std::exchange(m_unsettled, std::nullopt);
    const bool taken = status >= 200 && status < 300;
    // Of one that was sent twice, because its answer was lost: the orchestrator has it.
    const bool known = payment.repeated && status == 400 && body.toLower().contains("sendernonce");
    if (taken || known) {
        m_refusals = 0;
        m_credited += payment.value;
        auto result = livepeer::decodePaymentResult(body);
        if (taken && result && *result) {
            const bool whole = !(*result)->raw.isEmpty();
            adopt(whole ? (*result)->raw : QByteArray(), **result);
        } else if (taken && !result) {
            qCInfo(logNet, "The answer to a payment holds no terms: %s", qUtf8Printable(result.error().message()));
        }
        return;
    }
    ++m_refusals;
    if (status == 404) {
        m_released = true;
        m_ended = Error(Error::Kind::Http, QStringLiteral("The orchestrator has ended the session: %1").arg(QString::fromUtf8(body.left(200)).trimmed()))
                      .withAdvice(QStringLiteral("Reserve another one.")).withRequest("POST", url).withHttp(status, body);
        return;
    }
    const bool again = livepeer::reactionTo(status, body) == livepeer::Reaction::NewInfo && m_refusals < MaxRefusals;
    if (again) {
        m_info.authToken->expiration = 0; // so that new parameters are asked for
        return;
    }
    m_ended = refusal();
}

} // namespace sluice::liverunner
