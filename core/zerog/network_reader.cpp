#include "sluice/zerog/network_reader.h"

#include "sluice/base/bytes.h"
#include "sluice/crypto/hash32.h"
#include "sluice/zerog/contract_abi.h"
#include "sluice/zerog/json_rpc.h"
#include "sluice/zerog/network_abi.h"

#include <QtCore/QSet>

namespace sluice::zerog {

namespace {

constexpr qsizetype maxAnswerBytes = 4 * 1024 * 1024; // a page of 50 services whose texts are as long as the contract allows is a fifth of it
constexpr quint64 latestTime = 253'402'300'799;

Error rpcError(const QString &message)
{
    return Error(Error::Kind::Rpc, message);
}

/// One reading: what it found so far, and the block that all of it is of.
struct Reading {
    Reading() = default;
    NetworkBook book;
    Json block;
    Hash32 blockHash;
    Address ledger;
    Address inference;
    CallContext context;
};

/// No provider twice, as there is one service and one account for each.
template <typename T> void requireDistinct(const QList<T> &items)
{
    QSet<QString> seen;
    for (const T &item : items) {
        if (seen.contains(item.provider))
            throw rpcError(QStringLiteral("The contract's answer cannot be: the provider %1 comes twice.").arg(item.provider));
        seen.insert(item.provider);
    }
}

void joinAcknowledgements(NetworkBook &book)
{
    QSet<QString> acknowledged;
    for (const NetworkAccount &account : std::as_const(book.accounts)) {
        if (account.acknowledged)
            acknowledged.insert(account.provider);
    }
    for (NetworkService &service : book.services)
        service.userAcknowledged = acknowledged.contains(service.provider);
}

void setRefundTimes(NetworkBook &book)
{
    for (NetworkAccount &account : book.accounts) {
        for (AccountRefund &refund : account.refunds)
            refund.dueAt = refund.askedAt.addSecs(book.lockSeconds);
    }
}

} // namespace

class NetworkReader::Private {
public:
    Private(HttpClient &http, Options given)
        : rpc(http, given.url, maxAnswerBytes)
        , options(std::move(given))
    {
    }

    QCoro::Task<Json> ask(QString method, QList<Json> params, CallContext context) { return rpc.call(method, params, context.within(options.requestTimeout)); }

    QCoro::Task<RpcAnswer> tryView(Address contract, QByteArray data, std::shared_ptr<Reading> reading)
    {
        const Json call{{"to", contract.toLower()}, {"data", bytes::toHex0x(data)}};
        QList<Json> params;
        params.append(call);
        params.append(reading->block);
        return rpc.ask(QStringLiteral("eth_call"), params, reading->context.within(options.requestTimeout));
    }

    /// What a contract's view returns.
    QCoro::Task<QByteArray> view(Address contract, QByteArray data, const char *what, std::shared_ptr<Reading> reading)
    {
        QCoro::Task<RpcAnswer> asking = tryView(contract, data, reading);
        const RpcAnswer answer = co_await asking;
        if (!answer.result) {
            const QString why = answer.revertData ? contract::refusalFrom(*answer.revertData).toText() : answer.message;
            throw rpcError(QStringLiteral("The contract %1 does not tell %2: %3.").arg(contract.toChecksum(), QLatin1String(what), why))
                .withAdvice(QStringLiteral("Check that this is the address of 0G's ledger contract on chain %1.").arg(reading->book.chainId));
        }
        const QByteArray returned = orThrow(rpcData(*answer.result, QLatin1String(what)));
        if (returned.isEmpty())
            throw rpcError(QStringLiteral("There is no contract at %1 on chain %2 that tells %3.").arg(contract.toChecksum(), reading->book.chainId, QLatin1String(what)))
                .withAdvice(QStringLiteral("Check the ledger contract's address, and that the node belongs to that chain."));
        co_return returned;
    }

