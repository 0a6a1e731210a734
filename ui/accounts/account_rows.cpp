#include "sluice/accounts/account_rows.h"

#include "sluice/widgets/duration_text.h"
#include "sluice/widgets/relative_time_label.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <algorithm>
#include <array>

namespace sluice::ui::account_rows {

namespace {

using namespace account_amount;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::ui::account_rows)
};

const QString kNothing = QStringLiteral("–");

Cell plain(const QString &text)
{
    return {text.isEmpty() ? kNothing : text, text, text, {}, {}, {}};
}

/// Shown for people; the hint has both units, and what is copied is exact.
Cell amount(const QString &digits, const AccountMoney &money)
{
    if (!isAmount(digits))
        return {kNothing, Words::tr("Not told"), {}, {}, {}, {}};
    return {human(digits, money), both(digits, money), digits, {}, {}, {}};
}

/// All of its digits.
Cell digits(const QString &number)
{
    return isAmount(number) ? plain(number) : plain({});
}

Cell address(const QString &whole)
{
    return {whole.isEmpty() ? kNothing : shortAddress(whole), whole, whole, {}, {}, {}};
}

Cell time(const QDateTime &at)
{
    if (!at.isValid() || at.toSecsSinceEpoch() <= 0)
        return {kNothing, Words::tr("Not told"), {}, {}, {}, {}};
    return {RelativeTimeLabel::words(at, QDateTime::currentDateTimeUtc()), RelativeTimeLabel::exact(at), at.toUTC().toString(Qt::ISODate), {}, {}, {}};
}

Cell signature(const AccountCall &call)
{
    switch (call.check) {
    case SignatureCheck::Good:
        return Cell{Words::tr("checks"), Words::tr("Recovered here from what was signed: it is this user's.\n%1").arg(call.signature), call.signature, {}, {}, {}}.with(
            QStringLiteral("shield-check"), Theme::Role::Success);
    case SignatureCheck::Bad:
        return Cell{Words::tr("does not check"), call.checkProblem, call.signature, {}, {}, Theme::Role::Failed}.with(QStringLiteral("circle-x"), Theme::Role::Failed);
    case SignatureCheck::NotChecked:
        break;
    }
    return Cell{Words::tr("not checked"), call.checkProblem, call.signature, {}, {}, {}}.with(QStringLiteral("circle-question-mark"), Theme::Role::Muted);
}

/// The agents' names for what became of a call, in a person's words; a name that is not known stays as it is.
Cell state(const AccountCall &call)
{
    struct Known {
        const char *name;
        const char *words;
        const char *icon;
        Theme::Role role;
    };
    static constexpr std::array<Known, 10> all{{
        {"sent", QT_TRANSLATE_NOOP("sluice::ui::account_rows", "under way"), "activity", Theme::Role::Accent},
        {"done", QT_TRANSLATE_NOOP("sluice::ui::account_rows", "answered"), "circle-check", Theme::Role::Success},
        {"failed", QT_TRANSLATE_NOOP("sluice::ui::account_rows", "failed, free"), "circle-x", Theme::Role::Failed},
        {"unknown", QT_TRANSLATE_NOOP("sluice::ui::account_rows", "end not seen"), "circle-question-mark", Theme::Role::Warning},
        {"resolved", QT_TRANSLATE_NOOP("sluice::ui::account_rows", "as the provider counted"), "circle-question-mark", Theme::Role::Warning},
        {"reserved", QT_TRANSLATE_NOOP("sluice::ui::account_rows", "under way"), "activity", Theme::Role::Accent},
        {"served", QT_TRANSLATE_NOOP("sluice::ui::account_rows", "served, not settled"), "clock", Theme::Role::Muted},
        {"settled", QT_TRANSLATE_NOOP("sluice::ui::account_rows", "settled"), "circle-check", Theme::Role::Success},
        {"rejected", QT_TRANSLATE_NOOP("sluice::ui::account_rows", "refused by the ledger"), "circle-x", Theme::Role::Failed},
        {"", QT_TRANSLATE_NOOP("sluice::ui::account_rows", "not told"), "circle-question-mark", Theme::Role::Muted},
    }};
    for (const Known &one : all) {
        if (call.state != QLatin1String(one.name))
            continue;
        const QString words = Words::tr(one.words);
        const QString hint = call.error.isEmpty() ? words : QStringLiteral("%1\n%2").arg(words, call.error);
        return Cell{words, hint, call.error, {}, {}, {}}.with(QLatin1String(one.icon), one.role);
    }
    return plain(call.state);
}

