#include "answer_to.h"
#include "gateway_fixture.h"

#include "sluice/endpoint/profile_upstream.h"
#include "sluice/net/asio_http_client.h"
#include "sluice/openai/server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

using namespace sluice;
using namespace sluice::test;

namespace {

const QByteArray Hello = R"({"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},)"
                         R"("finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}})";
const QByteArray Listing = R"([{"name":"chat","price_per_unit":100000000,"price_scaling":1,"verbs":["run","stream"],)"
                           R"("input_schema":{"type":"object","properties":{"messages":{"type":"array"}}}},{"name":"no-chat","verbs":["run"]}])";

Json parsed(const QByteArray &text)
{
    const auto json = Json::parse(text);
    return json ? *json : Json();
}

/// OpenAI's API in front of a Gateway that pays an orchestrator.
struct Fixture {
    explicit Fixture(const std::function<void(GatewayConfig &)> &change = {})
    {
        orchestrator.setPrice(Price);
        orchestrator.setPage("/capabilities", ScriptedOrchestrator::json(200, Listing));
        GatewayConfig config = directConfig({orchestrator.url()});
        if (change)
            change(config);
        gateway = std::make_unique<Gateway>(config, data);
        server = std::make_unique<openai::Server>(io, openai::ServerOptions(), makeProfileUpstream(*gateway, QStringLiteral("mine")));
        url = orThrow(server->listen());
    }
    ~Fixture() { server->stop(); }

    [[nodiscard]] AsioHttpResponse ask(const QByteArray &method, const QString &path, const QByteArray &body = {})
    {
        AsioHttpRequest request;
        request.method = method;
        request.url = url.resolved(QUrl(path));
        request.body = body;
        return answerTo(client, request);
    }
    [[nodiscard]] AsioHttpResponse chat(const QByteArray &model, const QByteArray &members = {})
    {
        return ask("POST", QStringLiteral("/v1/chat/completions"), R"({"model":")" + model + R"(","messages":[{"role":"user","content":"Hi"}])" + members + "}");
    }

    std::shared_ptr<UserData> data = UserData::inMemory();
    ScriptedOrchestrator orchestrator;
    std::unique_ptr<Gateway> gateway;
    IoThread io;
    IoThread client;
    std::unique_ptr<openai::Server> server;
    QUrl url;
};

} // namespace

/// A profile's capabilities behind OpenAI's API: the calls are the Gateway's own, paid and kept like any other.
class TestEndpointProfile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void capabilitiesAreModels();
    void aChatIsACallThatIsPaidAndKept();
    void aStreamIsOne();
    void openai_47_aPaidCallThatFailsIsPaidOnce();
    void limitsHold();
    void aNameThatNobodyOffersIsNoModel();
    void openai_43_whoLeavesEndsTheCall();
};

void TestEndpointProfile::capabilitiesAreModels()
{
    Fixture f;
    const Json list = parsed(f.ask("GET", QStringLiteral("/v1/models")).body);
    QCOMPARE(list.value(QStringLiteral("data")).size(), 1);
    QCOMPARE(list.find(QStringLiteral("/data/0/id")).value_or(Json()).toString(), QStringLiteral("chat"));
    QCOMPARE(list.find(QStringLiteral("/data/0/owned_by")).value_or(Json()).toString(), QStringLiteral("byoc"));
}

void TestEndpointProfile::aChatIsACallThatIsPaidAndKept()
{
    Fixture f;
    f.orchestrator.then(ScriptedOrchestrator::json(200, Hello));
    const AsioHttpResponse answer = f.chat("chat");
    QVERIFY2(answer.status == 200, answer.body.constData());
    QCOMPARE(parsed(answer.body).find(QStringLiteral("/choices/0/message/content")).value_or(Json()).toString(), QStringLiteral("Hello"));
    QCOMPARE(f.orchestrator.jobs().size(), 1);
    QVERIFY(f.orchestrator.jobs().first().payment);
    const RunRecord run = latestRun(*f.data);
    QCOMPARE(run.capability, QStringLiteral("chat"));
    QCOMPARE(run.profile, QStringLiteral("mine"));
}

void TestEndpointProfile::aStreamIsOne()
{
    Fixture f;
    f.orchestrator.then(ScriptedOrchestrator::events("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},"
                                                     "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"));
    const AsioHttpResponse answer = f.chat("chat", R"(,"stream":true)");
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.endsWith("data: [DONE]\n\n"));
    QVERIFY(answer.body.contains("\"Hel\"") && answer.body.contains("\"lo\""));
    QTRY_COMPARE(latestRun(*f.data).verb, QStringLiteral("stream"));
}

void TestEndpointProfile::openai_47_aPaidCallThatFailsIsPaidOnce()
{
    Fixture f;
    f.orchestrator.then(ScriptedOrchestrator::text(500, "the worker fell over"));
    const AsioHttpResponse answer = f.chat("chat");
    QVERIFY2(answer.status >= 500, answer.body.constData());
    QCOMPARE(headers::value(answer.headers, "x-should-retry"), QByteArray("false"));
    QCOMPARE(f.orchestrator.jobs().size(), 1);
}

void TestEndpointProfile::limitsHold()
{
    Fixture f([](GatewayConfig &config) { config.maxSpendPerCallWei = QStringLiteral("1"); });
    const AsioHttpResponse answer = f.chat("chat");
    QVERIFY2(answer.status == 429, answer.body.constData());
    QCOMPARE(parsed(answer.body).find(QStringLiteral("/error/code")).value_or(Json()).toString(), QStringLiteral("insufficient_quota"));
    QCOMPARE(headers::value(answer.headers, "x-should-retry"), QByteArray("false"));
    QCOMPARE(f.orchestrator.jobs().size(), 0);
}

void TestEndpointProfile::aNameThatNobodyOffersIsNoModel()
{
    Fixture f;
    const AsioHttpResponse answer = f.chat("nobody's");
    QCOMPARE(answer.status, 404);
    QCOMPARE(parsed(answer.body).find(QStringLiteral("/error/code")).value_or(Json()).toString(), QStringLiteral("model_not_found"));
    QCOMPARE(f.orchestrator.jobs().size(), 0);
}

void TestEndpointProfile::openai_43_whoLeavesEndsTheCall()
{
    Fixture f;
    f.orchestrator.then(ScriptedOrchestrator::hang());
    AsioHttpRequest request;
    request.url = f.url.resolved(QUrl(QStringLiteral("/v1/chat/completions")));
    request.body = R"({"model":"chat","messages":[{"role":"user","content":"Hi"}]})";
    request.totalTimeout = std::chrono::seconds(2);
    auto future = boost::asio::co_spawn(f.client.context(), asioSend(request), boost::asio::use_future);
    QTRY_COMPARE(f.orchestrator.jobs().size(), 1);
    QCOMPARE(f.orchestrator.hangups(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(f.orchestrator.hangups(), 1, 20'000);
    QTRY_COMPARE(latestRun(*f.data).state, RunRecord::State::Canceled);
}

QTEST_GUILESS_MAIN(TestEndpointProfile)
#include "tst_endpoint_profile.moc"
