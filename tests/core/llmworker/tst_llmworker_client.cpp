// Our client against our worker, and against scripted ones that do what they should not. Statements of llm-worker.md 15 for the client.
#include "worker_fixture.h"

#include "sluice/llmworker/client.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtNetwork/QTcpServer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWebSockets/QWebSocket>
#include <QtWebSockets/QWebSocketServer>

using namespace sluice;
using namespace sluice::test;
using namespace sluice::llmworker;

class TstLlmworkerClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_job_is_done_with_its_text();
    void llmworker_33_done_without_running_is_an_empty_answer();
    void llmworker_34_an_abnormal_close_is_a_rejection();
    void llmworker_35_answers_find_their_adds_in_any_order();
    void llmworker_52_messages_may_be_cut_and_spaced_anyhow();
    void llmworker_53_what_is_of_others_changes_nothing();
    void llmworker_54_the_first_end_counts();
    void llmworker_55_a_failure_is_shown_and_no_success();
    void llmworker_56_a_job_ends_at_its_deadline();
    void a_broken_connection_is_made_again_and_the_job_heard_again();
    void with_a_replay_no_text_is_lost();
    void what_a_replay_tells_of_streams_is_told_once();
    void a_server_that_is_gone_is_told_of();
    void a_server_that_does_not_answer_is_late();
    void many_jobs_share_a_connection();
};

namespace {

const QString M = QStringLiteral("m");

/// A worker that says what a test says, over Qt's own websockets.
class ScriptedWorker final {
public:
    ScriptedWorker()
        : m_server(QStringLiteral("scripted"), QWebSocketServer::NonSecureMode)
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QWebSocketServer::newConnection, &m_server, [this] {
            socket = m_server.nextPendingConnection();
            socket->setParent(&m_server);
            ++connections;
            QObject::connect(socket, &QWebSocket::textMessageReceived, socket, [this](const QString &text) {
                const Json message = orThrow(Json::parse(text.toUtf8()));
                received.append(message);
                if (onMessage)
                    onMessage(message);
            });
        });
    }
    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("ws://127.0.0.1:%1/ws/").arg(m_server.serverPort())); }
    void say(const QByteArray &text) { socket->sendTextMessage(QString::fromUtf8(text)); }
    void accept(const Json &add, const QString &jobId) { say(ServerMessage::respAdd(add.value(QStringLiteral("id")).toString(), jobId).dump()); }
    void stopListening() { m_server.close(); }

    QPointer<QWebSocket> socket;
    int connections = 0;
    QList<Json> received;
    std::function<void(const Json &)> onMessage;

private:
    QWebSocketServer m_server;
};

Client::Options at(const QUrl &url)
{
    Client::Options options;
    options.url = url;
    options.retryPause = std::chrono::milliseconds(10);
    options.giveUp = std::chrono::milliseconds(500);
    return options;
}

AddRequest question(const QString &query, const QString &model = M)
{
    AddRequest add;
    add.query = query;
    Stream stream;
    stream.provider = QStringLiteral("openai");
    stream.settings = Json{{QStringLiteral("model"), model}};
    stream.messages = {Message(QStringLiteral("user"), QStringLiteral("{query}"))};
    add.assistant.streams = {stream};
    return add;
}

} // namespace

void TstLlmworkerClient::a_job_is_done_with_its_text()
{
    Worker worker;
    worker.models.say(M, {QStringLiteral("7"), QStringLiteral(".3 ü")});
    Client client(at(worker.url));
    const auto job = client.add(question(QStringLiteral("q")), JobLimits());
    QTRY_VERIFY(job->isOver());
    QCOMPARE(job->state(), ClientJob::State::Done);
    QCOMPARE(job->text(), QStringLiteral("7.3 ü"));
    QVERIFY(job->isWhole());
    QVERIFY(client.extensions().isEmpty());
}

void TstLlmworkerClient::llmworker_33_done_without_running_is_an_empty_answer()
{
    ScriptedWorker worker;
    worker.onMessage = [&](const Json &add) {
        worker.accept(add, QStringLiteral("J"));
        worker.say(R"({"type":"done","job_id":"J"})");
    };
    Client client(at(worker.url()));
    const auto job = client.add(question({}), JobLimits());
    QTRY_VERIFY(job->isOver());
    QCOMPARE(job->state(), ClientJob::State::Done);
    QCOMPARE(job->text(), QString());
}

