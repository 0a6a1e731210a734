#include "server_fixture.h"

#include <QtCore/QProcess>

#include <csignal>

using namespace sluice;
using namespace sluice::liverunner;

/// The worked example of an app (tests/peers/live_app_example.cpp), as a process.
class LiveRunnerExampleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_signal_takes_it_off_the_list_before_it_ends_data();
    void a_signal_takes_it_off_the_list_before_it_ends();
};

void LiveRunnerExampleTest::a_signal_takes_it_off_the_list_before_it_ends_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void LiveRunnerExampleTest::a_signal_takes_it_off_the_list_before_it_ends()
{
    QFETCH(int, number);
    ServerFixture fixture({}, true);
    const auto isListed = [&] { return fixture.send("GET", QStringLiteral("/discovery")).body.contains("example/greeter"); };
    QProcess app;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("ORCH_SECRET"), QStringLiteral("abcdef"));
    app.setProcessEnvironment(environment);
    app.start(QStringLiteral(SLUICE_EXAMPLE), {fixture.service.toString()});
    QVERIFY(app.waitForStarted());
    QTRY_VERIFY2_WITH_TIMEOUT(isListed(), app.readAllStandardError().constData(), 20'000);
    QCOMPARE(::kill(pid_t(app.processId()), number), 0);
    QVERIFY(QTest::qWaitFor([&] { return app.state() == QProcess::NotRunning; }, 10'000));
    QVERIFY(!isListed()); // at once: its heartbeats would be waited for much longer
    QCOMPARE(app.exitStatus(), QProcess::NormalExit);
    QCOMPARE(app.exitCode(), 0);
}

QTEST_GUILESS_MAIN(LiveRunnerExampleTest)
#include "tst_liverunner_example.moc"
