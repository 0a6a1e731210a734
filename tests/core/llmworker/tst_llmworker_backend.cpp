// The backend, through Gateway, against a worker of ours: a template is a capability, and its jobs can be listed, cancelled and taken up again.
#include "worker_fixture.h"

#include "../gateway/gateway_fixture.h"

#include "sluice/backend/backend_services.h"
#include "sluice/backend/remote_jobs.h"
#include "sluice/base/task.h"
#include "sluice/llmworker/backend.h"
#include "sluice/llmworker/backend_settings.h"

using namespace sluice;
using namespace sluice::test;
using namespace sluice::llmworker;

class TstLlmworkerBackend : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void each_template_is_a_capability();
    void a_run_is_the_whole_text();
    void a_stream_is_pieces_of_a_chat();
    void the_conversation_before_is_history_with_its_braces_doubled();
    void what_fails_there_fails_here_and_is_kept();
    void a_call_that_is_cancelled_ends_its_job();
    void jobs_are_listed_cancelled_and_taken_up_again();
    void no_worker_is_told_of();
    void settings_that_do_not_fit_name_their_place_data();
    void settings_that_do_not_fit_name_their_place();
};

namespace {

const QString Id = QStringLiteral("llmworker");
const QString M = QStringLiteral("m");

BackendSettings settingsFor(const QUrl &url)
{
    BackendSettings settings;
    settings.values = Json{{QStringLiteral("url"), url.toString()}};
    const QByteArray templates = R"({"answer":{"meta":{"description":"Answers."},"streams":[{"provider":"openai","settings":{"model":"m"},"messages":[{"insert":"history"},)"
                                 R"({"role":"user","content":"{query}"}]}]},"broken":{"streams":[{"provider":"foo","settings":{},"messages":[]}]}})";
    settings.values.insert(QStringLiteral("templates"), orThrow(Json::parse(templates)));
    return settings;
}

void all(ServerOptions &options)
{
    options.replay = true;
    options.cancel = true;
    options.listJobs = true;
}

struct Fixture {
    explicit Fixture(const QUrl &elsewhere = {})
    {
        GatewayConfig config;
        config.backends.insert(Id, settingsFor(elsewhere.isEmpty() ? worker.url : elsewhere));
        gateway = std::make_unique<Gateway>(config, data);
    }
    [[nodiscard]] static Call call(Verb verb = Verb::Run, const QString &name = QStringLiteral("answer"))
    {
        Call call;
        call.backend = Id;
        call.capability = name;
        call.verb = verb;
        call.input = orThrow(Json::parse(R"({"messages":[{"role":"user","content":"Where is {it}?"},{"role":"assistant","content":"Above."},{"role":"user","content":"How {far}?"}]})"));
        return call;
    }

    Worker worker{all};
    std::shared_ptr<UserData> data = UserData::inMemory();
    std::unique_ptr<Gateway> gateway;
};

ModelServer::Script held()
{
    ModelServer::Script script;
    script.pieces = {ModelServer::event(QStringLiteral("so ")), ModelServer::event(QStringLiteral("far"))};
    script.held = true;
    return script;
}

/// What a future gives, or the error.
template <typename T> std::variant<T, Error> outcome(QFuture<T> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        qFatal("no end");
    try {
        return future.result();
    } catch (const Error &error) {
        return error;
    }
}

} // namespace

void TstLlmworkerBackend::each_template_is_a_capability()
{
    Fixture f;
    const auto listed = outcome(f.gateway->capabilities());
    const auto &capabilities = std::get<QList<CapabilityInfo>>(listed);
    QCOMPARE(capabilities.size(), 2);
    QCOMPARE(capabilities.first().id().text(), QStringLiteral("llmworker/answer"));
    QCOMPARE(capabilities.first().description, QStringLiteral("Answers."));
    QVERIFY(capabilities.first().isChat());
    Call call = Fixture::call(Verb::Run, QStringLiteral("nosuch"));
    QCOMPARE(std::get<Error>(outcome<RunResult>(f.gateway->run(call))).kind(), Error::Kind::NotRouted);
}

void TstLlmworkerBackend::a_run_is_the_whole_text()
{
    Fixture f;
    f.worker.models.say(M, {QStringLiteral("384,400 "), QStringLiteral("km ü")});
    const auto result = outcome<RunResult>(f.gateway->run(Fixture::call()));
    QCOMPARE(std::get<RunResult>(result).content, QByteArray("384,400 km ü"));
    QVERIFY(std::get<RunResult>(result).contentType.startsWith("text/plain"));
    QCOMPARE(std::get<RunResult>(result).servedBy, f.worker.url);
}

void TstLlmworkerBackend::a_stream_is_pieces_of_a_chat()
{
    Fixture f;
    f.worker.models.say(M, {QStringLiteral("1"), QStringLiteral("null"), QStringLiteral("{\"error\":1}")});
    const auto stream = f.gateway->stream(Fixture::call(Verb::Stream));
    QStringList pieces;
    std::optional<StreamResponse::End> end;
    connect(stream.get(), &StreamResponse::event, stream.get(), [&](const StreamEvent &event) {
        pieces.append(event.json()->find(QStringLiteral("/choices/0/delta/content"))->toString());
    });
    connect(stream.get(), &StreamResponse::finished, stream.get(), [&](StreamResponse::End how) { end = how; });
    QTRY_VERIFY(end);
    QCOMPARE(*end, StreamResponse::End::Done);
    QCOMPARE(pieces, QStringList({QStringLiteral("1"), QStringLiteral("null"), QStringLiteral("{\"error\":1}")}));
}

