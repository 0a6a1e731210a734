#include "sluice/zerog/chain_ledger.h"

#include "chain_calls_p.h"
#include "chain_settlement_p.h"
#include "sluice/base/bytes.h"
#include "sluice/net/pin_store.h"
#include "sluice/zerog/contract_abi.h"

#include <algorithm>

namespace sluice::zerog {

using detail::Receipt;
using detail::SettlementPart;

namespace {

constexpr quint64 blocksAtOnce = 5000; // that a node is asked for with one eth_getLogs
constexpr int asksForEvents = 1000;            // in one call of events(): a node may claim any number of blocks
constexpr qsizetype settlementBytes = 100'000; // nodes refuse transactions of more than 128 KiB
constexpr int settlementBlockPercent = 50;     // a settlement that fills a block waits for an empty one
constexpr unsigned requestGas = 20'000;        // of one request, rather too much: what is too much all the same is halved

Json latest()
{
    return Json("latest");
}

QList<Json> addressAndLatest(const Address &address)
{
    QList<Json> params;
    params.append(Json(address.toLower()));
    params.append(latest());
    return params;
}

Error surprise(const char *what, const Refusal &refusal)
{
    return Error(Error::Kind::Rpc, QStringLiteral("The contract refuses %1: %2.").arg(QLatin1String(what), refusal.toText())).withAdvice(QStringLiteral("Check the contract's address."));
}

} // namespace

/// Nodes of chains are ordinary hosts: no key of one is ever pinned.
struct ChainLedger::OwnHttp {
    MemoryPinStore pins;
    TlsTrust trust{pins};
    HttpClient client{trust};
};

class ChainLedger::Private {
public:
    Private(HttpClient &http, Options options)
        : calls(http, std::move(options))
    {
    }

    /// A view that the contract never refuses.
    QCoro::Task<QByteArray> plain(const char *what, QByteArray data)
    {
        const Address nobody;
        QCoro::Task<Settled<QByteArray>> asking = calls.view(nobody, data, latest());
        const Settled<QByteArray> returned = co_await asking;
        if (!returned)
            throw surprise(what, returned.error());
        co_return *returned;
    }

    QCoro::Task<Settled<void>> done(PrivateKey caller, QByteArray data, U256 value)
    {
        QCoro::Task<Settled<Receipt>> sending = calls.send(caller, data, value);
        const Settled<Receipt> receipt = co_await sending;
        if (!receipt)
            co_return Settled<void>(unexpected(receipt.error()));
        co_return Settled<void>();
    }

    QCoro::Task<Json> newestBlock()
    {
        QList<Json> params;
        params.append(latest());
        params.append(Json(false));
        return calls.rpc(QStringLiteral("eth_getBlockByNumber"), params);
    }

    /// Parts that are expected to fit into a transaction.
    QCoro::Task<QList<SettlementPart>> partsOf(QList<RequestTrace> traces)
    {
        QCoro::Task<Json> asking = newestBlock();
        const Json block = co_await asking;
        const Wei room(orThrow(quantity(block.value(QStringLiteral("gasLimit")), QStringLiteral("block's gas"))));
        const Wei fitting = room * settlementBlockPercent / 100 / requestGas;
        const qsizetype most = qsizetype(std::clamp<Wei>(fitting, 1, settlementBytes));
        const QList<SettlementPart> parts = detail::settlementParts(traces, most, settlementBytes);
        co_return std::as_const(parts);
    }

    /// What these requests cost at the prices of now.
    static Wei amountOf(const Address &provider, const RequestTrace &trace, const QList<Service> &services)
    {
        Wei amount = 0;
        for (const Request &request : trace.requests) {
            for (const Service &service : services) {
                if (service.provider == provider && service.name == request.serviceName)
                    amount += feeOf(service, request.inputCount, request.previousOutputCount);
            }
        }
        return amount;
    }

