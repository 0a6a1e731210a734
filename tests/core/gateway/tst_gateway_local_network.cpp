#include "sluice/gateway/local_network.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <csignal>

using namespace sluice;

namespace {

const QString Program = QStringLiteral(SLUICE_STAND_IN);

qint64 pidOf(const Json &ready)
{
    return ready.value(QStringLiteral("pid")).toInt64().value_or(0);
}

bool lives(qint64 pid)
{
    return ::kill(pid_t(pid), 0) == 0;
}

std::optional<Error> errorOf(const QFuture<Json> &future)
{
    try {
        QFuture<Json> copy = future;
        copy.waitForFinished();
        return std::nullopt;
    } catch (const Error &error) {
        return error;
    }
}

} // namespace

class LocalNetworkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void startsAndGivesWhatAGatewayNeeds();
    void servicesThatAreBackendsAreReached();
    void joinsOneThatRunsAlready();
    void waitsForOneThatAnotherProgramIsStarting();
    void ignoresWhatADeadOneLeft();
    void endsWithItsOwner();
    void tellsWhenTheChildDies();
    void takesOverWhenTheOwnerOfAJoinedOneLeaves();
    void oneThatOthersJoinedOutlivesItsOwner_data();
    void oneThatOthersJoinedOutlivesItsOwner();
    void oneThatOthersWaitForIsLeftToThem();
    void doesNotJoinOneThatIsEnding();
    void knowsWhyItIsGone();
    void failureCarriesTheLastWords();
    void failureIsOfTheKindThatTheChildTells();
    void missingProgramIsAnError();
    void childEndsWhenTheProgramIsKilled();

private:
    [[nodiscard]] QString stateFile() const { return m_folder.filePath(QStringLiteral("%1%2.sqlite").arg(QLatin1String(QTest::currentTestFunction()), QLatin1String(QTest::currentDataTag()))); }
    /// A file that the stand-in waits for.
    void tell(const QString &word) const
    {
        QFile file(stateFile() + word);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    /// Starts this test function in a process of its own, which kills itself as soon as its sandbox is ready.
    void runAsOwnerThatIsKilled() const;
    QTemporaryDir m_folder;
};

void LocalNetworkTest::startsAndGivesWhatAGatewayNeeds()
{
    LocalNetwork network(stateFile(), Program);
    const auto ready = network.start();
    QVERIFY(!network.isRunning());
    QTRY_VERIFY(ready.isFinished());
    QVERIFY(network.isRunning());
    QCOMPARE(network.config().orchUrls, QStringList(QStringLiteral("https://127.0.0.1:1")));
    QVERIFY(network.config().senderKey.equals(QByteArray(64, '1')));
    const qint64 pid = pidOf(ready.result());
    QVERIFY(lives(pid));
    // A second start gives the same one.
    QCOMPARE(pidOf(network.start().result()), pid);
    const auto stopped = network.stop();
    QTRY_VERIFY(stopped.isFinished());
    QVERIFY(!network.isRunning());
    QTRY_VERIFY(!lives(pid));
}

void LocalNetworkTest::servicesThatAreBackendsAreReached()
{
    LocalNetwork network(stateFile(), Program, {QStringLiteral("--services")});
    const auto ready = network.start();
    QTRY_VERIFY(ready.isFinished());
    const GatewayConfig config = network.config();
    QCOMPARE(config.backends.keys(), QStringList(QStringLiteral("aigateway"))); // those of orchestrators are the members themselves
    const BackendSettings settings = config.backends.first();
    QCOMPARE(settings.text(QStringLiteral("base_url")), QStringLiteral("http://127.0.0.1:2"));
    QVERIFY(settings.secret(QStringLiteral("/api_key")).equals("k")); // by its schema
    QVERIFY(!settings.values.contains(QStringLiteral("api_key")));
    QCOMPARE(config.orchUrls.size(), 1);
}

