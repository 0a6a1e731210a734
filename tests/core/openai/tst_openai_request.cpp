#include "openai_samples.h"

using namespace sluice;
using namespace sluice::openai;
using namespace sluice::openai::test;

namespace {

QString paramOf(const QByteArray &body)
{
    const auto request = ChatRequest::parse(body);
    if (request || request.error().status != 400 || request.error().type != QLatin1String("invalid_request_error"))
        return QStringLiteral("(taken)");
    return request.error().param.value_or(QStringLiteral("(none)"));
}

Json toGateway(const ChatRequest &request)
{
    return good(transformToGateway(request));
}

QString refusedByGateway(const ChatRequest &request)
{
    const auto made = transformToGateway(request);
    return made ? QStringLiteral("(taken)") : made.error().param.value_or(QStringLiteral("(none)"));
}

} // namespace

class TestOpenAiRequest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void badRequestsNameTheirMember_data();
    void badRequestsNameTheirMember();
    void goodRequestsAreTaken_data();
    void goodRequestsAreTaken();
    void aBodyBeyondItsBoundIs413();
    void membersAreRead();
    void everythingIsKept();
    void openai_09_aGatewayAlwaysGetsItsFourMembers();
    void openai_10_rolesAndTemperaturesThatAGatewayCannotTakeAreRefusedHere();
    void aGatewayGetsWhatItKnows();
    void whatAGatewayCannotDoIsRefused_data();
    void whatAGatewayCannotDoIsRefused();
    void whatMayBeIgnoredIsIgnored();
    void partsOfTextAreJoined();
    void theNewNameOfTheTokenLimitWins();
    void theSemanticFormSaysWhatTheChatMeans_data();
    void theSemanticFormSaysWhatTheChatMeans();
    void aChatThatDoesNotEndWithTheUserHasNoLegacyForm();
};

void TestOpenAiRequest::badRequestsNameTheirMember_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("param");
    const QByteArray messages = R"("messages":[{"role":"user","content":"x"}])";
    const auto with = [&](const QByteArray &more) { return R"({"model":"m",)" + messages + "," + more + "}"; };
    const auto said = [](const QByteArray &message) { return R"({"model":"m","messages":[)" + message + "]}"; };
    QTest::newRow("no JSON") << QByteArray("hello") << QStringLiteral("(none)");
    QTest::newRow("nothing") << QByteArray() << QStringLiteral("(none)");
    QTest::newRow("a list") << QByteArray("[]") << QStringLiteral("(none)");
    QTest::newRow("something behind it") << with("\"n\":1") + "x" << QStringLiteral("(none)");
    QTest::newRow("NaN") << with("\"temperature\":NaN") << QStringLiteral("(none)");
    QTest::newRow("a bare control character") << said("{\"role\":\"user\",\"content\":\"a\nb\"}") << QStringLiteral("(none)");
    QTest::newRow("bad UTF-8") << said("{\"role\":\"user\",\"content\":\"a\xFF\"}") << QStringLiteral("(none)");
    QTest::newRow("half a character") << said(R"({"role":"user","content":"\ud800"})") << QStringLiteral("(none)");
    QTest::newRow("too deep") << with("\"metadata\":" + QByteArray(100, '[') + QByteArray(100, ']')) << QStringLiteral("(none)");
    QTest::newRow("no model") << "{" + messages + "}" << QStringLiteral("model");
    QTest::newRow("a number as model") << R"({"model":1,)" + messages + "}" << QStringLiteral("model");
    QTest::newRow("no messages") << QByteArray(R"({"model":"m"})") << QStringLiteral("messages");
    QTest::newRow("empty messages") << QByteArray(R"({"model":"m","messages":[]})") << QStringLiteral("messages");
    QTest::newRow("a message that is a text") << said("\"x\"") << QStringLiteral("messages");
    QTest::newRow("no role") << said(R"({"content":"x"})") << QStringLiteral("messages");
    QTest::newRow("unknown role") << said(R"({"role":"wizard","content":"x"})") << QStringLiteral("messages");
    QTest::newRow("no content") << said(R"({"role":"user"})") << QStringLiteral("messages");
    QTest::newRow("null of the user") << said(R"({"role":"user","content":null})") << QStringLiteral("messages");
    QTest::newRow("a number as content") << said(R"({"role":"user","content":5})") << QStringLiteral("messages");
    QTest::newRow("no parts") << said(R"({"role":"user","content":[]})") << QStringLiteral("messages");
    QTest::newRow("a part without a type") << said(R"({"role":"user","content":[{"text":"x"}]})") << QStringLiteral("messages");
    QTest::newRow("a text part without text") << said(R"({"role":"user","content":[{"type":"text"}]})") << QStringLiteral("messages");
    QTest::newRow("tool calls that are no list") << said(R"({"role":"assistant","content":"x","tool_calls":{}})") << QStringLiteral("messages");
    for (const char *value : {"-0.1", "2.1", "1e400", "\"1\"", "true"})
        QTest::addRow("temperature %s", value) << with(QByteArray("\"temperature\":") + value) << QStringLiteral("temperature");
    for (const char *value : {"-1", "1.01", "[]"})
        QTest::addRow("top_p %s", value) << with(QByteArray("\"top_p\":") + value) << QStringLiteral("top_p");
    for (const char *value : {"0", "-5", "1.5", "\"10\"", "99999999999999999999"}) {
        QTest::addRow("max_tokens %s", value) << with(QByteArray("\"max_tokens\":") + value) << QStringLiteral("max_tokens");
        QTest::addRow("max_completion_tokens %s", value) << with(QByteArray("\"max_completion_tokens\":") + value) << QStringLiteral("max_completion_tokens");
    }
    for (const char *value : {"0", "129", "1.5", "\"2\""})
        QTest::addRow("n %s", value) << with(QByteArray("\"n\":") + value) << QStringLiteral("n");
    for (const char *value : {"5", "[]", "[\"a\",\"b\",\"c\",\"d\",\"e\"]", "[1]", "\"\"", "[null]", "{}"})
        QTest::addRow("stop %s", value) << with(QByteArray("\"stop\":") + value) << QStringLiteral("stop");
    QTest::newRow("stream as a text") << with(R"("stream":"true")") << QStringLiteral("stream");
    QTest::newRow("stream options as a list") << with(R"("stream_options":[])") << QStringLiteral("stream_options");
    QTest::newRow("include_usage as a number") << with(R"("stream_options":{"include_usage":1})") << QStringLiteral("stream_options");
    QTest::newRow("a format without a type") << with(R"("response_format":{})") << QStringLiteral("response_format");
    QTest::newRow("tools as an object") << with(R"("tools":{})") << QStringLiteral("tools");
    QTest::newRow("logprobs as a number") << with(R"("logprobs":1)") << QStringLiteral("logprobs");
    QTest::newRow("top_k as a fraction") << with(R"("top_k":1.5)") << QStringLiteral("top_k");
}

