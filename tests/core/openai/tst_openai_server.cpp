#include "server_samples.h"

using namespace sluice;
using namespace sluice::openai;

/// The server over real sockets, in front of an upstream that does what it is told: what it answers.
class TestOpenAiServer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void openai_25_aStreamHasItsRoleAndItsEnd();
    void openai_28_usageIsThereWhenItIsAskedFor();
    void openai_26_idAndTimeAreTheSameThroughout();
    void openai_27_streamsEndWithDone_data();
    void openai_27_streamsEndWithDone();
    void openai_29_stopTextsAreNotReturned();
    void openai_30_partsOfTextAreJoined();
    void openai_31_theNewNameOfTheTokenLimitWins();
    void openai_33_modelsAreAList();
    void openai_34_itWorksWithoutAVersion();
    void openai_35_aStreamIsOneWhateverIsAccepted();
    void openai_36_aFailureInTheMiddleIsAnEvent_data();
    void openai_36_aFailureInTheMiddleIsAnEvent();
    void openai_38_contentTypes();
    void openai_48_eachChunkGoesOutWhenItComes();
    void openai_56_whatMayBeIgnoredIs();
    void openai_57_responses();
    void openai_58_theEndMarkerEndsIt();
    void severalAnswersAreSeveralCalls();
    void completionsAreAChatOfOneMessage();
    void anOpenAiUpstreamGetsTheBodyAsItIs();
    void whatOnlyStreamsIsPutTogether();
};

void TestOpenAiServer::openai_25_aStreamHasItsRoleAndItsEnd()
{
    ServerFixture f;
    f.upstream.thenEvents({delta("Hel"), delta("lo"), delta("", "stop")});
    auto events = f.chat(R"("stream":true)").events();
    QVERIFY(events.size() >= 4);
    QCOMPARE(parsed(events.first()).find(QStringLiteral("/choices/0/delta/role")).value_or(Json()).toString(), QStringLiteral("assistant"));
    QCOMPARE(textOf(events), QStringLiteral("Hello"));
    QCOMPARE(events.takeLast(), QByteArray("[DONE]"));
    QCOMPARE(parsed(events.last()).find(QStringLiteral("/choices/0/finish_reason")).value_or(Json()).toString(), QStringLiteral("stop"));
}

void TestOpenAiServer::openai_28_usageIsThereWhenItIsAskedFor()
{
    ServerFixture f;
    f.upstream.thenEvents({delta("Hel"), delta("lo"), delta("", "stop")});
    auto events = f.chat(R"("stream":true,"stream_options":{"include_usage":true})").events();
    QCOMPARE(events.takeLast(), QByteArray("[DONE]"));
    const Json usage = parsed(events.takeLast());
    QCOMPARE(usage.value(QStringLiteral("choices")).size(), 0);
    QCOMPARE(usage.find(QStringLiteral("/usage/total_tokens")).value_or(Json()).toInt64().value_or(0), 10);
    for (const QByteArray &event : std::as_const(events)) {
        QVERIFY(parsed(event).contains(QStringLiteral("usage")));
        QVERIFY(parsed(event).value(QStringLiteral("usage")).isNull());
    }
    const auto plain = f.chat(R"("stream":true)").events();
    for (const QByteArray &event : plain)
        QVERIFY(!parsed(event).contains(QStringLiteral("usage")));
}

void TestOpenAiServer::openai_26_idAndTimeAreTheSameThroughout()
{
    ServerFixture f;
    f.upstream.thenEvents({delta("a", {}, 1), delta("b", {}, 2), delta("", "stop", 3)});
    auto events = f.chat(R"("stream":true)").events();
    events.removeLast();
    QSet<QString> ids;
    QSet<qint64> times;
    for (const QByteArray &event : std::as_const(events)) {
        ids.insert(parsed(event).value(QStringLiteral("id")).toString());
        times.insert(parsed(event).value(QStringLiteral("created")).toInt64().value_or(-1));
    }
    QCOMPARE(ids.size(), 1);
    QCOMPARE(times.size(), 1);
}

void TestOpenAiServer::openai_27_streamsEndWithDone_data()
{
    QTest::addColumn<int>("dialect");
    QTest::addColumn<QByteArrayList>("events");
    QTest::newRow("today's gateway") << int(Dialect::Gateway) << QByteArrayList{delta("Hi"), delta("", "stop")};
    QTest::newRow("the older form") << int(Dialect::Legacy)
                                    << QByteArrayList{R"({"chunk":"Hi"})", R"({"tokens_used":4})", R"({"chunk":"[DONE]","tokens_used":4,"done":true})"};
    QTest::newRow("OpenAI's") << int(Dialect::OpenAi) << QByteArrayList{delta("Hi"), R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})", "[DONE]"};
}

