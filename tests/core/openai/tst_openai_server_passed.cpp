#include "hostile_answers.h"

#include "sluice/openai/passed_stream_p.h"

using namespace sluice;
using namespace sluice::openai;

namespace {

using End = RawUpstream::End;

const QByteArray CompletionPiece = "data: {\"id\":\"c\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"text\":\"Hi\",\"logprobs\":null,\"finish_reason\":null}]}\n\n";
const QByteArray CompletionLast = "data: {\"id\":\"c\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"text\":\"\",\"logprobs\":null,\"finish_reason\": \"stop\"}]}\n\n";
const QByteArray ResponseBegin = "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"r\",\"status\":\"in_progress\"}}\n\n";
const QByteArray ResponsePiece = "event: response.output_text.done\ndata: {\"type\":\"response.output_text.done\",\"sequence_number\":1,\"text\":\"Hi\"}\n\n";
const QByteArray ResponseEnd = "event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":2,\"response\":{\"id\":\"r\",\"status\":\"completed\"}}\n\n";
const QByteArray Done = "data: [DONE]\n\n";

/// What goes on of a stream that comes in pieces of `step` bytes.
QByteArray passed(const QByteArray &route, const QByteArray &stream, qsizetype step, bool cut)
{
    PassedStream pass(route);
    QByteArray on;
    for (qsizetype at = 0; at < stream.size() && !pass.ended(); at += step)
        on += pass.feed(QByteArrayView(stream).sliced(at, std::min(step, stream.size() - at)));
    return on + pass.finish(cut);
}

/// One of its last event's kinds of failures.
bool saysFailure(const QByteArray &stream)
{
    const qsizetype last = stream.lastIndexOf("data: ");
    return stream.endsWith("\n\n") && parsed(stream.mid(last + 6).trimmed()).find(QStringLiteral("/error/message")).has_value();
}

} // namespace

/// What an OpenAI-compatible upstream has itself goes to it as it is; its answers come back as they are, and never without an end.
class TestOpenAiServerPassed : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsNoChatIsNotLookedInto_data();
    void whatIsNoChatIsNotLookedInto();
    void overAGatewayTheSameIsRefused();
    void bodiesThatAreNoneAreRefused_data();
    void bodiesThatAreNoneAreRefused();
    void streamsComeBackAsTheyAre_data();
    void streamsComeBackAsTheyAre();
    void aStreamWithoutItsEndSaysSo_data();
    void aStreamWithoutItsEndSaysSo();
    void everySplitAndEveryLineEndIsTheSame();
    void keepAlivesAreNotHeldBack();
    void anEventWithoutAnEndIsBounded();
    void answersThatCannotBeAreFailures_data();
    void answersThatCannotBeAreFailures();
    void formsAreReadOnce();
};

void TestOpenAiServerPassed::whatIsNoChatIsNotLookedInto_data()
{
    QTest::addColumn<QString>("route");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("tools") << QStringLiteral("responses") << QByteArray(R"({"model":"m","input":"Hi","tools":[{"type":"web_search"}],"previous_response_id":"r","background":true})");
    QTest::newRow("items of all kinds") << QStringLiteral("responses") << QByteArray(R"({"model":"m","input":[{"type":"function_call_output","call_id":"c","output":"1"}],"x":[1.50]})");
    QTest::newRow("lists of prompts") << QStringLiteral("completions") << QByteArray(R"({"model":"m","prompt":["a","b"],"echo":true,"suffix":"s","best_of":3,"logprobs":2})");
    QTest::newRow("tokens") << QStringLiteral("completions") << QByteArray(R"({"model":"m","prompt":[[1,2],[3]],"temperature":9})");
    QTest::newRow("no model") << QStringLiteral("completions") << QByteArray(R"({"prompt":"a"})");
}

