#include "sluice/gateway/chat_delta.h"

#include <QtTest/QtTest>

using namespace sluice;

class TestChatDelta : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textOfEveryDialectIsFound_data();
    void textOfEveryDialectIsFound();
    void textAloneIsText_data();
    void textAloneIsText();
    void brokenJsonIsText();
    void errorsAreFound_data();
    void errorsAreFound();
    void sourcesAreFound_data();
    void sourcesAreFound();
    void finishAndUsageAreRead();
    void otherChoicesAreIgnored();
    void unknownObjectsAreMarked();
    void deepNestingIsHarmless();
    void manySourcesAreBounded();
    void halfCharactersWaitForTheirOtherHalf_data();
    void halfCharactersWaitForTheirOtherHalf();
    void whatIsNoWordIsNoText();
    void reasoningIsNoPartOfTheAnswer();
    void toolCallsArePutTogether();
    void responsesAndMessagesAreReadByTheirTypes();
    void usageOfEveryDialectIsRead_data();
    void usageOfEveryDialectIsRead();
    void picturesAndSoundsAreNoWords();
    void manyPicturesAreBounded();
};

void TestChatDelta::textOfEveryDialectIsFound_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const char *data, const char *text) {
        QTest::newRow(name) << QByteArray(data) << QString::fromUtf8(text);
    };
    row("openai chunk",
        R"({"id":"c1","object":"chat.completion.chunk","created":17,"model":"m","choices":[{"index":0,"delta":{"content":" wörd"},"finish_reason":null}]})",
        " wörd");
    row("role only", R"({"choices":[{"delta":{"role":"assistant"}}]})", "");
    row("null content", R"({"choices":[{"delta":{"role":"assistant","content":null}}]})", "");
    row("completion text", R"({"choices":[{"text":"abc"}]})", "abc");
    row("whole message", R"({"choices":[{"message":{"role":"assistant","content":"all of it"}}]})", "all of it");
    row("content parts", R"({"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]})", "ab");
    row("token", R"({"token":" the"})", " the");
    row("token object", R"({"token":{"id":5,"text":"x"}})", "x");
    row("text", R"({"text":"x\ny"})", "x\ny");
    row("content", R"({"content":"x"})", "x");
    row("ollama", R"({"model":"m","response":"x","done":false})", "x");
    row("ollama chat", R"({"model":"m","message":{"role":"assistant","content":"x"},"done":false})", "x");
    row("responses delta", R"({"type":"response.output_text.delta","delta":"x"})", "x");
    row("json string", R"("tok")", "tok");
    row("escaped", R"({"token":"\u00e9\ud83d\ude00"})", "é😀");
    row("key order does not matter", R"({"choices":[{"finish_reason":null,"delta":{"content":"x","role":"assistant"}}],"id":"1"})", "x");
}

void TestChatDelta::textOfEveryDialectIsFound()
{
    QFETCH(QByteArray, data);
    QFETCH(QString, text);
    const ChatDelta delta = parseChatDelta(data);
    QCOMPARE(delta.text, text);
    QVERIFY(delta.known);
    QVERIFY(!delta.error);
}

