#include "openai_samples.h"

#include "sluice/openai/alike_pieces_p.h"
#include "sluice/openai/stop_filter.h"

using namespace sluice;
using namespace sluice::openai;
using namespace sluice::openai::test;
using Kind = ChatEvent::Kind;

namespace {

const QByteArray Legacy = "data: {\"chunk\":\"Hel\"}\n\ndata: {\"chunk\":\"lo\"}\n\ndata: {\"tokens_used\":42}\n\ndata: {}\n\n"
                          "data: {\"chunk\":\"[DONE]\",\"tokens_used\":42,\"done\":true}\n\n";

QByteArray piece(const QByteArray &content, const QByteArray &reason = "", int total = 3, int created = 1760000000)
{
    return R"(data: {"id":"up-1","created":)" + QByteArray::number(created) + R"(,"model":"org/m","choices":[{"index":0,"delta":{"role":"assistant","content":")" + content
        + R"("},"finish_reason":")" + reason + R"("}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":)" + QByteArray::number(total) + "}}\n\n";
}

const QByteArray Gateway = piece("Hel", "", 2, 1760000000) + piece("lo", "", 3, 1760000001) + piece("", "stop", 4, 1760000002);

const QByteArray OpenAi = "data: {\"id\":\"o\",\"object\":\"chat.completion.chunk\",\"created\":9,\"model\":\"served\",\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n"
                          "data: {\"id\":\"o\",\"object\":\"chat.completion.chunk\",\"created\":9,\"model\":\"served\",\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n"
                          "data: {\"id\":\"o\",\"object\":\"chat.completion.chunk\",\"created\":9,\"model\":\"served\",\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"length\"}]}\n\n"
                          "data: [DONE]\n\n";

/// All events of a stream that comes in these pieces and then closes.
QList<ChatEvent> eventsOf(const QList<QByteArray> &pieces, Dialect dialect, const ChatRequest &request = hello())
{
    StreamTransform transform(request, dialect, identity());
    QList<ChatEvent> events;
    for (const QByteArray &bytes : pieces)
        events += transform.feed(bytes);
    if (!transform.ended())
        events += transform.finish();
    return events;
}

QByteArray wire(const QList<ChatEvent> &events)
{
    QByteArray bytes;
    for (const ChatEvent &event : events)
        bytes += event.sse();
    return bytes;
}

QString textIn(const QList<ChatEvent> &events, int index = 0)
{
    QString text;
    for (const ChatEvent &event : events) {
        for (const ChatChunk::Choice &choice : event.chunk.choices) {
            if (choice.index == index)
                text += choice.text();
        }
    }
    return text;
}

/// What every stream must be like (openai.md 6.3).
void checkOrder(const QList<ChatEvent> &events, bool usageWanted = false)
{
    QMap<int, int> chunks;
    QMap<int, bool> finished;
    QVERIFY(!events.isEmpty());
    for (const ChatEvent &event : events) {
        QCOMPARE(event.isEnd(), &event == &events.last());
        if (event.isEnd())
            continue;
        const Json json = event.chunk.toJson();
        QCOMPARE(event.chunk.toText(), json.dump());
        QCOMPARE(json.value(QStringLiteral("id")), events.first().chunk.toJson().value(QStringLiteral("id")));
        QCOMPARE(json.value(QStringLiteral("created")), events.first().chunk.toJson().value(QStringLiteral("created")));
        QCOMPARE(json.contains(QStringLiteral("usage")), usageWanted);
        for (const ChatChunk::Choice &choice : event.chunk.choices) {
            QVERIFY(!finished.value(choice.index));
            const bool first = chunks[choice.index]++ == 0;
            QCOMPARE(choice.delta.contains(QStringLiteral("role")), first);
            finished[choice.index] = choice.finishReason.has_value();
            if (choice.finishReason)
                QVERIFY(!choice.finishReason->isEmpty() && choice.delta.size() == 0);
        }
    }
    if (events.last().kind == Kind::Complete) {
        QVERIFY(!finished.isEmpty());
        for (const bool each : finished)
            QVERIFY(each);
    }
}

} // namespace

