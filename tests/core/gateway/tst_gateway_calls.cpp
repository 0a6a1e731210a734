#include "gateway_fixture.h"

#include "sluice/gateway/past_run.h"
#include "sluice/net/tls_trust.h"
#include "sluice/base/bytes.h"
#include "sluice/net/self_signed.h"
#include "sluice/payments/ticket.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>

using namespace sluice;
using namespace sluice::test;

class GatewayCallsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sdk_01_constructionMakesNoTraffic();
    void sdk_02_discoveryIsNotAskedBesideOrchestrators();
    void sdk_03_discoveryIsAskedWithTheSignersHeaders();
    void sdk_04_secretHeadersReachNoOrchestrator();
    void sdk_06_discoveryAnswersAreChecked();
    void sdk_07_everyAnswerIsAResult_data();
    void sdk_07_everyAnswerIsAResult();
    void sdk_08_verbsWithoutARouteSendNothing_data();
    void sdk_08_verbsWithoutARouteSendNothing();
    void sdk_17_destroyingTheGatewayCancelsItsCalls();
    void sdk_18_emptySuccessOfAGatewayIsNoOrchestrator();
    void sdk_19_jsonLabelledTextIsJson();
    void paidRunIsOnRecord();
    void ticketsAreOnRecordBeforeTheyLeave();
    void failedRunIsOnRecord();
    void canceledRunIsOnRecordAndNotFailed();
    void spendLimitsOfTheProfileHold();
    void secondGatewayOnTheSameFileSharesTheDaysLimit();
    void badKeyAndBadLimitsSurfaceFromTheFirstCall();
    void defaultPathComesFromTheListing();
    void aPageInsteadOfJsonIsNoted();
    void listingIsEnrichedByTokens();
    void listingFallsBackToDiscoveryNames();
    void silentNetworksAreAnError();
    void balancesComeFromTokens();
    void signingMakesARequestThatCounts();
    void ticketOutcomesAreRemembered();
    void passwordFieldsStayOutOfHistory();
    void keysArePinnedAndChangesNeedConsent();
};

void GatewayCallsTest::sdk_01_constructionMakesNoTraffic()
{
    ScriptedOrchestrator orchestrator;
    GatewayConfig config = directConfig({orchestrator.url()});
    config.discoveryUrl = orchestrator.url().toString();
    config.signerUrl = orchestrator.url().toString();
    {
        const Gateway gateway(config);
        QCoreApplication::processEvents();
        QCOMPARE(gateway.senderAddress(), SenderAddress);
    }
    GatewayConfig broken;
    broken.token = Secret("###");
    const Gateway nothing(broken);
    QCOMPARE(orchestrator.requestCount(), 0);
}

void GatewayCallsTest::sdk_02_discoveryIsNotAskedBesideOrchestrators()
{
    ScriptedOrchestrator orchestrator;
    ScriptedOrchestrator discovery;
    GatewayConfig config = directConfig({orchestrator.url()});
    config.discoveryUrl = discovery.url().toString();
    Gateway gateway(config);
    QVERIFY(settled(gateway.run(callTo(QStringLiteral("c")))));
    QCOMPARE(discovery.requestCount(), 0);
}

