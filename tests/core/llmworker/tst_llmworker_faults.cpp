// A worker whose clients and models do what they should not. Statements of llm-worker.md 15 for the server.
#include "worker_fixture.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QTest>

#include <boost/asio/io_context.hpp>

using namespace sluice;
using namespace sluice::test;
using namespace sluice::llmworker;

class TstLlmworkerFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void llmworker_16_17_18_37_what_is_no_message_ends_the_connection_without_a_word_data();
    void llmworker_16_17_18_37_what_is_no_message_ends_the_connection_without_a_word();
    void what_was_queued_before_a_fault_is_answered();
    void llmworker_36_broken_frames_are_closed_with_their_code_data();
    void llmworker_36_broken_frames_are_closed_with_their_code();
    void llmworker_36_sixteen_mebibytes_are_taken_and_one_byte_more_is_not();
    void a_close_is_answered_with_its_code();
    void llmworker_41_a_400_makes_three_requests();
    void llmworker_41_the_third_answer_may_be_good();
    void statuses_are_told_as_the_original_tells_them_data();
    void statuses_are_told_as_the_original_tells_them();
    void a_server_that_is_not_there_is_a_connection_error();
    void llmworker_42_a_cut_body_fails_with_what_came_and_is_not_asked_again();
    void llmworker_42_a_body_without_done_is_done();
    void llmworker_43_an_error_event_fails_and_a_finish_reason_does_not();
    void llmworker_44_five_seconds_of_silence_fail_openai_and_not_vllm();
    void llmworker_45_half_a_surrogate_or_no_text_ends_the_job_once_and_the_next_runs();
    void what_a_model_server_may_do_data();
    void what_a_model_server_may_do();
    void llmworker_47_who_does_not_read_delays_nobody_and_misses_nothing();
    void llmworker_48_hostile_bytes_end_their_connection_at_most();
    void llmworker_49_at_the_end_connections_are_closed_with_1012_even_while_a_job_runs();
    void who_answers_no_ping_is_closed_with_1011();
    void a_port_that_is_taken_is_an_error();
};

namespace {

const QString M = QStringLiteral("m");

QByteArray chunk(const QByteArray &delta)
{
    return "data: {\"choices\":[{\"index\":0,\"delta\":" + delta + "}]}\n\n";
}

ModelServer::Script body(const QByteArrayList &pieces)
{
    ModelServer::Script script;
    script.pieces = pieces;
    return script;
}

/// Runs one job on `m`, and gives how it ended: its text, and "done" or the failure.
std::pair<QString, QString> outcome(Worker &worker, const QByteArray &provider = "openai")
{
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M, "{query}", provider));
    if (!client.waitForEnds(1, 30'000))
        return {QStringLiteral("no end"), {}};
    const Json last = client.messages().last();
    return {client.joined(jobOf(last)), typeOf(last) == QLatin1String("done") ? QStringLiteral("done") : saidIn(last)};
}

} // namespace

void TstLlmworkerFaults::llmworker_16_17_18_37_what_is_no_message_ends_the_connection_without_a_word_data()
{
    QTest::addColumn<int>("opcode");
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("llmworker_16_no JSON") << 1 << QByteArray("{\"type\":");
    QTest::newRow("llmworker_16_no object") << 1 << QByteArray("[1]");
    QTest::newRow("llmworker_16_nothing") << 1 << QByteArray();
    QTest::newRow("llmworker_17_unknown type") << 1 << QByteArray(R"({"type":"ping"})");
    QTest::newRow("llmworker_17_an extension that is off") << 1 << QByteArray(R"({"type":"cancel","job_id":"x"})");
    QTest::newRow("llmworker_17_another one") << 1 << QByteArray(R"({"type":"jobs"})");
    QTest::newRow("llmworker_18_role tool") << 1 << QByteArray(R"({"type":"add","id":"i","query":"q","assistant":{"streams":[]},"history":[{"role":"tool","content":"c"}]})");
    QTest::newRow("also 21: history null") << 1 << QByteArray(R"({"type":"add","id":"i","query":"q","assistant":{"streams":[]},"history":null})");
    QTest::newRow("llmworker_37_binary") << 2 << QByteArray(R"({"type":"listen","job_id":"x"})");
    QTest::newRow("llmworker_37_binary, empty") << 2 << QByteArray();
}