class TestOpenAiStream : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyDialectIsTheSameAtEverySplit_data();
    void everyDialectIsTheSameAtEverySplit();
    void openai_06_theMarkOfALegacyStreamIsNoText();
    void openai_07_tokensAreThoseOfTheLastEvent();
    void openai_08_aLegacyStreamWithoutItsEndIsIncomplete();
    void openai_11_aGatewaysStreamIsCompleteAtItsFinishReason();
    void openai_12_anEmptyFinishReasonEndsNothing();
    void openai_13_anEventWithoutChoicesIsSkipped();
    void openai_26_idAndTimeAreTheSameInAllChunks();
    void openai_29_stopTextsAreNotGivenBack_data();
    void openai_29_stopTextsAreNotGivenBack();
    void theFirstCompleteStopTextWins();
    void stopTextsTakeAsLongAsTheText();
    void usageIsToldAsItWasAsked();
    void severalCallsAreOneStream();
    void oneFailedCallEndsThemAll();
    void anOpenAiServersPiecesLoseNothing();
    void whatAnOpenAiServerLeavesOutIsAdded();
    void anOpenAiStreamThatJustEndsIsCompleteWhenItSaidSo();
    void failuresAreToldAndNotDone_data();
    void failuresAreToldAndNotDone();
    void aWholeAnswerIsAStream();
    void anErrorAnswerIsAFailure();
    void anUnfinishedLastEventCounts();
    void nothingComesAfterTheEnd();
    void alikePiecesGoTheShortWayAndComeOutTheSame_data();
    void alikePiecesGoTheShortWayAndComeOutTheSame();
    void theFourFunctionsNeedNoSocket();
};

void TestOpenAiStream::everyDialectIsTheSameAtEverySplit_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<int>("dialect");
    QTest::addColumn<QString>("text");
    QTest::newRow("legacy") << Legacy << int(Dialect::Legacy) << QStringLiteral("Hello");
    QTest::newRow("gateway") << Gateway << int(Dialect::Gateway) << QStringLiteral("Hello");
    QTest::newRow("OpenAI") << OpenAi << int(Dialect::OpenAi) << QStringLiteral("Hello");
    QTest::newRow("CRLF") << QByteArray(Legacy).replace('\n', "\r\n") << int(Dialect::Legacy) << QStringLiteral("Hello");
    QTest::newRow("characters of several bytes") << QByteArray("data: {\"chunk\":\"\xC3\xA4\xF0\x9F\x98\x80\"}\n\ndata: {\"done\":true}\n\n") << int(Dialect::Legacy) << QStringLiteral("ä😀");
    QTest::newRow("labelled as the other dialect") << Legacy << int(Dialect::Gateway) << QStringLiteral("Hello");
    QTest::newRow("the other way") << Gateway << int(Dialect::Legacy) << QStringLiteral("Hello");
}

void TestOpenAiStream::everyDialectIsTheSameAtEverySplit()
{
    QFETCH(QByteArray, stream);
    QFETCH(int, dialect);
    QFETCH(QString, text);
    const ChatRequest request = hello(R"("stream_options":{"include_usage":true})");
    const QList<ChatEvent> whole = eventsOf({stream}, Dialect(dialect), request);
    checkOrder(whole, true);
    QCOMPARE(whole.last().kind, Kind::Complete);
    QCOMPARE(textIn(whole), text);
    QVERIFY(wire(whole).endsWith("\n\ndata: [DONE]\n\n"));
    for (qsizetype cut = 0; cut <= stream.size(); ++cut)
        QCOMPARE(wire(eventsOf({stream.left(cut), stream.mid(cut)}, Dialect(dialect), request)), wire(whole));
}

void TestOpenAiStream::openai_06_theMarkOfALegacyStreamIsNoText()
{
    const QList<ChatEvent> events = eventsOf({Legacy}, Dialect::Legacy);
    QCOMPARE(textIn(events), QStringLiteral("Hello"));
    QVERIFY(!wire(events.mid(0, events.size() - 1)).contains("DONE"));
    // The same text is text where it is no mark.
    QCOMPARE(textIn(eventsOf({"data: {\"chunk\":\"[DONE]\"}\n\ndata: {\"done\":true,\"chunk\":\"any\"}\n\n"}, Dialect::Legacy)), QStringLiteral("[DONE]"));
}

void TestOpenAiStream::openai_07_tokensAreThoseOfTheLastEvent()
{
    const QList<ChatEvent> events = eventsOf({Legacy}, Dialect::Legacy, hello(R"("stream_options":{"include_usage":true})"));
    QCOMPARE(events.at(events.size() - 2).chunk.usage->totalTokens, 42);
    const QList<ChatEvent> growing = eventsOf({"data: {\"chunk\":\"a\",\"tokens_used\":1}\n\ndata: {\"tokens_used\":5}\n\ndata: {\"tokens_used\":6,\"done\":true}\n\n"}, Dialect::Legacy,
        hello(R"("stream_options":{"include_usage":true})"));
    QCOMPARE(growing.at(growing.size() - 2).chunk.usage->totalTokens, 6);
}