void GatewayCallsTest::sdk_03_discoveryIsAskedWithTheSignersHeaders()
{
    ScriptedOrchestrator orchestrator;
    ScriptedOrchestrator signer;
    const auto seen = std::make_shared<QList<ServerRequest>>();
    const QByteArray answer = "[{\"address\":\"" + orchestrator.url().toString().toUtf8() + "\",\"capabilities\":[\"byoc/a/b\"]}]";
    signer.setPage("/discover-orchestrators", [seen, answer](const ServerRequest &request, ServerResponse &response) -> boost::asio::awaitable<void> {
        seen->append(request);
        const auto reply = ScriptedOrchestrator::json(200, answer);
        co_await reply(request, response);
    });
    GatewayConfig config;
    config.senderKey = Secret(SenderKey);
    config.signerUrl = signer.url().toString() + QStringLiteral("/v1");
    config.signerHeaders = {{"Authorization", Secret("Bearer hush")}};
    Gateway gateway(config);
    const auto result = settled(gateway.run(callTo(QStringLiteral("a/b"))));
    QVERIFY2(result, result ? "" : qPrintable(result.error().describe()));
    // A name of an app's form is looked up at everybody's live runners first, and called at those that have it.
    QCOMPARE(seen->size(), 2);
    for (const ServerRequest &request : *seen)
        QCOMPARE(headers::value(request.headers, "Authorization"), QByteArray("Bearer hush"));
    QCOMPARE(seen->first().query, QByteArray());
    // sdk_06: the slash stays a slash.
    QCOMPARE(seen->last().query, QByteArray("caps=byoc/a/b"));
    // Within a minute the answers are remembered.
    QVERIFY(settled(gateway.run(callTo(QStringLiteral("a/b")))));
    QCOMPARE(seen->size(), 2);
}

void GatewayCallsTest::sdk_04_secretHeadersReachNoOrchestrator()
{
    ScriptedOrchestrator orchestrator;
    ScriptedOrchestrator discovery;
    const QByteArray answer = "[{\"address\":\"" + orchestrator.url().toString().toUtf8() + "\"}]";
    discovery.setPage("/list", ScriptedOrchestrator::json(200, answer));
    GatewayConfig config;
    config.senderKey = Secret(SenderKey);
    config.discoveryUrl = discovery.url().toString() + QStringLiteral("/list");
    config.discoveryHeaders = {{"X-Discovery", Secret("hush")}};
    config.signerUrl = QStringLiteral("https://signer.invalid");
    config.signerHeaders = {{"X-Signer", Secret("hush")}};
    Gateway gateway(config);
    QVERIFY(settled(gateway.run(callTo(QStringLiteral("c")))));
    QList<ServerRequest> requests = orchestrator.tokenRequests();
    requests.append(orchestrator.jobs().first().request);
    for (const ServerRequest &request : requests) {
        for (const auto &[name, value] : request.headers)
            QVERIFY2(value != "hush", name.constData());
    }
}

void GatewayCallsTest::sdk_06_discoveryAnswersAreChecked()
{
    ScriptedOrchestrator orchestrator;
    ScriptedOrchestrator discovery;
    GatewayConfig config;
    config.senderKey = Secret(SenderKey);
    config.discoveryUrl = discovery.url().toString() + QStringLiteral("/list");
    discovery.setPage("/list", ScriptedOrchestrator::json(200, "{\"address\":\"x\"}"));
    {
        Gateway gateway(config);
        const auto result = settled(gateway.run(callTo(QStringLiteral("c"))));
        QVERIFY(!result);
        QCOMPARE(result.error().kind(), Error::Kind::Discovery);
    }
    const QByteArray mixed = "[{\"address\":\"::::\"},{},{\"address\":\"" + orchestrator.url().toString().toUtf8() + "\"}]";
    discovery.setPage("/list", ScriptedOrchestrator::json(200, mixed));
    Gateway gateway(config);
    QVERIFY(settled(gateway.run(callTo(QStringLiteral("c")))));
}

void GatewayCallsTest::sdk_07_everyAnswerIsAResult_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("json");
    QTest::newRow("object") << QByteArray("application/json") << QByteArray("{\"a\":1}") << true;
    QTest::newRow("array") << QByteArray("application/json") << QByteArray("[1,2]") << true;
    QTest::newRow("string") << QByteArray("application/json") << QByteArray("\"hi\"") << true;
    QTest::newRow("number") << QByteArray("application/json") << QByteArray("4.20") << true;
    QTest::newRow("null") << QByteArray("application/json") << QByteArray("null") << true;
    QTest::newRow("image") << QByteArray("image/png") << QByteArray("\x89PNG\r\n\x1a\n\0\0", 10) << false;
    QTest::newRow("text") << QByteArray("text/plain") << QByteArray("the end") << false;
    QTest::newRow("broken JSON") << QByteArray("application/json") << QByteArray("{\"a\":") << false;
    QTest::newRow("nothing") << QByteArray("application/json") << QByteArray() << false;
}

