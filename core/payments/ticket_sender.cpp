#include "sluice/payments/ticket_sender.h"

#include "sluice/crypto/keccak.h"
#include "sluice/payments/amount.h"
#include "sluice/payments/signed_messages.h"

#include <limits>

namespace sluice {

bool isLastingPaymentProblem(Error::Kind kind)
{
    using Kind = Error::Kind;
    return kind == Kind::SpendLimit || kind == Kind::Payment || kind == Kind::InsufficientBalance || kind == Kind::PriceExceeded
        || kind == Kind::Config || kind == Kind::Storage || kind == Kind::TlsChanged;
}

TicketSender::TicketSender(Signer &signer, NonceStore &nonces, SpendLimits &limits, SenderPolicy policy, std::shared_ptr<PaidAhead> ahead)
    : m_signer(&signer)
    , m_nonces(&nonces)
    , m_limits(&limits)
    , m_policy(std::move(policy))
    , m_ahead(ahead ? std::move(ahead) : PaidAhead::make())
{
}

int TicketSender::countFor(const TicketOrder &order, const Rational &ev) const
{
    if (ev <= 0)
        throw Error(Error::Kind::Payment,
                    QStringLiteral("The orchestrator asks %1 wei per unit, but its ticket parameters are worth nothing, so %2 cannot be paid with them.")
                        .arg(toText(order.price.asRational()), amount::human(order.needed)))
            .withAdvice(QStringLiteral("Ask for new ticket parameters, or use another orchestrator."));
    const Wei needed = ticketsToCover(order.needed, ev);
    const Wei minimum = ticketsToCover(order.minimum, ev);
    if (minimum > maxNoncesPerHash)
        throw Error(Error::Kind::Payment,
                    QStringLiteral("The orchestrator's tickets are too small for its price: %1 would take %2 tickets of %3, and one set of parameters allows %4.")
                        .arg(amount::human(order.minimum), toDecimal(minimum), amount::human(ev)).arg(maxNoncesPerHash))
            .withAdvice(QStringLiteral("Use another orchestrator, or a shorter timeout."));
    return needed > maxNoncesPerHash ? int(maxNoncesPerHash) : static_cast<int>(needed);
}

/// As many of `count` tickets as may be paid ahead by this client's own count, whatever balance the orchestrator reports.
int TicketSender::withinTwoMinutes(const TicketOrder &order, const Rational &ev, int count) const
{
    if (order.account.isEmpty())
        return count;
    const Rational ahead = m_ahead->ahead(order.account);
    const Wei most = ticketsWithinTwoMinutes(order.price, order.unitsPerSecond, ev, ahead);
    const Wei least = order.partly ? Wei(0) : ticketsToCover(order.minimum, ev); // nothing where what is there covers the minute
    if (most >= count)
        return count;
    if (most < least)
        throw Error(Error::Kind::InsufficientBalance,
            QStringLiteral("Nothing further was signed: the orchestrator asks for %1, although by this program's own count %2 are paid there ahead of use.")
                .arg(amount::human(order.minimum), amount::human(ahead)))
            .withAdvice(QStringLiteral("It may have lost what was paid: wait ten minutes, and the count begins again. "
                                       "If it happens again, use another orchestrator."));
    return static_cast<int>(most);
}

void TicketSender::checkPrice(const TicketOrder &order)
{
    std::optional<PriceInfo> initial = order.initialPrice;
    if (!initial && !order.sessionId.isEmpty()) {
        const auto known = m_initialPrices.constFind(order.sessionId);
        if (known == m_initialPrices.cend())
            m_initialPrices.insert(order.sessionId, order.price);
        else
            initial = *known;
    }
    if (initial)
        orThrow(checkPriceNotDoubled(order.price, *initial));
}

QCoro::Task<PreparedPayment> TicketSender::prepare(TicketOrder order, CallContext context)
{
    context.check();
    if (!order.price.isValid())
        throw Error(Error::Kind::Payment, QStringLiteral("The orchestrator's price %1/%2 is no price.")
                                              .arg(order.price.pricePerUnit).arg(order.price.pixelsPerUnit));
    // Before all else: a balance that covers the job would be used up at this price, too.
    orThrow(m_limits->checkPrice(order.price.asRational() * order.unitsPerSecond, order.acceptedPrice));
    if (order.needed <= 0)
        co_return PreparedPayment();
    orThrow(validateTicketParams(&order.params, 1, m_policy, order.view));
    const Rational ev = order.params.expectedValue();
    if (order.nothingThere && !order.account.isEmpty())
        m_ahead->forgotten(order.account);
    const int count = withinTwoMinutes(order, ev, countFor(order, ev));
    if (count == 0)
        co_return PreparedPayment();
    orThrow(validateTicketParams(&order.params, count, m_policy, order.view));
    checkPrice(order);
    orThrow(m_limits->checkFaceValue(Wei(order.params.faceValue.value())));
    if (isRemote())
        co_return co_await prepareRemotely(order, ev, count, context);

    Rational total = ev * count;
    auto reservation = orThrow(m_limits->reserve(spendAmount(total), order.callId, order.callLimit));
    auto hold = PaidAhead::hold(m_ahead, order.account, total);
    const quint32 first = co_await m_nonces->take(order.params.recipientRandHash, static_cast<quint32>(count));
    if (first + quint32(count) - 1 > maxNoncesPerHash)
        throw Error(Error::Kind::Payment,
                    QStringLiteral("TicketParams expired: these parameters have been used for %1 tickets, and %2 more would pass the %3 that one set allows.")
                        .arg(first - 1).arg(count).arg(maxNoncesPerHash))
            .withAdvice(QStringLiteral("Ask the orchestrator for new ticket parameters."));

    // Absent expiration parameters are round 0 with a zero hash: present, because a recipient reads this field.
    const ExpirationParams expiration = order.params.expirationParams.value_or(ExpirationParams());
    const Address sender = m_signer->address();
    WirePayment payment{order.params, sender, expiration, {}, order.price};
    QList<SentTicket> tickets;
    for (int i = 0; i < count; ++i) {
        context.check();
        SentTicket sent;
        sent.ticket = Ticket::make(order.params, expiration, sender, first + quint32(i));
        sent.hash = sent.ticket.hash();
        sent.signature = co_await m_signer->signHash(sent.hash);
        sent.expectedValue = ev;
        payment.tickets.append({sent.ticket.senderNonce, sent.signature.toByteArray()});
        tickets.append(std::move(sent));
    }
    co_return PreparedPayment(paymentHeader(payment), std::move(tickets), std::move(total), std::move(reservation), std::move(hold));
}

/// What is asked of the signer is held back before, and what it signed is looked at before it is sent.
QCoro::Task<PreparedPayment> TicketSender::prepareRemotely(TicketOrder order, Rational ev, int count, CallContext context)
{
    RemoteSigning *remote = m_signer->remote();
    SignerOrder wanted;
    wanted.terms = order.signer;
    wanted.params = order.params;
    wanted.price = order.price;
    wanted.needed = std::min(order.needed, Rational(ev * count));
    wanted.most = count;
    const Wei ahead = order.account.isEmpty() ? Wei(maxNoncesPerHash) : ticketsWithinTwoMinutes(order.price, order.unitsPerSecond, ev, m_ahead->ahead(order.account));
    const Wei most = std::min(std::min(ahead, Wei(maxNoncesPerHash)), ticketsToCover(order.needed + order.signerSlack, ev) + 1);
    if (most > count)
        wanted.most = static_cast<int>(most);
    SignerPlan plan = remote->plan(wanted);
    auto reserved = m_limits->reserve(spendAmount(ev * plan.tickets()), order.callId, order.callLimit);
    if (!reserved && plan.tickets() > count) {
        wanted.most = count;
        plan = remote->plan(wanted);
        reserved = m_limits->reserve(spendAmount(ev * plan.tickets()), order.callId, order.callLimit);
    }
    auto reservation = orThrow(std::move(reserved));
    auto hold = PaidAhead::hold(m_ahead, order.account, ev * plan.tickets());
    SignerTickets signedTickets = co_await remote->pay(wanted, plan, context);
    const int got = int(signedTickets.tickets.size());
    if (got == 0)
        co_return PreparedPayment();
    if (Rational(ev * got) < order.minimum && !order.partly)
        throw Error(Error::Kind::Signer, QStringLiteral("The signer signed %1 tickets, which are worth less than the %2 that the orchestrator demands. Nothing was sent.")
                                             .arg(got).arg(amount::human(order.minimum)))
            .withAdvice(QStringLiteral("Try again, or use another signer."));
    Rational total = ev * got;
    if (got < plan.tickets()) {
        reservation = SpendLimits::Reservation();
        reservation = orThrow(m_limits->reserve(spendAmount(total), order.callId, order.callLimit));
        hold = PaidAhead::Hold();
        hold = PaidAhead::hold(m_ahead, order.account, total);
    }
    PreparedPayment payment(signedTickets.payment, signedTickets.tickets, std::move(total), std::move(reservation), std::move(hold));
    payment.setSegment(signedTickets.segment);
    co_return payment;
}

QCoro::Task<QString> TicketSender::signJob(SignableJob job, bool v1, CallContext context)
{
    if (RemoteSigning *remote = m_signer->remote())
        co_return co_await remote->signJob(job, v1, context);
    if (v1 && (job.timeoutSeconds < 1 || job.timeoutSeconds > std::numeric_limits<quint32>::max()))
        throw Error(Error::Kind::InvalidInput, QStringLiteral("A job of %1 s cannot be signed: it lasts 1 to 4294967295 s.").arg(job.timeoutSeconds));
    QByteArray message = signed_messages::byocLegacy(job.request, job.parameters);
    if (v1)
        message = signed_messages::byocV1(job.id, job.capability, job.request, job.parameters, quint32(job.timeoutSeconds));
    const Signature signature = co_await m_signer->signHash(keccak256(message));
    co_return signature.toHex();
}

Error refreshLimitReached(const Error &last)
{
    return Error(Error::Kind::Payment, QStringLiteral("The signer asked for new terms of the orchestrator more than %1 times for one payment: %2").arg(MaxSignerRefreshes).arg(last.message()))
        .withAdvice(QStringLiteral("The clocks of the two, or their views of the chain, do not fit: use another orchestrator, or another signer."))
        .withHttp(last.httpStatus(), last.body());
}

} // namespace sluice
