#include "scripted_gateway.h"

#include "sluice/gateway/chat_delta.h"
#include "sluice/net/multipart_reader.h"

#include <QtTest/QSignalSpy>

using namespace sluice;
using namespace sluice::test;

namespace {

using Answer = ScriptedGateway::Answer;

const Answer IsGateway(400, R"({"error":{"message":"missing required fields"}})");
const Answer IsLegacy(400, "{\"error\":{\"message\":\"request Content-Type isn't multipart/form-data\"}}");

Call asking(Verb verb, const QString &text = QStringLiteral("hello"))
{
    const Json message{{QStringLiteral("role"), "user"}, {QStringLiteral("content"), text}};
    return aiCall(QStringLiteral("llm"), Json{{QStringLiteral("messages"), Json::array({message})}}, verb);
}

QByteArray gatewayChunk(const char *text, const char *reason)
{
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + QByteArray(text) + "\",\"role\":\"assistant\"},\"finish_reason\":\"" + reason
        + "\",\"index\":0}],\"created\":1,\"id\":\"x\",\"model\":\"m\",\"usage\":{\"completion_tokens\":1,\"prompt_tokens\":2,\"total_tokens\":3}}\n\n";
}

struct Streamed {
    QString text;
    std::optional<StreamResponse::End> end;
    std::optional<Error> failure;
};

Streamed streamed(Gateway &gateway, const Call &call)
{
    Streamed result;
    const auto stream = gateway.stream(call);
    QSignalSpy finished(stream.get(), &StreamResponse::finished);
    QObject::connect(stream.get(), &StreamResponse::event, stream.get(), [&](const StreamEvent &event) { result.text += parseChatDelta(event).text; });
    QObject::connect(stream.get(), &StreamResponse::failed, stream.get(), [&](const Error &error) { result.failure = error; });
    if (QTest::qWaitFor([&] { return !finished.isEmpty(); }))
        result.end = finished.first().first().value<StreamResponse::End>();
    return result;
}

} // namespace

/// `/llm` through Gateway, in both dialects.
class AiGatewayLlmTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void openai_14_theProbeIsFreeAndAskedOnce();
    void openai_09_aRequestHasAllFourMembers();
    void openai_10_whatTheRunnerWouldRefuseIsNotSent_data();
    void openai_10_whatTheRunnerWouldRefuseIsNotSent();
    void aWholeAnswerIsAChatCompletion();
    void theLegacyDialectIsAForm();
    void openai_15_an200WithoutAnAnswerIsAnError_data();
    void openai_15_an200WithoutAnAnswerIsAnError();
    void openai_11_aStreamEndsAtItsReason();
    void theLegacyStreamEndsAtDone();
    void aStreamThatIsCutIsNoAnswer();
    void aWrongDialectIsSentAgainInTheOther();
    void a503IsNot();
    void aKeyThatIsMissingIsAskedFor();
    void stoppingClosesTheConnection();
};

void AiGatewayLlmTest::openai_14_theProbeIsFreeAndAskedOnce()
{
    ScriptedGateway server;
    const Answer answer(200, R"({"choices":[{"finish_reason":"stop","index":0,"message":{"content":"Hi.","role":"assistant"}}],"created":1,"id":"x","model":"m"})");
    server.answer("/llm", {IsGateway, answer});
    Gateway gateway(aiConfig(server.url()));
    QVERIFY(settled(QFuture<RunResult>(gateway.run(asking(Verb::Run)))));
    QVERIFY(settled(QFuture<RunResult>(gateway.run(asking(Verb::Run)))));
    const auto asked = server.asked("/llm");
    QCOMPARE(asked.size(), 3);
    QCOMPARE(asked[0].body, QByteArray("{}")); // no prompt, no field of one
    QVERIFY(asked[1].body.contains("hello"));
    QVERIFY(asked[2].body.contains("hello"));
}

void AiGatewayLlmTest::openai_09_aRequestHasAllFourMembers()
{
    ScriptedGateway server;
    server.answer("/llm", {IsGateway, Answer(500, "{}")});
    Gateway gateway(aiConfig(server.url()));
    QVERIFY(!settled(QFuture<RunResult>(gateway.run(asking(Verb::Run)))));
    const Json sent = orThrow(Json::parse(server.asked("/llm").last().body));
    QCOMPARE(sent.value(QStringLiteral("model")).toString(), QStringLiteral("meta-llama/Meta-Llama-3.1-8B-Instruct"));
    QCOMPARE(sent.value(QStringLiteral("messages")).size(), 1);
    QVERIFY(sent.value(QStringLiteral("stream")).isBool());
    QCOMPARE(sent.value(QStringLiteral("max_tokens")).toInt64(), 256);
    QCOMPARE(headers::value(server.asked("/llm").last().headers, "Content-Type"), "application/json");
}