    QCoro::Task<void> findChain(std::shared_ptr<Reading> reading)
    {
        QCoro::Task<Json> askingChain = ask(QStringLiteral("eth_chainId"), {}, reading->context);
        const Json chain = co_await askingChain;
        const U256 id = orThrow(quantity(chain, QStringLiteral("chain id")));
        reading->book.chainId = toDecimal(id);
        std::optional<Address> ledger = options.ledger;
        for (const Chain &known : knownChains()) {
            if (U256(known.id) != id)
                continue;
            reading->book.chain = QLatin1String(known.name);
            if (!ledger)
                ledger = orThrow(Address::fromHex(QString::fromLatin1(known.ledger)));
        }
        if (!ledger)
            throw Error(Error::Kind::Config, QStringLiteral("The chain %1 is none whose ledger contract is known.").arg(reading->book.chainId))
                .withField(QStringLiteral("/chain_ledger"))
                .withAdvice(QStringLiteral("Say the address of 0G's LedgerManager there."));
        reading->ledger = *ledger;
        QList<Json> params;
        params.append(Json("latest"));
        params.append(Json(false));
        QCoro::Task<Json> askingBlock = ask(QStringLiteral("eth_getBlockByNumber"), params, reading->context);
        const Json block = co_await askingBlock;
        const U256 number = orThrow(quantity(block.value(QStringLiteral("number")), QStringLiteral("block's number")));
        const U256 seconds = orThrow(quantity(block.value(QStringLiteral("timestamp")), QStringLiteral("block's time")));
        if (seconds > latestTime)
            throw rpcError(QStringLiteral("The newest block has an impossible time: %1.").arg(toDecimal(seconds)));
        const auto hash = Hash32::fromHex(block.value(QStringLiteral("hash")).toString().toLatin1());
        if (!hash)
            throw rpcError(QStringLiteral("The newest block has no hash."));
        reading->blockHash = *hash;
        reading->block = Json(toHexText(number));
        reading->book.block = toDecimal(number);
        reading->book.at = QDateTime::fromSecsSinceEpoch(qint64(seconds), Qt::UTC);
        reading->book.ledgerContract = reading->ledger.toChecksum();
    }

    /// What was read by the block's number is of one block only while that number is the same block's.
    QCoro::Task<void> requireSameBlock(std::shared_ptr<Reading> reading)
    {
        QList<Json> params;
        params.append(reading->block);
        params.append(Json(false));
        QCoro::Task<Json> asking = ask(QStringLiteral("eth_getBlockByNumber"), params, reading->context);
        const Json block = co_await asking;
        const auto hash = Hash32::fromHex(block.value(QStringLiteral("hash")).toString().toLatin1());
        if (!hash || *hash != reading->blockHash)
            throw rpcError(QStringLiteral("The chain put another block in the place of block %1 while it was read.").arg(reading->book.block)).withAdvice(QStringLiteral("Read it again."));
    }

    QCoro::Task<void> findContracts(std::shared_ptr<Reading> reading)
    {
        const QString inference = QStringLiteral("inference");
        QCoro::Task<QByteArray> asking = view(reading->ledger, network::getRecommendedService(inference), "the contract of inference", reading);
        const QByteArray returned = co_await asking;
        const network::Recommended recommended = orThrow(network::recommendedFrom(returned));
        reading->inference = recommended.contract;
        reading->book.serviceContract = recommended.contract.toChecksum();
        reading->book.serviceName = inference + QLatin1Char('-') + recommended.version;
        QCoro::Task<QByteArray> askingTime = view(reading->inference, contract::lockTime(), "the lock time", reading);
        const QByteArray lockTime = co_await askingTime;
        constexpr qint64 longest = 10LL * 365 * 86400;
        reading->book.lockSeconds = orThrow(contract::secondsFrom(lockTime));
        if (reading->book.lockSeconds > longest)
            throw rpcError(QStringLiteral("The contract's lock time cannot be: %1 s.").arg(reading->book.lockSeconds));
    }

    /// All items of a list that is told in pages, `most` at most.
    template <typename T, typename CallOf, typename Read>
    QCoro::Task<QList<T>> items(qsizetype most, const char *what, CallOf callOf, Read read, std::shared_ptr<Reading> reading)
    {
        QList<T> all;
        for (;;) {
            QCoro::Task<QByteArray> asking = view(reading->inference, callOf(all.size()), what, reading);
            const QByteArray returned = co_await asking;
            const network::Page<T> page = orThrow(read(returned));
            all += page.items;
            if (quint64(all.size()) > page.total || (page.items.isEmpty() && quint64(all.size()) < page.total))
                throw rpcError(QStringLiteral("The contract's answer cannot be: of %1 items of %2 it gives %3.").arg(page.total).arg(QLatin1String(what)).arg(all.size()));
            if (quint64(all.size()) == page.total)
                break;
            if (all.size() < most)
                continue;
            reading->book.isWhole = false;
            break;
        }
        requireDistinct(all);
        co_return std::as_const(all);
    }