void TestOpenAiStream::openai_08_aLegacyStreamWithoutItsEndIsIncomplete()
{
    for (const char *stream : {"data: {\"chunk\":\"Hel\"}\n\n", "data: {\"chunk\":\"Hel\"}\n\ndata: {\"tokens_used\":42}\n\n", "data: {}\n\n"}) {
        StreamTransform transform(hello(), Dialect::Legacy, identity());
        transform.begin(200, "text/event-stream");
        QList<ChatEvent> events = transform.feed(stream);
        QVERIFY(!transform.ended());
        events += transform.finish();
        QCOMPARE(events.last().kind, Kind::Incomplete);
        QCOMPARE(events.last().error.status, 502);
        QVERIFY(!wire(events).contains("[DONE]"));
        QVERIFY(wire(events).contains("data: {\"error\":{\"message\":\"The upstream's answer ended before it was complete.\""));
    }
}

void TestOpenAiStream::openai_11_aGatewaysStreamIsCompleteAtItsFinishReason()
{
    StreamTransform transform(hello(), Dialect::Gateway, identity());
    const QList<ChatEvent> events = transform.feed(Gateway); // and the connection stays open
    QVERIFY(transform.ended());
    QVERIFY(transform.callEnded(0));
    QCOMPARE(events.last().kind, Kind::Complete);
    QVERIFY(transform.feed(piece("late")).isEmpty());
}

void TestOpenAiStream::openai_12_anEmptyFinishReasonEndsNothing()
{
    StreamTransform transform(hello(), Dialect::Gateway, identity());
    QList<ChatEvent> events = transform.feed(piece("a") + piece("b"));
    QVERIFY(!transform.ended());
    QVERIFY(wire(events).contains("\"finish_reason\":null"));
    QVERIFY(!wire(events).contains("\"finish_reason\":\"\""));
    events += transform.finish();
    QCOMPARE(events.last().kind, Kind::Incomplete);
}

void TestOpenAiStream::openai_13_anEventWithoutChoicesIsSkipped()
{
    const QByteArray odd = "data: {\"choices\":null,\"created\":0,\"id\":\"\",\"model\":\"\"}\n\ndata: {\"choices\":[]}\n\ndata: {\"choices\":[null,5]}\n\n";
    const QList<ChatEvent> events = eventsOf({odd + piece("Hel") + odd + piece("lo", "stop")}, Dialect::Gateway);
    checkOrder(events);
    QCOMPARE(textIn(events), QStringLiteral("Hello"));
    QCOMPARE(eventsOf({odd}, Dialect::Gateway).last().kind, Kind::Incomplete);
}

void TestOpenAiStream::openai_26_idAndTimeAreTheSameInAllChunks()
{
    const QList<ChatEvent> events = eventsOf({Gateway}, Dialect::Gateway);
    checkOrder(events);
    QCOMPARE(events.first().chunk.id, QStringLiteral("up-1"));
    QCOMPARE(events.first().chunk.created, 1760000000);
    QCOMPARE(eventsOf({Legacy}, Dialect::Legacy).first().chunk.id, identity().id);
}

void TestOpenAiStream::openai_29_stopTextsAreNotGivenBack_data()
{
    QTest::addColumn<QByteArray>("stop");
    QTest::addColumn<QStringList>("pieces");
    QTest::addColumn<QString>("text");
    QTest::newRow("one, as a text") << QByteArray(R"("END")") << QStringList{QStringLiteral("one END two")} << QStringLiteral("one ");
    QTest::newRow("one, as a list") << QByteArray(R"(["END"])") << QStringList{QStringLiteral("one END two")} << QStringLiteral("one ");
    QTest::newRow("across pieces") << QByteArray(R"("END")") << QStringList{QStringLiteral("one E"), QStringLiteral("N"), QStringLiteral("D two")} << QStringLiteral("one ");
    QTest::newRow("almost") << QByteArray(R"("END")") << QStringList{QStringLiteral("EN"), QStringLiteral("EN"), QStringLiteral("X")} << QStringLiteral("ENENX");
    QTest::newRow("held back to the end") << QByteArray(R"("END")") << QStringList{QStringLiteral("one EN")} << QStringLiteral("one EN");
    QTest::newRow("at the start") << QByteArray(R"("a")") << QStringList{QStringLiteral("a"), QStringLiteral("b")} << QString();
    QTest::newRow("overlapping itself") << QByteArray(R"("aab")") << QStringList{QStringLiteral("aa"), QStringLiteral("aab")} << QStringLiteral("aa");
    QTest::newRow("of several bytes") << QByteArray(R"("\ud83d\ude00")") << QStringList{QStringLiteral("😁"), QStringLiteral("😀x")} << QStringLiteral("😁");
}

