#include "window_fixture_p.h"

#include "sluice/codeview/code_view.h"

#include <QtTest/QtTest>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;

/// The code in front, run by the window that shows it: against the sandbox at the port where the published client looks for it.
class TestWindowRunHere : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_network.reset(); }
    void init() { openWindow(); }
    void cleanup() { m_fixture.reset(); }

    void theCodeRunHereGivesThePlaygroundsAnswer_data();
    void theCodeRunHereGivesThePlaygroundsAnswer();
    void pythonRunsWithTheCopiedEnvironmentAndNothingElse();
    void liveVideoOfTheCodeComesBackUntilItIsStopped();
    void whatItShowsIsInThePictures_data();
    void whatItShowsIsInThePictures();

private:
    [[nodiscard]] CodeView &code() { return m_fixture->window->codeView(); }
    [[nodiscard]] QToolButton *button() { return code().findChild<QToolButton *>(QStringLiteral("runHere")); }
    /// Opens `capability` with its code in `language`, ready to run; false, with the reason, where this machine cannot.
    bool ready(const QString &capability, const QString &language);
    /// Why the published client does not run here; empty when it does.
    QString whyNoPython() const;

    const QString m_python = QStringLiteral(SLUICE_SDK_PACKAGES "/python/bin/python");
};

void TestWindowRunHere::initTestCase()
{
    qputenv("SLUICE_SANDBOX_PORT", "8935");
    qputenv("SLUICE_PYTHON", m_python.toUtf8());
    qputenv("PATH", QByteArray(SLUICE_BIN_DIR ":") + qgetenv("PATH"));
    openNetwork();
}

QString TestWindowRunHere::whyNoPython() const
{
    if (!QFile::exists(m_python))
        return QStringLiteral("livepeer-gateway is not installed (tests/peers/sdk/packages.py says why)");
    if (QUrl(m_network->session->capability(QStringLiteral("text-analysis"))->orchestrators.first()).port() != 8935)
        return QStringLiteral("port 8935, where the package looks for terms, is in use");
    return {};
}

