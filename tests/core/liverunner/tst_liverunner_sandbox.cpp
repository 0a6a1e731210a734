#include "server_fixture.h"

#include "sluice/backend/user_data.h"
#include "sluice/gateway/gateway.h"
#include "sluice/sandbox/sandbox_network.h"

#include <QtCore/QTemporaryDir>

using namespace sluice;
using namespace sluice::liverunner;

namespace {

SandboxOptions optionsIn(const QTemporaryDir &folder)
{
    SandboxOptions options;
    options.stateFile = folder.filePath(QStringLiteral("sandbox.sqlite"));
    options.only = QStringList{QStringLiteral("liverunner"), QStringLiteral("signer")};
    return options;
}

Answer send(HttpClient &http, const QByteArray &method, const QString &url, const Headers &fields = {}, const QByteArray &body = {})
{
    HttpRequest request;
    request.method = method;
    request.url = QUrl(url);
    request.headers = fields;
    request.body = body;
    request.trust = TrustPolicy::PinOnFirstUse;
    const auto response = test::outcomeOf(http.send(request, CallContext()));
    return response ? Answer{response->status, response->headers, response->body} : Answer{0, {}, response.error().describe().toUtf8()};
}

QStringList appsIn(const Json &nodes)
{
    QStringList apps;
    for (const Json &runner : nodes.at(0).value(QStringLiteral("runners")).items())
        apps.append(runner.value(QStringLiteral("app")).toString());
    apps.sort();
    return apps;
}

} // namespace

/// The live runners of a sandbox, as somebody who comes by finds them.
class LiveRunnerSandboxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void demo_capabilities_are_listed_priced_in_three_ways_and_ask_for_payment();
    void off_chain_they_answer_for_nothing();
    void an_app_is_called_and_paid_by_its_name_alone();
    void a_runners_file_adds_apps_and_a_bad_one_is_named();
};

void LiveRunnerSandboxTest::demo_capabilities_are_listed_priced_in_three_ways_and_ask_for_payment()
{
    const QTemporaryDir folder;
    SandboxNetwork network(optionsIn(folder));
    const auto ready = test::outcomeOf(network.start());
    QVERIFY2(ready, ready ? "" : qPrintable(ready.error().describe()));
    const Json settings = ready->find(QStringLiteral("/services/liverunner")).value_or(Json());
    MemoryPinStore pins;
    TlsTrust trust{pins};
    HttpClient http{trust};
    const Answer listing = send(http, "GET", settings.value(QStringLiteral("discovery")).toString());
    QCOMPARE(listing.status, 200);
    const auto nodes = parseDiscovery(listing.body);
    QVERIFY(nodes);
    QCOMPARE(nodes->size(), 1);
    QCOMPARE(nodes->first().address, ready->value(QStringLiteral("orchestrator")).toString());
    QCOMPARE(nodes->first().runners.size(), settings.value(QStringLiteral("apps")).size());
    QSet<QString> units;
    for (const DiscoveredRunner &runner : nodes->first().runners) {
        QVERIFY2(runner.price && runner.price->price > 0, qPrintable(runner.app));
        units.insert(runner.price->unit);
        const bool isPersistent = runner.mode == QLatin1String("persistent");
        const Headers asking{{header::PayerAddress, ready->value(QStringLiteral("sender")).toString().toLatin1()}};
        const Answer asked = send(http, "POST", isPersistent ? runner.url : runner.url + QStringLiteral("/predict"), asking);
        QCOMPARE(asked.status, 402);
        QVERIFY(Challenge::parse(asked.body));
    }
    QCOMPARE(units, (QSet<QString>{QStringLiteral("seconds"), QStringLiteral("720p-pixel-seconds"), QStringLiteral("fixed")}));
    // The same apps stand in the node's entry, which a signer passes on.
    const QString signer = ready->find(QStringLiteral("/services/signer/url")).value_or(Json()).toString();
    const Answer passedOn = send(http, "GET", signer + QStringLiteral("/discover-orchestrators"));
    QCOMPARE(passedOn.status, 200);
    QCOMPARE(appsIn(passedOn.json()), appsIn(listing.json()));
}

void LiveRunnerSandboxTest::off_chain_they_answer_for_nothing()
{
    const QTemporaryDir folder;
    SandboxOptions options = optionsIn(folder);
    options.offChain = true;
    SandboxNetwork network(options);
    const auto ready = test::outcomeOf(network.start());
    QVERIFY(ready);
    MemoryPinStore pins;
    TlsTrust trust{pins};
    HttpClient http{trust};
    const QString node = ready->value(QStringLiteral("orchestrator")).toString();
    const Answer answer = send(http, "POST", node + QStringLiteral("/apps/text-analysis/app/predict"), {{"Content-Type", "application/json"}},
        R"({"text":"What a lovely day."})");
    QVERIFY2(answer.status == 200, answer.body.constData());
    QVERIFY(answer.json().isObject());
    const auto session = SessionAnswer::parse(send(http, "POST", node + QStringLiteral("/apps/docs-chat-session/session")).body);
    QVERIFY(session);
    const Answer chat = send(http, "POST", session->appUrl + QStringLiteral("/v1/chat/completions"), {{"Content-Type", "application/json"}},
        R"({"messages":[{"role":"user","content":"What is a ticket?"}],"stream":true})");
    QVERIFY2(chat.status == 200, chat.body.constData());
    QVERIFY(chat.body.contains("data: "));
    QCOMPARE(send(http, "POST", session->controlUrl + QStringLiteral("/stop")).status, 204);
}