/// What is counted down, in whole seconds.
QString timeLeft(qint64 seconds)
{
    constexpr qint64 minute = 60;
    return seconds < minute ? Words::tr("%1 s").arg(seconds) : durationText(std::chrono::seconds(seconds));
}

QString typeWords(const QString &type)
{
    if (type == QLatin1String("chatbot"))
        return Words::tr("chat");
    return type == QLatin1String("zgStorage") ? Words::tr("storage") : type;
}

Cell price(const QString &digitsOf, bool perByte, const AccountMoney &money)
{
    if (!isAmount(digitsOf))
        return plain({});
    const QString text = perByte ? Words::tr("%1 per byte").arg(exact(digitsOf, money)) : Words::tr("%1 per word").arg(exact(digitsOf, money));
    return {text, QStringLiteral("%1\n%2").arg(text, both(digitsOf, money)), digitsOf, {}, {}, {}};
}

/// What calls cost that no settlement has taken, as far as they are listed.
QString unsettledAt(const QString &provider, const AccountBook &book, const QList<AccountCall> &calls)
{
    QString owed = QStringLiteral("0");
    for (const AccountCall &call : calls) {
        if (call.provider == provider && call.state != QLatin1String("failed") && !isSettled(book, call))
            owed = sum(owed, call.fee);
    }
    return owed;
}

CellColumn text(const QString &title)
{
    return {title, false, false};
}
CellColumn number(const QString &title)
{
    return {title, true, false};
}
CellColumn mono(const QString &title)
{
    return {title, false, true};
}

} // namespace

QString shortAddress(const QString &address)
{
    constexpr qsizetype head = 6;
    constexpr qsizetype tail = 4;
    return address.size() > head + tail + 1 ? address.left(head) + QStringLiteral("…") + address.right(tail) : address;
}

bool isDue(const AccountRefund &refund, const QDateTime &now)
{
    return !refund.processed && refund.dueAt.isValid() && now.isValid() && refund.dueAt <= now;
}

bool isSettled(const AccountBook &book, const AccountCall &call)
{
    const RemoteAccount *account = book.at(call.provider);
    return account && isAmount(call.nonce) && compare(call.nonce, account->settledNonce) <= 0;
}

Shape providers()
{
    enum { Provider, Services, Balance, Exact, Free, AskedBack, Unsettled };
    return {Words::tr("Providers and accounts"),
        {mono(Words::tr("Provider")), text(Words::tr("Sells")), number(Words::tr("Balance")), number(Words::tr("Exactly")), number(Words::tr("Free")),
            number(Words::tr("Asked back")), number(Words::tr("Not settled"))},
        {{Provider}, {Balance}, {AskedBack}, {Unsettled}, {Services, true, true}, {Exact}, {Free}}};
}

QList<CellRow> rowsOfProviders(const AccountBook &book, const QList<AccountCall> &calls)
{
    const AccountMoney money = AccountMoney::of(book);
    QStringList all;
    for (const RemoteAccount &account : book.accounts)
        all.append(account.provider);
    for (const SoldService &service : book.services) {
        if (!all.contains(service.provider))
            all.append(service.provider);
    }
    QList<CellRow> rows;
    for (const QString &provider : std::as_const(all)) {
        QStringList sells;
        for (const SoldService &service : book.services) {
            if (service.provider == provider)
                sells.append(service.name);
        }
        CellRow row{provider, {address(provider), plain(sells.join(QStringLiteral(", ")))}};
        const RemoteAccount *account = book.at(provider);
        if (account) {
            row.cells += {amount(account->balance, money), Cell{exact(account->balance, money), both(account->balance, money), account->balance, {}, {}, {}},
                amount(difference(account->balance, account->pendingRefund), money), amount(account->pendingRefund, money), amount(unsettledAt(provider, book, calls), money)};
        } else {
            Cell none{Words::tr("no account"), Words::tr("Calls of its services need an account: deposit something."), {}, {}, {}, Theme::Role::Muted};
            row.cells += {none, plain({}), plain({}), plain({}), plain({})};
        }
        rows.append(row);
    }
    return rows;
}

