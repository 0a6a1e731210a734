#include "sluice/zerog/contract_abi.h"

#include "sluice/base/bytes.h"
#include "sluice/crypto/keccak.h"
#include "sluice/zerog/abi.h"

namespace sluice::zerog::contract {

namespace {

using abi::Reader;
using abi::Tuple;
using abi::Value;

constexpr qsizetype selectorBytes = 4;
constexpr qsizetype refundWords = 4;
constexpr qsizetype shownRevertBytes = 200;

#define SLUICE_ZEROG_REQUEST "(address,uint256,string,uint256,uint256,bytes,uint256)"

Value requestValue(const Request &request)
{
    return Tuple{{request.user, request.nonce, request.serviceName, request.inputCount, request.previousOutputCount, request.signature, U256(std::max<qint64>(request.createdAt, 0))}};
}

Expected<Refund> refundFrom(const Reader &reader)
{
    Refund refund;
    const auto index = reader.number(0, "a refund's index");
    const auto amount = reader.word(1);
    const auto created = reader.number(2, "a refund's time");
    const auto processed = reader.flag(3);
    if (!index || !amount || !created || !processed)
        return unexpected(!index ? index.error() : !amount ? amount.error() : !created ? created.error() : processed.error());
    refund.index = *index;
    refund.amount = *amount;
    refund.createdAt = qint64(*created);
    refund.processed = *processed;
    return refund;
}

Expected<Account> accountIn(const Reader &reader)
{
    Account account;
    const auto user = reader.address(0);
    const auto provider = reader.address(1);
    const auto nonce = reader.word(2);
    const auto balance = reader.word(3);
    const auto pending = reader.word(4);
    const auto refunds = reader.staticTuples(5, refundWords);
    if (!user || !provider)
        return unexpected(!user ? user.error() : provider.error());
    if (!nonce || !balance || !pending)
        return unexpected(!nonce ? nonce.error() : !balance ? balance.error() : pending.error());
    if (!refunds)
        return unexpected(refunds.error());
    account.user = *user;
    account.provider = *provider;
    account.nonce = *nonce;
    account.balance = *balance;
    account.pendingRefund = *pending;
    for (const Reader &one : *refunds) {
        const auto refund = refundFrom(one);
        if (!refund)
            return unexpected(refund.error());
        account.refunds.append(*refund);
    }
    return account;
}

Expected<Service> serviceIn(const Reader &reader)
{
    Service service;
    const auto provider = reader.address(0);
    const auto name = reader.text(1);
    const auto type = reader.text(2);
    const auto url = reader.text(3);
    const auto input = reader.word(4);
    const auto output = reader.word(5);
    const auto updated = reader.number(6, "a service's time");
    if (!provider || !name || !type)
        return unexpected(!provider ? provider.error() : !name ? name.error() : type.error());
    if (!url || !input || !output || !updated)
        return unexpected(!url ? url.error() : !input ? input.error() : !output ? output.error() : updated.error());
    service.provider = *provider;
    service.name = *name;
    service.type = *type;
    service.url = *url;
    service.inputPrice = *input;
    service.outputPrice = *output;
    service.updatedAt = qint64(*updated);
    return service;
}

template <typename T, typename F> Expected<T> single(QByteArrayView returned, F read)
{
    const auto tuple = Reader(returned).tuple(0);
    if (!tuple)
        return unexpected(tuple.error());
    return read(*tuple);
}

/// Of an item, what it takes of the answer: offsets may all point at the same bytes, which would make thousands of large items of one.
qsizetype bytesOf(const Service &service)
{
    return service.name.size() + service.type.size() + service.url.size();
}
qsizetype bytesOf(const Account &account)
{
    return account.refunds.size() * refundWords * 32;
}

template <typename T, typename F> Expected<QList<T>> several(QByteArrayView returned, F read)
{
    const auto tuples = Reader(returned).tuples(0);
    if (!tuples)
        return unexpected(tuples.error());
    QList<T> all;
    qsizetype taken = 0;
    for (const Reader &one : *tuples) {
        const auto value = read(one);
        if (!value)
            return unexpected(value.error());
        taken += bytesOf(*value);
        if (taken > returned.size())
            return unexpected(Error(Error::Kind::Rpc, QStringLiteral("The contract's answer cannot be: its items share bytes, and have more than came.")));
        all.append(*value);
    }
    return all;
}

struct KnownError {
    QByteArray selector;
    Refusal::Kind kind;
    int numbers = 0;       ///< words after the addresses
    bool account = false;  ///< begins with user and provider
};

const QList<KnownError> &knownErrors()
{
    using Kind = Refusal::Kind;
    static const QList<KnownError> all{
        {abi::selector("AccountNotexists(address,address)"), Kind::AccountNotexists, 0, true},
        {abi::selector("InsufficientBalance(address,address)"), Kind::InsufficientBalance, 0, true},
        {abi::selector("RefundInvalid(address,address,uint256)"), Kind::RefundInvalid, 1, true},
        {abi::selector("RefundProcessed(address,address,uint256)"), Kind::RefundProcessed, 1, true},
        {abi::selector("RefundLocked(address,address,uint256)"), Kind::RefundLocked, 1, true},
        {abi::selector("EmptyRequestTrace()"), Kind::EmptyRequestTrace, 0, false},
        {abi::selector("NonceUsed(uint256,uint256,uint256)"), Kind::NonceUsed, 3, false},
        {abi::selector("InvalidRequest(uint256)"), Kind::InvalidRequest, 1, false},
        {abi::selector("ServiceUpdatedBeforeSettle(uint256,uint256,uint256)"), Kind::ServiceUpdatedBeforeSettle, 3, false},
        {abi::selector("InsufficientBalanceWhenSettle(uint256,uint256)"), Kind::InsufficientBalanceWhenSettle, 2, false},
        {abi::selector("InsufficientBalanceInPendingRefund(uint256,uint256)"), Kind::InsufficientBalanceInPendingRefund, 2, false},
        {abi::selector("Panic(uint256)"), Kind::Panic, 1, false},
    };
    return all;
}

std::optional<Refusal> knownRefusal(const KnownError &known, const Reader &reader)
{
    Address user;
    Address provider;
    qsizetype place = 0;
    if (known.account) {
        const auto first = reader.address(place++);
        const auto second = reader.address(place++);
        if (!first || !second)
            return std::nullopt;
        user = *first;
        provider = *second;
    }
    QList<U256> numbers;
    for (int i = 0; i < known.numbers; ++i) {
        const auto number = reader.word(place++);
        if (!number)
            return std::nullopt;
        numbers.append(*number);
    }
    if (!known.account)
        return Refusal::ofNumbers(known.kind, numbers);
    return numbers.isEmpty() ? Refusal::ofAccount(known.kind, user, provider) : Refusal::ofRefund(known.kind, user, provider, numbers.first());
}

Refusal ofWords(const QString &words)
{
    for (const Refusal::Kind kind : {Refusal::Kind::NotOwner, Refusal::Kind::AlreadyInitialized}) {
        if (words == Refusal(kind).kindName() || (kind == Refusal::Kind::AlreadyInitialized && words.startsWith(QStringLiteral("Initializable: "))))
            return Refusal(kind);
    }
    return Refusal::reverted(words.left(shownRevertBytes));
}

enum Topic { BalanceTopic, RefundTopic, ServiceTopic, RemovedTopic };

Expected<Address> addressOf(const Hash32 &topic)
{
    return Reader(topic.bytes()).address(0);
}

Expected<std::optional<LedgerEvent>> event(decltype(LedgerEvent::what) what, quint64 block)
{
    LedgerEvent result;
    result.block = block;
    result.what = std::move(what);
    return std::optional(result);
}

} // namespace

QByteArray depositFund(const Address &provider)
{
    return abi::call("depositFund(address)", Tuple{{provider}});
}

QByteArray requestRefund(const Address &provider, const U256 &amount)
{
    return abi::call("requestRefund(address,uint256)", Tuple{{provider, amount}});
}

QByteArray processRefund(const Address &provider, const QList<quint64> &indices)
{
    abi::Array array;
    for (const quint64 index : indices)
        array.items.append(U256(index));
    return abi::call("processRefund(address,uint256[])", Tuple{{provider, array}});
}

QByteArray addOrUpdateService(const Service &service)
{
    return abi::call("addOrUpdateService(string,string,string,uint256,uint256)", Tuple{{service.name, service.type, service.url, service.inputPrice, service.outputPrice}});
}

QByteArray removeService(const QString &name)
{
    return abi::call("removeService(string)", Tuple{{name}});
}

QByteArray settleFees(const QList<RequestTrace> &traces)
{
    abi::Array all;
    for (const RequestTrace &trace : traces) {
        abi::Array requests;
        for (const Request &request : trace.requests)
            requests.items.append(requestValue(request));
        all.items.append(Tuple{{requests}});
    }
    return abi::call("settleFees((" SLUICE_ZEROG_REQUEST "[])[])", Tuple{{all}});
}

QByteArray getAccount(const Address &user, const Address &provider)
{
    return abi::call("getAccount(address,address)", Tuple{{user, provider}});
}

QByteArray getAllAccounts()
{
    return abi::call("getAllAccounts()", {});
}

QByteArray getService(const Address &provider, const QString &name)
{
    return abi::call("getService(address,string)", Tuple{{provider, name}});
}

QByteArray getAllServices()
{
    return abi::call("getAllServices()", {});
}

QByteArray lockTime()
{
    return abi::call("lockTime()", {});
}

QByteArray verify(const Request &request)
{
    return abi::call("verify(" SLUICE_ZEROG_REQUEST ")", Tuple{{requestValue(request)}});
}

QByteArray updateLockTime(qint64 seconds)
{
    return abi::call("updateLockTime(uint256)", Tuple{{U256(seconds)}});
}

QByteArray initialize(qint64 lockTime, const Address &owner)
{
    return abi::call("initialize(uint256,address)", Tuple{{U256(lockTime), owner}});
}

Expected<Account> accountFrom(QByteArrayView returned)
{
    return single<Account>(returned, accountIn);
}

Expected<QList<Account>> accountsFrom(QByteArrayView returned)
{
    return several<Account>(returned, accountIn);
}

Expected<Service> serviceFrom(QByteArrayView returned)
{
    return single<Service>(returned, serviceIn);
}

Expected<QList<Service>> servicesFrom(QByteArrayView returned)
{
    return several<Service>(returned, serviceIn);
}

Expected<qint64> secondsFrom(QByteArrayView returned)
{
    const auto number = Reader(returned).number(0, "the lock time");
    if (!number)
        return unexpected(number.error());
    return qint64(*number);
}

Refusal refusalFrom(QByteArrayView revertData)
{
    const auto unknown = [revertData] { return Refusal::reverted(bytes::toHex0x(revertData.first(std::min(revertData.size(), shownRevertBytes)))); };
    if (revertData.size() < selectorBytes)
        return unknown();
    const QByteArrayView selector = revertData.first(selectorBytes);
    const Reader reader(revertData.sliced(selectorBytes));
    for (const KnownError &known : knownErrors()) {
        if (selector == known.selector)
            return knownRefusal(known, reader).value_or(unknown());
    }
    if (selector == abi::selector("ServiceNotexist(address,string)")) {
        const auto provider = reader.address(0);
        const auto name = reader.text(1);
        return provider && name ? Refusal::ofService(*provider, *name) : unknown();
    }
    if (selector == abi::selector("Error(string)")) {
        const auto words = reader.text(0);
        return words ? ofWords(*words) : unknown();
    }
    return unknown();
}

QList<Hash32> eventTopics()
{
    static const QList<Hash32> topics{keccak256("BalanceUpdated(address,address,uint256,uint256)"), keccak256("RefundRequested(address,address,uint256,uint256)"),
        keccak256("ServiceUpdated(address,string,string,string,uint256,uint256,uint256)"), keccak256("ServiceRemoved(address,string)")};
    return topics;
}

Expected<std::optional<LedgerEvent>> eventFrom(const QList<Hash32> &topics, QByteArrayView data, quint64 block)
{
    const qsizetype which = topics.isEmpty() ? -1 : eventTopics().indexOf(topics.first());
    if (which < 0)
        return std::optional<LedgerEvent>();
    if (topics.size() != (which == RefundTopic ? 4 : 3))
        return unexpected(Error(Error::Kind::Rpc, QStringLiteral("An event of the contract has %1 topics.").arg(topics.size())));
    const Reader reader(data);
    const auto first = addressOf(topics.at(1));
    if (!first)
        return unexpected(first.error());
    if (which == RemovedTopic) {
        ServiceRemoved removed;
        removed.provider = *first;
        removed.nameHash = topics.at(2);
        return event(removed, block);
    }
    if (which == ServiceTopic) {
        ServiceUpdated updated;
        const auto type = reader.text(0);
        const auto url = reader.text(1);
        const auto input = reader.word(2);
        const auto output = reader.word(3);
        const auto time = reader.number(4, "a service's time");
        if (!type || !url || !input || !output || !time)
            return unexpected(!type ? type.error() : !url ? url.error() : !input ? input.error() : !output ? output.error() : time.error());
        updated.nameHash = topics.at(2);
        updated.service.provider = *first;
        updated.service.type = *type;
        updated.service.url = *url;
        updated.service.inputPrice = *input;
        updated.service.outputPrice = *output;
        updated.service.updatedAt = qint64(*time);
        return event(updated, block);
    }
    const auto second = addressOf(topics.at(2));
    if (!second)
        return unexpected(second.error());
    if (which == RefundTopic) {
        RefundRequested requested;
        const auto index = Reader(topics.at(3).bytes()).number(0, "a refund's index");
        const auto time = reader.number(0, "a refund's time");
        if (!index || !time)
            return unexpected(!index ? index.error() : time.error());
        requested.user = *first;
        requested.provider = *second;
        requested.index = *index;
        requested.timestamp = qint64(*time);
        return event(requested, block);
    }
    BalanceUpdated updated;
    const auto balance = reader.word(0);
    const auto pending = reader.word(1);
    if (!balance || !pending)
        return unexpected(!balance ? balance.error() : pending.error());
    updated.user = *first;
    updated.provider = *second;
    updated.balance = *balance;
    updated.pendingRefund = *pending;
    return event(updated, block);
}

} // namespace sluice::zerog::contract
