// A worker over real sockets: jobs, listeners, order. Statements of llm-worker.md 15 for the server and for templates that run.
#include "worker_fixture.h"

#include "sluice/llmworker/environment.h"

#include <QtCore/QSet>
#include <QtCore/QUuid>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::test;
using namespace sluice::llmworker;

class TstLlmworkerServer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void llmworker_01_upgrades_at_ws_slash_and_refuses_the_rest_with_403();
    void llmworker_02_listens_on_this_machine_at_8001_when_nothing_is_set();
    void the_originals_variables_are_understood();
    void llmworker_03_an_add_is_answered_with_its_id_and_a_version_4_uuid();
    void llmworker_04_the_answer_comes_before_any_update();
    void llmworker_05_equal_ids_make_two_jobs();
    void llmworker_06_updates_come_without_a_listen();
    void llmworker_07_a_listen_has_no_answer();
    void llmworker_08_a_job_that_is_not_there_is_silent_and_the_connection_lives();
    void llmworker_11_a_late_listener_gets_nothing_from_before();
    void llmworker_15_the_pieces_are_the_last_streams_text();
    void llmworker_09_a_finished_job_is_silent();
    void llmworker_10_the_last_listener_gets_what_comes_from_then_on();
    void llmworker_12_jobs_of_all_connections_run_one_at_a_time_in_order();
    void llmworker_13_each_job_ends_once();
    void llmworker_14_a_job_begins_with_an_empty_text();
    void llmworker_19_an_unknown_provider_fails_the_job_with_its_name();
    void llmworker_20_a_job_outlives_its_client();
    void llmworker_24_without_a_temperature_it_is_0();
    void llmworker_27_the_first_streams_previous_output_is_the_query();
    void llmworker_28_only_the_last_streams_pieces_are_told();
    void llmworker_29_no_streams_echo_the_query();
    void llmworker_32_a_fault_in_the_last_stream_is_found_before_the_first_model_is_asked();
    void llmworker_40_a_model_that_is_missing_is_not_asked();
    void llmworker_46_a_full_queue_blocks_no_handshake_and_no_add();
    void llmworker_50_a_summary_is_one_more_question();
    void several_workers_run_several_jobs();
};

namespace {

/// A script that waits for release().
ModelServer::Script held(const QByteArrayList &before = {})
{
    ModelServer::Script script;
    script.pieces = before;
    script.pieces.append("data: [DONE]\n\n");
    script.held = true;
    return script;
}

const QString M = QStringLiteral("m");

} // namespace