Shape services(bool ours)
{
    enum { Name, Type, Input, Output, By, Url, Updated };
    const QString who = ours ? Words::tr("Stands before") : Words::tr("Provider's agent");
    // One's own need not say whose they are while there is room for something else.
    const QList<RankedColumn> ranked = ours ? QList<RankedColumn>{{Name, true}, {Type}, {Input}, {Output}, {Updated}, {Url, true, true}, {By}}
                                            : QList<RankedColumn>{{Name, true}, {Type}, {Input}, {Output}, {By}, {Updated}, {Url, true, true}};
    QList<CellColumn> columns{text(Words::tr("Service")), text(Words::tr("Kind")), number(Words::tr("Sent")), number(Words::tr("Received")), mono(Words::tr("Provider")), text(who),
        text(Words::tr("Changed"))};
    return {ours ? Words::tr("My services") : Words::tr("Services and prices"), columns, ranked};
}

QList<CellRow> rowsOfServices(const QList<SoldService> &services, const AccountMoney &money)
{
    QList<CellRow> rows;
    for (const SoldService &service : services) {
        rows.append({service.provider + QLatin1Char('/') + service.name,
            {plain(service.name), Cell{typeWords(service.type), service.type, service.type, {}, {}, {}}, price(service.inputPrice, service.perByte, money),
                price(service.outputPrice, service.perByte, money), address(service.provider), plain(service.url), time(service.updatedAt)}});
    }
    return rows;
}

Shape refunds()
{
    enum { Provider, Amount, Exact, Left, Asked, Due };
    return {Words::tr("Money that was asked back"),
        {mono(Words::tr("Provider")), number(Words::tr("Amount")), number(Words::tr("Exactly")), text(Words::tr("Time left")), text(Words::tr("Asked")), text(Words::tr("Can be paid"))},
        {{Left}, {Amount}, {Provider}, {Exact}, {Due, true, true}, {Asked}}};
}

QList<CellRow> rowsOfRefunds(const AccountBook &book, const QDateTime &now)
{
    const AccountMoney money = AccountMoney::of(book);
    QList<CellRow> rows;
    for (const RemoteAccount &account : book.accounts) {
        for (const AccountRefund &refund : account.refunds) {
            if (refund.processed)
                continue;
            Cell left{Words::tr("not told"), Words::tr("This agent does not tell how long its ledger keeps money that was asked back."), {}, {}, {}, {}};
            if (isDue(refund, now)) {
                left = Cell{Words::tr("due now"), Words::tr("It is paid when the agent looks next, or at once: Pay out what is due."), {}, {}, {}, {}}.with(
                    QStringLiteral("circle-check"), Theme::Role::Success);
            } else if (refund.dueAt.isValid() && now.isValid()) {
                left = Cell{timeLeft((now.msecsTo(refund.dueAt) + 999) / 1000), RelativeTimeLabel::exact(refund.dueAt), {}, {}, {}, {}}.with(QStringLiteral("clock"), Theme::Role::Muted);
            }
            Cell sumLeft = amount(refund.amount, money);
            if (compare(refund.amount, QStringLiteral("0")) == 0)
                sumLeft.hint = Words::tr("A settlement has used it up.");
            Cell due = time(refund.dueAt);
            if (refund.dueAt.isValid())
                due.text = RelativeTimeLabel::exact(refund.dueAt);
            rows.append({account.provider + QLatin1Char('#') + QString::number(refund.index),
                {address(account.provider), sumLeft, Cell{exact(refund.amount, money), both(refund.amount, money), refund.amount, {}, {}, {}}, left, time(refund.askedAt), due}});
        }
    }
    return rows;
}

