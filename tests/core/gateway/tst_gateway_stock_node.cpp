#include "gateway_fixture.h"

#include "peers/stock_node.h"

#include "sluice/gateway/live_session.h"
#include "sluice/backend/named_capability.h"
#include "sluice/gateway/schema_source.h"

#include <QtTest/QSignalSpy>

using namespace sluice;
using namespace sluice::test;

/// Networks of nodes that have none of our extensions: what they tell, what the person adds, and what is said of everybody else.
class GatewayStockNodeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStockOrchestratorIsConnectedAndListsNothing();
    void aStockGatewayIsConnectedAndListsNothing();
    void whatIsNoNodeIsSaidToBeNone_data();
    void whatIsNoNodeIsSaidToBeNone();
    void aGatewayTakenForAnOrchestratorIsToldSo();
    void whatIsNoGatewayIsSaidToBeNone_data();
    void whatIsNoGatewayIsSaidToBeNone();
    void aNodeThatRefusesThisSenderIsStillThere();
    void namedCapabilitiesAreListedWithPriceAndSlots();
    void aNameThatNoNodeKnowsHasNoPriceAndIsNotFull();
    void whatIsNamedGoesBeforeWhatIsListed();
    void discoveryNamesAreListed();
    void anUnlistedNameIsDescribedByItsToken();
    void namedPathsAreCalled();
    void aCapabilityIsNamedWhileConnected();
    void liveRunsOnAnUnlistedName();
    void balancesComeFromTokens();
    void passwordsOfANamedSchemaStayOutOfTheHistory();
    void schemasComeFromAddresses_data();
    void schemasComeFromAddresses();
    void aFetchThatIsStoppedEnds();
};

namespace {

NamedCapability named(const QString &name, QList<Verb> verbs = {Verb::Run}, const QString &path = {})
{
    NamedCapability capability;
    capability.name = name;
    capability.verbs = std::move(verbs);
    capability.path = path;
    return capability;
}

GatewayConfig gatewayConfig(const QUrl &url)
{
    GatewayConfig config;
    config.gatewayUrl = url.toString();
    return config;
}

std::optional<CapabilityInfo> find(const QList<CapabilityInfo> &all, const QString &name)
{
    const auto it = std::find_if(all.begin(), all.end(), [&](const CapabilityInfo &one) { return one.name == name; });
    return it == all.end() ? std::nullopt : std::optional(*it);
}

const QString Reversal = QStringLiteral("text-reversal");

} // namespace

void GatewayStockNodeTest::aStockOrchestratorIsConnectedAndListsNothing()
{
    StockOrchestrator node;
    Gateway gateway(directConfig({node.url()}));
    const auto all = settled(gateway.capabilities());
    QVERIFY2(all, all ? "" : qPrintable(all.error().describe()));
    QVERIFY(all->isEmpty());
    QVERIFY(!gateway.listsCapabilities());
}

void GatewayStockNodeTest::aStockGatewayIsConnectedAndListsNothing()
{
    StockGateway node;
    Gateway gateway(gatewayConfig(node.url()));
    const auto all = settled(gateway.capabilities());
    QVERIFY2(all, all ? "" : qPrintable(all.error().describe()));
    QVERIFY(all->isEmpty());
    QVERIFY(!gateway.listsCapabilities());
    QVERIFY(node.jobs().isEmpty());
}

void GatewayStockNodeTest::whatIsNoNodeIsSaidToBeNone_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a web server") << 404 << QByteArray("text/html") << QByteArray("<html>Not Found</html>");
    QTest::newRow("a page for everything") << 200 << QByteArray("text/html") << QByteArray("<html>Welcome</html>");
    QTest::newRow("JSON of somebody else") << 200 << QByteArray("application/json") << QByteArray("[1]");
    QTest::newRow("a Go server without jobs") << 404 << QByteArray("text/plain; charset=utf-8") << QByteArray("404 page not found\n");
    QTest::newRow("a proxy with nobody behind") << 502 << QByteArray("text/html") << QByteArray("<html>Bad Gateway</html>");
    QTest::newRow("a proxy that refuses") << 503 << QByteArray("text/html") << QByteArray("<html>one moment please</html>");
}

