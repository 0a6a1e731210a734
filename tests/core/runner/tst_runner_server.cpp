#include "runner_probe_p.h"

#include <QtCore/QElapsedTimer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QtTest>

#include <atomic>
#include <latch>
#include <semaphore>
#include <set>
#include <thread>

using namespace sluice;
using namespace std::chrono_literals;

namespace {

PredictResult echo(const Json &input, const RunContext &)
{
    PredictResult result = PredictResult::json(input);
    result.metadata = Json{{key("kind"), "echo"}};
    return result;
}

/// A running server with one predict and one stream capability.
struct Fixture {
    explicit Fixture(Scripted::Work work = echo, ScriptedStream::Work stream = {}, RunnerOptions options = {}, int slots = 2)
        : server(std::move(options))
    {
        orThrow(server.add(std::make_unique<Scripted>(std::move(work), key("echo"), slots)));
        if (stream)
            orThrow(server.add(std::make_unique<ScriptedStream>(std::move(stream))));
        orThrow(server.start());
    }
    QString at(const char *path) const { return server.origin() + QString::fromLatin1(path); }
    AsioHttpResponse predict(const QByteArray &body) { return probe.send("POST", at("/echo/predict"), body); }

    RunnerServer server;
    Probe probe;
};

constexpr char Fine[] = R"({"text":"hi"})";

} // namespace

/// The runner's HTTP side: routes, checks, failures, streams, cancellation.
class TestRunnerServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byoc_43_healthSchemaAndRoutesAreServed();
    void byoc_43_wrongRoutesAndMethodsAreRefused_data();
    void byoc_43_wrongRoutesAndMethodsAreRefused();
    void byoc_43_aBearerTokenIsRequiredWhenSet_data();
    void byoc_43_aBearerTokenIsRequiredWhenSet();
    void withoutTheBearerNoBodyIsRead();
    void aPathOfTheCapabilitysNameIsACallToo();
    void aLargeInputDoesNotHoldUpTheOthers();
    void byoc_44_inputThatDoesNotFitIs422NamingTheField_data();
    void byoc_44_inputThatDoesNotFitIs422NamingTheField();
    void byoc_44_anInputErrorOfTheCapabilityNamesItsField();
    void byoc_44_anExceptionIs500WithItsTextAndTheWorkerGoesOn_data();
    void byoc_44_anExceptionIs500WithItsTextAndTheWorkerGoesOn();
    void byoc_44_anExceptionBeforeTheFirstEventIs500();
    void byoc_44_anExceptionAfterAnEventIsAnErrorEvent();
    void answersCarryTypeBytesAndMetadata();
    void missingInputTakesItsDefaults();
    void bodiesBeyondTheBoundAreRefused();
    void eventsArriveInOrderAndEndWithDone();
    void eventsOfSeveralLinesAreOneEvent();
    void linesThatAnOrchestratorWouldCutAreRefused();
    void aStreamCanBeCollected();
    void aSlowReaderSlowsTheGenerator();
    void aClientThatHangsUpCancelsTheCall();
    void aClientThatHangsUpCancelsTheStream();
    void aCallBeyondItsTimeIs504();
    void workOverItsTimeIs504EvenWhenItDoesNotCare();
    void callsRunSideBySideUpToTheCapacityAndNeverOnTheIoThread();
    void beyondTheQueueCallsAreRefused();
    void stoppingEndsRunningCalls();
    void unsoundCapabilitiesAreNotServed_data();
    void unsoundCapabilitiesAreNotServed();
    void aPortInUseIsAnError();
};