void TstLlmworkerFaults::llmworker_16_17_18_37_what_is_no_message_ends_the_connection_without_a_word()
{
    QFETCH(int, opcode);
    QFETCH(QByteArray, payload);
    Worker worker;
    RawClient client(worker.url);
    client.frame(opcode, payload);
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.frames.size(), 0);
    RawClient other(worker.url);
    other.add(QStringLiteral("a"), QStringLiteral("q"), "[]");
    QVERIFY(other.waitForEnds(1));
}

void TstLlmworkerFaults::what_was_queued_before_a_fault_is_answered()
{
    Worker worker;
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), "[]");
    client.text("nonsense");
    QVERIFY(client.waitForEnd());
    QCOMPARE(typeOf(client.messages().value(0)), QStringLiteral("resp_add"));
    QCOMPARE(client.closeCode(), 0);
}

void TstLlmworkerFaults::llmworker_36_broken_frames_are_closed_with_their_code_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    const QByteArray mask(4, '\0');
    QTest::newRow("not UTF-8") << QByteArray("\x81\x82") + mask + "\xc3\x28" << 1007;
    QTest::newRow("unmasked") << QByteArray("\x81\x02{}") << 1002;
    QTest::newRow("reserved bit") << QByteArray("\xc1\x82") + mask + "{}" << 1002;
    QTest::newRow("reserved opcode") << QByteArray("\x83\x80") + mask << 1002;
    QTest::newRow("long ping") << QByteArray("\x89\xfe\x00\x7e", 4) + mask + QByteArray(126, 'x') << 1002;
    QTest::newRow("ping in pieces") << QByteArray("\x09\x80") + mask << 1002;
    QTest::newRow("close of one byte") << QByteArray("\x88\x81") + mask + "x" << 1002;
    QTest::newRow("continuation of nothing") << QByteArray("\x80\x82") + mask + "{}" << 1002;
}

void TstLlmworkerFaults::llmworker_36_broken_frames_are_closed_with_their_code()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    Worker worker;
    RawClient client(worker.url);
    client.raw(bytes);
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.closeCode(), code);
    QCOMPARE(client.texts().size(), 0);
}

void TstLlmworkerFaults::llmworker_36_sixteen_mebibytes_are_taken_and_one_byte_more_is_not()
{
    Worker worker;
    RawClient client(worker.url);
    const QByteArray begin = R"({"type":"add","id":"a","assistant":{"streams":[]},"query":")";
    const QByteArray whole = begin + QByteArray(16 * 1024 * 1024 - begin.size() - 2, 'x') + "\"}";
    QCOMPARE(whole.size(), 16777216);
    // In two frames, which count together.
    client.frame(1, whole.left(1000), true, false);
    client.frame(0, whole.mid(1000));
    QVERIFY(client.waitForEnds(1, 30'000));
    QCOMPARE(client.joined(jobOf(client.messages().last())).size(), whole.size() - begin.size() - 2);
    // Told by its head alone: not one byte of it has to come.
    RawClient other(worker.url);
    other.raw(QByteArray("\x81\xff\x00\x00\x00\x00\x01\x00\x00\x01", 10) + QByteArray(4, '\0'));
    QVERIFY(other.waitForEnd());
    QCOMPARE(other.closeCode(), 1009);
}

void TstLlmworkerFaults::a_close_is_answered_with_its_code()
{
    Worker worker;
    RawClient client(worker.url);
    client.frame(8, QByteArray("\x0f\xa1", 2)); // 4001
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.closeCode(), 4001);
}

void TstLlmworkerFaults::llmworker_41_a_400_makes_three_requests()
{
    Worker worker;
    ModelServer::Script script = body({R"({"error":{"message":"no","code":null}})"});
    script.status = 400;
    worker.models.play(M, script);
    QCOMPARE(outcome(worker).second, QStringLiteral("Error code: 400 - {'error': {'message': 'no', 'code': None}}"));
    QCOMPARE(worker.models.asked().size(), 3);
}

void TstLlmworkerFaults::llmworker_41_the_third_answer_may_be_good()
{
    Worker worker;
    ModelServer::Script script = body({ModelServer::event(QStringLiteral("good"))});
    script.failures = 2;
    worker.models.play(M, script);
    QCOMPARE(outcome(worker), std::pair(QStringLiteral("good"), QStringLiteral("done")));
    QCOMPARE(worker.models.asked().size(), 3);
}

