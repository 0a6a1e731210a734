#include "openai_samples.h"

using namespace sluice;
using namespace sluice::openai;
using namespace sluice::openai::test;

namespace {

Expected<ChatAnswer, ApiError> answered(const QByteArray &body, Dialect dialect = Dialect::Gateway, const ChatRequest &request = hello())
{
    return transformAnswer(request, upstream(body), dialect, identity());
}

} // namespace

class TestOpenAiAnswer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLegacyAnswerIsOpenAis();
    void aGatewaysAnswerIsOpenAis();
    void anOpenAiServersAnswerLosesNothing();
    void openai_15_a200WithNothingInItIsAnError();
    void openai_16_errorsOfEveryFormAreReadable_data();
    void openai_16_errorsOfEveryFormAreReadable();
    void openai_42_whatIsNoAnswerIs502_data();
    void openai_42_whatIsNoAnswerIs502();
    void errorsHaveAllFourMembers();
    void upstreamErrorsKeepTheStatusThatIsTheCallersAffair_data();
    void upstreamErrorsKeepTheStatusThatIsTheCallersAffair();
    void usageIsReadUnderBothNames();
    void stopTextsEndTheAnswerOfAGateway();
    void severalAnswersAreOne();
    void identitiesAreFresh();
};

void TestOpenAiAnswer::aLegacyAnswerIsOpenAis()
{
    QCOMPARE(good(answered(R"({"response":"Hi.","tokens_used":11})", Dialect::Legacy)).toJson().dump(),
        QByteArray(R"({"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"org/m","choices":[{"index":0,"message":)"
                   R"({"role":"assistant","content":"Hi.","refusal":null},"logprobs":null,"finish_reason":"stop"}],)"
                   R"("usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":11}})"));
}

void TestOpenAiAnswer::aGatewaysAnswerIsOpenAis()
{
    const Json json = good(answered(R"({"choices":[{"finish_reason":"stop","index":0,"message":{"content":"Hi.","role":"assistant"}}],
        "created":1760000000,"id":"chatcmpl-5f0e","model":"org/other","usage":{"completion_tokens":2,"prompt_tokens":9,"total_tokens":11}})")).toJson();
    QCOMPARE(json.value(QStringLiteral("object")).toString(), QStringLiteral("chat.completion"));
    QCOMPARE(json.value(QStringLiteral("id")).toString(), QStringLiteral("chatcmpl-5f0e"));
    QCOMPARE(json.value(QStringLiteral("created")), Json(1760000000));
    QCOMPARE(json.value(QStringLiteral("model")).toString(), QStringLiteral("org/m")); // as it was asked for
    QCOMPARE(json.find(QStringLiteral("/choices/0/message/content"))->toString(), QStringLiteral("Hi."));
    QVERIFY(json.find(QStringLiteral("/choices/0/message"))->contains(QStringLiteral("refusal")));
    QCOMPARE(json.value(QStringLiteral("usage")).dump(), QByteArray(R"({"prompt_tokens":9,"completion_tokens":2,"total_tokens":11})"));
}

void TestOpenAiAnswer::anOpenAiServersAnswerLosesNothing()
{
    const QByteArray body = R"({"id":"x","object":"chat.completion","created":5,"model":"served","choices":[{"index":0,"message":{"role":"assistant",
        "content":null,"reasoning_content":"hm","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}],"refusal":null},
        "stop_reason":7,"logprobs":{"content":[]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,
        "prompt_tokens_details":{"cached_tokens":1}},"system_fingerprint":"fp","timings":{"predicted_ms":1.50}})";
    const ChatAnswer answer = good(answered(body, Dialect::OpenAi));
    QVERIFY(answer.toJson().equivalent(orThrow(Json::parse(body))));
    QCOMPARE(answer.toJson().find(QStringLiteral("/timings/predicted_ms"))->numberText(), QByteArray("1.50"));
    QCOMPARE(answer.choices.first().reasoning(), QStringLiteral("hm"));
    QCOMPARE(answer.choices.first().toolCalls().first().name, QStringLiteral("f"));
    QCOMPARE(answer.choices.first().finishReason, QStringLiteral("tool_calls"));
}

void TestOpenAiAnswer::openai_15_a200WithNothingInItIsAnError()
{
    for (const char *body : {"", "\r\n", "  "}) {
        for (const Dialect dialect : {Dialect::Legacy, Dialect::Gateway, Dialect::OpenAi}) {
            const auto answer = answered(body, dialect);
            QVERIFY(!answer);
            QCOMPARE(answer.error().status, 502);
            QVERIFY(answer.error().message.contains(QStringLiteral("nothing")));
        }
    }
}