void TestOpenAiServerPassed::whatIsNoChatIsNotLookedInto()
{
    QFETCH(QString, route);
    QFETCH(QByteArray, body);
    ServerFixture f(Dialect::OpenAi);
    f.upstream.thenJson(200, R"({"id":"r","object":"what it likes"})");
    const auto answer = f.post(QStringLiteral("/v1/") + route, body);
    QVERIFY2(answer.status == 200, answer.body.constData());
    QCOMPARE(answer.body, QByteArray(R"({"id":"r","object":"what it likes"})"));
    QCOMPARE(f.upstream.count(), 1);
    QCOMPARE(f.upstream.asked().last().path, "/v1/" + route.toLatin1());
    QCOMPARE(f.upstream.asked().last().body, body);
}

void TestOpenAiServerPassed::overAGatewayTheSameIsRefused()
{
    ServerFixture f;
    QCOMPARE(f.post(QStringLiteral("/v1/responses"), R"({"model":"m","input":"Hi","tools":[{"type":"web_search"}]})").error().value(QStringLiteral("param")).toString(), QStringLiteral("tools"));
    QCOMPARE(f.post(QStringLiteral("/v1/completions"), R"({"model":"m","prompt":["a","b"]})").error().value(QStringLiteral("param")).toString(), QStringLiteral("prompt"));
    QCOMPARE(f.upstream.count(), 0);
}