    /// Why the provider could not settle this trace now; in parts where one call would be too large for the node.
    QCoro::Task<std::optional<Refusal>> outlookOf(Address provider, RequestTrace trace, Wei amount)
    {
        std::optional<Refusal> refusal = mixed(trace);
        if (refusal)
            co_return std::as_const(refusal);
        const QList<RequestTrace> alone(1, trace);
        QCoro::Task<QList<SettlementPart>> cutting = partsOf(alone);
        QList<SettlementPart> waiting = co_await cutting;
        bool inParts = waiting.size() > 1;
        while (!waiting.isEmpty() && !refusal) {
            const SettlementPart part = waiting.takeFirst();
            QCoro::Task<Settled<QByteArray>> asking = calls.view(provider, contract::settleFees(part.of(alone)), latest());
            const Settled<QByteArray> tried = co_await asking;
            if (tried)
                continue;
            if (tried.error().kind() == Refusal::Kind::TooMuchGas && part.requests() > 1) {
                const auto two = part.halves();
                waiting.prepend(two.second);
                waiting.prepend(two.first);
                inParts = true;
            } else {
                refusal = part.inTrace(tried.error());
            }
        }
        if (refusal || !inParts)
            co_return std::as_const(refusal);
        // Each part could be paid; all of them, says the account.
        QCoro::Task<Settled<QByteArray>> asking = calls.view(provider, contract::getAccount(trace.requests.first().user, provider), latest());
        const Settled<QByteArray> returned = co_await asking;
        const U256 balance = returned ? orThrow(contract::accountFrom(*returned)).balance : U256(0);
        if (amount > Wei(balance))
            refusal = Refusal::ofNumbers(Refusal::Kind::InsufficientBalanceWhenSettle, {orThrow(toU256(amount)), balance});
        co_return std::as_const(refusal);
    }

    /// All requests are of their trace's user: the contract of A does not look (4.3), and would charge the first one for others.
    static std::optional<Refusal> mixed(const RequestTrace &trace)
    {
        for (qsizetype i = 0; i < trace.requests.size(); ++i) {
            if (trace.requests.at(i).user != trace.requests.first().user || trace.requests.at(i).user.isZero())
                return Refusal::ofNumbers(Refusal::Kind::InvalidRequest, {U256(i)});
        }
        return std::nullopt;
    }

