// What ours has beyond the original, each only where it was asked for (sluice-extensions.md).
#include "worker_fixture.h"

#include "sluice/llmworker/message.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::test;
using namespace sluice::llmworker;

class TstLlmworkerExtensions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_client_that_asks_is_told_what_there_is();
    void a_replay_gives_the_text_so_far_and_then_the_rest();
    void a_replay_gives_a_job_that_has_ended();
    void a_running_job_is_cancelled();
    void a_waiting_job_is_cancelled_and_never_runs();
    void the_jobs_are_listed();
    void streams_are_told_to_who_asks_and_to_nobody_else();
    void a_listener_that_asks_for_streams_is_told_of_what_comes();
    void a_replay_tells_of_the_streams_too();
    void without_its_key_nobody_gets_in();
    void a_full_queue_says_so();
    void what_waits_survives_and_what_ran_is_not_run_again();
};

namespace {

const QString M = QStringLiteral("m");
const QByteArray Asks = QByteArray("Sec-WebSocket-Protocol: other, ") + ExtensionsProtocol + "\r\n";

void all(ServerOptions &options)
{
    options.replay = true;
    options.cancel = true;
    options.listJobs = true;
}

ModelServer::Script held(const QByteArrayList &before)
{
    ModelServer::Script script;
    script.pieces = before;
    script.held = true;
    return script;
}

QByteArray naming(const char *type, const QString &jobId, const QByteArray &more = {})
{
    return "{\"type\":\"" + QByteArray(type) + "\",\"job_id\":\"" + jobId.toUtf8() + '"' + more + '}';
}

} // namespace

void TstLlmworkerExtensions::a_client_that_asks_is_told_what_there_is()
{
    Worker worker(all);
    RawClient plain(worker.url);
    QVERIFY(!plain.head().contains("Sec-WebSocket-Protocol"));
    QVERIFY(plain.staysQuiet(50));
    RawClient asking(worker.url, Asks);
    QVERIFY(asking.head().contains(QByteArray("Sec-WebSocket-Protocol: ") + ExtensionsProtocol));
    QVERIFY(asking.waitForTexts(1));
    QCOMPARE(asking.texts().first(), QByteArray(R"({"type":"extensions","names":["replay","cancel","jobs"]})"));
    Worker none;
    RawClient refused(none.url, Asks);
    QCOMPARE(refused.status(), 101);
    QVERIFY(!refused.head().contains("Sec-WebSocket-Protocol"));
}

void TstLlmworkerExtensions::a_replay_gives_the_text_so_far_and_then_the_rest()
{
    Worker worker(all);
    worker.models.play(M, held({ModelServer::event(QStringLiteral("one ")), ModelServer::event(QStringLiteral("two ")), ModelServer::event(QStringLiteral("three"))}));
    RawClient first(worker.url);
    first.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M));
    QVERIFY(first.waitForTexts(4));
    const QString jobId = jobOf(first.messages().first());
    RawClient second(worker.url);
    second.text(naming("listen", jobId, ",\"replay\":true"));
    QVERIFY(second.waitForTexts(1));
    QCOMPARE(saidIn(second.messages().first()), QStringLiteral("one two "));
    worker.models.release();
    QVERIFY(second.waitForEnds(1));
    QCOMPARE(second.joined(jobId), QStringLiteral("one two three"));
}

void TstLlmworkerExtensions::a_replay_gives_a_job_that_has_ended()
{
    Worker worker(all);
    RawClient first(worker.url);
    first.add(QStringLiteral("a"), QStringLiteral("said"), Worker::streams(M));
    first.add(QStringLiteral("b"), QStringLiteral("q"), Worker::streams(M, "{nosuch}"));
    QVERIFY(first.waitForEnds(2));
    const QString done = jobOf(first.messages().first());
    const QString failed = jobOf(first.messages().last());
    RawClient second(worker.url);
    second.text(naming("listen", done, ",\"replay\":true"));
    second.text(naming("listen", failed, ",\"replay\":true"));
    QVERIFY(second.waitForEnds(2));
    QCOMPARE(second.joined(done), QStringLiteral("said"));
    QCOMPARE(saidIn(second.messages().last()), QStringLiteral("'nosuch'"));
    RawClient plain(worker.url);
    plain.text(naming("listen", done));
    QVERIFY(plain.staysQuiet());
}