void TestOpenAiRequest::badRequestsNameTheirMember()
{
    QFETCH(QByteArray, body);
    QTEST(paramOf(body), "param");
}

void TestOpenAiRequest::goodRequestsAreTaken_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::newRow("nulls") << QByteArray(R"("temperature":null,"top_p":null,"max_tokens":null,"max_completion_tokens":null,"stop":null,"n":null,"stream":null,"stream_options":null,"response_format":null,"tools":null)");
    QTest::newRow("at the bounds") << QByteArray(R"("temperature":2,"top_p":0,"max_tokens":1,"stop":["a","b","c","d"],"n":128)");
    QTest::newRow("zero") << QByteArray(R"("temperature":0,"top_p":1.0)");
    QTest::newRow("unknown members") << QByteArray(R"("x-mine":{"a":[1]},"seed":-5,"logit_bias":{"50256":-100},"user":"u","store":false)");
}

void TestOpenAiRequest::goodRequestsAreTaken()
{
    QFETCH(QByteArray, more);
    const ChatRequest request = hello(more);
    QCOMPARE(request.messages.first().text(), QStringLiteral("Hi"));
}

void TestOpenAiRequest::aBodyBeyondItsBoundIs413()
{
    const auto request = ChatRequest::parse(R"({"model":"m","messages":[{"role":"user","content":"x"}]})", {20, 64, 1024 * 1024});
    QVERIFY(!request);
    QCOMPARE(request.error().status, 413);
}

void TestOpenAiRequest::membersAreRead()
{
    const ChatRequest request = chat(R"([{"role":"developer","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"What"},
        {"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]},
        {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]},
        {"role":"tool","tool_call_id":"c1","content":"2"}])",
        R"("temperature":0.0,"top_p":0.5,"top_k":40,"max_tokens":10,"stop":"\n","n":3,"stream":true,"stream_options":{"include_usage":true})");
    QCOMPARE(request.model, QStringLiteral("org/m"));
    QCOMPARE(request.temperature, std::optional<double>(0));
    QCOMPARE(request.topP, std::optional<double>(0.5));
    QCOMPARE(request.topK, std::optional<qint64>(40));
    QCOMPARE(request.maxTokens, std::optional<qint64>(10));
    QCOMPARE(request.stop, QStringList{QStringLiteral("\n")});
    QCOMPARE(request.n, 3);
    QVERIFY(request.stream && request.includeUsage);
    QVERIFY(!request.messages.at(1).isTextOnly());
    QCOMPARE(request.messages.at(1).parts.at(1).type, QStringLiteral("image_url"));
    const Message::ToolCall call = request.messages.at(2).toolCalls.first();
    QCOMPARE(call.name, QStringLiteral("f"));
    QCOMPARE(call.arguments, QStringLiteral("{\"a\":1}"));
    QVERIFY(request.messages.at(2).parts.isEmpty());
}