bool TestWindowRunHere::ready(const QString &capability, const QString &language)
{
    if (!m_fixture->open(capability))
        return false;
    code().setLanguage(language);
    return QTest::qWaitFor([this] { return !code().isPending() && !code().code().isEmpty() && button()->isEnabled(); }, 30'000);
}

void TestWindowRunHere::theCodeRunHereGivesThePlaygroundsAnswer_data()
{
    QTest::addColumn<QString>("language");
    for (const char *language : {"curl", "javascript", "python"})
        QTest::newRow(language) << QString::fromLatin1(language);
}

void TestWindowRunHere::theCodeRunHereGivesThePlaygroundsAnswer()
{
    QFETCH(QString, language);
    if (language == QStringLiteral("javascript") && QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty())
        QSKIP("Node is not installed");
    if (language == QStringLiteral("python") && !whyNoPython().isEmpty())
        QSKIP(qPrintable(whyNoPython()));
    FormPage *page = form(QStringLiteral("text-analysis"));
    Call call = page->call();
    call.input.insert(QStringLiteral("text"), QStringLiteral("It's a \"lovely\" day, and the sluice is open."));
    page->load(call);
    QVERIFY2(ready(QStringLiteral("text-analysis"), language), qPrintable(button()->toolTip()));
    QCOMPARE(code().shownLanguage(), language);
    button()->click();
    const RunPane &pane = code().runPane();
    QVERIFY(pane.isVisible() && pane.isRunning());
    // The window goes on meanwhile: the same call, made here.
    RunController *run = runToItsEnd(*page);
    QCOMPARE(run->state(), RunController::State::Succeeded);
    QTRY_VERIFY_WITH_TIMEOUT(!pane.isRunning(), 120'000);
    QVERIFY2(pane.current()->exitCode() == 0, qPrintable(pane.shownOutput()));
    const auto answer = Json::parse(pane.current()->output());
    QVERIFY2(answer, qPrintable(pane.shownOutput()));
    QCOMPARE(*answer, run->result().json);
    QCOMPARE(pane.shownAnswer(), QString::fromUtf8(run->result().content));
    QTRY_VERIFY2(pane.status().contains(QStringLiteral("the same answer as the playground's")), qPrintable(pane.status()));
}

void TestWindowRunHere::pythonRunsWithTheCopiedEnvironmentAndNothingElse()
{
    if (!whyNoPython().isEmpty())
        QSKIP(qPrintable(whyNoPython()));
    QVERIFY2(ready(QStringLiteral("text-analysis"), QStringLiteral("python")), qPrintable(button()->toolTip()));
    QVERIFY2(code().environment().contains(m_fixture->session->sandboxSigner()), qPrintable(code().environment()));
    const QString path = m_folder.filePath(QStringLiteral("copied.py"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(code().code().toUtf8());
    file.close();
    QProcess shell;
    QProcessEnvironment bare;
    bare.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    bare.insert(QStringLiteral("HOME"), m_folder.path());
    shell.setProcessEnvironment(bare);
    shell.start(QStringLiteral("bash"), {QStringLiteral("-c"), code().environment() + QStringLiteral("\"$1\" \"$0\""), path, m_python});
    QTRY_COMPARE_WITH_TIMEOUT(shell.state(), QProcess::NotRunning, 120'000);
    const QByteArray errors = shell.readAllStandardError();
    QVERIFY2(shell.exitCode() == 0, errors.constData());
    QVERIFY(Json::parse(shell.readAllStandardOutput()));
}

void TestWindowRunHere::liveVideoOfTheCodeComesBackUntilItIsStopped()
{
    if (!whyNoPython().isEmpty())
        QSKIP(qPrintable(whyNoPython()));
    QVERIFY2(ready(QStringLiteral("live-video-to-video/noop"), QStringLiteral("python")), qPrintable(button()->toolTip()));
    QCOMPARE(code().shownLanguage(), QStringLiteral("python"));
    button()->click();
    const RunPane &pane = code().runPane();
    QTRY_VERIFY2_WITH_TIMEOUT(pane.shownOutput().contains(QStringLiteral("640 x 480")) || !pane.isRunning(), qPrintable(pane.shownOutput()), 60'000);
    QVERIFY2(pane.isRunning(), qPrintable(pane.shownOutput()));
    auto *stop = pane.findChild<QToolButton *>(QStringLiteral("stopCode"));
    QVERIFY(stop->isVisible());
    stop->click();
    QTRY_VERIFY_WITH_TIMEOUT(!pane.isRunning(), 20'000);
    QVERIFY(pane.current()->wasStopped());
    QVERIFY2(pane.status().contains(QStringLiteral("Stopped")), qPrintable(pane.status()));
    QVERIFY(!stop->isVisible() && button()->isEnabled());
}

void TestWindowRunHere::whatItShowsIsInThePictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestWindowRunHere::whatItShowsIsInThePictures()
{
    QFETCH(bool, dark);
    Theme::setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
    FormPage *page = form(QStringLiteral("text-analysis"));
    runToItsEnd(*page);
    QVERIFY2(ready(QStringLiteral("text-analysis"), QStringLiteral("curl")), qPrintable(button()->toolTip()));
    button()->click();
    QTRY_VERIFY_WITH_TIMEOUT(!code().runPane().isRunning(), 120'000);
    const QString folder = qEnvironmentVariable("SLUICE_TOUR_DIR");
    if (!folder.isEmpty())
        QVERIFY(m_fixture->window->grab().save(QStringLiteral("%1/run-here-%2.png").arg(folder, dark ? QStringLiteral("dark") : QStringLiteral("light"))));
    QVERIFY(code().runPane().width() > 200);
    Theme::setMode(Theme::Mode::Light);
}

QTEST_MAIN(TestWindowRunHere)
#include "tst_window_run_here.moc"