void TstLlmworkerExtensions::a_running_job_is_cancelled()
{
    Worker worker(all);
    worker.models.play(M, held({ModelServer::event(QStringLiteral("one"))}));
    ModelServer::Script script;
    script.held = true;
    worker.models.play(M, script);
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M));
    client.add(QStringLiteral("b"), QStringLiteral("next"), Worker::streams(QStringLiteral("other")));
    QVERIFY(client.waitForTexts(3));
    QVERIFY(client.waitFor([&] { return worker.models.asked().size() == 1; }));
    RawClient other(worker.url);
    other.text(naming("cancel", jobOf(client.messages().first())));
    other.text(naming("cancel", QStringLiteral("nobody's")));
    QVERIFY(client.waitForEnds(2));
    QVERIFY(other.isOpen());
    QStringList ends;
    for (const Json &message : client.messages()) {
        if (typeOf(message) == QLatin1String("failed"))
            ends.append(saidIn(message));
    }
    QCOMPARE(ends, QStringList{QStringLiteral("The job was cancelled.")});
}

void TstLlmworkerExtensions::a_waiting_job_is_cancelled_and_never_runs()
{
    Worker worker(all);
    ModelServer::Script script;
    script.held = true;
    worker.models.play(M, script);
    RawClient client(worker.url);
    client.add(QStringLiteral("a"), QStringLiteral("q"), Worker::streams(M));
    client.add(QStringLiteral("b"), QStringLiteral("next"), Worker::streams(QStringLiteral("other")));
    QVERIFY(client.waitForTexts(3));
    QString second;
    for (const Json &message : client.messages()) {
        if (message.value(QStringLiteral("id")).toString() == QLatin1String("b"))
            second = jobOf(message);
    }
    client.text(naming("cancel", second));
    QVERIFY(client.waitForEnds(1));
    QCOMPARE(jobOf(client.messages().last()), second);
    worker.models.release();
    QVERIFY(client.waitForEnds(2));
    QCOMPARE(worker.models.askedFor(QStringLiteral("other")), 0);
}

void TstLlmworkerExtensions::the_jobs_are_listed()
{
    Worker worker(all);
    ModelServer::Script script;
    script.held = true;
    worker.models.play(M, script);
    RawClient client(worker.url);
    for (int i = 0; i < 3; ++i)
        client.add(QString::number(i), QStringLiteral("q"), Worker::streams(M));
    QVERIFY(client.waitForTexts(4));
    RawClient other(worker.url);
    other.text(R"({"type":"jobs"})");
    QVERIFY(other.waitForTexts(1));
    const Json told = other.messages().first();
    QCOMPARE(told.value(QStringLiteral("running")).toInt64().value_or(-1), 1);
    QCOMPARE(told.value(QStringLiteral("waiting")).toInt64().value_or(-1), 2);
    const QList<Json> jobs = told.value(QStringLiteral("jobs")).items();
    QCOMPARE(jobs.size(), 3);
    QCOMPARE(jobs.at(0).value(QStringLiteral("state")).toString(), QStringLiteral("running"));
    QCOMPARE(jobs.at(2).value(QStringLiteral("place")).toInt64().value_or(-1), 2);
}