void TestOpenAiRequest::everythingIsKept()
{
    const QByteArray body = R"({"x-mine":1.0,"model":"m","messages":[{"role":"user","content":"x","x":[1e2]}],"temperature":1.00})";
    QCOMPARE(good(ChatRequest::parse(body)).raw.dump(), body);
}

void TestOpenAiRequest::openai_09_aGatewayAlwaysGetsItsFourMembers()
{
    const Json least = toGateway(hello());
    for (const char *name : {"model", "messages", "stream", "max_tokens"})
        QVERIFY2(!least.value(QLatin1String(name)).isNull(), name);
    QCOMPARE(least.dump(), QByteArray(R"({"model":"org/m","messages":[{"role":"user","content":"Hi"}],"stream":false,"max_tokens":256})"));
    const Json nulls = toGateway(hello(R"("stream":null,"max_tokens":null)"));
    QCOMPARE(nulls, least);
}

void TestOpenAiRequest::openai_10_rolesAndTemperaturesThatAGatewayCannotTakeAreRefusedHere()
{
    QCOMPARE(refusedByGateway(chat(R"([{"role":"user","content":"x"},{"role":"tool","tool_call_id":"1","content":"y"}])")), QStringLiteral("messages"));
    QCOMPARE(refusedByGateway(chat(R"([{"role":"function","name":"f","content":"y"}])")), QStringLiteral("messages"));
    QCOMPARE(paramOf(R"({"model":"m","messages":[{"role":"wizard","content":"x"}]})"), QStringLiteral("messages"));
    QCOMPARE(paramOf(R"({"model":"m","messages":[{"role":"user","content":"x"}],"temperature":2.5})"), QStringLiteral("temperature"));
    // The three that it knows, and the one that is another word for one of them.
    const Json taken = toGateway(chat(R"([{"role":"developer","content":"a"},{"role":"system","content":"b"},{"role":"user","content":"c"},{"role":"assistant","content":"d"}])"));
    QStringList roles;
    for (const Json &message : taken.value(QStringLiteral("messages")).items())
        roles.append(message.value(QStringLiteral("role")).toString());
    QCOMPARE(roles.join(QLatin1Char(' ')), QStringLiteral("system system user assistant"));
}

void TestOpenAiRequest::aGatewayGetsWhatItKnows()
{
    const Json json = toGateway(hello(R"("temperature":0,"top_p":0.25,"top_k":5,"max_tokens":9,"stream":true,"stop":"x","seed":4,"n":2)"));
    QCOMPARE(json.dump(), QByteArray(R"({"model":"org/m","messages":[{"role":"user","content":"Hi"}],"stream":true,"max_tokens":9,"temperature":0,"top_p":0.25,"top_k":5})"));
}

void TestOpenAiRequest::whatAGatewayCannotDoIsRefused_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QString>("param");
    QTest::newRow("tools") << QByteArray(R"("tools":[{"type":"function","function":{"name":"f"}}])") << QStringLiteral("tools");
    QTest::newRow("functions") << QByteArray(R"("functions":[{"name":"f"}])") << QStringLiteral("functions");
    QTest::newRow("tool choice") << QByteArray(R"("tool_choice":"required")") << QStringLiteral("tool_choice");
    QTest::newRow("JSON mode") << QByteArray(R"("response_format":{"type":"json_object"})") << QStringLiteral("response_format");
    QTest::newRow("log probabilities") << QByteArray(R"("logprobs":true)") << QStringLiteral("logprobs");
    QTest::newRow("sound") << QByteArray(R"("modalities":["text","audio"])") << QStringLiteral("modalities");
}