void TestRunnerServer::byoc_43_healthSchemaAndRoutesAreServed()
{
    Fixture fixture(echo, [](const Json &, EventSink &sink, const RunContext &) { sink.send(QByteArray("x")); });
    const Json health = jsonOf(fixture.probe.send("GET", fixture.at("/health")));
    QCOMPARE(health.value(key("status")).toString(), key("ok"));
    QCOMPARE(health.value(key("capabilities")).size(), 2);
    QCOMPARE(fixture.probe.send("GET", fixture.at("/echo/health")).status, 200);
    const Json schema = jsonOf(fixture.probe.send("GET", fixture.at("/echo/schema")));
    QCOMPARE(schema.value(key("name")).toString(), key("echo"));
    QCOMPARE(schema.value(key("version")).toString(), key("1.2.3"));
    QCOMPARE(schema.value(key("path")).toString(), key("predict"));
    QCOMPARE(schema.value(key("verbs")).at(0).toString(), key("run"));
    QCOMPARE(schema.value(key("input_schema")).value(key("required")).at(0).toString(), key("text"));
    QCOMPARE(schema.value(key("output_schema")).value(key("x-output")).value(key("type")).toString(), key("json"));
    QCOMPARE(schema.value(key("examples")).at(0).value(key("input")).value(key("text")).toString(), key("hi"));
    QCOMPARE(schema.value(key("price")).value(key("price_per_unit")).toInt64(), 100'000'000);
    QCOMPARE(schema.value(key("capacity")).toInt64(), 2);
    QCOMPARE(jsonOf(fixture.probe.send("GET", fixture.at("/schema"))).value(key("capabilities")).size(), 2);
    QCOMPARE(jsonOf(fixture.probe.send("GET", fixture.at("/ticker/schema"))).value(key("verbs")).size(), 2);
    QCOMPARE(fixture.predict(Fine).status, 200);
    QCOMPARE(fixture.probe.send("POST", fixture.at("/echo"), Fine).status, 200); // an empty subpath calls the URL itself
    QCOMPARE(fixture.probe.send("POST", fixture.at("/ticker/v1/chat/completions"), "{}").status, 200);
    QCOMPARE(fixture.probe.send("POST", fixture.at("/ticker/predict"), "{}").status, 200);
}

void TestRunnerServer::byoc_43_wrongRoutesAndMethodsAreRefused_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::newRow("no capability") << QByteArray("POST") << QByteArray("/nothing/predict") << 404;
    QTest::newRow("no route") << QByteArray("POST") << QByteArray("/echo/elsewhere") << 404;
    QTest::newRow("root") << QByteArray("GET") << QByteArray("/") << 404;
    QTest::newRow("get of a call") << QByteArray("GET") << QByteArray("/echo/predict") << 405;
    QTest::newRow("post of the schema") << QByteArray("POST") << QByteArray("/echo/schema") << 405;
    QTest::newRow("path tricks") << QByteArray("POST") << QByteArray("/echo/../echo/predict") << 404;
}

void TestRunnerServer::byoc_43_wrongRoutesAndMethodsAreRefused()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    Fixture fixture;
    const AsioHttpResponse answer = fixture.probe.send(method, fixture.at(path.constData()), Fine);
    QTEST(answer.status, "status");
    QVERIFY(jsonOf(answer).value(key("detail")).toString().size() > 10);
}

void TestRunnerServer::byoc_43_aBearerTokenIsRequiredWhenSet_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<int>("status");
    QTest::newRow("right") << QByteArray("Bearer open sesame") << 200;
    QTest::newRow("scheme in any case") << QByteArray("bearer open sesame") << 200;
    QTest::newRow("none") << QByteArray() << 401;
    QTest::newRow("wrong") << QByteArray("Bearer open barley") << 401;
    QTest::newRow("prefix") << QByteArray("Bearer open") << 401;
    QTest::newRow("empty") << QByteArray("Bearer ") << 401;
    QTest::newRow("without scheme") << QByteArray("open sesame") << 401;
}

