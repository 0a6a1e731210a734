#include "sandbox_process_p.h"

#include "peers/stock_node.h"

#include <QtCore/QFile>
#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::test;

/// The command line beside nodes that answer only what go-livepeer answers: nothing is listed, everything works by name.
class TestIntegrationStockNode : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void capabilities_answers_and_says_what_is_missing();
    void a_named_capability_is_listed_described_and_run();
    void a_paid_call_that_fails_tells_its_run_and_payment();
    void run_stream_and_live_need_no_list();
    void snippets_need_no_list_data();
    void snippets_need_no_list();
    void snippets_need_no_network();
    void describe_and_balance_ask_for_a_token();
    void named_capabilities_travel_as_a_file();
    void schemas_come_from_files_addresses_and_standard_input();
    void mistakes_are_named_data();
    void mistakes_are_named();
    void profiles_with_broken_addresses_are_refused_data();
    void profiles_with_broken_addresses_are_refused();
    void editing_a_profile_keeps_what_was_named();
};

namespace {

const QString key = QString(64, QLatin1Char('1'));
const QString hello = QStringLiteral("{\"text\":\"hello\"}");

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

QStringList at(const StockOrchestrator &node)
{
    return {QStringLiteral("--orchestrator"), node.url().toString()};
}

void addTo(Workplace &place, const StockOrchestrator &node)
{
    place.setVariable(QStringLiteral("SLUICE_SENDER_KEY"), key);
    const Finished added = place.run(words("profile add stock") + at(node));
    QVERIFY2(added.code == 0, added.err.constData());
    QCOMPARE(place.run(words("profile use stock")).code, 0);
}

} // namespace

void TestIntegrationStockNode::capabilities_answers_and_says_what_is_missing()
{
    Workplace place;
    StockOrchestrator node;
    StockGateway gateway;
    place.setVariable(QStringLiteral("SLUICE_SENDER_KEY"), key);
    for (const QStringList &where : {at(node), QStringList({QStringLiteral("--gateway"), gateway.url().toString()})}) {
        const Finished plain = place.run(words("capabilities") + where);
        QVERIFY2(plain.code == 0, plain.err.constData());
        QVERIFY2(plain.err.contains("capability add"), plain.err.constData());
        QVERIFY2(!plain.err.contains("404"), plain.err.constData());
        const Finished json = place.run(words("capabilities --json") + where);
        QCOMPARE(json.code, 0);
        QCOMPARE(json.json().size(), 0);
    }
}

void TestIntegrationStockNode::a_named_capability_is_listed_described_and_run()
{
    Workplace place;
    StockOrchestrator node;
    node.setPrice(100'000'000);
    node.registerCapability("text-reversal", stock_worker::reverse());
    addTo(place, node);
    const Finished added = place.run({QStringLiteral("capability"), QStringLiteral("add"), QStringLiteral("text-reversal"), QStringLiteral("--verb"),
        QStringLiteral("run"), QStringLiteral("--path"), QStringLiteral("/predict"), QStringLiteral("--example"), hello, QStringLiteral("--description"),
        QStringLiteral("Turns it round")});
    QVERIFY2(added.code == 0, added.err.constData());
    QVERIFY(added.out.contains("text-reversal"));

    const Json listed = place.run(words("capabilities --json")).json();
    QCOMPARE(listed.size(), 1);
    QCOMPARE(listed.at(0).value(QStringLiteral("named")), Json(true));
    QCOMPARE(listed.at(0).find(QStringLiteral("/price/price_per_unit")), std::optional(Json(100'000'000)));
    QVERIFY(place.run(words("capabilities")).out.contains("named by you"));
    const Finished described = place.run(words("describe text-reversal"));
    QVERIFY2(described.code == 0, described.err.constData());
    for (const char *part : {"Turns it round", "Named by you", "Price:", "sluicectl run text-reversal --input"})
        QVERIFY2(described.out.contains(part), described.out.constData());

    const Finished run = place.run(words("run text-reversal --json --input") + QStringList(hello));
    QVERIFY2(run.code == 0, (run.err + run.out).constData());
    QCOMPARE(run.json().find(QStringLiteral("/json/reversed"))->toString(), QStringLiteral("olleh"));
    QCOMPARE(node.jobs(), QStringList(QStringLiteral("predict text-reversal")));
    const Json history = place.run(words("history --json")).json();
    QCOMPARE(history.at(0).value(QStringLiteral("state")).toString(), QStringLiteral("succeeded"));
    QCOMPARE(place.run({QStringLiteral("history"), QStringLiteral("replay"), history.at(0).value(QStringLiteral("id")).toString()}).code, 0);
    QCOMPARE(node.jobs().size(), 2);

    QCOMPARE(place.run(words("capability remove text-reversal")).code, 0);
    QCOMPARE(place.run(words("capability list --json")).json().value(QStringLiteral("capabilities")).size(), 0);
}