/// BYOC is there, too, with capabilities whose names are the same but for the owner.
void LiveRunnerSandboxTest::an_app_is_called_and_paid_by_its_name_alone()
{
    const QTemporaryDir folder;
    SandboxOptions options = optionsIn(folder);
    options.only = QStringList{QStringLiteral("byoc"), QStringLiteral("capabilities"), QStringLiteral("liverunner")};
    SandboxNetwork network(options);
    const auto ready = test::outcomeOf(network.start());
    QVERIFY2(ready, ready ? "" : qPrintable(ready.error().describe()));
    GatewayConfig config;
    config.orchUrls = {ready->value(QStringLiteral("orchestrator")).toString()};
    config.senderKey = Secret(QByteArrayView(ready->value(QStringLiteral("sender_key")).toString().toLatin1()));
    Gateway gateway(config);
    const RunCall run = gateway.run(QStringLiteral("sluice/text-analysis"), Json{{QStringLiteral("text"), QStringLiteral("What a lovely day.")}});
    QTRY_VERIFY_WITH_TIMEOUT(run.isFinished(), 30'000);
    QCOMPARE(run.outcome(), CallHandle::Outcome::Succeeded);
    const RunResult result = QFuture<RunResult>(run).result();
    QVERIFY(result.json.isObject());
    QVERIFY2(result.askedAt.path().startsWith(QStringLiteral("/apps/")), qPrintable(result.askedAt.toString()));
    QVERIFY(!result.payment.tickets.isEmpty());

    Gateway another(config);
    const Json question = orThrow(Json::parse(R"({"messages":[{"role":"user","content":"What is a ticket?"}],"stream":true})"));
    const auto stream = another.stream(QStringLiteral("sluice/docs-chat"), question);
    int events = 0;
    std::optional<StreamResponse::End> end;
    connect(stream.get(), &StreamResponse::event, this, [&] { ++events; });
    connect(stream.get(), &StreamResponse::finished, this, [&](StreamResponse::End how) { end = how; });
    QTRY_VERIFY_WITH_TIMEOUT(end.has_value(), 30'000);
    QCOMPARE(int(*end), int(StreamResponse::End::Done));
    QVERIFY(events > 1);
    QVERIFY(!stream->payment().tickets.isEmpty());
}

void LiveRunnerSandboxTest::a_runners_file_adds_apps_and_a_bad_one_is_named()
{
    const QTemporaryDir folder;
    SandboxOptions options = optionsIn(folder);
    options.runnersFile = folder.filePath(QStringLiteral("runners.json"));
    const auto write = [&options](const QByteArray &text) {
        QFile file(options.runnersFile);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(write(R"({"runners":[{"label":"x"}]})"));
    {
        SandboxNetwork bad(options);
        const auto refused = test::outcomeOf(bad.start());
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind(), Error::Kind::Config);
        QVERIFY2(refused.error().message().contains(QStringLiteral("runners[0]: invalid runner_url")), qPrintable(refused.error().message()));
    }

    ServerFixture still; // for its app, which is well
    const Json entry{{QStringLiteral("label"), QStringLiteral("still")}, {QStringLiteral("routing"), QStringLiteral("label")},
        {QStringLiteral("runner_url"), still.appUrl(QStringLiteral("/base"))}, {QStringLiteral("app"), QStringLiteral("acme/still")},
        {QStringLiteral("mode"), QStringLiteral("single-shot")}, {QStringLiteral("health_url"), QStringLiteral("/health")}};
    Json runners = Json::array();
    runners.append(entry);
    QVERIFY(write(Json{{QStringLiteral("runners"), runners}}.dump()));
    options.offChain = true;
    SandboxNetwork network(options);
    const auto ready = test::outcomeOf(network.start());
    QVERIFY2(ready, ready ? "" : qPrintable(ready.error().describe()));
    MemoryPinStore pins;
    TlsTrust trust{pins};
    HttpClient http{trust};
    const QString node = ready->value(QStringLiteral("orchestrator")).toString();
    const auto apps = [&] { return appsIn(send(http, "GET", node + QStringLiteral("/discovery")).json()); };
    QTRY_VERIFY(apps().contains(QStringLiteral("acme/still")));
    QVERIFY(apps().contains(QStringLiteral("sluice/text-analysis")));
    QCOMPARE(send(http, "POST", node + QStringLiteral("/apps/still/app/v1/x")).status, 200);
    QCOMPARE(still.appRequests().last().path, QByteArray("/base/v1/x"));
}

QTEST_GUILESS_MAIN(LiveRunnerSandboxTest)
#include "tst_liverunner_sandbox.moc"