void LocalNetworkTest::joinsOneThatRunsAlready()
{
    LocalNetwork first(stateFile(), Program);
    const auto ready = first.start();
    QTRY_VERIFY(ready.isFinished());
    const qint64 pid = pidOf(ready.result());
    {
        LocalNetwork second(stateFile(), Program);
        const auto joined = second.start();
        QTRY_VERIFY(joined.isFinished());
        QCOMPARE(pidOf(joined.result()), pid);
        // Leaving is not ending.
        const auto left = second.stop();
        QTRY_VERIFY(left.isFinished());
    }
    QVERIFY(first.isRunning());
    QVERIFY(lives(pid));
}

void LocalNetworkTest::waitsForOneThatAnotherProgramIsStarting()
{
    LocalNetwork slow(stateFile(), Program, {QStringLiteral("--begins-when-told")});
    LocalNetwork late(stateFile(), Program);
    const auto first = slow.start();
    QTRY_VERIFY(QFile::exists(stateFile() + QStringLiteral(".lock")));
    const auto second = late.start();
    QVERIFY(!first.isFinished() && !second.isFinished());
    tell(QStringLiteral(".begin"));
    QTRY_VERIFY(first.isFinished() && second.isFinished());
    for (const auto &one : {first, second})
        QVERIFY2(!errorOf(one), qPrintable(errorOf(one) ? errorOf(one)->describe() : QString()));
    QCOMPARE(pidOf(first.result()), pidOf(second.result()));
}

void LocalNetworkTest::ignoresWhatADeadOneLeft()
{
    QFile left(stateFile() + QStringLiteral(".ready.json"));
    QVERIFY(left.open(QIODevice::WriteOnly));
    left.write("{\"event\":\"ready\",\"orchestrator\":\"https://old\",\"pid\":999999999}\n");
    left.close();
    LocalNetwork network(stateFile(), Program);
    const auto ready = network.start();
    QTRY_VERIFY(ready.isFinished());
    QCOMPARE(ready.result().value(QStringLiteral("orchestrator")).toString(), QStringLiteral("https://127.0.0.1:1"));
}

void LocalNetworkTest::endsWithItsOwner()
{
    qint64 pid = 0;
    {
        LocalNetwork network(stateFile(), Program);
        const auto ready = network.start();
        QTRY_VERIFY(ready.isFinished());
        pid = pidOf(ready.result());
    }
    QTRY_VERIFY(!lives(pid));
}

void LocalNetworkTest::tellsWhenTheChildDies()
{
    LocalNetwork network(stateFile(), Program);
    const auto ready = network.start();
    QTRY_VERIFY(ready.isFinished());
    QSignalSpy died(&network, &LocalNetwork::died);
    ::kill(pid_t(pidOf(ready.result())), SIGKILL);
    QTRY_COMPARE(died.count(), 1);
    QVERIFY(!network.isRunning());
    const auto again = network.start();
    QTRY_VERIFY(again.isFinished());
    QVERIFY(network.isRunning());
}

void LocalNetworkTest::takesOverWhenTheOwnerOfAJoinedOneLeaves()
{
    LocalNetwork first(stateFile(), Program);
    const auto ready = first.start();
    QTRY_VERIFY(ready.isFinished());
    LocalNetwork second(stateFile(), Program);
    const auto joined = second.start();
    QTRY_VERIFY(joined.isFinished());
    QSignalSpy died(&second, &LocalNetwork::died);
    QSignalSpy left(&second, &LocalNetwork::ownerLeft);
    ::kill(pid_t(pidOf(ready.result())), SIGKILL);
    QTRY_COMPARE(left.count(), 1);
    QCOMPARE(died.count(), 0);
    QVERIFY(!second.isRunning());
    const auto own = second.start();
    QTRY_VERIFY(own.isFinished());
    QVERIFY(second.isRunning());
    QVERIFY(pidOf(own.result()) != pidOf(ready.result()));
}

