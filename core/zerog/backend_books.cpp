// The accounts from which calls are paid, and what is sold by an agent of one's own.
#include "backend_p.h"

#include "sluice/zerog/neuron.h"

namespace sluice::zerog {

namespace {

constexpr int DecimalsOfA0gi = 18;
constexpr int MostSettlements = 200;
constexpr int MostLeftOut = 500;

U256 amountFrom(const QString &text)
{
    const auto amount = u256FromDecimal(text);
    if (!amount)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("“%1” is no amount in neuron: whole numbers of digits are.").arg(text.left(100)));
    return *amount;
}

Address providerFrom(const QString &text)
{
    const auto provider = Address::fromHex(text);
    if (!provider)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("“%1” is no provider's address: 0x and 40 hex digits are.").arg(text.left(100)));
    return *provider;
}

QDateTime timeOf(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
}

template <typename Book> void setUnit(Book &book)
{
    book.unit = QStringLiteral("neuron");
    book.largeUnit = QStringLiteral("A0GI");
    book.decimals = DecimalsOfA0gi;
}

SoldService soldBy(const Service &service)
{
    SoldService sold;
    sold.provider = service.provider.isZero() ? QString() : service.provider.toChecksum();
    sold.name = service.name;
    sold.type = service.type;
    sold.url = service.url;
    sold.inputPrice = toDecimal(service.inputPrice);
    sold.outputPrice = toDecimal(service.outputPrice);
    sold.perByte = serviceType(service.type) == ServiceType::Storage;
    sold.updatedAt = timeOf(service.updatedAt);
    return sold;
}

RemoteAccount accountOf(const Account &account, const std::optional<LedgerView> &view)
{
    RemoteAccount one;
    one.provider = account.provider.toChecksum();
    one.balance = toDecimal(account.balance);
    one.pendingRefund = toDecimal(account.pendingRefund);
    one.settledNonce = toDecimal(account.nonce);
    for (const Refund &refund : account.refunds) {
        AccountRefund open;
        open.index = refund.index;
        open.amount = toDecimal(refund.amount);
        open.askedAt = timeOf(refund.createdAt);
        if (view)
            open.dueAt = timeOf(refund.createdAt + view->lockTime);
        open.processed = refund.processed;
        one.refunds.append(open);
    }
    return one;
}

QString numberIn(const Json &row, const char *key)
{
    return QString::fromLatin1(row.value(QLatin1String(key)).numberText());
}

QString textIn(const Json &row, const char *key)
{
    return row.value(QLatin1String(key)).toString();
}

/// A row of either agent's list.
AccountCall callOf(const Json &row)
{
    AccountCall call;
    call.at = QDateTime::fromString(textIn(row, "createdAt"), Qt::ISODate);
    call.provider = textIn(row, "providerAddress");
    call.user = textIn(row, "userAddress");
    call.service = textIn(row, "serviceName");
    call.nonce = numberIn(row, "nonce");
    call.inputCount = numberIn(row, "inputCount");
    call.previousOutputCount = numberIn(row, "previousOutputCount");
    call.outputCount = numberIn(row, "outputCount");
    call.fee = numberIn(row, "fee");
    call.state = textIn(row, "state");
    call.error = textIn(row, "error");
    call.signature = textIn(row, "signature");
    return call;
}

/// What of it was signed, whole or not at all. `provider`, `user`: of rows that do not say.
SignedRow signedRow(const Json &row, const QString &provider, const QString &user)
{
    SignedRow made;
    const auto seller = Address::fromHex(provider);
    if (!seller || user.isEmpty()) {
        made.problem = QStringLiteral("the agent does not tell whose calls they are");
        return made;
    }
    Json whole = row;
    whole.insert(QStringLiteral("userAddress"), user);
    const auto request = Request::fromJson(whole);
    if (!request) {
        made.check = SignatureCheck::Bad;
        made.problem = request.error().message();
        return made;
    }
    made.provider = *seller;
    made.request = *request;
    return made;
}

Settlement settlementOf(const Json &row)
{
    Settlement one;
    one.id = row.value(QStringLiteral("id")).toInt64().value_or(0);
    one.started = QDateTime::fromString(textIn(row, "started"), Qt::ISODate);
    one.finished = QDateTime::fromString(textIn(row, "finished"), Qt::ISODate);
    one.cause = textIn(row, "trigger");
    one.ok = row.value(QStringLiteral("ok")).toBool();
    one.error = textIn(row, "error");
    one.total = numberIn(row, "total");
    return one;
}

QList<AccountCall> withChecks(QList<AccountCall> calls, const QList<SignedRow> &rows)
{
    for (qsizetype i = 0; i < calls.size(); ++i) {
        calls[i].check = rows.at(i).check;
        calls[i].checkProblem = rows.at(i).problem;
    }
    return calls;
}

} // namespace

