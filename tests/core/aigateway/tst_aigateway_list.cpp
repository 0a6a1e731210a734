#include "scripted_gateway.h"

#include "sluice/gateway/backends.h"

using namespace sluice;
using namespace sluice::test;

namespace {

using Answer = ScriptedGateway::Answer;

QStringList namesOf(const QList<CapabilityInfo> &infos)
{
    QStringList names;
    for (const CapabilityInfo &info : infos)
        names.append(info.name);
    names.sort();
    return names;
}

} // namespace

/// What an AI gateway offers, as far as it tells.
class AiGatewayListTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStockGatewayListsNothingAndMayOfferAll();
    void oneWithoutAHealthCheckIsKnownByItsRefusal();
    void anOwnListIsWhole();
    void aNetworksCapabilitiesAreAList();
    void somebodyElseIsNoGateway_data();
    void somebodyElseIsNoGateway();
    void aMissingAddressIsSaid();
    void aNameWithoutABackendFindsIts();
    void anotherBackendsNameStaysItsOwn();
};

void AiGatewayListTest::aStockGatewayListsNothingAndMayOfferAll()
{
    ScriptedGateway server;
    server.answer("/healthz", {Answer(200, "", "")});
    Gateway gateway(aiConfig(server.url()));
    const auto all = orThrow(settled(gateway.capabilities()));
    QCOMPARE(all.size(), 9);
    QVERIFY(!gateway.listsCapabilities());
    for (const CapabilityInfo &info : all) {
        QCOMPARE(info.backend, QStringLiteral("aigateway"));
        QVERIFY(!info.listed);
        QVERIFY(!info.inputSchema.isNull());
        QCOMPARE(info.orchestrators, QList<QUrl>{server.url()});
    }
    QCOMPARE(all.first().name, QStringLiteral("llm"));
    QVERIFY(all.first().isChat());
    QCOMPARE(all.first().verbs, QList<Verb>({Verb::Stream, Verb::Run}));
    // Nothing was asked that could cost.
    for (const ServerRequest &request : server.asked())
        QCOMPARE(request.method, "GET");
}

void AiGatewayListTest::oneWithoutAHealthCheckIsKnownByItsRefusal()
{
    ScriptedGateway server;
    server.answer("/llm", {Answer(400, R"({"error":{"message":"missing required fields"}})")});
    Gateway gateway(aiConfig(server.url()));
    QCOMPARE(orThrow(settled(gateway.capabilities())).size(), 9);
}

void AiGatewayListTest::anOwnListIsWhole()
{
    ScriptedGateway server;
    server.answer("/capabilities", {Answer(200, R"([{"name":"text-to-speech","description":"Speaks.","model_id":"m","verbs":["run"],
        "examples":[{"title":"One","input":{"text":"a"}}]},{"name":"something-else"},{"name":"llm"}])")});
    Gateway gateway(aiConfig(server.url()));
    const auto all = orThrow(settled(gateway.capabilities()));
    QCOMPARE(namesOf(all), QStringList({QStringLiteral("llm"), QStringLiteral("text-to-speech")}));
    QVERIFY(gateway.listsCapabilities());
    QCOMPARE(all.first().description, QStringLiteral("Speaks."));
    QCOMPARE(all.first().examples.size(), 1);
    QVERIFY(all.first().listed);
    QVERIFY(!all.first().inputSchema.isNull());
}

void AiGatewayListTest::aNetworksCapabilitiesAreAList()
{
    ScriptedGateway server;
    server.answer("/getNetworkCapabilities",
        {Answer(200, R"({"orchestrators":[{"capabilities":{"constraints":{"PerCapability":{"36":{"models":{"parler-tts/parler-tts-large-v1":{}}}}}}}]})")});
    Gateway gateway(aiConfig(server.url()));
    QCOMPARE(namesOf(orThrow(settled(gateway.capabilities()))), QStringList(QStringLiteral("text-to-speech")));
    QVERIFY(gateway.listsCapabilities());
}

void AiGatewayListTest::somebodyElseIsNoGateway_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("pages for everything") << 200 << QByteArray("<html>hello</html>") << QByteArray("text/html") << Error::Kind::NoOrchestrator;
    QTest::newRow("nothing there") << 404 << QByteArray("404 page not found\n") << QByteArray("text/plain") << Error::Kind::NoOrchestrator;
    QTest::newRow("a proxy's failure") << 502 << QByteArray("<html>") << QByteArray("text/html") << Error::Kind::NoOrchestrator;
    QTest::newRow("a key is wanted") << 401 << QByteArray("{}") << QByteArray("application/json") << Error::Kind::Http;
}

void AiGatewayListTest::somebodyElseIsNoGateway()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, type);
    ScriptedGateway server;
    for (const char *path : {"/capabilities", "/getNetworkCapabilities", "/healthz", "/llm"})
        server.answer(path, {Answer(status, body, type)});
    Gateway gateway(aiConfig(server.url()));
    const auto listed = settled(gateway.capabilities());
    QVERIFY(!listed);
    QTEST(listed.error().kind(), "kind");
}

void AiGatewayListTest::aMissingAddressIsSaid()
{
    for (const char *address : {"", "127.0.0.1:9935", "ftp://host"}) {
        Gateway gateway(aiConfig(QUrl(QString::fromLatin1(address))));
        const auto listed = settled(gateway.capabilities());
        QVERIFY(!listed);
        QCOMPARE(listed.error().kind(), Error::Kind::Config);
    }
}

void AiGatewayListTest::aNameWithoutABackendFindsIts()
{
    ScriptedGateway server;
    server.answer("/text-to-speech", {Answer(200, R"({"audio":{"url":"/a.wav"}})")});
    server.answer("/a.wav", {Answer(200, "RIFFxxxxWAVE", "audio/wav")});
    server.answer("/healthz", {Answer(200, "", "")});
    Gateway gateway(aiConfig(server.url()));
    // As sluicectl has it: a name, and nothing listed yet.
    const RunResult run = orThrow(settled(QFuture<RunResult>(gateway.run(QStringLiteral("text-to-speech"), Json{{QStringLiteral("text"), "a"}}))));
    QCOMPARE(run.contentType, "audio/wav");
    const CapabilityInfo info = orThrow(settled(gateway.describe({QStringLiteral("aigateway"), QStringLiteral("upscale"), {}})));
    QVERIFY(!info.inputSchema.isNull());
}

void AiGatewayListTest::anotherBackendsNameStaysItsOwn()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPage("/capabilities", ScriptedOrchestrator::json(200, R"([{"name":"text-to-image"}])"));
    ScriptedGateway server;
    server.answer("/healthz", {Answer(200, "", "")});
    GatewayConfig config = directConfig({orchestrator.url()});
    config.backends = aiConfig(server.url()).backends;
    Gateway gateway(config);
    QVERIFY(settled(gateway.capabilities()));
    QVERIFY(settled(QFuture<RunResult>(gateway.run(callTo(QStringLiteral("text-to-image"))))));
    QCOMPARE(orchestrator.jobs().size(), 1);
    QVERIFY(server.asked("/text-to-image").isEmpty());
    // A profile without an AI gateway knows no pipelines: the name is an orchestrator's.
    Gateway direct(directConfig({orchestrator.url()}));
    QVERIFY(settled(QFuture<RunResult>(direct.run(callTo(QStringLiteral("text-to-image"))))));
    QCOMPARE(orchestrator.jobs().size(), 2);
}

QTEST_GUILESS_MAIN(AiGatewayListTest)
#include "tst_aigateway_list.moc"