void TstLlmworkerServer::llmworker_01_upgrades_at_ws_slash_and_refuses_the_rest_with_403()
{
    Worker worker;
    QCOMPARE(RawClient(worker.url).status(), 101);
    QCOMPARE(RawClient(worker.url, "/ws/?a=b", {}).status(), 101);
    for (const char *path : {"/ws", "/", "/ws/x", "/other"})
        QCOMPARE(RawClient(worker.url, path, {}).status(), 403);
    // A page of somebody else's in this machine's browser.
    QCOMPARE(RawClient(worker.url, "Origin: https://evil.example\r\n").status(), 403);
    QCOMPARE(RawClient(worker.url, "Origin: http://" + worker.url.authority().toLatin1() + "\r\n").status(), 101);
    QVERIFY(RawClient(worker.url).head().contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
}

void TstLlmworkerServer::llmworker_02_listens_on_this_machine_at_8001_when_nothing_is_set()
{
    const auto environment = Environment::read([](const char *) { return Secret(); }, {});
    QVERIFY(environment);
    // Where ours differs: nobody comes from elsewhere unasked, to spend its keys' money.
    QCOMPARE(environment->address, QStringLiteral("127.0.0.1"));
    QCOMPARE(environment->port, quint16(8001));
    QCOMPARE(ServerOptions().address, environment->address);
    QCOMPARE(ServerOptions().port, environment->port);
    QCOMPARE(environment->worker, QUrl(QStringLiteral("ws://localhost:8001/ws/")));
    const auto open = Environment::read([](const char *name) { return Secret(qstrcmp(name, "LISTEN_ADDRESS") == 0 ? "0.0.0.0" : ""); }, {});
    QVERIFY(open);
    QCOMPARE(open->address, QStringLiteral("0.0.0.0"));
}

void TstLlmworkerServer::the_originals_variables_are_understood()
{
    const auto of = [](const QByteArray &set) {
        return [set](const char *name) { return set.startsWith(QByteArray(name) + '=') ? Secret(set.mid(qsizetype(qstrlen(name)) + 1)) : Secret(); };
    };
    const QByteArray file = "# ours\nLISTEN_ADDRESS=127.0.0.1\nexport LISTEN_PORT='9000'\nVLLM_URI=\"http://host:8000/v1\" \nVLLM_API_KEY=k # a key\nOTHER=x\n";
    const auto environment = Environment::read(of("LISTEN_PORT=9001"), file);
    QVERIFY(environment);
    QCOMPARE(environment->address, QStringLiteral("127.0.0.1"));
    QCOMPARE(environment->port, quint16(9001)); // the process's own counts more
    QCOMPARE(environment->vllmBase, QUrl(QStringLiteral("http://host:8000/v1")));
    QVERIFY(environment->vllmKey.equals("k"));
    for (const char *wrong : {"LISTEN_PORT=many", "LISTEN_PORT=70000", "VLLM_URI=host:8000", "LLM_WORKER_URI=http://x/"}) {
        const auto refused = Environment::read(of(wrong), {});
        QVERIFY2(!refused && refused.error().kind() == Error::Kind::Config, wrong);
    }
    QVERIFY(!environment->providers().at(QStringLiteral("openai"))->ready());
    QVERIFY(environment->providers().at(QStringLiteral("openai"))->ready().error().message().startsWith(QStringLiteral("The api_key client option must be set")));
}

void TstLlmworkerServer::llmworker_03_an_add_is_answered_with_its_id_and_a_version_4_uuid()
{
    Worker worker;
    RawClient client(worker.url);
    client.add(QStringLiteral("c-17 \"ü\""), QStringLiteral("q"), Worker::streams(M));
    QVERIFY(client.waitForTexts(1));
    const Json answer = client.messages().first();
    QCOMPARE(typeOf(answer), QStringLiteral("resp_add"));
    QCOMPARE(answer.value(QStringLiteral("id")).toString(), QStringLiteral("c-17 \"ü\""));
    const QString jobId = jobOf(answer);
    QCOMPARE(QUuid::fromString(jobId).version(), QUuid::Random);
    QCOMPARE(jobId.size(), 36);
    QCOMPARE(jobId.toLower(), jobId);
}

void TstLlmworkerServer::llmworker_04_the_answer_comes_before_any_update()
{
    Worker worker;
    RawClient client(worker.url);
    for (int i = 0; i < 50; ++i)
        client.add(QString::number(i), QStringLiteral("q"), "[]");
    QVERIFY(client.waitForEnds(50));
    QSet<QString> known;
    int answered = 0;
    for (const Json &message : client.messages()) {
        if (typeOf(message) == QLatin1String("resp_add")) {
            known.insert(jobOf(message));
            QCOMPARE(message.value(QStringLiteral("id")).toString(), QString::number(answered++)); // in the order sent
        } else {
            QVERIFY(known.contains(jobOf(message)));
        }
    }
}

void TstLlmworkerServer::llmworker_05_equal_ids_make_two_jobs()
{
    Worker worker;
    RawClient client(worker.url);
    client.add(QStringLiteral("same"), QStringLiteral("one"), Worker::streams(M));
    client.add(QStringLiteral("same"), QStringLiteral("two"), Worker::streams(M));
    QVERIFY(client.waitForEnds(2));
    QStringList jobs;
    for (const Json &message : client.messages()) {
        if (typeOf(message) == QLatin1String("resp_add"))
            jobs.append(jobOf(message));
    }
    QCOMPARE(jobs.size(), 2);
    QVERIFY(jobs.at(0) != jobs.at(1));
    QCOMPARE(client.joined(jobs.at(0)), QStringLiteral("one"));
    QCOMPARE(client.joined(jobs.at(1)), QStringLiteral("two"));
}

void TstLlmworkerServer::llmworker_06_updates_come_without_a_listen()
{
    Worker worker;
    worker.models.say(M, {QStringLiteral("7"), QStringLiteral(".3")});
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M));
    QVERIFY(client.waitForEnds(1));
    QCOMPARE(client.joined(jobOf(client.messages().first())), QStringLiteral("7.3"));
    QCOMPARE(typeOf(client.messages().last()), QStringLiteral("done"));
}

