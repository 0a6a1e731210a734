#include "openai_samples.h"

#include "sluice/net/multipart_form.h"
#include "sluice/openai/compat.h"

using namespace sluice;
using namespace sluice::openai;
using namespace sluice::openai::test;

namespace {

ChatRequest asOriginal(const QByteArray &body)
{
    return good(compat::parseRequest(body));
}

QStringList formOf(const QByteArray &messages, const QByteArray &more = {})
{
    const ChatRequest request = asOriginal(R"({"model":"org/m","messages":)" + messages + (more.isEmpty() ? QByteArray() : "," + more) + "}");
    return fieldsOf(good(transformRequest(request, Mapping::Compat)));
}

QString joined(const QStringList &fields)
{
    return fields.join(QLatin1Char('|'));
}

/// What reaches the client's socket of a stream, with the times of the chunks as 1.
QByteArray wireOf(const QByteArray &stream, const QByteArray &request = R"({"model":"org/m","messages":[{"content":"x"}],"stream":true})")
{
    StreamTransform transform(asOriginal(request), Dialect::Legacy, identity(), Mapping::Compat);
    QList<ChatEvent> events = transform.feed(stream);
    if (!transform.ended())
        events += transform.finish();
    QByteArray wire;
    for (ChatEvent &event : events) {
        event.chunk.created = 1;
        wire += event.sse();
    }
    return wire;
}

ChatEvent::Kind endOf(const QByteArray &stream)
{
    StreamTransform transform(asOriginal(R"({"model":"m","messages":[{"content":"x"}]})"), Dialect::Legacy, identity(), Mapping::Compat);
    QList<ChatEvent> events = transform.feed(stream);
    if (!transform.ended())
        events += transform.finish();
    return events.last().kind;
}

QByteArray chunkText(const QByteArray &content, const QByteArray &end = R"("finish_reason":""}]})")
{
    return R"(data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"org/m","choices":[{"index":0,"delta":{"content":")" + content + R"("},)"
        + end + "\n\n";
}

QByteArray lastText(const QByteArray &content, int tokens)
{
    return chunkText(content, R"("finish_reason":"stop"}],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":)" + QByteArray::number(tokens) + "}}");
}

} // namespace

/// Byte for byte as the original middleware, for whoever depends on what it does.
class TestOpenAiCompat : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void openai_01_oneMessageIsThePromptAlone();
    void openai_02_theFirstOfTwoMessagesIsTheSystemsWhateverItsRole();
    void openai_03_userAssistantUserHasAHistoryOfOneText();
    void openai_04_historyIsEscapedAsGoDoes();
    void openai_05_temperatureZeroIsLeftOutAndOthersHaveSixDecimals();
    void theTableOfTheOriginal_data();
    void theTableOfTheOriginal();
    void theFormIsInTheOriginalsOrder();
    void requestsAreReadAsGoReadsThem_data();
    void requestsAreReadAsGoReadsThem();
    void whatDoesNotFitIs400();
    void noMessageIs500WithoutWords();
    void answersAreTheOriginals();
    void anyObjectIsAnAnswer();
    void whatIsNoObjectIs500();
    void streamsAreTheOriginals();
    void theMarkIsContent();
    void anUpstreamsOwnMarkIsContentToo();
    void linesAreReadAsGoReadsThem();
    void longLinesEndTheStream();
    void failuresOfTheUpstreamAreSilentOnTheWire();
    void anUndecodableEventIsGluedToTheStream();
};

void TestOpenAiCompat::openai_01_oneMessageIsThePromptAlone()
{
    for (const char *role : {"user", "system", "assistant"}) {
        const QByteArray messages = QByteArray("[{\"role\":\"") + role + "\",\"content\":\"U\"}]";
        QCOMPARE(joined(formOf(messages)), QStringLiteral("prompt=U|model_id=org/m|stream=false"));
    }
}

void TestOpenAiCompat::openai_02_theFirstOfTwoMessagesIsTheSystemsWhateverItsRole()
{
    for (const char *role : {"system", "user", "assistant", "wizard"}) {
        const QByteArray messages = QByteArray("[{\"role\":\"") + role + "\",\"content\":\"A\"},{\"role\":\"user\",\"content\":\"B\"}]";
        QCOMPARE(joined(formOf(messages)), QStringLiteral("prompt=B|model_id=org/m|system_msg=A|stream=false"));
    }
}

void TestOpenAiCompat::openai_03_userAssistantUserHasAHistoryOfOneText()
{
    QCOMPARE(joined(formOf(R"([{"role":"user","content":"A"},{"role":"assistant","content":"B"},{"role":"user","content":"C"}])")),
        QStringLiteral(R"(prompt=C|history=["assistant: B"]|model_id=org/m|system_msg=A|stream=false)"));
}