void TestChatDelta::textAloneIsText_data()
{
    QTest::addColumn<QString>("data");
    for (const char *text : {"hello", " the", "42", "true", "[1]", "- item", "", "  "})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestChatDelta::textAloneIsText()
{
    QFETCH(QString, data);
    StreamEvent event;
    event.data = data;
    QCOMPARE(parseChatDelta(event).text, data);
}

void TestChatDelta::brokenJsonIsText()
{
    for (const char *data : {"{\"token\":", "{not json}", "\"unclosed", "{} trailing", "{\"a\":1}}"})
        QCOMPARE(parseChatDelta(QByteArrayView(data)).text, QString::fromUtf8(data));
}

void TestChatDelta::errorsAreFound_data()
{
    QTest::addColumn<QString>("event");
    QTest::addColumn<QString>("data");
    QTest::addColumn<QString>("error");
    QTest::newRow("text") << QString() << R"({"error":"internal error"})" << "internal error";
    QTest::newRow("object") << QString() << R"({"error":{"message":"too long","code":400}})" << "too long";
    QTest::newRow("empty") << QString() << R"({"error":""})" << "unspecified error";
    QTest::newRow("detail") << QString() << R"({"detail":"not ready"})" << "not ready";
    QTest::newRow("event with text") << "error" << "it broke" << "it broke";
    QTest::newRow("event with JSON") << "error" << R"({"message":"m","code":1})" << R"({"message":"m","code":1})";
}

void TestChatDelta::errorsAreFound()
{
    QFETCH(QString, event);
    QFETCH(QString, data);
    QFETCH(QString, error);
    StreamEvent item;
    item.data = data;
    if (!event.isEmpty())
        item.event = event;
    const ChatDelta delta = parseChatDelta(item);
    QCOMPARE(delta.error.value_or(QString()), error);
    QCOMPARE(delta.text, QString());
}

void TestChatDelta::sourcesAreFound_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QList<ChatSource>>("sources");
    const auto page = [](const char *title, const char *url, const char *excerpt = "") {
        return ChatSource{QString::fromUtf8(title), QString::fromUtf8(url), QString::fromUtf8(excerpt)};
    };
    QTest::newRow("objects") << QByteArray(R"({"sources":[{"title":"A","url":"https://a"},{"name":"B","path":"docs/b.md","text":"t"}]})")
                             << QList<ChatSource>{page("A", "https://a"), page("B", "docs/b.md", "t")};
    QTest::newRow("citations") << QByteArray(R"({"citations":["https://a","https://b"]})")
                               << QList<ChatSource>{page("https://a", "https://a"), page("https://b", "https://b")};
    QTest::newRow("of our own") << QByteArray(R"({"choices":[{"delta":{},"finish_reason":"stop"}],"x_sources":[{"document":"byoc.md","heading":"Tickets"}]})")
                                << QList<ChatSource>{page("Tickets", "byoc.md")};
    QTest::newRow("in delta") << QByteArray(R"({"choices":[{"delta":{"sources":[{"title":"A","snippet":"s"}]}}]})")
                              << QList<ChatSource>{page("A", "", "s")};
    QTest::newRow("without a name") << QByteArray(R"({"sources":[{"score":1},{"title":"A"}]})") << QList<ChatSource>{page("A", "")};
    QTest::newRow("titles elsewhere") << QByteArray(R"({"token":"x","title":"no","url":"https://no"})") << QList<ChatSource>{};
}

void TestChatDelta::sourcesAreFound()
{
    QFETCH(QByteArray, data);
    QFETCH(QList<ChatSource>, sources);
    QCOMPARE(parseChatDelta(data).sources, sources);
}

void TestChatDelta::finishAndUsageAreRead()
{
    const ChatDelta delta = parseChatDelta(QByteArrayView(
        R"({"choices":[{"delta":{},"finish_reason":"length"}],"usage":{"prompt_tokens":7,"completion_tokens":21,"completion_tokens_details":{"completion_tokens":1}}})"));
    QCOMPARE(delta.finishReason, QStringLiteral("length"));
    QCOMPARE(delta.completionTokens, std::optional<qint64>(21));
}

void TestChatDelta::otherChoicesAreIgnored()
{
    const QByteArray data = R"({"choices":[{"delta":{"content":"a"}},{"delta":{"content":"b"}}]})";
    QCOMPARE(parseChatDelta(data).text, QStringLiteral("a"));
}

void TestChatDelta::unknownObjectsAreMarked()
{
    const QByteArray progress = R"({"progress":0.5})";
    const QByteArray balance = R"({"balance":12.5})";
    QVERIFY(!parseChatDelta(progress).known);
    QVERIFY(!parseChatDelta(QByteArrayView("{}")).known);
    QVERIFY(parseChatDelta(balance).known);
}

void TestChatDelta::deepNestingIsHarmless()
{
    const int depth = 20000;
    QByteArray deep = "{\"a\":" + QByteArray(depth, '[') + QByteArray(depth, ']') + ",\"token\":\"x\"}";
    QCOMPARE(parseChatDelta(QByteArrayView(deep)).text, QStringLiteral("x"));
}

void TestChatDelta::manySourcesAreBounded()
{
    QByteArray many = "{\"sources\":[";
    for (int i = 0; i < 1000; ++i)
        many += "\"https://h/" + QByteArray::number(i) + "\",";
    many.chop(1);
    many += "]}";
    QCOMPARE(parseChatDelta(QByteArrayView(many)).sources.size(), 100);
}

void TestChatDelta::halfCharactersWaitForTheirOtherHalf_data()
{
    QTest::addColumn<QList<QByteArray>>("events");
    QTest::addColumn<QString>("text");
    const QString smile = QString::fromUtf8("\xF0\x9F\x98\x80");
    const QString lost(QChar(QChar::ReplacementCharacter));
    QTest::newRow("two events") << QList<QByteArray>{R"({"choices":[{"delta":{"content":"a\ud83d"}}]})", R"({"choices":[{"delta":{"content":"\ude00b"}}]})"} << "a" + smile + "b";
    QTest::newRow("upper case, silence between") << QList<QByteArray>{R"({"token":"\uD83D"})", "null", R"({"choices":[],"usage":{}})", R"({"token":"\uDE00"})"} << smile;
    QTest::newRow("in one event") << QList<QByteArray>{R"({"text":"\ud83d\ude00"})"} << smile;
    QTest::newRow("a text of JSON") << QList<QByteArray>{R"("\ud83d")", R"("\ude00")"} << smile;
    QTest::newRow("never completed") << QList<QByteArray>{R"({"text":"a\ud83d"})", R"({"text":"b"})"} << "a" + lost + "b";
    QTest::newRow("the last") << QList<QByteArray>{R"({"text":"a\ud83d"})"} << "a" + lost;
    QTest::newRow("a second half alone") << QList<QByteArray>{R"({"text":"\ude00a"})"} << lost + "a";
    QTest::newRow("a backslash before it") << QList<QByteArray>{R"({"text":"\\ud83d"})"} << QStringLiteral("\\ud83d");
}

void TestChatDelta::halfCharactersWaitForTheirOtherHalf()
{
    QFETCH(QList<QByteArray>, events);
    ChatReader reader;
    QString text;
    for (const QByteArray &event : events)
        text += reader.read(QByteArrayView(event)).text;
    text += reader.finish().text;
    QTEST(text, "text");
}

void TestChatDelta::whatIsNoWordIsNoText()
{
    for (const char *data : {"null", " null ", R"({"choices":[],"usage":{"total_tokens":3}})", R"({"choices":null})", R"({"usage":{"completion_tokens":2}})",
             R"({"choices":[{"delta":{"content":null}}]})"}) {
        const ChatDelta delta = parseChatDelta(QByteArrayView(data));
        QCOMPARE(delta.text, QString());
        QVERIFY2(delta.chat, data);
    }
    QVERIFY(!parseChatDelta(QByteArrayView(R"({"detail":5,"score":1})")).chat);
    QVERIFY(parseChatDelta(QByteArrayView("plain words")).plain);
}

void TestChatDelta::reasoningIsNoPartOfTheAnswer()
{
    for (const char *data : {R"({"choices":[{"delta":{"reasoning_content":"hm"}}]})", R"({"choices":[{"delta":{"reasoning":"hm","content":""}}]})",
             R"({"message":{"thinking":"hm","content":""}})", R"({"choices":[{"message":{"reasoning_content":"hm"}}]})"}) {
        const ChatDelta delta = parseChatDelta(QByteArrayView(data));
        QCOMPARE(delta.reasoning, QStringLiteral("hm"));
        QCOMPARE(delta.text, QString());
    }
}

void TestChatDelta::toolCallsArePutTogether()
{
    ChatReader reader;
    ToolCalls calls;
    for (const char *data : {R"({"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"weather","arguments":""}}]}}]})",
             R"({"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}},{"index":1,"function":{"name":"time"}}]}}]})",
             R"({"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"Paris\"}"}}]}}]})"})
        calls.append(reader.read(QByteArrayView(data)).toolCalls);
    QCOMPARE(calls.lines(), QStringList({QStringLiteral("weather({\"city\":\"Paris\"})"), QStringLiteral("time()")}));
}

