#include "provider_store_p.h"

#include "agent_sql_p.h"

namespace sluice::zerog::provider_store {

namespace {

const QString RowColumns = QStringLiteral("user, %1, fee, state, error, claimed").arg(SignedColumns);

ProviderRow::State stateOf(const QString &name)
{
    using State = ProviderRow::State;
    return stateNamed<ProviderRow>(name, {State::Reserved, State::Served, State::Failed, State::Settled, State::Rejected});
}

ProviderRow rowOf(const Row &row)
{
    ProviderRow found;
    found.request = signedIn(row, 1);
    found.request.user = orThrow(Address::fromHex(row.text(0)));
    found.fee = orThrow(weiFromDecimal(row.text(7)));
    found.state = stateOf(row.text(8));
    found.error = row.text(9);
    found.claimed = maybeU256(row.maybeInteger(10));
    return found;
}

void loadServices(Sql &sql, Loaded &loaded)
{
    sql.each(QStringLiteral("SELECT name, type, target_url, input_price, output_price, updated_at, deleted_at FROM pa_service"), {}, [&](const Row &row) {
        OwnService own;
        own.onLedger.name = row.text(0);
        own.onLedger.type = row.text(1);
        own.target = row.text(2);
        own.onLedger.inputPrice = orThrow(u256FromDecimal(row.text(3)));
        own.onLedger.outputPrice = orThrow(u256FromDecimal(row.text(4)));
        own.onLedger.updatedAt = row.integer(5);
        own.deleted = !row.isNull(6);
        loaded.services.insert(own.onLedger.name, own);
    });
}

/// Those that a kill caught between their acceptance and their end: nothing of them left, or their answer was not charged.
void releaseReserved(Sql &sql, QHash<Address, ProviderUser> &users)
{
    const auto reserved = sql.rows(QStringLiteral("SELECT %1 FROM pa_request WHERE state = 'reserved'").arg(RowColumns), {}, rowOf);
    for (const ProviderRow &row : reserved) {
        ProviderUser &user = users[row.request.user];
        user.user = row.request.user;
        if (row.claimed)
            user.unpaid.append(*row.claimed);
        setState(sql, row.request.user, row.request.nonce, ProviderRow::State::Failed, QStringLiteral("the agent was stopped before the answer was complete"));
        putUser(sql, user);
    }
}

} // namespace

Schema schema()
{
    return {QStringLiteral("zerog_provider"),
        {{QStringLiteral("create the provider agent's tables"),
            {QStringLiteral("CREATE TABLE pa_service(name TEXT PRIMARY KEY, type TEXT NOT NULL, target_url TEXT NOT NULL, input_price TEXT NOT NULL, "
                            "output_price TEXT NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER)"),
                QStringLiteral("CREATE TABLE pa_user(user TEXT PRIMARY KEY, last_nonce INTEGER, checked_at INTEGER NOT NULL, last_output INTEGER, unpaid TEXT NOT NULL)"),
                QStringLiteral("CREATE TABLE pa_request(number INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, nonce INTEGER NOT NULL, service TEXT NOT NULL, "
                               "input_count INTEGER NOT NULL, prev_output INTEGER NOT NULL, created_at INTEGER NOT NULL, signature BLOB NOT NULL, fee TEXT NOT NULL, "
                               "state TEXT NOT NULL, error TEXT NOT NULL, claimed INTEGER, UNIQUE(user, nonce))"),
                QStringLiteral("CREATE INDEX pa_request_open ON pa_request(state) WHERE state IN ('reserved', 'served')"),
                QStringLiteral("CREATE TABLE pa_settlement(id INTEGER PRIMARY KEY AUTOINCREMENT, started INTEGER NOT NULL, finished INTEGER NOT NULL, "
                               "cause TEXT NOT NULL, ok INTEGER NOT NULL, error TEXT NOT NULL, total TEXT NOT NULL)")}}}};
}

Json OwnService::toJson() const
{
    Service shown = onLedger;
    shown.url = target;
    return shown.toJson(Service::Keys::Provider);
}

Loaded load(Sql &sql)
{
    Loaded loaded;
    loadServices(sql, loaded);
    QHash<Address, ProviderUser> users;
    sql.each(QStringLiteral("SELECT user, last_nonce, checked_at, last_output, unpaid FROM pa_user"), {}, [&](const Row &row) {
        ProviderUser user;
        user.user = orThrow(Address::fromHex(row.text(0)));
        user.lastServed = maybeU256(row.maybeInteger(1));
        user.checkedAt = row.integer(2);
        user.lastOutput = maybeU256(row.maybeInteger(3));
        user.unpaid = listFromText(row.text(4));
        users.insert(user.user, user);
    });
    releaseReserved(sql, users);
    sql.each(QStringLiteral("SELECT %1 FROM pa_request WHERE state = 'served'").arg(RowColumns), {}, [&](const Row &row) {
        const ProviderRow found = rowOf(row);
        ProviderUser &user = users[found.request.user];
        user.user = found.request.user;
        user.restore(found);
    });
    sql.each(QStringLiteral("SELECT user, MAX(nonce) FROM pa_request GROUP BY user"), {}, [&](const Row &row) {
        const Address address = orThrow(Address::fromHex(row.text(0)));
        ProviderUser &user = users[address];
        user.user = address;
        user.highestNonce = std::max(user.highestNonce, U256(row.integer(1)));
    });
    loaded.users = users.values();
    return loaded;
}

void putService(Sql &sql, const OwnService &service)
{
    const std::optional<qint64> deleted = service.deleted ? std::optional<qint64>(service.onLedger.updatedAt) : std::nullopt;
    sql.exec(QStringLiteral("INSERT OR REPLACE INTO pa_service(name, type, target_url, input_price, output_price, updated_at, deleted_at) VALUES(?, ?, ?, ?, ?, ?, ?)"),
        {service.onLedger.name, service.onLedger.type, service.target, toDecimal(service.onLedger.inputPrice), toDecimal(service.onLedger.outputPrice),
            service.onLedger.updatedAt, deleted});
}

void putUser(Sql &sql, const ProviderUser &user)
{
    sql.exec(QStringLiteral("INSERT OR REPLACE INTO pa_user(user, last_nonce, checked_at, last_output, unpaid) VALUES(?, ?, ?, ?, ?)"),
        {user.user.toLower(), smallInteger(user.lastServed), user.checkedAt, smallInteger(user.lastOutput), listText(user.unpaid)});
}

void putRow(Sql &sql, const ProviderRow &row)
{
    sql.exec(QStringLiteral("INSERT OR REPLACE INTO pa_request(%1) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").arg(RowColumns),
        {row.request.user.toLower(), smallInteger(row.request.nonce), row.request.serviceName, smallInteger(row.request.inputCount),
            smallInteger(row.request.previousOutputCount), row.request.createdAt, row.request.signature, toDecimal(row.fee), ProviderRow::name(row.state), row.error,
            smallInteger(row.claimed)});
}

void setState(Sql &sql, const Address &user, const U256 &nonce, ProviderRow::State state, const QString &error)
{
    sql.exec(QStringLiteral("UPDATE pa_request SET state = ?, error = ? WHERE user = ? AND nonce = ?"), {ProviderRow::name(state), error, user.toLower(), smallInteger(nonce)});
}

void settledUpTo(Sql &sql, const Address &user, const U256 &nonce)
{
    sql.exec(QStringLiteral("UPDATE pa_request SET state = 'settled', error = '' WHERE user = ? AND nonce <= ? AND state = 'served'"), {user.toLower(), smallInteger(nonce)});
}

void leftOut(Sql &sql, const Address &user, const QString &why)
{
    sql.exec(QStringLiteral("UPDATE pa_request SET error = ? WHERE user = ? AND state = 'served'"), {why, user.toLower()});
}

void putSettlement(Sql &sql, const SettlementNote &note)
{
    sql.exec(QStringLiteral("INSERT INTO pa_settlement(started, finished, cause, ok, error, total) VALUES(?, ?, ?, ?, ?, ?)"),
        {note.started, note.finished, note.trigger, note.ok, note.error, toDecimal(note.total)});
}

QList<Json> settlements(Sql &sql, std::optional<int> latest)
{
    const QString columns = QStringLiteral("id, started, finished, cause, ok, error, total");
    return sql.rows(QStringLiteral("SELECT %1 FROM (SELECT * FROM pa_settlement ORDER BY id DESC LIMIT ?) ORDER BY id").arg(columns), {latest.value_or(-1)}, [](const Row &row) {
        Json json{{QStringLiteral("id"), row.integer(0)}, {QStringLiteral("started"), timeText(row.integer(1))}, {QStringLiteral("finished"), timeText(row.integer(2))},
            {QStringLiteral("trigger"), row.text(3)}, {QStringLiteral("ok"), row.boolean(4)}};
        if (!row.text(5).isEmpty())
            json.insert(QStringLiteral("error"), row.text(5));
        json.insert(QStringLiteral("total"), neuron::number(orThrow(weiFromDecimal(row.text(6)))));
        return json;
    });
}

Json requests(Sql &sql, std::optional<bool> processed, std::optional<int> latest)
{
    QList<Json> items;
    Wei sum = 0;
    QString table = QStringLiteral("pa_request");
    if (processed)
        table += *processed ? QStringLiteral(" WHERE state = 'settled'") : QStringLiteral(" WHERE state <> 'settled'");
    sql.each(latestRows(RowColumns, table), {latest.value_or(-1)}, [&](const Row &row) {
        const ProviderRow found = rowOf(row);
        if (found.state != ProviderRow::State::Failed)
            sum += found.fee;
        items.append(found.toJson());
    });
    return listJson(items, sum);
}

} // namespace sluice::zerog::provider_store
