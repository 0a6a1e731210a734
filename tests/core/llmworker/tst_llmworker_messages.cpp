// The wire types: what a server takes of a client, and what it sends. Pure.
#include "sluice/llmworker/message.h"

#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::llmworker;

class TstLlmworkerMessages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void the_missions_add_is_read_whole();
    void an_add_is_written_in_the_originals_order();
    void what_python_takes_is_taken_data();
    void what_python_takes_is_taken();
    void what_python_refuses_is_refused_data();
    void what_python_refuses_is_refused();
    void llmworker_21_history_may_be_missing_but_not_null();
    void llmworker_22_unknown_keys_change_nothing();
    void llmworker_23_server_messages_are_compact_raw_and_type_first();
    void llmworker_39_an_entry_with_role_and_content_is_a_message_else_its_insert_counts();
    void llmworker_52_server_messages_are_read_in_any_order_and_spacing();
    void a_template_keeps_what_the_worker_does_not_read();
    void depth_ends_at_201();
};

namespace {

Expected<ClientMessage> read(const QByteArray &text)
{
    return parseClientMessage(text);
}

QByteArray nested(int levels)
{
    return R"({"type":"listen","job_id":"x","deep":)" + QByteArray(levels - 1, '[') + QByteArray(levels - 1, ']') + '}';
}

} // namespace

void TstLlmworkerMessages::the_missions_add_is_read_whole()
{
    const auto message = read(R"({
  "type": "add",
  "id": "my-custom-id",
  "query": "How tall is it?",
  "assistant": {
    "streams": [
      {
        "provider": "openai",
        "settings": {
          "model": "gpt-3.5-turbo"
        },
        "messages": [
          {"role": "system", "content": "You are a helpful assistant."},
          {"insert": "history"},
          {"role": "user", "content": "{query}"}
        ]
      }
    ]
  },
  "history": [
    {"role": "user", "content": "Where is the eiffel tower?"},
    {"role": "system", "content": "The Eiffel Tower is located in Paris, France."}
  ]
})");
    QVERIFY(message);
    const AddRequest add = std::get<AddRequest>(*message);
    QCOMPARE(add.id, QStringLiteral("my-custom-id"));
    QCOMPARE(add.query, QStringLiteral("How tall is it?"));
    QCOMPARE(add.history.size(), 2);
    const Stream stream = std::get<Stream>(add.assistant.streams.first());
    QCOMPARE(stream.provider, QStringLiteral("openai"));
    QCOMPARE(stream.messages.size(), 3);
    QCOMPARE(std::get<Insert>(stream.messages.at(1)).name, QStringLiteral("history"));
}

void TstLlmworkerMessages::an_add_is_written_in_the_originals_order()
{
    const QByteArray text = R"({"type":"add","id":"c","query":"q","assistant":{"streams":[{"provider":"vllm","settings":{"model":"m"},)"
                            R"("messages":[{"role":"user","content":"{query}"},{"insert":"history"}]},{"pipeline":"p"}]},"history":[{"role":"user","content":"h"}]})";
    QCOMPARE(std::get<AddRequest>(*read(text)).toJson().dump(), text);
}

void TstLlmworkerMessages::what_python_takes_is_taken_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("space around") << QByteArray(" \n\t{\"type\":\"listen\",\"job_id\":\"x\"}\r\n ");
    QTest::newRow("last of repeated keys counts") << QByteArray(R"({"type":"nosuch","type":"listen","job_id":5,"job_id":"x"})");
    QTest::newRow("NaN") << QByteArray(R"({"type":"listen","job_id":"x","n":NaN})");
    QTest::newRow("Infinity") << QByteArray(R"({"type":"listen","job_id":"x","n":[Infinity,-Infinity]})");
    QTest::newRow("too large a number") << QByteArray(R"({"type":"listen","job_id":"x","n":-1e400})");
    QTest::newRow("zero byte, escaped") << QByteArray(R"({"type":"listen","job_id":"x\u0000"})");
    QTest::newRow("NaN within a text stays") << QByteArray(R"({"type":"listen","job_id":"NaN \" Infinity","n":NaN})");
    QTest::newRow("4,300 digits") << R"({"type":"listen","job_id":"x","n":)" + QByteArray(4300, '7') + '}';
}