void GatewayCallsTest::sdk_07_everyAnswerIsAResult()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(bool, json);
    ScriptedOrchestrator orchestrator;
    const Headers fields{{"Content-Type", type}, {"X-Metadata", "m"}};
    orchestrator.then(ScriptedOrchestrator::plain(200, fields, body));
    Gateway gateway(directConfig({orchestrator.url()}));
    const auto result = settled(gateway.run(callTo(QStringLiteral("c"))));
    QVERIFY(result);
    QCOMPARE(result->content, body);
    QCOMPARE(result->contentType, type);
    QCOMPARE(result->isJson, json);
    if (json)
        QCOMPARE(result->json.dump(), body);
    QCOMPARE(result->servedBy, orchestrator.url());
    QCOMPARE(headers::value(result->headers, "x-metadata"), QByteArray("m"));
}

void GatewayCallsTest::sdk_08_verbsWithoutARouteSendNothing_data()
{
    QTest::addColumn<QString>("backend");
    QTest::addColumn<bool>("live");
    QTest::newRow("live") << QStringLiteral("byoc") << true;
    QTest::newRow("unknown backend") << QStringLiteral("openai") << false;
}

void GatewayCallsTest::sdk_08_verbsWithoutARouteSendNothing()
{
    QFETCH(QString, backend);
    QFETCH(bool, live);
    ScriptedOrchestrator orchestrator;
    Gateway gateway(directConfig({orchestrator.url()}));
    Call call = callTo(QStringLiteral("c"));
    call.backend = backend;
    if (live)
        call.verb = Verb::Live;
    const auto result = settled(gateway.run(call));
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::NotRouted);
    QVERIFY(result.error().advice().contains(QStringLiteral("byoc")));
    QCOMPARE(orchestrator.requestCount(), 0);
}

void GatewayCallsTest::sdk_17_destroyingTheGatewayCancelsItsCalls()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::hang());
    const auto data = UserData::inMemory();
    auto gateway = std::make_unique<Gateway>(directConfig({orchestrator.url()}), data);
    const auto running = gateway->run(callTo(QStringLiteral("c")));
    QTRY_COMPARE(orchestrator.jobs().size(), 1);
    gateway.reset();
    const auto result = settled(running);
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::Canceled);
    QTRY_COMPARE(orchestrator.hangups(), 1);
    QTRY_COMPARE(latestRun(*data).state, RunRecord::State::Canceled);
}

void GatewayCallsTest::sdk_18_emptySuccessOfAGatewayIsNoOrchestrator()
{
    ScriptedOrchestrator peer;
    peer.then(ScriptedOrchestrator::plain(200, {}, {}));
    GatewayConfig config;
    config.gatewayUrl = peer.url().toString();
    Gateway gateway(config);
    const auto result = settled(gateway.run(callTo(QStringLiteral("c"))));
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::NoOrchestrator);
}

void GatewayCallsTest::sdk_19_jsonLabelledTextIsJson()
{
    ScriptedOrchestrator peer;
    const Headers fields{{"Content-Type", "text/plain; charset=utf-8"}, {"X-Orchestrator-Url", "https://o:8935"}};
    peer.then(ScriptedOrchestrator::plain(200, fields, "{\"a\":1}"));
    GatewayConfig config;
    config.gatewayUrl = peer.url().toString();
    Gateway gateway(config);
    const auto result = settled(gateway.run(callTo(QStringLiteral("c"))));
    QVERIFY(result);
    QVERIFY(result->isJson);
    QCOMPARE(result->json.value(QStringLiteral("a")).toInt64(), std::optional<qint64>(1));
    QCOMPARE(result->servedBy, QUrl(QStringLiteral("https://o:8935")));
}