void TestRunnerServer::byoc_43_aBearerTokenIsRequiredWhenSet()
{
    QFETCH(QByteArray, authorization);
    QFETCH(int, status);
    RunnerOptions options;
    options.bearerToken = Secret("open sesame");
    Fixture fixture(echo, {}, options);
    Headers headers;
    if (!authorization.isNull())
        headers.emplaceBack("Authorization", authorization);
    const AsioHttpResponse called = fixture.probe.send("POST", fixture.at("/echo/predict"), Fine, headers);
    QCOMPARE(called.status, status);
    QVERIFY(!called.body.contains("sesame"));
    QCOMPARE(fixture.probe.send("GET", fixture.at("/echo/schema"), {}, headers).status, status);
    QCOMPARE(fixture.probe.send("GET", fixture.at("/health"), {}, headers).status, 200);
    // What there is, is no secret: the published client asks for it without credentials.
    const auto listed = fixture.probe.send("GET", fixture.at("/capabilities"), {}, headers);
    QCOMPARE(listed.status, 200);
    const Json entry = jsonOf(listed).value(key("capabilities")).at(0);
    QCOMPARE(entry, (Json{{key("name"), key("echo")}, {key("model_id"), key("echo")}, {key("capacity"), 2}}));
}

void TestRunnerServer::withoutTheBearerNoBodyIsRead()
{
    RunnerOptions options;
    options.bearerToken = Secret("open sesame");
    Fixture fixture(echo, {}, options);
    for (const char *path : {"/echo", "/echo/predict", "/echo/schema", "/no/such"}) {
        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, quint16(QUrl(fixture.at("/")).port()));
        QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
        client.write(QByteArray("POST ") + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 15000000\r\n\r\n{");
        QByteArray answer;
        QTRY_VERIFY((answer += client.readAll()).startsWith("HTTP/1.1 401 "));
    }
}

void TestRunnerServer::aPathOfTheCapabilitysNameIsACallToo()
{
    Fixture fixture(echo);
    for (const char *path : {"/echo", "/echo/echo", "/echo/predict"})
        QCOMPARE(fixture.probe.send("POST", fixture.at(path), Fine).status, 200);
    QCOMPARE(fixture.probe.send("POST", fixture.at("/echo/other"), Fine).status, 404);
}

void TestRunnerServer::aLargeInputDoesNotHoldUpTheOthers()
{
    Fixture fixture(echo);
    // Three megabytes of keys that the schema does not know.
    QByteArray large = "{\"text\":\"x\"";
    for (int i = 0; large.size() < 3'000'000; ++i)
        large += ",\"unknown" + QByteArray::number(i) + "\":1";
    large += '}';
    std::vector<std::future<AsioHttpResponse>> calls;
    for (int i = 0; i < 3; ++i)
        calls.push_back(fixture.probe.begin(fixture.at("/echo/predict"), large));
    QElapsedTimer timer;
    qint64 longest = 0;
    const auto done = [](std::future<AsioHttpResponse> &call) { return call.wait_for(0s) == std::future_status::ready; };
    while (!std::all_of(calls.begin(), calls.end(), done)) {
        timer.start();
        QCOMPARE(fixture.probe.send("GET", fixture.at("/health")).status, 200);
        longest = std::max(longest, timer.elapsed());
    }
    for (auto &call : calls)
        QCOMPARE(call.get().status, 200);
    QVERIFY2(longest < 1000, qPrintable(QString::number(longest)));
}

void TestRunnerServer::byoc_44_inputThatDoesNotFitIs422NamingTheField_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("type");
    const auto row = [](const char *name, const char *body, const char *location, const char *type) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(location) << QString::fromLatin1(type);
    };
    row("missing", "{}", R"(["body","text"])", "missing");
    row("wrong type", R"({"text":5})", R"(["body","text"])", "string_type");
    row("too small", R"({"text":"a","times":0})", R"(["body","times"])", "greater_than_equal");
    row("in an array", R"({"text":"a","items":[{"n":1},{"n":"x"}]})", R"(["body","items",1,"n"])", "number_type");
    row("not an object", "[]", R"(["body"])", "object_type");
    row("no JSON", "{oops", R"(["body"])", "json_invalid");
    row("nothing", "", R"(["body"])", "json_invalid");
    row("too deep", QByteArray(QByteArray("[").repeated(5000)).constData(), R"(["body"])", "json_invalid");
}