void TstLlmworkerMessages::what_python_takes_is_taken()
{
    QFETCH(QByteArray, text);
    const auto message = read(text);
    QVERIFY2(message, message ? "" : qPrintable(message.error().describe()));
    const QString id = std::get<ListenRequest>(*message).jobId;
    QVERIFY(id.startsWith(QLatin1Char('x')) || id == QStringLiteral("NaN \" Infinity"));
}

void TstLlmworkerMessages::what_python_refuses_is_refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("hello");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("a text") << QByteArray("\"add\"");
    QTest::newRow("mark in front") << QByteArray("\xef\xbb\xbf{\"type\":\"listen\",\"job_id\":\"x\"}");
    QTest::newRow("no type") << QByteArray(R"({"job_id":"x"})");
    QTest::newRow("type a number") << QByteArray(R"({"type":1,"job_id":"x"})");
    QTest::newRow("unknown type") << QByteArray(R"({"type":"ping"})");
    QTest::newRow("a server's type") << QByteArray(R"({"type":"running","job_id":"x","message":""})");
    QTest::newRow("listen without id") << QByteArray(R"({"type":"listen"})");
    QTest::newRow("id a number") << QByteArray(R"({"type":"listen","job_id":5})");
    QTest::newRow("half a pair") << QByteArray(R"({"type":"listen","job_id":"\ud800"})");
    QTest::newRow("4,301 digits") << R"({"type":"listen","job_id":"x","n":)" + QByteArray(4301, '7') + '}';
    QTest::newRow("add without id") << QByteArray(R"({"type":"add","query":"q","assistant":{"streams":[]}})");
    QTest::newRow("add without query") << QByteArray(R"({"type":"add","id":"i","assistant":{"streams":[]}})");
    QTest::newRow("add without assistant") << QByteArray(R"({"type":"add","id":"i","query":"q"})");
    QTest::newRow("no streams") << QByteArray(R"({"type":"add","id":"i","query":"q","assistant":{}})");
    QTest::newRow("a step of no shape") << QByteArray(R"({"type":"add","id":"i","query":"q","assistant":{"streams":[{"provider":"p"}]}})");
    QTest::newRow("an entry of no shape") << QByteArray(R"({"type":"add","id":"i","query":"q","assistant":{"streams":[{"provider":"p","settings":{},"messages":[{"role":"user"}]}]}})");
    QTest::newRow("role tool") << QByteArray(R"({"type":"add","id":"i","query":"q","assistant":{"streams":[]},"history":[{"role":"tool","content":"c"}]})");
    QTest::newRow("content null") << QByteArray(R"({"type":"add","id":"i","query":"q","assistant":{"streams":[]},"history":[{"role":"user","content":null}]})");
    QTest::newRow("an insert in the history") << QByteArray(R"({"type":"add","id":"i","query":"q","assistant":{"streams":[]},"history":[{"insert":"history"}]})");
    QTest::newRow("files a number") << QByteArray(R"({"type":"add","id":"i","query":"q","assistant":{"streams":[],"files_collection_id":5}})");
}

void TstLlmworkerMessages::what_python_refuses_is_refused()
{
    QFETCH(QByteArray, text);
    const auto message = read(text);
    QVERIFY(!message);
    QVERIFY(!message.error().message().isEmpty());
}

void TstLlmworkerMessages::llmworker_21_history_may_be_missing_but_not_null()
{
    QVERIFY(read(R"({"type":"add","id":"","query":"","assistant":{"streams":[]}})"));
    QVERIFY(!read(R"({"type":"add","id":"","query":"","assistant":{"streams":[]},"history":null})"));
}

void TstLlmworkerMessages::llmworker_22_unknown_keys_change_nothing()
{
    const auto plain = read(R"({"type":"add","id":"i","query":"q","assistant":{"streams":[{"provider":"p","settings":{},"messages":[]}]}})");
    const auto more = read(R"({"x":1,"type":"add","id":"i","query":"q","assistant":{"streams":[{"provider":"p","settings":{},"messages":[],"y":[]}]},"z":{}})");
    QVERIFY(plain && more);
    QCOMPARE(std::get<AddRequest>(*more), std::get<AddRequest>(*plain));
}