void TstLlmworkerServer::llmworker_07_a_listen_has_no_answer()
{
    Worker worker;
    worker.models.play(M, held());
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M));
    QVERIFY(client.waitForTexts(2)); // resp_add and the empty running
    const QString jobId = jobOf(client.messages().first());
    client.text(R"({"type":"listen","job_id":")" + jobId.toUtf8() + "\"}");
    client.text(R"({"type":"listen","job_id":"never heard of"})");
    QVERIFY(client.staysQuiet());
    worker.models.release();
    QVERIFY(client.waitForEnds(1));
    QCOMPARE(client.ends(), 1); // heard twice, told once
}

void TstLlmworkerServer::llmworker_08_a_job_that_is_not_there_is_silent_and_the_connection_lives()
{
    Worker worker;
    RawClient client(worker.url);
    client.text(R"({"type":"listen","job_id":"never heard of"})");
    QVERIFY(client.staysQuiet());
    client.add(QStringLiteral("a"), QStringLiteral("q"), "[]");
    QVERIFY(client.waitForEnds(1));
}

void TstLlmworkerServer::llmworker_11_a_late_listener_gets_nothing_from_before()
{
    Worker worker;
    worker.models.play(M, held({ModelServer::event(QStringLiteral("before"))}));
    RawClient first(worker.url);
    first.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M));
    QVERIFY(first.waitForTexts(3));
    const QString jobId = jobOf(first.messages().first());
    RawClient late(worker.url);
    late.text(R"({"type":"listen","job_id":")" + jobId.toUtf8() + "\"}");
    QVERIFY(late.staysQuiet());
    worker.models.release();
    QVERIFY(late.waitForEnds(1));
    QCOMPARE(late.texts(), QList<QByteArray>{R"({"type":"done","job_id":")" + jobId.toUtf8() + "\"}"});
}

void TstLlmworkerServer::llmworker_15_the_pieces_are_the_last_streams_text()
{
    Worker worker;
    QStringList pieces;
    for (int i = 0; i < 300; ++i)
        pieces.append(QString(i % 7, QChar(0xe4)) + QString::number(i) + QStringLiteral("\n \"😀\\"));
    worker.models.say(QStringLiteral("last"), pieces);
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), '[' + Worker::stream(M) + ',' + Worker::stream(QStringLiteral("last")) + ']');
    QVERIFY(client.waitForEnds(1));
    QCOMPARE(client.joined(jobOf(client.messages().first())), pieces.join(QString()));
}

void TstLlmworkerServer::llmworker_09_a_finished_job_is_silent()
{
    Worker worker;
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), "[]");
    QVERIFY(client.waitForEnds(1));
    client.text(R"({"type":"listen","job_id":")" + jobOf(client.messages().first()).toUtf8() + "\"}");
    QVERIFY(client.staysQuiet());
    // The field of an extension that is off changes nothing.
    client.text(R"({"type":"listen","replay":true,"job_id":")" + jobOf(client.messages().first()).toUtf8() + "\"}");
    QVERIFY(client.staysQuiet());
    QVERIFY(client.isOpen());
}

void TstLlmworkerServer::llmworker_10_the_last_listener_gets_what_comes_from_then_on()
{
    Worker worker;
    worker.models.play(M, held({ModelServer::event(QStringLiteral("before"))}));
    worker.models.play(QStringLiteral("n"), held());
    RawClient first(worker.url);
    RawClient second(worker.url);
    ModelServer::Script script;
    script.pieces = {ModelServer::event(QStringLiteral("before")), ModelServer::event(QStringLiteral("after")) + "data: [DONE]\n\n"};
    script.held = true;
    worker.models.play(M, script);
    first.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M));
    QVERIFY(first.waitForTexts(3));
    const QString jobId = jobOf(first.messages().first());
    second.text(R"({"type":"listen","job_id":")" + jobId.toUtf8() + "\"}");
    QVERIFY(second.staysQuiet());
    worker.models.release();
    QVERIFY(second.waitForEnds(1));
    QCOMPARE(second.joined(jobId), QStringLiteral("after"));
    QVERIFY(first.staysQuiet());
    QCOMPARE(first.joined(jobId), QStringLiteral("before"));
    QCOMPARE(first.ends(), 0);
}