    QCoro::Task<void> readServices(std::shared_ptr<Reading> reading)
    {
        QCoro::Task<QList<NetworkService>> asking = items<NetworkService>(
            MaxServices, "its services", [](qsizetype offset) { return network::getAllServices(offset); }, [](QByteArrayView returned) { return network::servicesFrom(returned); }, reading);
        reading->book.services = co_await asking;
    }

    QCoro::Task<void> readMoney(Address wallet, std::shared_ptr<Reading> reading)
    {
        NetworkBook &book = reading->book;
        book.owner = wallet.toChecksum();
        QList<Json> params;
        params.append(Json(wallet.toLower()));
        params.append(reading->block);
        QCoro::Task<Json> askingBalance = ask(QStringLiteral("eth_getBalance"), params, reading->context);
        const Json balance = co_await askingBalance;
        book.wallet = toDecimal(orThrow(quantity(balance, QStringLiteral("balance"))));
        QCoro::Task<RpcAnswer> askingLedger = tryView(reading->ledger, network::getLedger(wallet), reading);
        const RpcAnswer ledger = co_await askingLedger;
        const bool none = !ledger.result && ledger.revertData && network::saysNoLedger(*ledger.revertData);
        if (!none) {
            if (!ledger.result)
                throw rpcError(QStringLiteral("The ledger contract does not tell what %1 has there: %2.").arg(book.owner, ledger.revertData ? contract::refusalFrom(*ledger.revertData).toText() : ledger.message));
            const QByteArray returned = orThrow(rpcData(*ledger.result, QStringLiteral("ledger")));
            const network::Funds funds = orThrow(network::fundsFrom(returned));
            if (funds.user != wallet)
                throw rpcError(QStringLiteral("The contract's answer cannot be: the ledger of %1 came for that of %2.").arg(funds.user.toChecksum(), book.owner));
            book.hasLedger = true;
            book.ledgerTotal = toDecimal(funds.total);
            book.ledgerAvailable = toDecimal(funds.available);
        }
        QCoro::Task<QList<NetworkAccount>> asking = items<NetworkAccount>(
            MaxAccounts, "its accounts", [wallet](qsizetype offset) { return network::getAccountsByUser(wallet, offset); },
            [wallet](QByteArrayView returned) { return network::accountsFrom(returned, wallet); }, reading);
        book.accounts = co_await asking;
    }

    RpcClient rpc;
    Options options;
};

NetworkReader::NetworkReader(HttpClient &http, Options options)
    : m_p(std::make_unique<Private>(http, std::move(options)))
{
}

NetworkReader::~NetworkReader() = default;

const QList<NetworkReader::Chain> &NetworkReader::knownChains()
{
    static const QList<Chain> all{
        {16661, "0G mainnet", "0x2dE54c845Cd948B72D2e32e39586fe89607074E3"},
        {16602, "0G testnet", "0xE70830508dAc0A97e6c087c75f402f9Be669E406"},
    };
    return all;
}

QCoro::Task<NetworkBook> NetworkReader::read(std::optional<Address> wallet, CallContext context)
{
    const auto reading = std::make_shared<Reading>();
    reading->context = context.within(m_p->options.timeout);
    reading->book.unit = QStringLiteral("neuron");
    reading->book.largeUnit = QStringLiteral("A0GI");
    reading->book.decimals = 18;
    QCoro::Task<void> chain = m_p->findChain(reading);
    co_await chain;
    QCoro::Task<void> contracts = m_p->findContracts(reading);
    co_await contracts;
    QCoro::Task<void> services = m_p->readServices(reading);
    co_await services;
    if (wallet) {
        QCoro::Task<void> money = m_p->readMoney(*wallet, reading);
        co_await money;
    }
    QCoro::Task<void> sameBlock = m_p->requireSameBlock(reading);
    co_await sameBlock;
    joinAcknowledgements(reading->book);
    setRefundTimes(reading->book);
    co_return std::as_const(reading->book);
}

} // namespace sluice::zerog
