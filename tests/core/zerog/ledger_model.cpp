#include "ledger_model.h"

namespace sluice::zerog::test {

namespace {

const Wei limit = Wei(1) << 256;

Json quoted(const Wei &amount)
{
    return Json(toDecimal(amount));
}

} // namespace

bool LedgerModel::move(const Address &wallet, const Wei &amount)
{
    auto &entry = wallets[wallet.toLower()];
    const Wei after = entry.second + amount;
    if (funded && amount < 0 && after < 0)
        return false;
    entry = {wallet, after};
    return true;
}

QString LedgerModel::deposit(const Address &user, const Address &provider, const Wei &value)
{
    const auto found = accounts.find({user, provider});
    if (found != accounts.end() && found->second.balance + value >= limit)
        return QStringLiteral("Panic");
    if (funded && (wallets.count(user.toLower()) ? wallets.at(user.toLower()).second : Wei(0)) < value)
        return QStringLiteral("InsufficientFunds");
    move(user, -value);
    if (found == accounts.end())
        order.append({user, provider});
    accounts[{user, provider}].balance += value;
    return {};
}

QString LedgerModel::requestRefund(const Address &user, const Address &provider, const Wei &amount)
{
    const auto found = accounts.find({user, provider});
    if (found == accounts.end())
        return QStringLiteral("AccountNotexists");
    Held &held = found->second;
    if (held.balance - held.pending < amount)
        return QStringLiteral("InsufficientBalance");
    Refund refund;
    refund.index = quint64(held.refunds.size());
    refund.amount = U256(amount);
    refund.createdAt = now;
    held.refunds.append(refund);
    held.pending += amount;
    return {};
}

QString LedgerModel::processRefund(const Address &user, const Address &provider, const QList<quint64> &indices)
{
    const auto found = accounts.find({user, provider});
    if (found == accounts.end())
        return QStringLiteral("AccountNotexists");
    Held held = found->second;
    Wei sum = 0;
    for (const quint64 index : indices) {
        if (index >= quint64(held.refunds.size()))
            return QStringLiteral("RefundInvalid");
        Refund &refund = held.refunds[qsizetype(index)];
        if (refund.processed)
            return QStringLiteral("RefundProcessed");
        if (now < refund.createdAt + lockTime)
            return QStringLiteral("RefundLocked");
        refund.processed = true;
        sum += Wei(refund.amount);
    }
    held.balance -= sum;
    held.pending -= sum;
    found->second = held;
    move(user, sum);
    return {};
}

QString LedgerModel::addOrUpdateService(const Address &provider, const Service &service)
{
    Service stored = service;
    stored.provider = provider;
    stored.updatedAt = now;
    for (Service &one : services) {
        if (one.provider == provider && one.name == service.name) {
            one = stored;
            return {};
        }
    }
    services.append(stored);
    return {};
}

QString LedgerModel::removeService(const Address &provider, const QString &name)
{
    for (qsizetype i = 0; i < services.size(); ++i) {
        if (services.at(i).provider != provider || services.at(i).name != name)
            continue;
        const Service last = services.takeLast();
        if (i < services.size())
            services[i] = last;
        return {};
    }
    return QStringLiteral("ServiceNotexist");
}

QString LedgerModel::settleOne(const Address &provider, const QList<ModelRequest> &trace)
{
    if (trace.isEmpty())
        return QStringLiteral("EmptyRequestTrace");
    const Address user = trace.first().request.user;
    const auto found = accounts.find({user, provider});
    if (found == accounts.end())
        return QStringLiteral("AccountNotexists");
    Held &held = found->second;
    Wei fee = 0;
    for (const ModelRequest &one : trace) {
        if (Wei(one.request.nonce) <= held.nonce)
            return QStringLiteral("NonceUsed");
        held.nonce = Wei(one.request.nonce);
        if (!one.genuine || one.provider != provider || one.request.user != user)
            return QStringLiteral("InvalidRequest");
        const Service *service = nullptr;
        for (const Service &candidate : services) {
            if (candidate.provider == provider && candidate.name == one.request.serviceName)
                service = &candidate;
        }
        if (!service)
            return QStringLiteral("ServiceNotexist");
        if (service->updatedAt >= one.request.createdAt)
            return QStringLiteral("ServiceUpdatedBeforeSettle");
        fee += Wei(one.request.inputCount) * Wei(service->inputPrice) + Wei(one.request.previousOutputCount) * Wei(service->outputPrice);
        if (!paid.insert({user, provider, held.nonce}).second)
            return QStringLiteral("settled twice");
    }
    if (held.balance < fee)
        return QStringLiteral("InsufficientBalanceWhenSettle");
    Wei fromRefunds = fee - (held.balance - held.pending);
    for (qsizetype i = held.refunds.size() - 1; i >= 0 && fromRefunds > 0; --i) {
        Refund &refund = held.refunds[i];
        if (refund.processed)
            continue;
        const Wei taken = fromRefunds < Wei(refund.amount) ? fromRefunds : Wei(refund.amount);
        refund.amount -= U256(taken);
        held.pending -= taken;
        fromRefunds -= taken;
    }
    held.balance -= fee;
    if (fee > 0)
        move(provider, fee);
    return {};
}

QString LedgerModel::settle(const Address &provider, const QList<QList<ModelRequest>> &traces)
{
    const auto accountsBefore = accounts;
    const auto walletsBefore = wallets;
    const auto paidBefore = paid;
    for (const QList<ModelRequest> &trace : traces) {
        const QString refused = settleOne(provider, trace);
        if (!refused.isEmpty()) {
            accounts = accountsBefore;
            wallets = walletsBefore;
            paid = paidBefore;
            return refused;
        }
    }
    return {};
}

QString LedgerModel::updateLockTime(const Address &caller, qint64 seconds)
{
    if (owner.isZero() || caller != owner)
        return QStringLiteral("Ownable: caller is not the owner");
    lockTime = seconds;
    return {};
}

Json LedgerModel::snapshot() const
{
    QList<Json::Member> money;
    for (const auto &[key, entry] : wallets)
        money.append({entry.first.toChecksum(), quoted(entry.second)});
    QList<Json> held;
    for (const Pair &pair : order) {
        const Held &one = accounts.at(pair);
        QList<Json> refunds;
        for (const Refund &refund : one.refunds)
            refunds.append(Json{{"index", quint64(refund.index)}, {"amount", quoted(Wei(refund.amount))}, {"createdAt", refund.createdAt}, {"processed", refund.processed}});
        held.append(Json{{"user", pair.first.toChecksum()}, {"provider", pair.second.toChecksum()}, {"nonce", quoted(one.nonce)}, {"balance", quoted(one.balance)},
            {"pendingRefund", quoted(one.pending)}, {"refunds", Json::array(refunds)}});
    }
    QList<Json> offered;
    for (const Service &service : services)
        offered.append(Json{{"provider", service.provider.toChecksum()}, {"name", service.name}, {"serviceType", service.type}, {"url", service.url},
            {"inputPrice", quoted(Wei(service.inputPrice))}, {"outputPrice", quoted(Wei(service.outputPrice))}, {"updatedAt", service.updatedAt}});
    return Json{{"lockTime", lockTime}, {"wallets", Json::object(money)}, {"accounts", Json::array(held)}, {"services", Json::array(offered)}};
}

} // namespace sluice::zerog::test