void TstLlmworkerFaults::statuses_are_told_as_the_original_tells_them_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("told");
    QTest::addColumn<int>("requests");
    QTest::newRow("JSON") << 404 << QByteArray(R"({"detail":"it's","n":1.5,"ok":true})") << QStringLiteral("Error code: 404 - {'detail': \"it's\", 'n': 1.5, 'ok': True}") << 3;
    QTest::newRow("no JSON") << 422 << QByteArray(" <html>no</html>\n") << QStringLiteral("<html>no</html>") << 3;
    QTest::newRow("nothing") << 400 << QByteArray() << QStringLiteral("Error code: 400") << 3;
    QTest::newRow("may pass") << 500 << QByteArray("\"oh\"") << QStringLiteral("Error code: 500 - oh") << 9;
}

void TstLlmworkerFaults::statuses_are_told_as_the_original_tells_them()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, told);
    QFETCH(int, requests);
    Worker worker;
    ModelServer::Script script;
    script.status = status;
    script.type = "application/json";
    script.pieces = {body};
    worker.models.play(M, script);
    QCOMPARE(outcome(worker).second, told);
    QCOMPARE(worker.models.asked().size(), requests);
}

void TstLlmworkerFaults::a_server_that_is_not_there_is_a_connection_error()
{
    Worker worker({}, [](ChatProviderOptions &options) { options.base.setPort(1); });
    QCOMPARE(outcome(worker), std::pair(QString(), QStringLiteral("Connection error.")));
    Worker slow({}, [](ChatProviderOptions &options) { options.timeout = std::chrono::milliseconds(30); });
    ModelServer::Script script;
    script.held = true;
    script.pieces = {};
    slow.models.play(M, script);
    // The head comes at once here; its body does not.
    QCOMPARE(outcome(slow).second, QStringLiteral("timed out"));
}

void TstLlmworkerFaults::llmworker_42_a_cut_body_fails_with_what_came_and_is_not_asked_again()
{
    Worker worker;
    ModelServer::Script script = body({ModelServer::event(QStringLiteral("so ")), ModelServer::event(QStringLiteral("far"))});
    script.cut = true;
    worker.models.play(M, script);
    QCOMPARE(outcome(worker), std::pair(QStringLiteral("so far"), QStringLiteral("peer closed connection without sending complete message body (incomplete chunked read)")));
    QCOMPARE(worker.models.asked().size(), 1);
}

void TstLlmworkerFaults::llmworker_42_a_body_without_done_is_done()
{
    Worker worker;
    worker.models.play(M, body({ModelServer::event(QStringLiteral("all"))}));
    QCOMPARE(outcome(worker), std::pair(QStringLiteral("all"), QStringLiteral("done")));
}

void TstLlmworkerFaults::llmworker_43_an_error_event_fails_and_a_finish_reason_does_not()
{
    Worker worker;
    worker.models.play(M, body({ModelServer::event(QStringLiteral("a")), "data: {\"error\":{\"message\":\"out of memory\"}}\n\n", ModelServer::event(QStringLiteral("b"))}));
    QCOMPARE(outcome(worker), std::pair(QStringLiteral("a"), QStringLiteral("out of memory")));
    worker.models.play(M, body({"data: {\"error\":\"odd\"}\n\n"}));
    QCOMPARE(outcome(worker).second, QStringLiteral("An error occurred during streaming"));
    worker.models.play(M, body({ModelServer::event(QStringLiteral("cut")), "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\n", "data: [DONE]\n\n"}));
    QCOMPARE(outcome(worker), std::pair(QStringLiteral("cut"), QStringLiteral("done")));
}

void TstLlmworkerFaults::llmworker_44_five_seconds_of_silence_fail_openai_and_not_vllm()
{
    Worker worker([](ServerOptions &options) { options.workers = 2; });
    ModelServer::Script script = body({ModelServer::event(QStringLiteral("a")), ModelServer::event(QStringLiteral("b"))});
    script.pause = std::chrono::seconds(6);
    worker.models.play(M, script);
    RawClient impatient(worker.url);
    RawClient patient(worker.url);
    impatient.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M, "{query}", "openai"));
    patient.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M, "{query}", "vllm"));
    QVERIFY(impatient.waitForEnds(1) && patient.waitForEnds(1));
    QCOMPARE(saidIn(impatient.messages().last()), QStringLiteral("timed out"));
    QCOMPARE(typeOf(patient.messages().last()), QStringLiteral("done"));
    QCOMPARE(patient.joined(jobOf(patient.messages().last())), QStringLiteral("ab"));
}