void GatewayCallsTest::paidRunIsOnRecord()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    orchestrator.setBalance(1'000);
    const Headers fields{{"Livepeer-Balance", "7700001000"}};
    orchestrator.then(ScriptedOrchestrator::json(200, "{\"ok\":1}", fields));
    const auto data = UserData::inMemory();
    Gateway gateway(directConfig({orchestrator.url()}), data);
    const auto result = settled(gateway.run(callTo(QStringLiteral("c"))));
    QVERIFY2(result, result ? "" : qPrintable(result.error().describe()));
    QCOMPARE(result->payment.tickets.size(), 1);
    const TicketView ticket = result->payment.tickets.first();
    QCOMPARE(ticket.nonce, 1u);
    QCOMPARE(ticket.sender, SenderAddress);
    QCOMPARE(ticket.faceValueWei, QStringLiteral("800000000000"));
    QCOMPARE(ticket.winOdds, QStringLiteral("1 in 100"));
    QVERIFY(ticket.signatureVerified);
    QVERIFY(ticket.sent);
    QVERIFY(!ticket.won);
    QCOMPARE(result->payment.paidWei, QStringLiteral("8000000000"));
    QCOMPARE(result->payment.balanceBefore, std::optional(QStringLiteral("1000")));
    QCOMPARE(result->payment.balanceAfter, std::optional(QStringLiteral("7700001000")));
    QCOMPARE(result->payment.chargedWei, std::optional(QStringLiteral("300000000")));
    QStringList steps;
    for (const TraceSpan &span : result->trace)
        steps.append(span.name);
    for (const char *step : {"token", "sign", "pay", "connect", "send", "wait", "receive"})
        QVERIFY2(steps.contains(QLatin1String(step)), step);

    const RunRecord record = latestRun(*data);
    QCOMPARE(record.id, result->runId);
    QCOMPARE(record.state, RunRecord::State::Succeeded);
    QCOMPARE(record.httpStatus, 200);
    QCOMPARE(record.resultBytes, QByteArray("{\"ok\":1}"));
    QCOMPARE(record.ticketCount, 1);
    QCOMPARE(record.paidWei, QStringLiteral("8000000000"));
    QCOMPARE(record.title, QStringLiteral("hello"));
    QCOMPARE(record.orchestrator, orchestrator.url().toString());
    QVERIFY(orThrow(Call::fromJson(orThrow(Json::parse(record.call.toUtf8())))) == callTo(QStringLiteral("c")));
    const auto rows = data->tickets().byRunSync(record.id);
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().state, TicketRow::State::Sent);
    QCOMPARE(orchestrator.jobs().first().job.id, record.id);
}

void GatewayCallsTest::ticketsAreOnRecordBeforeTheyLeave()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    const auto data = UserData::inMemory();
    // Looked at on the server's side, while the paid request is in its hands.
    const auto seen = std::make_shared<QList<TicketRow>>();
    const auto state = std::make_shared<RunRecord::State>(RunRecord::State::Failed);
    orchestrator.then([seen, state, data](const ServerRequest &request, ServerResponse &response) -> boost::asio::awaitable<void> {
        *seen = data->tickets().latestSync(0, 10);
        *state = data->history().pageSync(QString(), 0, 1).rows.first().state;
        const auto reply = ScriptedOrchestrator::json(200, "{}");
        co_await reply(request, response);
    });
    Gateway gateway(directConfig({orchestrator.url()}), data);
    QVERIFY(settled(gateway.run(callTo(QStringLiteral("c")))));
    QCOMPARE(seen->size(), 1);
    QCOMPARE(*state, RunRecord::State::Running);
}