void TestRunnerServer::byoc_44_inputThatDoesNotFitIs422NamingTheField()
{
    QFETCH(QByteArray, body);
    std::atomic<int> calls{0};
    Fixture fixture([&](const Json &input, const RunContext &context) {
        ++calls;
        return echo(input, context);
    });
    const AsioHttpResponse answer = fixture.predict(body);
    QCOMPARE(answer.status, body.size() > 4000 && answer.status == 413 ? 413 : 422);
    const Json first = jsonOf(answer).value(key("detail")).at(0);
    QTEST(first.value(key("loc")).dump(), "location");
    QTEST(first.value(key("type")).toString(), "type");
    QVERIFY(first.value(key("msg")).toString().size() > 10);
    QCOMPARE(calls.load(), 0);
    QCOMPARE(fixture.predict(Fine).status, 200);
}

void TestRunnerServer::byoc_44_anInputErrorOfTheCapabilityNamesItsField()
{
    Fixture fixture([](const Json &, const RunContext &) -> PredictResult {
        throw InputError(key("/items/0/n"), key("That number is taken."), key("taken"));
    });
    const AsioHttpResponse answer = fixture.predict(R"({"text":"a","items":[{"n":1}]})");
    QCOMPARE(answer.status, 422);
    const Json first = jsonOf(answer).value(key("detail")).at(0);
    QCOMPARE(first.value(key("loc")).dump(), QByteArray(R"(["body","items",0,"n"])"));
    QCOMPARE(first.value(key("type")).toString(), key("taken"));
    QCOMPARE(first.value(key("msg")).toString(), key("That number is taken."));
}

void TestRunnerServer::byoc_44_anExceptionIs500WithItsTextAndTheWorkerGoesOn_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("text");
    QTest::newRow("standard") << "standard" << "the lamp went out";
    QTest::newRow("ours") << "ours" << "the shelf is empty";
    QTest::newRow("no exception") << "number" << "no exception";
}

void TestRunnerServer::byoc_44_anExceptionIs500WithItsTextAndTheWorkerGoesOn()
{
    QFETCH(QString, text);
    Fixture fixture([](const Json &input, const RunContext &context) -> PredictResult {
        const QString kind = input.value(key("text")).toString();
        if (kind == u"standard")
            throw std::runtime_error("the lamp went out");
        if (kind == u"ours")
            throw Error(Error::Kind::Storage, QStringLiteral("the shelf is empty"));
        if (kind == u"number")
            throw 42;
        return echo(input, context);
    });
    QFETCH(QString, kind);
    for (int i = 0; i < 5; ++i) {
        const AsioHttpResponse answer = fixture.predict(Json{{key("text"), kind}}.dump());
        QCOMPARE(answer.status, 500);
        QVERIFY(jsonOf(answer).value(key("detail")).toString().contains(text));
    }
    QCOMPARE(fixture.predict(Fine).status, 200);
}

void TestRunnerServer::byoc_44_anExceptionBeforeTheFirstEventIs500()
{
    Fixture fixture(echo, [](const Json &, EventSink &, const RunContext &) { throw std::runtime_error("no ink"); });
    const AsioHttpResponse answer = fixture.probe.send("POST", fixture.at("/ticker/predict"), "{}");
    QCOMPARE(answer.status, 500);
    QCOMPARE(jsonOf(answer).value(key("detail")).toString(), key("no ink"));
}

void TestRunnerServer::byoc_44_anExceptionAfterAnEventIsAnErrorEvent()
{
    Fixture fixture(echo, [](const Json &, EventSink &sink, const RunContext &) {
        sink.send(QByteArray("one"));
        throw std::runtime_error("the ribbon \"tore\"\nin two");
    });
    const AsioHttpResponse answer = fixture.probe.send("POST", fixture.at("/ticker/predict"), "{}");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, QByteArray("data: one\n\ndata: {\"error\":\"the ribbon \\\"tore\\\"\\nin two\"}\n\ndata: [DONE]\n\n"));
}