void TestOpenAiServer::openai_27_streamsEndWithDone()
{
    QFETCH(int, dialect);
    QFETCH(QByteArrayList, events);
    ServerFixture f{Dialect(dialect)};
    f.upstream.thenEvents(events);
    const auto answer = f.chat(R"("stream":true)");
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.endsWith("data: [DONE]\n\n"));
    QCOMPARE(textOf(answer.events()), QStringLiteral("Hi"));
    QCOMPARE(answer.body.count("[DONE]"), 1);
}

void TestOpenAiServer::openai_29_stopTextsAreNotReturned()
{
    ServerFixture f;
    for (const QByteArray &stop : {QByteArray(R"("stop":" there")"), QByteArray(R"("stop":["zzz"," there"])")}) {
        f.upstream.thenJson(200, Hello);
        QCOMPARE(f.chat(stop).json().find(QStringLiteral("/choices/0/message/content")).value_or(Json()).toString(), QStringLiteral("Hello"));
    }
    ServerFixture streamed;
    streamed.upstream.thenEvents({delta("Hello th"), delta("ere, you"), delta("", "stop")});
    QCOMPARE(textOf(streamed.chat(R"("stream":true,"stop":" there")").events()), QStringLiteral("Hello"));
}

void TestOpenAiServer::openai_30_partsOfTextAreJoined()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    const QString path = QStringLiteral("/v1/chat/completions");
    QCOMPARE(f.post(path, R"({"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]})").status, 200);
    QCOMPARE(parsed(f.upstream.asked().last().body).find(QStringLiteral("/messages/0/content")).value_or(Json()).toString(), QStringLiteral("ab"));
    const auto refused = f.post(path, R"({"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA"}}]}]})");
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.error().value(QStringLiteral("param")).toString(), QStringLiteral("messages"));
    QCOMPARE(f.upstream.count(), 1);
}

void TestOpenAiServer::openai_31_theNewNameOfTheTokenLimitWins()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    QCOMPARE(f.chat(R"("max_tokens":5,"max_completion_tokens":7)").status, 200);
    QCOMPARE(parsed(f.upstream.asked().last().body).value(QStringLiteral("max_tokens")).toInt64().value_or(0), 7);
}

void TestOpenAiServer::openai_33_modelsAreAList()
{
    ServerFixture f(Dialect::OpenAi);
    f.upstream.thenJson(200, R"({"object":"list","data":[{"id":"a/b","object":"model","created":7,"owned_by":"x","meta":{"n":1}},{"id":"c"}]})");
    const Json list = f.send("GET", QStringLiteral("/v1/models")).json();
    QCOMPARE(list.value(QStringLiteral("object")).toString(), QStringLiteral("list"));
    QCOMPARE(list.value(QStringLiteral("data")).size(), 2);
    const Json raw = f.send("GET", QStringLiteral("/v1/models/a/b")).json();
    QCOMPARE(raw.value(QStringLiteral("id")).toString(), QStringLiteral("a/b"));
    QVERIFY(raw == f.send("GET", QStringLiteral("/models/a%2Fb")).json());
    QCOMPARE(raw.find(QStringLiteral("/meta/n")).value_or(Json()).toInt64().value_or(0), 1);
    const auto none = f.send("GET", QStringLiteral("/v1/models/zz"));
    QCOMPARE(none.status, 404);
    QCOMPARE(none.error().value(QStringLiteral("code")).toString(), QStringLiteral("model_not_found"));
    // A gateway does not tell, unless it has our list.
    ServerFixture gateway;
    gateway.upstream.thenJson(404, "404 page not found");
    gateway.upstream.thenJson(200, R"([{"name":"llm","model_id":"m1"},{"name":"text-to-image","model_id":"m2"}])");
    QCOMPARE(gateway.send("GET", QStringLiteral("/v1/models")).json().value(QStringLiteral("data")).size(), 0);
    const Json told = gateway.send("GET", QStringLiteral("/v1/models")).json().value(QStringLiteral("data"));
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.at(0).value(QStringLiteral("id")).toString(), QStringLiteral("m1"));
}

void TestOpenAiServer::openai_34_itWorksWithoutAVersion()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    const QByteArray body = R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})";
    for (const char *path : {"/chat/completions", "/v1/chat/completions"})
        QCOMPARE(f.post(QLatin1String(path), body).status, 200);
}