void GatewayCallsTest::failedRunIsOnRecord()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    orchestrator.then(ScriptedOrchestrator::drop());
    const auto data = UserData::inMemory();
    Gateway gateway(directConfig({orchestrator.url()}), data);
    const auto result = settled(gateway.run(callTo(QStringLiteral("c"))));
    QVERIFY(!result);
    QVERIFY(result.error().paymentSent());
    const RunRecord record = latestRun(*data);
    QCOMPARE(record.state, RunRecord::State::Failed);
    QCOMPARE(record.paidWei, QStringLiteral("8000000000"));
    const Json error = orThrow(Json::parse(record.errorJson.toUtf8()));
    QCOMPARE(error.value(QStringLiteral("kind")).toString(), QStringLiteral("network"));
    QVERIFY(error.value(QStringLiteral("payment_sent")).toBool());
    QVERIFY(!record.traceJson.isEmpty());
}

void GatewayCallsTest::canceledRunIsOnRecordAndNotFailed()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::hang());
    const auto data = UserData::inMemory();
    Gateway gateway(directConfig({orchestrator.url()}), data);
    auto running = gateway.run(callTo(QStringLiteral("c")));
    QTRY_COMPARE(orchestrator.jobs().size(), 1);
    running.cancel();
    const auto result = settled(running);
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::Canceled);
    QTRY_COMPARE(orchestrator.hangups(), 1);
    QTRY_COMPARE(latestRun(*data).state, RunRecord::State::Canceled);
}

void GatewayCallsTest::spendLimitsOfTheProfileHold()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    GatewayConfig config = directConfig({orchestrator.url()});
    config.maxSpendPerSessionWei = QStringLiteral("15999999999");
    Gateway gateway(config);
    QSignalSpy spending(&gateway, &Gateway::spendingChanged);
    QVERIFY(settled(gateway.run(callTo(QStringLiteral("c")))));
    QTRY_VERIFY(spending.count() > 0);
    const auto second = settled(gateway.run(callTo(QStringLiteral("c"))));
    QVERIFY(!second);
    QCOMPARE(second.error().kind(), Error::Kind::SpendLimit);
    QCOMPARE(orchestrator.jobs().size(), 1);
}

void GatewayCallsTest::secondGatewayOnTheSameFileSharesTheDaysLimit()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("d.sqlite"));
    GatewayConfig config = directConfig({orchestrator.url()});
    config.maxSpendPerDayWei = QStringLiteral("8000000000");
    {
        Gateway gateway(config, orThrow(UserData::open(path)));
        QVERIFY(settled(gateway.run(callTo(QStringLiteral("c")))));
    }
    Gateway gateway(config, orThrow(UserData::open(path)));
    const auto result = settled(gateway.run(callTo(QStringLiteral("c"))));
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::SpendLimit);
}

void GatewayCallsTest::badKeyAndBadLimitsSurfaceFromTheFirstCall()
{
    ScriptedOrchestrator orchestrator;
    GatewayConfig badKey = directConfig({orchestrator.url()});
    badKey.senderKey = Secret("not a key");
    Gateway first(badKey);
    const auto keyError = settled(first.run(callTo(QStringLiteral("c"))));
    QVERIFY(!keyError);
    QCOMPARE(keyError.error().kind(), Error::Kind::Config);
    QVERIFY(!keyError.error().describe().contains(QStringLiteral("not a key")));
    GatewayConfig badLimit = directConfig({orchestrator.url()});
    badLimit.maxSpendPerDayWei = QStringLiteral("lots");
    Gateway second(badLimit);
    const auto limitError = settled(second.capabilities());
    QVERIFY(!limitError);
    QCOMPARE(limitError.error().kind(), Error::Kind::Config);
    QCOMPARE(orchestrator.requestCount(), 0);
}