void TestOpenAiCompat::openai_04_historyIsEscapedAsGoDoes()
{
    const QByteArray messages = QByteArray(R"([{"role":"s","content":"S"},{"role":"user","content":"<a> & ä漢😀 \"q\" \\ \n\t\r\b\f\u0001\u007f\u2028\u2029)") + "\xFF"
        + R"("},{"role":"user","content":"U"}])";
    const QStringList fields = formOf(messages);
    const QByteArray sent = R"(history=["user: \u003ca\u003e \u0026 ä漢😀 \"q\" \\ \n\t\r\u0008\u000c\u0001)"
                            "\x7f"
                            R"(\u2028\u2029)"
                            "\xEF\xBF\xBD"
                            R"("])";
    QCOMPARE(fields.at(1), QString::fromUtf8(sent));
}

void TestOpenAiCompat::openai_05_temperatureZeroIsLeftOutAndOthersHaveSixDecimals()
{
    const QByteArray one = R"([{"content":"U"}])";
    QCOMPARE(joined(formOf(one, R"("temperature":0)")), QStringLiteral("prompt=U|model_id=org/m|stream=false"));
    QCOMPARE(joined(formOf(one, R"("temperature":0.7)")), QStringLiteral("prompt=U|model_id=org/m|temperature=0.700000|stream=false"));
    const std::pair<const char *, const char *> numbers[] = {{"1", "1.000000"}, {"9", "9.000000"}, {"-1.5", "-1.500000"}, {"1e-9", "0.000000"},
        {"16777217", "16777216.000000"}, {"0.1234565", "0.123457"}, {"1e39", "+Inf"}};
    for (const auto &[written, sent] : numbers)
        QCOMPARE(formOf(one, QByteArray("\"temperature\":") + written).at(2), QStringLiteral("temperature=") + QLatin1String(sent));
}

void TestOpenAiCompat::theTableOfTheOriginal_data()
{
    QTest::addColumn<QByteArray>("messages");
    QTest::addColumn<QString>("fields");
    const QString model = QStringLiteral("|model_id=org/m|");
    QTest::newRow("two systems") << QByteArray(R"([{"role":"system","content":"S1"},{"role":"system","content":"S2"},{"role":"user","content":"U"}])")
                                 << QStringLiteral(R"(prompt=U|history=["system: S2"])") + model + QStringLiteral("system_msg=S1|stream=false");
    QTest::newRow("assistant last") << QByteArray(R"([{"role":"system","content":"S"},{"role":"user","content":"U"},{"role":"assistant","content":"A"}])")
                                    << QStringLiteral(R"(prompt=A|history=["user: U"])") + model + QStringLiteral("system_msg=S|stream=false");
    QTest::newRow("four") << QByteArray(R"([{"role":"system","content":"S"},{"role":"user","content":"A"},{"role":"assistant","content":"B"},{"role":"user","content":"C"}])")
                          << QStringLiteral(R"(prompt=C|history=["user: A","assistant: B"])") + model + QStringLiteral("system_msg=S|stream=false");
    QTest::newRow("null content") << QByteArray(R"([{"role":"a","content":null},{"role":"b"}])")
                                  << QStringLiteral("prompt=") + model + QStringLiteral("system_msg=|stream=false");
}

void TestOpenAiCompat::theTableOfTheOriginal()
{
    QFETCH(QByteArray, messages);
    QTEST(joined(formOf(messages)), "fields");
}

void TestOpenAiCompat::theFormIsInTheOriginalsOrder()
{
    const QStringList fields = formOf(R"([{"content":"S"},{"role":"r","content":"M"},{"content":"U"}])",
        R"("max_tokens":-5,"stream":true,"temperature":0.5,"top_p":1,"n":0,"stop":["x"],"presence_penalty":3,"user":"u")");
    QCOMPARE(joined(fields), QStringLiteral(R"(prompt=U|history=["r: M"]|model_id=org/m|system_msg=S|temperature=0.500000|max_tokens=-5|stream=true)"));
    const LegacyForm form = good(transformRequest(asOriginal(R"({"messages":[{"content":"U"}]})"), Mapping::Compat));
    QVERIFY(form.form().contentType().startsWith("multipart/form-data; boundary="));
    const QByteArray body = form.form().body();
    QVERIFY(body.contains("Content-Disposition: form-data; name=\"prompt\"\r\n\r\nU\r\n"));
    QVERIFY(body.indexOf("name=\"prompt\"") < body.indexOf("name=\"model_id\"\r\n\r\n\r\n")); // sent, though empty
    QVERIFY(body.indexOf("name=\"model_id\"") < body.indexOf("name=\"stream\"\r\n\r\nfalse\r\n"));
}