void TstLlmworkerClient::llmworker_34_an_abnormal_close_is_a_rejection()
{
    ScriptedWorker worker;
    worker.onMessage = [&](const Json &) { worker.socket->abort(); };
    Client client(at(worker.url()));
    const auto job = client.add(question({}), JobLimits());
    QTRY_VERIFY(job->isOver());
    QCOMPARE(job->state(), ClientJob::State::Failed);
    QCOMPARE(job->error()->kind(), Error::Kind::InvalidInput);
    QVERIFY(job->error()->message().contains(QStringLiteral("rejected")));
    // Never sent again: what comes next at the worker is the next job.
    worker.onMessage = [&](const Json &add) {
        worker.accept(add, QStringLiteral("J"));
        worker.say(ServerMessage::done(QStringLiteral("J")).dump());
    };
    AddRequest another = question({});
    another.query = QStringLiteral("another");
    const auto next = client.add(another, JobLimits());
    QTRY_VERIFY(next->isOver());
    QCOMPARE(next->state(), ClientJob::State::Done);
    QCOMPARE(worker.received.size(), 2);
    QCOMPARE(worker.received.last().value(QStringLiteral("query")).toString(), QStringLiteral("another"));
    // The same by a worker of ours, which hangs up on what is no add.
    Worker ours;
    Client other(at(ours.url));
    AddRequest wrong = question({});
    wrong.history = {Message(QStringLiteral("tool"), QStringLiteral("x"))};
    const auto refused = other.add(wrong, JobLimits());
    QTRY_VERIFY(refused->isOver());
    QCOMPARE(refused->error()->kind(), Error::Kind::InvalidInput);
}

void TstLlmworkerClient::llmworker_35_answers_find_their_adds_in_any_order()
{
    ScriptedWorker worker;
    worker.onMessage = [&](const Json &) {
        if (worker.received.size() < 3)
            return;
        for (int i : {2, 0, 1})
            worker.accept(worker.received.at(i), QString::number(i));
        for (int i : {1, 2, 0}) {
            const QByteArray id = QByteArray::number(i);
            worker.say(R"({"type":"running","job_id":")" + id + R"(","message":"for )" + id + "\"}");
            worker.say(R"({"type":"done","job_id":")" + id + "\"}");
        }
    };
    Client client(at(worker.url()));
    QList<std::shared_ptr<ClientJob>> jobs;
    for (int i = 0; i < 3; ++i)
        jobs.append(client.add(question(QString::number(i)), JobLimits()));
    for (const auto &job : jobs)
        QTRY_VERIFY(job->isOver());
    for (int i = 0; i < 3; ++i)
        QCOMPARE(jobs.at(i)->text(), QStringLiteral("for %1").arg(worker.received.at(i).value(QStringLiteral("query")).toString()));
    QCOMPARE(worker.connections, 1);
}

void TstLlmworkerClient::llmworker_52_messages_may_be_cut_and_spaced_anyhow()
{
    ScriptedWorker worker;
    worker.onMessage = [&](const Json &add) {
        worker.say("\n { \"job_id\" : \"J\", \"more\":{\"a\":[1]} , \"id\":" + add.value(QStringLiteral("id")).toString().toUtf8().prepend('"').append('"') + ", \"type\":\"resp_add\" }");
        worker.socket->setOutgoingFrameSize(3);
        worker.say("{\"message\":\"\\u00e4\xc3\xb6\",\"type\":\"running\",\"job_id\":\"J\",\"x\":null}");
        worker.say(" {\"job_id\":\"J\",\"type\":\"done\",\"message\":5} ");
    };
    Client client(at(worker.url()));
    const auto job = client.add(question({}), JobLimits());
    QTRY_VERIFY(job->isOver());
    QCOMPARE(job->state(), ClientJob::State::Done);
    QCOMPARE(job->text(), QStringLiteral("äö"));
}

