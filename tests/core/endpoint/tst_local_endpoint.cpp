#include "gateway_fixture.h"

#include "sluice/endpoint/local_endpoint.h"
#include "sluice/net/asio_http_client.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

using namespace sluice;
using namespace sluice::test;

namespace {

const QByteArray Listing = R"([{"name":"chat","price_per_unit":100000000,"price_scaling":1,"verbs":["run","stream"],)"
                           R"("input_schema":{"type":"object","properties":{"messages":{"type":"array"}}}}])";
const QByteArray Hello = R"({"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},)"
                         R"("finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}})";
const QByteArray FirstPiece = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n";
const QByteArray LastPieces = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n\n"
                              "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2,\"total_tokens\":9}}\n\ndata: [DONE]\n\n";

using Answered = std::future<AsioHttpResponse>;

/// An endpoint in front of a Gateway that pays an orchestrator, and a client of it.
struct Fixture {
    Fixture()
    {
        orchestrator.setPrice(Price);
        orchestrator.setPage("/capabilities", ScriptedOrchestrator::json(200, Listing));
        gateway = connected();
        url = orThrow(endpoint.start(*gateway, QStringLiteral("mine"), 0, key));
    }
    ~Fixture() { endpoint.stop(); }

    [[nodiscard]] std::unique_ptr<Gateway> connected() const { return std::make_unique<Gateway>(directConfig({orchestrator.url()}), data); }

