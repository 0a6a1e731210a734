#include "gateway_fixture.h"

#include "peers/echo_backend.h"

#include "sluice/gateway/backends.h"
#include "sluice/gateway/past_run.h"

#include <QtTest/QSignalSpy>

using namespace sluice;
using namespace sluice::test;

namespace {

const QString Echo = QStringLiteral("echo");

Call echoCall(const QString &text, Verb verb = Verb::Run)
{
    Call call;
    call.backend = Echo;
    call.capability = QStringLiteral("parrot");
    call.verb = verb;
    call.input = Json{{QStringLiteral("text"), text}};
    return call;
}

} // namespace

/// A backend that this library does not bring, and what every call has whatever its backend.
class GatewayBackendsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { backends::add(echoBackendKind()); }
    void aBackendIsReachedByItsLineInTheRegistry();
    void aProfileReachesSeveralBackendsAtOnce();
    void oneBackendThatIsGoneHidesNoOther();
    void anUnknownBackendIsNamedWithThoseThereAre();
    void whoReachesNoOrchestratorDoesNotMeanOne();
    void aNameThatTwoBackendsOfferIsTwoCapabilities();
    void everyCallHasItsHandleFromTheFirstMoment();
    void aPaidRunThatFailsTellsItsTickets();
    void aJobOutlivesItsGateway();
    void aJobOfAStreamGivesAllItsEvents();
    void aCancelledJobSaysSo();
    void anInterruptedJobIsFoundAndSaysWhatItIs();
    void aLiveCallIsNoJob();
};

void GatewayBackendsTest::aBackendIsReachedByItsLineInTheRegistry()
{
    EchoServer server({QStringLiteral("parrot")});
    GatewayConfig config;
    config.backends.insert(Echo, server.settings());
    const auto data = UserData::inMemory();
    Gateway gateway(config, data);
    const auto all = orThrow(settled(gateway.capabilities()));
    QCOMPARE(all.size(), 1);
    QCOMPARE(all.first().id(), (CapabilityId{Echo, QStringLiteral("parrot"), {}}));
    QVERIFY(!all.first().inputSchema.isNull());

    const auto run = orThrow(settled(gateway.run(echoCall(QStringLiteral("hello there")))));
    QCOMPARE(run.json.value(QStringLiteral("text")).toString(), QStringLiteral("hello there"));
    QCOMPARE(run.servedBy, server.url());

    const auto stream = gateway.stream(echoCall(QStringLiteral("one two"), Verb::Stream));
    QStringList words;
    connect(stream.get(), &StreamResponse::event, this, [&](const StreamEvent &event) { words.append(orThrow(event.json()).value(QStringLiteral("text")).toString()); });
    QSignalSpy finished(stream.get(), &StreamResponse::finished);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().value<StreamResponse::End>(), StreamResponse::End::Done);
    QCOMPARE(words, QStringList({QStringLiteral("one"), QStringLiteral("two")}));
    QVERIFY(settled(stream->recorded()));

    // History knows whose call it was.
    const auto stored = orThrow(Call::fromJson(orThrow(Json::parse(latestRun(*data).call.toUtf8()))));
    QCOMPARE(stored.backend, Echo);
    QCOMPARE(server.asked(), QStringList({QStringLiteral("run parrot"), QStringLiteral("stream parrot")}));
}

void GatewayBackendsTest::aProfileReachesSeveralBackendsAtOnce()
{
    EchoServer server({QStringLiteral("parrot")});
    ScriptedOrchestrator orchestrator;
    orchestrator.setPage("/capabilities", ScriptedOrchestrator::json(200, R"([{"name":"text-reversal"}])"));
    GatewayConfig config = directConfig({orchestrator.url()});
    config.backends.insert(Echo, server.settings());
    Gateway gateway(config);
    QStringList ids;
    const auto all = orThrow(settled(gateway.capabilities()));
    for (const CapabilityInfo &info : all)
        ids.append(info.id().text());
    ids.sort();
    QCOMPARE(ids, QStringList({QStringLiteral("byoc/text-reversal"), QStringLiteral("echo/parrot")}));
    QVERIFY(settled(gateway.run(echoCall(QStringLiteral("a")))));
    QVERIFY(settled(gateway.run(callTo(QStringLiteral("text-reversal")))));
    QCOMPARE(orchestrator.jobs().size(), 1);
}

