#include "ledger_book_p.h"

#include "sluice/crypto/keccak.h"
#include "sluice/zerog/ledger_rules.h"
#include "sluice/zerog/neuron.h"

namespace sluice::zerog::detail {

namespace {

constexpr char kBalanceUpdated[] = "BalanceUpdated";
constexpr char kRefundRequested[] = "RefundRequested";
constexpr char kServiceUpdated[] = "ServiceUpdated";
constexpr char kServiceRemoved[] = "ServiceRemoved";

/// What a file of ours cannot hold unless somebody else wrote into it.
template <typename T> T ours(Expected<T> value, const char *what)
{
    if (!value)
        throw Error(Error::Kind::Storage, QStringLiteral("The ledger holds an impossible %1: %2").arg(QLatin1String(what), value.error().message()));
    return std::move(value).value();
}

U256 amountIn(const Row &row, int column)
{
    return ours(u256FromDecimal(row.text(column)), "amount");
}

Address addressIn(const Row &row, int column)
{
    return ours(Address::fromHex(row.text(column)), "address");
}

QString text(const U256 &amount)
{
    return toDecimal(amount);
}

template <typename T> T take(Settled<T> outcome)
{
    if (!outcome)
        throw Refused{outcome.error()};
    if constexpr (!std::is_void_v<T>)
        return std::move(outcome).value();
}

Service serviceIn(const Row &row)
{
    Service service;
    service.provider = addressIn(row, 0);
    service.name = row.text(1);
    service.type = row.text(2);
    service.url = row.text(3);
    service.inputPrice = amountIn(row, 4);
    service.outputPrice = amountIn(row, 5);
    service.updatedAt = row.integer(6);
    return service;
}

const QString serviceColumns = QStringLiteral("SELECT provider, name, type, url, input_price, output_price, updated_at FROM ledger_service ");

LedgerEvent eventOf(quint64 block, const QString &kind, const Json &json)
{
    LedgerEvent event;
    event.block = block;
    if (kind == QLatin1String(kServiceUpdated)) {
        ServiceUpdated updated;
        updated.service = ours(Service::fromJson(json), "event");
        updated.nameHash = keccak256(updated.service.name.toUtf8());
        event.what = updated;
        return event;
    }
    const Address provider = ours(Address::fromHex(json.value(QStringLiteral("provider")).toString()), "event");
    if (kind == QLatin1String(kServiceRemoved)) {
        ServiceRemoved removed;
        removed.provider = provider;
        removed.nameHash = keccak256(json.value(QStringLiteral("name")).toString().toUtf8());
        event.what = removed;
        return event;
    }
    const Address user = ours(Address::fromHex(json.value(QStringLiteral("user")).toString()), "event");
    if (kind == QLatin1String(kRefundRequested)) {
        RefundRequested requested;
        requested.user = user;
        requested.provider = provider;
        requested.index = quint64(json.value(QStringLiteral("index")).toInt64().value_or(0));
        requested.timestamp = json.value(QStringLiteral("timestamp")).toInt64().value_or(0);
        event.what = requested;
        return event;
    }
    BalanceUpdated updated;
    updated.user = user;
    updated.provider = provider;
    updated.balance = ours(neuron::fromJson(json.value(QStringLiteral("amount")), QStringLiteral("amount")), "event");
    updated.pendingRefund = ours(neuron::fromJson(json.value(QStringLiteral("pendingRefund")), QStringLiteral("pendingRefund")), "event");
    event.what = updated;
    return event;
}

} // namespace

Schema LedgerBook::schema()
{
    return {QStringLiteral("zerog_ledger"),
        {{QStringLiteral("create the ledger's tables"),
            {QStringLiteral("CREATE TABLE ledger_meta(id INTEGER PRIMARY KEY CHECK(id = 1), owner TEXT NOT NULL, lock_time INTEGER NOT NULL, "
                            "initialized INTEGER NOT NULL, funded INTEGER NOT NULL, block_no INTEGER NOT NULL, block_time INTEGER NOT NULL)"),
                QStringLiteral("INSERT INTO ledger_meta VALUES(1, '0x0000000000000000000000000000000000000000', %1, 0, 0, 0, 0)").arg(LocalLedger::DefaultLockTime),
                QStringLiteral("CREATE TABLE ledger_account(user TEXT NOT NULL, provider TEXT NOT NULL, seq INTEGER NOT NULL UNIQUE, nonce TEXT NOT NULL, "
                               "balance TEXT NOT NULL, pending_refund TEXT NOT NULL, PRIMARY KEY(user, provider))"),
                QStringLiteral("CREATE INDEX ledger_account_provider ON ledger_account(provider)"),
                QStringLiteral("CREATE TABLE ledger_refund(user TEXT NOT NULL, provider TEXT NOT NULL, idx INTEGER NOT NULL, amount TEXT NOT NULL, "
                               "created_at INTEGER NOT NULL, processed INTEGER NOT NULL, cancelled TEXT NOT NULL, PRIMARY KEY(user, provider, idx)) WITHOUT ROWID"),
                QStringLiteral("CREATE TABLE ledger_service(provider TEXT NOT NULL, name TEXT NOT NULL, seq INTEGER NOT NULL UNIQUE, type TEXT NOT NULL, url TEXT NOT NULL, "
                               "input_price TEXT NOT NULL, output_price TEXT NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY(provider, name))"),
                QStringLiteral("CREATE TABLE ledger_event(id INTEGER PRIMARY KEY AUTOINCREMENT, block_no INTEGER NOT NULL, kind TEXT NOT NULL, json TEXT NOT NULL)"),
                QStringLiteral("CREATE TABLE wallet_balance(address TEXT PRIMARY KEY, amount TEXT NOT NULL) WITHOUT ROWID")}}}};
}

LedgerBook::LedgerBook(Sql &sql, qint64 clock)
    : m_sql(sql)
{
    m_sql.each(QStringLiteral("SELECT owner, lock_time, initialized, funded, block_no, block_time FROM ledger_meta"), {}, [this](const Row &row) {
        m_owner = addressIn(row, 0);
        m_lockTime = row.integer(1);
        m_initialized = row.boolean(2);
        m_funded = row.boolean(3);
        m_block = row.integer(4);
        m_now = row.integer(5);
    });
    m_now = std::max(m_now, clock);
}

void LedgerBook::beginBlock()
{
    if (m_begun)
        return;
    m_begun = true;
    ++m_block;
    m_sql.exec(QStringLiteral("UPDATE ledger_meta SET block_no = ?, block_time = ?"), {m_block, m_now});
}

QList<Refund> LedgerBook::refunds(const Address &user, const Address &provider)
{
    return m_sql.rows(QStringLiteral("SELECT idx, amount, created_at, processed, cancelled FROM ledger_refund WHERE user = ? AND provider = ? ORDER BY idx"),
        {user.toLower(), provider.toLower()}, [](const Row &row) {
            Refund refund;
            refund.index = quint64(row.integer(0));
            refund.amount = amountIn(row, 1);
            refund.createdAt = row.integer(2);
            refund.processed = row.boolean(3);
            refund.cancelled = amountIn(row, 4);
            return refund;
        });
}

std::optional<Account> LedgerBook::account(const Address &user, const Address &provider)
{
    auto account = m_sql.first(QStringLiteral("SELECT nonce, balance, pending_refund FROM ledger_account WHERE user = ? AND provider = ?"),
        {user.toLower(), provider.toLower()}, [&](const Row &row) {
            Account found;
            found.user = user;
            found.provider = provider;
            found.nonce = amountIn(row, 0);
            found.balance = amountIn(row, 1);
            found.pendingRefund = amountIn(row, 2);
            return found;
        });
    if (account)
        account->refunds = refunds(user, provider);
    return account;
}

QList<Account> LedgerBook::accounts(const std::optional<Address> &user, const std::optional<Address> &provider)
{
    QString statement = QStringLiteral("SELECT user, provider FROM ledger_account");
    Binds binds;
    if (user) {
        statement += QStringLiteral(" WHERE user = ?");
        binds.append(user->toLower());
    }
    if (provider) {
        statement += user ? QStringLiteral(" AND provider = ?") : QStringLiteral(" WHERE provider = ?");
        binds.append(provider->toLower());
    }
    const auto pairs = m_sql.rows(statement + QStringLiteral(" ORDER BY seq"), binds, [](const Row &row) { return std::pair(addressIn(row, 0), addressIn(row, 1)); });
    QList<Account> accounts;
    for (const auto &[one, other] : pairs)
        accounts.append(*account(one, other));
    return accounts;
}

std::optional<Service> LedgerBook::service(const Address &provider, const QString &name)
{
    return m_sql.first(serviceColumns + QStringLiteral("WHERE provider = ? AND name = ?"), {provider.toLower(), name}, serviceIn);
}

QList<Service> LedgerBook::services()
{
    return m_sql.rows(serviceColumns + QStringLiteral("ORDER BY seq"), {}, serviceIn);
}

std::optional<Wei> LedgerBook::wallet(const Address &address)
{
    return m_sql.first(QStringLiteral("SELECT amount FROM wallet_balance WHERE address = ?"), {address.toLower()},
        [](const Row &row) { return ours(weiFromDecimal(row.text(0)), "amount"); });
}

QList<std::pair<Address, Wei>> LedgerBook::wallets()
{
    return m_sql.rows(QStringLiteral("SELECT address, amount FROM wallet_balance ORDER BY address"), {},
        [](const Row &row) { return std::pair(addressIn(row, 0), ours(weiFromDecimal(row.text(1)), "amount")); });
}

LedgerEvents LedgerBook::events(quint64 since, int limit)
{
    LedgerEvents result;
    result.next = since;
    m_sql.each(QStringLiteral("SELECT id, block_no, kind, json FROM ledger_event WHERE id > ? ORDER BY id LIMIT ?"), {qint64(since), qint64(limit)}, [&](const Row &row) {
        result.next = quint64(row.integer(0));
        result.events.append(eventOf(quint64(row.integer(1)), row.text(2), ours(Json::parse(row.text(3).toUtf8()), "event")));
    });
    return result;
}

QList<TraceOutlook> LedgerBook::outlook(const Address &provider, const QList<RequestTrace> &traces, const QList<QList<bool>> &valid)
{
    QList<TraceOutlook> result;
    for (qsizetype i = 0; i < traces.size(); ++i) {
        TraceOutlook one;
        const RequestTrace &trace = traces.at(i);
        auto found = trace.requests.isEmpty() ? Account() : account(trace.requests.first().user, provider);
        if (!found) {
            one.refusal = Refusal::ofAccount(Refusal::Kind::AccountNotexists, trace.requests.first().user, provider);
        } else if (const auto amount = rules::settle(*found, trace, valid.at(i), [&](const QString &name) { return service(provider, name); }); amount) {
            one.amount = *amount;
        } else {
            one.refusal = amount.error();
        }
        result.append(one);
    }
    return result;
}

Account LedgerBook::mustHaveAccount(const Address &user, const Address &provider)
{
    auto found = account(user, provider);
    if (!found)
        throw Refused{Refusal::ofAccount(Refusal::Kind::AccountNotexists, user, provider)};
    return *std::move(found);
}

void LedgerBook::storeRefund(const Account &account, const Refund &refund)
{
    m_sql.exec(QStringLiteral("INSERT INTO ledger_refund(user, provider, idx, amount, created_at, processed, cancelled) VALUES(?, ?, ?, ?, ?, ?, ?) "
                              "ON CONFLICT(user, provider, idx) DO UPDATE SET amount = excluded.amount, processed = excluded.processed, cancelled = excluded.cancelled"),
        {account.user.toLower(), account.provider.toLower(), qint64(refund.index), text(refund.amount), refund.createdAt, refund.processed, text(refund.cancelled)});
}

void LedgerBook::storeChanged(const Account &before, const Account &after)
{
    m_sql.exec(QStringLiteral("UPDATE ledger_account SET nonce = ?, balance = ?, pending_refund = ? WHERE user = ? AND provider = ?"),
        {text(after.nonce), text(after.balance), text(after.pendingRefund), after.user.toLower(), after.provider.toLower()});
    for (const Refund &refund : after.refunds) {
        if (before.refunds.value(qsizetype(refund.index)) != refund || refund.index >= quint64(before.refunds.size()))
            storeRefund(after, refund);
    }
}

void LedgerBook::pay(const Address &address, const Wei &amount)
{
    const Wei has = wallet(address).value_or(0);
    if (m_funded && amount < 0 && has + amount < 0)
        throw Refused{Refusal::ofWallet(address, U256(-amount), has)};
    m_sql.exec(QStringLiteral("INSERT INTO wallet_balance(address, amount) VALUES(?, ?) ON CONFLICT(address) DO UPDATE SET amount = excluded.amount"),
        {address.toLower(), toDecimal(Wei(has + amount))});
}

void LedgerBook::event(const char *kind, const Json &json)
{
    m_sql.exec(QStringLiteral("INSERT INTO ledger_event(block_no, kind, json) VALUES(?, ?, ?)"), {m_block, QString::fromLatin1(kind), QString::fromUtf8(json.dump())});
}

void LedgerBook::balanceUpdated(const Account &account)
{
    event(kBalanceUpdated, Json{{"user", account.user.toChecksum()}, {"provider", account.provider.toChecksum()}, {"amount", neuron::quoted(account.balance)},
        {"pendingRefund", neuron::quoted(account.pendingRefund)}});
}

void LedgerBook::initialize(const LocalLedger::Genesis &genesis)
{
    if (m_initialized || m_block > 0)
        throw Refused{Refusal(Refusal::Kind::AlreadyInitialized)};
    if (genesis.lockTime < 0)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("A lock time of %1 seconds lies before the refund.").arg(genesis.lockTime));
    beginBlock();
    m_sql.exec(QStringLiteral("UPDATE ledger_meta SET owner = ?, lock_time = ?, initialized = 1, funded = ?"), {genesis.owner.toLower(), genesis.lockTime, !genesis.wallets.isEmpty()});
    for (const auto &[address, amount] : genesis.wallets)
        pay(address, Wei(amount));
}