void GatewayStockNodeTest::whatIsNoNodeIsSaidToBeNone()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    ScriptedOrchestrator server;
    const auto answer = ScriptedOrchestrator::plain(status, {{"Content-Type", type}}, body);
    for (const char *path : {"/capabilities", "/discover-orchestrators"})
        server.setPage(path, ScriptedOrchestrator::plain(404, {{"Content-Type", "text/plain"}}, "404 page not found"));
    server.setTokenAnswer(answer);
    Gateway gateway(directConfig({server.url()}));
    const auto all = settled(gateway.capabilities());
    QVERIFY(!all);
    QCOMPARE(all.error().kind(), Error::Kind::NoOrchestrator);
    QVERIFY2(all.error().message().contains(server.url().authority()), qPrintable(all.error().message()));
    QVERIFY2(all.error().message().contains(QStringLiteral("not as an orchestrator")), qPrintable(all.error().message()));
    QVERIFY2(!all.error().message().contains(QStringLiteral("<html")), qPrintable(all.error().message()));
    QVERIFY(!all.error().advice().isEmpty());
}

void GatewayStockNodeTest::aGatewayTakenForAnOrchestratorIsToldSo()
{
    ScriptedOrchestrator server;
    server.setTokenAnswer(ScriptedOrchestrator::text(400, "request not allowed"));
    Gateway gateway(directConfig({server.url()}));
    const auto all = settled(gateway.capabilities());
    QVERIFY(!all);
    QVERIFY2(all.error().message().contains(QStringLiteral("is a gateway")), qPrintable(all.error().message()));
}

void GatewayStockNodeTest::whatIsNoGatewayIsSaidToBeNone_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("a web server") << 404 << QByteArray("text/html");
    QTest::newRow("a page for everything") << 200 << QByteArray("text/html");
    QTest::newRow("an API of somebody else") << 404 << QByteArray("application/json");
    QTest::newRow("a proxy with nobody behind") << 502 << QByteArray("text/plain");
}

void GatewayStockNodeTest::whatIsNoGatewayIsSaidToBeNone()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    ScriptedOrchestrator server;
    server.then(ScriptedOrchestrator::plain(status, {{"Content-Type", type}}, "{}"));
    Gateway gateway(gatewayConfig(server.url()));
    const auto all = settled(gateway.capabilities());
    QVERIFY(!all);
    QVERIFY2(all.error().message().contains(QStringLiteral("not as a gateway")), qPrintable(all.error().message()));
    QVERIFY2(all.error().message().contains(QString::number(status)), qPrintable(all.error().message()));
}

void GatewayStockNodeTest::aNodeThatRefusesThisSenderIsStillThere()
{
    StockOrchestrator node;
    node.wantSignatures(true);
    GatewayConfig config = directConfig({node.url()});
    config.senderKey = Secret();
    Gateway gateway(config);
    QVERIFY(settled(gateway.capabilities()));

    ScriptedOrchestrator poor;
    poor.setTokenAnswer(ScriptedOrchestrator::text(503, "Could not get price err=insufficient sender reserve"));
    Gateway unfunded(directConfig({poor.url()}));
    QVERIFY(settled(unfunded.capabilities()));

    ScriptedOrchestrator old; // up to v0.8.9
    old.setTokenAnswer(ScriptedOrchestrator::json(503, "{\"LastNonce\":0}"));
    Gateway toOld(directConfig({old.url()}));
    QVERIFY(settled(toOld.capabilities()));
}

void GatewayStockNodeTest::namedCapabilitiesAreListedWithPriceAndSlots()
{
    StockOrchestrator node;
    node.setPrice(Price);
    node.registerCapability("text-reversal", stock_worker::reverse());
    GatewayConfig config = directConfig({node.url()});
    config.capabilities = {named(Reversal, {Verb::Run}, QStringLiteral("predict"))};
    Gateway gateway(config);
    const auto all = orThrow(settled(gateway.capabilities()));
    QCOMPARE(all.size(), 1);
    const CapabilityInfo &info = all.first();
    QCOMPARE(info.name, Reversal);
    QVERIFY(info.named);
    QVERIFY(!info.listed);
    QCOMPARE(info.price, std::optional(PriceQuote{Price, 1, QStringLiteral("second")}));
    QCOMPARE(info.availableCapacity, std::optional(1));
    QCOMPARE(info.orchestrators, QList<QUrl>{node.url()});
    QVERIFY(info.latency);
    QVERIFY(node.tickets().isEmpty());
}