void TstLlmworkerExtensions::streams_are_told_to_who_asks_and_to_nobody_else()
{
    const auto two = '[' + Worker::stream(QStringLiteral("first")) + ',' + Worker::stream(M, "{previous_stream_output}!") + ']';
    for (const bool offered : {false, true}) {
        Worker worker([offered](ServerOptions &options) { options.tellStreams = offered; });
        worker.models.say(QStringLiteral("first"), {QStringLiteral("a"), QStringLiteral("b")});
        RawClient client(worker.url);
        client.text(R"({"type":"add","id":"x","query":"q","tell_streams":true,"assistant":{"streams":)" + two + "}}");
        QVERIFY(client.waitForEnds(1));
        const QByteArray job = jobOf(client.messages().first()).toUtf8();
        const QByteArray begin = R"({"type":"stream","job_id":")" + job + R"(","stream":)";
        QByteArrayList streams = client.texts();
        streams.removeIf([&](const QByteArray &text) { return !text.startsWith(begin); });
        if (!offered) {
            QVERIFY(streams.isEmpty());
            continue;
        }
        const QByteArrayList expected{begin + R"(1,"event":"begun","of":2,"provider":"openai","model":"first"})", begin + R"(1,"event":"text","message":"a"})",
            begin + R"(1,"event":"text","message":"b"})", begin + R"(1,"event":"ended"})", begin + R"(2,"event":"begun","of":2,"provider":"openai","model":"m"})",
            begin + R"(2,"event":"ended"})"};
        QCOMPARE(streams, expected);
        QCOMPARE(typeOf(client.messages().last()), QStringLiteral("done"));
        // Who does not ask gets what the original sends.
        worker.models.say(QStringLiteral("first"), {QStringLiteral("a")});
        RawClient plain(worker.url);
        plain.add(QStringLiteral("y"), QStringLiteral("q"), two);
        QVERIFY(plain.waitForEnds(1));
        for (const Json &message : plain.messages())
            QVERIFY(typeOf(message) != QLatin1String("stream"));
    }
}

void TstLlmworkerExtensions::a_listener_that_asks_for_streams_is_told_of_what_comes()
{
    Worker worker([](ServerOptions &options) { options.tellStreams = true; });
    worker.models.play(QStringLiteral("first"), held({ModelServer::event(QStringLiteral("before ")), ModelServer::event(QStringLiteral("after"))}));
    const auto two = '[' + Worker::stream(QStringLiteral("first")) + ',' + Worker::stream(M, "{previous_stream_output}") + ']';
    RawClient first(worker.url);
    first.add(QStringLiteral("a"), QStringLiteral("q"), two);
    QVERIFY(first.waitForTexts(2));
    const QString job = jobOf(first.messages().first());
    QVERIFY(first.waitFor([&] { return worker.models.asked().size() == 1; }));
    RawClient second(worker.url);
    second.text(naming("listen", job, ",\"tell_streams\":true"));
    QVERIFY(second.staysQuiet(50)); // it is there now, and nothing goes on
    worker.models.release();
    QVERIFY(second.waitForEnds(1));
    QStringList said;
    for (const Json &message : second.messages()) {
        if (typeOf(message) == QLatin1String("stream") && message.contains(QStringLiteral("message")))
            said.append(saidIn(message));
    }
    QCOMPARE(said.last(), QStringLiteral("after"));
    QCOMPARE(first.ends(), 0);
}

void TstLlmworkerExtensions::a_replay_tells_of_the_streams_too()
{
    Worker worker([](ServerOptions &options) {
        options.replay = true;
        options.tellStreams = true;
    });
    worker.models.say(QStringLiteral("first"), {QStringLiteral("a"), QStringLiteral("b")});
    worker.models.play(M, held({ModelServer::event(QStringLiteral("one ")), ModelServer::event(QStringLiteral("two"))}));
    RawClient plain(worker.url); // the streams are told to who comes later, whoever began the job
    plain.add(QStringLiteral("x"), QStringLiteral("q"), '[' + Worker::stream(QStringLiteral("first")) + ',' + Worker::stream(M, "{previous_stream_output}") + ']');
    QVERIFY(plain.waitForTexts(3));
    const QByteArray job = jobOf(plain.messages().first()).toUtf8();
    const QByteArray stream = R"({"type":"stream","job_id":")" + job + R"(","stream":)";
    const QByteArray listen = naming("listen", QString::fromUtf8(job), ",\"replay\":true,\"tell_streams\":true");
    const QByteArrayList before{stream + R"(1,"event":"begun","of":2,"provider":"openai","model":"first","replay":true})", stream + R"(1,"event":"text","message":"ab","replay":true})",
        stream + R"(1,"event":"ended","replay":true})", stream + R"(2,"event":"begun","of":2,"provider":"openai","model":"m","replay":true})"};
    const QByteArray running = R"({"type":"running","job_id":")" + job + R"(","message":)";
    RawClient late(worker.url);
    late.text(listen);
    QVERIFY(late.waitForTexts(5));
    QCOMPARE(late.texts(), before + QByteArrayList{running + R"("one ","replay":true})"});
    worker.models.release();
    QVERIFY(late.waitForEnds(1));
    RawClient last(worker.url);
    last.text(listen);
    QVERIFY(last.waitForEnds(1));
    const QByteArrayList after{running + R"("one two","replay":true})", stream + R"(2,"event":"ended","replay":true})", R"({"type":"done","job_id":")" + job + R"("})"};
    QCOMPARE(last.texts(), before + after);
    RawClient answerOnly(worker.url);
    answerOnly.text(naming("listen", QString::fromUtf8(job), ",\"replay\":true"));
    QVERIFY(answerOnly.waitForEnds(1));
    QCOMPARE(answerOnly.texts(), QByteArrayList({after.first(), after.last()}));
}