void GatewayCallsTest::defaultPathComesFromTheListing()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPage("/capabilities", ScriptedOrchestrator::json(200, "[{\"name\":\"listed\",\"path\":\"v1/predict\"}]"));
    Gateway gateway(directConfig({orchestrator.url()}));
    Call call = callTo(QStringLiteral("listed"));
    call.path.clear();
    QVERIFY(settled(gateway.run(call)));
    call.capability = QStringLiteral("unlisted");
    QVERIFY(settled(gateway.run(call)));
    QCOMPARE(orchestrator.jobs().at(0).request.path, QByteArray("/process/request/v1/predict"));
    QCOMPARE(orchestrator.jobs().at(1).request.path, QByteArray("/process/request/unlisted"));
}

/// Of a capability that says what JSON it answers with it is worth a word; any other may answer with pages by right.
void GatewayCallsTest::aPageInsteadOfJsonIsNoted()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPage("/capabilities", ScriptedOrchestrator::json(200, R"([{"name":"says","output_schema":{"type":"object"}},{"name":"silent"}])"));
    Gateway gateway(directConfig({orchestrator.url()}));
    QVERIFY(settled(gateway.capabilities()));
    const Headers html = headers::contentType("text/html");
    const QByteArray page = "<!DOCTYPE html><html><title>Sign in</title></html>";
    const auto notesOf = [&](const QString &name, const QByteArray &body) {
        orchestrator.then(ScriptedOrchestrator::plain(200, html, body));
        return orThrow(settled(gateway.run(callTo(name)))).notes;
    };
    const QStringList notes = notesOf(QStringLiteral("says"), page);
    QCOMPARE(notes.size(), 1);
    QVERIFY2(notes.first().contains(QStringLiteral("web page")), qPrintable(notes.first()));
    QVERIFY(notesOf(QStringLiteral("says"), "{}").isEmpty());
    QVERIFY(notesOf(QStringLiteral("silent"), page).isEmpty());
}

void GatewayCallsTest::listingIsEnrichedByTokens()
{
    ScriptedOrchestrator one;
    ScriptedOrchestrator two;
    const QByteArray listing = "[{\"name\":\"a\",\"description\":\"d\",\"capacity\":2,\"verbs\":[\"stream\"],"
                               "\"input_schema\":{\"type\":\"object\",\"properties\":{\"messages\":{\"type\":\"array\"}}},"
                               "\"examples\":[{\"title\":\"t\",\"input\":{\"x\":1.0}}]},{\"name\":\"b\"}]";
    one.setPage("/capabilities", ScriptedOrchestrator::json(200, listing));
    two.setPage("/capabilities", ScriptedOrchestrator::json(200, "[{\"name\":\"a\",\"capacity\":3}]"));
    one.setPrice(5);
    one.setCapacity(1);
    two.setCapacity(2);
    Gateway gateway(directConfig({one.url(), two.url()}));
    const auto list = settled(gateway.capabilities());
    QVERIFY(list);
    QCOMPARE(list->size(), 2);
    const CapabilityInfo a = list->at(0);
    QCOMPARE(a.name, QStringLiteral("a"));
    QCOMPARE(a.description, QStringLiteral("d"));
    QCOMPARE(a.verbs, QList<Verb>{Verb::Stream});
    QVERIFY(a.isChat());
    QCOMPARE(a.capacity, std::optional(5));
    QCOMPARE(a.availableCapacity, std::optional(3));
    QCOMPARE(a.price->pricePerUnit, 5);
    QVERIFY(a.latency);
    QCOMPARE(a.orchestrators, QList<QUrl>({one.url(), two.url()}));
    QCOMPARE(a.examples.first().input.dump(), QByteArray("{\"x\":1.0}"));
    QCOMPARE(a.schemaOrigin, one.url().authority());
    QCOMPARE(list->at(1).verbs, QList<Verb>({Verb::Run, Verb::Stream}));
    QCOMPARE(one.jobs().size() + two.jobs().size(), 0);
}