void TestChatDelta::responsesAndMessagesAreReadByTheirTypes()
{
    const auto told = [](const QList<const char *> &events) {
        ChatReader reader;
        ChatDelta all;
        ToolCalls calls;
        for (const char *event : events) {
            const ChatDelta delta = reader.read(QByteArrayView(event));
            all.text += delta.text;
            all.reasoning += delta.reasoning;
            calls.append(delta.toolCalls);
            if (!delta.finishReason.isEmpty())
                all.finishReason = delta.finishReason;
            if (delta.error)
                all.error = delta.error;
            all.known = all.known && delta.known;
            all.chat = all.chat || delta.chat;
            if (!delta.chat)
                qWarning("taken for no chat: %s", event);
        }
        return QStringList{all.text, all.reasoning, calls.lines().join(u';'), all.finishReason, all.error.value_or(QString()), all.known ? QString() : QStringLiteral("unknown")};
    };
    const QString none;
    // What is told again behind the pieces is no second answer.
    const QList<const char *> responses{R"({"type":"response.created","response":{"id":"r","output":[]}})", R"({"type":"response.reasoning_summary_text.delta","delta":"hm"})",
                 R"({"type":"response.output_text.delta","delta":"Hi "})", R"({"type":"response.output_text.delta","delta":"there"})",
                 R"({"type":"response.output_text.done","text":"Hi there"})",
                 R"({"type":"response.completed","response":{"output":[{"content":[{"text":"Hi there"}]}]}})"};
    QCOMPARE(told(responses),
        (QStringList{QStringLiteral("Hi there"), QStringLiteral("hm"), none, QStringLiteral("stop"), none, none}));
    const QList<const char *> tools{R"({"type":"response.output_item.added","output_index":1,"item":{"type":"function_call","name":"get"}})",
                 R"({"type":"response.function_call_arguments.delta","output_index":1,"delta":"{\"a\""})",
                 R"({"type":"response.function_call_arguments.delta","output_index":1,"delta":":1}"})", R"({"type":"response.incomplete"})"};
    QCOMPARE(told(tools),
        (QStringList{none, none, QStringLiteral("get({\"a\":1})"), QStringLiteral("length"), none, none}));
    const QList<const char *> failed{R"({"type":"response.failed","response":{"error":{"message":"overloaded"}}})"};
    QCOMPARE(told(failed),
        (QStringList{none, none, none, none, QStringLiteral("overloaded"), none}));
    const QList<const char *> messages{R"({"type":"message_start","message":{"role":"assistant","content":[]}})", R"({"type":"content_block_start","index":0,"content_block":{"type":"thinking"}})",
                 R"({"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}})", R"({"type":"ping"})",
                 R"({"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hi"}})", R"({"type":"content_block_stop","index":1})",
                 R"({"type":"content_block_start","index":2,"content_block":{"type":"tool_use","name":"get","input":{}}})",
                 R"({"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"a\":1}"}})",
                 R"({"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":3}})", R"({"type":"message_stop"})"};
    QCOMPARE(told(messages).mid(0, 3),
        (QStringList{QStringLiteral("Hi"), QStringLiteral("hm"), QStringLiteral("get({\"a\":1})")}));
    StreamEvent ping;
    ping.event = QStringLiteral("ping");
    ping.data = QStringLiteral("{}");
    QVERIFY(parseChatDelta(ping).chat && parseChatDelta(ping).text.isEmpty());
    ping.data = QStringLiteral("pong 7"); // somebody else's event of that name says something
    QCOMPARE(parseChatDelta(ping).text, QStringLiteral("pong 7"));
}

