#include "user_store_p.h"

#include "agent_sql_p.h"

#include <QtCore/QHash>

namespace sluice::zerog::user_store {

namespace {

const QString CallColumns = QStringLiteral("provider, %1, fee, state, error, units, claimed").arg(SignedColumns);
constexpr int MostRemembered = 256;

UserCall::State stateOf(const QString &name)
{
    using State = UserCall::State;
    return stateNamed<UserCall>(name, {State::Sent, State::Done, State::Failed, State::Unknown, State::Resolved});
}

UserCall callOf(const Row &row)
{
    UserCall call;
    call.provider = orThrow(Address::fromHex(row.text(0)));
    call.request = signedIn(row, 1);
    call.fee = orThrow(weiFromDecimal(row.text(7)));
    call.state = stateOf(row.text(8));
    call.error = row.text(9);
    call.units = maybeU256(row.maybeInteger(10));
    call.claimed = maybeU256(row.maybeInteger(11));
    return call;
}

} // namespace

Schema schema()
{
    return {QStringLiteral("zerog_user"),
        {{QStringLiteral("create the user agent's tables"),
            {QStringLiteral("CREATE TABLE ua_provider(provider TEXT PRIMARY KEY, nonce INTEGER NOT NULL, last_output INTEGER, unpaid TEXT NOT NULL)"),
                QStringLiteral("CREATE TABLE ua_request(number INTEGER PRIMARY KEY AUTOINCREMENT, provider TEXT NOT NULL, nonce INTEGER NOT NULL, service TEXT NOT NULL, "
                               "input_count INTEGER NOT NULL, prev_output INTEGER NOT NULL, created_at INTEGER NOT NULL, signature BLOB NOT NULL, fee TEXT NOT NULL, "
                               "state TEXT NOT NULL, error TEXT NOT NULL, units INTEGER, claimed INTEGER, UNIQUE(provider, nonce))"),
                QStringLiteral("CREATE INDEX ua_request_open ON ua_request(state) WHERE state IN ('sent', 'unknown')")}}}};
}

QList<ProviderAccount> load(Sql &sql)
{
    QHash<Address, ProviderAccount> accounts;
    sql.each(QStringLiteral("SELECT provider, nonce, last_output, unpaid FROM ua_provider"), {}, [&](const Row &row) {
        ProviderAccount account;
        account.provider = orThrow(Address::fromHex(row.text(0)));
        account.nonce = row.integer(1);
        account.lastOutput = maybeU256(row.maybeInteger(2));
        account.unpaid = listFromText(row.text(3));
        accounts.insert(account.provider, account);
    });
    sql.exec(QStringLiteral("UPDATE ua_request SET state = 'unknown', error = 'the agent was stopped before the answer was complete' WHERE state = 'sent'"));
    sql.each(QStringLiteral("SELECT provider, nonce FROM ua_request WHERE state = 'unknown' ORDER BY number"), {},
        [&](const Row &row) { accounts[orThrow(Address::fromHex(row.text(0)))].doubts.append(U256(row.integer(1))); });
    for (ProviderAccount &account : accounts) {
        const auto counts = sql.rows(QStringLiteral("SELECT units FROM ua_request WHERE provider = ? AND units IS NOT NULL ORDER BY number DESC LIMIT ?"),
            {account.provider.toLower(), MostRemembered}, [](const Row &row) { return U256(row.integer(0)); });
        for (auto it = counts.crbegin(); it != counts.crend(); ++it)
            account.remember(*it);
    }
    return accounts.values();
}

void putAccount(Sql &sql, const ProviderAccount &account)
{
    sql.exec(QStringLiteral("INSERT OR REPLACE INTO ua_provider(provider, nonce, last_output, unpaid) VALUES(?, ?, ?, ?)"),
        {account.provider.toLower(), smallInteger(account.nonce), smallInteger(account.lastOutput), listText(account.unpaid)});
}

void putCall(Sql &sql, const UserCall &call)
{
    sql.exec(QStringLiteral("INSERT OR REPLACE INTO ua_request(%1) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").arg(CallColumns),
        {call.provider.toLower(), smallInteger(call.request.nonce), call.request.serviceName, smallInteger(call.request.inputCount),
            smallInteger(call.request.previousOutputCount), call.request.createdAt, call.request.signature, toDecimal(call.fee), UserCall::name(call.state), call.error,
            smallInteger(call.units), smallInteger(call.claimed)});
}

void setState(Sql &sql, const Address &provider, const U256 &nonce, UserCall::State state, const QString &error, const std::optional<U256> &units)
{
    sql.exec(QStringLiteral("UPDATE ua_request SET state = ?, error = ?, units = ? WHERE provider = ? AND nonce = ?"),
        {UserCall::name(state), error, smallInteger(units), provider.toLower(), smallInteger(nonce)});
}

Json calls(Sql &sql, std::optional<int> latest)
{
    QList<Json> items;
    Wei sum = 0;
    sql.each(latestRows(CallColumns, QStringLiteral("ua_request")), {latest.value_or(-1)}, [&](const Row &row) {
        const UserCall call = callOf(row);
        if (call.state != UserCall::State::Failed)
            sum += call.fee;
        items.append(call.toJson());
    });
    return listJson(items, sum);
}

} // namespace sluice::zerog::user_store
