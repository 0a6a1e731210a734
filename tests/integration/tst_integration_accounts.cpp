#include "sandbox_process_p.h"

#include "sluice/zerog/neuron.h"

#include <QtTest/QtTest>

using namespace sluice;

namespace {

QStringList words(const char *line)
{
    return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

Wei digitsOf(const Json &json)
{
    if (!json.isString()) // a number of JSON is cut by what reads it as binary64
        throw Error(Error::Kind::Protocol, QStringLiteral("an amount is no string: %1").arg(QString::fromUtf8(json.dump())));
    return orThrow(weiFromDecimal(json.toString()));
}

Wei at(const Json &json, const char *pointer)
{
    return digitsOf(json.find(QLatin1String(pointer)).value_or(Json()));
}

QString both(const Wei &neuron)
{
    return QStringLiteral("%1 A0GI = %2 neuron").arg(zerog::neuron::inA0gi(neuron), toDecimal(neuron));
}

/// An agent of 0G as a process, until the end of its test.
class AgentProcess {
public:
    AgentProcess(const Workplace &place, const QStringList &arguments)
    {
        place.start(m_process, QStringList{QStringLiteral("zerog")} + arguments);
        QByteArray line;
        while (!line.endsWith('\n') && m_process.waitForReadyRead(30'000))
            line += m_process.readAllStandardOutput();
        ready = Json::parse(line.trimmed()).valueOr(Json());
    }
    ~AgentProcess()
    {
        m_process.terminate();
        m_process.waitForFinished(15'000);
    }
    [[nodiscard]] QString text(const char *key) const { return ready.value(QLatin1String(key)).toString(); }
    Json ready;

private:
    QProcess m_process;
};

} // namespace

/// `sluicectl accounts` against a sandbox: what it shows, what it moves, and what it refuses; every amount to the neuron.
class TestIntegrationAccounts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void the_book_is_told_to_the_neuron();
    void a_deposit_moves_exactly_its_amount();
    void calls_cost_what_their_counts_say_and_a_settlement_takes_just_that();
    void a_refund_is_asked_for_exactly_and_waits();
    void money_moves_only_after_a_yes();
    void what_cannot_be_moved_is_refused_and_moves_nothing_data();
    void what_cannot_be_moved_is_refused_and_moves_nothing();
    void a_profile_without_accounts_says_so_data();
    void a_profile_without_accounts_says_so();
    void a_refund_that_is_due_is_paid_out();
    void json_is_the_same_in_every_language_data();
    void json_is_the_same_in_every_language();
    void helps_tell_units_and_exit_status_data();
    void helps_tell_units_and_exit_status();

private:
    [[nodiscard]] Finished accounts(const QStringList &more) const { return m_place.run(QStringList{QStringLiteral("accounts")} + more + words("--profile z")); }
    [[nodiscard]] Json book() const
    {
        const Finished listed = accounts(words("list --json"));
        return listed.code == 0 ? listed.json() : Json();
    }
    [[nodiscard]] Finished ask(const QString &text) const
    {
        const Json message{{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), text}};
        const Json input{{QStringLiteral("messages"), Json::array({message})}};
        return m_place.run(words("run sandbox-chat --profile z --json --input") + QStringList(QString::fromUtf8(input.dump())));
    }

    Workplace m_place;
    std::unique_ptr<SandboxProcess> m_sandbox;
    QString m_provider;
    QString m_user;
};

void TestIntegrationAccounts::initTestCase()
{
    m_sandbox = std::make_unique<SandboxProcess>(m_place, words("--only zerog,openai,aigateway"));
    QVERIFY2(m_sandbox->waitUntilReady(), m_sandbox->errors().constData());
    const Json zerog = m_sandbox->ready().find(QStringLiteral("/services/zerog")).value_or(Json());
    m_provider = zerog.value(QStringLiteral("provider")).toString();
    m_user = zerog.value(QStringLiteral("user")).toString();
    const QString userAgent = zerog.value(QStringLiteral("user_agent")).toString();
    const QString own = zerog.value(QStringLiteral("provider_agent")).toString();
    const auto add = [this](const char *name, const QString &settings) {
        const Finished added = m_place.run(words("profile add") + QStringList(QLatin1String(name)) + settings.split(QLatin1Char(' ')));
        QVERIFY2(added.code == 0, added.err.constData());
    };
    add("z", QStringLiteral("--set zerog.user_agent=%1 --set zerog.provider_agent=%2").arg(userAgent, own));
    add("pays", QStringLiteral("--set zerog.user_agent=%1").arg(userAgent));
    add("dead", QStringLiteral("--set zerog.user_agent=http://127.0.0.1:1 --set zerog.provider_agent=http://127.0.0.1:1"));
    add("none", QStringLiteral("--orchestrator https://127.0.0.1:1"));
}

void TestIntegrationAccounts::the_book_is_told_to_the_neuron()
{
    const Json told = book();
    QCOMPARE(told.value(QStringLiteral("owner")).toString(), m_user);
    QCOMPARE(told.value(QStringLiteral("unit")).toString(), QStringLiteral("neuron"));
    QCOMPARE(told.value(QStringLiteral("wallet")).toString(), QStringLiteral("900000000000000000"));
    QCOMPARE(told.value(QStringLiteral("accounts")).size(), 1);
    QCOMPARE(told.find(QStringLiteral("/accounts/0/provider"))->toString(), m_provider);
    QCOMPARE(told.find(QStringLiteral("/accounts/0/balance"))->toString(), QStringLiteral("100000000000000000"));
    QCOMPARE(told.find(QStringLiteral("/accounts/0/pending_refund"))->toString(), QStringLiteral("0"));
    QCOMPARE(told.find(QStringLiteral("/accounts/0/refunds"))->size(), 0);
    QMap<QString, QString> per;
    for (const Json &service : told.value(QStringLiteral("services")).items()) {
        per.insert(service.value(QStringLiteral("name")).toString(), service.value(QStringLiteral("per")).toString());
        QCOMPARE(service.value(QStringLiteral("provider")).toString(), m_provider);
        QCOMPARE(service.value(QStringLiteral("input_price")).toString(), QStringLiteral("1"));
        QCOMPARE(service.value(QStringLiteral("output_price")).toString(), QStringLiteral("2"));
        QVERIFY(QDateTime::fromString(service.value(QStringLiteral("updated_at")).toString(), Qt::ISODate).isValid());
    }
    QCOMPARE(per, (QMap<QString, QString>{{QStringLiteral("sandbox-chat"), QStringLiteral("word")}, {QStringLiteral("sandbox-files"), QStringLiteral("byte")}}));

    // For people, and without a word it is the list.
    const Finished said = accounts({});
    QVERIFY2(said.code == 0, said.err.constData());
    QCOMPARE(said.out, accounts(words("list")).out);
    QVERIFY2(said.out.contains("Account of " + m_user.toUtf8() + ", wallet 0.9 A0GI = 900000000000000000 neuron"), said.out.constData());
    QVERIFY2(said.out.contains("At " + m_provider.toUtf8() + ": 0.1 A0GI = 100000000000000000 neuron, asked back 0 A0GI = 0 neuron"), said.out.constData());
    QVERIFY2(said.out.contains("2 neuron/word") && said.out.contains("2 neuron/byte"), said.out.constData());
}

void TestIntegrationAccounts::a_deposit_moves_exactly_its_amount()
{
    const Wei balance = at(book(), "/accounts/0/balance");
    const Wei wallet = at(book(), "/wallet");
    const Finished one = accounts(words("deposit --yes --json --amount") + QStringList(QStringLiteral("0.000000000000000001 A0GI")));
    QVERIFY2(one.code == 0, one.err.constData());
    QCOMPARE(one.json().value(QStringLiteral("amount")).toString(), QStringLiteral("1"));
    QCOMPARE(at(one.json(), "/account/balance"), Wei(balance + 1));
    const Finished more = accounts(words("deposit --yes --amount") + QStringList{QStringLiteral("123456789012345678 neuron"), QStringLiteral("--provider"), m_provider.toLower()});
    QVERIFY2(more.code == 0, more.err.constData());
    const Wei expected = balance + 1 + orThrow(weiFromDecimal(QStringLiteral("123456789012345678")));
    QVERIFY2(more.out.contains("Deposited 0.123456789012345678 A0GI = 123456789012345678 neuron") && more.out.contains(both(expected).toUtf8()), more.out.constData());
    QCOMPARE(at(book(), "/accounts/0/balance"), expected);
    QCOMPARE(at(book(), "/wallet"), Wei(wallet - (expected - balance)));
}

void TestIntegrationAccounts::calls_cost_what_their_counts_say_and_a_settlement_takes_just_that()
{
    for (const char *text : {"Say this is a test!", "and three more"}) {
        const Finished called = ask(QLatin1String(text));
        QVERIFY2(called.code == 0, called.out.constData());
    }
    const Finished listed = accounts(words("calls --json --latest 2"));
    QVERIFY2(listed.code == 0, listed.err.constData());
    const QList<Json> calls = listed.json().value(QStringLiteral("calls")).items();
    QCOMPARE(calls.size(), 2);
    QCOMPARE(calls.first().value(QStringLiteral("input_count")).toString(), QStringLiteral("5"));
    QCOMPARE(calls.last().value(QStringLiteral("input_count")).toString(), QStringLiteral("3"));
    Wei sum = 0;
    for (const Json &call : calls) {
        const Wei fee = at(call, "/input_count") + 2 * at(call, "/previous_output_count");
        QCOMPARE(at(call, "/fee"), fee);
        QCOMPARE(call.value(QStringLiteral("signature_check")).toString(), QStringLiteral("good"));
        QCOMPARE(call.value(QStringLiteral("state")).toString(), QStringLiteral("done"));
        sum += fee;
    }
    QVERIFY(at(calls.last(), "/previous_output_count") > 0); // the second pays the first one's answer
    QCOMPARE(accounts(words("calls --json --latest 1")).json().value(QStringLiteral("calls")).size(), 1);
    const Finished people = accounts(words("calls"));
    QVERIFY2(people.out.contains("SIGNATURE") && people.out.contains("good") && people.out.contains("sandbox-chat"), people.out.constData());

    const Wei balance = at(book(), "/accounts/0/balance");
    const Json sales = accounts(words("sales --json")).json();
    QCOMPARE(sales.value(QStringLiteral("provider")).toString(), m_provider);
    const Wei unsettled = at(sales, "/unsettled");
    QVERIFY(unsettled == sum || unsettled == 0); // a settlement of its own may have come between
    QCOMPARE(at(sales, "/users/0/available"), balance);
    QCOMPARE(sales.value(QStringLiteral("calls")).size(), 2);
    const Finished settled = accounts(words("settle --yes --json"));
    QVERIFY2(settled.code == 0, settled.err.constData());
    QCOMPARE(settled.json().find(QStringLiteral("/ok")), std::optional(Json(true)));
    if (unsettled > 0 && settled.json().value(QStringLiteral("settlement")).isObject())
        QCOMPARE(at(settled.json(), "/settlement/total"), sum);
    const Json after = accounts(words("sales --json")).json();
    QCOMPARE(at(after, "/unsettled"), Wei(0));
    QCOMPARE(at(book(), "/accounts/0/balance"), Wei((unsettled > 0 ? balance : balance + sum) - sum));
    Wei total = 0;
    for (const Json &one : after.value(QStringLiteral("settlements")).items())
        total += at(one, "/total");
    QCOMPARE(total, sum);
    QCOMPARE(at(after, "/wallet"), Wei(orThrow(weiFromDecimal(QStringLiteral("1000000000000000000"))) + sum));
    // Again there is nothing, and that is no failure.
    const Finished nothing = accounts(words("settle --yes"));
    QVERIFY2(nothing.code == 0, nothing.err.constData());
    const Finished shown = accounts(words("sales"));
    QVERIFY2(shown.out.contains("Provider " + m_provider.toUtf8() + ", wallet " + both(at(after, "/wallet")).toUtf8() + ", not settled 0 A0GI = 0 neuron"), shown.out.constData());
}

void TestIntegrationAccounts::a_refund_is_asked_for_exactly_and_waits()
{
    const Wei balance = at(book(), "/accounts/0/balance");
    const Finished asked = accounts(words("refund --yes --json --amount") + QStringList(QStringLiteral("0.02 A0GI")));
    QVERIFY2(asked.code == 0, asked.err.constData());
    QCOMPARE(at(asked.json(), "/account/pending_refund"), orThrow(weiFromDecimal(QStringLiteral("20000000000000000"))));
    QCOMPARE(at(asked.json(), "/account/balance"), balance); // until it is paid
    const Json refund = book().find(QStringLiteral("/accounts/0/refunds/0")).value_or(Json());
    QCOMPARE(refund.value(QStringLiteral("amount")).toString(), QStringLiteral("20000000000000000"));
    const QDateTime since = QDateTime::fromString(refund.value(QStringLiteral("asked_at")).toString(), Qt::ISODate);
    const QDateTime due = QDateTime::fromString(refund.value(QStringLiteral("due_at")).toString(), Qt::ISODate);
    QCOMPARE(since.secsTo(due), qint64(60));
    // One neuron more than is free is too much; the free ones are not.
    const Wei free = balance - at(book(), "/accounts/0/pending_refund");
    const Finished more = accounts(words("refund --yes --json --amount") + QStringList(toDecimal(Wei(free + 1)) + QStringLiteral(" neuron")));
    QCOMPARE(more.code, 4);
    QCOMPARE(more.json().find(QStringLiteral("/error/kind"))->toString(), QStringLiteral("insufficient_balance"));
    QCOMPARE(accounts(words("refund --yes --amount") + QStringList(toDecimal(free) + QStringLiteral(" neuron"))).code, 0);
    QCOMPARE(at(book(), "/accounts/0/pending_refund"), balance);
    const Finished early = accounts(words("payout --json"));
    QVERIFY2(early.code == 0, early.err.constData());
    QCOMPARE(early.json().value(QStringLiteral("paid")), Json(0));
    const Finished told = accounts(words("payout"));
    QVERIFY2(told.out.contains("Nothing is due yet"), told.out.constData());
    QCOMPARE(at(book(), "/accounts/0/balance"), balance);
    const Finished people = accounts(words("list"));
    QVERIFY2(people.out.contains("refund 0: 0.02 A0GI = 20000000000000000 neuron, due 20"), people.out.constData());
}

void TestIntegrationAccounts::money_moves_only_after_a_yes()
{
    const Json before = book();
    for (const char *action : {"deposit", "refund"}) {
        const Finished silent = accounts(QStringList{QLatin1String(action), QStringLiteral("--amount"), QStringLiteral("1 neuron")});
        QCOMPARE(silent.code, 2);
        QVERIFY2(silent.err.contains("--yes") && silent.err.contains("0.000000000000000001 A0GI = 1 neuron"), silent.err.constData());
    }
    QCOMPARE(accounts(words("settle")).code, 2);
    // What is piped in is nobody's yes.
    const Finished piped = m_place.run(words("accounts deposit --profile z --amount 1neuron"), "y\n");
    QCOMPARE(piped.code, 2);
    QCOMPARE(book().dump(), before.dump());
}

void TestIntegrationAccounts::what_cannot_be_moved_is_refused_and_moves_nothing_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char *name, const char *action, const QString &amount, int code, const QByteArray &said) {
        QTest::newRow(name) << QStringList{QLatin1String(action), QStringLiteral("--amount"), amount} << code << said;
    };
    QTest::newRow("no amount") << words("deposit") << 2 << QByteArray("--amount");
    QTest::newRow("no such action") << words("withdraw --amount 1neuron") << 2 << QByteArray("withdraw");
    QTest::newRow("two actions") << words("list calls") << 2 << QByteArray("too many");
    row("nothing", "deposit", QString(), 2, "no amount");
    row("zero", "deposit", QStringLiteral("0"), 2, "more than 0");
    row("zero back", "refund", QStringLiteral("0.0 A0GI"), 2, "more than 0");
    row("less than nothing", "deposit", QStringLiteral("-1 neuron"), 2, "no amount");
    row("a part of a neuron", "deposit", QStringLiteral("0.0000000000000000001 A0GI"), 2, "parts of a neuron");
    row("half a neuron", "deposit", QStringLiteral("0.5 neuron"), 2, "parts of a neuron");
    row("a comma", "deposit", QStringLiteral("0,5 A0GI"), 2, "no amount");
    row("an exponent", "deposit", QStringLiteral("1e3 neuron"), 2, "no amount");
    row("another unit", "deposit", QStringLiteral("1 ETH"), 2, "no amount");
    row("digits of another script", "deposit", QStringLiteral("\u0661 neuron"), 2, "no amount");
    row("2^256", "deposit", QStringLiteral("115792089237316195423570985008687907853269984665640564039457584007913129639936 neuron"), 2, "2^256");
    row("more than the wallet has", "deposit", QStringLiteral("1000 A0GI"), 4, "InsufficientFunds");
    row("more than the account has", "refund", QStringLiteral("1000 A0GI"), 4, "refundable balance");
    row("2^256-1", "refund", QStringLiteral("115792089237316195423570985008687907853269984665640564039457584007913129639935 neuron"), 4, "refundable balance");
    const QString unknown = QStringLiteral("0x00000000000000000000000000000000000000AA");
    QTest::newRow("a deposit at nobody") << QStringList{QStringLiteral("deposit"), QStringLiteral("--amount"), QStringLiteral("1 neuron"), QStringLiteral("--provider"), unknown} << 2 << QByteArray("sells nothing");
    QTest::newRow("a refund of nobody") << QStringList{QStringLiteral("refund"), QStringLiteral("--amount"), QStringLiteral("1 neuron"), QStringLiteral("--provider"), unknown} << 2 << QByteArray("no account at");
    QTest::newRow("no address") << words("deposit --amount 1neuron --provider 0x12") << 2 << QByteArray("no address");
    QTest::newRow("no number of calls") << words("calls --latest 0") << 2 << QByteArray("--latest");
}