void TestOpenAiAnswer::openai_16_errorsOfEveryFormAreReadable_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("message");
    QTest::newRow("text") << QByteArray(R"({"error":"no model"})") << QStringLiteral("no model");
    QTest::newRow("object") << QByteArray(R"({"error":{"message":"no model"}})") << QStringLiteral("no model");
    QTest::newRow("with a stray mark") << QByteArray(R"({"error":{"message":": seed must be a number"}})") << QStringLiteral("seed must be a number");
    QTest::newRow("detail") << QByteArray(R"({"detail":{"msg":"out of memory"}})") << QStringLiteral("out of memory");
    QTest::newRow("FastAPI") << QByteArray(R"({"detail":[{"loc":["body","top_p"],"msg":"too large"}]})") << QStringLiteral("/top_p: too large");
    QTest::newRow("page") << QByteArray("<html><head><title>502 Bad Gateway</title></head><body><h1>nginx</h1></body></html>") << QStringLiteral("502 Bad Gateway");
    QTest::newRow("plain") << QByteArray("404 page not found\n") << QStringLiteral("404 page not found");
    QTest::newRow("JSON text") << QByteArray("\"overloaded\"") << QStringLiteral("overloaded");
    const QString silent = QStringLiteral("The server answered 503 and said nothing more.");
    QTest::newRow("nothing") << QByteArray() << silent;
    QTest::newRow("an empty object") << QByteArray("{}") << silent;
    QTest::newRow("null") << QByteArray("null") << silent;
    QTest::newRow("an empty message") << QByteArray(R"({"error":{"message":""}})") << silent;
}

void TestOpenAiAnswer::openai_16_errorsOfEveryFormAreReadable()
{
    QFETCH(QByteArray, body);
    const ApiError error = readApiError(503, body);
    QTEST(error.message, "message");
    QCOMPARE(error.status, 503);
    QCOMPARE(error.type, QStringLiteral("server_error"));
}

void TestOpenAiAnswer::openai_42_whatIsNoAnswerIs502_data()
{
    QTest::addColumn<QByteArray>("body");
    const char *const bodies[] = {R"({"choices":null,"created":0,"id":"","model":"","usage":{"total_tokens":0}})", R"({"choices":[]})", R"({"choices":[{}]})",
        R"({"choices":[null]})", R"({"choices":{"a":1}})", R"({"tokens_used":5})", R"({"response":null})", R"({"response":5})", "{}", "[]", "5", "null", "hello", "<html></html>",
        R"({"error":{"message":"it broke"}})", R"({"error":"it broke"})", "data: {\"chunk\":\"x\"}\n\n"};
    for (const char *body : bodies)
        QTest::newRow(body) << QByteArray(body);
}

void TestOpenAiAnswer::openai_42_whatIsNoAnswerIs502()
{
    QFETCH(QByteArray, body);
    for (const Dialect dialect : {Dialect::Legacy, Dialect::Gateway, Dialect::OpenAi}) {
        const auto answer = answered(body, dialect);
        QVERIFY(!answer);
        QCOMPARE(answer.error().status, 502);
        QVERIFY(!answer.error().message.isEmpty());
        if (body.contains("it broke"))
            QCOMPARE(answer.error().message, QStringLiteral("it broke"));
    }
}

void TestOpenAiAnswer::errorsHaveAllFourMembers()
{
    QCOMPARE(ApiError::invalidRequest(QStringLiteral("no"), QStringLiteral("n")).toJson().dump(),
        QByteArray(R"({"error":{"message":"no","type":"invalid_request_error","param":"n","code":null}})"));
    QCOMPARE(ApiError::badGateway(QStringLiteral("no")).toJson().dump(), QByteArray(R"({"error":{"message":"no","type":"server_error","param":null,"code":null}})"));
    const ApiError read = readApiError(404, R"({"error":{"message":"m","type":"NotFound","param":null,"code":404}})");
    QCOMPARE(read.toJson().dump(), QByteArray(R"({"error":{"message":"m","type":"NotFound","param":null,"code":"404"}})"));
}