void TestOpenAiStream::openai_29_stopTextsAreNotGivenBack()
{
    QFETCH(QByteArray, stop);
    QFETCH(QStringList, pieces);
    QFETCH(QString, text);
    const ChatRequest request = hello("\"stop\":" + stop + R"(,"stream_options":{"include_usage":true})");
    QByteArray legacy;
    QByteArray gateway;
    for (const QString &one : pieces) {
        legacy += "data: " + Json{{"chunk", one}}.dump() + "\n\n";
        gateway += piece(one.toUtf8());
    }
    for (const auto &[stream, dialect] : {std::pair(legacy + "data: {\"done\":true,\"chunk\":\"[DONE]\"}\n\n", Dialect::Legacy), std::pair(gateway + piece("", "length"), Dialect::Gateway)}) {
        const QList<ChatEvent> events = eventsOf({stream}, dialect, request);
        checkOrder(events, true);
        QCOMPARE(events.last().kind, Kind::Complete);
        QCOMPARE(textIn(events), text);
        const bool stopped = text != pieces.join(QString());
        const ChatChunk last = events.at(events.size() - 3).chunk;
        QCOMPARE(last.choices.first().finishReason, std::optional(stopped || dialect == Dialect::Legacy ? QStringLiteral("stop") : QStringLiteral("length")));
    }
}

void TestOpenAiStream::theFirstCompleteStopTextWins()
{
    const auto cut = [](const QStringList &stops, const QString &text) {
        QStringList results;
        for (qsizetype at = 0; at <= text.size(); ++at) {
            StopFilter filter(stops);
            QString given = filter.feed(text.left(at));
            given += filter.feed(text.mid(at));
            given += filter.finish();
            results.append(given);
        }
        results.removeDuplicates();
        return results.join(QLatin1Char('|')); // one result, however it was cut
    };
    QCOMPARE(cut({QStringLiteral("abcd"), QStringLiteral("bc")}, QStringLiteral("xabcdy")), QStringLiteral("xa"));
    QCOMPARE(cut({QStringLiteral("abc"), QStringLiteral("bc")}, QStringLiteral("xabcdy")), QStringLiteral("x"));
    QCOMPARE(cut({QStringLiteral("late"), QStringLiteral("soon")}, QStringLiteral("now soon late")), QStringLiteral("now "));
    QCOMPARE(cut({QStringLiteral("\n\n")}, QStringLiteral("a\nb\n\nc")), QStringLiteral("a\nb"));
    QCOMPARE(cut({QStringLiteral("never")}, QStringLiteral("neve")), QStringLiteral("neve"));
}