void LocalNetworkTest::oneThatOthersJoinedOutlivesItsOwner_data()
{
    QTest::addColumn<bool>("destroyed");
    QTest::newRow("stopped") << false;
    QTest::newRow("destroyed") << true;
}

void LocalNetworkTest::oneThatOthersJoinedOutlivesItsOwner()
{
    QFETCH(bool, destroyed);
    auto owner = std::make_unique<LocalNetwork>(stateFile(), Program);
    const auto ready = owner->start();
    QTRY_VERIFY(ready.isFinished());
    const qint64 pid = pidOf(ready.result());
    LocalNetwork second(stateFile(), Program);
    QSignalSpy left(&second, &LocalNetwork::ownerLeft);
    const auto joined = second.start();
    QTRY_VERIFY(joined.isFinished());
    if (!destroyed) {
        const auto stopped = owner->stop();
        QTRY_VERIFY(stopped.isFinished());
        QVERIFY(!owner->isRunning());
    }
    owner.reset();
    // It can be joined still, and goes with the last one.
    LocalNetwork third(stateFile(), Program);
    const auto late = third.start();
    QTRY_VERIFY(late.isFinished());
    QCOMPARE(pidOf(late.result()), pid);
    const auto secondLeft = second.stop();
    QTRY_VERIFY(secondLeft.isFinished());
    QVERIFY(third.isRunning() && lives(pid) && !third.whyGone());
    QCOMPARE(left.count(), 0);
    const auto thirdLeft = third.stop();
    QTRY_VERIFY(thirdLeft.isFinished());
    QTRY_VERIFY(!lives(pid));
}

void LocalNetworkTest::oneThatOthersWaitForIsLeftToThem()
{
    LocalNetwork owner(stateFile(), Program, {QStringLiteral("--begins-when-told")});
    const auto first = owner.start();
    QTRY_VERIFY(QFile::exists(stateFile() + QStringLiteral(".lock")));
    LocalNetwork late(stateFile(), Program);
    const auto second = late.start();
    const auto stopped = owner.stop();
    QVERIFY(first.isFinished() && errorOf(first));
    QVERIFY(!second.isFinished());
    tell(QStringLiteral(".begin"));
    QTRY_VERIFY(stopped.isFinished() && second.isFinished());
    QVERIFY(!errorOf(second));
    QVERIFY(late.isRunning() && lives(pidOf(second.result())));
}

void LocalNetworkTest::doesNotJoinOneThatIsEnding()
{
    // This test runs itself once more as the program that is killed; its sandbox takes its time to end.
    if (qEnvironmentVariableIsSet("SLUICE_TEST_OWNER")) {
        LocalNetwork network(qEnvironmentVariable("SLUICE_TEST_OWNER"), Program, {QStringLiteral("--ends-when-told")});
        const auto ready = network.start();
        QTRY_VERIFY(ready.isFinished());
        ::raise(SIGKILL);
    }
    runAsOwnerThatIsKilled();
    QTRY_VERIFY(!QFile::exists(stateFile() + QStringLiteral(".ready.json")));
    const bool ending = QFile::exists(stateFile() + QStringLiteral(".lock"));
    LocalNetwork network(stateFile(), Program);
    QSignalSpy left(&network, &LocalNetwork::ownerLeft);
    const auto ready = network.start();
    QVERIFY(ending);
    QVERIFY(!network.isRunning());
    tell(QStringLiteral(".end"));
    QTRY_VERIFY(ready.isFinished());
    QVERIFY(network.isRunning());
    QCOMPARE(left.count(), 0);
    QVERIFY(lives(pidOf(ready.result())));
}

