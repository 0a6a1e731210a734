#include "../byoc/orchestrator_fixture_p.h"
#include "runner_probe_p.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>

using namespace sluice;
using namespace std::chrono_literals;

namespace {

PredictResult echo(const Json &input, const RunContext &)
{
    return PredictResult::json(input);
}

RunnerOptions optionsFor(const QUrl &orchestrator)
{
    RunnerOptions options;
    options.orchestrator = orchestrator;
    options.orchestratorSecret = Secret(byoc::OrchestratorFixture::Secret);
    options.retryInterval = 50ms;
    options.watchInterval = 50ms;
    return options;
}

void addEcho(RunnerServer &server, const QString &name = QStringLiteral("echo"))
{
    orThrow(server.add(std::make_unique<Scripted>(echo, name)));
}

/// A second orchestrator like the fixture's, at a port of the test's choice.
std::unique_ptr<byoc::ByocNode> orchestratorAt(byoc::OrchestratorFixture &fixture, quint16 port, std::optional<TlsIdentity> tls = {})
{
    byoc::ByocNodeOptions options;
    options.port = port;
    options.tls = std::move(tls);
    options.secret = Secret(byoc::OrchestratorFixture::Secret);
    auto orchestrator = std::make_unique<byoc::ByocNode>(fixture.io, *fixture.recipient, fixture.chain, options);
    orThrow(orchestrator->start());
    return orchestrator;
}

} // namespace

/// The runner and a real orchestrator: registering, being forgotten, unregistering, being paid.
class TestRunnerRegistration : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byoc_43_registersEveryCapabilityWithWhatItSaysOfItself();
    void byoc_43_triesUntilTheOrchestratorIsThere();
    void byoc_43_registersAgainAfterTheOrchestratorForgotOne();
    void byoc_43_registersAgainAfterTheOrchestratorWasRestarted();
    void byoc_43_aRefusalIsFinal();
    void byoc_43_givesUpAfterTheTriesItMayMake();
    void byoc_43_unregistersWhenItStops();
    void byoc_43_aKeyThatIsNotTheExpectedOneGetsNoSecret();
    void byoc_43_aPaidCallReachesItWithItsBearerToken();
    void byoc_44_aFailingCapabilityStaysRegistered();
};

void TestRunnerRegistration::byoc_43_registersEveryCapabilityWithWhatItSaysOfItself()
{
    byoc::OrchestratorFixture fixture;
    RunnerServer server(optionsFor(fixture.orchestrator->url()));
    addEcho(server);
    addEcho(server, QStringLiteral("second"));
    QSignalSpy registered(&server, &RunnerServer::registered);
    orThrow(server.start());
    QTRY_COMPARE(registered.size(), 2);
    const auto known = fixture.orchestrator->capabilities();
    QCOMPARE(known.size(), 2);
    const auto &registration = known.first().registration;
    QCOMPARE(registration.name, QStringLiteral("echo"));
    QCOMPARE(registration.url, server.url(QStringLiteral("echo")).toString());
    QCOMPARE(registration.url, server.origin() + QStringLiteral("/echo"));
    QCOMPARE(registration.capacity, 2);
    QCOMPARE(known.first().pricePerSecond, 100'000'000);
    QCOMPARE(registration.about.version, QStringLiteral("1.2.3"));
    QCOMPARE(registration.about.path, QStringLiteral("predict"));
    QCOMPARE(registration.about.verbs, QStringList{QStringLiteral("run")});
    QCOMPARE(registration.about.inputSchema.value(key("required")).at(0).toString(), key("text"));
    QCOMPARE(registration.about.examples.size(), 1);
}

void TestRunnerRegistration::byoc_43_triesUntilTheOrchestratorIsThere()
{
    byoc::OrchestratorFixture fixture;
    const quint16 port = quint16(fixture.orchestrator->url().port());
    fixture.orchestrator->stop();
    RunnerServer server(optionsFor(fixture.orchestrator->url()));
    addEcho(server);
    QSignalSpy registered(&server, &RunnerServer::registered);
    QSignalSpy failed(&server, &RunnerServer::registrationFailed);
    orThrow(server.start());
    QVERIFY(!registered.wait(300));
    const auto later = orchestratorAt(fixture, port);
    QTRY_COMPARE(registered.size(), 1);
    QCOMPARE(failed.size(), 0);
    QCOMPARE(later->capabilities().size(), 1);
}