void TestOpenAiStream::stopTextsTakeAsLongAsTheText()
{
    StopFilter filter({QString(200'000, QLatin1Char('a')) + QLatin1Char('b')});
    qsizetype given = 0;
    for (int i = 0; i < 1'000; ++i)
        given += filter.feed(QString(500, QLatin1Char('a'))).size();
    given += filter.finish().size();
    QCOMPARE(given, qsizetype(500'000));
}

void TestOpenAiStream::usageIsToldAsItWasAsked()
{
    const ChatRequest wanted = hello(R"("stream_options":{"include_usage":true})");
    for (const auto &[stream, dialect] : {std::pair(Legacy, Dialect::Legacy), std::pair(Gateway, Dialect::Gateway), std::pair(OpenAi, Dialect::OpenAi)}) {
        const QList<ChatEvent> events = eventsOf({stream}, dialect, wanted);
        const Json last = events.at(events.size() - 2).chunk.toJson();
        QCOMPARE(last.value(QStringLiteral("choices")).dump(), QByteArray("[]"));
        QVERIFY(last.value(QStringLiteral("usage")).isObject());
        for (const ChatEvent &event : events.mid(0, events.size() - 2)) {
            QVERIFY(event.chunk.toJson().contains(QStringLiteral("usage")));
            QVERIFY(event.chunk.toJson().value(QStringLiteral("usage")).isNull());
        }
        QVERIFY(!wire(eventsOf({stream}, dialect)).contains("usage"));
    }
    const QByteArray told = QByteArray(OpenAi).replace("data: [DONE]", "data: {\"id\":\"o\",\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3,\"x\":{}},\"timings\":{\"ms\":1}}\n\ndata: [DONE]");
    const QList<ChatEvent> events = eventsOf({told}, Dialect::OpenAi, wanted);
    QCOMPARE(events.at(events.size() - 2).chunk.toJson().value(QStringLiteral("usage")).dump(), QByteArray(R"({"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"x":{}})"));
    QVERIFY(wire(events).contains("\"timings\":{\"ms\":1}"));
}

void TestOpenAiStream::severalCallsAreOneStream()
{
    StreamTransform transform(hello(R"("n":2,"stop":"!","stream_options":{"include_usage":true})"), Dialect::Gateway, identity());
    QCOMPARE(transform.calls(), 2);
    QList<ChatEvent> events = transform.feed(piece("a"), 0);
    events += transform.feed(piece("x") + piece("y!z"), 1);
    QVERIFY(transform.callEnded(1) && !transform.callEnded(0) && !transform.ended());
    events += transform.feed(piece("b", "stop"), 0);
    QVERIFY(transform.ended());
    checkOrder(events, true);
    QCOMPARE(events.last().kind, Kind::Complete);
    QCOMPARE(textIn(events, 0), QStringLiteral("ab"));
    QCOMPARE(textIn(events, 1), QStringLiteral("xy"));
    QCOMPARE(events.at(events.size() - 2).chunk.usage->totalTokens, 6);
    QCOMPARE(wire(events).count("[DONE]"), qsizetype(1));
    // An OpenAI server does it in one call.
    QCOMPARE(StreamTransform(hello("\"n\":2"), Dialect::OpenAi, identity()).calls(), 1);
    const QByteArray two = "data: {\"choices\":[{\"index\":1,\"delta\":{\"role\":\"assistant\",\"content\":\"y\"}}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n"
                           "data: {\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    const QList<ChatEvent> both = eventsOf({two}, Dialect::OpenAi, hello("\"n\":2"));
    checkOrder(both);
    QCOMPARE(textIn(both, 0) + textIn(both, 1), QStringLiteral("xy"));
}

void TestOpenAiStream::oneFailedCallEndsThemAll()
{
    StreamTransform transform(hello("\"n\":2"), Dialect::Legacy, identity());
    QList<ChatEvent> events = transform.feed("data: {\"chunk\":\"a\"}\n\n", 0);
    events += transform.finish(1);
    QVERIFY(transform.ended() && transform.callEnded(0));
    QVERIFY(events.last().isEnd() && events.last().kind != Kind::Complete);
    QVERIFY(transform.feed("data: {\"chunk\":\"b\"}\n\n", 0).isEmpty());
}

void TestOpenAiStream::anOpenAiServersPiecesLoseNothing()
{
    const QByteArray stream =
        "data: {\"id\":\"o\",\"object\":\"chat.completion.chunk\",\"created\":9,\"model\":\"served\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]},\"finish_reason\":null}]}\n\n"
        "data: {\"id\":\"o\",\"object\":\"chat.completion.chunk\",\"created\":9,\"model\":\"served\",\"service_tier\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"hm\",\"x\":1.50},\"logprobs\":{\"content\":[]},\"finish_reason\":null}]}\n\n"
        "data: {\"id\":\"o\",\"object\":\"chat.completion.chunk\",\"created\":9,\"model\":\"served\",\"timings\":{\"ms\":2},\"choices\":[{\"index\":0,\"delta\":{},\"stop_reason\":5,\"finish_reason\":\"tool_calls\"}]}\n\n"
        "data: [DONE]\n\n";
    const QList<ChatEvent> events = eventsOf({stream}, Dialect::OpenAi);
    QList<QByteArray> sent = stream.split('\n');
    sent.removeAll(QByteArray());
    QCOMPARE(events.size(), sent.size());
    for (qsizetype i = 0; i + 1 < events.size(); ++i)
        QVERIFY2(orThrow(Json::parse(events.at(i).data())).equivalent(orThrow(Json::parse(sent.at(i).mid(6)))), events.at(i).data().constData());
}

void TestOpenAiStream::whatAnOpenAiServerLeavesOutIsAdded()
{
    // No role, empty pieces, no finish reason, comments as signs of life.
    const QList<ChatEvent> events = eventsOf({": ping\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: [DONE]\n\n"}, Dialect::OpenAi);
    checkOrder(events);
    QCOMPARE(wire(events), QByteArray(R"(data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"org/m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]})"
                                      "\n\n"
                                      R"(data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"org/m","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]})"
                                      "\n\n"
                                      R"(data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"org/m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})"
                                      "\n\ndata: [DONE]\n\n"));
}

void TestOpenAiStream::anOpenAiStreamThatJustEndsIsCompleteWhenItSaidSo()
{
    const QByteArray cut = QByteArray(OpenAi).replace("data: [DONE]\n\n", "");
    QCOMPARE(eventsOf({cut}, Dialect::OpenAi).last().kind, Kind::Complete);
    const QByteArray shorter = cut.left(cut.lastIndexOf("data:"));
    QCOMPARE(eventsOf({shorter}, Dialect::OpenAi).last().kind, Kind::Incomplete);
    QCOMPARE(eventsOf({"data: [DONE]\n\n"}, Dialect::OpenAi).last().kind, Kind::Failed); // never an empty answer
}