void TestIntegrationStockNode::a_paid_call_that_fails_tells_its_run_and_payment()
{
    Workplace place;
    StockOrchestrator node;
    node.setPrice(100'000'000);
    node.registerCapability("breaks", [](const ServerRequest &, ServerResponse &response) -> boost::asio::awaitable<void> {
        co_await response.sendText(500, "the worker fell over");
    });
    node.registerCapability("text-reversal", stock_worker::reverse());
    place.setVariable(QStringLiteral("SLUICE_SENDER_KEY"), key);
    for (const QString &command : {QStringLiteral("run"), QStringLiteral("stream")}) {
        const Finished failed = place.run(QStringList{command, QStringLiteral("breaks"), QStringLiteral("--json"), QStringLiteral("--input"), hello} + at(node));
        QVERIFY2(failed.code != 0, failed.out.constData());
        const Json told = failed.json();
        QCOMPARE(told.value(QStringLiteral("ok")), Json(false));
        QVERIFY(told.find(QStringLiteral("/error/message"))->toString().contains(QStringLiteral("fell over")));
        // It is its own run, and what that paid, whatever other programs ran since.
        QVERIFY(place.run(words("run text-reversal --input") + QStringList(hello) + at(node)).code == 0);
        const Json history = place.run(words("history --json")).json();
        QCOMPARE(history.at(1).value(QStringLiteral("id")), told.value(QStringLiteral("run_id")));
        QCOMPARE(history.at(1).value(QStringLiteral("paid_wei")), *told.find(QStringLiteral("/payment/paid_wei")));
        if (command == QLatin1String("run")) {
            QVERIFY(told.find(QStringLiteral("/payment/tickets"))->size() > 0);
            const Finished words = place.run(QStringList{command, QStringLiteral("breaks"), QStringLiteral("--input"), hello} + at(node));
            QVERIFY2(words.err.contains("fell over"), words.err.constData());
        }
    }
}

