#include "await.h"
#include "commands.h"
#include "connection.h"
#include "render.h"
#include "text.h"
#include "zerog_options.h"

#include "sluice/backend/sales_desk.h"
#include "sluice/base/async.h"
#include "sluice/crypto/address.h"
#include "sluice/zerog/neuron.h"

#include <cstdio>
#include <unistd.h>

namespace sluice::ctl {

namespace {

const QString List = QStringLiteral("list");
const QString Calls = QStringLiteral("calls");
const QString Deposit = QStringLiteral("deposit");
const QString Refund = QStringLiteral("refund");
const QString PayOut = QStringLiteral("payout");
const QString Sales = QStringLiteral("sales");
const QString Settle = QStringLiteral("settle");

CommandLine accountsLine()
{
    CommandLine line(QStringLiteral("accounts"), QStringLiteral("[list|calls|deposit|refund|payout|sales|settle] [options]"),
        Text::tr("The accounts at providers of 0G from which the profile's calls are paid, and what your own provider agent sells.\n"
                 "  list     the accounts, what was asked back, and what is sold; also without a word\n"
                 "  calls    the latest requests, with their fees and whether their signatures check\n"
                 "  deposit  put money in, which opens an account where there is none\n"
                 "  refund   ask money back; it comes when the ledger's lock time is over\n"
                 "  payout   have paid what is due of that\n"
                 "  sales    what your provider agent sells and sold, to whom, and what is not settled\n"
                 "  settle   have that paid"));
    line.addOption({QStringLiteral("provider")}, Text::tr("For deposit and refund: at which provider, by its address. Not needed where there is only one."), QStringLiteral("ADDRESS"));
    line.addOption({QStringLiteral("amount")}, Text::tr("For deposit and refund: \"0.5 A0GI\" or \"1000 neuron\"; a number alone is A0GI."), QStringLiteral("AMOUNT"));
    line.addOption({QStringLiteral("yes")}, Text::tr("Agree to what moves money. Without it a terminal is asked, and nothing else is taken for a yes."));
    line.addOption({QStringLiteral("latest")}, Text::tr("Of calls and sales, that many at most; default 100."), QStringLiteral("N"));
    Connection::addOptions(line);
    line.addJson();
    addNeuronNote(line);
    line.addExample(QStringLiteral("sluicectl accounts"), Text::tr("Balances, what was asked back, services and prices."));
    line.addExample(QStringLiteral("sluicectl accounts deposit --amount \"0.01 A0GI\" --yes"), Text::tr("Without a question."));
    return line;
}

Wei amountOf(const QString &digits)
{
    return digits.isEmpty() ? Wei(0) : orThrow(weiFromDecimal(digits));
}

/// "0.5 A0GI = 500000000000000000 neuron".
QString both(const QString &digits)
{
    return QStringLiteral("%1 A0GI = %2 neuron").arg(zerog::neuron::inA0gi(amountOf(digits)), digits);
}

QString time(const QDateTime &at)
{
    return at.isValid() ? at.toUTC().toString(Qt::ISODate) : QStringLiteral("-");
}

QString checkName(SignatureCheck check)
{
    switch (check) {
    case SignatureCheck::Good:
        return QStringLiteral("good");
    case SignatureCheck::Bad:
        return QStringLiteral("bad");
    case SignatureCheck::NotChecked:
        break;
    }
    return QStringLiteral("not checked");
}

Json asJson(const SoldService &service)
{
    return Json{{QStringLiteral("provider"), service.provider}, {QStringLiteral("name"), service.name}, {QStringLiteral("type"), service.type}, {QStringLiteral("url"), service.url},
        {QStringLiteral("input_price"), service.inputPrice}, {QStringLiteral("output_price"), service.outputPrice},
        {QStringLiteral("per"), service.perByte ? QStringLiteral("byte") : QStringLiteral("word")}, {QStringLiteral("updated_at"), time(service.updatedAt)}};
}

Json asJson(const RemoteAccount &account)
{
    Json refunds = Json::array();
    for (const AccountRefund &refund : account.refunds) {
        if (!refund.processed)
            refunds.append(Json{{QStringLiteral("index"), refund.index}, {QStringLiteral("amount"), refund.amount}, {QStringLiteral("asked_at"), time(refund.askedAt)},
                {QStringLiteral("due_at"), time(refund.dueAt)}});
    }
    return Json{{QStringLiteral("provider"), account.provider}, {QStringLiteral("balance"), account.balance}, {QStringLiteral("pending_refund"), account.pendingRefund},
        {QStringLiteral("settled_nonce"), account.settledNonce}, {QStringLiteral("refunds"), refunds}};
}

Json asJson(const AccountCall &call)
{
    return Json{{QStringLiteral("at"), time(call.at)}, {QStringLiteral("provider"), call.provider}, {QStringLiteral("user"), call.user}, {QStringLiteral("service"), call.service},
        {QStringLiteral("nonce"), call.nonce}, {QStringLiteral("input_count"), call.inputCount}, {QStringLiteral("previous_output_count"), call.previousOutputCount},
        {QStringLiteral("fee"), call.fee}, {QStringLiteral("state"), call.state}, {QStringLiteral("error"), call.error}, {QStringLiteral("signature"), call.signature},
        {QStringLiteral("signature_check"), checkName(call.check)}, {QStringLiteral("signature_problem"), call.checkProblem}};
}

Json asJson(const Settlement &one)
{
    return Json{{QStringLiteral("id"), one.id}, {QStringLiteral("finished"), time(one.finished)}, {QStringLiteral("cause"), one.cause}, {QStringLiteral("ok"), one.ok},
        {QStringLiteral("error"), one.error}, {QStringLiteral("total"), one.total}};
}

template <typename One>
Json asJson(const QList<One> &all)
{
    Json list = Json::array();
    for (const One &one : all)
        list.append(asJson(one));
    return list;
}

Json asJson(const AccountBook &book)
{
    return Json{{QStringLiteral("owner"), book.owner}, {QStringLiteral("wallet"), book.wallet}, {QStringLiteral("unit"), book.unit}, {QStringLiteral("accounts"), asJson(book.accounts)},
        {QStringLiteral("services"), asJson(book.services)}};
}

Json asJson(const SalesBook &book)
{
    Json customers = Json::array();
    for (const SalesCustomer &one : book.customers)
        customers.append(Json{{QStringLiteral("user"), one.user}, {QStringLiteral("available"), one.available}, {QStringLiteral("unsettled"), one.unsettled},
            {QStringLiteral("last_nonce"), one.lastNonce}});
    return Json{{QStringLiteral("provider"), book.provider}, {QStringLiteral("wallet"), book.wallet}, {QStringLiteral("unit"), book.unit},
        {QStringLiteral("unsettled"), book.unsettled}, {QStringLiteral("services"), asJson(book.services)}, {QStringLiteral("users"), customers},
        {QStringLiteral("calls"), asJson(book.calls)}, {QStringLiteral("settlements"), asJson(book.settlements)}};
}

void printServices(const QList<SoldService> &services)
{
    QList<QStringList> rows{{Text::tr("SERVICE"), Text::tr("KIND"), Text::tr("SENT"), Text::tr("RECEIVED"), Text::tr("PROVIDER")}};
    for (const SoldService &one : services) {
        const QString per = one.perByte ? QStringLiteral("%1 neuron/byte") : QStringLiteral("%1 neuron/word");
        rows.append({one.name, one.type, per.arg(one.inputPrice), per.arg(one.outputPrice), one.provider});
    }
    if (rows.size() > 1)
        writeText(table(rows));
}

void print(const AccountBook &book)
{
    if (!book.owner.isEmpty())
        writeText(Text::tr("Account of %1, wallet %2\n").arg(book.owner, both(book.wallet)));
    for (const RemoteAccount &account : book.accounts) {
        writeText(Text::tr("At %1: %2, asked back %3\n").arg(account.provider, both(account.balance), both(account.pendingRefund)));
        for (const AccountRefund &refund : account.refunds) {
            if (!refund.processed)
                writeText(Text::tr("  refund %1: %2, due %3\n").arg(QString::number(refund.index), both(refund.amount), time(refund.dueAt)));
        }
    }
    if (book.accounts.isEmpty())
        writeErr(Text::tr("There is no account at any provider yet: sluicectl accounts deposit opens one."));
    printServices(book.services);
}

void print(const QList<AccountCall> &calls)
{
    QList<QStringList> rows{{Text::tr("ASKED"), Text::tr("SERVICE"), Text::tr("NONCE"), Text::tr("SENT"), Text::tr("ANSWER BEFORE"), Text::tr("FEE"), Text::tr("STATE"), Text::tr("SIGNATURE")}};
    for (const AccountCall &one : calls)
        rows.append({time(one.at), one.service, one.nonce, one.inputCount, one.previousOutputCount, one.fee, one.state, checkName(one.check)});
    writeText(table(rows));
}

void print(const SalesBook &book)
{
    writeText(Text::tr("Provider %1, wallet %2, not settled %3\n").arg(book.provider.isEmpty() ? QStringLiteral("-") : book.provider,
        book.wallet.isEmpty() ? QStringLiteral("-") : both(book.wallet), both(book.unsettled)));
    printServices(book.services);
    for (const SalesCustomer &one : book.customers)
        writeText(Text::tr("%1 can pay %2, owes %3\n").arg(one.user, both(one.available), one.unsettled.isEmpty() ? QStringLiteral("-") : both(one.unsettled)));
    print(book.calls);
    for (const Settlement &one : book.settlements)
        writeText(Text::tr("settled %1 (%2): %3\n").arg(time(one.finished), one.cause, one.ok ? both(one.total) : one.error));
}

/// A yes of --yes, or typed at a terminal. Throws when it is neither.
QCoro::Task<void> agree(const CommandLine *line, QString question)
{
    if (line->has(QStringLiteral("yes")))
        co_return;
    if (::isatty(STDIN_FILENO) == 0)
        throw Error(Error::Kind::InvalidInput, Text::tr("%1 Nobody is there to agree.").arg(question)).withAdvice(Text::tr("Say it with --yes."));
    writeErrPiece(Text::tr("%1 [y/N] ").arg(question));
    const auto answer = std::make_shared<QByteArray>();
    const QFuture<void> read = inBackground([answer] {
        char typed[16] = {};
        if (std::fgets(typed, int(sizeof typed), stdin))
            *answer = QByteArray(typed).trimmed().toLower();
    });
    const QFuture<void> ended = endOrInterruption(read);
    co_await ended;
    if (*answer != "y" && *answer != "yes")
        throw Error(Error::Kind::Canceled, Text::tr("Nothing was done."));
}

/// --provider, which must be one, or the only one that there is: money that went to a mistyped address would be locked there.
QString providerOf(const CommandLine &line, const AccountBook &book, bool withAccount)
{
    QStringList all;
    for (const RemoteAccount &account : book.accounts)
        all.append(account.provider);
    for (const SoldService &service : book.services) {
        if (!withAccount && !all.contains(service.provider))
            all.append(service.provider);
    }
    if (line.has(QStringLiteral("provider"))) {
        const QString named = orThrow(Address::fromHex(line.value(QStringLiteral("provider")))).toChecksum();
        if (all.contains(named))
            return named;
        throw Error(Error::Kind::InvalidInput, withAccount ? Text::tr("There is no account at %1.").arg(named) : Text::tr("%1 sells nothing here.").arg(named))
            .withAdvice(Text::tr("sluicectl accounts lists accounts, services and their providers."));
    }
    if (all.size() == 1)
        return all.first();
    throw Error(Error::Kind::InvalidInput, all.isEmpty() ? Text::tr("There is no provider.") : Text::tr("There are %1 providers.").arg(all.size()))
        .withAdvice(Text::tr("Say which: --provider ADDRESS. sluicectl accounts lists them."));
}

void done(const CommandLine &line, const QString &words, const Json &json)
{
    if (line.json())
        writeOut(json.dump() + '\n');
    else
        writeText(words + QLatin1Char('\n'));
}

QCoro::Task<void> moveMoney(const CommandLine *line, Gateway *gateway, QString backend, QString action)
{
    const bool deposits = action == Deposit;
    if (!line->has(QStringLiteral("amount")))
        throw Error(Error::Kind::InvalidInput, Text::tr("Say how much: --amount \"0.5 A0GI\"."));
    const U256 neuron = orThrow(zerog::neuron::parse(line->value(QStringLiteral("amount"))));
    if (neuron == 0)
        throw Error(Error::Kind::InvalidInput, Text::tr("--amount must be more than 0."));
    const QString amount = toDecimal(neuron);
    const QFuture<AccountBook> asked = gateway->accounts(backend);
    const AccountBook book = co_await settled(asked);
    const QString provider = providerOf(*line, book, !deposits);
    const QString question = deposits ? Text::tr("Deposit %1 at %2?").arg(both(amount), provider) : Text::tr("Ask %1 back from %2?").arg(both(amount), provider);
    co_await agree(line, question);
    const QFuture<void> moved = deposits ? gateway->depositAt(backend, provider, amount) : gateway->askRefund(backend, provider, amount);
    co_await settled(moved);
    const QFuture<AccountBook> again = gateway->accounts(backend);
    const AccountBook after = co_await settled(again);
    const RemoteAccount *account = after.at(provider);
    const QString now = account ? both(account->balance) : QStringLiteral("-");
    const QString words = deposits ? Text::tr("Deposited %1 at %2; the account has %3.").arg(both(amount), provider, now)
                                   : Text::tr("Asked %1 back from %2; it comes when its time is over.").arg(both(amount), provider);
    done(*line, words, Json{{QStringLiteral("ok"), true}, {QStringLiteral("amount"), amount}, {QStringLiteral("account"), account ? asJson(*account) : Json()}});
}

qsizetype refundsUnderWay(const AccountBook &book)
{
    qsizetype count = 0;
    for (const RemoteAccount &account : book.accounts)
        count += std::count_if(account.refunds.begin(), account.refunds.end(), [](const AccountRefund &refund) { return !refund.processed; });
    return count;
}

QCoro::Task<void> payOut(const CommandLine *line, Gateway *gateway, QString backend)
{
    const QFuture<AccountBook> asked = gateway->accounts(backend);
    const AccountBook before = co_await settled(asked);
    const QFuture<void> paying = gateway->processRefunds(backend);
    co_await settled(paying);
    const QFuture<AccountBook> again = gateway->accounts(backend);
    const AccountBook after = co_await settled(again);
    const qsizetype left = refundsUnderWay(after);
    const qsizetype paid = std::max<qsizetype>(0, refundsUnderWay(before) - left);
    const QString nothing = left > 0 ? Text::tr("Nothing is due yet; sluicectl accounts says when.") : Text::tr("Nothing was asked back.");
    done(*line, paid > 0 ? Text::tr("What was due has been paid.") : nothing, Json{{QStringLiteral("ok"), true}, {QStringLiteral("paid"), paid}});
}

QCoro::Task<void> settleSales(const CommandLine *line, Gateway *gateway, QString backend)
{
    const QFuture<SalesBook> asked = gateway->sales(backend, 1);
    const SalesBook book = co_await settled(asked);
    const QString question = Text::tr("Settle %1?").arg(both(book.unsettled));
    co_await agree(line, question);
    const QFuture<SettlementOutcome> settling = gateway->settleSales(backend);
    const SettlementOutcome outcome = co_await settled(settling);
    QString words = Text::tr("Nothing was to be settled.");
    if (outcome.settlement)
        words = outcome.settlement->ok ? Text::tr("Settled: %1 came in.").arg(both(outcome.settlement->total)) : Text::tr("Nothing was settled: %1").arg(outcome.settlement->error);
    for (const QString &one : outcome.leftOut)
        writeErr(Text::tr("Left out: %1").arg(one));
    done(*line, words, Json{{QStringLiteral("ok"), !outcome.settlement || outcome.settlement->ok}, {QStringLiteral("settlement"), outcome.settlement ? asJson(*outcome.settlement) : Json()},
        {QStringLiteral("left_out"), toJson(outcome.leftOut)}});
}

/// Throws NotRouted, with what to do, where the profile has none.
QString backendFor(const QStringList &ids, const QString &problem, const QString &setting)
{
    if (ids.isEmpty())
        throw Error(Error::Kind::NotRouted, problem).withAdvice(Text::tr("Add it to the profile: sluicectl profile add NAME --set %1").arg(setting));
    return ids.first();
}

QCoro::Task<void> act(const CommandLine *line, Gateway *gateway, QString action, QString profile)
{
    const int latest = int(line->number(QStringLiteral("latest"), 100, 1, 100'000));
    if (action == Sales || action == Settle) {
        const QString backend = backendFor(gateway->salesBackends(), Text::tr("The profile \"%1\" names no provider agent of yours.").arg(profile), QStringLiteral("zerog.provider_agent=http://127.0.0.1:3080"));
        if (action == Settle) {
            co_await settleSales(line, gateway, backend);
            co_return;
        }
        const QFuture<SalesBook> asked = gateway->sales(backend, latest);
        const SalesBook book = co_await settled(asked);
        line->json() ? writeOut(asJson(book).dump() + '\n') : print(book);
        co_return;
    }
    const QString backend = backendFor(gateway->accountBackends(), Text::tr("The profile \"%1\" pays from no accounts: it names no user agent of 0G.").arg(profile), QStringLiteral("zerog.user_agent=http://127.0.0.1:1034"));
    if (action == Deposit || action == Refund) {
        co_await moveMoney(line, gateway, backend, action);
    } else if (action == PayOut) {
        co_await payOut(line, gateway, backend);
    } else if (action == Calls) {
        const QFuture<QList<AccountCall>> asked = gateway->accountCalls(backend, latest);
        const QList<AccountCall> calls = co_await settled(asked);
        line->json() ? writeOut(Json{{QStringLiteral("calls"), asJson(calls)}}.dump() + '\n') : print(calls);
    } else {
        const QFuture<AccountBook> asked = gateway->accounts(backend);
        const AccountBook book = co_await settled(asked);
        line->json() ? writeOut(asJson(book).dump() + '\n') : print(book);
    }
}

} // namespace

QCoro::Task<int> accountsCommand(QStringList arguments)
{
    CommandLine line = accountsLine();
    if (const auto code = line.parse(arguments, 0, 1))
        co_return *code;
    const QStringList actions{List, Calls, Deposit, Refund, PayOut, Sales, Settle};
    const QString action = line.arguments().value(0, List);
    if (!actions.contains(action))
        co_return line.refuse(Text::tr("\"%1\" is nothing that accounts does: %2 are.").arg(action, actions.join(QStringLiteral(", "))));
    if (line.has(QStringLiteral("provider")) && action != Deposit && action != Refund)
        co_return line.refuse(Text::tr("--provider goes with deposit and refund; %1 is about all providers.").arg(action));
    const auto connection = co_await Connection::open(&line, openUserData());
    co_await act(&line, &connection->gateway(), action, connection->profileName());
    co_await connection->close();
    co_return ExitOk;
}

} // namespace sluice::ctl