Shape calls()
{
    enum { When, Service, Fee, Paid, Signature, State, Input, Output, Nonce, Provider };
    return {Words::tr("Requests"),
        {text(Words::tr("Asked")), text(Words::tr("Service")), number(Words::tr("Fee")), text(Words::tr("Settled")), text(Words::tr("Signature")), text(Words::tr("State")),
            number(Words::tr("Sent")), number(Words::tr("Answer before")), number(Words::tr("Nonce")), mono(Words::tr("Provider"))},
        {{When}, {Service, true}, {Fee}, {Signature}, {Paid}, {State, true, true}, {Input}, {Output}, {Nonce}, {Provider}}};
}

QList<CellRow> rowsOfCalls(const AccountBook &book, const QList<AccountCall> &calls)
{
    const AccountMoney money = AccountMoney::of(book);
    QList<CellRow> rows;
    for (auto it = calls.crbegin(); it != calls.crend(); ++it) {
        const AccountCall &call = *it;
        Cell paid = plain(Words::tr("not yet"));
        paid.hint = Words::tr("The provider takes it from the account when it settles.");
        if (call.state == QLatin1String("failed"))
            paid = Cell{Words::tr("free"), Words::tr("A call that fails costs nothing."), {}, {}, {}, {}};
        else if (isSettled(book, call))
            paid = Cell{Words::tr("settled"), Words::tr("The ledger has settled the calls of this account up to nonce %1.").arg(book.at(call.provider)->settledNonce), {}, {}, {}, {}}.with(
                QStringLiteral("check"), Theme::Role::Success);
        rows.append({call.provider + QLatin1Char('#') + call.nonce,
            {time(call.at), plain(call.service), amount(call.fee, money), paid, signature(call), state(call), digits(call.inputCount), digits(call.previousOutputCount),
                digits(call.nonce), address(call.provider)}});
    }
    return rows;
}

Shape customers()
{
    enum { User, Unsettled, Available, Nonce, Looked };
    return {Words::tr("Who has an account here"),
        {mono(Words::tr("User")), number(Words::tr("Not settled")), number(Words::tr("Can pay")), number(Words::tr("Last nonce")), text(Words::tr("Looked at"))},
        {{User}, {Unsettled}, {Available}, {Nonce}, {Looked, true, true}}};
}

QList<CellRow> rowsOfCustomers(const SalesBook &book)
{
    const AccountMoney money = AccountMoney::of(book);
    QList<CellRow> rows;
    for (const SalesCustomer &one : book.customers) {
        Cell owes = amount(one.unsettled, money);
        if (compare(one.unsettled, one.available) > 0) {
            owes = owes.with(QStringLiteral("triangle-alert"), Theme::Role::Warning);
            owes.hint += QLatin1Char('\n') + Words::tr("More than this user can pay.");
        }
        rows.append({one.user, {address(one.user), owes, amount(one.available, money), digits(one.lastNonce), time(one.checkedAt)}});
    }
    return rows;
}

Shape sales()
{
    enum { When, User, Service, Fee, Signature, State, Input, Output, Nonce };
    return {Words::tr("Who called"),
        {text(Words::tr("Asked")), mono(Words::tr("User")), text(Words::tr("Service")), number(Words::tr("Fee")), text(Words::tr("Signature")), text(Words::tr("State")),
            number(Words::tr("Sent")), number(Words::tr("Answer before")), number(Words::tr("Nonce"))},
        {{When}, {User}, {Fee}, {Signature}, {State, true, true}, {Service, true}, {Input}, {Output}, {Nonce}}};
}

QList<CellRow> rowsOfSales(const SalesBook &book)
{
    const AccountMoney money = AccountMoney::of(book);
    QList<CellRow> rows;
    for (auto it = book.calls.crbegin(); it != book.calls.crend(); ++it) {
        rows.append({it->user + QLatin1Char('#') + it->nonce,
            {time(it->at), address(it->user), plain(it->service), amount(it->fee, money), signature(*it), state(*it), digits(it->inputCount), digits(it->previousOutputCount),
                digits(it->nonce)}});
    }
    return rows;
}

Shape settlements()
{
    enum { When, Total, Exact, Outcome, Cause };
    return {Words::tr("Settlements"),
        {text(Words::tr("Settled")), number(Words::tr("Came in")), number(Words::tr("Exactly")), text(Words::tr("Outcome")), text(Words::tr("Because"))},
        {{When}, {Total}, {Outcome, true, true}, {Cause}, {Exact}}};
}