void TestIntegrationStockNode::run_stream_and_live_need_no_list()
{
    Workplace place;
    StockOrchestrator node;
    node.registerCapability("text-reversal", stock_worker::reverse());
    node.registerCapability("chat", stock_worker::chat({"Hello", "there."}));
    node.registerCapability("noop");
    node.setEcho(true);
    place.setVariable(QStringLiteral("SLUICE_SENDER_KEY"), key);
    QCOMPARE(place.run(words("run text-reversal --input") + QStringList(hello) + at(node)).code, 0);
    const Finished stream = place.run(words("stream chat --input") + QStringList(hello) + at(node));
    QVERIFY2(stream.code == 0, stream.err.constData());
    QVERIFY2(stream.out.contains("Hello there."), stream.out.constData());
    const QString out = place.path(QStringLiteral("out.ts"));
    const Finished live = place.run(words("live noop --source pattern --seconds 3 --json --out") + QStringList(out) + at(node), {}, 60'000);
    QVERIFY2(live.code == 0, (live.err + live.out.right(500)).constData());
    QVERIFY(QFile(out).size() > 0);
    const Finished wrong = place.run(words("live nop --source pattern --seconds 3") + at(node), {}, 60'000);
    QVERIFY(wrong.code != 0);
    QVERIFY2(wrong.err.contains("No capacity available for capability"), wrong.err.constData());
}

void TestIntegrationStockNode::snippets_need_no_list_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("verb");
    for (const char *language : {"python", "python-v1", "curl", "javascript", "cpp"}) {
        for (const char *verb : {"run", "stream"}) {
            // What the published package cannot do it cannot do of a listed capability either.
            if (QLatin1String(language) == QLatin1String("python") && QLatin1String(verb) == QLatin1String("stream"))
                continue;
            QTest::newRow((QByteArray(language) + ' ' + verb).constData()) << QString::fromLatin1(language) << QString::fromLatin1(verb);
        }
    }
    for (const char *language : {"python-v1", "curl", "cpp"})
        QTest::newRow((QByteArray(language) + " live").constData()) << QString::fromLatin1(language) << QStringLiteral("live");
}

void TestIntegrationStockNode::snippets_need_no_list()
{
    QFETCH(QString, language);
    QFETCH(QString, verb);
    Workplace place;
    StockOrchestrator node;
    place.setVariable(QStringLiteral("SLUICE_SENDER_KEY"), key);
    const Finished snippet = place.run(QStringList({QStringLiteral("snippet"), QStringLiteral("my-worker"), QStringLiteral("--verb"), verb,
        QStringLiteral("--path"), QStringLiteral("v2/do-it"), QStringLiteral("--language"), language, QStringLiteral("--input"), hello}) + at(node));
    if (language == QStringLiteral("python") && verb == QStringLiteral("run")) {
        // The published package always calls at the capability's name, and this one is elsewhere.
        QCOMPARE(snippet.code, 3);
        QVERIFY2(snippet.err.contains("always calls a worker at the capability's name"), snippet.err.constData());
        return;
    }
    QVERIFY2(snippet.code == 0, snippet.err.constData());
    QVERIFY2(snippet.out.contains("my-worker"), snippet.out.constData());
    // Both Python libraries choose the path by themselves.
    if (verb != QStringLiteral("live") && !language.startsWith(QStringLiteral("python")))
        QVERIFY2(snippet.out.contains("v2/do-it"), snippet.out.constData());
    QVERIFY(!snippet.out.contains(key.toLatin1()));
}

void TestIntegrationStockNode::snippets_need_no_network()
{
    Workplace place;
    const Finished snippet = place.run(QStringList({QStringLiteral("snippet"), QStringLiteral("my-worker"), QStringLiteral("--language"), QStringLiteral("curl"),
        QStringLiteral("--input"), hello, QStringLiteral("--gateway"), QStringLiteral("http://127.0.0.1:9")}));
    QVERIFY2(snippet.code == 0, snippet.err.constData());
    QVERIFY(snippet.out.contains("my-worker"));
    QVERIFY2(snippet.err.contains("does not tell about my-worker"), snippet.err.constData());
}

void TestIntegrationStockNode::describe_and_balance_ask_for_a_token()
{
    Workplace place;
    StockOrchestrator node;
    node.setPrice(100'000'000);
    node.setBalance(5'000);
    node.registerCapability("text-reversal", stock_worker::reverse());
    place.setVariable(QStringLiteral("SLUICE_SENDER_KEY"), key);
    const Json described = place.run(words("describe text-reversal --json") + at(node)).json();
    QCOMPARE(described.value(QStringLiteral("listed")), Json(false));
    QCOMPARE(described.find(QStringLiteral("/price/price_per_unit")), std::optional(Json(100'000'000)));
    const Finished unknown = place.run(words("describe nobody-has-it") + at(node));
    QCOMPARE(unknown.code, 0);
    QVERIFY2(unknown.out.contains("may not be registered"), unknown.out.constData());
    const Finished balance = place.run(words("balance text-reversal --json") + at(node));
    QVERIFY2(balance.code == 0, balance.err.constData());
    QCOMPARE(balance.json().find(QStringLiteral("/balances/0/wei"))->toString(), QStringLiteral("5000"));
    const Finished nothing = place.run(words("balance") + at(node));
    QCOMPARE(nothing.code, 0);
    QVERIFY2(nothing.err.contains("balance NAME"), nothing.err.constData());
    QVERIFY(node.tickets().isEmpty());
}

void TestIntegrationStockNode::named_capabilities_travel_as_a_file()
{
    Workplace place;
    QCOMPARE(place.run(words("capability add a --verb stream,run --path p --profile sandbox")).code, 0);
    QCOMPARE(place.run(words("capability add b --verb live --profile sandbox")).code, 0);
    const QString file = place.path(QStringLiteral("team.json"));
    QCOMPARE(place.run(words("capability export --out") + QStringList(file)).code, 0);
    QCOMPARE(place.run(words("capability export b")).json().value(QStringLiteral("capabilities")).size(), 1);
    QCOMPARE(place.run(words("capability remove a")).code, 0);
    QCOMPARE(place.run(words("capability remove b")).code, 0);
    const Finished imported = place.run(words("capability import --json") + QStringList(file));
    QVERIFY2(imported.code == 0, imported.err.constData());
    const Json all = imported.json().value(QStringLiteral("capabilities"));
    QCOMPARE(all.size(), 2);
    QCOMPARE(all.at(0).value(QStringLiteral("verbs")), Json::array({Json("stream"), Json("run")}));
    QVERIFY(place.run(words("capability export nobody")).code != 0);
    QVERIFY(place.run(words("capability import -"), "{\"capabilities\":[{\"name\":\"c\"}]}").code == 0);
    const Finished broken = place.run(words("capability import -"), "{\"capabilities\":[{\"name\":\"c\",\"path\":\"../x\"}]}");
    QCOMPARE(broken.code, 2);
    QVERIFY2(broken.err.contains("path"), broken.err.constData());
}

void TestIntegrationStockNode::schemas_come_from_files_addresses_and_standard_input()
{
    Workplace place;
    const QByteArray schema = "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}";
    ScriptedOrchestrator server;
    server.setPage("/schema", ScriptedOrchestrator::json(200, schema));
    QFile file(place.path(QStringLiteral("schema.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(schema);
    file.close();
    const auto add = [&place](const QString &source, const QByteArray &in = {}) {
        return place.run({QStringLiteral("capability"), QStringLiteral("add"), QStringLiteral("a"), QStringLiteral("--json"), QStringLiteral("--schema"), source}, in);
    };
    for (const auto &[source, in] : {std::pair(file.fileName(), QByteArray()), std::pair(server.url().toString() + QStringLiteral("/schema"), QByteArray()),
             std::pair(QStringLiteral("-"), schema)}) {
        const Finished added = add(source, in);
        QVERIFY2(added.code == 0, added.err.constData());
        QCOMPARE(added.json().find(QStringLiteral("/capabilities/0/input_schema/required/0"))->toString(), QStringLiteral("text"));
    }
    const Finished page = add(server.url().toString() + QStringLiteral("/nothing"));
    QVERIFY(page.code != 0);
    const Finished example = add(QStringLiteral("-"), "{\"text\":\"hello\"}");
    QVERIFY(example.code != 0);
    QVERIFY2(example.out.contains("no JSON Schema"), example.out.constData());
}

void TestIntegrationStockNode::mistakes_are_named_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("suggestion");
    QTest::newRow("action") << words("capability ad x") << QByteArray("add");
    QTest::newRow("no name") << words("capability add") << QByteArray("name");
    QTest::newRow("verb") << words("capability add x --verb fly") << QByteArray("live");
    QTest::newRow("path") << words("capability add x --path https://h/p") << QByteArray("below");
    QTest::newRow("example") << words("capability add x --example {text:1}") << QByteArray("not JSON");
    QTest::newRow("schema") << words("capability add x --schema /nowhere") << QByteArray("/nowhere");
    QTest::newRow("unknown") << words("capability remove x") << QByteArray("Nobody named");
    QTest::newRow("profile") << words("capability list --profile nobody") << QByteArray("profile list");
}

void TestIntegrationStockNode::mistakes_are_named()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, suggestion);
    const Workplace place;
    const Finished finished = place.run(arguments);
    QCOMPARE(finished.code, 2);
    QVERIFY2(finished.err.contains(suggestion), finished.err.constData());
}

void TestIntegrationStockNode::profiles_with_broken_addresses_are_refused_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("a word") << words("--orchestrator foo");
    QTest::newRow("another scheme") << words("--orchestrator ftp://foo");
    QTest::newRow("no host") << words("--gateway http://");
    QTest::newRow("host and port") << words("--gateway foo:9935");
    QTest::newRow("discovery") << words("--discovery foo");
}

void TestIntegrationStockNode::profiles_with_broken_addresses_are_refused()
{
    QFETCH(QStringList, options);
    const Workplace place;
    const Finished added = place.run(words("profile add x") + options);
    QCOMPARE(added.code, 2);
    QVERIFY2(added.err.contains("https://"), added.err.constData());
    QCOMPARE(place.run(words("profile --json")).json().size(), 1);
}

void TestIntegrationStockNode::editing_a_profile_keeps_what_was_named()
{
    const Workplace place;
    QCOMPARE(place.run(words("profile add x --orchestrator https://127.0.0.1:9")).code, 0);
    QCOMPARE(place.run(words("capability add a --profile x")).code, 0);
    QCOMPARE(place.run(words("profile add x --orchestrator https://127.0.0.1:10")).code, 0);
    QCOMPARE(place.run(words("capability list --json --profile x")).json().value(QStringLiteral("capabilities")).size(), 1);
}

QTEST_GUILESS_MAIN(TestIntegrationStockNode)
#include "tst_integration_stock_node.moc"