void TestRunnerServer::answersCarryTypeBytesAndMetadata()
{
    const QByteArray bytes("\x89PNG\r\n\x00\xff", 8);
    Fixture fixture([&](const Json &, const RunContext &) {
        PredictResult result = PredictResult::bytes(bytes, "image/png");
        result.metadata = Json{{key("width"), 3}};
        return result;
    });
    const AsioHttpResponse answer = fixture.predict(Fine);
    QCOMPARE(answer.status, 200);
    QCOMPARE(headers::value(answer.headers, "Content-Type"), QByteArray("image/png"));
    QCOMPARE(headers::value(answer.headers, "X-Metadata"), QByteArray("{\"width\":3}"));
    QCOMPARE(answer.body, bytes);
}

void TestRunnerServer::missingInputTakesItsDefaults()
{
    Fixture fixture;
    QCOMPARE(jsonOf(fixture.predict(Fine)).value(key("times")).toInt64(), 1);
    const AsioHttpResponse given = fixture.predict(R"({"text":"hi","times":3,"extra":1.50})");
    QCOMPARE(given.body, QByteArray(R"({"text":"hi","times":3,"extra":1.50})"));
}

void TestRunnerServer::bodiesBeyondTheBoundAreRefused()
{
    RunnerOptions options;
    options.maxInputBytes = 1000;
    Fixture fixture(echo, {}, options);
    QCOMPARE(fixture.predict("{\"text\":\"" + QByteArray(2000, 'a') + "\"}").status, 413);
    QCOMPARE(fixture.predict(Fine).status, 200);
}

void TestRunnerServer::eventsArriveInOrderAndEndWithDone()
{
    Fixture fixture(echo, [](const Json &, EventSink &sink, const RunContext &) {
        for (int i = 0; i < 1000; ++i) {
            if (!sink.send(Json(i)))
                return;
        }
    });
    const AsioHttpResponse answer = fixture.probe.send("POST", fixture.at("/ticker/v1/chat/completions"), "{}");
    QCOMPARE(headers::mediaType(answer.headers), QByteArray("text/event-stream"));
    QByteArray expected;
    for (int i = 0; i < 1000; ++i)
        expected += "data: " + QByteArray::number(i) + "\n\n";
    QCOMPARE(answer.body, expected + "data: [DONE]\n\n");
}

void TestRunnerServer::eventsOfSeveralLinesAreOneEvent()
{
    Fixture fixture(echo, [](const Json &, EventSink &sink, const RunContext &) { sink.send(QByteArray("a\r\nb\n\ndata: c\rd")); });
    QCOMPARE(fixture.probe.send("POST", fixture.at("/ticker/predict"), "{}").body,
        QByteArray("data: a\ndata: b\ndata: \ndata: data: c\ndata: d\n\ndata: [DONE]\n\n"));
}

void TestRunnerServer::linesThatAnOrchestratorWouldCutAreRefused()
{
    Fixture fixture(echo, [](const Json &, EventSink &sink, const RunContext &) { sink.send(QByteArray(64 * 1024, 'x')); });
    const AsioHttpResponse answer = fixture.probe.send("POST", fixture.at("/ticker/predict"), "{}");
    QCOMPARE(answer.status, 500);
    QVERIFY(answer.body.contains("65536"));
}

void TestRunnerServer::aStreamCanBeCollected()
{
    Fixture fixture(echo, [](const Json &, EventSink &sink, const RunContext &) {
        for (int i = 0; i < 500; ++i)
            sink.send(Json(i));
    });
    const AsioHttpResponse answer = fixture.probe.send("POST", fixture.at("/ticker/v1/chat/completions"), R"({"stream":false})");
    QCOMPARE(headers::mediaType(answer.headers), QByteArray("application/json"));
    QCOMPARE(jsonOf(answer).value(key("count")).toInt64(), 500);
}