void LedgerBook::depositFund(const Address &caller, const Address &provider, const U256 &value)
{
    beginBlock();
    auto before = account(caller, provider);
    if (!before) {
        before.emplace();
        before->user = caller;
        before->provider = provider;
        m_sql.exec(QStringLiteral("INSERT INTO ledger_account(user, provider, seq, nonce, balance, pending_refund) "
                                  "VALUES(?, ?, (SELECT coalesce(max(seq), 0) + 1 FROM ledger_account), '0', '0', '0')"),
            {caller.toLower(), provider.toLower()});
    }
    Account after = *before;
    take(rules::deposit(after, value));
    pay(caller, -Wei(value));
    storeChanged(*before, after);
    balanceUpdated(after);
}

Refund LedgerBook::requestRefund(const Address &caller, const Address &provider, const U256 &amount)
{
    beginBlock();
    const Account before = mustHaveAccount(caller, provider);
    Account after = before;
    const Refund refund = take(rules::requestRefund(after, amount, m_now));
    storeChanged(before, after);
    event(kRefundRequested, Json{{"user", caller.toChecksum()}, {"provider", provider.toChecksum()}, {"index", quint64(refund.index)}, {"timestamp", refund.createdAt}});
    return refund;
}

void LedgerBook::processRefund(const Address &caller, const Address &provider, const QList<quint64> &indices)
{
    beginBlock();
    const Account before = mustHaveAccount(caller, provider);
    Account after = before;
    const U256 paid = take(rules::processRefund(after, indices, m_now, m_lockTime));
    storeChanged(before, after);
    pay(caller, Wei(paid));
    balanceUpdated(after);
}

