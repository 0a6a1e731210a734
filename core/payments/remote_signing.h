#pragma once

#include "sluice/base/call_context.h"
#include "sluice/payments/payment_codec.h"
#include "sluice/payments/sent_ticket.h"

#include <QCoro/QCoroTask>

namespace sluice {

/// What a remote signer has to see of a payment besides its tickets (payments.md 4.3). Without `terms` nothing can be asked of one.
struct SignerTerms {
    SignerTerms() = default; // no aggregate: see DESIGN.md 3
    QByteArray terms;        ///< the orchestrator's OrchestratorInfo; its ticket parameters and price are those of the order
    QString chain;           ///< payments of one job at one orchestrator hang together under this name
    QString type;            ///< "lv2v", "live": the signer counts the time by itself; "fixed": one unit, once; empty: it is told how many units to pay
    QString manifestId;
    QString app;
    QByteArray capabilities; ///< Capabilities protobuf, for the segment's credentials
    std::optional<Rational> maxPrice; ///< per unit, where there is a type
};

/// A payment as one wishes it.
struct SignerOrder {
    SignerOrder() = default; // no aggregate: see DESIGN.md 3
    SignerTerms terms;
    TicketParams params;
    PriceInfo price;
    Rational needed; ///< wei
    int most = 0;    ///< tickets; what a signer signs beyond is refused and not sent
};

/// The requests that it takes, and how many tickets each of them brings.
struct SignerPlan {
    struct Step {
        qint64 units = 0; ///< 0: the signer counts by itself
        int tickets = 0;  ///< at most where the signer counts, else exactly
    };
    QList<Step> steps;
    [[nodiscard]] int tickets() const
    {
        int sum = 0;
        for (const Step &step : steps)
            sum += step.tickets;
        return sum;
    }
};

/// What the signer signed, checked.
struct SignerTickets {
    QByteArray payment; ///< value of `Livepeer-Payment`; empty: nothing is due
    QByteArray segment; ///< value of `Livepeer-Segment`
    QList<SentTicket> tickets;
};

/// The texts of a job that is to be signed.
struct SignableJob {
    QString id;
    QString capability;
    QString request;
    QString parameters;
    qint64 timeoutSeconds = 0;
};

/// How often a signer may have the orchestrator's terms asked for anew, for one payment (client-sdk.md 3.4).
inline constexpr int MaxSignerRefreshes = 3;

/// What only a remote signer does. Used from the thread that runs the calls.
class RemoteSigning {
public:
    virtual ~RemoteSigning() = default;
    /// How such a payment will be asked for. Payment when its tickets are too small for a signer.
    [[nodiscard]] virtual SignerPlan plan(const SignerOrder &order) const = 0;
    /// Asks for it and checks what comes: never more tickets than planned, by nobody else, to nobody else, with no number used before. Throws
    /// SignerRefresh (ask the orchestrator for new terms and order again, in the same chain), PriceExceeded, InsufficientBalance (the budget at
    /// the signer is spent), Signer (unreachable, refused, lied), Canceled, Timeout.
    virtual QCoro::Task<SignerTickets> pay(SignerOrder order, SignerPlan plan, CallContext context) = 0;
    /// The hex text of the signature over a job, in one form or the other. Throws as pay().
    virtual QCoro::Task<QString> signJob(SignableJob job, bool v1, CallContext context) = 0;
    /// The job is over, or its first payment was lost: the next payment under this name begins a chain.
    virtual void forgetChain(const QString &chain) = 0;
};

/// Payment: the signer wants new terms again and again.
[[nodiscard]] Error refreshLimitReached(const Error &last);

} // namespace sluice