void GatewayCallsTest::listingFallsBackToDiscoveryNames()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPage("/discover-orchestrators",
        ScriptedOrchestrator::json(200, "[{\"address\":\"https://o\",\"capabilities\":[\"byoc/x\",\"live-video-to-video/y\"]}]"));
    Gateway gateway(directConfig({orchestrator.url()}));
    const auto list = settled(gateway.capabilities());
    QVERIFY(list);
    QCOMPARE(list->size(), 1);
    QCOMPARE(list->first().name, QStringLiteral("x"));
}

void GatewayCallsTest::silentNetworksAreAnError()
{
    // No list is no error (tst_gateway_stock_node); whoever gives no token either is no orchestrator.
    ScriptedOrchestrator orchestrator;
    orchestrator.setTokenAnswer(ScriptedOrchestrator::text(404, "404 page not found"));
    Gateway one(directConfig({orchestrator.url()}));
    const auto alone = settled(one.capabilities());
    QVERIFY(!alone);
    QCOMPARE(alone.error().httpStatus(), 404);
    ScriptedOrchestrator other;
    other.setTokenAnswer(ScriptedOrchestrator::text(404, "404 page not found"));
    Gateway two(directConfig({orchestrator.url(), other.url()}));
    const auto both = settled(two.capabilities());
    QVERIFY(!both);
    QCOMPARE(both.error().rejections().size(), 2);
}

void GatewayCallsTest::balancesComeFromTokens()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    orchestrator.setBalance(-12);
    Gateway gateway(directConfig({orchestrator.url()}));
    const auto balances = settled(gateway.balances({QStringLiteral("a"), QStringLiteral("b")}));
    QVERIFY(balances);
    QCOMPARE(balances->size(), 2);
    QCOMPARE(balances->at(0).wei, std::optional(QStringLiteral("-12")));
    QCOMPARE(balances->at(1).capability, QStringLiteral("b"));
    orchestrator.setTokenAnswer(ScriptedOrchestrator::text(500, "no"));
    const auto unknown = settled(gateway.balances({QStringLiteral("a")}));
    QVERIFY(!unknown->first().wei);
}

void GatewayCallsTest::signingMakesARequestThatCounts()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    const auto data = UserData::inMemory();
    Gateway gateway(directConfig({orchestrator.url()}), data);
    const auto request = settled(gateway.sign(callTo(QStringLiteral("c"))));
    QVERIFY2(request, request ? "" : qPrintable(request.error().describe()));
    QCOMPARE(request->url, QUrl(orchestrator.url().toString() + QStringLiteral("/process/request/predict")));
    QCOMPARE(orThrow(parsePaymentHeader(headers::value(request->headers, byoc::header::Payment))).tickets.size(), 1);
    QVERIFY(byoc::JobHeader::fromHeader(headers::value(request->headers, byoc::header::Job)));
    QCOMPARE(request->payment.paidWei, QStringLiteral("8000000000"));
    QCOMPARE(orchestrator.jobs().size(), 0);
    QCOMPARE(data->tickets().totalsSync().sent, 1);
    QVERIFY2(orThrow(Json::parse(latestRun(*data).traceJson.toUtf8())).size() > 0, "history has the steps of what was signed");
    // Whether it is ever sent, and what is answered, nobody here knows: it has not succeeded.
    const RunRecord record = latestRun(*data);
    QCOMPARE(record.state, RunRecord::State::Signed);
    QCOMPARE(runStateName(record.state), QStringLiteral("signed"));
    QVERIFY(orThrow(PastRun::from(record, {})).isSigned);
}