QList<CellRow> rowsOfSettlements(const SalesBook &book)
{
    const AccountMoney money = AccountMoney::of(book);
    const auto cause = [](const QString &name) {
        if (name == QLatin1String("asked"))
            return Words::tr("asked for");
        if (name == QLatin1String("risk"))
            return Words::tr("somebody could have become unable to pay");
        if (name == QLatin1String("force"))
            return Words::tr("it was time");
        return name == QLatin1String("start") ? Words::tr("the agent started") : name;
    };
    QList<CellRow> rows;
    for (auto it = book.settlements.crbegin(); it != book.settlements.crend(); ++it) {
        const Cell outcome = it->ok ? plain(Words::tr("done")).with(QStringLiteral("circle-check"), Theme::Role::Success)
                                    : Cell{it->error.isEmpty() ? Words::tr("failed") : it->error, it->error, it->error, {}, {}, Theme::Role::Failed}.with(
                                        QStringLiteral("circle-x"), Theme::Role::Failed);
        rows.append({QString::number(it->id),
            {time(it->finished), amount(it->total, money), Cell{exact(it->total, money), both(it->total, money), it->total, {}, {}, {}}, outcome, plain(cause(it->cause))}});
    }
    return rows;
}

Shape networkServices()
{
    enum { Provider, Type, Model, Input, Output, Acknowledged, Checked, Url };
    return {Words::tr("Services of the network of today"),
        {mono(Words::tr("Provider")), text(Words::tr("Kind")), text(Words::tr("Model")), number(Words::tr("Price in")), number(Words::tr("Price out")),
            text(Words::tr("Acknowledged")), text(Words::tr("Answers checked by")), text(Words::tr("Address"))},
        {{Provider}, {Model, true}, {Input}, {Output}, {Acknowledged, true}, {Type}, {Checked, true}, {Url, true, true}}};
}

QList<CellRow> rowsOfNetworkServices(const NetworkBook &book)
{
    const AccountMoney money = AccountMoney::of(book);
    QList<CellRow> rows;
    for (const NetworkService &one : book.services) {
        const bool settles = one.acknowledgement() == Acknowledgement::ByBoth;
        Cell known = plain(toWords(one.acknowledgement())).with(settles ? QStringLiteral("circle-check") : QStringLiteral("triangle-alert"), settles ? Theme::Role::Success : Theme::Role::Warning);
        known.hint = QStringLiteral("%1\n%2").arg(known.text, acknowledgementMeaning());
        rows.append({one.provider + QLatin1Char('/') + one.type + QLatin1Char('/') + one.model,
            {address(one.provider), plain(one.type), plain(one.model), amount(one.inputPrice, money), amount(one.outputPrice, money), known,
                one.verifiability.isEmpty() ? Cell{Words::tr("nothing"), Words::tr("The provider offers no way to check its answers."), {}, {}, {}, Theme::Role::Muted}
                                            : plain(one.verifiability),
                plain(one.url)}});
    }
    return rows;
}

Shape networkAccounts()
{
    enum { Provider, Balance, Exact, AskedBack, Acknowledged };
    return {Words::tr("Money at providers of the network of today"),
        {mono(Words::tr("Provider")), number(Words::tr("Balance")), number(Words::tr("Exactly")), number(Words::tr("On its way back")), text(Words::tr("Acknowledged"))},
        {{Provider}, {Balance}, {AskedBack}, {Acknowledged, true, true}, {Exact}}};
}

QList<CellRow> rowsOfNetworkAccounts(const NetworkBook &book)
{
    const AccountMoney money = AccountMoney::of(book);
    QList<CellRow> rows;
    for (const NetworkAccount &one : book.accounts) {
        rows.append({one.provider,
            {address(one.provider), amount(one.balance, money), Cell{exact(one.balance, money), both(one.balance, money), one.balance, {}, {}, {}}, amount(one.pendingRefund, money),
                one.acknowledged ? plain(Words::tr("by you")).with(QStringLiteral("circle-check"), Theme::Role::Success)
                                 : plain(Words::tr("not by you")).with(QStringLiteral("triangle-alert"), Theme::Role::Warning)}});
    }
    return rows;
}

} // namespace sluice::ui::account_rows