void LocalNetworkTest::knowsWhyItIsGone()
{
    LocalNetwork first(stateFile(), Program);
    QVERIFY(!first.whyGone());
    const auto ready = first.start();
    QTRY_VERIFY(ready.isFinished());
    LocalNetwork second(stateFile(), Program);
    const auto joined = second.start();
    QTRY_VERIFY(joined.isFinished());
    LocalNetwork third(stateFile(), Program);
    const auto left = third.start();
    QTRY_VERIFY(left.isFinished());
    QVERIFY(!first.whyGone() && !second.whyGone() && !third.whyGone());
    const auto stopped = third.stop();
    QTRY_VERIFY(stopped.isFinished());
    QSignalSpy told(&second, &LocalNetwork::ownerLeft);
    ::kill(pid_t(pidOf(ready.result())), SIGKILL);
    QTRY_VERIFY(first.whyGone() && second.whyGone());
    QVERIFY(first.whyGone()->contains(QStringLiteral("crashed or was killed")));
    QVERIFY(second.whyGone()->contains(QStringLiteral("Another program ran it")));
    QVERIFY(!third.whyGone()); // it had left by itself
    QTRY_COMPARE(told.count(), 1);
    QVERIFY(second.whyGone());
    const auto own = second.start();
    QTRY_VERIFY(own.isFinished());
    QVERIFY(!second.whyGone());
}

void LocalNetworkTest::failureIsOfTheKindThatTheChildTells()
{
    LocalNetwork network(stateFile(), Program, {QStringLiteral("--tells-why")});
    const auto ready = network.start();
    QTRY_VERIFY(ready.isFinished());
    const auto error = errorOf(ready);
    QVERIFY(error);
    QCOMPARE(error->kind(), Error::Kind::Storage);
    QVERIFY2(error->message().endsWith(QStringLiteral("The disk is full.")), qPrintable(error->describe()));
    QCOMPARE(error->advice(), QStringLiteral("Free some space."));
}

void LocalNetworkTest::failureCarriesTheLastWords()
{
    LocalNetwork network(stateFile(), Program, {QStringLiteral("--fail")});
    QSignalSpy lines(&network, &LocalNetwork::logLine);
    const auto ready = network.start();
    QTRY_VERIFY(ready.isFinished());
    const auto error = errorOf(ready);
    QVERIFY(error);
    QVERIFY(error->message().contains(QStringLiteral("code 3")));
    QVERIFY(error->advice().contains(QStringLiteral("the state is damaged")));
    QCOMPARE(lines.count(), 2);
}

void LocalNetworkTest::missingProgramIsAnError()
{
    LocalNetwork network(stateFile(), QStringLiteral("/nonexistent/sluicectl"));
    const auto ready = network.start();
    QTRY_VERIFY(ready.isFinished());
    QCOMPARE(errorOf(ready)->kind(), Error::Kind::Config);
}

void LocalNetworkTest::runAsOwnerThatIsKilled() const
{
    QProcess owner;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SLUICE_TEST_OWNER"), stateFile());
    owner.setProcessEnvironment(environment);
    owner.start(QCoreApplication::applicationFilePath(), {QLatin1String(QTest::currentTestFunction())});
    QTRY_COMPARE_WITH_TIMEOUT(owner.state(), QProcess::NotRunning, 20000);
    QCOMPARE(owner.exitStatus(), QProcess::CrashExit);
}

void LocalNetworkTest::childEndsWhenTheProgramIsKilled()
{
    // This test runs itself once more as the program that is killed.
    if (qEnvironmentVariableIsSet("SLUICE_TEST_OWNER")) {
        LocalNetwork network(qEnvironmentVariable("SLUICE_TEST_OWNER"), Program);
        const auto ready = network.start();
        QTRY_VERIFY(ready.isFinished());
        ::raise(SIGKILL);
    }
    runAsOwnerThatIsKilled();
    // The stand-in removes its ready file when it is told to end.
    QTRY_VERIFY(!QFile::exists(stateFile() + QStringLiteral(".ready.json")));
}

QTEST_GUILESS_MAIN(LocalNetworkTest)
#include "tst_gateway_local_network.moc"