void AiGatewayLlmTest::openai_10_whatTheRunnerWouldRefuseIsNotSent_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("role") << QByteArray(R"({"messages":[{"role":"narrator","content":"a"}]})");
    QTest::newRow("role of a tool") << QByteArray(R"({"messages":[{"role":"tool","content":"a","tool_call_id":"1"}]})");
    QTest::newRow("temperature") << QByteArray(R"({"messages":[{"role":"user","content":"a"}],"temperature":2.5})");
    QTest::newRow("no messages") << QByteArray(R"({"messages":[]})");
    QTest::newRow("no tokens") << QByteArray(R"({"messages":[{"role":"user","content":"a"}],"max_tokens":0})");
}

void AiGatewayLlmTest::openai_10_whatTheRunnerWouldRefuseIsNotSent()
{
    QFETCH(QByteArray, input);
    ScriptedGateway server;
    server.answer("/llm", {IsGateway});
    Gateway gateway(aiConfig(server.url()));
    for (const Verb verb : {Verb::Run, Verb::Stream}) {
        const Call call = aiCall(QStringLiteral("llm"), orThrow(Json::parse(input)), verb);
        const Error error = verb == Verb::Run ? errorOf(settled(QFuture<RunResult>(gateway.run(call)))) : streamed(gateway, call).failure.value_or(Error());
        QCOMPARE(error.kind(), Error::Kind::InvalidInput);
    }
    QVERIFY(server.asked().isEmpty());
}

void AiGatewayLlmTest::aWholeAnswerIsAChatCompletion()
{
    ScriptedGateway server;
    server.answer("/llm", {IsGateway, Answer(200, R"({"choices":[{"finish_reason":"stop","index":0,"message":{"content":"Hi.","role":"assistant"}}],"created":5,"id":"x",
        "model":"m","usage":{"completion_tokens":2,"prompt_tokens":9,"total_tokens":11}})")});
    Gateway gateway(aiConfig(server.url()));
    const RunResult run = orThrow(settled(QFuture<RunResult>(gateway.run(asking(Verb::Run)))));
    QVERIFY(run.isJson);
    QCOMPARE(run.json.value(QStringLiteral("object")).toString(), QStringLiteral("chat.completion"));
    QCOMPARE(run.json.find(QStringLiteral("/choices/0/message/content"))->toString(), QStringLiteral("Hi."));
    QCOMPARE(run.json.find(QStringLiteral("/usage/total_tokens"))->toInt64(), 11);
}

void AiGatewayLlmTest::theLegacyDialectIsAForm()
{
    ScriptedGateway server;
    server.answer("/llm", {IsLegacy, Answer(200, R"({"response":"Hi.","tokens_used":11})")});
    Gateway gateway(aiConfig(server.url()));
    const RunResult run = orThrow(settled(QFuture<RunResult>(gateway.run(asking(Verb::Run)))));
    QCOMPARE(run.json.find(QStringLiteral("/choices/0/message/content"))->toString(), QStringLiteral("Hi."));
    const ServerRequest sent = server.asked("/llm").last();
    QMap<QByteArray, QByteArray> fields;
    for (const MultipartPart &part : orThrow(multipart::read(sent.body, *multipart::boundaryOf(headers::value(sent.headers, "Content-Type")))))
        fields.insert(part.name, part.bytes.toByteArray());
    QCOMPARE(fields.value("prompt"), "hello");
    QCOMPARE(fields.value("stream"), "false");
    QCOMPARE(fields.value("model_id"), "meta-llama/Meta-Llama-3.1-8B-Instruct");
}

void AiGatewayLlmTest::openai_15_an200WithoutAnAnswerIsAnError_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("choices null") << QByteArray(R"({"choices":null,"created":0,"id":"","model":"","usage":{}})");
    QTest::newRow("choices empty") << QByteArray(R"({"choices":[]})");
    QTest::newRow("a page") << QByteArray("<html>");
}

void AiGatewayLlmTest::openai_15_an200WithoutAnAnswerIsAnError()
{
    QFETCH(QByteArray, body);
    ScriptedGateway server;
    server.answer("/llm", {IsGateway, Answer(200, body)});
    Gateway gateway(aiConfig(server.url()));
    QVERIFY(errorOf(settled(QFuture<RunResult>(gateway.run(asking(Verb::Run))))).kind() == Error::Kind::Protocol);
    const Streamed stream = streamed(gateway, asking(Verb::Stream));
    QVERIFY(stream.failure.has_value());
    QCOMPARE(stream.text, QString());
}

void AiGatewayLlmTest::openai_11_aStreamEndsAtItsReason()
{
    ScriptedGateway server;
    const QByteArray events = gatewayChunk("Hel", "") + gatewayChunk("lo", "") + "data: {\"choices\":null}\n\n" + gatewayChunk("", "stop");
    server.answer("/llm", {IsGateway, ScriptedGateway::hanging(events, "text/event-stream")});
    Gateway gateway(aiConfig(server.url()));
    const Streamed stream = streamed(gateway, asking(Verb::Stream));
    QCOMPARE(stream.text, QStringLiteral("Hello"));
    QCOMPARE(stream.end, std::optional(StreamResponse::End::Done)); // the gateway's connection was still open
    QCOMPARE(orThrow(Json::parse(server.asked("/llm").last().body)).value(QStringLiteral("stream")).toBool(), true);
}