void TstLlmworkerServer::llmworker_12_jobs_of_all_connections_run_one_at_a_time_in_order()
{
    Worker worker;
    worker.models.play(QStringLiteral("first"), held());
    RawClient one(worker.url);
    RawClient two(worker.url);
    one.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(QStringLiteral("first")));
    QVERIFY(one.waitForTexts(2));
    for (int i = 0; i < 10; ++i) {
        RawClient &client = i % 2 ? two : one;
        const qsizetype before = client.texts().size();
        client.add(QString::number(i), QString::number(i), Worker::streams(M));
        QVERIFY(client.waitForTexts(before + 1)); // so that the next is behind it
    }
    QVERIFY(one.staysQuiet() && two.staysQuiet());
    QCOMPARE(worker.models.asked().size(), 1);
    worker.models.release();
    QVERIFY(one.waitForEnds(6) && two.waitForEnds(5));
    QStringList order;
    for (const Json &body : worker.models.asked())
        order.append(body.value(QStringLiteral("messages")).at(0).value(QStringLiteral("content")).toString());
    QCOMPARE(order.join(QLatin1Char(' ')), QStringLiteral("q 0 1 2 3 4 5 6 7 8 9"));
    // On one connection, too, no job begins before the one before it has ended.
    QString running;
    for (const Json &message : two.messages()) {
        if (typeOf(message) == QLatin1String("resp_add"))
            continue;
        QVERIFY(running.isEmpty() || running == jobOf(message));
        running = typeOf(message) == QLatin1String("running") ? jobOf(message) : QString();
    }
}

void TstLlmworkerServer::llmworker_13_each_job_ends_once()
{
    Worker worker;
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M));
    client.add(QStringLiteral("b"), QStringLiteral("q"), Worker::streams(M, "{nosuch}"));
    client.add(QStringLiteral("c"), QStringLiteral("q"), R"([{"pipeline":"rag_scoring"}])");
    QVERIFY(client.waitForEnds(3));
    QVERIFY(client.staysQuiet());
    QHash<QString, int> ends;
    for (const Json &message : client.messages()) {
        QVERIFY(!ends.contains(jobOf(message)) || typeOf(message) == QLatin1String("resp_add"));
        if (typeOf(message) == QLatin1String("done") || typeOf(message) == QLatin1String("failed"))
            ++ends[jobOf(message)];
    }
    QCOMPARE(ends.size(), 3);
    QCOMPARE(saidIn(client.messages().last()), QStringLiteral("'rag_scoring'"));
}

void TstLlmworkerServer::llmworker_14_a_job_begins_with_an_empty_text()
{
    Worker worker;
    worker.models.say(M, {QString(), QStringLiteral("The"), QStringLiteral(" \"Eiffel\"\n"), QStringLiteral("türm 😀"), QString()});
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M));
    QVERIFY(client.waitForEnds(1));
    const QByteArray id = jobOf(client.messages().first()).toUtf8();
    QCOMPARE(client.texts().at(1), R"({"type":"running","job_id":")" + id + R"(","message":""})");
    QCOMPARE(client.texts().at(2), R"({"type":"running","job_id":")" + id + R"(","message":""})"); // the model's own
    QCOMPARE(client.joined(QString::fromUtf8(id)), QStringLiteral("The \"Eiffel\"\ntürm 😀"));
    QCOMPARE(client.texts().last(), R"({"type":"done","job_id":")" + id + "\"}");
}

void TstLlmworkerServer::llmworker_19_an_unknown_provider_fails_the_job_with_its_name()
{
    Worker worker;
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), R"([{"provider":"foo","settings":{},"messages":[]}])");
    QVERIFY(client.waitForEnds(1));
    QCOMPARE(client.texts().size(), 3);
    QCOMPARE(typeOf(client.messages().at(0)), QStringLiteral("resp_add"));
    QCOMPARE(typeOf(client.messages().at(1)), QStringLiteral("running"));
    QCOMPARE(saidIn(client.messages().at(1)), QString());
    QCOMPARE(typeOf(client.messages().at(2)), QStringLiteral("failed"));
    QCOMPARE(saidIn(client.messages().at(2)), QStringLiteral("'foo'"));
}