void GatewayStockNodeTest::aNameThatNoNodeKnowsHasNoPriceAndIsNotFull()
{
    StockOrchestrator node;
    node.setPrice(Price);
    GatewayConfig config = directConfig({node.url()});
    config.capabilities = {named(Reversal), named(QStringLiteral("live-video-to-video/noop"))};
    Gateway gateway(config);
    const auto all = orThrow(settled(gateway.capabilities()));
    QCOMPARE(all.size(), 2);
    QVERIFY(!all[0].price);
    QVERIFY(!all[0].availableCapacity);
    QCOMPARE(all[1].backend, QStringLiteral("lv2v"));
    QCOMPARE(all[1].verbs, QList<Verb>{Verb::Live});
    QVERIFY(!all[1].price);
}

void GatewayStockNodeTest::whatIsNamedGoesBeforeWhatIsListed()
{
    ScriptedOrchestrator node;
    node.setPrice(Price);
    node.setPage("/capabilities", ScriptedOrchestrator::json(200, "[{\"name\":\"text-reversal\",\"path\":\"predict\",\"description\":\"Theirs\"}]"));
    GatewayConfig config = directConfig({node.url()});
    NamedCapability mine = named(Reversal, {Verb::Stream}, QStringLiteral("v2/reverse"));
    mine.description = QStringLiteral("Mine");
    mine.inputSchema = Json{{QStringLiteral("type"), "object"}};
    config.capabilities = {mine};
    Gateway gateway(config);
    const auto info = orThrow(settled(gateway.capabilities())).first();
    QVERIFY(gateway.listsCapabilities());
    QVERIFY(info.named && info.listed);
    QCOMPARE(info.path, QStringLiteral("v2/reverse"));
    QCOMPARE(info.verbs, QList<Verb>{Verb::Stream});
    QCOMPARE(info.description, QStringLiteral("Theirs"));
    QCOMPARE(info.inputSchema, mine.inputSchema);
    QCOMPARE(info.price->pricePerUnit, Price);
}

void GatewayStockNodeTest::discoveryNamesAreListed()
{
    StockOrchestrator node;
    node.setPrice(Price);
    node.registerCapability("text-reversal", stock_worker::reverse());
    ScriptedOrchestrator service;
    service.setPage("/list", ScriptedOrchestrator::json(200,
        "[{\"address\":\"" + node.url().toString().toUtf8() + "\",\"capabilities\":[\"byoc/text-reversal\",\"byoc/\",\"text-to-image/x\"]}]"));
    GatewayConfig config = directConfig({});
    config.discoveryUrl = service.url().toString() + QStringLiteral("/list");
    Gateway gateway(config);
    const auto all = orThrow(settled(gateway.capabilities()));
    QCOMPARE(all.size(), 1);
    QCOMPARE(all.first().name, Reversal);
    QVERIFY(all.first().listed);
    QCOMPARE(all.first().price->pricePerUnit, Price);
    QVERIFY2(!gateway.listsCapabilities(), "a name that discovery does not say may be right all the same");
}

void GatewayStockNodeTest::anUnlistedNameIsDescribedByItsToken()
{
    StockOrchestrator node;
    node.setPrice(Price);
    node.registerCapability("text-reversal", stock_worker::reverse());
    Gateway gateway(directConfig({node.url()}));
    const auto info = orThrow(settled(gateway.describe(Reversal)));
    QVERIFY(!info.listed && !info.named);
    QCOMPARE(info.price->pricePerUnit, Price);
    QCOMPARE(info.availableCapacity, std::optional(1));
    const auto unknown = orThrow(settled(gateway.describe(QStringLiteral("nobody-has-it"))));
    QVERIFY(!unknown.price);
    QVERIFY(!unknown.availableCapacity);
}