void TestRunnerServer::aSlowReaderSlowsTheGenerator()
{
    std::atomic<qint64> sent{0};
    std::atomic<bool> gone{false};
    Fixture fixture(echo, [&](const Json &, EventSink &sink, const RunContext &) {
        const QByteArray event(32 * 1024, 'x');
        while (sink.send(event))
            sent += event.size();
        gone = true;
    });
    auto stream = fixture.probe.open(fixture.at("/ticker/predict"), "{}");
    // Nobody reads: what is sent stays within the socket's buffers and the queue.
    qint64 before = 0;
    QElapsedTimer unchanged;
    unchanged.start();
    const auto hasStalled = [&] {
        if (const qint64 now = sent.load(); now != before) {
            before = now;
            unchanged.restart();
        }
        return before > 0 && unchanged.hasExpired(500);
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasStalled(), 20'000);
    QVERIFY2(sent.load() < 32 * 1024 * 1024, qPrintable(QString::number(sent.load())));
    QVERIFY(!gone);
    const qint64 stalled = sent.load();
    qint64 read = 0;
    while (read < 2 * stalled)
        read += fixture.probe.read(stream).size();
    QVERIFY(sent.load() > stalled);
    fixture.probe.close(stream);
    QTRY_VERIFY_WITH_TIMEOUT(gone.load(), 10'000);
}

void TestRunnerServer::aClientThatHangsUpCancelsTheCall()
{
    std::atomic<bool> started{false};
    std::atomic<bool> canceled{false};
    Fixture fixture([&](const Json &, const RunContext &context) {
        started = true;
        while (context.wait(10ms)) { }
        canceled = context.cancelToken().isCanceled();
        return PredictResult();
    });
    {
        auto client = std::make_unique<Probe>();
        const auto answer = client->begin(fixture.at("/echo/predict"), Fine);
        QTRY_VERIFY(started.load());
    } // its sockets close
    QTRY_VERIFY(canceled.load());
}

void TestRunnerServer::aClientThatHangsUpCancelsTheStream()
{
    std::atomic<bool> canceled{false};
    Fixture fixture(echo, [&](const Json &, EventSink &sink, const RunContext &context) {
        sink.send(QByteArray("first"));
        while (context.wait(10ms)) { }
        canceled = !sink.send(QByteArray("too late"));
    });
    auto stream = fixture.probe.open(fixture.at("/ticker/predict"), "{}");
    QCOMPARE(stream->status(), 200);
    fixture.probe.close(stream);
    QTRY_VERIFY(canceled.load());
}

void TestRunnerServer::aCallBeyondItsTimeIs504()
{
    RunnerOptions options;
    options.callTimeout = 100ms;
    Fixture fixture([](const Json &, const RunContext &context) {
        while (true) {
            context.check();
            context.wait(10ms);
        }
        return PredictResult();
    }, {}, options);
    const AsioHttpResponse answer = fixture.predict(Fine);
    QCOMPARE(answer.status, 504);
    QVERIFY(jsonOf(answer).value(key("detail")).toString().contains(key("longer than it may")));
}

void TestRunnerServer::workOverItsTimeIs504EvenWhenItDoesNotCare()
{
    RunnerOptions options;
    options.callTimeout = 100ms;
    std::binary_semaphore release{0};
    {
        Fixture fixture([&](const Json &input, const RunContext &context) {
            release.acquire();
            return echo(input, context);
        }, {}, options);
        const AsioHttpResponse answer = fixture.predict(Fine);
        QCOMPARE(answer.status, 504);
        release.release();
    }
}

void TestRunnerServer::callsRunSideBySideUpToTheCapacityAndNeverOnTheIoThread()
{
    IoThread io;
    RunnerOptions options;
    options.ioThread = &io;
    std::latch together(3);
    std::atomic<bool> onIo{false};
    std::mutex mutex;
    std::set<std::thread::id> threads;
    Fixture fixture([&](const Json &input, const RunContext &context) {
        onIo = onIo || io.isCurrent();
        {
            const std::lock_guard lock(mutex);
            threads.insert(std::this_thread::get_id());
        }
        together.arrive_and_wait(); // ends only when three are in it
        return echo(input, context);
    }, {}, options, 3);
    std::vector<std::future<AsioHttpResponse>> answers;
    for (int i = 0; i < 3; ++i)
        answers.push_back(fixture.probe.begin(fixture.at("/echo/predict"), Fine));
    for (auto &answer : answers)
        QCOMPARE(answer.get().status, 200);
    QCOMPARE(threads.size(), std::size_t(3));
    QVERIFY(!onIo);
}

void TestRunnerServer::beyondTheQueueCallsAreRefused()
{
    RunnerOptions options;
    options.maxWaitingCalls = 1;
    std::counting_semaphore<8> release{0};
    std::atomic<int> started{0};
    Fixture fixture([&](const Json &input, const RunContext &context) {
        ++started;
        release.acquire();
        return echo(input, context);
    }, {}, options, 1);
    auto first = fixture.probe.begin(fixture.at("/echo/predict"), Fine);
    QTRY_COMPARE(started.load(), 1);
    auto second = fixture.probe.begin(fixture.at("/echo/predict"), Fine);
    // Whichever of the two comes first waits; the other is refused.
    const AsioHttpResponse third = [&] {
        AsioHttpResponse answer = fixture.probe.send("GET", fixture.at("/echo/health"));
        auto refused = fixture.probe.begin(fixture.at("/echo/predict"), Fine);
        if (refused.wait_for(5s) == std::future_status::ready)
            return refused.get();
        answer = second.get();
        second = std::move(refused);
        return answer;
    }();
    QCOMPARE(third.status, 503);
    QCOMPARE(headers::value(third.headers, "Retry-After"), QByteArray("1"));
    release.release(2);
    QCOMPARE(first.get().status, 200);
    QCOMPARE(second.get().status, 200);
}

void TestRunnerServer::stoppingEndsRunningCalls()
{
    std::atomic<int> started{0};
    std::atomic<int> ended{0};
    auto fixture = std::make_unique<Fixture>([&](const Json &, const RunContext &context) {
        ++started;
        while (context.wait(10ms)) { }
        ++ended;
        return PredictResult();
    });
    Probe client;
    std::vector<std::future<AsioHttpResponse>> answers;
    for (int i = 0; i < 2; ++i)
        answers.push_back(client.begin(fixture->at("/echo/predict"), Fine));
    QTRY_COMPARE(started.load(), 2);
    QFuture<void> stopped = fixture->server.stop();
    QTRY_VERIFY_WITH_TIMEOUT(stopped.isFinished(), 10'000);
    QCOMPARE(ended.load(), 2);
    for (auto &answer : answers)
        QVERIFY_THROWS_EXCEPTION(Error, (void)answer.get());
    QVERIFY(fixture->server.stop().isFinished());
}

void TestRunnerServer::unsoundCapabilitiesAreNotServed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("slots_");
    QTest::newRow("slash") << "a/b" << 1;
    QTest::newRow("empty") << "" << 1;
    QTest::newRow("space") << "a b" << 1;
    QTest::newRow("line break") << "a\n" << 1;
    QTest::newRow("dots") << ".." << 1;
    QTest::newRow("no capacity") << "fine" << 0;
    QTest::newRow("taken") << "taken" << 1;
}

void TestRunnerServer::unsoundCapabilitiesAreNotServed()
{
    QFETCH(QString, name);
    QFETCH(int, slots_);
    RunnerServer server{RunnerOptions()};
    const auto none = server.start();
    QVERIFY(!none);
    QCOMPARE(none.error().kind(), Error::Kind::Config);
    QVERIFY(server.add(std::make_unique<Scripted>(echo, key("taken"))).hasValue());
    const auto added = server.add(std::make_unique<Scripted>(echo, name, slots_));
    QVERIFY(!added);
    QCOMPARE(added.error().kind(), Error::Kind::Config);
}

void TestRunnerServer::aPortInUseIsAnError()
{
    Fixture fixture;
    RunnerOptions options;
    options.port = quint16(QUrl(fixture.server.origin()).port());
    RunnerServer second(options);
    orThrow(second.add(std::make_unique<Scripted>(echo)));
    const auto port = second.start();
    QVERIFY(!port);
    QCOMPARE(port.error().kind(), Error::Kind::Network);
}

QTEST_GUILESS_MAIN(TestRunnerServer)
#include "tst_runner_server.moc"