void TestIntegrationAccounts::what_cannot_be_moved_is_refused_and_moves_nothing()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, said);
    const Json before = book();
    const Finished refused = accounts(arguments + words("--yes"));
    QVERIFY2(refused.code == code, (QByteArray::number(refused.code) + ' ' + refused.err).constData());
    QVERIFY2(refused.err.contains(said), refused.err.constData());
    QVERIFY(refused.out.isEmpty());
    QCOMPARE(book().dump(), before.dump());
}

void TestIntegrationAccounts::a_profile_without_accounts_says_so_data()
{
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("action");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("said");
    for (const char *action : {"list", "calls", "payout"}) {
        QTest::addRow("no user agent: %s", action) << QStringLiteral("none") << QString(QLatin1String(action)) << 3 << QByteArray("zerog.user_agent=");
        QTest::addRow("a dead user agent: %s", action) << QStringLiteral("dead") << QString(QLatin1String(action)) << 3 << QByteArray("127.0.0.1:1");
    }
    for (const char *action : {"sales", "settle"}) {
        QTest::addRow("no provider agent: %s", action) << QStringLiteral("pays") << QString(QLatin1String(action)) << 3 << QByteArray("zerog.provider_agent=");
        QTest::addRow("a dead provider agent: %s", action) << QStringLiteral("dead") << QString(QLatin1String(action)) << 3 << QByteArray("127.0.0.1:1");
    }
    QTest::newRow("no such profile") << QStringLiteral("other") << QStringLiteral("list") << 2 << QByteArray("other");
}

