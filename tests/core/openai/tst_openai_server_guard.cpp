#include "server_samples.h"

using namespace sluice;
using namespace sluice::openai;

/// The same: what it refuses, what fails, and who leaves.
class TestOpenAiServerGuard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void openai_32_everyErrorHasItsFourMembers();
    void openai_37_43_whoLeavesEndsTheCall_data();
    void openai_37_43_whoLeavesEndsTheCall();
    void openai_39_whatIsNotOfferedIsNotTriedAgain();
    void openai_42_anAnswerWithNothingInItIsAFailure_data();
    void openai_42_anAnswerWithNothingInItIsAFailure();
    void openai_44_foreignPagesAreRefused_data();
    void openai_44_foreignPagesAreRefused();
    void openai_45_theKey();
    void elsewhereThanOnThisMachineItNeedsAKey();
    void openai_46_bodiesAboveTheLimit();
    void openai_47_whatTheUpstreamMayHaveTakenIsSentOnce_data();
    void openai_47_whatTheUpstreamMayHaveTakenIsSentOnce();
    void openai_49_whoStopsReadingStopsTheUpstream();
    void openai_51_everyAnswerHasItsId();
    void openai_52_anUpstreamThatClosesBetweenRequestsIsNoError();
    void connectionsToTheUpstreamAreUsedAgain();
    void openai_52_aConnectionThatWasClosedMeanwhileIsReplaced();
    void openai_53_wrongMethods();
    void openai_54_whatIsRefusedSendsNothing();
    void openai_55_theUpstreamsHasteIsPassedOn();
};

void TestOpenAiServerGuard::openai_32_everyErrorHasItsFourMembers()
{
    ServerFixture f;
    const QList<ServerFixture::Answer> answers{f.post(QStringLiteral("/v1/chat/completions"), "{"), f.chat(R"("temperature":9)"), f.send("GET", QStringLiteral("/nowhere")),
        f.send("GET", QStringLiteral("/v1/chat/completions")), f.post(QStringLiteral("/v1/files"), "{}"), f.post(QStringLiteral("/v1/embeddings"), R"({"model":"m","input":"x"})"),
        f.send("GET", QStringLiteral("/v1/models/none"))};
    for (const auto &answer : answers) {
        QVERIFY2(answer.status >= 400, answer.body.constData());
        const Json error = answer.error();
        QVERIFY2(!error.value(QStringLiteral("message")).toString().isEmpty(), answer.body.constData());
        for (const char *member : {"type", "param", "code"})
            QVERIFY2(error.contains(QLatin1String(member)), answer.body.constData());
        QCOMPARE(answer.header("Content-Type"), QByteArray("application/json"));
    }
    QCOMPARE(answers[1].error().value(QStringLiteral("param")).toString(), QStringLiteral("temperature"));
}

void TestOpenAiServerGuard::openai_37_43_whoLeavesEndsTheCall_data()
{
    QTest::addColumn<bool>("stream");
    QTest::addColumn<bool>("mute");
    QTest::newRow("before the first byte of a stream") << true << true;
    QTest::newRow("before the first byte of an answer") << false << true;
    QTest::newRow("in the middle of a stream") << true << false;
    QTest::newRow("in the middle of an answer") << false << false;
}

void TestOpenAiServerGuard::openai_37_43_whoLeavesEndsTheCall()
{
    QFETCH(bool, stream);
    QFETCH(bool, mute);
    ServerFixture f;
    ScriptedUpstream::Answer script;
    script.type = stream ? "text/event-stream" : "application/json";
    script.pieces = {stream ? "data: " + delta("Hel") + "\n\n" : Hello.left(20), QByteArray(), QByteArray(), QByteArray()};
    script.mute = mute;
    f.upstream.then(script);
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(f.url.port()));
    QVERIFY(socket.waitForConnected(5000));
    const QByteArray body = QByteArray(R"({"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":)") + (stream ? "true}" : "false}");
    socket.write("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QVERIFY(socket.waitForBytesWritten(5000));
    QTRY_COMPARE(f.upstream.count(), 1);
    if (stream && !mute)
        QTRY_VERIFY(socket.bytesAvailable() > 0 || (socket.waitForReadyRead(50) && socket.bytesAvailable() > 0));
    QCOMPARE(f.upstream.left(), 0);
    socket.abort();
    QTRY_COMPARE(f.upstream.left(), 1);
    QCOMPARE(f.upstream.count(), 1);
}