void TestOpenAiServer::openai_35_aStreamIsOneWhateverIsAccepted()
{
    ServerFixture f;
    f.upstream.thenEvents({delta("Hi"), delta("", "stop")});
    const QByteArray body = R"({"model":"m","stream":true,"messages":[{"role":"user","content":"Hi"}]})";
    const auto answer = f.post(QStringLiteral("/v1/chat/completions"), body, {{"Accept", "application/json"}});
    QVERIFY(answer.header("Content-Type").startsWith("text/event-stream"));
    QVERIFY(answer.body.endsWith("data: [DONE]\n\n"));
}

void TestOpenAiServer::openai_36_aFailureInTheMiddleIsAnEvent_data()
{
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<bool>("cut");
    QTest::newRow("told") << QByteArray(R"({"error":{"message":"the model fell over"}})") << false;
    QTest::newRow("no end") << QByteArray() << false;
    QTest::newRow("cut") << QByteArray() << true;
    QTest::newRow("nonsense") << QByteArray("{\"cho") << false;
}

void TestOpenAiServer::openai_36_aFailureInTheMiddleIsAnEvent()
{
    QFETCH(QByteArray, second);
    QFETCH(bool, cut);
    ServerFixture f;
    ScriptedUpstream::Answer script;
    script.type = "text/event-stream";
    script.pieces = {"data: " + delta("Hel") + "\n\n"};
    if (!second.isEmpty())
        script.pieces.append("data: " + second + "\n\n");
    script.cut = cut;
    f.upstream.then(script);
    const auto answer = f.chat(R"("stream":true)");
    QCOMPARE(answer.status, 200);
    const auto events = answer.events();
    QCOMPARE(textOf(events), QStringLiteral("Hel"));
    QVERIFY2(parsed(events.last()).contains(QStringLiteral("error")), events.last().constData());
    QVERIFY(!answer.body.contains("[DONE]"));
}

void TestOpenAiServer::openai_38_contentTypes()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    QCOMPARE(f.chat({}).header("Content-Type"), QByteArray("application/json"));
    ServerFixture streamed;
    streamed.upstream.thenEvents({delta("Hi"), delta("", "stop")});
    const auto answer = streamed.post(QStringLiteral("/v1/chat/completions"), R"({"model":"m","stream":true,"messages":[{"role":"user","content":"Hi"}]})", {{"Accept-Encoding", "gzip, deflate"}});
    QVERIFY(answer.header("Content-Encoding").isEmpty());
    QCOMPARE(answer.header("Cache-Control"), QByteArray("no-cache"));
}

void TestOpenAiServer::openai_48_eachChunkGoesOutWhenItComes()
{
    ServerFixture f;
    f.upstream.thenEvents({delta("one"), QByteArray(), delta("two"), QByteArray(), delta("", "stop")});
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(f.url.port()));
    QVERIFY(socket.waitForConnected(5000));
    const QByteArray body = R"({"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true})";
    socket.write("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QByteArray got;
    const auto until = [&](const QByteArray &text) {
        while (!got.contains(text) && socket.waitForReadyRead(5000))
            got += socket.readAll();
        return got.contains(text);
    };
    QVERIFY(until("one"));
    QVERIFY(!got.contains("two"));
    f.upstream.release();
    QVERIFY(until("two"));
    QVERIFY(!got.contains("[DONE]"));
    f.upstream.release();
    QVERIFY(until("[DONE]"));
}

void TestOpenAiServer::openai_56_whatMayBeIgnoredIs()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    const auto plain = f.chat({}).json().value(QStringLiteral("choices"));
    const auto full = f.chat(R"("seed":1,"user":"u","metadata":{"a":"b"},"store":true,"service_tier":"auto","frequency_penalty":0.5,"reasoning_effort":"low","verbosity":"low",)"
                             R"("parallel_tool_calls":true,"prompt_cache_key":"k","safety_identifier":"s","modalities":["text"],"tools":[],"logit_bias":{},"unknown_key":[1])");
    QVERIFY2(full.status == 200, full.body.constData());
    QVERIFY(full.json().value(QStringLiteral("choices")) == plain);
}