void AiGatewayLlmTest::theLegacyStreamEndsAtDone()
{
    ScriptedGateway server;
    server.answer("/llm", {IsLegacy, Answer(200, "data: {\"chunk\":\"Hel\"}\n\ndata: {\"chunk\":\"lo\"}\n\ndata: {\"tokens_used\":42}\n\n"
                                                 "data: {\"chunk\":\"[DONE]\",\"tokens_used\":42,\"done\":true}\n\n", "text/event-stream")});
    Gateway gateway(aiConfig(server.url()));
    const Streamed stream = streamed(gateway, asking(Verb::Stream));
    QCOMPARE(stream.text, QStringLiteral("Hello"));
    QCOMPARE(stream.end, std::optional(StreamResponse::End::Done));
}

void AiGatewayLlmTest::aStreamThatIsCutIsNoAnswer()
{
    ScriptedGateway server;
    server.answer("/llm", {IsGateway, Answer(200, gatewayChunk("Hel", ""), "text/event-stream"), ScriptedGateway::breaking(gatewayChunk("Hel", ""), "text/event-stream")});
    const auto data = UserData::inMemory();
    Gateway gateway(aiConfig(server.url()), data);
    for (int i = 0; i < 2; ++i) {
        const Streamed stream = streamed(gateway, asking(Verb::Stream));
        QCOMPARE(stream.end, std::optional(StreamResponse::End::Failed));
        QVERIFY(stream.failure.has_value());
        QCOMPARE(stream.text, QStringLiteral("Hel")); // what came is kept
    }
    QCOMPARE(server.asked("/llm").size(), 3);
}

void AiGatewayLlmTest::aWrongDialectIsSentAgainInTheOther()
{
    ScriptedGateway server;
    const Answer answer(200, R"({"choices":[{"finish_reason":"stop","index":0,"message":{"content":"Hi.","role":"assistant"}}]})");
    // Told wrong at first, as where somebody else answered before.
    server.answer("/llm", {IsLegacy, Answer(400, R"({"error":{"message":"invalid character '-' in numeric literal"}})"), answer});
    Gateway gateway(aiConfig(server.url()));
    const RunResult run = orThrow(settled(QFuture<RunResult>(gateway.run(asking(Verb::Run)))));
    QCOMPARE(run.json.find(QStringLiteral("/choices/0/message/content"))->toString(), QStringLiteral("Hi."));
    QCOMPARE(server.asked("/llm").size(), 3);
    QVERIFY(settled(QFuture<RunResult>(gateway.run(asking(Verb::Run)))));
    QCOMPARE(server.asked("/llm").size(), 4); // known from now on
}

void AiGatewayLlmTest::a503IsNot()
{
    ScriptedGateway server;
    server.answer("/llm", {IsGateway, Answer(503, R"({"error":{"message":"Service Unavailable Error"}})")});
    Gateway gateway(aiConfig(server.url()));
    QCOMPARE(errorOf(settled(QFuture<RunResult>(gateway.run(asking(Verb::Run))))).kind(), Error::Kind::NoOrchestrator);
    QCOMPARE(server.asked("/llm").size(), 2);
}

void AiGatewayLlmTest::aKeyThatIsMissingIsAskedFor()
{
    ScriptedGateway server;
    server.answer("/llm", {Answer(401, R"({"error":"unauthorized"})")});
    Gateway gateway(aiConfig(server.url()));
    const Error error = errorOf(settled(QFuture<RunResult>(gateway.run(asking(Verb::Run)))));
    QCOMPARE(error.httpStatus(), 401);
    QVERIFY2(error.advice().contains(QStringLiteral("API key")), qUtf8Printable(error.advice()));
    QCOMPARE(server.asked("/llm").size(), 1); // the question alone
}

void AiGatewayLlmTest::stoppingClosesTheConnection()
{
    ScriptedGateway server;
    server.answer("/llm", {IsGateway, ScriptedGateway::hanging(gatewayChunk("Hel", ""), "text/event-stream")});
    Gateway gateway(aiConfig(server.url()));
    const auto stream = gateway.stream(asking(Verb::Stream));
    QSignalSpy events(stream.get(), &StreamResponse::event);
    QTRY_VERIFY(!events.isEmpty());
    QCOMPARE(server.left(), 0);
    stream->close();
    QTRY_COMPARE(server.left(), 1);
}

QTEST_GUILESS_MAIN(AiGatewayLlmTest)
#include "tst_aigateway_llm.moc"