void TstLlmworkerMessages::llmworker_23_server_messages_are_compact_raw_and_type_first()
{
    QCOMPARE(ServerMessage::respAdd(QStringLiteral("ä"), QStringLiteral("J")).dump(), QByteArray("{\"type\":\"resp_add\",\"id\":\"ä\",\"job_id\":\"J\"}"));
    QCOMPARE(ServerMessage::done(QStringLiteral("J")).dump(), QByteArray(R"({"type":"done","job_id":"J"})"));
    QCOMPARE(ServerMessage::failed(QStringLiteral("J"), QStringLiteral("a\nb")).dump(), QByteArray(R"({"type":"failed","job_id":"J","message":"a\nb"})"));
    QCOMPARE(RunningWriter(QStringLiteral("J")).write(QStringLiteral("7,3 \"km\" 😀")), QByteArray("{\"type\":\"running\",\"job_id\":\"J\",\"message\":\"7,3 \\\"km\\\" 😀\"}"));
    QCOMPARE(RunningWriter(QStringLiteral("J")).write({}), QByteArray(R"({"type":"running","job_id":"J","message":""})"));
}

void TstLlmworkerMessages::llmworker_39_an_entry_with_role_and_content_is_a_message_else_its_insert_counts()
{
    const auto entry = [](const QByteArray &text) {
        const auto message = read(R"({"type":"add","id":"i","query":"q","assistant":{"streams":[{"provider":"p","settings":{},"messages":[)" + text + "]}]}}");
        return std::get<Stream>(std::get<AddRequest>(*message).assistant.streams.first()).messages.first();
    };
    QVERIFY(std::holds_alternative<Message>(entry(R"({"role":"user","content":"c","insert":"history"})")));
    QVERIFY(std::holds_alternative<Insert>(entry(R"({"role":"tool","content":"c","insert":"history"})")));
    QVERIFY(std::holds_alternative<Insert>(entry(R"({"role":"user","content":5,"insert":"history"})")));
}

void TstLlmworkerMessages::llmworker_52_server_messages_are_read_in_any_order_and_spacing()
{
    const auto running = ServerMessage::parse(" { \"message\" : \"x\" ,\n \"extra\":[1], \"job_id\":\"J\", \"type\" : \"running\" } ");
    QVERIFY(running);
    QCOMPARE(running->kind, ServerMessage::Kind::Running);
    QCOMPARE(running->message, QStringLiteral("x"));
    QCOMPARE(ServerMessage::parse(R"({"type":"pending","job_id":"J"})")->kind, ServerMessage::Kind::Pending);
    QCOMPARE(ServerMessage::parse(R"({"type":"news"})")->kind, ServerMessage::Kind::Other);
    QVERIFY(!ServerMessage::parse(R"({"type":"running","job_id":"J"})"));
    QVERIFY(!ServerMessage::parse("nonsense"));
}

void TstLlmworkerMessages::a_template_keeps_what_the_worker_does_not_read()
{
    const QByteArray text = R"({"id":"a","meta":{"name":"N","sample_questions":["?"]},"streams":[],"files_collection_id":"f"})";
    const auto assistant = Assistant::fromJson(orThrow(Json::parse(text)));
    QVERIFY(assistant);
    QCOMPARE(assistant->toJson().dump(), text);
    const auto wrong = Assistant::fromJson(orThrow(Json::parse(R"({"streams":[{"provider":"p","settings":{},"messages":[{"role":"user","content":"a"},{"role":"tool","content":"c"}]}]})")));
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().field(), QStringLiteral("/streams/0/messages/1/role"));
}

void TstLlmworkerMessages::depth_ends_at_201()
{
    QVERIFY(read(nested(201)));
    QVERIFY(!read(nested(202)));
    QVERIFY(!read(nested(100'000)));
}

QTEST_GUILESS_MAIN(TstLlmworkerMessages)
#include "tst_llmworker_messages.moc"