void GatewayBackendsTest::oneBackendThatIsGoneHidesNoOther()
{
    EchoServer server({QStringLiteral("parrot")});
    GatewayConfig config = directConfig({QUrl(QStringLiteral("http://127.0.0.1:9"))});
    config.backends.insert(Echo, server.settings());
    Gateway gateway(config);
    const auto all = orThrow(settled(gateway.capabilities()));
    QCOMPARE(all.size(), 1);
    QCOMPARE(all.first().backend, Echo);
}

void GatewayBackendsTest::anUnknownBackendIsNamedWithThoseThereAre()
{
    Gateway gateway(directConfig({QUrl(QStringLiteral("http://127.0.0.1:9"))}));
    const auto result = settled(gateway.run(echoCall(QStringLiteral("a"))));
    QCOMPARE(result.error().kind(), Error::Kind::NotRouted);
    QVERIFY(result.error().message().contains(Echo));
    QVERIFY(result.error().advice().contains(QStringLiteral("byoc")));
}

void GatewayBackendsTest::whoReachesNoOrchestratorDoesNotMeanOne()
{
    EchoServer server({QStringLiteral("parrot")});
    GatewayConfig config;
    config.backends.insert(Echo, server.settings());
    Gateway gateway(config);
    // As a script has it: a name, and nothing listed yet.
    const auto run = orThrow(settled(QFuture<RunResult>(gateway.run(QStringLiteral("parrot"), Json{{QStringLiteral("text"), QStringLiteral("hello")}}))));
    QCOMPARE(run.json.value(QStringLiteral("text")).toString(), QStringLiteral("hello"));
    QCOMPARE(run.servedBy, server.url());
}

void GatewayBackendsTest::aNameThatTwoBackendsOfferIsTwoCapabilities()
{
    EchoServer server({QStringLiteral("parrot")});
    ScriptedOrchestrator orchestrator;
    orchestrator.setBalance(77);
    orchestrator.setPage("/capabilities", ScriptedOrchestrator::json(200, R"([{"name":"parrot","description":"of an orchestrator"}])"));
    GatewayConfig config = directConfig({orchestrator.url()});
    config.backends.insert(Echo, server.settings());
    Gateway gateway(config);
    QVERIFY(settled(gateway.capabilities()));
    QCOMPARE(orThrow(settled(gateway.describe(CapabilityId{QStringLiteral("byoc"), QStringLiteral("parrot"), {}}))).description, QStringLiteral("of an orchestrator"));
    QVERIFY(!orThrow(settled(gateway.describe(CapabilityId{Echo, QStringLiteral("parrot"), {}}))).inputSchema.isNull());
    const auto balances = orThrow(settled(gateway.balances({{QStringLiteral("byoc"), QStringLiteral("parrot"), {}}, {Echo, QStringLiteral("parrot"), {}}})));
    QCOMPARE(balances.size(), 1); // the echo has no purse
    QCOMPARE(balances.first().id.backend, QStringLiteral("byoc"));
}

void GatewayBackendsTest::everyCallHasItsHandleFromTheFirstMoment()
{
    EchoServer server({QStringLiteral("parrot")});
    GatewayConfig config;
    config.backends.insert(Echo, server.settings());
    Gateway gateway(config);
    const RunCall run = gateway.run(echoCall(QStringLiteral("a")));
    QVERIFY(!run.runId().isEmpty());
    QCOMPARE(run.outcome(), CallHandle::Outcome::Running);
    const auto result = orThrow(settled(run));
    QCOMPARE(result.runId, run.runId());
    QVERIFY(settled(run.recorded()));
    QCOMPARE(run.outcome(), CallHandle::Outcome::Succeeded);

    RunCall stopped = gateway.run(echoCall(QStringLiteral("b")));
    stopped.cancel();
    QVERIFY(settled(stopped.recorded()));
    QCOMPARE(stopped.outcome(), CallHandle::Outcome::Canceled);
}

void GatewayBackendsTest::aPaidRunThatFailsTellsItsTickets()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    orchestrator.then(ScriptedOrchestrator::text(500, "the worker fell over"));
    const auto data = UserData::inMemory();
    Gateway gateway(directConfig({orchestrator.url()}), data);
    const RunCall run = gateway.run(callTo(QStringLiteral("text-reversal")));
    QVERIFY(!settled(run));
    QCOMPARE(run.outcome(), CallHandle::Outcome::Failed);
    QVERIFY(!run.payment().tickets.isEmpty());
    QVERIFY(run.payment().tickets.first().sent);
    QVERIFY(run.payment().paidWei != QStringLiteral("0"));
    QCOMPARE(latestRun(*data).id, run.runId());
    QCOMPARE(latestRun(*data).paidWei, run.payment().paidWei);
}

