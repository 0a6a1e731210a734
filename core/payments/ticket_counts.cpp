#include "sluice/payments/ticket_counts.h"

#include "sluice/payments/payment_codec.h"

#include <cmath>

namespace sluice {

namespace {

constexpr qint64 pixelsPerSecond = 1280LL * 720 * 30;
constexpr int maxSignerTickets = 100;

Unexpected<Error> refuse(const QString &text)
{
    return {Error(Error::Kind::Payment, text)};
}

Expected<void> checkLimits(const Rational &ev, const Wei &face, const SenderPolicy &policy)
{
    if (ev >= Rational(face))
        return refuse(QStringLiteral("ticket faceValue too low faceValue=%1").arg(toDecimal(face)));
    if (ev > Rational(policy.maxTicketEv))
        return refuse(QStringLiteral("ticket EV %1 > max ticket EV %2").arg(toFixed(ev, 5), toFixed(Rational(policy.maxTicketEv), 5)));
    return {};
}

Expected<void> checkFunds(const SenderView &view)
{
    if (!view.funds)
        return {};
    if (view.lastInitializedRound && view.funds->unlocksSoon(*view.lastInitializedRound))
        return refuse(QStringLiteral("unable to validate sender: deposit and reserve is set to unlock soon"));
    if (view.funds->reserve == 0)
        return refuse(QStringLiteral("no sender reserve"));
    if (view.funds->deposit == 0)
        return refuse(QStringLiteral("no sender deposit"));
    return {};
}

} // namespace

TicketNeed ticketsNeeded(const Rational &existing, const Rational &fee, const Rational &ev)
{
    TicketNeed need;
    need.minCredit = fee > ev ? fee : ev;
    need.count = ticketsToCover(need.minCredit - existing, ev);
    need.newCredit = ev * need.count;
    need.newBalance = existing + need.newCredit - fee;
    return need;
}

Wei ticketsToCover(const Rational &amount, const Rational &ev)
{
    if (amount <= 0 || ev <= 0)
        return 0;
    // In whole numbers: a quotient of two fractions would be reduced first, which takes longer than to find the count.
    const Wei above = numerator(amount) * denominator(ev);
    const Wei below = denominator(amount) * numerator(ev);
    Wei count;
    Wei rest;
    boost::multiprecision::divide_qr(above, below, count, rest);
    return rest > 0 ? Wei(count + 1) : count;
}

Rational byocMissing(const PriceInfo &price, qint64 timeoutSeconds, const Rational &balance)
{
    const Rational missing = price.fee(Wei(std::max<qint64>(60, timeoutSeconds))) - balance;
    return missing > 0 ? missing : Rational(0);
}

int byocTickets(const PriceInfo &price, qint64 timeoutSeconds, const Rational &balance, const Rational &ev)
{
    const Wei count = ticketsToCover(byocMissing(price, timeoutSeconds, balance), ev);
    return count > maxNoncesPerHash ? int(maxNoncesPerHash) : static_cast<int>(count);
}

int goGatewayTickets(const Rational &cost, const Rational &ev)
{
    if (ev <= 0 || cost <= 0)
        return 0;
    const double count = std::ceil(Rational(cost / ev).convert_to<double>()); // allow-double
    return count > double(maxNoncesPerHash) ? int(maxNoncesPerHash) : static_cast<int>(count); // allow-double
}

Expected<void> validateTicketParams(const TicketParams *params, int count, const SenderPolicy &policy, const SenderView &view)
{
    if (!params)
        return refuse(QStringLiteral("ticketParams is nil"));
    return validateTicketParams(*params, params->expectedValue(), count, policy, view);
}

Expected<void> validateTicketParams(const TicketParams &params, const Rational &ev, int count, const SenderPolicy &policy, const SenderView &view)
{
    const U256 &expirationBlock = params.expirationBlock;
    if (expirationBlock == 0)
        return refuse(QStringLiteral("ticketParams expiration block is 0"));
    if (view.latestL1Block && Wei(expirationBlock) - Wei(*view.latestL1Block) <= 1)
        return refuse(QStringLiteral("TicketParams expired"));
    if (ev <= 0)
        return {};
    const Wei face(params.faceValue.value());
    if (auto limits = checkLimits(ev, face, policy); !limits)
        return limits;
    if (auto funds = checkFunds(view); !funds)
        return funds;
    if (auto total = validateTotalEv(ev * count, count, policy); !total)
        return total;
    if (view.funds) {
        const Wei maxFace = view.funds->deposit / std::max<quint64>(1, policy.depositMultiplier);
        if (face > maxFace)
            return refuse(QStringLiteral("ticket faceValue %1 > max faceValue %2").arg(toDecimal(face), toDecimal(maxFace)));
    }
    return {};
}

Expected<void> validateTotalEv(const Rational &total, int count, const SenderPolicy &policy)
{
    if (total > Rational(policy.maxTotalEv))
        return refuse(QStringLiteral("total ticket EV %1 for %2 tickets > max total ticket EV %3")
                          .arg(toFixed(total, 5)).arg(count).arg(toFixed(Rational(policy.maxTotalEv), 5)));
    return {};
}

Expected<void> checkPriceNotDoubled(const PriceInfo &price, const PriceInfo &initial)
{
    if (price.asRational() > initial.asRational() * 2)
        return refuse(QStringLiteral("Orchestrator price has more than doubled, Orchestrator price: %1, Orchestrator initial price: %2")
                          .arg(toText(price.asRational()), toText(initial.asRational())));
    return {};
}

Expected<SignerCharge> signerCharge(const QString &type, const PriceInfo &price, const Rational &ev, const Rational &priorBalance,
                                    const std::optional<Rational> &elapsedSeconds, qint64 inPixels)
{
    SignerCharge charge;
    if (type == QStringLiteral("lv2v"))
        charge.units = elapsedSeconds ? floorOf(*elapsedSeconds * pixelsPerSecond) : Wei(60 * pixelsPerSecond);
    else if (type == QStringLiteral("live"))
        charge.units = elapsedSeconds ? ceilOf(*elapsedSeconds) : Wei(10);
    else if (type == QStringLiteral("byoc"))
        charge.units = elapsedSeconds ? ceilOf(*elapsedSeconds) : Wei(60);
    else if (type == QStringLiteral("fixed"))
        charge.units = 1;
    else if (type.isEmpty())
        charge.units = inPixels;
    else
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("invalid job type")));
    charge.fee = price.fee(charge.units);
    const TicketNeed need = ticketsNeeded(priorBalance, charge.fee, ev);
    charge.count = need.count;
    if (need.count == 0)
        charge.httpStatus = 482;
    else if (need.count > maxSignerTickets)
        charge.httpStatus = 400;
    else
        charge.newBalance = need.newBalance;
    return charge;
}

} // namespace sluice