void TestOpenAiServerGuard::openai_39_whatIsNotOfferedIsNotTriedAgain()
{
    ServerFixture f;
    for (const char *path : {"/v1/files", "/v1/assistants", "/v1/embeddings", "/v1/audio/translations"}) {
        const auto answer = f.post(QLatin1String(path), R"({"model":"m","input":"x"})");
        QCOMPARE(answer.status, 501);
        QCOMPARE(answer.header("x-should-retry"), QByteArray("false"));
    }
    QCOMPARE(f.upstream.count(), 0);
}

void TestOpenAiServerGuard::openai_42_anAnswerWithNothingInItIsAFailure_data()
{
    QTest::addColumn<bool>("stream");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("choices null") << false << QByteArray(R"({"choices":null,"created":0,"id":"","model":"","usage":{}})");
    QTest::newRow("choices empty") << false << QByteArray(R"({"choices":[]})");
    QTest::newRow("no response") << false << QByteArray("{}");
    QTest::newRow("empty body") << false << QByteArray();
    QTest::newRow("a page") << false << QByteArray("<html>sorry</html>");
    QTest::newRow("an empty stream") << true << QByteArray();
    QTest::newRow("a stream of nothing") << true << QByteArray("data: {\"choices\":null}\n\n");
}

void TestOpenAiServerGuard::openai_42_anAnswerWithNothingInItIsAFailure()
{
    QFETCH(bool, stream);
    QFETCH(QByteArray, body);
    ServerFixture f;
    ScriptedUpstream::Answer script;
    script.type = stream ? "text/event-stream" : "application/json";
    if (!body.isEmpty())
        script.pieces = {body};
    f.upstream.then(script);
    const auto answer = f.chat(stream ? R"("stream":true)" : QByteArray());
    const bool asEvent = answer.status == 200 && answer.events().size() > 0 && parsed(answer.events().last()).contains(QStringLiteral("error"));
    QVERIFY2(answer.status == 502 || asEvent, answer.body.constData());
    QVERIFY(!answer.body.contains("[DONE]"));
    QCOMPARE(f.upstream.count(), 1);
}

void TestOpenAiServerGuard::openai_44_foreignPagesAreRefused_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::newRow("host") << Headers{{"Host", "evil.example"}};
    QTest::newRow("host that begins right") << Headers{{"Host", "localhost.evil.example"}};
    QTest::newRow("origin") << Headers{{"Origin", "https://evil.example"}};
    QTest::newRow("origin null") << Headers{{"Origin", "null"}};
}

void TestOpenAiServerGuard::openai_44_foreignPagesAreRefused()
{
    QFETCH(Headers, headers);
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    for (const char *type : {"application/json", "text/plain"}) {
        for (const char *path : {"/v1/chat/completions", "/health", "/v1/models", "/text-to-image", "/nowhere"}) {
            Headers all = headers;
            headers::set(all, "Content-Type", type);
            const auto answer = f.sendRaw("POST", QLatin1String(path), R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})", all);
            QCOMPARE(answer.status, 403);
            QVERIFY(answer.header("Access-Control-Allow-Origin").isEmpty());
        }
    }
    QCOMPARE(f.upstream.count(), 0);
}

void TestOpenAiServerGuard::openai_45_theKey()
{
    ServerFixture f(Dialect::Gateway, [](ServerOptions &options) { options.apiKey = Secret("sesame"); });
    f.upstream.thenJson(200, Hello);
    const QString path = QStringLiteral("/v1/chat/completions");
    const QByteArray body = R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})";
    for (const Headers &wrong : {Headers(), Headers{{"Authorization", "Bearer wrong"}}, Headers{{"Authorization", "Bearer sesam"}}, Headers{{"Authorization", "sesame"}}}) {
        const auto answer = f.post(path, body, wrong);
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.error().value(QStringLiteral("code")).toString(), QStringLiteral("invalid_api_key"));
    }
    for (const char *health : {"/health", "/v1/health", "/healthz"})
        QCOMPARE(f.send("GET", QLatin1String(health)).status, 200);
    QCOMPARE(f.upstream.count(), 0);
    QCOMPARE(f.post(path, body, {{"Authorization", "bearer sesame"}}).status, 200);
    const ServerRequest seen = f.upstream.asked().last();
    QCOMPARE(headers::value(seen.headers, "Authorization"), QByteArray("Bearer the upstream's key"));
    for (const auto &[name, value] : seen.headers)
        QVERIFY(!value.contains("sesame"));
}