void GatewayCallsTest::ticketOutcomesAreRemembered()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    const auto data = UserData::inMemory();
    Gateway gateway(directConfig({orchestrator.url()}), data);
    const auto result = settled(gateway.run(callTo(QStringLiteral("c"))));
    QVERIFY(result);
    // Nobody tells: unknown stays unknown.
    QCOMPARE(orThrow(settled(gateway.refreshTicketOutcomes())), 0);
    QCOMPARE(data->tickets().latestSync(0, 1).first().won, TicketRow::Won::Unknown);
    const TicketView ticket = result->payment.tickets.first();
    const QByteArray answer = "[{\"recipient_rand_hash\":\"" + ticket.recipientRandHash.toLatin1() + "\",\"nonce\":1,\"won\":true}]";
    orchestrator.setPage("/payments/tickets", ScriptedOrchestrator::json(200, answer));
    QCOMPARE(orThrow(settled(gateway.refreshTicketOutcomes())), 1);
    QCOMPARE(data->tickets().latestSync(0, 1).first().won, TicketRow::Won::Yes);
    QCOMPARE(orThrow(settled(gateway.refreshTicketOutcomes())), 0);
}

void GatewayCallsTest::passwordFieldsStayOutOfHistory()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPage("/capabilities",
        ScriptedOrchestrator::json(200, "[{\"name\":\"c\",\"path\":\"p\",\"input_schema\":{\"type\":\"object\",\"properties\":"
                                        "{\"key\":{\"type\":\"string\",\"format\":\"password\"},\"text\":{\"type\":\"string\"}}}}]"));
    const auto data = UserData::inMemory();
    Gateway gateway(directConfig({orchestrator.url()}), data);
    QVERIFY(settled(gateway.capabilities()));
    Call call = callTo(QStringLiteral("c"));
    call.input = Json{{QStringLiteral("key"), "hush-hush"}, {QStringLiteral("text"), "hi"}};
    QVERIFY(settled(gateway.run(call)));
    const RunRecord record = latestRun(*data);
    QVERIFY(!record.call.contains(QStringLiteral("hush-hush")));
    QVERIFY(record.title != QStringLiteral("hush-hush"));
    QVERIFY(orchestrator.jobs().first().request.body.contains("hush-hush"));
}

void GatewayCallsTest::keysArePinnedAndChangesNeedConsent()
{
    const auto data = UserData::inMemory();
    const auto identity = orThrow(makeSelfSigned(QStringLiteral("127.0.0.1")));
    ScriptedOrchestrator orchestrator(identity);
    Gateway gateway(directConfig({orchestrator.url()}), data);
    QSignalSpy pinned(&gateway, &Gateway::hostPinned);
    QVERIFY(settled(gateway.run(callTo(QStringLiteral("c")))));
    QCOMPARE(pinned.count(), 1);
    QVERIFY(!gateway.acceptChangedKey(orchestrator.url(), QString(64, QLatin1Char('1'))));
    // The same address with another key: what a replaced orchestrator, or somebody in between, looks like.
    const QString hostPort = TlsTrust::hostPort(orchestrator.url());
    TlsTrust other(data->pins());
    other.accept(hostPort, QString(64, QLatin1Char('0')));
    Gateway later(directConfig({orchestrator.url()}), data);
    const int jobs = int(orchestrator.jobs().size());
    const auto refused = settled(later.run(callTo(QStringLiteral("c"))));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::TlsChanged);
    QCOMPARE(int(orchestrator.jobs().size()), jobs);
    // Exactly the key that was shown is trusted: what came since, or nothing at all, is refused.
    const QString shown = Gateway::changedKey(refused.error());
    QCOMPARE(shown.size(), 64);
    QVERIFY(!later.acceptChangedKey(orchestrator.url(), QString()));
    QVERIFY(!later.acceptChangedKey(orchestrator.url(), QStringLiteral("any")));
    QVERIFY(later.acceptChangedKey(orchestrator.url(), QString(64, QLatin1Char('2'))));
    const auto stillRefused = settled(later.run(callTo(QStringLiteral("c"))));
    QVERIFY(!stillRefused);
    QCOMPARE(stillRefused.error().kind(), Error::Kind::TlsChanged);
    QVERIFY(later.acceptChangedKey(orchestrator.url(), shown));
    QVERIFY(settled(later.run(callTo(QStringLiteral("c")))));
}

QTEST_GUILESS_MAIN(GatewayCallsTest)
#include "tst_gateway_calls.moc"