void TestRunnerRegistration::byoc_43_registersAgainAfterTheOrchestratorForgotOne()
{
    byoc::OrchestratorFixture fixture;
    RunnerServer server(optionsFor(fixture.orchestrator->url()));
    addEcho(server);
    addEcho(server, QStringLiteral("second"));
    QSignalSpy registered(&server, &RunnerServer::registered);
    QSignalSpy forgotten(&server, &RunnerServer::forgotten);
    orThrow(server.start());
    QTRY_COMPARE(registered.size(), 2);
    const Headers secret{{"Authorization", byoc::OrchestratorFixture::Secret}};
    QCOMPARE(fixture.send("POST", QStringLiteral("/capability/unregister"), secret, "echo").status, 200);
    QTRY_COMPARE(registered.size(), 3);
    QCOMPARE(forgotten.size(), 1);
    QCOMPARE(forgotten.first().first().toString(), QStringLiteral("echo"));
    QCOMPARE(registered.last().first().toString(), QStringLiteral("echo"));
    QVERIFY(fixture.isRegistered(QStringLiteral("echo")));
}

void TestRunnerRegistration::byoc_43_registersAgainAfterTheOrchestratorWasRestarted()
{
    byoc::OrchestratorFixture fixture;
    const quint16 port = quint16(fixture.orchestrator->url().port());
    RunnerServer server(optionsFor(fixture.orchestrator->url()));
    addEcho(server);
    QSignalSpy registered(&server, &RunnerServer::registered);
    orThrow(server.start());
    QTRY_COMPARE(registered.size(), 1);
    fixture.orchestrator->stop();
    const auto restarted = orchestratorAt(fixture, port);
    QTRY_COMPARE(restarted->capabilities().size(), 1);
    QTRY_COMPARE(registered.size(), 2);
}

void TestRunnerRegistration::byoc_43_aRefusalIsFinal()
{
    byoc::OrchestratorFixture fixture;
    RunnerOptions options = optionsFor(fixture.orchestrator->url());
    options.orchestratorSecret = Secret("not the secret");
    RunnerServer server(options);
    addEcho(server);
    QSignalSpy failed(&server, &RunnerServer::registrationFailed);
    orThrow(server.start());
    QTRY_COMPARE(failed.size(), 1);
    const auto error = failed.first().at(1).value<Error>();
    QCOMPARE(error.httpStatus(), 400);
    QVERIFY(error.advice().contains(QStringLiteral("secret")));
    QVERIFY(!error.describe().contains(QStringLiteral("not the secret")));
    QVERIFY(!failed.wait(300));
    QCOMPARE(fixture.orchestrator->capabilities().size(), 0);
}

void TestRunnerRegistration::byoc_43_givesUpAfterTheTriesItMayMake()
{
    byoc::OrchestratorFixture fixture;
    fixture.orchestrator->stop();
    RunnerOptions options = optionsFor(fixture.orchestrator->url());
    options.retryInterval = 10ms;
    options.maxTries = 3;
    RunnerServer server(options);
    addEcho(server);
    QSignalSpy failed(&server, &RunnerServer::registrationFailed);
    orThrow(server.start());
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().at(1).value<Error>().kind(), Error::Kind::Network);
}

void TestRunnerRegistration::byoc_43_unregistersWhenItStops()
{
    byoc::OrchestratorFixture fixture;
    RunnerServer server(optionsFor(fixture.orchestrator->url()));
    addEcho(server);
    addEcho(server, QStringLiteral("second"));
    QSignalSpy registered(&server, &RunnerServer::registered);
    orThrow(server.start());
    QTRY_COMPARE(registered.size(), 2);
    const QFuture<void> stopped = server.stop();
    QTRY_VERIFY(stopped.isFinished());
    QCOMPARE(fixture.orchestrator->capabilities().size(), 0);
}