void TestChatDelta::usageOfEveryDialectIsRead_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QList<qint64>>("told"); // question, answer, thought, in all; -1: not told
    const auto row = [](const char *name, const char *data, const QList<qint64> &told) { QTest::newRow(name) << QByteArray(data) << told; };
    row("OpenAI", R"({"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":7,"total_tokens":16,"completion_tokens_details":{"reasoning_tokens":5}}})", {9, 7, 5, 16});
    row("Responses", R"({"type":"response.completed","response":{"usage":{"input_tokens":9,"output_tokens":7,"total_tokens":16,"output_tokens_details":{"reasoning_tokens":5}}}})",
        {9, 7, 5, 16});
    row("Ollama", R"({"done":true,"prompt_eval_count":9,"eval_count":7})", {9, 7, -1, -1});
    row("a gateway's total", R"({"response":"x","tokens_used":16})", {-1, -1, -1, 16});
    row("a gateway's object", R"({"response":"x","tokens_used":{"prompt_tokens":9,"completion_tokens":7,"total_tokens":16}})", {9, 7, -1, 16});
    row("nothing", R"({"choices":[{"delta":{"content":"x"}}],"usage":null})", {-1, -1, -1, -1});
    row("of something else", R"({"choices":[{"delta":{"content":"x"},"usage":{"prompt_tokens":9}}],"prompt_tokens":4,"total_tokens":4})", {-1, -1, -1, -1});
}