void TestOpenAiAnswer::upstreamErrorsKeepTheStatusThatIsTheCallersAffair_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("ofGateway");
    QTest::addColumn<int>("ofOpenAi");
    QTest::newRow("a bad request") << 400 << 400 << 400;
    QTest::newRow("our key") << 401 << 502 << 502;
    QTest::newRow("our key, too") << 403 << 502 << 502;
    QTest::newRow("a path or a model") << 404 << 502 << 404;
    QTest::newRow("too large") << 413 << 413 << 413;
    QTest::newRow("too fast") << 429 << 429 << 429;
    QTest::newRow("a failure") << 500 << 502 << 502;
    QTest::newRow("nobody") << 503 << 503 << 503;
    QTest::newRow("a redirect") << 302 << 502 << 502;
}

void TestOpenAiAnswer::upstreamErrorsKeepTheStatusThatIsTheCallersAffair()
{
    QFETCH(int, status);
    UpstreamAnswer answer = upstream(R"({"error":{"message":"words"}})", status);
    answer.retryAfter = "7";
    const auto ofGateway = transformAnswer(hello(), answer, Dialect::Gateway, identity());
    const auto ofOpenAi = transformAnswer(hello(), answer, Dialect::OpenAi, identity());
    QTEST(ofGateway.error().status, "ofGateway");
    QTEST(ofOpenAi.error().status, "ofOpenAi");
    QVERIFY(ofGateway.error().message.contains(QStringLiteral("words")));
    QCOMPARE(ofGateway.error().retryAfter, QByteArray("7"));
}

void TestOpenAiAnswer::usageIsReadUnderBothNames()
{
    const QByteArray start = R"({"choices":[{"message":{"content":"x"}}],)";
    QCOMPARE(good(answered(start + R"("tokens_used":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}})")).usage.promptTokens, 1);
    QCOMPARE(good(answered(start + R"("tokens_used":7})")).usage.totalTokens, 7);
    QCOMPARE(good(answered(start + R"("usage":7})")).usage.totalTokens, 7);
    QCOMPARE(good(answered(R"({"response":"x","usage":{"total_tokens":4}})")).usage.totalTokens, 4);
    QCOMPARE(good(answered(R"({"response":"x"})")).usage.totalTokens, 0);
}

void TestOpenAiAnswer::stopTextsEndTheAnswerOfAGateway()
{
    const ChatRequest request = hello(R"("stop":["END","\n"])");
    for (const char *body : {R"({"response":"one END two\n"})", R"({"choices":[{"message":{"content":"one END two\n"},"finish_reason":"length"}]})"}) {
        const ChatAnswer answer = good(answered(body, Dialect::Gateway, request));
        QCOMPARE(answer.choices.first().text(), QStringLiteral("one "));
        QCOMPARE(answer.choices.first().finishReason, QStringLiteral("stop"));
    }
    // An OpenAI server was given them.
    QCOMPARE(good(answered(R"({"choices":[{"message":{"content":"one END"},"finish_reason":"length"}]})", Dialect::OpenAi, request)).choices.first().text(), QStringLiteral("one END"));
}

void TestOpenAiAnswer::severalAnswersAreOne()
{
    const ChatAnswer one = good(answered(R"({"id":"a","choices":[{"index":0,"message":{"content":"x"}}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}})"));
    const ChatAnswer two = good(answered(R"({"id":"b","choices":[{"index":0,"message":{"content":"y"}}],"usage":{"prompt_tokens":1,"completion_tokens":4,"total_tokens":5}})"));
    const ChatAnswer both = ChatAnswer::merged({one, two});
    QCOMPARE(both.id, QStringLiteral("a"));
    QCOMPARE(both.choices.size(), 2);
    QCOMPARE(both.choices.at(1).index, 1);
    QCOMPARE(both.choices.at(1).text(), QStringLiteral("y"));
    QCOMPARE(both.usage.toJson().dump(), QByteArray(R"({"prompt_tokens":2,"completion_tokens":6,"total_tokens":8})"));
}

void TestOpenAiAnswer::identitiesAreFresh()
{
    const AnswerIdentity one = AnswerIdentity::fresh(QStringLiteral("m"));
    QCOMPARE(one.id.size(), QStringLiteral("chatcmpl-").size() + 36);
    QVERIFY(one.created > 1'700'000'000);
    QVERIFY(one.id != AnswerIdentity::fresh(QStringLiteral("m")).id);
}

QTEST_GUILESS_MAIN(TestOpenAiAnswer)
#include "tst_openai_answer.moc"