void TestOpenAiServerGuard::elsewhereThanOnThisMachineItNeedsAKey()
{
    for (const char *address : {"0.0.0.0", "::", "192.0.2.7"}) {
        ServerOptions options;
        options.address = QString::fromLatin1(address);
        IoThread io;
        HttpUpstreamOptions behind;
        behind.base = QUrl(QStringLiteral("http://127.0.0.1:1"));
        Server server(io, options, makeHttpUpstream(behind));
        const auto refused = server.listen();
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind(), Error::Kind::Config);
        QVERIFY2(refused.error().message().contains(QLatin1String(address)), qPrintable(refused.error().message()));
        QVERIFY2(refused.error().advice().contains(QStringLiteral("--api-key-env")), qPrintable(refused.error().advice()));
    }
    ServerFixture f(Dialect::Gateway, [](ServerOptions &options) {
        options.address = QStringLiteral("0.0.0.0");
        options.apiKey = Secret("sk-callers");
    });
    f.url.setHost(QStringLiteral("127.0.0.1"));
    QCOMPARE(f.send("GET", QStringLiteral("/v1/models")).status, 401);
}

void TestOpenAiServerGuard::openai_46_bodiesAboveTheLimit()
{
    ServerFixture f(Dialect::Gateway, [](ServerOptions &options) { options.maxBodyBytes = 10'000; });
    f.upstream.thenJson(200, Hello);
    const QByteArray large = R"({"model":"m","messages":[{"role":"user","content":")" + QByteArray(20'000, 'x') + R"("}]})";
    QCOMPARE(f.post(QStringLiteral("/v1/chat/completions"), large).status, 413);
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(f.url.port()));
    QVERIFY(socket.waitForConnected(5000));
    socket.write("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 20; ++i)
        socket.write("400\r\n" + QByteArray(1024, 'x') + "\r\n");
    QByteArray answer;
    while (!answer.contains("\r\n\r\n") && socket.waitForReadyRead(5000))
        answer += socket.readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 413"), answer.constData());
    QCOMPARE(f.upstream.count(), 0);
}

void TestOpenAiServerGuard::openai_47_whatTheUpstreamMayHaveTakenIsSentOnce_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("again");
    for (const int status : {500, 502, 503, 504, 401, 422, 0})
        QTest::newRow(QByteArray::number(status).constData()) << status << false;
    for (const int status : {400, 429})
        QTest::newRow(QByteArray::number(status).constData()) << status << true;
}

void TestOpenAiServerGuard::openai_47_whatTheUpstreamMayHaveTakenIsSentOnce()
{
    QFETCH(int, status);
    QFETCH(bool, again);
    for (const QByteArray &members : {QByteArray(), QByteArray(R"("stream":true)")}) {
        ServerFixture f;
        ScriptedUpstream::Answer script;
        script.status = status == 0 ? 200 : status;
        script.cut = status == 0;
        script.pieces = {status == 0 ? "{\"choices\":" : R"({"error":{"message":"no"}})"};
        f.upstream.then(script);
        const auto answer = f.chat(members);
        QVERIFY2(answer.status >= 400, answer.body.constData());
        QCOMPARE(answer.header("x-should-retry"), again ? QByteArray() : QByteArray("false"));
        QCOMPARE(f.upstream.count(), 1);
    }
}

void TestOpenAiServerGuard::openai_49_whoStopsReadingStopsTheUpstream()
{
    ServerFixture f;
    QByteArrayList events;
    for (int i = 0; i < 400; ++i)
        events.append(delta(QByteArray(100'000, 'x')));
    events.append(delta("", "stop"));
    f.upstream.thenEvents(events);
    f.upstream.thenJson(200, Hello);
    QTcpSocket socket;
    socket.setReadBufferSize(1024);
    socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(f.url.port()));
    QVERIFY(socket.waitForConnected(5000));
    const QByteArray body = R"({"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true})";
    socket.write("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QVERIFY(socket.waitForBytesWritten(5000));
    // Until it does not go on any more, while others are answered.
    int before = -1;
    int quiet = 0;
    QTRY_VERIFY_WITH_TIMEOUT((before == f.upstream.written() ? ++quiet : (before = f.upstream.written(), quiet = 0)) > 10, 30'000);
    QVERIFY2(before < 400, "all of it was read");
    QCOMPARE(f.chat({}).status, 200);
    // It goes on with its reader.
    QByteArray end;
    socket.setReadBufferSize(0);
    while (!end.contains("[DONE]") && socket.waitForReadyRead(20'000))
        end = end.right(100) + socket.readAll();
    QVERIFY(end.contains("[DONE]"));
    QCOMPARE(f.upstream.written(), 402);
}

void TestOpenAiServerGuard::openai_51_everyAnswerHasItsId()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    QSet<QByteArray> ids;
    for (const auto &answer : {f.chat({}), f.chat(R"("temperature":9)"), f.send("GET", QStringLiteral("/health")), f.send("GET", QStringLiteral("/v1/models")),
             f.send("GET", QStringLiteral("/nowhere")), f.send("GET", QStringLiteral("/v1/chat/completions")), f.chat(R"("stream":true)")})
        ids.insert(answer.header("x-request-id"));
    QCOMPARE(ids.size(), 7);
    QVERIFY(!ids.contains(QByteArray()));
}

void TestOpenAiServerGuard::openai_52_anUpstreamThatClosesBetweenRequestsIsNoError()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello, {{"Connection", "close"}});
    for (int i = 0; i < 3; ++i)
        QCOMPARE(f.chat({}).status, 200);
    QCOMPARE(f.upstream.count(), 3);
}

void TestOpenAiServerGuard::connectionsToTheUpstreamAreUsedAgain()
{
    RawFixture f;
    f.upstream.play(RawUpstream::Script(httpAnswer("200 OK", "application/json", Hello), RawUpstream::End::Keep));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(f.chat({}).status, 200);
    QCOMPARE(f.upstream.count(), 20);
    QVERIFY2(f.upstream.connections() < 20, QByteArray::number(f.upstream.connections()).constData());
    // An answer that was not read to its end leaves nothing for the next.
    f.upstream.play(RawUpstream::Script(chunkedAnswer("text/event-stream", {"data: " + delta("Hi") + "\n\n", "data: " + delta("", "stop") + "\n\n", "data: more\n\n"}), RawUpstream::End::Keep));
    QVERIFY(f.chat(R"("stream":true)").body.endsWith("data: [DONE]\n\n"));
    f.upstream.play(RawUpstream::Script(httpAnswer("200 OK", "application/json", Hello), RawUpstream::End::Keep));
    QCOMPARE(f.chat({}).status, 200);
    // Nobody keeps one for long.
    QTRY_COMPARE(f.upstream.open(), 0);
}

void TestOpenAiServerGuard::openai_52_aConnectionThatWasClosedMeanwhileIsReplaced()
{
    RawFixture f;
    f.upstream.play(RawUpstream::Script(httpAnswer("200 OK", "application/json", Hello), RawUpstream::End::Keep));
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(f.chat({}).status, 200);
        f.upstream.closeAll();
        QTRY_COMPARE(f.upstream.open(), 0);
    }
    QCOMPARE(f.upstream.count(), 5); // each once
}

void TestOpenAiServerGuard::openai_53_wrongMethods()
{
    ServerFixture f;
    const auto wrong = f.send("GET", QStringLiteral("/v1/chat/completions"));
    QCOMPARE(wrong.status, 405);
    QVERIFY(wrong.header("Allow").contains("POST"));
    QCOMPARE(f.post(QStringLiteral("/v1/models"), "{}").status, 405);
    QCOMPARE(f.send("OPTIONS", QStringLiteral("/v1/chat/completions")).status, 204);
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(f.url.port()));
    QVERIFY(socket.waitForConnected(5000));
    socket.write("HEAD /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QByteArray got;
    while (!got.contains("ok") && socket.waitForReadyRead(5000))
        got += socket.readAll();
    QCOMPARE(got.count("HTTP/1.1 200"), 2);
    QCOMPARE(got.count("\"object\":\"list\""), 0);
}

void TestOpenAiServerGuard::openai_54_whatIsRefusedSendsNothing()
{
    ServerFixture f;
    for (const QByteArray &members : {QByteArray(R"("temperature":9)"), QByteArray(R"("n":0)"), QByteArray(R"("tools":[{"type":"function"}])"), QByteArray(R"("logprobs":true)"),
             QByteArray(R"("stop":["a","b","c","d","e"])"), QByteArray(R"("max_tokens":0)"), QByteArray(R"("response_format":{"type":"json_object"})")}) {
        const auto answer = f.chat(members);
        QVERIFY2(answer.status == 400, members.constData());
    }
    QCOMPARE(f.post(QStringLiteral("/v1/chat/completions"), R"({"model":"m","messages":[]})").error().value(QStringLiteral("param")).toString(), QStringLiteral("messages"));
    QCOMPARE(f.post(QStringLiteral("/v1/chat/completions"), R"({"model":"m","messages":[{"role":"tool","content":"x"}]})").status, 400);
    QCOMPARE(f.upstream.count(), 0);
}

void TestOpenAiServerGuard::openai_55_theUpstreamsHasteIsPassedOn()
{
    ServerFixture f;
    f.upstream.thenJson(429, R"({"error":{"message":"slow down"}})", {{"Retry-After", "7"}});
    const auto answer = f.chat({});
    QCOMPARE(answer.status, 429);
    QCOMPARE(answer.header("Retry-After"), QByteArray("7"));
    QCOMPARE(answer.error().value(QStringLiteral("message")).toString(), QStringLiteral("slow down"));
}

QTEST_GUILESS_MAIN(TestOpenAiServerGuard)
#include "tst_openai_server_guard.moc"