void TestOpenAiServerPassed::bodiesThatAreNoneAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("cut") << QByteArray("{\"model\":\"m\"");
    QTest::newRow("deep") << QByteArray("{\"a\":" + QByteArray(100'000, '['));
    QTest::newRow("bad UTF-8") << QByteArray("{\"model\":\"\xff\"}");
    QTest::newRow("long and cut") << QByteArray("{\"model\":\"m\",\"input\":\"" + QByteArray(200'000, 'x'));
}

void TestOpenAiServerPassed::bodiesThatAreNoneAreRefused()
{
    QFETCH(QByteArray, body);
    ServerFixture f(Dialect::OpenAi);
    for (const char *route : {"/v1/responses", "/v1/completions", "/v1/embeddings", "/v1/moderations", "/v1/chat/completions"}) {
        const auto answer = f.post(QLatin1String(route), body);
        QVERIFY2(answer.status == 400, (route + QByteArray(": ") + answer.body.left(200)).constData());
        QCOMPARE(answer.error().value(QStringLiteral("type")).toString(), QStringLiteral("invalid_request_error"));
    }
    QCOMPARE(f.upstream.count(), 0);
}

void TestOpenAiServerPassed::streamsComeBackAsTheyAre_data()
{
    QTest::addColumn<QString>("route");
    QTest::addColumn<QByteArray>("stream");
    QTest::newRow("completions") << QStringLiteral("/v1/completions") << CompletionPiece + CompletionLast + Done;
    QTest::newRow("responses") << QStringLiteral("/v1/responses") << ResponseBegin + ResponsePiece + ResponseEnd;
    QTest::newRow("a failed response") << QStringLiteral("/v1/responses") << ResponseBegin + "event: response.failed\ndata: {\"type\":\"response.failed\",\"sequence_number\":1}\n\n";
    QTest::newRow("an error") << QStringLiteral("/v1/completions") << CompletionPiece + "data: {\"error\":{\"message\":\"no\"}}\n\n";
    QTest::newRow("sound") << QStringLiteral("/v1/audio/speech") << QByteArray("data: {\"type\":\"speech.audio.delta\",\"audio\":\"AA\"}\n\ndata: {\"type\":\"speech.audio.done\"}\n\n");
    QTest::newRow("with comments") << QStringLiteral("/v1/completions") << QByteArray(": ping\n\n") + CompletionPiece + ": ping\n\n" + CompletionLast + Done;
}

void TestOpenAiServerPassed::streamsComeBackAsTheyAre()
{
    QFETCH(QString, route);
    QFETCH(QByteArray, stream);
    ServerFixture f(Dialect::OpenAi);
    ScriptedUpstream::Answer script;
    script.type = "text/event-stream";
    script.pieces = {stream.left(25), stream.mid(25)};
    f.upstream.then(script);
    const auto answer = f.post(route, R"({"model":"m","prompt":"a","input":"a","stream":true})");
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("Content-Type").startsWith("text/event-stream"));
    QCOMPARE(answer.body, stream);
}

void TestOpenAiServerPassed::aStreamWithoutItsEndSaysSo_data()
{
    QTest::addColumn<QByteArray>("route");
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<qsizetype>("enough");
    const QByteArray completion = CompletionPiece + CompletionLast + Done;
    QTest::newRow("completions") << QByteArray("/completions") << completion << (CompletionPiece + CompletionLast.trimmed()).size();
    const QByteArray response = ResponseBegin + ResponsePiece + ResponseEnd;
    QTest::newRow("responses") << QByteArray("/responses") << response << response.trimmed().size();
}

/// Cut at every byte, through the real server.
void TestOpenAiServerPassed::aStreamWithoutItsEndSaysSo()
{
    QFETCH(QByteArray, route);
    QFETCH(QByteArray, stream);
    QFETCH(qsizetype, enough);
    RawFixture f(Dialect::OpenAi);
    for (qsizetype size = 0; size <= stream.size(); ++size) {
        for (const bool ended : {false, true}) {
            f.upstream.play(RawUpstream::Script(chunkedAnswer("text/event-stream", size == 0 ? QByteArrayList() : QByteArrayList{stream.left(size)}, ended), End::Close));
            const auto answer = f.post(QStringLiteral("/v1") + QString::fromLatin1(route), R"({"model":"m","prompt":"a","input":"a","stream":true})");
            const QByteArray what = QByteArray::number(size) + " of " + QByteArray::number(stream.size()) + ": " + QByteArray::number(answer.status) + ' ' + answer.body;
            const bool well = answer.status == 200 && (route == "/responses" ? answer.body.contains("response.completed\",") : answer.body.endsWith(Done)) && answer.body.endsWith("\n\n");
            QVERIFY2(well == (size >= enough), what.constData());
            QVERIFY2(well || (answer.status == 502 && answer.error().contains(QStringLiteral("message"))) || saysFailure(answer.body), what.constData());
        }
    }
}

void TestOpenAiServerPassed::everySplitAndEveryLineEndIsTheSame()
{
    for (const QByteArray &end : {QByteArray("\n"), QByteArray("\r\n"), QByteArray("\r")}) {
        QByteArray stream = CompletionPiece + ": ping\n\n" + CompletionLast + Done;
        stream.replace("\n", end);
        for (qsizetype step = 1; step <= stream.size(); ++step) {
            QCOMPARE(passed("/completions", stream, step, false).trimmed(), stream.trimmed());
            QVERIFY(saysFailure(passed("/completions", CompletionPiece + CompletionLast.left(100), step, true)));
        }
    }
    // A gateway's own is left as it is, but for one that was cut.
    QCOMPARE(passed("/llm", "data: {\"choi", 3, false), QByteArray());
    QVERIFY(saysFailure(passed("/llm", "data: {\"a\":1}\n\ndata: {\"choi", 3, true)));
    QCOMPARE(passed("/llm", "data: {\"a\":1}\n\ndata: {\"b\":2}", 3, false), QByteArray("data: {\"a\":1}\n\ndata: {\"b\":2}\n\n"));
}

void TestOpenAiServerPassed::keepAlivesAreNotHeldBack()
{
    PassedStream pass("/completions");
    QCOMPARE(pass.feed(QByteArrayView(": ping\n")), QByteArray(": ping\n"));
    QCOMPARE(pass.feed(QByteArrayView("\n")), QByteArray("\n"));
    QCOMPARE(pass.feed(QByteArrayView("data: {}\n")), QByteArray());
    QCOMPARE(pass.feed(QByteArrayView(": within\n\n")), QByteArray("data: {}\n: within\n\n"));
    QVERIFY(!pass.ended());
}

void TestOpenAiServerPassed::anEventWithoutAnEndIsBounded()
{
    PassedStream pass("/responses");
    const QByteArray line = "data: " + QByteArray(1000, 'x') + "\n";
    QByteArray on = pass.feed(ResponseBegin);
    for (int i = 0; i < 10'000 && !pass.ended(); ++i)
        on += pass.feed(line);
    QVERIFY(pass.ended());
    QVERIFY(on.size() < 10'000);
    QVERIFY(saysFailure(on));
    QVERIFY(on.contains("event: error\n"));
    QVERIFY(on.contains("\"sequence_number\":1"));
}

void TestOpenAiServerPassed::answersThatCannotBeAreFailures_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    QTest::newRow("nothing") << httpAnswer("200 OK", "application/json", {}) << 502;
    QTest::newRow("nothing in a stream") << httpAnswer("200 OK", "text/event-stream", {}) << 502;
    QTest::newRow("half an event") << httpAnswer("200 OK", "text/event-stream", "data: {\"a\"") << 502;
    QTest::newRow("a page") << httpAnswer("200 OK", "text/html", "<html>Log in first</html>") << 502;
    QTest::newRow("cut JSON") << httpAnswer("200 OK", "application/json", "{\"object\":\"list\",\"data\":[{") << 502;
    QTest::newRow("shorter than its length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{}") << 502;
    QTest::newRow("a page for an error") << httpAnswer("500 Oops", "text/html", "<html>sorry</html>") << 502;
    QTest::newRow("an error in words") << httpAnswer("400 Bad Request", "text/plain", "no such thing") << 400;
    QTest::newRow("our key is bad") << httpAnswer("401 Unauthorized", "application/json", R"({"error":{"message":"bad key"}})") << 502;
    QTest::newRow("haste") << httpAnswer("429 Too Many Requests", "application/json", R"({"error":{"message":"slow down","type":"rate","param":null,"code":"x"}})", "Retry-After: 3\r\n") << 429;
    QTest::newRow("no answer") << QByteArray() << 502;
}

void TestOpenAiServerPassed::answersThatCannotBeAreFailures()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, status);
    for (const char *route : {"/v1/embeddings", "/v1/responses", "/v1/completions", "/v1/images/generations"}) {
        RawFixture f(Dialect::OpenAi);
        f.upstream.play(RawUpstream::Script(answer, End::Close));
        const auto told = f.post(QLatin1String(route), R"({"model":"m","input":"a","prompt":"a"})");
        const QByteArray what = route + QByteArray(": ") + QByteArray::number(told.status) + ' ' + told.body;
        QVERIFY2(told.status == status, what.constData());
        QVERIFY2(!told.error().value(QStringLiteral("message")).toString().isEmpty(), what.constData());
        for (const char *member : {"type", "param", "code"})
            QVERIFY2(told.error().contains(QLatin1String(member)), what.constData());
        QCOMPARE(told.header("x-should-retry"), status == 502 ? QByteArray("false") : QByteArray());
        QCOMPARE(told.header("Retry-After"), status == 429 ? QByteArray("3") : QByteArray());
        QCOMPARE(f.upstream.count(), 1);
    }
}

/// A long form does not hold up others while it is read: it is read once, and aside.
void TestOpenAiServerPassed::formsAreReadOnce()
{
    ServerFixture f;
    f.upstream.thenJson(200, R"({"text":"one"})");
    const QByteArray sound(8 * 1024 * 1024, 's');
    const QByteArray body = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n" + sound + "\r\n--b--\r\n";
    const auto answer = f.post(QStringLiteral("/v1/audio/transcriptions"), body, {{"Content-Type", "multipart/form-data; boundary=b"}});
    QVERIFY2(answer.status == 200, answer.body.constData());
    const ServerRequest asked = f.upstream.asked().last();
    QCOMPARE(asked.path, QByteArray("/audio-to-text"));
    QVERIFY(asked.body.contains("whisper"));
    QVERIFY(asked.body.contains(sound));
    // And what is wrong with one is said as before.
    const auto cut = f.post(QStringLiteral("/v1/audio/transcriptions"), body.left(sound.size()), {{"Content-Type", "multipart/form-data; boundary=b"}});
    QCOMPARE(cut.status, 400);
    const auto json = f.post(QStringLiteral("/v1/audio/transcriptions"), R"({"model":"m"})");
    QCOMPARE(json.status, 400);
    QVERIFY(json.error().value(QStringLiteral("message")).toString().contains(QLatin1String("multipart")));
    QCOMPARE(f.upstream.count(), 1);
}

QTEST_GUILESS_MAIN(TestOpenAiServerPassed)
#include "tst_openai_server_passed.moc"
