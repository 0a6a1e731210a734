// The backend, through Gateway, against a worker of ours: a template is a capability, and its jobs can be listed, cancelled and taken up again.
#include "worker_fixture.h"

#include "../gateway/gateway_fixture.h"

#include "sluice/backend/backend_services.h"
#include "sluice/base/task.h"
#include "sluice/gateway/chat_delta.h"
#include "sluice/llmworker/backend.h"
#include "sluice/llmworker/backend_settings.h"

#include <QtCore/QElapsedTimer>
#include <QtNetwork/QTcpServer>

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
    void other_templates_are_taken_while_a_call_goes_on();
    void jobs_are_listed_cancelled_and_taken_up_again();
    void a_job_that_is_not_there_is_not_waited_for();
    void jobs_given_from_here_are_listed_with_what_they_are();
    void a_worker_that_lists_nothing_leaves_the_jobs_given_from_here();
    void each_stream_is_told_of_to_a_call_that_asks();
    void a_waiting_job_is_told_its_place();
    void an_original_worker_tells_of_no_streams();
    void no_worker_is_told_of();
    void a_worker_that_does_not_answer_is_not_waited_for_beyond_the_calls_time();
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
                                 R"({"role":"user","content":"{query}"}]}]},"two":{"streams":[{"provider":"vllm","settings":{"model":"first"},"messages":[{"role":"user","content":"{query}"}]},)"
                                 R"({"provider":"openai","settings":{"model":"m"},"messages":[{"role":"user","content":"<{previous_stream_output}>"}]}]},"broken":{"streams":[{"provider":"foo","settings":{},"messages":[]}]}})";
    settings.values.insert(QStringLiteral("templates"), orThrow(Json::parse(templates)));
    return settings;
}

void all(ServerOptions &options)
{
    options.replay = true;
    options.cancel = true;
    options.listJobs = true;
    options.tellStreams = true;
}

struct Fixture {
    explicit Fixture(const QUrl &elsewhere = {}, const std::function<void(ServerOptions &)> &change = {})
        : worker([change](ServerOptions &options) {
            all(options);
            if (change)
                change(options);
        })
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