void LedgerBook::addOrUpdateService(const Address &caller, const Service &service)
{
    beginBlock();
    Service stored = service;
    stored.provider = caller;
    stored.updatedAt = m_now;
    m_sql.exec(QStringLiteral("INSERT INTO ledger_service(provider, name, seq, type, url, input_price, output_price, updated_at) "
                              "VALUES(?, ?, (SELECT coalesce(max(seq), 0) + 1 FROM ledger_service), ?, ?, ?, ?, ?) "
                              "ON CONFLICT(provider, name) DO UPDATE SET type = excluded.type, url = excluded.url, input_price = excluded.input_price, "
                              "output_price = excluded.output_price, updated_at = excluded.updated_at"),
        {caller.toLower(), stored.name, stored.type, stored.url, text(stored.inputPrice), text(stored.outputPrice), stored.updatedAt});
    event(kServiceUpdated, stored.toJson(Service::Keys::Ledger));
}

void LedgerBook::removeService(const Address &caller, const QString &name)
{
    beginBlock();
    const auto slot = m_sql.first(QStringLiteral("SELECT seq, (SELECT max(seq) FROM ledger_service) FROM ledger_service WHERE provider = ? AND name = ?"), {caller.toLower(), name},
        [](const Row &row) { return std::pair(row.integer(0), row.integer(1)); });
    if (!slot)
        throw Refused{Refusal::ofService(caller, name)};
    m_sql.exec(QStringLiteral("DELETE FROM ledger_service WHERE seq = ?"), {slot->first});
    // The last one takes its place in the list, as in the contract.
    if (slot->first != slot->second)
        m_sql.exec(QStringLiteral("UPDATE ledger_service SET seq = ? WHERE seq = ?"), {slot->first, slot->second});
    event(kServiceRemoved, Json{{"provider", caller.toChecksum()}, {"name", name}});
}

