#include "sluice/zerog/ledger_rules.h"

#include "sluice/zerog/neuron.h"
#include "sluice/zerog/request_hash.h"

namespace sluice::zerog::rules {

namespace {

constexpr unsigned arithmeticPanic = 0x11;

Unexpected<Refusal> panic()
{
    return unexpected(Refusal::ofNumbers(Refusal::Kind::Panic, {U256(arithmeticPanic)}));
}

/// Takes `amount` from what is pending, from the newest open refund backwards. One that is used up is reduced to nothing, so that the
/// open ones always add up to what is pending (rule 6).
void takeFromRefunds(Account &account, U256 amount)
{
    account.pendingRefund -= amount;
    for (auto refund = account.refunds.rbegin(); refund != account.refunds.rend() && amount > 0; ++refund) {
        if (refund->processed)
            continue;
        const U256 taken = std::min(refund->amount, amount);
        refund->amount -= taken;
        refund->cancelled += taken;
        amount -= taken;
    }
}

/// The sum of what the requests cost, or the first of them that is refused.
Settled<Wei> owed(const Account &account, const RequestTrace &trace, const QList<bool> &valid, const ServiceOf &serviceOf)
{
    Wei amount = 0;
    U256 nonce = account.nonce;
    for (qsizetype i = 0; i < trace.requests.size(); ++i) {
        const Request &request = trace.requests.at(i);
        const U256 index(i);
        if (request.nonce <= nonce) {
            const auto minimum = neuron::sum(nonce, 1);
            return minimum ? Settled<Wei>(unexpected(Refusal::ofNumbers(Refusal::Kind::NonceUsed, {index, *minimum, request.nonce}))) : Settled<Wei>(panic());
        }
        nonce = request.nonce;
        if (!valid.value(i) || request.user != account.user || request.user.isZero())
            return unexpected(Refusal::ofNumbers(Refusal::Kind::InvalidRequest, {index}));
        const auto service = serviceOf(request.serviceName);
        if (!service)
            return unexpected(Refusal::ofService(account.provider, request.serviceName));
        if (service->updatedAt >= request.createdAt)
            return unexpected(Refusal::ofNumbers(Refusal::Kind::ServiceUpdatedBeforeSettle, {index, U256(service->updatedAt), U256(request.createdAt)}));
        amount += feeOf(*service, request.inputCount, request.previousOutputCount);
        if (amount > Wei(maxU256()))
            return panic();
    }
    return amount;
}

} // namespace

Settled<void> deposit(Account &account, const U256 &value)
{
    const auto balance = neuron::sum(account.balance, value);
    if (!balance)
        return panic();
    account.balance = *balance;
    return {};
}

Settled<Refund> requestRefund(Account &account, const U256 &amount, qint64 now)
{
    if (account.available() < amount)
        return unexpected(Refusal::ofAccount(Refusal::Kind::InsufficientBalance, account.user, account.provider));
    Refund refund;
    refund.index = quint64(account.refunds.size());
    refund.amount = amount;
    refund.createdAt = now;
    account.pendingRefund += amount;
    account.refunds.append(refund);
    return refund;
}

Settled<U256> processRefund(Account &account, const QList<quint64> &indices, qint64 now, qint64 lockTime)
{
    const auto refuse = [&account](Refusal::Kind kind, quint64 index) {
        return unexpected(Refusal::ofRefund(kind, account.user, account.provider, U256(index)));
    };
    Account after = account;
    U256 paid = 0;
    for (const quint64 index : indices) {
        if (index >= quint64(after.refunds.size()))
            return refuse(Refusal::Kind::RefundInvalid, index);
        Refund &refund = after.refunds[qsizetype(index)];
        if (refund.processed)
            return refuse(Refusal::Kind::RefundProcessed, index);
        if (Wei(now) < Wei(refund.createdAt) + Wei(lockTime))
            return refuse(Refusal::Kind::RefundLocked, index);
        if (refund.amount > after.pendingRefund || refund.amount > after.balance)
            return panic();
        after.balance -= refund.amount;
        after.pendingRefund -= refund.amount;
        refund.processed = true;
        paid += refund.amount;
    }
    account = after;
    return paid;
}

QList<bool> validSignatures(const Address &provider, const RequestTrace &trace)
{
    QList<bool> valid;
    valid.reserve(trace.requests.size());
    for (const Request &request : trace.requests)
        valid.append(verifyRequest(provider, request).hasValue());
    return valid;
}

Settled<Wei> settle(Account &account, const RequestTrace &trace, const QList<bool> &valid, const ServiceOf &serviceOf)
{
    if (trace.requests.isEmpty())
        return unexpected(Refusal(Refusal::Kind::EmptyRequestTrace));
    const auto amount = owed(account, trace, valid, serviceOf);
    if (!amount)
        return unexpected(amount.error());
    const U256 fee(*amount);
    if (account.balance < fee)
        return unexpected(Refusal::ofNumbers(Refusal::Kind::InsufficientBalanceWhenSettle, {fee, account.balance}));
    if (fee > account.available())
        takeFromRefunds(account, fee - account.available());
    account.balance -= fee;
    account.nonce = trace.requests.last().nonce;
    return *amount;
}

bool isSound(const Account &account)
{
    Wei open = 0;
    for (const Refund &refund : account.refunds)
        open += refund.processed ? Wei(0) : Wei(refund.amount);
    return open == Wei(account.pendingRefund) && account.pendingRefund <= account.balance;
}

} // namespace sluice::zerog::rules