void GatewayStockNodeTest::namedPathsAreCalled()
{
    StockOrchestrator node;
    node.registerCapability("text-reversal", stock_worker::reverse());
    GatewayConfig config = directConfig({node.url()});
    config.capabilities = {named(Reversal, {Verb::Run}, QStringLiteral("v2/reverse"))};
    Gateway gateway(config);
    Call call = callTo(Reversal);
    call.path.clear();
    const auto result = orThrow(settled(gateway.run(call)));
    QCOMPARE(result.json.value(QStringLiteral("reversed")).toString(), QStringLiteral("olleh"));
    QCOMPARE(node.jobs(), QStringList(QStringLiteral("v2/reverse text-reversal")));

    // Without a word from anybody it is the name, as the published SDK has it.
    Gateway plain(directConfig({node.url()}));
    QVERIFY(settled(plain.run(call)));
    QCOMPARE(node.jobs().last(), QStringLiteral("text-reversal text-reversal"));

    StockGateway other;
    other.registerCapability("text-reversal", stock_worker::reverse());
    GatewayConfig through = gatewayConfig(other.url());
    through.capabilities = config.capabilities;
    Gateway byGateway(through);
    QVERIFY(settled(byGateway.run(call)));
    QCOMPARE(other.jobs(), QStringList(QStringLiteral("v2/reverse text-reversal")));
}

void GatewayStockNodeTest::aCapabilityIsNamedWhileConnected()
{
    StockOrchestrator node;
    node.registerCapability("text-reversal", stock_worker::reverse());
    Gateway gateway(directConfig({node.url()}));
    QVERIFY(orThrow(settled(gateway.capabilities())).isEmpty());
    gateway.setNamedCapabilities({named(Reversal, {Verb::Run}, QStringLiteral("first"))});
    QCOMPARE(orThrow(settled(gateway.capabilities())).size(), 1);
    gateway.setNamedCapabilities({named(Reversal, {Verb::Run}, QStringLiteral("second"))});
    Call call = callTo(Reversal);
    call.path.clear();
    QVERIFY(settled(gateway.run(call)));
    QCOMPARE(node.jobs(), QStringList(QStringLiteral("second text-reversal")));
    gateway.setNamedCapabilities({});
    QVERIFY(!find(orThrow(settled(gateway.capabilities())), Reversal));
}

void GatewayStockNodeTest::liveRunsOnAnUnlistedName()
{
    StockOrchestrator node;
    node.registerCapability("noop");
    Gateway gateway(directConfig({node.url()}));
    const auto session = gateway.live(callTo(QStringLiteral("noop"), Verb::Live));
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), LiveSession::State::Ready, 10'000);
    const Json flags = orThrow(Json::parse(node.startHeader().parameters.toUtf8()));
    for (const char *flag : {"enable_video_ingress", "enable_video_egress", "enable_data_output"})
        QVERIFY2(flags.value(QLatin1String(flag)).toBool(), flag);
    session->close();
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), LiveSession::State::Closed, 20'000);
    QCOMPARE(node.count(QStringLiteral("stop")), 1);

    // A wrong name is refused in the node's words, not in ours.
    const auto wrong = gateway.live(callTo(QStringLiteral("nop"), Verb::Live));
    QSignalSpy failed(wrong.get(), &LiveSession::failed);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 10'000);
    QVERIFY(failed.first().first().value<Error>().message().contains(QStringLiteral("No capacity available for capability")));
}