void TstLlmworkerFaults::llmworker_45_half_a_surrogate_or_no_text_ends_the_job_once_and_the_next_runs()
{
    Worker worker;
    for (const char *delta : {R"({"content":"\ud800"})", R"({"content":"\udc00x"})", R"({"content":5})", R"({"content":["x"]})"}) {
        worker.models.play(M, body({chunk(R"({"content":"before"})"), chunk(delta), "data: [DONE]\n\n"}));
        RawClient client(worker.url);
        client.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M));
        client.add(QStringLiteral("b"), QStringLiteral("next"), Worker::streams(QStringLiteral("other")));
        QVERIFY(client.waitForEnds(2));
        QVERIFY(client.staysQuiet(50));
        QCOMPARE(client.ends(), 2);
        const QString first = jobOf(client.messages().first());
        QCOMPARE(client.joined(first), QStringLiteral("before"));
        QCOMPARE(typeOf(client.messages().last()), QStringLiteral("done"));
        QVERIFY(jobOf(client.messages().last()) != first);
    }
}

void TstLlmworkerFaults::what_a_model_server_may_do_data()
{
    QTest::addColumn<QByteArrayList>("pieces");
    QTest::addColumn<QString>("text");
    QTest::newRow("after [DONE]") << QByteArrayList{chunk(R"({"content":"a"})"), "data: [DONE]\n\n" + chunk(R"({"content":"b"})")} << QStringLiteral("a");
    QTest::newRow("comments, CR LF, no space") << QByteArrayList{": hi\r\n\r\ndata:{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\r\n\r\n"} << QStringLiteral("a");
    QTest::newRow("several data lines") << QByteArrayList{"data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"a\"}}]}\n\n"} << QStringLiteral("a");
    QTest::newRow("cut anywhere") << QByteArrayList{"da", "ta: {\"choices\":[{\"delta\":{\"con", "tent\":\"\xc3", "\xa4\"}}]}\n", "\n"} << QStringLiteral("ä");
    QTest::newRow("no choices in it") << QByteArrayList{"data: {\"choices\":[]}\n\n", chunk(R"({"content":"a"})")} << QStringLiteral("a");
    QTest::newRow("delta null or missing") << QByteArrayList{"data: {\"choices\":[{\"delta\":null},{\"delta\":{\"content\":\"no\"}}]}\n\ndata: {\"choices\":[{}]}\n\n"} << QString();
    QTest::newRow("tool calls, reasoning, null") << QByteArrayList{chunk(R"({"content":null,"tool_calls":[{}],"reasoning_content":"hm"})")} << QString();
    QTest::newRow("the first of several") << QByteArrayList{"data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"a\"}},{\"index\":0,\"delta\":{\"content\":\"b\"}}]}\n\n"} << QStringLiteral("a");
    QTest::newRow("a function call in pieces") << QByteArrayList{chunk(R"({"function_call":{"name":"f","arguments":"{\"a\""}})"), chunk(R"({"function_call":{"arguments":":1}"}})")} << QStringLiteral("{\"a\":1}");
    QTest::newRow("a JSON body") << QByteArrayList{R"({"choices":[{"message":{"content":"a"}}]})"} << QString();
    QTest::newRow("an HTML body") << QByteArrayList{"<html>\n<body>hello</body>\n</html>\n"} << QString();
    QTest::newRow("nothing") << QByteArrayList{} << QString();
}

void TstLlmworkerFaults::what_a_model_server_may_do()
{
    QFETCH(QByteArrayList, pieces);
    QFETCH(QString, text);
    Worker worker;
    worker.models.play(M, body(pieces));
    QCOMPARE(outcome(worker, "vllm"), std::pair(text, QStringLiteral("done")));
}