    [[nodiscard]] Answered ask(const QByteArray &path, const QByteArray &body = {}, const QByteArray &bearer = {}, std::chrono::milliseconds limit = {})
    {
        AsioHttpRequest request;
        request.method = body.isEmpty() ? "GET" : "POST";
        request.url = url.resolved(QUrl(QString::fromLatin1(path)));
        request.headers = {{"User-Agent", "Somebody/1.0"}, {"Authorization", "Bearer " + (bearer.isEmpty() ? key.expose().toByteArray() : bearer)}};
        request.body = body;
        request.totalTimeout = limit;
        return boost::asio::co_spawn(client.context(), asioSend(request), boost::asio::use_future);
    }
    [[nodiscard]] Answered chat(const QByteArray &members = {}, std::chrono::milliseconds limit = {})
    {
        return ask("/v1/chat/completions", R"({"model":"chat","messages":[{"role":"user","content":"Hi"}])" + members + "}", {}, limit);
    }
    /// While this thread's event loop runs; status 0 for a connection that was dropped.
    [[nodiscard]] static AsioHttpResponse answerOf(Answered &answer)
    {
        if (!QTest::qWaitFor([&] { return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }, 20'000))
            qFatal("no answer");
        try {
            return answer.get();
        } catch (const Error &) {
            return {};
        }
    }
    /// The latest request, once it has ended.
    [[nodiscard]] EndpointCall ended()
    {
        const auto over = [this] { return !endpoint.calls().isEmpty() && !endpoint.call(endpoint.calls().first())->isRunning(); };
        if (!QTest::qWaitFor(over, 20'000))
            qFatal("no end");
        return *endpoint.call(endpoint.calls().first());
    }

    std::shared_ptr<UserData> data = UserData::inMemory();
    ScriptedOrchestrator orchestrator;
    std::unique_ptr<Gateway> gateway;
    const Secret key = LocalEndpoint::freshKey();
    LocalEndpoint endpoint;
    IoThread client;
    QUrl url;
};

} // namespace

/// The endpoint that a window runs: what comes through it is told as it goes, and is a call of the Gateway like any other.
class TestLocalEndpoint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCallIsToldUntilItsEnd();
    void aStreamIsToldWhileItComes();
    void aWrongKeyIsRefusedAndTold();
    void aForeignPageOrNameIsRefusedAndTold_data();
    void aForeignPageOrNameIsRefusedAndTold();
    void aRequestThatCallsNothingIsListed();
    void whatFailsSaysWhy();
    void cancellingEndsTheCallAndItsClientIsTold();
    void whoLeavesIsSeen();
    void aTakenPortIsAnError();
    void nobodyStartsItWithoutAKey();
    void anotherGatewayTakesTheSeat();
    void stoppingEndsWhatRuns();
    void theListIsBoundedAndCanBeCleared();
    void keysAreFresh();
};

void TestLocalEndpoint::aCallIsToldUntilItsEnd()
{
    Fixture f;
    QSignalSpy began(&f.endpoint, &LocalEndpoint::callBegan);
    f.orchestrator.then(ScriptedOrchestrator::json(200, Hello));
    Answered answer = f.chat();
    QCOMPARE(Fixture::answerOf(answer).status, 200);
    const EndpointCall call = f.ended();
    QCOMPARE(began.size(), 1);
    QCOMPARE(began.first().first().toString(), call.id);
    QCOMPARE(call.state, EndpointCall::State::Answered);
    QCOMPARE(call.client, QStringLiteral("Somebody/1.0"));
    QCOMPARE(call.method, QStringLiteral("POST"));
    QCOMPARE(call.path, QStringLiteral("/v1/chat/completions"));
    QCOMPARE(call.model, QStringLiteral("chat"));
    QCOMPARE(call.capability, QStringLiteral("chat"));
    QCOMPARE(call.status, 200);
    QCOMPARE(call.promptTokens, std::optional<qint64>(7));
    QCOMPARE(call.completionTokens, std::optional<qint64>(2));
    QVERIFY(call.problem.isEmpty());
    QVERIFY(call.paidWei != QLatin1String("0"));
    // It is the run of the history.
    QCOMPARE(call.runIds.size(), 1);
    QTRY_COMPARE(latestRun(*f.data).state, RunRecord::State::Succeeded);
    QCOMPARE(latestRun(*f.data).id, call.runIds.first());
    QCOMPARE(latestRun(*f.data).paidWei, call.paidWei);
    QCOMPARE(f.endpoint.running(), 0);
}

void TestLocalEndpoint::aStreamIsToldWhileItComes()
{
    Fixture f;
    const auto go = std::make_shared<std::atomic<bool>>(false);
    f.orchestrator.then(ScriptedOrchestrator::events(FirstPiece, [go](const ServerRequest &, ServerResponse &response) -> boost::asio::awaitable<void> {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
        while (!*go) {
            timer.expires_after(std::chrono::milliseconds(5));
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
        co_await response.write(LastPieces);
        co_await response.end();
    }));
    Answered answer = f.chat(R"(,"stream":true)");
    QTRY_COMPARE(f.endpoint.running(), 1);
    const QString id = f.endpoint.calls().first();
    QTRY_COMPARE(f.endpoint.call(id)->state, EndpointCall::State::Streaming);
    QTRY_COMPARE(f.endpoint.call(id)->pieces, 1);
    *go = true;
    QVERIFY(Fixture::answerOf(answer).body.endsWith("data: [DONE]\n\n"));
    const EndpointCall call = f.ended();
    QCOMPARE(call.state, EndpointCall::State::Answered);
    QCOMPARE(call.completionTokens, std::optional<qint64>(2));
    QVERIFY(call.pieces >= 2);
}

void TestLocalEndpoint::aWrongKeyIsRefusedAndTold()
{
    Fixture f;
    Answered answer = f.ask("/v1/chat/completions", R"({"model":"chat","messages":[]})", "sk-sluice-wrong");
    QCOMPARE(Fixture::answerOf(answer).status, 401);
    const EndpointCall call = f.ended();
    QCOMPARE(call.state, EndpointCall::State::Refused);
    QCOMPARE(call.status, 401);
    QVERIFY(call.problem.contains(QStringLiteral("key")));
    QVERIFY(call.runIds.isEmpty() && call.capability.isEmpty());
    QCOMPARE(f.orchestrator.jobs().size(), 0);
}

void TestLocalEndpoint::aForeignPageOrNameIsRefusedAndTold_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QByteArray>("host");
    QTest::newRow("a page of another site") << QByteArray("Origin: https://evil.example\r\n") << QByteArray("localhost");
    QTest::newRow("a name that is not ours") << QByteArray() << QByteArray("evil.example");
}

void TestLocalEndpoint::aForeignPageOrNameIsRefusedAndTold()
{
    QFETCH(const QByteArray, more);
    QFETCH(const QByteArray, host);
    Fixture f;
    QSignalSpy began(&f.endpoint, &LocalEndpoint::callBegan);
    QTcpSocket page;
    page.connectToHost(QHostAddress::LocalHost, quint16(f.url.port()));
    QVERIFY(page.waitForConnected());
    page.write("POST /v1/chat/completions?x=1 HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: A page\r\n" + more + "Content-Length: 2\r\n\r\n{}");
    QTRY_VERIFY(page.bytesAvailable() > 0);
    const QByteArray answer = page.readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 403"), answer.constData());
    QTRY_COMPARE(began.size(), 1);
    const EndpointCall call = f.ended();
    QCOMPARE(call.state, EndpointCall::State::Refused);
    QCOMPARE(call.status, 403);
    QCOMPARE(call.method, QStringLiteral("POST"));
    QCOMPARE(call.path, QStringLiteral("/v1/chat/completions"));
    QCOMPARE(call.client, QStringLiteral("A page"));
    QVERIFY2(call.problem.contains(QLatin1String("evil.example")), qPrintable(call.problem));
    QVERIFY(answer.contains(call.id.toLatin1())); // which the answer names
    QVERIFY(call.runIds.isEmpty());
}

void TestLocalEndpoint::aRequestThatCallsNothingIsListed()
{
    Fixture f;
    Answered answer = f.ask("/v1/models");
    QVERIFY(Fixture::answerOf(answer).body.contains("\"chat\""));
    const EndpointCall call = f.ended();
    QCOMPARE(call.state, EndpointCall::State::Answered);
    QVERIFY(call.runIds.isEmpty());
    QCOMPARE(call.paidWei, QStringLiteral("0"));
}

void TestLocalEndpoint::whatFailsSaysWhy()
{
    Fixture f;
    f.orchestrator.then(ScriptedOrchestrator::text(500, "the worker fell over"));
    Answered answer = f.chat();
    QVERIFY(Fixture::answerOf(answer).status >= 500);
    const EndpointCall call = f.ended();
    QCOMPARE(call.state, EndpointCall::State::Failed);
    QVERIFY2(call.problem.contains(QStringLiteral("the worker fell over")), qPrintable(call.problem));
    QCOMPARE(call.runIds.size(), 1);
}

void TestLocalEndpoint::cancellingEndsTheCallAndItsClientIsTold()
{
    Fixture f;
    f.orchestrator.then(ScriptedOrchestrator::events(FirstPiece, ScriptedOrchestrator::hang()));
    Answered answer = f.chat(R"(,"stream":true)");
    QTRY_VERIFY(f.endpoint.running() == 1 && f.endpoint.call(f.endpoint.calls().first())->pieces == 1);
    f.endpoint.cancel(f.endpoint.calls().first());
    const AsioHttpResponse told = Fixture::answerOf(answer);
    QVERIFY2(told.body.contains("\"error\"") && !told.body.contains("[DONE]"), told.body.constData());
    QVERIFY2(told.body.contains("cancelled at the endpoint"), told.body.constData()); // and not that its upstream broke off
    QCOMPARE(f.ended().state, EndpointCall::State::Canceled);
    QVERIFY(f.ended().problem.contains(QLatin1String("cancelled at the endpoint")));
    QTRY_COMPARE(latestRun(*f.data).state, RunRecord::State::Canceled);
    QTRY_COMPARE(f.orchestrator.hangups(), 1);
}

void TestLocalEndpoint::whoLeavesIsSeen()
{
    Fixture f;
    f.orchestrator.then(ScriptedOrchestrator::hang());
    Answered answer = f.chat({}, std::chrono::seconds(1));
    QCOMPARE(Fixture::answerOf(answer).status, 0);
    QCOMPARE(f.ended().state, EndpointCall::State::Left);
    QTRY_COMPARE(latestRun(*f.data).state, RunRecord::State::Canceled);
}

void TestLocalEndpoint::aTakenPortIsAnError()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    Fixture f;
    LocalEndpoint other;
    const auto started = other.start(*f.gateway, QStringLiteral("mine"), taken.serverPort(), f.key);
    QVERIFY(!started);
    QCOMPARE(started.error().kind(), Error::Kind::Network);
    QVERIFY(!other.isRunning());
}

void TestLocalEndpoint::nobodyStartsItWithoutAKey()
{
    Fixture f;
    LocalEndpoint other;
    const auto started = other.start(*f.gateway, QStringLiteral("mine"), 0, Secret());
    QVERIFY(!started && started.error().kind() == Error::Kind::InvalidInput);
}

void TestLocalEndpoint::anotherGatewayTakesTheSeat()
{
    Fixture f;
    f.endpoint.setGateway(nullptr);
    f.gateway.reset();
    Answered without = f.chat();
    QCOMPARE(Fixture::answerOf(without).status, 503);
    f.gateway = f.connected();
    f.endpoint.setGateway(f.gateway.get());
    f.orchestrator.then(ScriptedOrchestrator::json(200, Hello));
    Answered with = f.chat();
    QCOMPARE(Fixture::answerOf(with).status, 200);
    QVERIFY(f.endpoint.isRunning());
}

void TestLocalEndpoint::stoppingEndsWhatRuns()
{
    Fixture f;
    f.orchestrator.then(ScriptedOrchestrator::hang());
    Answered answer = f.chat();
    QTRY_COMPARE(f.orchestrator.jobs().size(), 1);
    QCOMPARE(f.endpoint.running(), 1);
    QSignalSpy changed(&f.endpoint, &LocalEndpoint::runningChanged);
    f.endpoint.stop();
    QCOMPARE(changed.size(), 1);
    QVERIFY(!f.endpoint.isRunning() && f.endpoint.baseUrl().isEmpty());
    QCOMPARE(Fixture::answerOf(answer).status, 0);
    QTRY_COMPARE(f.endpoint.running(), 0);
    QTRY_COMPARE(latestRun(*f.data).state, RunRecord::State::Canceled);
}

void TestLocalEndpoint::theListIsBoundedAndCanBeCleared()
{
    Fixture f;
    for (int i = 0; i < 520; ++i) {
        Answered answer = f.ask("/health");
        QCOMPARE(Fixture::answerOf(answer).status, 200);
    }
    QTRY_COMPARE(f.endpoint.running(), 0);
    QCOMPARE(f.endpoint.calls().size(), 500);
    QSignalSpy forgotten(&f.endpoint, &LocalEndpoint::callForgotten);
    f.endpoint.clear();
    QCOMPARE(forgotten.size(), 500);
    QVERIFY(f.endpoint.calls().isEmpty());
}

void TestLocalEndpoint::keysAreFresh()
{
    const Secret one = LocalEndpoint::freshKey();
    const Secret other = LocalEndpoint::freshKey();
    QVERIFY(one.expose().toByteArray().startsWith("sk-sluice-"));
    QVERIFY(one.size() >= 50);
    QVERIFY(!(one == other));
}

QTEST_GUILESS_MAIN(TestLocalEndpoint)
#include "tst_local_endpoint.moc"