void TestChatDelta::usageOfEveryDialectIsRead()
{
    QFETCH(QByteArray, data);
    QFETCH(QList<qint64>, told);
    const ChatDelta delta = parseChatDelta(QByteArrayView(data));
    const QList<qint64> read{delta.promptTokens.value_or(-1), delta.completionTokens.value_or(-1), delta.reasoningTokens.value_or(-1), delta.totalTokens.value_or(-1)};
    QCOMPARE(read, told);
}

void TestChatDelta::picturesAndSoundsAreNoWords()
{
    const ChatDelta images = parseChatDelta(QByteArrayView(R"({"choices":[{"delta":{"content":"See","images":[{"type":"image_url","image_url":{"url":"data:a"}},{"image_url":"data:b"}]}}]})"));
    QCOMPARE(images.text, QStringLiteral("See"));
    QCOMPARE(images.pictures, QStringList({QStringLiteral("data:a"), QStringLiteral("data:b")}));
    const ChatDelta parts = parseChatDelta(QByteArrayView(R"({"choices":[{"message":{"content":[{"type":"text","text":"One"},{"type":"image_url","image_url":{"url":"data:c"}},{"type":"text","text":" two"}]}}]})"));
    QCOMPARE(parts.text, QStringLiteral("One two"));
    QCOMPARE(parts.pictures, QStringList({QStringLiteral("data:c")}));
    const ChatDelta sound = parseChatDelta(QByteArrayView(R"({"choices":[{"delta":{"audio":{"id":"a","data":"AAAA","transcript":"Hello"}}}]})"));
    QCOMPARE(sound.audio, QByteArray("AAAA"));
    QCOMPARE(sound.text, QStringLiteral("Hello"));
    QVERIFY(sound.known && sound.chat);
    // The same names elsewhere mean something else.
    const ChatDelta other = parseChatDelta(QByteArrayView(R"({"images":["x"],"data":"y","image_url":{"url":"z"}})"));
    QVERIFY(other.pictures.isEmpty() && other.audio.isEmpty() && other.text.isEmpty());
    QVERIFY(!other.known);
}

void TestChatDelta::manyPicturesAreBounded()
{
    QByteArray many;
    for (int i = 0; i < 500; ++i)
        many += QByteArray(i ? "," : "") + R"({"image_url":{"url":"data:)" + QByteArray::number(i) + R"("}})";
    QCOMPARE(parseChatDelta(QByteArrayView(R"({"choices":[{"delta":{"images":[)" + many + "]}}]}")).pictures.size(), 20);
}

QTEST_APPLESS_MAIN(TestChatDelta)
#include "tst_chat_delta.moc"