void TestIntegrationAccounts::a_profile_without_accounts_says_so()
{
    QFETCH(QString, profile);
    QFETCH(QString, action);
    QFETCH(int, code);
    QFETCH(QByteArray, said);
    const Finished people = m_place.run({QStringLiteral("accounts"), action, QStringLiteral("--yes"), QStringLiteral("--profile"), profile});
    QVERIFY2(people.code == code, (QByteArray::number(people.code) + ' ' + people.err).constData());
    QVERIFY2(people.err.contains(said), people.err.constData());
    const Finished script = m_place.run({QStringLiteral("accounts"), action, QStringLiteral("--yes"), QStringLiteral("--json"), QStringLiteral("--profile"), profile});
    QCOMPARE(script.code, code);
    QVERIFY2(script.json().find(QStringLiteral("/error/kind")), script.out.constData());
}

void TestIntegrationAccounts::a_refund_that_is_due_is_paid_out()
{
    Workplace place;
    const QString ledger = place.path(QStringLiteral("ledger.db"));
    const QString user = QStringLiteral("59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d");
    const QString provider = QStringLiteral("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
    const QString wallet = QStringLiteral("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    place.setVariable(QStringLiteral("SLUICE_ZEROG_KEY"), provider);
    const Finished made = place.run({QStringLiteral("zerog"), QStringLiteral("ledger"), QStringLiteral("init"), QStringLiteral("--ledger"), ledger, QStringLiteral("--lock-time"), QStringLiteral("0"),
        QStringLiteral("--fund"), wallet + QStringLiteral("=1000")});
    QVERIFY2(made.code == 0, made.err.constData());
    const AgentProcess selling(place, QStringList{QStringLiteral("provider"), QStringLiteral("--ledger"), ledger} + words("--port 0 --json"));
    place.setVariable(QStringLiteral("SLUICE_ZEROG_KEY"), user);
    const AgentProcess paying(place, QStringList{QStringLiteral("user"), QStringLiteral("--ledger"), ledger} + words("--port 0 --json"));
    QCOMPARE(paying.text("address"), wallet);
    // Nothing is sold yet: an account must be where something is.
    const QString seller = selling.text("address");
    const Finished added = place.run(words("profile add mine --set") + QStringList{QStringLiteral("zerog.user_agent=") + paying.text("url")});
    QVERIFY2(added.code == 0, added.err.constData());
    const auto run = [&](const QStringList &more) { return place.run(QStringList{QStringLiteral("accounts")} + more + words("--profile mine --yes --json")); };
    QCOMPARE(run(QStringList{QStringLiteral("deposit"), QStringLiteral("--amount"), QStringLiteral("500 neuron")}).code, 2);
    place.setVariable(QStringLiteral("SLUICE_ZEROG_KEY"), provider);
    const Finished sold = place.run({QStringLiteral("zerog"), QStringLiteral("ledger"), QStringLiteral("call"), QStringLiteral("--ledger"), ledger},
        R"({"method":"addOrUpdateService","args":["llama7b","chatbot","http://127.0.0.1:1",1,2]})");
    QVERIFY2(sold.code == 0, sold.out.constData());
    const Finished opened = run(QStringList{QStringLiteral("deposit"), QStringLiteral("--amount"), QStringLiteral("500 neuron")});
    QVERIFY2(opened.code == 0, opened.out.constData());
    QCOMPARE(opened.json().find(QStringLiteral("/account/provider"))->toString(), seller);
    QCOMPARE(at(opened.json(), "/account/balance"), Wei(500));
    QCOMPARE(run(QStringList{QStringLiteral("refund"), QStringLiteral("--amount"), QStringLiteral("123 neuron")}).code, 0);
    const Finished paid = run(words("payout"));
    QVERIFY2(paid.code == 0, paid.out.constData());
    QCOMPARE(paid.json().value(QStringLiteral("paid")), Json(1));
    const Json after = run(words("list")).json();
    QCOMPARE(at(after, "/accounts/0/balance"), Wei(377));
    QCOMPARE(at(after, "/accounts/0/pending_refund"), Wei(0));
    QCOMPARE(after.find(QStringLiteral("/accounts/0/refunds"))->size(), 0);
    QCOMPARE(at(after, "/wallet"), Wei(623));
}

void TestIntegrationAccounts::json_is_the_same_in_every_language_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const char *line : {"accounts list --json --profile z", "accounts calls --json --profile z", "accounts sales --json --profile z", "accounts refund --json --yes --amount 999.5 --profile z",
             "capabilities --json --profile z", "network --json --profile none", "zerog network --json --chain http://127.0.0.1:1", "worker jobs --json --url ws://127.0.0.1:1/ws/"})
        QTest::newRow(line) << words(line);
}

void TestIntegrationAccounts::json_is_the_same_in_every_language()
{
    QFETCH(QStringList, arguments);
    // What a message says may be in a person's language; numbers, names and keys are for scripts.
    static const QRegularExpression times(QStringLiteral("\"(message|advice|seen_at|latency_ms)\":(\"(\\\\.|[^\"])*\"|[0-9]+)"));
    const auto said = [&](const char *locale) {
        m_place.setVariable(QStringLiteral("LC_ALL"), QLatin1String(locale));
        const Finished done = m_place.run(arguments);
        return QByteArray::number(done.code) + ' ' + QString::fromUtf8(done.out).remove(times).toUtf8();
    };
    const QByteArray plain = said("C.UTF-8");
    QVERIFY2(plain.contains('{') || plain.contains('['), plain.constData());
    for (const char *locale : {"de_DE.UTF-8", "tr_TR.UTF-8"})
        QCOMPARE(said(locale), plain);
    m_place.setVariable(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
}

void TestIntegrationAccounts::helps_tell_units_and_exit_status_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QByteArray>("unit");
    const QByteArray neuron = "1 A0GI = 10^18 neuron";
    QTest::newRow("accounts") << words("accounts") << neuron;
    QTest::newRow("zerog network") << words("zerog network") << neuron;
    QTest::newRow("zerog ledger show") << words("zerog ledger show") << neuron;
    QTest::newRow("network") << words("network") << QByteArray("wei per second");
    QTest::newRow("session") << words("session") << QByteArray("SECONDS");
    QTest::newRow("zerog provider") << words("zerog provider") << QByteArray("SECONDS");
    QTest::newRow("zerog user") << words("zerog user") << QByteArray("--max-fee");
    for (const char *group : {"serve", "worker", "zerog", "zerog ledger"})
        QTest::newRow(group) << words(group) << QByteArray("--help");
    QTest::newRow("serve openai") << words("serve openai") << QByteArray("Ctrl-C");
    QTest::newRow("worker serve") << words("worker serve") << QByteArray("Ctrl-C");
}

void TestIntegrationAccounts::helps_tell_units_and_exit_status()
{
    QFETCH(QStringList, command);
    QFETCH(QByteArray, unit);
    const Finished help = m_place.run(command + words("--help"));
    QCOMPARE(help.code, 0);
    QVERIFY2(help.out.startsWith("Usage: sluicectl " + command.join(QLatin1Char(' ')).toUtf8()), help.out.constData());
    for (const QByteArray &part : {unit, QByteArray("Options:"), QByteArray("Examples:"), QByteArray("Exit status: 0 done")})
        QVERIFY2(help.out.contains(part), (part + " is missing in " + help.out).constData());
    // Words that are none are an error that names those that are, or the nearest.
    if (command == words("zerog") || command == words("worker") || command == words("serve") || command == words("zerog ledger")) {
        const Finished none = m_place.run(command);
        QCOMPARE(none.code, 2);
        const Finished wrong = m_place.run(command + words("nonsense-word"));
        QCOMPARE(wrong.code, 2);
        QVERIFY2(wrong.err.contains("nonsense-word"), wrong.err.constData());
    }
}

QTEST_GUILESS_MAIN(TestIntegrationAccounts)
#include "tst_integration_accounts.moc"