void TestOpenAiServer::openai_57_responses()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    const QString path = QStringLiteral("/v1/responses");
    const auto answer = f.post(path, R"({"model":"m","input":"Hi","instructions":"Be brief","max_output_tokens":5})");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json().find(QStringLiteral("/output/0/content/0/text")).value_or(Json()).toString(), QStringLiteral("Hello there"));
    QCOMPARE(answer.json().value(QStringLiteral("status")).toString(), QStringLiteral("completed"));
    QCOMPARE(answer.json().find(QStringLiteral("/usage/output_tokens")).value_or(Json()).toInt64().value_or(0), 2);
    const Json asked = parsed(f.upstream.asked().last().body);
    QCOMPARE(asked.find(QStringLiteral("/messages/0/role")).value_or(Json()).toString(), QStringLiteral("system"));
    QCOMPARE(asked.value(QStringLiteral("max_tokens")).toInt64().value_or(0), 5);
    for (const char *member : {"previous_response_id", "conversation", "background", "tools"}) {
        const QByteArray value = qstrcmp(member, "background") == 0 ? "true" : qstrcmp(member, "tools") == 0 ? "[{}]" : "\"x\"";
        const auto refused = f.post(path, R"({"model":"m","input":"Hi",")" + QByteArray(member) + "\":" + value + "}");
        QCOMPARE(refused.status, 400);
        QCOMPARE(refused.error().value(QStringLiteral("param")).toString(), QLatin1String(member));
    }
    ServerFixture streamed;
    streamed.upstream.thenEvents({delta("Hel"), delta("lo"), delta("", "stop")});
    const auto stream = streamed.post(path, R"({"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"Hi"}]}],"stream":true})");
    QStringList types;
    int number = 0;
    for (const QByteArray &event : stream.events()) {
        types.append(parsed(event).value(QStringLiteral("type")).toString());
        QCOMPARE(parsed(event).value(QStringLiteral("sequence_number")).toInt64().value_or(-1), number++);
        QVERIFY(stream.body.contains("event: " + types.last().toLatin1() + "\n"));
    }
    QCOMPARE(types.join(u' ').remove(QStringLiteral("response.")), QStringLiteral("created in_progress output_item.added content_part.added output_text.delta output_text.delta "
                                                                              "output_text.done content_part.done output_item.done completed"));
    QVERIFY(!stream.body.contains("[DONE]"));
}

void TestOpenAiServer::openai_58_theEndMarkerEndsIt()
{
    for (const Dialect dialect : {Dialect::Gateway, Dialect::Legacy, Dialect::OpenAi}) {
        ServerFixture f(dialect);
        ScriptedUpstream::Answer script;
        script.type = "text/event-stream";
        if (dialect == Dialect::Legacy)
            script.pieces = {"data: {\"chunk\":\"Hi\"}\n\n", "data: {\"chunk\":\"[DONE]\",\"tokens_used\":2,\"done\":true}\n\n"};
        else if (dialect == Dialect::OpenAi)
            script.pieces = {"data: " + delta("Hi") + "\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"};
        else
            script.pieces = {"data: " + delta("Hi") + "\n\n", "data: " + delta("", "stop") + "\n\n"};
        script.stays = true;
        f.upstream.then(script);
        const auto answer = f.chat(R"("stream":true)");
        QVERIFY(answer.body.endsWith("data: [DONE]\n\n"));
        QTRY_COMPARE(f.upstream.left(), 1);
    }
}

void TestOpenAiServer::severalAnswersAreSeveralCalls()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    const Json answer = f.chat(R"("n":3)").json();
    QCOMPARE(f.upstream.count(), 3);
    QCOMPARE(answer.value(QStringLiteral("choices")).size(), 3);
    QCOMPARE(answer.find(QStringLiteral("/choices/2/index")).value_or(Json()).toInt64().value_or(0), 2);
    QCOMPARE(answer.find(QStringLiteral("/usage/completion_tokens")).value_or(Json()).toInt64().value_or(0), 6);
    ServerFixture streamed;
    streamed.upstream.thenEvents({delta("Hi"), delta("", "stop")});
    const auto events = streamed.chat(R"("stream":true,"n":2)").events();
    QCOMPARE(streamed.upstream.count(), 2);
    QCOMPARE(events.last(), QByteArray("[DONE]"));
    QMap<qint64, QString> texts;
    for (const QByteArray &event : events) {
        for (const Json &choice : parsed(event).value(QStringLiteral("choices")).items())
            texts[choice.value(QStringLiteral("index")).toInt64().value_or(-1)] += choice.find(QStringLiteral("/delta/content")).value_or(Json()).toString();
    }
    QCOMPARE(texts, (QMap<qint64, QString>{{0, QStringLiteral("Hi")}, {1, QStringLiteral("Hi")}}));
}