void TstLlmworkerClient::llmworker_53_what_is_of_others_changes_nothing()
{
    ScriptedWorker worker;
    worker.onMessage = [&](const Json &add) {
        worker.say(R"({"type":"running","job_id":"other","message":"no"})");
        worker.say(R"({"type":"failed","job_id":"other","message":"no"})");
        worker.say(R"({"type":"resp_add","id":"somebody's","job_id":"other"})");
        worker.say(R"({"type":"news","job_id":"J"})");
        worker.accept(add, QStringLiteral("J"));
        worker.say(R"({"type":"pending","job_id":"J"})");
        worker.say(R"({"type":"running","job_id":"other","message":"no"})");
        worker.say(R"({"type":"running","job_id":"J","message":"yes"})");
        worker.say(R"({"type":"done","job_id":"other"})");
        worker.say(R"({"type":"done","job_id":"J"})");
    };
    Client client(at(worker.url()));
    const auto job = client.add(question({}), JobLimits());
    QTRY_VERIFY(job->isOver());
    QCOMPARE(job->state(), ClientJob::State::Done);
    QCOMPARE(job->text(), QStringLiteral("yes"));
}

void TstLlmworkerClient::llmworker_54_the_first_end_counts()
{
    ScriptedWorker worker;
    worker.onMessage = [&](const Json &add) {
        worker.accept(add, QStringLiteral("J"));
        worker.say(R"({"type":"running","job_id":"J","message":"a"})");
        worker.say(R"({"type":"done","job_id":"J"})");
        worker.say(R"({"type":"running","job_id":"J","message":"b"})");
        worker.say(R"({"type":"failed","job_id":"J","message":"late"})");
    };
    Client client(at(worker.url()));
    const auto job = client.add(question({}), JobLimits());
    int ends = 0;
    connect(job.get(), &ClientJob::ended, job.get(), [&] { ++ends; });
    QTRY_VERIFY(job->isOver());
    // What was sent before the ping was read before it is answered.
    QSignalSpy pong(worker.socket, &QWebSocket::pong);
    worker.socket->ping();
    QTRY_COMPARE(pong.size(), 1);
    QCOMPARE(ends, 1);
    QCOMPARE(job->state(), ClientJob::State::Done);
    QCOMPARE(job->text(), QStringLiteral("a"));
}

void TstLlmworkerClient::llmworker_55_a_failure_is_shown_and_no_success()
{
    Worker worker;
    Client client(at(worker.url));
    AddRequest add = question({});
    std::get<Stream>(add.assistant.streams[0]).provider = QStringLiteral("foo");
    const auto job = client.add(add, JobLimits());
    QTRY_VERIFY(job->isOver());
    QCOMPARE(job->state(), ClientJob::State::Failed);
    QCOMPARE(job->error()->message(), QStringLiteral("'foo'"));
}

void TstLlmworkerClient::llmworker_56_a_job_ends_at_its_deadline()
{
    ScriptedWorker worker;
    worker.onMessage = [&](const Json &add) {
        if (worker.received.size() == 1)
            return; // no answer at all
        worker.accept(add, QStringLiteral("J"));
        worker.say(R"({"type":"running","job_id":"J","message":"begun"})");
    };
    Client client(at(worker.url()));
    JobLimits limits;
    limits.total = std::chrono::milliseconds(300);
    const auto silent = client.add(question({}), limits);
    JobLimits idle;
    idle.idle = std::chrono::milliseconds(200);
    const auto stopped = client.add(question({}), idle);
    QTRY_VERIFY(silent->isOver() && stopped->isOver());
    QCOMPARE(silent->error()->kind(), Error::Kind::Timeout);
    QCOMPARE(stopped->error()->kind(), Error::Kind::Timeout);
    QCOMPARE(stopped->text(), QStringLiteral("begun"));
}

void TstLlmworkerClient::a_broken_connection_is_made_again_and_the_job_heard_again()
{
    ScriptedWorker worker;
    worker.onMessage = [&](const Json &message) {
        if (message.value(QStringLiteral("type")).toString() == QLatin1String("add")) {
            worker.accept(message, QStringLiteral("J"));
            worker.say(R"({"type":"running","job_id":"J","message":"one "})");
            QTimer::singleShot(50, worker.socket, [&] { worker.socket->abort(); });
            return;
        }
        worker.say(R"({"type":"running","job_id":"J","message":"three"})");
        worker.say(R"({"type":"done","job_id":"J"})");
    };
    Client client(at(worker.url()));
    const auto job = client.add(question({}), JobLimits());
    QTRY_VERIFY(job->isOver());
    QCOMPARE(job->state(), ClientJob::State::Done);
    QCOMPARE(job->text(), QStringLiteral("one three"));
    QVERIFY(!job->isWhole()); // something may have come between
    QCOMPARE(worker.received.last().dump(), QByteArray(R"({"type":"listen","job_id":"J"})"));
    QCOMPARE(worker.connections, 2);
}

void TstLlmworkerClient::with_a_replay_no_text_is_lost()
{
    Worker worker([](ServerOptions &options) {
        options.replay = true;
        options.pingInterval = std::chrono::seconds(20);
    });
    ModelServer::Script script;
    script.pieces = {ModelServer::event(QStringLiteral("one ")), ModelServer::event(QStringLiteral("two ")), ModelServer::event(QStringLiteral("three"))};
    script.held = true;
    worker.models.play(M, script);
    Client first(at(worker.url));
    const auto begun = first.add(question({}), JobLimits());
    QTRY_COMPARE(begun->text(), QStringLiteral("one two "));
    Client second(at(worker.url));
    const auto job = second.listen(begun->id(), JobLimits());
    QTRY_COMPARE(job->text(), QStringLiteral("one two "));
    QVERIFY(job->isWhole());
    worker.models.release();
    QTRY_VERIFY(job->isOver());
    QCOMPARE(job->text(), QStringLiteral("one two three"));
    QCOMPARE(second.extensions(), QStringList{QStringLiteral("replay")});
    const auto again = second.listen(begun->id(), JobLimits());
    QTRY_VERIFY(again->isOver());
    QCOMPARE(again->text(), QStringLiteral("one two three"));
}

void TstLlmworkerClient::what_a_replay_tells_of_streams_is_told_once()
{
    ScriptedWorker worker;
    worker.onMessage = [&](const Json &message) {
        const QByteArray stream = R"({"type":"stream","job_id":"J","stream":1,"event":)";
        if (message.value(QStringLiteral("type")).toString() == QLatin1String("add")) {
            worker.accept(message, QStringLiteral("J"));
            worker.say(stream + R"("begun","of":2,"provider":"p","model":"m"})");
            worker.say(stream + R"("text","message":"one "})");
            QTimer::singleShot(50, worker.socket, [&] { worker.socket->abort(); });
            return;
        }
        for (int i = 0; i < 2; ++i) {
            worker.say(stream + R"("begun","of":2,"provider":"p","model":"m","replay":true})");
            worker.say(stream + R"("text","message":"one two","replay":true})");
            worker.say(stream + R"("text","message":"something else","replay":true})");
            worker.say(stream + R"("ended","paid_wei":"3","replay":true})");
        }
        worker.say(R"({"type":"done","job_id":"J"})");
    };
    Client client(at(worker.url()));
    const auto job = client.add(question({}), JobLimits());
    QStringList told;
    QObject::connect(job.get(), &ClientJob::told, job.get(), [&told](const Json &news) { told.append(QString::fromUtf8(news.dump())); });
    QTRY_VERIFY(job->isOver());
    QCOMPARE(told, QStringList({QStringLiteral(R"({"stream":1,"event":"begun","of":2,"provider":"p","model":"m"})"), QStringLiteral(R"({"stream":1,"event":"text","message":"one "})"),
                       QStringLiteral(R"({"stream":1,"event":"text","message":"two"})"), QStringLiteral(R"({"stream":1,"event":"ended","paid_wei":"3"})")}));
}

void TstLlmworkerClient::a_server_that_does_not_answer_is_late()
{
    QTcpServer silent; // its kernel takes the connection, and nobody answers
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    Client::Options options;
    options.url = QUrl(QStringLiteral("ws://127.0.0.1:%1/ws/").arg(silent.serverPort()));
    options.connectTimeout = std::chrono::milliseconds(200);
    Client client(options);
    QFuture<void> connected = client.connected();
    QTRY_VERIFY(connected.isFinished());
    try {
        connected.waitForFinished();
        QFAIL("it is connected");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Timeout);
        QVERIFY2(error.message().contains(QStringLiteral("did not answer in time")), qPrintable(error.describe()));
    }
}