    Worker worker;
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
    QCOMPARE(capabilities.size(), 3);
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

void TstLlmworkerBackend::other_templates_are_taken_while_a_call_goes_on()
{
    Fixture f;
    f.worker.models.play(M, held());
    const QFuture<RunResult> running = f.gateway->run(Fixture::call());
    QTRY_COMPARE(f.worker.models.asked().size(), 1);
    BackendSettings settings = settingsFor(f.worker.url);
    settings.values.insert(QStringLiteral("templates"), orThrow(Json::parse(R"({"other":{"streams":[]}})")));
    QVERIFY(f.gateway->updateBackend(Id, settings));
    const auto listed = outcome(f.gateway->capabilities());
    QCOMPARE(std::get<QList<CapabilityInfo>>(listed).size(), 1);
    QCOMPARE(std::get<QList<CapabilityInfo>>(listed).first().name, QStringLiteral("other"));
    f.worker.models.release();
    QCOMPARE(std::get<RunResult>(outcome<RunResult>(running)).content, QByteArray("so far"));
    QCOMPARE(std::get<RunResult>(outcome<RunResult>(f.gateway->run(Fixture::call(Verb::Run, QStringLiteral("other"))))).content, QByteArray("How {far}?"));
    // Another worker, or what does not fit, is no case for that.
    QVERIFY(!f.gateway->updateBackend(Id, settingsFor(QUrl(QStringLiteral("ws://127.0.0.1:1/ws/")))));
    settings.values.insert(QStringLiteral("templates"), 7);
    QVERIFY(!f.gateway->updateBackend(Id, settings));
    QVERIFY(!f.gateway->updateBackend(QStringLiteral("byoc"), settings));
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
    RemoteJobs *jobs = backend->remoteJobs();
    QVERIFY(jobs);
    const auto listed = outcome(toFuture(jobs->listJobs(CallContext())));
    const auto &list = std::get<RemoteJobList>(listed);
    QVERIFY(list.isWhole && list.canCancel && list.replays);
    QCOMPARE(list.jobs.size(), 3);
    QCOMPARE(list.jobs.at(0).state, RemoteJob::State::Running);
    QVERIFY(list.jobs.at(0).begunAt.isValid());
    QVERIFY(!list.jobs.at(0).isOurs);
    QCOMPARE(list.jobs.at(2).place, qint64(2));
    const QString last = list.jobs.at(2).id;
    QFuture<void> cancelled = toFuture(jobs->cancelJob(last, CallContext()));
    QTRY_VERIFY(cancelled.isFinished());
    QVERIFY(client.waitForEnds(1));
    QCOMPARE(jobOf(client.messages().last()), last);
    // Following one is a call: a run of its own, whose end leaves the job alone.
    const auto stream = f.gateway->attach(backend->id(), list.jobs.at(0).id);
    QString text;
    for (int i = 0; i < 10; ++i) {
        const auto next = outcome(stream->next());
        const auto &event = std::get<std::optional<StreamEvent>>(next);
        if (!event)
            break;
        text += event->json()->find(QStringLiteral("/choices/0/delta/content")).value_or(Json()).toString();
        f.worker.models.release();
    }
    QCOMPARE(text, QStringLiteral("so far"));
    QTRY_COMPARE(latestRun(*f.data).id, stream->runId());
    QVERIFY(latestRun(*f.data).call.contains(list.jobs.at(0).id));
}

void TstLlmworkerBackend::a_job_that_is_not_there_is_not_waited_for()
{
    Fixture f;
    const auto stream = f.gateway->attach(QStringLiteral("llmworker"), QStringLiteral("0b0e6f0a-6c1d-4a7e-9a1c-2f6b1d1c7e55"));
    const auto ended = outcome(stream->next());
    QCOMPARE(std::get<Error>(ended).kind(), Error::Kind::NotRouted);
}

void TstLlmworkerBackend::jobs_given_from_here_are_listed_with_what_they_are()
{
    Fixture f;
    f.worker.models.play(M, held());
    const auto stream = f.gateway->stream(Fixture::call(Verb::Stream));
    QTRY_COMPARE(f.worker.models.askedFor(M), 1);
    const auto listed = outcome(f.gateway->remoteJobs());
    const auto &list = std::get<RemoteJobList>(listed);
    QCOMPARE(list.jobs.size(), 1);
    const RemoteJob job = list.jobs.first();
    QVERIFY(job.isOurs);
    QCOMPARE(job.state, RemoteJob::State::Running);
    QCOMPARE(job.capability, Fixture::call().capability);
    QCOMPARE(job.runId, stream->runId());
    QVERIFY(!job.title.isEmpty());
    f.worker.models.release();
    QTRY_COMPARE(stream->outcome(), CallHandle::Outcome::Succeeded);
    const auto after = outcome(f.gateway->remoteJobs());
    QCOMPARE(std::get<RemoteJobList>(after).jobs.size(), 1);
    QCOMPARE(std::get<RemoteJobList>(after).jobs.first().state, RemoteJob::State::Done);
    QVERIFY(std::get<RemoteJobList>(after).jobs.first().endedAt.isValid());
}

void TstLlmworkerBackend::a_worker_that_lists_nothing_leaves_the_jobs_given_from_here()
{
    Fixture f(QUrl(), [](ServerOptions &options) { options.listJobs = options.cancel = options.replay = false; });
    f.worker.models.play(M, held());
    const auto stream = f.gateway->stream(Fixture::call(Verb::Stream));
    QTRY_COMPARE(f.worker.models.askedFor(M), 1);
    const auto listed = outcome(f.gateway->remoteJobs());
    const auto &list = std::get<RemoteJobList>(listed);
    QVERIFY(!list.isWhole && !list.canCancel && !list.replays);
    QCOMPARE(list.silent.size(), 1);
    QCOMPARE(list.jobs.size(), 1);
    QVERIFY(list.jobs.first().isOurs);
    QFuture<void> cancelled = f.gateway->cancelRemoteJob(QStringLiteral("llmworker"), list.jobs.first().id);
    QTRY_VERIFY(cancelled.isFinished());
    QVERIFY_EXCEPTION_THROWN(cancelled.waitForFinished(), Error);
    f.worker.models.release();
}

namespace {

/// What a stream gives: news of its job, and the answer's words.
struct Told {
    QList<JobNews> news;
    QString words;
    std::optional<Error> error;
};

Told allOf(StreamResponse &stream)
{
    Told told;
    for (;;) {
        const auto next = outcome(stream.next());
        if (const auto *error = std::get_if<Error>(&next)) {
            told.error = *error;
            return told;
        }
        const auto &event = std::get<std::optional<StreamEvent>>(next);
        if (!event)
            return told;
        const ChatDelta delta = parseChatDelta(*event);
        if (delta.job)
            told.news.append(*delta.job);
        told.words += delta.text;
    }
}

Call asking(const QString &name)
{
    Call call = Fixture::call(Verb::Stream, name);
    call.input.insert(QStringLiteral("tell_streams"), true);
    return call;
}

} // namespace

void TstLlmworkerBackend::each_stream_is_told_of_to_a_call_that_asks()
{
    Fixture f;
    f.worker.models.say(QStringLiteral("first"), {QStringLiteral("one "), QStringLiteral("two")});
    f.worker.models.say(M, {QStringLiteral("last")});
    const Told told = allOf(*f.gateway->stream(asking(QStringLiteral("two"))));
    QVERIFY(!told.error);
    QCOMPARE(told.words, QStringLiteral("last"));
    QVERIFY(!told.news.first().jobId.isEmpty());
    QList<JobNews> streams = told.news;
    streams.removeIf([](const JobNews &news) { return news.stream == 0; });
    QString first;
    for (const JobNews &news : std::as_const(streams))
        first += news.text;
    QCOMPARE(first, QStringLiteral("one two"));
    QCOMPARE(streams.first().event, JobNews::Event::Begun);
    QCOMPARE(streams.first().streams, 2);
    QCOMPARE(streams.first().provider, QStringLiteral("vllm"));
    QCOMPARE(streams.first().model, QStringLiteral("first"));
    QCOMPARE(streams.last().event, JobNews::Event::Ended);
    QCOMPARE(streams.last().stream, 2);
    QVERIFY(streams.last().paidWei.isEmpty()); // nobody paid, so nobody tells an amount
    // The second was asked with what the first said.
    QVERIFY(f.worker.models.asked().last().dump().contains("<one two>"));
    // A call that does not ask gets the answer's words alone.
    f.worker.models.say(QStringLiteral("first"), {QStringLiteral("one")});
    f.worker.models.say(M, {QStringLiteral("last")});
    const Told plain = allOf(*f.gateway->stream(Fixture::call(Verb::Stream, QStringLiteral("two"))));
    QVERIFY(plain.news.isEmpty());
    QCOMPARE(plain.words, QStringLiteral("last"));
}

void TstLlmworkerBackend::a_waiting_job_is_told_its_place()
{
    Fixture f;
    f.worker.models.play(M, held());
    RawClient other(f.worker.url);
    for (int i = 0; i < 2; ++i)
        other.add(QString::number(i), QStringLiteral("q"), Worker::streams(M));
    QVERIFY(other.waitForTexts(4));
    const auto stream = f.gateway->stream(asking(QStringLiteral("answer")));
    QList<qint64> places;
    while (places.isEmpty() || places.last() != 2) {
        const auto next = outcome(stream->next());
        const auto &event = std::get<std::optional<StreamEvent>>(next);
        QVERIFY(event);
        if (const auto place = parseChatDelta(*event).job.value_or(JobNews()).place)
            places.append(*place);
    }
    f.worker.models.release();
    QTRY_COMPARE(stream->outcome(), CallHandle::Outcome::Succeeded);
}

void TstLlmworkerBackend::an_original_worker_tells_of_no_streams()
{
    Fixture f(QUrl(), [](ServerOptions &options) { options.listJobs = options.cancel = options.replay = options.tellStreams = false; });
    f.worker.models.say(QStringLiteral("first"), {QStringLiteral("one")});
    f.worker.models.say(M, {QStringLiteral("last")});
    const Told told = allOf(*f.gateway->stream(asking(QStringLiteral("two"))));
    QVERIFY(!told.error);
    QCOMPARE(told.words, QStringLiteral("last"));
    for (const JobNews &news : told.news)
        QCOMPARE(news.stream, 0);
}

void TstLlmworkerBackend::no_worker_is_told_of()
{
    Fixture f(QUrl(QStringLiteral("ws://127.0.0.1:1/ws/")));
    const auto failed = outcome<RunResult>(f.gateway->run(Fixture::call()));
    QCOMPARE(std::get<Error>(failed).kind(), Error::Kind::Network);
    const auto listed = outcome(f.gateway->capabilities());
    QCOMPARE(std::get<Error>(listed).kind(), Error::Kind::Network);
}

void TstLlmworkerBackend::a_worker_that_does_not_answer_is_not_waited_for_beyond_the_calls_time()
{
    QTcpServer silent; // its kernel takes the connection, and nobody answers
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    Fixture f(QUrl(QStringLiteral("ws://127.0.0.1:%1/ws/").arg(silent.serverPort())));
    for (const Verb verb : {Verb::Run, Verb::Stream}) {
        Call call = Fixture::call(verb);
        call.timeout = std::chrono::seconds(1);
        QElapsedTimer timer;
        timer.start();
        std::optional<Error> error;
        if (verb == Verb::Run) {
            error = std::get<Error>(outcome<RunResult>(f.gateway->run(call)));
        } else {
            const auto stream = f.gateway->stream(call);
            QObject::connect(stream.get(), &StreamResponse::failed, stream.get(), [&](const Error &told) { error = told; });
            QTRY_VERIFY(error);
        }
        QCOMPARE(error->kind(), Error::Kind::Timeout);
        QVERIFY2(error->message().contains(QStringLiteral("did not answer in time")), qPrintable(error->describe()));
        QVERIFY2(timer.elapsed() < 4'000, qPrintable(QString::number(timer.elapsed())));
    }
}

void TstLlmworkerBackend::settings_that_do_not_fit_name_their_place_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<QString>("field");
    QTest::newRow("good") << QByteArray(R"({"url":"wss://host/ws/","templates":{"a":{"streams":[]}}})") << QString();
    QTest::newRow("http") << QByteArray(R"({"url":"http://host/ws/"})") << QStringLiteral("/url");
    QTest::newRow("nothing") << QByteArray("{}") << QStringLiteral("/url");
    QTest::newRow("the profile's own") << QByteArray(R"({"templates":{"a":{"streams":[{"provider":"local","settings":{"model":"m"},"messages":[]}]}}})") << QString();
    QTest::newRow("another's, and no worker") << QByteArray(R"({"templates":{"a":{"streams":[{"provider":"openai","settings":{"model":"m"},"messages":[]}]}}})") << QStringLiteral("/url");
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