void TestOpenAiStream::failuresAreToldAndNotDone_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QString>("message");
    QTest::newRow("object") << QByteArray("data: {\"error\":{\"message\":\"it broke\"}}\n\n") << QStringLiteral("it broke");
    QTest::newRow("text") << QByteArray("data: {\"error\":\"it broke\"}\n\n") << QStringLiteral("it broke");
    QTest::newRow("event of that name") << QByteArray("event: error\ndata: {\"message\":\"it broke\"}\n\n") << QStringLiteral("it broke");
    QTest::newRow("plain event of that name") << QByteArray("event: error\ndata: it broke\n\n") << QStringLiteral("it broke");
    QTest::newRow("no JSON") << QByteArray("data: {\"chunk\":\n\n") << QStringLiteral("The upstream's stream has an event that is no JSON.");
    QTest::newRow("no piece") << QByteArray("data: {\"chunk\":5}\n\n") << QStringLiteral("The upstream's stream has an event that is no piece of an answer.");
}

void TestOpenAiStream::failuresAreToldAndNotDone()
{
    QFETCH(QByteArray, event);
    QFETCH(QString, message);
    for (const Dialect dialect : {Dialect::Legacy, Dialect::Gateway, Dialect::OpenAi}) {
        const QList<ChatEvent> events = eventsOf({"data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n" + event + piece("late", "stop")}, dialect);
        checkOrder(events);
        QCOMPARE(events.last().kind, Kind::Failed);
        QCOMPARE(events.last().error.message, message);
        QVERIFY(wire(events).endsWith(",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n"));
        QVERIFY(!wire(events).contains("[DONE]"));
    }
}

void TestOpenAiStream::aWholeAnswerIsAStream()
{
    const QByteArray legacy = R"({"response":"Hello","tokens_used":4})";
    const QByteArray tools = R"({"choices":[{"message":{"role":"assistant","content":null,"tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}]})";
    for (const bool labelled : {true, false}) {
        StreamTransform transform(hello(R"("stop":"lo","stream_options":{"include_usage":true})"), Dialect::Legacy, identity());
        if (labelled)
            transform.begin(200, "application/json; charset=utf-8");
        QVERIFY(transform.feed(legacy).isEmpty());
        const QList<ChatEvent> events = transform.finish();
        checkOrder(events, true);
        QCOMPARE(events.last().kind, Kind::Complete);
        QCOMPARE(textIn(events), QStringLiteral("Hel"));
        QCOMPARE(events.at(events.size() - 2).chunk.usage->totalTokens, 4);
    }
    const QList<ChatEvent> events = eventsOf({tools}, Dialect::OpenAi);
    checkOrder(events);
    QVERIFY(wire(events).contains(R"("tool_calls":[{"index":0,"id":"c","function")"));
    QCOMPARE(eventsOf({"{\"choices\":[]}"}, Dialect::Gateway).last().kind, Kind::Failed);
}

void TestOpenAiStream::anErrorAnswerIsAFailure()
{
    StreamTransform transform(hello(), Dialect::Gateway, identity());
    transform.begin(429, "application/json", "12");
    QVERIFY(transform.feed(R"({"error":{"message":"slow )").isEmpty());
    QVERIFY(transform.feed(R"(down"}})").isEmpty());
    const QList<ChatEvent> events = transform.finish();
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().kind, Kind::Failed);
    QCOMPARE(events.first().error.status, 429);
    QCOMPARE(events.first().error.message, QStringLiteral("slow down"));
    QCOMPARE(events.first().error.retryAfter, QByteArray("12"));
}

void TestOpenAiStream::anUnfinishedLastEventCounts()
{
    QCOMPARE(eventsOf({"data: {\"chunk\":\"a\"}\n\ndata: {\"done\":true}"}, Dialect::Legacy).last().kind, Kind::Complete);
    QCOMPARE(eventsOf({"data: {\"chunk\":\"a\"}\n\ndata: {\"done\":tru"}, Dialect::Legacy).last().kind, Kind::Incomplete);
    QCOMPARE(eventsOf({piece("a") + "data: [DONE]"}, Dialect::OpenAi).last().kind, Kind::Complete);
    QCOMPARE(textIn(eventsOf({piece("a") + "{\"error\":\"stream closed\"}"}, Dialect::OpenAi)), QStringLiteral("a"));
}

void TestOpenAiStream::nothingComesAfterTheEnd()
{
    StreamTransform transform(hello(), Dialect::OpenAi, identity());
    QVERIFY(transform.feed(OpenAi).last().isEnd());
    QVERIFY(transform.feed(OpenAi).isEmpty());
    QVERIFY(transform.finish().isEmpty());
}

