#include "provider_agent_p.h"

#include "sluice/base/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace sluice::zerog {

void ProviderCore::takeAccount(const Account &account)
{
    ProviderUser &user = m_users[account.user];
    user.user = account.user;
    user.lockBalance = account.available();
    user.checkedAt = now();
    // What the ledger has moved, or never will: of a settlement whose outcome this agent did not see.
    if (user.settledUpTo(account.nonce) > 0) {
        const Address address = account.user;
        const U256 nonce = account.nonce;
        m_journal->add([address, nonce](Sql &sql) { provider_store::settledUpTo(sql, address, nonce); });
    }
}

awaitable<void> ProviderCore::syncAccounts()
{
    const Address provider = self();
    std::function<QCoro::Task<QList<Account>>(Ledger &)> work = [provider](Ledger &ledger) { return ledger.accounts(std::nullopt, provider); };
    const QList<Account> accounts = co_await m_ledger.ask(std::move(work));
    for (const Account &account : accounts) {
        takeAccount(account);
        journalUser(m_users.at(account.user));
    }
}

void ProviderCore::markSettled(const QList<RequestTrace> &traces)
{
    for (const RequestTrace &trace : traces) {
        const Address address = trace.requests.first().user;
        const U256 nonce = trace.requests.last().nonce;
        m_users.at(address).settledUpTo(nonce);
        m_journal->add([address, nonce](Sql &sql) { provider_store::settledUpTo(sql, address, nonce); });
    }
}

RequestTrace ProviderCore::quarantine(const RequestTrace &trace, const Refusal &refusal)
{
    const Address address = trace.requests.first().user;
    ProviderUser &user = m_users.at(address);
    const QString why = refusalText(refusal);
    const auto index = refusal.requestIndex();
    if (!index || *index >= trace.requests.size()) {
        // Of the account as a whole: it cannot pay, or is not there. It may, later.
        for (auto &[nonce, row] : user.open) {
            if (row.state == ProviderRow::State::Served)
                row.error = why;
        }
        m_journal->add([address, why](Sql &sql) { provider_store::leftOut(sql, address, why); });
        return {};
    }
    RequestTrace rest;
    for (qsizetype i = 0; i < trace.requests.size(); ++i) {
        const Request &request = trace.requests.at(i);
        if (i != *index) {
            rest.requests.append(request);
            continue;
        }
        user.rejected(request.nonce, why);
        const U256 nonce = request.nonce;
        m_journal->add([address, nonce, why](Sql &sql) { provider_store::setState(sql, address, nonce, ProviderRow::State::Rejected, why); });
    }
    return rest;
}

awaitable<QList<RequestTrace>> ProviderCore::sorted(QList<RequestTrace> traces)
{
    QList<RequestTrace> good;
    const Address provider = self();
    while (!traces.isEmpty()) {
        const QList<RequestTrace> asked = traces;
        std::function<QCoro::Task<QList<TraceOutlook>>(Ledger &)> work = [provider, asked](Ledger &ledger) { return ledger.outlook(provider, asked); };
        const QList<TraceOutlook> outlook = co_await m_ledger.ask(std::move(work));
        QList<RequestTrace> again;
        for (qsizetype i = 0; i < traces.size(); ++i) {
            if (!outlook.at(i).refusal) {
                good.append(traces.at(i));
                continue;
            }
            const RequestTrace rest = quarantine(traces.at(i), *outlook.at(i).refusal);
            if (!rest.requests.isEmpty())
                again.append(rest);
        }
        traces = again;
    }
    co_return std::as_const(good);
}

QList<RequestTrace> ProviderCore::unsettled() const
{
    QList<RequestTrace> traces;
    for (const auto &[address, user] : m_users) {
        if (const QList<Request> requests = user.settleable(); !requests.isEmpty())
            traces.append(RequestTrace(requests));
    }
    return traces;
}

awaitable<std::optional<QString>> ProviderCore::settle(QString trigger)
{
    const AsyncLock::Turn turn = co_await m_settling.take();
    const std::optional<QString> problem = co_await settleNow(trigger);
    co_return problem;
}

awaitable<std::optional<QString>> ProviderCore::settleNow(QString trigger)
{
    std::optional<QString> problem;
    QList<RequestTrace> traces = unsettled();
    if (traces.isEmpty())
        co_return problem;
    provider_store::SettlementNote note;
    note.started = now();
    note.trigger = trigger;
    const PrivateKey key = m_options.key;
    try {
        // All at once, which is what there is to do nearly always; only what the ledger refuses is looked at one by one.
        for (int attempt = 0; attempt < 3 && !note.ok && !traces.isEmpty(); ++attempt) {
            if (attempt > 0) {
                // Of a settlement in parts some may stand.
                co_await syncAccounts();
                const QList<RequestTrace> open = unsettled();
                traces = co_await sorted(open);
                if (traces.isEmpty())
                    break;
            }
            const QList<RequestTrace> given = traces;
            std::function<QCoro::Task<Settled<Settlement>>(Ledger &)> work = [key, given](Ledger &ledger) { return ledger.settleFees(key, given); };
            const Settled<Settlement> done = co_await m_ledger.ask(std::move(work));
            if (done) {
                note.ok = !done->stopped;
                note.total += done->total;
                if (note.ok)
                    markSettled(traces);
                else
                    problem = refusalText(*done->stopped);
            } else {
                problem = refusalText(done.error());
            }
        }
        if (note.ok || traces.isEmpty()) // or nobody is left who can pay, which their rows say
            problem.reset();
        co_await syncAccounts();
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        problem = error.message(); // it may have happened: the next look at the accounts tells
    }
    note.ok = !problem;
    note.finished = now();
    note.error = problem.value_or(QString());
    m_journal->add([note](Sql &sql) { provider_store::putSettlement(sql, note); });
    co_await m_journal->settled();
    co_return problem;
}

awaitable<void> ProviderCore::riskTick()
{
    const bool any = std::any_of(m_users.begin(), m_users.end(), [](const auto &entry) { return entry.second.unsettledFee() > 0; });
    if (!any)
        co_return;
    co_await syncAccounts();
    const bool risky = std::any_of(m_users.begin(), m_users.end(), [](const auto &entry) { return entry.second.unsettledFee() > Wei(entry.second.lockBalance); });
    if (risky)
        co_await settle(QStringLiteral("risk"));
}

void ProviderCore::spawn(std::function<awaitable<void>()> work)
{
    const auto self = shared_from_this();
    const auto guarded = [](std::shared_ptr<ProviderCore> core, std::function<awaitable<void>()> inner) -> awaitable<void> {
        try {
            co_await inner();
        } catch (const Error &error) {
            if (!core->m_ended)
                qCWarning(logNet) << "0G provider agent:" << error.describe();
        }
    };
    boost::asio::co_spawn(m_io.context(), guarded(self, std::move(work)), boost::asio::detached);
}

void ProviderCore::armRisk()
{
    m_riskAlarm.arm(m_options.settleInterval, [this] {
        armRisk();
        spawn([this]() -> awaitable<void> { co_await riskTick(); });
    });
}

void ProviderCore::armForce()
{
    m_forceAlarm.arm(m_options.forceInterval, [this] {
        armForce();
        spawn([this]() -> awaitable<void> { co_await settle(QStringLiteral("force")); });
    });
}

} // namespace sluice::zerog