void TestOpenAiServer::completionsAreAChatOfOneMessage()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    const QString path = QStringLiteral("/v1/completions");
    const Json answer = f.post(path, R"({"model":"m","prompt":"Say","max_tokens":4})").json();
    QCOMPARE(answer.value(QStringLiteral("object")).toString(), QStringLiteral("text_completion"));
    QCOMPARE(answer.find(QStringLiteral("/choices/0/text")).value_or(Json()).toString(), QStringLiteral("Hello there"));
    QCOMPARE(parsed(f.upstream.asked().last().body).find(QStringLiteral("/messages/0/content")).value_or(Json()).toString(), QStringLiteral("Say"));
    QCOMPARE(f.post(path, R"({"model":"m","prompt":["a","b"]})").error().value(QStringLiteral("param")).toString(), QStringLiteral("prompt"));
    ServerFixture streamed;
    streamed.upstream.thenEvents({delta("Hel"), delta("lo"), delta("", "stop")});
    const auto events = streamed.post(path, R"({"model":"m","prompt":"Say","stream":true})").events();
    QString text;
    for (const QByteArray &event : events)
        text += parsed(event).find(QStringLiteral("/choices/0/text")).value_or(Json()).toString();
    QCOMPARE(text, QStringLiteral("Hello"));
    QCOMPARE(events.last(), QByteArray("[DONE]"));
}

void TestOpenAiServer::anOpenAiUpstreamGetsTheBodyAsItIs()
{
    ServerFixture f(Dialect::OpenAi);
    f.upstream.thenJson(200, R"({"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi","tool_calls":[{"id":"t","type":"function","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2},"timings":{"ms":3}})");
    const QByteArray body = R"({"model":"m","messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f"}}],"n":2,"x_own":[1.50]})";
    const auto answer = f.post(QStringLiteral("/v1/chat/completions"), body);
    QCOMPARE(f.upstream.asked().last().body, body);
    QCOMPARE(f.upstream.asked().last().path, QByteArray("/v1/chat/completions"));
    QCOMPARE(answer.json().find(QStringLiteral("/timings/ms")).value_or(Json()).toInt64().value_or(0), 3);
    QCOMPARE(answer.json().find(QStringLiteral("/choices/0/message/tool_calls/0/id")).value_or(Json()).toString(), QStringLiteral("t"));
    f.upstream.thenJson(200, R"({"object":"list","data":[{"embedding":[0.1]}]})");
    f.upstream.thenJson(200, "{}");
    const auto embedded = f.post(QStringLiteral("/v1/embeddings"), R"({"model":"m","input":"x"})");
    QCOMPARE(embedded.status, 200);
    QCOMPARE(f.upstream.asked().last().path, QByteArray("/v1/embeddings"));
}

void TestOpenAiServer::whatOnlyStreamsIsPutTogether()
{
    ServerFixture f(Dialect::OpenAi);
    f.upstream.thenEvents({R"({"choices":[{"index":0,"delta":{"role":"assistant","content":"Hel","reasoning":"th"}}]})",
        R"({"choices":[{"index":0,"delta":{"content":"lo","reasoning":"ink","tool_calls":[{"index":0,"id":"t","type":"function","function":{"name":"f","arguments":"{\"a\""}}]}}]})",
        R"({"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]},"finish_reason":"tool_calls"}]})",
        R"({"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}})", "[DONE]"});
    const auto answer = f.chat({});
    QVERIFY2(answer.status == 200, answer.body.constData());
    const Json choice = answer.json().value(QStringLiteral("choices")).at(0);
    QCOMPARE(choice.find(QStringLiteral("/message/content")).value_or(Json()).toString(), QStringLiteral("Hello"));
    QCOMPARE(choice.find(QStringLiteral("/message/reasoning")).value_or(Json()).toString(), QStringLiteral("think"));
    QCOMPARE(choice.find(QStringLiteral("/message/tool_calls/0/function/arguments")).value_or(Json()).toString(), QStringLiteral("{\"a\":1}"));
    QCOMPARE(choice.value(QStringLiteral("finish_reason")).toString(), QStringLiteral("tool_calls"));
    f.upstream.thenEvents({R"({"choices":[{"index":0,"delta":{"content":"Hel"}}]})"});
    QCOMPARE(f.chat({}).status, 200); // the one before, once more
    QCOMPARE(f.chat({}).status, 502);
}

QTEST_GUILESS_MAIN(TestOpenAiServer)
#include "tst_openai_server.moc"
