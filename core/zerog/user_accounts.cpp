#include "user_agent_p.h"

#include "sluice/base/log.h"
#include "sluice/zerog/neuron.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace sluice::zerog {

namespace {

Error ledgerSays(const char *what, const Refusal &refusal)
{
    return Error(Error::Kind::InvalidInput, QStringLiteral("%1: %2").arg(QLatin1String(what), refusal.toText()));
}

/// `balance` or `amount` of a body.
Expected<U256> amountOf(const Json &body, const QString &name, const QString &missing)
{
    if (!hasMember(body, name))
        return unexpected(Error(Error::Kind::InvalidInput, missing));
    return neuron::fromJson(memberOf(body, name), name);
}

} // namespace

awaitable<Settled<Account>> UserCore::accountAt(Address provider)
{
    const Address user = self();
    std::function<QCoro::Task<Settled<Account>>(Ledger &)> work = [user, provider](Ledger &ledger) { return ledger.account(user, provider); };
    Settled<Account> account = co_await m_ledger.ask(std::move(work));
    co_return account;
}

awaitable<QList<Account>> UserCore::accounts()
{
    const Address user = self();
    std::function<QCoro::Task<QList<Account>>(Ledger &)> work = [user](Ledger &ledger) { return ledger.accounts(user, std::nullopt); };
    QList<Account> all = co_await m_ledger.ask(std::move(work));
    co_return all;
}

awaitable<void> UserCore::listAccounts(ServerResponse &response)
{
    const QList<Account> all = co_await accounts();
    QList<Json> items;
    for (const Account &account : all) {
        const auto local = m_accounts.find(account.provider);
        items.append(account.toJson(local == m_accounts.end() ? std::nullopt : local->second.lastOutput));
    }
    co_await answerJson(response, 200, listJson(items));
}

awaitable<void> UserCore::showAccount(ServerResponse &response, Address provider)
{
    const Settled<Account> account = co_await accountAt(provider);
    if (!account)
        throw ledgerSays("get account from contract", account.error());
    const auto local = m_accounts.find(provider);
    const std::optional<U256> last = local == m_accounts.end() ? std::nullopt : local->second.lastOutput;
    co_await answerJson(response, 200, account->toJson(last));
}

awaitable<void> UserCore::deposit(Address provider, U256 amount)
{
    const PrivateKey key = m_options.key;
    std::function<QCoro::Task<Settled<void>>(Ledger &)> work = [key, provider, amount](Ledger &ledger) { return ledger.depositFund(key, provider, amount); };
    const Settled<void> done = co_await m_ledger.ask(std::move(work));
    if (!done)
        throw ledgerSays("deposit", done.error());
}

awaitable<void> UserCore::createAccount(ServerRequest &request, ServerResponse &response)
{
    const Json body = orThrow(bodyObject(request.body));
    const auto provider = Address::fromHex(memberOf(body, QStringLiteral("provider")).toString());
    if (!provider)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("create account: provider: %1").arg(provider.error().message()));
    const U256 balance = orThrow(amountOf(body, QStringLiteral("balance"), QStringLiteral("create account: balance is required")));
    const AsyncLock::Turn turn = co_await m_money.take();
    const Settled<Account> before = co_await accountAt(*provider);
    if (before)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("create account: account already exists"));
    co_await deposit(*provider, balance);
    co_await answerEmpty(response, 204);
}

awaitable<void> UserCore::charge(ServerRequest &request, ServerResponse &response, Address provider)
{
    const Json body = orThrow(bodyObject(request.body));
    const U256 balance = orThrow(amountOf(body, QStringLiteral("balance"), QStringLiteral("nil account.Balance")));
    const AsyncLock::Turn turn = co_await m_money.take();
    const Settled<Account> before = co_await accountAt(provider);
    if (!before)
        throw ledgerSays("charge account: get account from contract", before.error());
    co_await deposit(provider, balance);
    co_await answerEmpty(response, 202);
}