void TstLlmworkerClient::a_server_that_is_gone_is_told_of()
{
    ScriptedWorker worker;
    worker.onMessage = [&](const Json &add) {
        worker.accept(add, QStringLiteral("J"));
        worker.stopListening();
        QTimer::singleShot(20, worker.socket, [&] { worker.socket->abort(); });
    };
    Client client(at(worker.url()));
    const auto job = client.add(question({}), JobLimits());
    QTRY_VERIFY(job->isOver());
    QCOMPARE(job->error()->kind(), Error::Kind::Network);
    const auto never = client.add(question({}), JobLimits());
    QTRY_VERIFY(never->isOver());
    QCOMPARE(never->error()->kind(), Error::Kind::Network);
    QVERIFY(!never->error()->advice().isEmpty());
}

void TstLlmworkerClient::many_jobs_share_a_connection()
{
    Worker worker;
    Client client(at(worker.url));
    QList<std::shared_ptr<ClientJob>> jobs;
    for (int i = 0; i < 200; ++i)
        jobs.append(client.add(question(QStringLiteral("question %1").arg(i)), JobLimits()));
    for (const auto &job : jobs)
        QTRY_VERIFY_WITH_TIMEOUT(job->isOver(), 30'000);
    for (int i = 0; i < 200; ++i)
        QCOMPARE(jobs.at(i)->text(), QStringLiteral("question %1").arg(i));
}

QTEST_GUILESS_MAIN(TstLlmworkerClient)
#include "tst_llmworker_client.moc"