void TestOpenAiRequest::whatAGatewayCannotDoIsRefused()
{
    QFETCH(QByteArray, more);
    QFETCH(QString, param);
    const ChatRequest request = hello(more);
    QCOMPARE(refusedByGateway(request), param);
    const auto form = transformRequest(request);
    QVERIFY(!form);
    QCOMPARE(form.error().param, std::optional(param));
    QCOMPARE(form.error().status, 400);
    // Pictures are refused in the messages.
    QCOMPARE(refusedByGateway(chat(R"([{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:,"}}]}])")), QStringLiteral("messages"));
}

void TestOpenAiRequest::whatMayBeIgnoredIsIgnored()
{
    const ChatRequest request = hello(R"("tools":[],"functions":[],"tool_choice":"auto","response_format":{"type":"text"},"logprobs":false,"modalities":["text"],
        "seed":1,"presence_penalty":1,"frequency_penalty":-1,"logit_bias":{},"user":"u","metadata":{},"store":true,"service_tier":"auto","reasoning_effort":"low",
        "verbosity":"low","parallel_tool_calls":true,"prompt_cache_key":"k","safety_identifier":"s","stream_options":{"include_obfuscation":false})");
    QCOMPARE(toGateway(request), toGateway(hello()));
    QCOMPARE(fieldsOf(good(transformRequest(request))), fieldsOf(good(transformRequest(hello()))));
}

void TestOpenAiRequest::partsOfTextAreJoined()
{
    const ChatRequest request = chat(R"([{"role":"user","content":[{"type":"text","text":"Hello, "},{"type":"text","text":"world"}]}])");
    QCOMPARE(toGateway(request).find(QStringLiteral("/messages/0/content"))->toString(), QStringLiteral("Hello, world"));
}

void TestOpenAiRequest::theNewNameOfTheTokenLimitWins()
{
    QCOMPARE(hello(R"("max_tokens":5,"max_completion_tokens":7)").maxTokens, std::optional<qint64>(7));
    QCOMPARE(hello(R"("max_tokens":5,"max_completion_tokens":null)").maxTokens, std::optional<qint64>(5));
}

void TestOpenAiRequest::theSemanticFormSaysWhatTheChatMeans_data()
{
    QTest::addColumn<QByteArray>("messages");
    QTest::addColumn<QString>("fields");
    const QString tail = QStringLiteral("max_tokens=256|stream=false");
    QTest::newRow("the user alone") << QByteArray(R"([{"role":"user","content":"U"}])") << QStringLiteral("prompt=U|model_id=org/m|") + tail;
    QTest::newRow("system and user") << QByteArray(R"([{"role":"system","content":"S"},{"role":"user","content":"U"}])")
                                     << QStringLiteral("prompt=U|model_id=org/m|system_msg=S|") + tail;
    QTest::newRow("no system") << QByteArray(R"([{"role":"user","content":"A"},{"role":"assistant","content":"B"},{"role":"user","content":"C"}])")
                               << QStringLiteral(R"(prompt=C|history=[{"role":"user","content":"A"},{"role":"assistant","content":"B"}]|model_id=org/m|)") + tail;
    QTest::newRow("instructions from everywhere")
        << QByteArray(R"([{"role":"system","content":"S1"},{"role":"user","content":"A"},{"role":"developer","content":"S2"},{"role":"assistant","content":null},{"role":"user","content":"U"}])")
        << QStringLiteral(R"(prompt=U|history=[{"role":"user","content":"A"},{"role":"assistant","content":""}]|model_id=org/m|system_msg=S1)") + QStringLiteral("\n\nS2|") + tail;
}

void TestOpenAiRequest::theSemanticFormSaysWhatTheChatMeans()
{
    QFETCH(QByteArray, messages);
    QFETCH(QString, fields);
    QCOMPARE(fieldsOf(good(transformRequest(chat(messages)))).join(QLatin1Char('|')), fields);
    const LegacyForm form = good(transformRequest(chat(messages, R"("temperature":0,"max_completion_tokens":7,"stream":true)")));
    QCOMPARE(form.temperature, std::optional<QByteArray>("0"));
    QCOMPARE(form.maxTokens, std::optional<qint64>(7));
    QVERIFY(form.stream);
}

void TestOpenAiRequest::aChatThatDoesNotEndWithTheUserHasNoLegacyForm()
{
    for (const char *messages : {R"([{"role":"user","content":"A"},{"role":"assistant","content":"B"}])", R"([{"role":"user","content":"A"},{"role":"system","content":"B"}])"}) {
        const auto form = transformRequest(chat(messages));
        QVERIFY(!form);
        QCOMPARE(form.error().status, 400);
        QCOMPARE(form.error().param, std::optional(QStringLiteral("messages")));
    }
}

QTEST_GUILESS_MAIN(TestOpenAiRequest)
#include "tst_openai_request.moc"