void TestRunnerRegistration::byoc_43_aKeyThatIsNotTheExpectedOneGetsNoSecret()
{
    byoc::OrchestratorFixture fixture;
    const TlsIdentity identity = orThrow(makeSelfSigned(QStringLiteral("127.0.0.1")));
    const auto tls = orchestratorAt(fixture, 0, identity);
    RunnerOptions options = optionsFor(tls->url());
    options.orchestratorFingerprint = QString(64, u'a');
    {
        RunnerServer server(options);
        addEcho(server);
        QSignalSpy failed(&server, &RunnerServer::registrationFailed);
        orThrow(server.start());
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.first().at(1).value<Error>().kind(), Error::Kind::TlsChanged);
        QCOMPARE(tls->capabilities().size(), 0);
    }
    options.orchestratorFingerprint = orThrow(publicKeyFingerprint(identity.certificatePem));
    RunnerServer server(options);
    addEcho(server);
    orThrow(server.start());
    QTRY_COMPARE(tls->capabilities().size(), 1);
}

void TestRunnerRegistration::byoc_43_aPaidCallReachesItWithItsBearerToken()
{
    byoc::OrchestratorFixture fixture;
    RunnerOptions options = optionsFor(fixture.orchestrator->url());
    options.bearerToken = Secret("only for the orchestrator");
    RunnerServer server(options);
    addEcho(server);
    QSignalSpy registered(&server, &RunnerServer::registered);
    orThrow(server.start());
    QTRY_COMPARE(registered.size(), 1);
    Probe stranger;
    QCOMPARE(stranger.send("POST", server.origin() + QStringLiteral("/echo/predict"), R"({"text":"hi"})").status, 401);

    const auto token = fixture.token(fixture.sender, QStringLiteral("echo"));
    const QByteArray job = byoc::OrchestratorFixture::signedJob(byoc::OrchestratorFixture::job(QStringLiteral("echo")), fixture.sender);
    const auto answer = fixture.process(job, byoc::OrchestratorFixture::payment(token, fixture.sender), R"({"text":"hi"})");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, QByteArray(R"({"text":"hi","times":1})"));
    QVERIFY(!answer.header("Livepeer-Balance").isEmpty());
}

void TestRunnerRegistration::byoc_44_aFailingCapabilityStaysRegistered()
{
    byoc::OrchestratorFixture fixture;
    RunnerServer server(optionsFor(fixture.orchestrator->url()));
    orThrow(server.add(std::make_unique<Scripted>([](const Json &input, const RunContext &) -> PredictResult {
        if (input.value(key("text")).toString() == u"fail")
            throw std::runtime_error("the lamp went out");
        return PredictResult::json(input);
    })));
    QSignalSpy registered(&server, &RunnerServer::registered);
    QSignalSpy forgotten(&server, &RunnerServer::forgotten);
    orThrow(server.start());
    QTRY_COMPARE(registered.size(), 1);
    const QByteArray job = byoc::OrchestratorFixture::signedJob(byoc::OrchestratorFixture::job(QStringLiteral("echo")), fixture.sender);
    const auto token = fixture.token(fixture.sender, QStringLiteral("echo"));
    const auto failed = fixture.process(job, byoc::OrchestratorFixture::payment(token, fixture.sender), R"({"text":"fail"})");
    QCOMPARE(failed.status, 500);
    QVERIFY(failed.body.contains("the lamp went out"));
    const auto refused = fixture.process(job, {}, "{}");
    QCOMPARE(refused.status, 422);
    QVERIFY(refused.body.contains("text"));
    QCOMPARE(fixture.process(job, {}, R"({"text":"hi"})").status, 200);
    QCOMPARE(forgotten.size(), 0);
}

QTEST_GUILESS_MAIN(TestRunnerRegistration)
#include "tst_runner_registration.moc"