void TestOpenAiStream::alikePiecesGoTheShortWayAndComeOutTheSame_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Dialect>("dialect");
    QTest::addColumn<int>("shortOnes"); // at least, when whole events come one by one
    const auto event = [](const QByteArray &content, const QByteArray &more = {}, const QByteArray &id = "o") {
        return R"(data: {"id":")" + id + R"(","object":"chat.completion.chunk","created":9,"model":"served","choices":[{"index":0,"delta":{"content":)" + content
            + R"(},"logprobs":null,"finish_reason":null}])" + more + "}\n\n";
    };
    QByteArray many;
    for (int i = 0; i < 20; ++i)
        many += event("\"word " + QByteArray::number(i) + '"');
    const QByteArray end = OpenAi.mid(OpenAi.lastIndexOf("data: {"));
    QTest::newRow("words") << many + end << Dialect::OpenAi << 19;
    QTest::newRow("any script") << event("\"a\"") + event("\"\xE4\xBD\xA0\xE5\xA5\xBD\"") + event("\"\xC3\xA4\"") + event("\"\xEF\xBB\xBFmark\"") + event("\"b\"") + end
                                << Dialect::OpenAi << 3;
    QTest::newRow("no UTF-8") << event("\"a\"") + event("\"\xFF\"") + event("\"\xED\xA0\x80\"") + event("\"b\"") + end << Dialect::OpenAi << 1;
    QTest::newRow("escapes, nothing, null, a number") << event("\"a\"") + event("\"\\n\\u00e9\"") + event("\"\"") + event("null") + event("\"b\"") + end << Dialect::OpenAi << 1;
    QTest::newRow("a number") << event("\"a\"") + event("17") + event("\"b\"") + end << Dialect::OpenAi << 0;
    QTest::newRow("an error between") << event("\"a\"") + event("\"b\"") + "data: {\"error\":{\"message\":\"no\"}}\n\n" + event("\"c\"") << Dialect::OpenAi << 1;
    QTest::newRow("text behind its end") << event("\"a\"") + event("\"b\"") + end.left(end.indexOf("data: [DONE]")) + event("\"c\"") + event("\"d\"") + end << Dialect::OpenAi << 1;
    QTest::newRow("the text elsewhere, too") << event("\"served\"", R"(,"x":"served")") + event("\"next\"", R"(,"x":"served")") + event("\"next\"", R"(,"x":"next")") + end << Dialect::OpenAi << 1;
    QTest::newRow("the same member twice") << event(R"("a","content":"b")") + event(R"("c","content":"b")") + event(R"("c","content":"d")") + end << Dialect::OpenAi << 0;
    QTest::newRow("a text that looks like it") << event(R"("\u0061")", R"(,"x":"\"a")") + event(R"("\u0061")", R"(,"x":"\"b")") + end << Dialect::OpenAi << 0;
    QTest::newRow("usage that goes back") << event("\"a\"", R"(,"usage":{"total_tokens":1})") + event("\"a\"", R"(,"usage":{"total_tokens":2})") + event("\"b\"", R"(,"usage":{"total_tokens":1})") + end.mid(end.indexOf("data: [DONE]"))
                                          << Dialect::OpenAi << 2;
    QTest::newRow("numbers that are told") << event("\"a\"", R"(,"x":1)") + event("\"b\"", R"(,"x":2)") + event("\"c\"", R"(,"x":3)") + end << Dialect::OpenAi << 0;
    QTest::newRow("numbers of other kinds") << event("\"a\"", R"(,"usage":{"total_tokens":1})") + event("\"b\"", R"(,"usage":{"total_tokens":-1})") + event("\"c\"", R"(,"usage":{"total_tokens":1.5})")
            + event("\"d\"", R"(,"usage":{"total_tokens":01})") + end << Dialect::OpenAi << 0;
    QTest::newRow("two choices") << event("\"a\"") + event("\"b\"").replace("\"index\":0", "\"index\":1") + event("\"c\"") + event("\"d\"").replace("\"index\":0", "\"index\":1") + end << Dialect::OpenAi << 0;
    QTest::newRow("carriage returns") << QByteArray(many + end).replace("\n", "\r\n") << Dialect::OpenAi << 19;
    QTest::newRow("other names and comments") << event("\"a\"") + ": still here\n\n" + event("\"b\"") + "event: x\n" + event("\"c\"") + event("\"d\"", {}, "p") + event("\"e\"", {}, "p") + end
                                              << Dialect::OpenAi << 1;
    QByteArray legacy;
    for (int i = 0; i < 9; ++i)
        legacy += "data: {\"chunk\":\" word" + QByteArray::number(i) + "\"}\n\n";
    QTest::newRow("a gateway's older form") << legacy + "data: {\"chunk\":\"[DONE]\",\"done\":true}\n\n" << Dialect::Legacy << 8;
    QTest::newRow("a gateway's") << Gateway << Dialect::Gateway << 1;
    QTest::newRow("a gateway's that is cut") << piece("a", "", 2) + piece("b", "", 3) + piece("c", "", 4) << Dialect::Gateway << 2;
}

