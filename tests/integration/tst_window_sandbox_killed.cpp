#include "window_fixture_p.h"

#include "sluice/base/json.h"
#include "sluice/picker/capability_model.h"
#include "sluice/picker/picker_panel.h"
#include "sluice/results/result_view.h"
#include "sluice/shell/status_strip.h"
#include "sluice/widgets/theme.h"

#include <QtTest/QtTest>
#include <QtWidgets/QListView>

#include <csignal>

using namespace sluice;
using namespace sluice::ui;

/// The sandbox that a window runs is killed: the window notices at once, says one word, and goes on.
class TestWindowSandboxKilled : public QObject {
    Q_OBJECT
public:
    static void initMain()
    {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // secrets of a test must not reach anybody's keychain
        qputenv("PATH", QByteArray(SLUICE_BIN_DIR ":") + qgetenv("PATH"));
    }

private Q_SLOTS:
    void init();
    void cleanup() { m_fixture.reset(); }

    void windowNoticesAtOnceAndGoesOn_data();
    void windowNoticesAtOnceAndGoesOn();
    void aCallThatIsMadeMeanwhileWaitsForItsConnection();
    void tryAgainIsNoDeadEnd();
    void oneThatEndsAgainAndAgainIsGivenUp();

private:
    [[nodiscard]] qint64 sandboxPid() const;
    /// Ends the sandbox and waits until it is gone.
    void killSandbox(int signal);
    [[nodiscard]] QList<CapabilityModel::Health> dots() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestWindowSandboxKilled::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("SLUICE_DATA_DIR", m_folder->path().toUtf8());
    Theme::apply(*qApp, Theme::Mode::Light);
    m_fixture = std::make_unique<WindowFixture>();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 60'000);
}

qint64 TestWindowSandboxKilled::sandboxPid() const
{
    QFile file(m_folder->filePath(QStringLiteral("sandbox.sqlite.ready.json")));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const auto json = Json::parse(file.readAll());
    return json ? json->value(QStringLiteral("pid")).toInt64().value_or(0) : 0;
}

void TestWindowSandboxKilled::killSandbox(int signal)
{
    const qint64 pid = sandboxPid();
    QVERIFY(pid > 0);
    QCOMPARE(::kill(pid_t(pid), signal), 0);
}

QList<CapabilityModel::Health> TestWindowSandboxKilled::dots() const
{
    QList<CapabilityModel::Health> all;
    const auto *model = m_fixture->window->picker().findChild<QListView *>()->model();
    for (int row = 0; row < model->rowCount(); ++row)
        all << model->index(row, 0).data(CapabilityModel::HealthRole).value<CapabilityModel::Health>();
    return all;
}

void TestWindowSandboxKilled::windowNoticesAtOnceAndGoesOn_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGKILL") << SIGKILL;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGSEGV") << SIGSEGV;
}

void TestWindowSandboxKilled::windowNoticesAtOnceAndGoesOn()
{
    QFETCH(int, signal);
    const QString sender = m_fixture->session->senderAddress();
    QVERIFY(dots().contains(CapabilityModel::Health::Good));
    QSignalSpy failed(m_fixture->session.get(), &Session::connectionFailed);
    QSignalSpy mended(m_fixture->session.get(), &Session::mended);
    // As the person sees it at the moment when the window has noticed.
    QList<CapabilityModel::Health> meanwhile;
    const auto watch = connect(m_fixture->session.get(), &Session::mended, m_fixture->session.get(), [&] { meanwhile = dots(); });
    killSandbox(signal);
    QTRY_COMPARE_WITH_TIMEOUT(mended.size(), 1, 10'000);
    disconnect(watch);
    QVERIFY(!meanwhile.isEmpty());
    QCOMPARE(meanwhile.count(CapabilityModel::Health::Unknown), meanwhile.size());
    QVERIFY(m_fixture->window->statusStrip().notice().contains(QStringLiteral("started again")));
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 60'000);
    QTRY_VERIFY(dots().contains(CapabilityModel::Health::Good));
    QCOMPARE(mended.size(), 1);
    QVERIFY2(failed.isEmpty(), "nothing that a person has to do anything about");
    QCOMPARE(m_fixture->session->senderAddress(), sender);
    auto *page = qobject_cast<FormPage *>(m_fixture->open(QStringLiteral("text-analysis")));
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
}

void TestWindowSandboxKilled::aCallThatIsMadeMeanwhileWaitsForItsConnection()
{
    auto *page = qobject_cast<FormPage *>(m_fixture->open(QStringLiteral("text-analysis")));
    QVERIFY(page);
    QSignalSpy mended(m_fixture->session.get(), &Session::mended);
    killSandbox(SIGKILL);
    QTRY_COMPARE_WITH_TIMEOUT(mended.size(), 1, 10'000);
    QVERIFY(!m_fixture->isReady());
    page->run();
    QVERIFY(!page->currentRun());
    QTRY_VERIFY_WITH_TIMEOUT(page->currentRun() && page->currentRun()->state() == RunController::State::Succeeded, 90'000);
}

void TestWindowSandboxKilled::tryAgainIsNoDeadEnd()
{
    auto *page = qobject_cast<FormPage *>(m_fixture->open(QStringLiteral("text-analysis")));
    QVERIFY(page);
    // Sent to one that is gone and has not been noticed yet.
    killSandbox(SIGKILL);
    page->run();
    RunController *first = page->currentRun();
    if (first)
        QTRY_VERIFY_WITH_TIMEOUT(first->state() != RunController::State::Running, 60'000);
    // Whatever it shows now, pressing its button leads to an answer.
    Q_EMIT page->result().retryRequested();
    QTRY_VERIFY_WITH_TIMEOUT(page->currentRun() && page->currentRun()->state() == RunController::State::Succeeded, 90'000);
}

void TestWindowSandboxKilled::oneThatEndsAgainAndAgainIsGivenUp()
{
    QSignalSpy mended(m_fixture->session.get(), &Session::mended);
    QSignalSpy failed(m_fixture->session.get(), &Session::connectionFailed);
    for (int times = 0; times < 4 && failed.isEmpty(); ++times) {
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 60'000);
        killSandbox(SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(mended.size() == times + 1 || !failed.isEmpty(), 20'000);
    }
    if (mended.size() == 4)
        QSKIP("This machine is so slow that four deaths took more than a minute.");
    QCOMPARE(failed.size(), 1);
    QCOMPARE(m_fixture->session->state(), Session::State::Failed);
    // And the person can start it.
    m_fixture->session->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 60'000);
}

QTEST_MAIN(TestWindowSandboxKilled)
#include "tst_window_sandbox_killed.moc"
