#pragma once

#include "sluice/base/call_context.h"
#include "sluice/payments/nonce_store.h"
#include "sluice/payments/paid_ahead.h"
#include "sluice/payments/payment_codec.h"
#include "sluice/payments/remote_signing.h"
#include "sluice/payments/signer.h"
#include "sluice/payments/spend_limits.h"
#include "sluice/payments/ticket.h"
#include "sluice/payments/ticket_counts.h"

namespace sluice {

/// What to pay, and with what.
struct TicketOrder {
    TicketParams params;
    PriceInfo price;            ///< the price that came with `params`; goes into the payment
    Rational needed;            ///< wei to cover; 0 or less needs no tickets
    Rational minimum;           ///< wei without which paying is useless; beyond 600 tickets' worth it is refused
    QString callId;             ///< whose per-call limit counts
    std::optional<Wei> callLimit; ///< the call's own ceiling, in wei of expected value
    QString sessionId;          ///< non-empty: the first price seen for it is its initial price (statement 8)
    std::optional<PriceInfo> initialPrice; ///< overrides what is remembered for `sessionId`
    SenderView view;            ///< what is known of the chain
    Wei unitsPerSecond = 1;     ///< of the price
    /// Wei per second that the person saw and agreed to; absent: the purse's bound for unseen prices.
    std::optional<Rational> acceptedPrice;
    /// Where it counts as paid ahead (PaidAhead); empty: payments whose use cannot be counted here.
    QString account;
    bool nothingThere = false; ///< the orchestrator says that it has nothing of what was paid to `account`
    SignerTerms signer; ///< for payments that a remote signer signs
    Rational signerSlack; ///< wei that a signer which counts the time by itself may count beyond `needed`
    bool partly = false; ///< where less than `minimum`, or nothing, may be paid ahead, that is paid; otherwise it is an error
};

/// A signed payment that was not sent yet. Move-only.
///
/// Dropping it unsent gives its reservation back, but never its nonces.
class PreparedPayment {
public:
    PreparedPayment() = default; ///< nothing to pay
    PreparedPayment(QByteArray header, QList<SentTicket> tickets, Rational totalEv, SpendLimits::Reservation reservation, PaidAhead::Hold hold)
        : m_header(std::move(header))
        , m_tickets(std::move(tickets))
        , m_totalEv(std::move(totalEv))
        , m_reservation(std::move(reservation))
        , m_hold(std::move(hold))
    {
    }

    /// No tickets: leave the `Livepeer-Payment` header out.
    [[nodiscard]] bool isEmpty() const { return m_tickets.isEmpty(); }
    /// The value of `Livepeer-Payment`, or empty.
    [[nodiscard]] const QByteArray &header() const { return m_header; }
    /// The value of `Livepeer-Segment`, where a remote signer gave one along.
    [[nodiscard]] const QByteArray &segment() const { return m_segment; }
    void setSegment(QByteArray segment) { m_segment = std::move(segment); }
    [[nodiscard]] const QList<SentTicket> &tickets() const { return m_tickets; }
    [[nodiscard]] const Rational &totalEv() const { return m_totalEv; }
    /// Call immediately before the first byte leaves: from here on the money may be gone.
    void markSent()
    {
        m_reservation.commit();
        m_hold.commit();
    }

private:
    QByteArray m_header;
    QByteArray m_segment;
    QList<SentTicket> m_tickets;
    Rational m_totalEv;
    SpendLimits::Reservation m_reservation;
    PaidAhead::Hold m_hold;
};

/// What another attempt at a payment would meet again.
[[nodiscard]] bool isLastingPaymentProblem(Error::Kind kind);

/// The payer: judges parameters, counts, reserves, takes nonces, signs. Used from one thread.
class TicketSender {
public:
    /// All must outlive this object; `ahead` is its own when it is null.
    TicketSender(Signer &signer, NonceStore &nonces, SpendLimits &limits, SenderPolicy policy = {}, std::shared_ptr<PaidAhead> ahead = nullptr);

    [[nodiscard]] Address address() const { return m_signer->address(); }
    [[nodiscard]] Signer &signer() const { return *m_signer; }
    /// Whether the key is another program's.
    [[nodiscard]] bool isRemote() const { return m_signer->remote() != nullptr; }
    /// The hex text of the signature over a job, legacy or V1 (payments.md 3.7). Throws Signer, Canceled, Timeout, InvalidInput.
    QCoro::Task<QString> signJob(SignableJob job, bool v1, CallContext context);

    /// What was paid ahead of use; callers count the use there.
    [[nodiscard]] const std::shared_ptr<PaidAhead> &ahead() const { return m_ahead; }

    /// Makes the payment, or throws: Payment (parameters refused by 3.8, price doubled, nothing that could cover it), PriceExceeded,
    /// InsufficientBalance (two minutes are paid ahead already), SpendLimit, Storage, Signer, Canceled, Timeout. When it throws, nothing is reserved; when it throws anything
    /// but Signer, Canceled or Timeout, nothing was signed.
    ///
    /// Of a remote signer also SignerRefresh and InsufficientBalance (RemoteSigning::pay()); an empty payment where nothing is due.
    QCoro::Task<PreparedPayment> prepare(TicketOrder order, CallContext context);

    /// The session is over: forgets its initial price.
    void forgetSession(const QString &sessionId) { m_initialPrices.remove(sessionId); }
    /// At a remote signer, the next payment under this name begins a chain.
    void forgetChain(const QString &chain)
    {
        if (m_signer->remote())
            m_signer->remote()->forgetChain(chain);
    }

private:
    [[nodiscard]] int countFor(const TicketOrder &order, const Rational &ev) const;
    [[nodiscard]] int withinTwoMinutes(const TicketOrder &order, const Rational &ev, int count) const;
    void checkPrice(const TicketOrder &order);
    QCoro::Task<PreparedPayment> prepareRemotely(TicketOrder order, Rational ev, int count, CallContext context);

    Signer *m_signer;
    NonceStore *m_nonces;
    SpendLimits *m_limits;
    SenderPolicy m_policy;
    std::shared_ptr<PaidAhead> m_ahead;
    QHash<QString, PriceInfo> m_initialPrices;
};

} // namespace sluice