Settlement LedgerBook::settleFees(const Address &caller, const QList<RequestTrace> &traces, const QList<QList<bool>> &valid)
{
    beginBlock();
    QHash<QString, std::optional<Service>> known;
    const rules::ServiceOf serviceOf = [&](const QString &name) {
        auto found = known.constFind(name);
        if (found == known.constEnd())
            found = known.insert(name, service(caller, name));
        return *found;
    };
    Settlement settlement;
    for (qsizetype i = 0; i < traces.size(); ++i) {
        const RequestTrace &trace = traces.at(i);
        if (trace.requests.isEmpty())
            throw Refused{Refusal(Refusal::Kind::EmptyRequestTrace)};
        const Account before = mustHaveAccount(trace.requests.first().user, caller);
        Account after = before;
        const Wei amount = take(rules::settle(after, trace, valid.at(i), serviceOf));
        storeChanged(before, after);
        balanceUpdated(after);
        settlement.total += amount;
        settlement.amounts.append(amount);
    }
    if (settlement.total > 0)
        pay(caller, settlement.total);
    return settlement;
}

void LedgerBook::updateLockTime(const Address &caller, qint64 seconds)
{
    if (!m_initialized || caller != m_owner)
        throw Refused{Refusal(Refusal::Kind::NotOwner)};
    if (seconds < 0)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("A lock time of %1 seconds lies before the refund.").arg(seconds));
    beginBlock();
    m_sql.exec(QStringLiteral("UPDATE ledger_meta SET lock_time = ?"), {seconds});
    m_lockTime = seconds;
}

} // namespace sluice::zerog::detail