void TestOpenAiStream::alikePiecesGoTheShortWayAndComeOutTheSame()
{
    QFETCH(const QByteArray, stream);
    QFETCH(const Dialect, dialect);
    QFETCH(const int, shortOnes);
    const auto sent = [&](const QList<QByteArray> &pieces, const ChatRequest &request, ChatFace &face, int *quick) {
        StreamTransform transform(request, dialect, identity());
        AlikePieces alike(request, dialect, transform, face);
        QByteArray bytes;
        const auto give = [&](const QList<ChatEvent> &events) {
            for (const ChatEvent &event : events)
                bytes += face.event(event);
        };
        for (const QByteArray &piece : pieces) {
            if (transform.ended())
                break;
            QByteArrayView rest(piece);
            const QByteArray on = quick ? alike.take(rest) : QByteArray();
            if (quick)
                *quick += int(on.count("data: "));
            bytes += on;
            if (rest.isEmpty())
                continue;
            const QList<ChatEvent> events = transform.feed(rest);
            alike.learn(rest, events);
            give(events);
        }
        if (!transform.ended())
            give(transform.finish());
        return bytes;
    };
    ChatRequest usage = hello();
    usage.includeUsage = true;
    ChatRequest stopping = hello();
    stopping.stop = QStringList{QStringLiteral("word")};
    for (const ChatRequest &request : {hello(), usage, stopping}) {
        for (const auto &face : {chatCompletionsFace(), completionsFace()}) {
            const QByteArray right = sent({stream}, request, *face, nullptr);
            for (int step = 1; step < 300; step += step < 40 ? 1 : 37) {
                QList<QByteArray> pieces;
                for (qsizetype at = 0; at < stream.size(); at += step)
                    pieces.append(stream.mid(at, step));
                int quick = 0;
                QCOMPARE(sent(pieces, request, *face, &quick), right);
            }
            int quick = 0;
            QCOMPARE(sent({stream}, request, *face, &quick), right);
            QList<QByteArray> events;
            const QByteArray blank = stream.contains('\r') ? "\r\n\r\n" : "\n\n";
            for (qsizetype at = 0; at < stream.size();) {
                const qsizetype end = stream.indexOf(blank, at) + blank.size();
                events.append(stream.mid(at, end - at));
                at = end;
            }
            quick = 0;
            QCOMPARE(sent(events, request, *face, &quick), right);
            QVERIFY2(!request.stop.isEmpty() || quick >= shortOnes, qPrintable(QString::number(quick)));
        }
    }
    const auto responses = responsesFace();
    QVERIFY(responses->request(QByteArrayView(R"({"model":"m","input":"x"})")).hasValue());
    int quick = 0;
    sent({stream}, hello(), *responses, &quick);
    QCOMPARE(quick, 0); // its events are numbered
}

void TestOpenAiStream::theFourFunctionsNeedNoSocket()
{
    // As the documentation of transform.h shows them.
    const ChatRequest request = good(ChatRequest::parse(R"({"model":"meta-llama/Llama-3.1-8B-Instruct","stream":true,"messages":[
        {"role":"system","content":"Be brief."},{"role":"user","content":"Tell me more about the Livepeer network"}]})"));
    const LegacyForm form = good(transformRequest(request, Mapping::Semantic));
    QCOMPARE(form.systemMsg, std::optional(QStringLiteral("Be brief.")));
    const AnswerIdentity name = AnswerIdentity::fresh(request.model);
    QCOMPARE(good(transformAnswer(request, upstream(R"({"response":"It is…"})"), Dialect::Legacy, name)).choices.first().text(), QStringLiteral("It is…"));
    const auto chunk = good(transformStreamChunk(Json{{"chunk", "It"}}, name));
    QCOMPARE(chunk->toJson().value(QStringLiteral("id")).toString(), name.id);
    QCOMPARE(chunk->choices.first().text(), QStringLiteral("It"));
    QVERIFY(!good(transformStreamChunk(Json::object(), name)));
    QCOMPARE(good(transformStreamChunk(Json{{"done", true}, {"chunk", "[DONE]"}}, name))->choices.first().finishReason, std::optional(QStringLiteral("stop")));
    QCOMPARE(good(transformStreamChunk(Json{{"done", true}, {"chunk", "[DONE]"}}, name, Mapping::Compat))->choices.first().text(), QStringLiteral("[DONE]"));

    StreamTransform transform(request, Dialect::Legacy, name);
    QByteArray sent;
    for (const QByteArray &bytes : {Legacy.left(30), Legacy.mid(30), QByteArray()}) {
        if (transform.ended())
            break;
        for (const ChatEvent &event : bytes.isEmpty() ? transform.finish() : transform.feed(bytes))
            sent += event.sse();
    }
    QVERIFY(sent.endsWith("data: [DONE]\n\n"));
}

QTEST_GUILESS_MAIN(TestOpenAiStream)
#include "tst_openai_stream.moc"