void GatewayBackendsTest::aJobOutlivesItsGateway()
{
    EchoServer server({QStringLiteral("parrot")});
    GatewayConfig config;
    config.backends.insert(Echo, server.settings());
    const auto data = UserData::inMemory();
    auto gateway = std::make_unique<Gateway>(config, data);
    Job job = gateway->submit(echoCall(QStringLiteral("goes on")));
    QCOMPARE(job.status(), Job::Status::Running);
    QCOMPARE(gateway->jobs().size(), 1);
    QCOMPARE(gateway->jobs().first().id(), job.id());
    gateway.reset();

    QCOMPARE(orThrow(settled(job.wait())).json.value(QStringLiteral("text")).toString(), QStringLiteral("goes on"));
    QCOMPARE(job.status(), Job::Status::Succeeded);

    // Somebody else finds it again.
    Gateway later(config, data);
    QVERIFY(later.jobs().isEmpty());
    const Job found = orThrow(settled(later.job(job.id())));
    QCOMPARE(found.status(), Job::Status::Succeeded);
    QVERIFY(orThrow(settled(found.wait())).content.contains("goes on"));
    QCOMPARE(settled(later.job(QStringLiteral("nonsense"))).error().kind(), Error::Kind::InvalidInput);
}

void GatewayBackendsTest::aJobOfAStreamGivesAllItsEvents()
{
    EchoServer server({QStringLiteral("parrot")});
    GatewayConfig config;
    config.backends.insert(Echo, server.settings());
    Gateway gateway(config);
    QStringList words;
    for (int i = 0; i < 1000; ++i) // more than wait in a queue for somebody to pull them
        words.append(QString::number(i));
    const Job job = gateway.submit(echoCall(words.join(QLatin1Char(' ')), Verb::Stream));
    const auto result = orThrow(settled(job.wait()));
    QCOMPARE(result.content.count("data:"), qsizetype(1000));
}

void GatewayBackendsTest::aCancelledJobSaysSo()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::hang());
    Gateway gateway(directConfig({orchestrator.url()}));
    Job job = gateway.submit(callTo(QStringLiteral("text-reversal")));
    QTRY_COMPARE(orchestrator.jobs().size(), 1);
    auto givenUp = job.wait();
    givenUp.cancel(); // gives up waiting, not the job
    QCOMPARE(job.status(), Job::Status::Running);
    job.cancel();
    QCOMPARE(settled(job.wait()).error().kind(), Error::Kind::Canceled);
    QTRY_COMPARE(job.status(), Job::Status::Canceled);
    QVERIFY(gateway.jobs().isEmpty());
}

void GatewayBackendsTest::anInterruptedJobIsFoundAndSaysWhatItIs()
{
    const auto data = UserData::inMemory();
    RunRecord record;
    record.capability = QStringLiteral("parrot");
    record.verb = QStringLiteral("run");
    record.call = QString::fromUtf8(echoCall(QStringLiteral("a")).toJson().dump());
    const QString id = data->history().beginSync(record);
    RunOutcome outcome;
    outcome.state = RunRecord::State::Interrupted;
    data->history().finishSync(id, outcome);
    Gateway gateway(GatewayConfig(), data);
    const Job job = orThrow(settled(gateway.job(id)));
    QCOMPARE(job.status(), Job::Status::Interrupted);
    const auto error = settled(job.wait()).error();
    QVERIFY(error.message().contains(QStringLiteral("cannot take it up again")));
    QVERIFY(error.message().contains(Echo));
}

void GatewayBackendsTest::aLiveCallIsNoJob()
{
    Gateway gateway(directConfig({QUrl(QStringLiteral("http://127.0.0.1:9"))}));
    const Job job = gateway.submit(callTo(QStringLiteral("text-reversal"), Verb::Live));
    QCOMPARE(settled(job.wait()).error().kind(), Error::Kind::NotRouted);
}

QTEST_GUILESS_MAIN(GatewayBackendsTest)
#include "tst_gateway_backends.moc"