void TstLlmworkerFaults::llmworker_47_who_does_not_read_delays_nobody_and_misses_nothing()
{
    Worker worker;
    // More than sockets hold on their own.
    const QString piece(64 * 1024, QLatin1Char('x'));
    QStringList pieces;
    for (int i = 0; i < 400; ++i)
        pieces.append(QString::number(i) + piece);
    worker.models.say(M, pieces);
    RawClient deaf(worker.url);
    deaf.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M));
    deaf.reading = false;
    RawClient other(worker.url);
    QElapsedTimer timer;
    timer.start();
    other.add(QStringLiteral("b"), QStringLiteral("q"), Worker::streams(QStringLiteral("quick")));
    QVERIFY(other.waitForEnds(1));
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    for (int i = 0; i < 20; ++i) {
        other.add(QStringLiteral("c"), QStringLiteral("q"), Worker::streams(QStringLiteral("quick")));
        QVERIFY(other.waitForEnds(i + 2));
    }
    deaf.reading = true;
    QVERIFY(deaf.waitForEnds(1, 30'000));
    QCOMPARE(deaf.joined(jobOf(deaf.messages().first())), pieces.join(QString()));
}

void TstLlmworkerFaults::llmworker_48_hostile_bytes_end_their_connection_at_most()
{
    Worker worker;
    RawClient deep(worker.url);
    deep.text(QByteArray(1'000'000, '['));
    QVERIFY(deep.waitForEnd());
    RawClient objects(worker.url);
    QByteArray nested;
    for (int i = 0; i < 100'000; ++i)
        nested += "{\"a\":";
    objects.text(nested);
    QVERIFY(objects.waitForEnd());
    RawClient huge(worker.url);
    huge.raw(QByteArray("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff", 10) + QByteArray(4, '\0'));
    QVERIFY(huge.waitForEnd());
    QTcpSocket half;
    half.connectToHost(worker.url.host(), quint16(worker.url.port()));
    QVERIFY(half.waitForConnected());
    half.write("GET /ws/ HTTP/1.1\r\nUpg");
    QTcpSocket lines;
    lines.connectToHost(worker.url.host(), quint16(worker.url.port()));
    QVERIFY(lines.waitForConnected());
    lines.write("GET /ws/ HTTP/1.1\r\n" + QByteArray(200'000, 'x'));
    QTRY_COMPARE(lines.state(), QAbstractSocket::UnconnectedState);
    RawClient good(worker.url);
    good.add(QStringLiteral("a"), QStringLiteral("q"), "[]");
    QVERIFY(good.waitForEnds(1));
}

void TstLlmworkerFaults::llmworker_49_at_the_end_connections_are_closed_with_1012_even_while_a_job_runs()
{
    Worker worker;
    ModelServer::Script script;
    script.held = true;
    worker.models.play(M, script);
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M));
    QVERIFY(client.waitForTexts(2));
    QElapsedTimer timer;
    timer.start();
    worker.server->stop();
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.closeCode(), 1012);
    QCOMPARE(client.ends(), 0);
}

void TstLlmworkerFaults::who_answers_no_ping_is_closed_with_1011()
{
    Worker worker([](ServerOptions &options) {
        options.pingInterval = std::chrono::milliseconds(100);
        options.pongTimeout = std::chrono::milliseconds(100);
    });
    RawClient silent(worker.url); // answers no ping
    RawClient alive(worker.url);
    int answered = 0;
    QVERIFY(silent.waitFor([&] {
        alive.waitFor([] { return false; }, 10);
        for (; answered < alive.frames.size(); ++answered) {
            if (alive.frames.at(answered).opcode == 9)
                alive.frame(10, alive.frames.at(answered).payload);
        }
        return !silent.isOpen();
    }));
    QCOMPARE(silent.closeCode(), 1011);
    QVERIFY(alive.isOpen());
    QVERIFY(answered > 0);
}

void TstLlmworkerFaults::a_port_that_is_taken_is_an_error()
{
    Worker worker;
    ServerOptions options;
    options.address = QStringLiteral("127.0.0.1");
    options.port = quint16(worker.url.port());
    Server second(worker.io, options, {});
    const auto listening = second.listen();
    QVERIFY(!listening);
    QCOMPARE(listening.error().kind(), Error::Kind::Network);
    options.address = QStringLiteral("nowhere");
    Server third(worker.io, options, {});
    QCOMPARE(third.listen().error().kind(), Error::Kind::Config);
}

QTEST_GUILESS_MAIN(TstLlmworkerFaults)
#include "tst_llmworker_faults.moc"