QCoro::Task<AccountBook> ZerogBackend::accounts(CallContext context)
{
    if (m_fault)
        throw Error(*m_fault);
    const QList<Account> all = co_await m_client->accounts(context);
    const QList<Service> services = co_await m_client->services(context);
    const std::optional<LedgerView> view = co_await m_client->ledger(context);
    AccountBook book;
    book.server = m_client->base();
    setUnit(book);
    if (view) {
        book.owner = view->owner.toChecksum();
        book.wallet = toDecimal(view->wallet);
        book.serverTime = timeOf(view->now);
    }
    for (const Account &account : all) {
        RemoteAccount one = accountOf(account, view);
        for (const Service &service : services) {
            if (service.provider == account.provider)
                one.services.append(service.name);
        }
        book.accounts.append(one);
    }
    for (const Service &service : services)
        book.services.append(soldBy(service));
    co_return std::as_const(book);
}

QCoro::Task<QList<AccountCall>> ZerogBackend::calls(int most, CallContext context)
{
    const QList<Json> told = co_await m_client->calls(most, context);
    const std::optional<LedgerView> view = co_await m_client->ledger(context);
    const QString owner = view ? view->owner.toChecksum() : QString();
    QList<AccountCall> shown;
    const auto rows = std::make_shared<QList<SignedRow>>();
    const qsizetype first = most > 0 ? std::max<qsizetype>(0, told.size() - most) : 0; // agents of others tell all
    for (const Json &row : told.mid(first)) {
        AccountCall call = callOf(row);
        if (call.user.isEmpty())
            call.user = owner;
        rows->append(signedRow(row, call.provider, call.user));
        shown.append(call);
    }
    co_await m_checks.fill(rows);
    co_return withChecks(shown, *rows);
}

QCoro::Task<void> ZerogBackend::openAccount(QString provider, QString amount, CallContext context)
{
    co_await m_client->create(providerFrom(provider), amountFrom(amount), context);
}

QCoro::Task<void> ZerogBackend::deposit(QString provider, QString amount, CallContext context)
{
    co_await m_client->charge(providerFrom(provider), amountFrom(amount), context);
}

QCoro::Task<void> ZerogBackend::askRefund(QString provider, QString amount, CallContext context)
{
    co_await m_client->refund(providerFrom(provider), amountFrom(amount), context);
}

QCoro::Task<void> ZerogBackend::processRefunds(CallContext context)
{
    co_await m_client->processRefunds(context);
}

QCoro::Task<SalesBook> ZerogBackend::sales(int mostCalls, CallContext context)
{
    if (m_fault)
        throw Error(*m_fault);
    const bool all = false; // settled ones, too
    const QList<Service> services = co_await m_sales->services(context);
    const QList<UserAccount> users = co_await m_sales->users(context);
    const QList<Json> told = co_await m_sales->calls(mostCalls, all, context);
    const QList<Json> settlements = co_await m_sales->settlements(MostSettlements, context);
    const std::optional<LedgerView> view = co_await m_sales->ledger(context);
    SalesBook book;
    book.server = m_sales->base();
    setUnit(book);
    if (view) {
        book.provider = view->owner.toChecksum();
        book.wallet = toDecimal(view->wallet);
    }
    for (const Service &service : services)
        book.services.append(soldBy(service));
    Wei owed = 0;
    for (const UserAccount &user : users) {
        SalesCustomer one;
        one.user = user.user.toChecksum();
        one.available = toDecimal(user.lockBalance);
        one.unsettled = user.unsettledFee ? toDecimal(*user.unsettledFee) : QString();
        one.lastNonce = user.lastRequestNonce ? toDecimal(*user.lastRequestNonce) : QString();
        one.checkedAt = timeOf(user.lastBalanceCheckTime);
        owed += user.unsettledFee.value_or(Wei(0));
        book.customers.append(one);
    }
    book.unsettled = toDecimal(owed);
    const auto rows = std::make_shared<QList<SignedRow>>();
    const qsizetype first = mostCalls > 0 ? std::max<qsizetype>(0, told.size() - mostCalls) : 0;
    for (const Json &row : told.mid(first)) {
        AccountCall call = callOf(row);
        call.provider = book.provider;
        rows->append(signedRow(row, book.provider, call.user));
        book.calls.append(call);
    }
    for (const Json &row : settlements)
        book.settlements.append(settlementOf(row));
    co_await m_checks.fill(rows);
    book.calls = withChecks(book.calls, *rows);
    co_return std::as_const(book);
}

QCoro::Task<SettlementOutcome> ZerogBackend::settle(CallContext context)
{
    const QList<Json> before = co_await m_sales->settlements(1, context);
    co_await m_sales->settle(context);
    const QList<Json> after = co_await m_sales->settlements(1, context);
    const bool openOnly = true;
    const QList<Json> open = co_await m_sales->calls(MostLeftOut, openOnly, context);
    SettlementOutcome outcome;
    const qint64 last = before.isEmpty() ? 0 : settlementOf(before.last()).id;
    if (!after.isEmpty() && settlementOf(after.last()).id > last)
        outcome.settlement = settlementOf(after.last());
    for (const Json &row : open) {
        const AccountCall call = callOf(row);
        const QString why = QStringLiteral("%1: %2").arg(call.user, call.error);
        if (call.state == QLatin1String("served") && !call.error.isEmpty() && !outcome.leftOut.contains(why))
            outcome.leftOut.append(why);
    }
    co_return std::as_const(outcome);
}

} // namespace sluice::zerog