void TestOpenAiCompat::requestsAreReadAsGoReadsThem_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("prompt");
    QTest::newRow("any case") << QByteArray(R"({"MODEL":"m","Messages":[{"CONTENT":"a"}]})") << QStringLiteral("a");
    QTest::newRow("something behind it") << QByteArray("  {\"messages\":[{\"content\":\"}\\\"\"}]} rubbish \xFF") << QStringLiteral("}\"");
    QTest::newRow("unknown members") << QByteArray(R"({"tools":5,"messages":[{"content":"a","x":1}]})") << QStringLiteral("a");
    QTest::newRow("nulls") << QByteArray(R"({"model":null,"stop":null,"stream":null,"max_tokens":null,"temperature":null,"messages":[null,{"content":"a"}]})") << QStringLiteral("a");
    QTest::newRow("bad UTF-8") << QByteArray("{\"messages\":[{\"content\":\"a\xC0\xAFz\"}]}") << QStringLiteral("a\uFFFD\uFFFDz");
    QTest::newRow("half a character") << QByteArray(R"({"messages":[{"content":"a\ud800\\ud800\ud83d\ude00z"}]})") << QStringLiteral("a\uFFFD\\ud800😀z");
    QTest::newRow("the last of two") << QByteArray(R"({"messages":[{"content":"a"}],"MESSAGES":[{"content":"b"}]})") << QStringLiteral("b");
}

void TestOpenAiCompat::requestsAreReadAsGoReadsThem()
{
    QFETCH(QByteArray, body);
    QTEST(good(transformRequest(asOriginal(body), Mapping::Compat)).prompt, "prompt");
}

void TestOpenAiCompat::whatDoesNotFitIs400()
{
    const std::pair<const char *, const char *> bodies[] = {
        {R"({"messages":[{"content":[{"type":"text","text":"x"}]}]})", "json: cannot unmarshal array into Go struct field OpenAIMessage.messages.content of type string"},
        {R"({"messages":[{"content":"x"}],"stop":"x"})", "json: cannot unmarshal string into Go struct field OpenAIRequest.stop of type []string"},
        {R"({"messages":[{"content":"x"}],"max_tokens":1.5})", "json: cannot unmarshal number 1.5 into Go struct field OpenAIRequest.max_tokens of type int"},
        {R"({"messages":[{"content":"x"}],"stream":"true"})", "json: cannot unmarshal string into Go struct field OpenAIRequest.stream of type bool"},
        {R"([])", "json: cannot unmarshal array into Go value of type models.OpenAIRequest"},
        {"", "EOF"},
    };
    for (const auto &[body, words] : bodies) {
        const auto request = compat::parseRequest(body);
        QVERIFY2(!request, body);
        QCOMPARE(request.error().status, 400);
        QCOMPARE(request.error().message, QLatin1String(words));
        QCOMPARE(compat::text(request.error()), "{\"error\":\"" + QByteArray(words) + "\"}");
    }
    for (const char *body : {"{", "{\"messages\":[}", "{\"messages\":[{\"content\":\"a\nb\"}]}", "nonsense"})
        QCOMPARE(compat::parseRequest(body).error().status, 400);
}

void TestOpenAiCompat::noMessageIs500WithoutWords()
{
    for (const char *body : {"{}", "null", R"({"messages":[]})", R"({"messages":null})"}) {
        const auto request = compat::parseRequest(body);
        QVERIFY(!request);
        QCOMPARE(request.error().status, 500);
        QCOMPARE(compat::text(request.error()), QByteArray());
    }
}

