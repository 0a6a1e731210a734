#pragma once

#include "sluice/payments/sender_funds.h"
#include "sluice/payments/ticket_params.h"

#include <optional>

namespace sluice {

/// The outcome of payments.md 3.2.
struct TicketNeed {
    Rational minCredit;   ///< max(fee, EV)
    Wei count;            ///< tickets to send
    Rational newCredit;   ///< count * EV
    Rational newBalance;  ///< existing + newCredit - fee
};
/// Live, transcoding and signer payments: enough tickets for the fee and for one ticket's worth. 0 when `ev` is 0.
[[nodiscard]] TicketNeed ticketsNeeded(const Rational &existing, const Rational &fee, const Rational &ev);

/// ceil(amount / ev), 0 when nothing is missing or `ev` is 0. Not capped.
[[nodiscard]] Wei ticketsToCover(const Rational &amount, const Rational &ev);

/// What a careful BYOC client has to add: max(60, timeout) * price - balance, never below 0 (payments.md 3.7).
[[nodiscard]] Rational byocMissing(const PriceInfo &price, qint64 timeoutSeconds, const Rational &balance);
/// The exact ticket count for byocMissing(), at most 600 (byoc_22).
[[nodiscard]] int byocTickets(const PriceInfo &price, qint64 timeoutSeconds, const Rational &balance, const Rational &ev);
/// The count that the Go gateway sends: its quotient is a double. Kept to explain what other clients do; ours
/// never pays by it.
[[nodiscard]] int goGatewayTickets(const Rational &cost, const Rational &ev);

/// What a sender demands of ticket parameters before it signs (payments.md 3.8).
struct SenderPolicy {
    Wei maxTicketEv = 3'000'000'000'000;
    Wei maxTotalEv = 20'000'000'000'000;
    quint64 depositMultiplier = 1;
};
/// What the sender knows of the chain; what it does not know is not checked.
struct SenderView {
    std::optional<quint64> latestL1Block;
    std::optional<quint64> lastInitializedRound;
    std::optional<SenderFunds> funds;
};
/// The eleven checks in order; Payment with the page's exact text for the first that fails. `params` may be null.
[[nodiscard]] Expected<void> validateTicketParams(const TicketParams *params, int count, const SenderPolicy &policy,
                                                  const SenderView &view);
/// The same where `ev`, the expected value of one ticket, was computed before: it costs as much as all the checks.
[[nodiscard]] Expected<void> validateTicketParams(const TicketParams &params, const Rational &ev, int count, const SenderPolicy &policy,
                                                  const SenderView &view);
/// The one of them that depends on how many tickets there are: `total` is what `count` of them are worth together.
[[nodiscard]] Expected<void> validateTotalEv(const Rational &total, int count, const SenderPolicy &policy);
/// Payment "Orchestrator price has more than doubled, …" when `price` is above twice `initial`.
[[nodiscard]] Expected<void> checkPriceNotDoubled(const PriceInfo &price, const PriceInfo &initial);

/// What a signer charges for one call of `/generate-live-payment` (payments.md 4.3).
struct SignerCharge {
    Wei units;
    Rational fee;
    Wei count;
    int httpStatus = 200;               ///< 200, 482 when nothing is due, 400 above 100 tickets
    std::optional<Rational> newBalance; ///< with status 200
};
/// `type` is "lv2v", "live", "fixed" or empty; `elapsedSeconds` is absent on a session's first call.
[[nodiscard]] Expected<SignerCharge> signerCharge(const QString &type, const PriceInfo &price, const Rational &ev,
                                                  const Rational &priorBalance, const std::optional<Rational> &elapsedSeconds,
                                                  qint64 inPixels);

} // namespace sluice