awaitable<void> UserCore::refund(ServerRequest &request, ServerResponse &response, Address provider)
{
    const Json body = orThrow(bodyObject(request.body));
    const U256 amount = orThrow(amountOf(body, QStringLiteral("amount"), QStringLiteral("nil refund.Amount")));
    const AsyncLock::Turn turn = co_await m_money.take();
    const Settled<Account> before = co_await accountAt(provider);
    if (!before)
        throw ledgerSays("request refund: get account from contract", before.error());
    const QString tooMuch = QStringLiteral("request refund: updating is not allowed as refund %1 exceeds the refundable balance").arg(toDecimal(amount));
    if (amount > before->available())
        throw Error(Error::Kind::InvalidInput, tooMuch);
    const PrivateKey key = m_options.key;
    std::function<QCoro::Task<Settled<Refund>>(Ledger &)> work = [key, provider, amount](Ledger &ledger) { return ledger.requestRefund(key, provider, amount); };
    const Settled<Refund> asked = co_await m_ledger.ask(std::move(work));
    if (!asked && asked.error().kind() == Refusal::Kind::InsufficientBalance)
        throw Error(Error::Kind::InvalidInput, tooMuch); // a settlement came between
    if (!asked)
        throw ledgerSays("request refund", asked.error());
    co_await answerEmpty(response, 202);
}

awaitable<void> UserCore::listRefunds(ServerResponse &response, QByteArray query)
{
    const std::optional<bool> processed = processedFilter(query);
    const QList<Account> all = co_await accounts();
    QList<Json> items;
    Wei sum = 0;
    for (const Account &account : all) {
        for (const Refund &one : account.refunds) {
            if (processed && *processed != one.processed)
                continue;
            items.append(one.toJson(account.provider));
            sum += one.amount;
        }
    }
    co_await answerJson(response, 200, listJson(items, sum));
}

void UserCore::armSweep()
{
    m_sweepAlarm.arm(m_options.refundInterval, [this] {
        const auto guarded = [](std::shared_ptr<UserCore> core) -> awaitable<void> {
            try {
                (void)co_await core->sweep(); // what was refused is in the log
            } catch (const Error &error) {
                if (!core->m_ended)
                    qCWarning(logNet) << "0G user agent: refunds could not be looked for:" << error.describe();
            }
            if (!core->m_ended)
                core->armSweep();
        };
        boost::asio::co_spawn(m_io.context(), guarded(shared_from_this()), boost::asio::detached);
    });
}

/// As the sweep does it, now.
awaitable<void> UserCore::answerProcessRefunds(ServerResponse &response)
{
    const std::optional<QString> problem = co_await sweep();
    if (problem)
        co_await answerError(response, QStringLiteral("User: process refund: %1").arg(*problem));
    else
        co_await answerEmpty(response, 202);
}

awaitable<std::optional<QString>> UserCore::sweep()
{
    std::optional<QString> problem;
    std::function<QCoro::Task<qint64>(Ledger &)> lock = [](Ledger &ledger) { return ledger.lockTime(); };
    const qint64 lockTime = co_await m_ledger.ask(std::move(lock));
    const AsyncLock::Turn turn = co_await m_money.take();
    const QList<Account> all = co_await accounts();
    std::function<QCoro::Task<qint64>(Ledger &)> clock = [](Ledger &ledger) { return ledger.now(); };
    const qint64 time = co_await m_ledger.ask(std::move(clock));
    for (const Account &account : all) {
        QList<quint64> due;
        for (const Refund &one : account.refunds) {
            if (!one.processed && one.createdAt + lockTime <= time)
                due.append(one.index);
        }
        if (due.isEmpty())
            continue;
        const std::optional<QString> refused = co_await processRefunds(account.provider, due);
        if (refused)
            problem = refused;
    }
    co_return problem;
}

awaitable<std::optional<QString>> UserCore::processRefunds(Address provider, QList<quint64> indices)
{
    const PrivateKey key = m_options.key;
    std::function<QCoro::Task<Settled<void>>(Ledger &)> work = [key, provider, indices](Ledger &ledger) { return ledger.processRefund(key, provider, indices); };
    const Settled<void> done = co_await m_ledger.ask(std::move(work));
    std::optional<QString> problem;
    if (done)
        co_return problem;
    qCWarning(logNet) << "0G user agent: refunds of" << provider.toChecksum() << "were refused:" << done.error().toText();
    if (indices.size() == 1)
        problem = done.error().toText();
    // One that cannot be paid must not keep the others.
    for (qsizetype i = 0; i < indices.size() && indices.size() > 1; ++i) {
        const QList<quint64> alone{indices.at(i)};
        const std::optional<QString> refused = co_await processRefunds(provider, alone);
        if (refused)
            problem = refused;
    }
    co_return problem;
}

} // namespace sluice::zerog