void TstLlmworkerExtensions::without_its_key_nobody_gets_in()
{
    Worker worker([](ServerOptions &options) { options.key = Secret(QByteArrayView("open sesame")); });
    QCOMPARE(RawClient(worker.url).status(), 401);
    QCOMPARE(RawClient(worker.url, "Authorization: Bearer open\r\n").status(), 401);
    QCOMPARE(RawClient(worker.url, "Authorization: Bearer open sesame\r\n").status(), 101);
}

void TstLlmworkerExtensions::a_full_queue_says_so()
{
    Worker worker([](ServerOptions &options) { options.maxWaiting = 2; });
    ModelServer::Script script;
    script.held = true;
    worker.models.play(M, script);
    RawClient client(worker.url);
    client.add(QStringLiteral("0"), QStringLiteral("q"), Worker::streams(M));
    QVERIFY(client.waitForTexts(2));
    for (int i = 1; i < 4; ++i)
        client.add(QString::number(i), QStringLiteral("q"), Worker::streams(M));
    QVERIFY(client.waitForEnds(1));
    QVERIFY2(saidIn(client.messages().last()).startsWith(QStringLiteral("The queue is full: 2 jobs wait already.")), qPrintable(saidIn(client.messages().last())));
    worker.models.release();
    QVERIFY(client.waitForEnds(4));
}

void TstLlmworkerExtensions::what_waits_survives_and_what_ran_is_not_run_again()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("queue.sqlite"));
    const auto kept = [&](ServerOptions &options) {
        options.queueFile = file;
        options.replay = true;
    };
    QStringList jobs;
    {
        Worker worker(kept);
        ModelServer::Script script;
        script.held = true;
        worker.models.play(M, script);
        RawClient client(worker.url);
        for (int i = 0; i < 4; ++i)
            client.add(QString::number(i), QStringLiteral("query %1").arg(i), Worker::streams(i == 0 ? M : QStringLiteral("other")));
        QVERIFY(client.waitForTexts(5));
        QVERIFY(client.waitFor([&] { return worker.models.asked().size() == 1; }));
        for (const Json &message : client.messages()) {
            if (typeOf(message) == QLatin1String("resp_add"))
                jobs.append(jobOf(message));
        }
        QCOMPARE(worker.models.askedFor(QStringLiteral("other")), 0);
    }
    QCOMPARE(jobs.size(), 4);
    Worker worker(kept);
    RawClient client(worker.url);
    QVERIFY(client.waitFor([&] { return worker.models.askedFor(QStringLiteral("other")) == 3; }));
    for (const QString &job : jobs)
        client.text(naming("listen", job, ",\"replay\":true"));
    QVERIFY(client.waitForEnds(4));
    QCOMPARE(client.joined(jobs.at(1)), QStringLiteral("query 1"));
    QCOMPARE(worker.models.askedFor(M), 0);
    for (const Json &message : client.messages()) {
        if (jobOf(message) == jobs.at(0) && typeOf(message) == QLatin1String("failed"))
            QVERIFY(saidIn(message).startsWith(QStringLiteral("The worker ended while this job ran")));
    }
}

QTEST_GUILESS_MAIN(TstLlmworkerExtensions)
#include "tst_llmworker_extensions.moc"