    detail::ChainCalls calls;
};

ChainLedger::ChainLedger(HttpClient &http, Options options)
    : m_p(std::make_unique<Private>(http, std::move(options)))
{
}

ChainLedger::ChainLedger(Options options)
    : m_http(std::make_unique<OwnHttp>())
    , m_p(std::make_unique<Private>(m_http->client, std::move(options)))
{
}

ChainLedger::~ChainLedger() = default;

QCoro::Task<qint64> ChainLedger::now()
{
    QCoro::Task<Json> asking = m_p->newestBlock();
    const Json block = co_await asking;
    const U256 seconds = orThrow(quantity(block.value(QStringLiteral("timestamp")), QStringLiteral("block's time")));
    if (seconds > U256(std::numeric_limits<qint64>::max()))
        throw Error(Error::Kind::Rpc, QStringLiteral("The newest block has an impossible time."));
    co_return qint64(seconds);
}

QCoro::Task<qint64> ChainLedger::lockTime()
{
    QCoro::Task<QByteArray> asking = m_p->plain("the lock time", contract::lockTime());
    const QByteArray returned = co_await asking;
    co_return orThrow(contract::secondsFrom(returned));
}

QCoro::Task<Settled<Account>> ChainLedger::account(Address user, Address provider)
{
    const Address nobody;
    QCoro::Task<Settled<QByteArray>> asking = m_p->calls.view(nobody, contract::getAccount(user, provider), latest());
    const Settled<QByteArray> returned = co_await asking;
    if (!returned)
        co_return Settled<Account>(unexpected(returned.error()));
    const Account account = orThrow(contract::accountFrom(*returned));
    if (account.user != user || account.provider != provider)
        throw Error(Error::Kind::Rpc, QStringLiteral("The contract's answer cannot be: the account of %1 at %2 came for that of %3 at %4.")
                                          .arg(account.user.toChecksum(), account.provider.toChecksum(), user.toChecksum(), provider.toChecksum()));
    co_return Settled<Account>(account);
}

QCoro::Task<QList<Account>> ChainLedger::accounts(std::optional<Address> user, std::optional<Address> provider)
{
    QCoro::Task<QByteArray> asking = m_p->plain("its accounts", contract::getAllAccounts());
    const QByteArray returned = co_await asking;
    QList<Account> accounts = orThrow(contract::accountsFrom(returned));
    accounts.removeIf([&](const Account &one) { return (user && one.user != *user) || (provider && one.provider != *provider); });
    co_return accounts;
}

QCoro::Task<Settled<Service>> ChainLedger::service(Address provider, QString name)
{
    const Address nobody;
    QCoro::Task<Settled<QByteArray>> asking = m_p->calls.view(nobody, contract::getService(provider, name), latest());
    const Settled<QByteArray> returned = co_await asking;
    if (!returned)
        co_return Settled<Service>(unexpected(returned.error()));
    const Service service = orThrow(contract::serviceFrom(*returned));
    if (service.provider != provider || service.name != name)
        throw Error(Error::Kind::Rpc, QStringLiteral("The contract's answer cannot be: the service \"%1\" of %2 came for \"%3\" of %4.")
                                          .arg(service.name.left(200), service.provider.toChecksum(), name.left(200), provider.toChecksum()));
    co_return Settled<Service>(service);
}

QCoro::Task<QList<Service>> ChainLedger::services()
{
    QCoro::Task<QByteArray> asking = m_p->plain("its services", contract::getAllServices());
    const QByteArray returned = co_await asking;
    co_return orThrow(contract::servicesFrom(returned));
}

QCoro::Task<Wei> ChainLedger::walletBalance(Address wallet)
{
    QCoro::Task<Json> asking = m_p->calls.rpc(QStringLiteral("eth_getBalance"), addressAndLatest(wallet));
    const Json balance = co_await asking;
    co_return Wei(orThrow(quantity(balance, QStringLiteral("balance"))));
}

QCoro::Task<LedgerEvents> ChainLedger::events(quint64 since, int limit)
{
    QCoro::Task<Json> askingBlock = m_p->newestBlock();
    const Json block = co_await askingBlock;
    const U256 newest = orThrow(quantity(block.value(QStringLiteral("number")), QStringLiteral("block's number")));
    LedgerEvents result;
    result.next = std::max(since, m_p->calls.options().firstBlock);
    if (newest > U256(std::numeric_limits<qint64>::max()))
        throw Error(Error::Kind::Rpc, QStringLiteral("The newest block has an impossible number: %1.").arg(toDecimal(newest)));
    // Whole blocks only, so that a cursor never cuts one.
    for (int asked = 0; U256(result.next) <= newest && result.events.size() < limit && asked < asksForEvents; ++asked) {
        const quint64 last = quint64(std::min<U256>(newest, U256(result.next) + (blocksAtOnce - 1)));
        QList<Json> topics;
        for (const Hash32 &topic : contract::eventTopics())
            topics.append(Json(topic.toHex()));
        QList<Json> params;
        params.append(Json{{"address", m_p->calls.options().contract.toLower()}, {"fromBlock", toHexText(U256(result.next))}, {"toBlock", toHexText(U256(last))},
            {"topics", Json::array({Json::array(topics)})}});
        QCoro::Task<Json> asking = m_p->calls.rpc(QStringLiteral("eth_getLogs"), params);
        const Json logs = co_await asking;
        for (const Json &log : logs.items()) {
            const std::optional<LedgerEvent> event = orThrow(detail::logFrom(log, m_p->calls.options().contract));
            if (event)
                result.events.append(*event);
        }
        result.next = last + 1;
    }
    if (result.events.size() > limit) {
        // The block that passes the limit is for the next time, unless it is the first.
        const quint64 cut = result.events.at(limit).block;
        if (result.events.first().block != cut) {
            result.events.removeIf([cut](const LedgerEvent &event) { return event.block >= cut; });
            result.next = cut;
        } else {
            result.events.removeIf([cut](const LedgerEvent &event) { return event.block > cut; });
            result.next = cut + 1;
        }
    }
    co_return result;
}

QCoro::Task<QList<TraceOutlook>> ChainLedger::outlook(Address provider, QList<RequestTrace> traces)
{
    QCoro::Task<QList<Service>> listing = services();
    const QList<Service> offered = co_await listing;
    QList<TraceOutlook> result;
    for (const RequestTrace &trace : traces) {
        TraceOutlook one;
        const Wei amount = Private::amountOf(provider, trace, offered);
        QCoro::Task<std::optional<Refusal>> looking = m_p->outlookOf(provider, trace, amount);
        one.refusal = co_await looking;
        if (!one.refusal)
            one.amount = amount;
        result.append(one);
    }
    co_return result;
}

QCoro::Task<Settled<void>> ChainLedger::depositFund(PrivateKey caller, Address provider, U256 value)
{
    return m_p->done(caller, contract::depositFund(provider), value);
}

QCoro::Task<Settled<Refund>> ChainLedger::requestRefund(PrivateKey caller, Address provider, U256 amount)
{
    QCoro::Task<Settled<Receipt>> sending = m_p->calls.send(caller, contract::requestRefund(provider, amount), 0);
    const Settled<Receipt> receipt = co_await sending;
    if (!receipt)
        co_return Settled<Refund>(unexpected(receipt.error()));
    for (const LedgerEvent &event : receipt->events) {
        const auto *asked = std::get_if<RefundRequested>(&event.what);
        if (!asked || asked->user != caller.address() || asked->provider != provider)
            continue;
        Refund refund;
        refund.index = asked->index;
        refund.amount = amount;
        refund.createdAt = asked->timestamp;
        co_return Settled<Refund>(refund);
    }
    throw Error(Error::Kind::Rpc, QStringLiteral("The refund was requested, and the contract's event of it is missing."));
}

QCoro::Task<Settled<void>> ChainLedger::processRefund(PrivateKey caller, Address provider, QList<quint64> indices)
{
    return m_p->done(caller, contract::processRefund(provider, indices), 0);
}

QCoro::Task<Settled<void>> ChainLedger::addOrUpdateService(PrivateKey caller, Service service)
{
    return m_p->done(caller, contract::addOrUpdateService(service), 0);
}

QCoro::Task<Settled<void>> ChainLedger::removeService(PrivateKey caller, QString name)
{
    return m_p->done(caller, contract::removeService(name), 0);
}

QCoro::Task<Settled<Settlement>> ChainLedger::settleFees(PrivateKey caller, QList<RequestTrace> traces)
{
    for (const RequestTrace &trace : traces) {
        if (const auto refusal = Private::mixed(trace))
            co_return Settled<Settlement>(unexpected(*refusal));
    }
    QCoro::Task<QList<Service>> listing = services();
    const QList<Service> offered = co_await listing;
    Settlement settlement;
    settlement.amounts = QList<Wei>(traces.size());
    QCoro::Task<QList<SettlementPart>> cutting = m_p->partsOf(traces);
    QList<SettlementPart> waiting = co_await cutting;
    bool any = false;
    while (!waiting.isEmpty()) {
        const SettlementPart part = waiting.takeFirst();
        const QList<RequestTrace> given = part.of(traces);
        const bool splits = part.requests() > 1;
        QCoro::Task<Settled<Receipt>> sending = m_p->calls.send(caller, contract::settleFees(given), 0, splits ? settlementBlockPercent : 100);
        const Settled<Receipt> receipt = co_await sending;
        if (!receipt && splits && receipt.error().kind() == Refusal::Kind::TooMuchGas) {
            const auto two = part.halves();
            waiting.prepend(two.second);
            waiting.prepend(two.first);
            continue;
        }
        if (!receipt && !any)
            co_return Settled<Settlement>(unexpected(part.inTrace(receipt.error())));
        if (!receipt) {
            settlement.stopped = part.inTrace(receipt.error());
            break;
        }
        any = true;
        for (qsizetype i = 0; i < given.size(); ++i) {
            const Wei amount = Private::amountOf(caller.address(), given.at(i), offered);
            settlement.amounts[part.spans.at(i).trace] += amount;
            settlement.total += amount;
        }
    }
    co_return Settled<Settlement>(settlement);
}

QCoro::Task<Settled<void>> ChainLedger::updateLockTime(PrivateKey caller, qint64 seconds)
{
    return m_p->done(caller, contract::updateLockTime(seconds), 0);
}

} // namespace sluice::zerog