void GatewayStockNodeTest::balancesComeFromTokens()
{
    StockOrchestrator node;
    node.setPrice(Price);
    node.setBalance(123'456);
    node.registerCapability("text-reversal", stock_worker::reverse());
    Gateway gateway(directConfig({node.url()}));
    const auto balances = orThrow(settled(gateway.balances({Reversal, QStringLiteral("unknown")})));
    QCOMPARE(balances.size(), 2);
    QCOMPARE(balances[0].wei, std::optional(QStringLiteral("123456")));
    QCOMPARE(balances[1].wei, std::optional(QStringLiteral("0")));
}

void GatewayStockNodeTest::passwordsOfANamedSchemaStayOutOfTheHistory()
{
    StockOrchestrator node;
    node.registerCapability("text-reversal", stock_worker::reverse());
    const auto data = UserData::inMemory();
    GatewayConfig config = directConfig({node.url()});
    NamedCapability secret = named(Reversal);
    secret.inputSchema = orThrow(Json::parse("{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\",\"format\":\"password\"}}}"));
    config.capabilities = {secret};
    Gateway gateway(config, data);
    QVERIFY(settled(gateway.run(callTo(Reversal))));
    QVERIFY(!latestRun(*data).call.contains(QStringLiteral("hello")));
}

void GatewayStockNodeTest::schemasComeFromAddresses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("problem");
    const QByteArray schema = "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}}}";
    const QByteArray post = "{\"post\":{\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/In\"}}}}}}";
    const QByteArray components = ",\"components\":{\"schemas\":{\"In\":" + schema + "}}}";
    QTest::newRow("a schema") << schema << QString() << QString();
    QTest::newRow("a worker's") << QByteArray("{\"name\":\"x\",\"input_schema\":" + schema + "}") << QString() << QString();
    QTest::newRow("OpenAPI, one route") << QByteArray("{\"openapi\":\"3.1.0\",\"paths\":{\"/predict\":" + post + "}" + components) << QString() << QString();
    QTest::newRow("OpenAPI, by its path")
        << QByteArray("{\"openapi\":\"3.1.0\",\"paths\":{\"/other\":{\"post\":{\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"array\"}}}}}},\"/v1/predict\":"
                      + post + "}" + components)
        << QStringLiteral("v1/predict") << QString();
    QTest::newRow("OpenAPI, which one") << QByteArray("{\"openapi\":\"3.1.0\",\"paths\":{\"/a\":" + post + ",\"/b\":" + post + "}" + components) << QString() << QStringLiteral("2 POST routes");
    QTest::newRow("an example") << QByteArray("{\"text\":\"hello\"}") << QString() << QStringLiteral("no JSON Schema");
    QTest::newRow("a page") << QByteArray("<html>") << QString() << QStringLiteral("line 1");
    QTest::newRow("a list") << QByteArray("[]") << QString() << QStringLiteral("is an object");
}

void GatewayStockNodeTest::schemasComeFromAddresses()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, path);
    QFETCH(QString, problem);
    ScriptedOrchestrator server;
    server.setPage("/schema.json", ScriptedOrchestrator::json(200, body));
    const QUrl address(server.url().toString() + QStringLiteral("/schema.json"));
    const auto schema = settled(schema_source::fetch(address, path, nullptr));
    if (!problem.isEmpty()) {
        QVERIFY(!schema);
        QVERIFY2(schema.error().message().contains(problem), qPrintable(schema.error().message()));
        return;
    }
    QVERIFY2(schema, schema ? "" : qPrintable(schema.error().describe()));
    const Json direct = *schema;
    const Json resolved = direct.contains(QStringLiteral("$ref")) ? direct.find(QStringLiteral("/components/schemas/In")).value_or(Json()) : direct;
    QCOMPARE(resolved.find(QStringLiteral("/properties/text/type")).value_or(Json()).toString(), QStringLiteral("string"));
}

void GatewayStockNodeTest::aFetchThatIsStoppedEnds()
{
    ScriptedOrchestrator server;
    server.setPage("/schema.json", ScriptedOrchestrator::hang());
    QFuture<Json> schema = schema_source::fetch(QUrl(server.url().toString() + QStringLiteral("/schema.json")), {}, nullptr);
    QTRY_COMPARE(server.requestCount(), 1);
    schema.cancel();
    QTRY_COMPARE(server.hangups(), 1);

    server.setPage("/gone", ScriptedOrchestrator::plain(301, {{"Location", "https://elsewhere.example/schema.json"}}, {}));
    const auto moved = settled(schema_source::fetch(QUrl(server.url().toString() + QStringLiteral("/gone")), {}, nullptr));
    QVERIFY(!moved);
    QVERIFY(moved.error().advice().contains(QStringLiteral("https://elsewhere.example/schema.json")));
}

QTEST_GUILESS_MAIN(GatewayStockNodeTest)
#include "tst_gateway_stock_node.moc"
