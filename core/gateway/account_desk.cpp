#include "account_desk_p.h"

namespace sluice::account_desk {

namespace {

RemoteAccounts &accountsOf(const GatewayCore &core, const QString &backend)
{
    Backend *there = core.find(backend);
    RemoteAccounts *facet = there ? RemoteAccounts::of(*there) : nullptr;
    if (!facet)
        throw Error(Error::Kind::NotRouted, QStringLiteral("The backend “%1” pays from no accounts here.").arg(backend));
    return *facet;
}

SalesDesk &deskOf(const GatewayCore &core, const QString &backend)
{
    Backend *there = core.find(backend);
    SalesDesk *facet = there ? SalesDesk::of(*there) : nullptr;
    if (!facet)
        throw Error(Error::Kind::NotRouted, QStringLiteral("Nothing is sold through the backend “%1” here.").arg(backend))
            .withAdvice(QStringLiteral("Write the address of your provider agent into the profile."));
    return *facet;
}

} // namespace

QStringList paying(const GatewayCore &core)
{
    QStringList ids;
    for (const auto &backend : core.backends()) {
        if (RemoteAccounts::of(*backend))
            ids.append(backend->id());
    }
    return ids;
}

QStringList selling(const GatewayCore &core)
{
    QStringList ids;
    for (const auto &backend : core.backends()) {
        if (SalesDesk::of(*backend))
            ids.append(backend->id());
    }
    return ids;
}

QCoro::Task<AccountBook> accounts(std::shared_ptr<GatewayCore> core, QString backend, CallContext context)
{
    AccountBook book = co_await accountsOf(*core, backend).accounts(context);
    book.backend = backend;
    co_return std::as_const(book);
}

QCoro::Task<QList<AccountCall>> calls(std::shared_ptr<GatewayCore> core, QString backend, int most, CallContext context)
{
    const QList<AccountCall> found = co_await accountsOf(*core, backend).calls(most, context);
    co_return found;
}

QCoro::Task<void> deposit(std::shared_ptr<GatewayCore> core, QString backend, QString provider, QString amount, CallContext context)
{
    RemoteAccounts &facet = accountsOf(*core, backend);
    const AccountBook book = co_await facet.accounts(context);
    const auto same = [&](const RemoteAccount &account) { return account.provider.compare(provider, Qt::CaseInsensitive) == 0; };
    if (std::any_of(book.accounts.begin(), book.accounts.end(), same))
        co_await facet.deposit(provider, amount, context);
    else
        co_await facet.openAccount(provider, amount, context);
}

QCoro::Task<void> askRefund(std::shared_ptr<GatewayCore> core, QString backend, QString provider, QString amount, CallContext context)
{
    co_await accountsOf(*core, backend).askRefund(provider, amount, context);
}

QCoro::Task<void> processRefunds(std::shared_ptr<GatewayCore> core, QString backend, CallContext context)
{
    co_await accountsOf(*core, backend).processRefunds(context);
}

bool hasNetwork(const GatewayCore &core, const QString &backend)
{
    Backend *there = core.find(backend);
    RemoteAccounts *facet = there ? RemoteAccounts::of(*there) : nullptr;
    return facet && facet->network();
}

QCoro::Task<NetworkBook> network(std::shared_ptr<GatewayCore> core, QString backend, CallContext context)
{
    RemoteNetwork *chain = accountsOf(*core, backend).network();
    if (!chain)
        throw Error(Error::Kind::NotRouted, QStringLiteral("The profile names no chain of the backend “%1”.").arg(backend));
    const NetworkBook book = co_await chain->read(context);
    co_return book;
}

QCoro::Task<SalesBook> sales(std::shared_ptr<GatewayCore> core, QString backend, int mostCalls, CallContext context)
{
    SalesBook book = co_await deskOf(*core, backend).sales(mostCalls, context);
    book.backend = backend;
    co_return std::as_const(book);
}

QCoro::Task<SettlementOutcome> settle(std::shared_ptr<GatewayCore> core, QString backend, CallContext context)
{
    const SettlementOutcome outcome = co_await deskOf(*core, backend).settle(context);
    co_return outcome;
}

} // namespace sluice::account_desk