void TstLlmworkerServer::llmworker_20_a_job_outlives_its_client()
{
    Worker worker;
    worker.models.play(M, held());
    {
        RawClient client(worker.url);
        client.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M));
        QVERIFY(client.waitForTexts(2));
        client.add(QStringLiteral("b"), QStringLiteral("of one who left"), Worker::streams(QStringLiteral("other")));
        QVERIFY(client.waitForTexts(3));
        client.disconnect();
    }
    RawClient client(worker.url);
    client.add(QStringLiteral("c"), QStringLiteral("mine"), Worker::streams(QStringLiteral("other")));
    worker.models.release();
    QVERIFY(client.waitForEnds(1));
    QCOMPARE(worker.models.asked().size(), 3);
    QCOMPARE(worker.models.askedFor(QStringLiteral("other")), 2);
}

void TstLlmworkerServer::llmworker_24_without_a_temperature_it_is_0()
{
    Worker worker;
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M));
    client.add(QStringLiteral("b"), QStringLiteral("q"), R"([{"provider":"vllm","settings":{"model":"m","temperature":"0.5","max_tokens":5,"top_p":1},"messages":[]}])");
    QVERIFY(client.waitForEnds(2));
    const Json first = worker.models.asked().at(0);
    QCOMPARE(first.value(QStringLiteral("temperature")).toDouble(7), 0.0);
    QVERIFY(first.value(QStringLiteral("stream")).toBool());
    QVERIFY(first.contains(QStringLiteral("max_tokens")) && first.value(QStringLiteral("max_tokens")).isNull());
    const Json second = worker.models.asked().at(1);
    QCOMPARE(second.value(QStringLiteral("temperature")).toDouble(), 0.5);
    QVERIFY(second.value(QStringLiteral("max_tokens")).isNull()); // what the original does not know it does not pass on
    QVERIFY(!second.contains(QStringLiteral("top_p")));
    QCOMPARE(second.value(QStringLiteral("messages")).dump(), QByteArray("[]"));
}

void TstLlmworkerServer::llmworker_27_the_first_streams_previous_output_is_the_query()
{
    Worker worker;
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("Q{x}"), Worker::streams(M, "<{previous_stream_output}>"));
    QVERIFY(client.waitForEnds(1));
    QCOMPARE(client.joined(jobOf(client.messages().first())), QStringLiteral("<Q{x}>"));
}

void TstLlmworkerServer::llmworker_28_only_the_last_streams_pieces_are_told()
{
    Worker worker;
    worker.models.say(QStringLiteral("one"), {QStringLiteral("in "), QStringLiteral("{secret}")});
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("Q"), '[' + Worker::stream(QStringLiteral("one")) + ',' + Worker::stream(M, "{query}: {previous_stream_output}", "vllm") + ']');
    QVERIFY(client.waitForEnds(1));
    QCOMPARE(client.texts().size(), 4); // resp_add, the empty one, one piece, done
    QCOMPARE(client.joined(jobOf(client.messages().first())), QStringLiteral("Q: in {secret}"));
}

void TstLlmworkerServer::llmworker_29_no_streams_echo_the_query()
{
    Worker worker;
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("say {this}"), "[]");
    QVERIFY(client.waitForEnds(1));
    QCOMPARE(client.texts().size(), 4);
    QCOMPARE(saidIn(client.messages().at(1)), QString());
    QCOMPARE(saidIn(client.messages().at(2)), QStringLiteral("say {this}"));
    QCOMPARE(typeOf(client.messages().at(3)), QStringLiteral("done"));
}

void TstLlmworkerServer::llmworker_32_a_fault_in_the_last_stream_is_found_before_the_first_model_is_asked()
{
    Worker worker;
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), '[' + Worker::stream(M) + ',' + Worker::stream(M, "{query}", "nosuch") + ']');
    client.add(QStringLiteral("b"), QStringLiteral("q"), '[' + Worker::stream(M) + R"(,{"provider":"vllm","settings":{},"messages":[]}])");
    QVERIFY(client.waitForEnds(2));
    QCOMPARE(worker.models.asked().size(), 0);
    // A placeholder is read when its stream begins, after the first model was asked.
    client.add(QStringLiteral("c"), QStringLiteral("q"), '[' + Worker::stream(M) + ',' + Worker::stream(M, "{nosuch}") + ']');
    QVERIFY(client.waitForEnds(3));
    QCOMPARE(worker.models.asked().size(), 1);
    QCOMPARE(saidIn(client.messages().last()), QStringLiteral("'nosuch'"));
}