void TestOpenAiCompat::answersAreTheOriginals()
{
    const ChatAnswer answer = good(transformAnswer(hello(), upstream(R"({"response":"<Hi>","tokens_used":42})"), Dialect::Legacy, identity(), Mapping::Compat));
    QCOMPARE(compat::text(answer), QByteArray(R"({"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"org/m","choices":[{"index":0,)"
                                              R"("message":{"role":"assistant","content":"\u003cHi\u003e"},"finish_reason":"stop"}],)"
                                              R"("usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":42}})"));
}

void TestOpenAiCompat::anyObjectIsAnAnswer()
{
    for (const char *body : {R"({"error":{"message":"no orchestrator"}})", "{}", R"({"choices":[]})"}) {
        const ChatAnswer answer = good(transformAnswer(hello(), upstream(body, 503), Dialect::Legacy, identity(), Mapping::Compat));
        QCOMPARE(answer.choices.first().text(), QString());
        QCOMPARE(answer.usage.totalTokens, 0);
    }
}

void TestOpenAiCompat::whatIsNoObjectIs500()
{
    for (const char *body : {"", "404 page not found\n", "[]", "5", R"({"response":5})", "<html>", R"({"response":"x","tokens_used":1.5})"}) {
        const auto answer = transformAnswer(hello(), upstream(body), Dialect::Legacy, identity(), Mapping::Compat);
        QVERIFY2(!answer, body);
        QCOMPARE(answer.error().status, 500);
        QVERIFY(!answer.error().message.isEmpty());
    }
    QCOMPARE(compat::text(transformAnswer(hello(), upstream("null"), Dialect::Legacy, identity(), Mapping::Compat).error()), QByteArray());
}

void TestOpenAiCompat::streamsAreTheOriginals()
{
    const QByteArray stream = "data: {\"chunk\":\"Hel\"}\n\ndata: {\"chunk\":\"<lo>\"}\n\ndata: {\"tokens_used\":42}\n\ndata: {}\n\n";
    QCOMPARE(wireOf(stream), chunkText("Hel") + chunkText("\\u003clo\\u003e") + chunkText("") + chunkText(""));
}

void TestOpenAiCompat::theMarkIsContent()
{
    const QByteArray stream = "data: {\"chunk\":\"a\"}\n\ndata: {\"chunk\":\"[DONE]\",\"tokens_used\":42,\"done\":true}\n\ndata: {\"chunk\":\"late\"}\n\n";
    QCOMPARE(wireOf(stream), chunkText("a") + lastText("[DONE]", 42) + chunkText("late")); // and nothing ends the stream but its closing
    QCOMPARE(endOf(stream), ChatEvent::Kind::Complete);
}

void TestOpenAiCompat::anUpstreamsOwnMarkIsContentToo()
{
    QCOMPARE(wireOf("data: {\"chunk\":\"a\",\"tokens_used\":1}\n\ndata: {\"tokens_used\":2}\n\ndata: [DONE]\n\ndata: {\"chunk\":\"late\"}\n\n"),
        chunkText("a") + chunkText("") + lastText("DONE", 3));
}

void TestOpenAiCompat::linesAreReadAsGoReadsThem()
{
    QCOMPARE(wireOf("data:{\"chunk\":\"no blank\"}\n : c\nevent: x\ndata: {\"chunk\":\"a\"}\r\ndata: {\"CHUNK\":\"b\"}"), chunkText("a") + chunkText("b"));
    const QByteArray stream = "data: {\"chunk\":\"ä\"}\r\n\r\ndata: {\"done\":true}\n\n";
    const QByteArray whole = wireOf(stream);
    for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
        StreamTransform transform(hello(), Dialect::Legacy, identity(), Mapping::Compat);
        QList<ChatEvent> events = transform.feed(stream.left(cut));
        events += transform.feed(stream.mid(cut));
        events += transform.finish();
        QByteArray wire;
        for (ChatEvent event : events) {
            event.chunk.created = 1;
            wire += event.sse();
        }
        QCOMPARE(wire, whole);
    }
}

void TestOpenAiCompat::longLinesEndTheStream()
{
    const QByteArray start = "data: {\"chunk\":\"";
    const auto line = [&](qsizetype size) { return start + QByteArray(size - start.size() - 2, 'x') + "\"}"; };
    QCOMPARE(endOf(line(65535) + "\n\ndata: {\"done\":true}\n\n"), ChatEvent::Kind::Complete);
    QCOMPARE(endOf(line(65536) + "\n\ndata: {\"done\":true}\n\n"), ChatEvent::Kind::Failed);
    QCOMPARE(endOf(QByteArray(65536, 'x')), ChatEvent::Kind::Failed);
}

void TestOpenAiCompat::failuresOfTheUpstreamAreSilentOnTheWire()
{
    for (const char *body : {R"({"error":{"message":"no"}})", "404 page not found\n", "", R"({"response":"all at once"})"}) {
        QCOMPARE(wireOf(body), QByteArray());
        QCOMPARE(endOf(body), ChatEvent::Kind::Incomplete); // here it is told
    }
}

void TestOpenAiCompat::anUndecodableEventIsGluedToTheStream()
{
    const QByteArray wire = wireOf("data: {\"chunk\":\"a\"}\n\ndata: {\"chunk\":5}\n\n");
    QCOMPARE(wire, chunkText("a") + R"({"error":"error unmarshalling SSE chunk: json: cannot unmarshal number into Go struct field LlmStreamChunk.chunk of type string"})");
    QCOMPARE(endOf("data: nonsense\n\n"), ChatEvent::Kind::Failed);
}

QTEST_GUILESS_MAIN(TestOpenAiCompat)
#include "tst_openai_compat.moc"
