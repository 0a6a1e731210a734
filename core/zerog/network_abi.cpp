#include "sluice/zerog/network_abi.h"

#include "sluice/zerog/abi.h"

namespace sluice::zerog::network {

namespace {

using abi::Reader;
using abi::Tuple;

constexpr qsizetype refundWords = 4;
constexpr qsizetype maxRefunds = 100; // of one account; the contract keeps 5
constexpr qsizetype maxWord = 100;    // characters of a type or a version
constexpr qsizetype maxText = 500;    // of an address or a model
constexpr quint64 latestTime = 253'402'300'799; // the last second of the year 9999

Unexpected<Error> bad(const QString &message)
{
    return unexpected(Error(Error::Kind::Rpc, QStringLiteral("The contract's answer cannot be: %1.").arg(message)));
}

/// A stranger's words.
Expected<QString> words(const Reader &reader, qsizetype place, qsizetype most)
{
    const auto raw = reader.bytes(place);
    if (!raw)
        return unexpected(raw.error());
    QString text = QString::fromUtf8(raw->first(std::min(raw->size(), 4 * most)));
    if (text.size() <= most && raw->size() <= 4 * most)
        return text;
    text.truncate(most - 1);
    if (text.back().isHighSurrogate())
        text.chop(1);
    return text + QChar(0x2026);
}

Expected<QDateTime> time(const Reader &reader, qsizetype place, const char *what)
{
    const auto seconds = reader.number(place, what);
    if (!seconds)
        return unexpected(seconds.error());
    if (*seconds > latestTime)
        return bad(QStringLiteral("%1 is %2").arg(QLatin1String(what)).arg(*seconds));
    return QDateTime::fromSecsSinceEpoch(qint64(*seconds), Qt::UTC);
}

Expected<NetworkService> serviceIn(const Reader &reader)
{
    const auto provider = reader.address(0);
    const auto type = words(reader, 1, maxWord);
    const auto url = words(reader, 2, maxText);
    const auto input = reader.word(3);
    const auto output = reader.word(4);
    const auto updated = time(reader, 5, "a service's time");
    const auto model = words(reader, 6, maxText);
    const auto verifiability = words(reader, 7, maxWord);
    const auto signer = reader.address(9);
    const auto acknowledged = reader.flag(10);
    if (!provider || !type || !url || !model || !verifiability)
        return unexpected(!provider ? provider.error() : !type ? type.error() : !url ? url.error() : !model ? model.error() : verifiability.error());
    if (!input || !output || !updated)
        return unexpected(!input ? input.error() : !output ? output.error() : updated.error());
    if (!signer || !acknowledged)
        return unexpected(!signer ? signer.error() : acknowledged.error());
    NetworkService service;
    service.provider = provider->toChecksum();
    service.type = *type;
    service.model = *model;
    service.url = *url;
    service.inputPrice = toDecimal(*input);
    service.outputPrice = toDecimal(*output);
    service.updatedAt = *updated;
    service.verifiability = *verifiability;
    service.signer = signer->isZero() ? QString() : signer->toChecksum();
    service.ownerAcknowledged = *acknowledged;
    return service;
}

/// The first `valid` of them; those behind are leftovers of earlier ones.
Expected<QList<AccountRefund>> refundsIn(const Reader &reader, qsizetype place, quint64 valid)
{
    const auto all = reader.staticTuples(place, refundWords);
    if (!all)
        return unexpected(all.error());
    if (all->size() > maxRefunds || valid > quint64(all->size()))
        return bad(QStringLiteral("an account has %1 refunds, of which %2 count").arg(all->size()).arg(valid));
    QList<AccountRefund> refunds;
    for (const Reader &one : all->first(qsizetype(valid))) {
        const auto index = one.number(0, "a refund's index");
        const auto amount = one.word(1);
        const auto asked = time(one, 2, "a refund's time");
        if (!index || !amount || !asked)
            return unexpected(!index ? index.error() : !amount ? amount.error() : asked.error());
        AccountRefund refund;
        refund.index = *index;
        refund.amount = toDecimal(*amount);
        refund.askedAt = *asked;
        refunds.append(refund);
    }
    return refunds;
}

Expected<NetworkAccount> accountIn(const Reader &reader, const Address &user)
{
    const auto holder = reader.address(0);
    const auto provider = reader.address(1);
    const auto balance = reader.word(3);
    const auto pending = reader.word(4);
    const auto acknowledged = reader.flag(7);
    const auto valid = reader.number(8, "a number of refunds");
    if (!holder || !provider || !balance || !pending)
        return unexpected(!holder ? holder.error() : !provider ? provider.error() : !balance ? balance.error() : pending.error());
    if (!acknowledged || !valid)
        return unexpected(!acknowledged ? acknowledged.error() : valid.error());
    if (*holder != user)
        return bad(QStringLiteral("an account of %1 came for one of %2").arg(holder->toChecksum(), user.toChecksum()));
    if (*pending > *balance)
        return bad(QStringLiteral("of %1 neuron at %2 more are asked back: %3").arg(toDecimal(*balance), provider->toChecksum(), toDecimal(*pending)));
    const auto refunds = refundsIn(reader, 5, *valid);
    if (!refunds)
        return unexpected(refunds.error());
    NetworkAccount account;
    account.provider = provider->toChecksum();
    account.balance = toDecimal(*balance);
    account.pendingRefund = toDecimal(*pending);
    account.refunds = *refunds;
    account.acknowledged = *acknowledged;
    return account;
}

template <typename T, typename Read> Expected<Page<T>> pageFrom(QByteArrayView returned, Read read)
{
    const Reader reader(returned);
    const auto tuples = reader.tuples(0);
    const auto total = reader.number(1, "a total");
    if (!tuples || !total)
        return unexpected(!tuples ? tuples.error() : total.error());
    if (tuples->size() > PageSize)
        return bad(QStringLiteral("%1 items came where %2 were asked for").arg(tuples->size()).arg(PageSize));
    Page<T> page;
    page.total = *total;
    for (const Reader &one : *tuples) {
        auto item = read(one);
        if (!item)
            return unexpected(item.error());
        page.items.append(*std::move(item));
    }
    return page;
}

} // namespace

QByteArray getLedger(const Address &user)
{
    return abi::call("getLedger(address)", Tuple{{user}});
}

QByteArray getRecommendedService(const QString &serviceType)
{
    return abi::call("getRecommendedService(string)", Tuple{{serviceType}});
}

QByteArray getAllServices(qsizetype offset)
{
    return abi::call("getAllServices(uint256,uint256)", Tuple{{U256(offset), U256(PageSize)}});
}

QByteArray getAccountsByUser(const Address &user, qsizetype offset)
{
    return abi::call("getAccountsByUser(address,uint256,uint256)", Tuple{{user, U256(offset), U256(PageSize)}});
}

Expected<Funds> fundsFrom(QByteArrayView returned)
{
    const auto tuple = Reader(returned).tuple(0);
    if (!tuple)
        return unexpected(tuple.error());
    const auto user = tuple->address(0);
    const auto available = tuple->word(1);
    const auto total = tuple->word(2);
    if (!user || !available || !total)
        return unexpected(!user ? user.error() : !available ? available.error() : total.error());
    if (*available > *total)
        return bad(QStringLiteral("of %1 neuron in the ledger more are free: %2").arg(toDecimal(*total), toDecimal(*available)));
    Funds funds;
    funds.user = *user;
    funds.available = *available;
    funds.total = *total;
    return funds;
}

bool saysNoLedger(QByteArrayView revertData)
{
    return revertData.startsWith(abi::selector("LedgerNotExists(address)"));
}

Expected<Recommended> recommendedFrom(QByteArrayView returned)
{
    const Reader reader(returned);
    const auto version = words(reader, 0, maxWord);
    const auto contract = reader.address(1);
    if (!version || !contract)
        return unexpected(!version ? version.error() : contract.error());
    Recommended recommended;
    recommended.version = *version;
    recommended.contract = *contract;
    return recommended;
}

Expected<Page<NetworkService>> servicesFrom(QByteArrayView returned)
{
    return pageFrom<NetworkService>(returned, serviceIn);
}

Expected<Page<NetworkAccount>> accountsFrom(QByteArrayView returned, const Address &user)
{
    return pageFrom<NetworkAccount>(returned, [&user](const Reader &reader) { return accountIn(reader, user); });
}

} // namespace sluice::zerog::network