void TstLlmworkerServer::llmworker_40_a_model_that_is_missing_is_not_asked()
{
    Worker worker;
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), R"([{"provider":"openai","settings":{"temperature":1},"messages":[]}])");
    client.add(QStringLiteral("b"), QStringLiteral("q"), R"([{"provider":"openai","settings":{"model":"m","temperature":null},"messages":[]}])");
    QVERIFY(client.waitForEnds(2));
    for (const Json &message : client.messages()) {
        if (typeOf(message) == QLatin1String("failed"))
            QVERIFY(saidIn(message).startsWith(QStringLiteral("1 validation error for Settings\n")));
    }
    QCOMPARE(worker.models.asked().size(), 0);
}

void TstLlmworkerServer::llmworker_46_a_full_queue_blocks_no_handshake_and_no_add()
{
    Worker worker;
    worker.models.play(QStringLiteral("slow"), held());
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(QStringLiteral("slow")));
    QVERIFY(client.waitForTexts(2));
    const QString longQuery(4096, QLatin1Char('x'));
    for (int i = 0; i < 500; ++i)
        client.add(QString::number(i), longQuery, Worker::streams(M));
    QVERIFY(client.waitForTexts(502));
    for (int i = 0; i < 20; ++i) {
        RawClient other(worker.url);
        QCOMPARE(other.status(), 101);
        other.add(QStringLiteral("o"), QStringLiteral("q"), "[]");
        QVERIFY(other.waitForTexts(1, 1000));
    }
    worker.models.release();
    QVERIFY(client.waitForEnds(501, 60'000));
}

void TstLlmworkerServer::llmworker_50_a_summary_is_one_more_question()
{
    Worker worker;
    worker.models.say(QStringLiteral("gpt-3.5-turbo"), {QStringLiteral("in "), QStringLiteral("short")});
    RawClient client(worker.url);
    const QByteArray streams = R"([{"provider":"vllm","settings":{"model":"m"},"messages":[{"insert":"history_summary"},{"role":"user","content":"{query}"}]}])";
    const QByteArray history = R"(,"history":[{"role":"user","content":"1"},{"role":"assistant","content":"2"},{"role":"user","content":"3"},{"role":"assistant","content":"4"}])";
    client.add(QStringLiteral("a"), QStringLiteral("q"), streams, history);
    QVERIFY(client.waitForEnds(1));
    QCOMPARE(worker.models.asked().size(), 2);
    QCOMPARE(worker.models.asked().at(0).value(QStringLiteral("messages")).size(), 5);
    QCOMPARE(worker.models.asked().at(0).value(QStringLiteral("temperature")).toDouble(7), 0.0);
    const Json messages = worker.models.asked().at(1).value(QStringLiteral("messages"));
    QCOMPARE(messages.size(), 5);
    QCOMPARE(messages.at(0).dump(), QByteArray(R"({"role":"system","content":"in short"})"));
    QCOMPARE(messages.at(1).value(QStringLiteral("content")).toString(), QStringLiteral("2"));
    client.add(QStringLiteral("b"), QStringLiteral("q"), streams);
    QVERIFY(client.waitForEnds(2));
    QCOMPARE(worker.models.asked().size(), 3);
    QCOMPARE(worker.models.asked().at(2).value(QStringLiteral("messages")).size(), 1);
}

void TstLlmworkerServer::several_workers_run_several_jobs()
{
    Worker worker([](ServerOptions &options) { options.workers = 3; });
    worker.models.play(M, held());
    RawClient client(worker.url);
    for (int i = 0; i < 5; ++i)
        client.add(QString::number(i), QStringLiteral("q"), Worker::streams(M));
    QVERIFY(client.waitFor([&] { return worker.models.asked().size() == 3; }));
    QVERIFY(client.waitForTexts(8));
    QVERIFY(client.staysQuiet());
    worker.models.release();
    QVERIFY(client.waitForEnds(5));
}

QTEST_GUILESS_MAIN(TstLlmworkerServer)
#include "tst_llmworker_server.moc"