void TstLlmworkerBackend::the_conversation_before_is_history_with_its_braces_doubled()
{
    Fixture f;
    (void)outcome<RunResult>(f.gateway->run(Fixture::call()));
    QCOMPARE(f.worker.models.asked().size(), 1);
    QCOMPARE(f.worker.models.asked().first().value(QStringLiteral("messages")).dump(),
        QByteArray(R"([{"role":"user","content":"Where is {it}?"},{"role":"assistant","content":"Above."},{"role":"user","content":"How {far}?"}])"));
    Call call = Fixture::call();
    call.input = orThrow(Json::parse(R"({"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]})"));
    QCOMPARE(std::get<Error>(outcome<RunResult>(f.gateway->run(call))).field(), QStringLiteral("/messages"));
    call.input = orThrow(Json::parse(R"({"messages":[{"role":"tool","content":"a"}]})"));
    QCOMPARE(std::get<Error>(outcome<RunResult>(f.gateway->run(call))).field(), QStringLiteral("/messages/0/role"));
}

void TstLlmworkerBackend::what_fails_there_fails_here_and_is_kept()
{
    Fixture f;
    const auto failed = outcome<RunResult>(f.gateway->run(Fixture::call(Verb::Run, QStringLiteral("broken"))));
    QCOMPARE(std::get<Error>(failed).message(), QStringLiteral("'foo'"));
    QCOMPARE(latestRun(*f.data).capability, QStringLiteral("broken"));
}

void TstLlmworkerBackend::a_call_that_is_cancelled_ends_its_job()
{
    Fixture f;
    f.worker.models.play(M, held());
    {
        const auto stream = f.gateway->stream(Fixture::call(Verb::Stream));
        QTRY_COMPARE(f.worker.models.askedFor(M), 1);
        stream->close();
    }
    // The next one runs, though the model was not released.
    f.worker.models.say(M, {QStringLiteral("next")});
    QCOMPARE(std::get<RunResult>(outcome<RunResult>(f.gateway->run(Fixture::call()))).content, QByteArray("next"));
}

void TstLlmworkerBackend::jobs_are_listed_cancelled_and_taken_up_again()
{
    Fixture f;
    f.worker.models.play(M, held());
    RawClient client(f.worker.url);
    for (int i = 0; i < 3; ++i)
        client.add(QString::number(i), QStringLiteral("q"), Worker::streams(M));
    QVERIFY(client.waitForTexts(5));
    BackendServices services(f.data, CallTiming(), SpendPolicy());
    const auto backend = backendKind().make(services, settingsFor(f.worker.url));
    RemoteJobs *jobs = RemoteJobs::of(*backend);
    QVERIFY(jobs);
    const auto listed = outcome(toFuture(jobs->listJobs(CallContext())));
    const auto &list = std::get<QList<RemoteJob>>(listed);
    QCOMPARE(list.size(), 3);
    QCOMPARE(list.at(0).state, RemoteJob::State::Running);
    QVERIFY(list.at(0).begunAt.isValid());
    QCOMPARE(list.at(2).place, qint64(2));
    QFuture<void> cancelled = toFuture(jobs->cancelJob(list.at(2).id, CallContext()));
    QTRY_VERIFY(cancelled.isFinished());
    QVERIFY(client.waitForEnds(1));
    QCOMPARE(jobOf(client.messages().last()), list.at(2).id);
    const auto attached = outcome(toFuture(jobs->attach(list.at(0).id, CallContext())));
    const auto events = std::get<std::shared_ptr<EventSource>>(attached);
    QString text;
    for (int i = 0; i < 10; ++i) {
        const auto next = outcome(toFuture(events->next()));
        const auto &item = std::get<EventSource::Item>(next);
        if (item.isEnd())
            break;
        text += item.event.json()->find(QStringLiteral("/choices/0/delta/content"))->toString();
        f.worker.models.release();
    }
    QCOMPARE(text, QStringLiteral("so far"));
}

void TstLlmworkerBackend::no_worker_is_told_of()
{
    Fixture f(QUrl(QStringLiteral("ws://127.0.0.1:1/ws/")));
    const auto failed = outcome<RunResult>(f.gateway->run(Fixture::call()));
    QCOMPARE(std::get<Error>(failed).kind(), Error::Kind::Network);
    const auto listed = outcome(f.gateway->capabilities());
    QCOMPARE(std::get<Error>(listed).kind(), Error::Kind::Network);
}

void TstLlmworkerBackend::settings_that_do_not_fit_name_their_place_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<QString>("field");
    QTest::newRow("good") << QByteArray(R"({"url":"wss://host/ws/","templates":{"a":{"streams":[]}}})") << QString();
    QTest::newRow("http") << QByteArray(R"({"url":"http://host/ws/"})") << QStringLiteral("/url");
    QTest::newRow("nothing") << QByteArray("{}") << QStringLiteral("/url");
    QTest::newRow("a list") << QByteArray(R"({"url":"ws://host/ws/","templates":[]})") << QStringLiteral("/templates");
    QTest::newRow("a template") << QByteArray(R"({"url":"ws://host/ws/","templates":{"a":{"streams":[{"provider":"p","settings":{},"messages":[{"role":"tool","content":""}]}]}}})")
                                << QStringLiteral("/templates/a/streams/0/messages/0/role");
}

void TstLlmworkerBackend::settings_that_do_not_fit_name_their_place()
{
    QFETCH(QByteArray, settings);
    QFETCH(QString, field);
    BackendSettings given;
    given.values = orThrow(Json::parse(settings));
    const auto checked = WorkerSettings::check(given, false);
    QCOMPARE(checked.hasValue(), field.isEmpty());
    if (!checked)
        QCOMPARE(checked.error().field(), field);
}

QTEST_GUILESS_MAIN(TstLlmworkerBackend)
#include "tst_llmworker_backend.moc"
