#include "sluice/programs/finding.h"
#include "sluice/programs/program_run.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace sluice;
using namespace sluice::programs;

namespace {

bool isAlive(qint64 pid)
{
    return pid > 0 && ::kill(pid_t(pid), 0) == 0;
}

qint64 numberIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toLongLong() : 0;
}

Code script(const QByteArray &text)
{
    Code code;
    code.fileName = QStringLiteral("call.sh");
    code.text = text;
    code.environment = QProcessEnvironment::systemEnvironment();
    return code;
}

} // namespace

/// Finding what runs a piece of code, and running it.
class TestPrograms : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();

    void anInterpreterIsTheFirstThatSatisfies();
    void whatIsMissingIsSaidWithWhatToInstall();
    void findingNeverBlocksTheCaller();
    void outputErrorsExitCodeAndFilesAreTold();
    void theEnvironmentIsTheOneGivenAndNoOther();
    void outputIsBoundedAndTheRestCounted();
    void stoppingEndsTheWholeGroup();
    void aProgramThatDoesNotListenIsKilled();
    void whatAProgramLeavesBehindEndsWithIt();
    void theGroupEndsWithTheObject();
    void theGroupEndsWithAWindowThatIsKilled();
    void whatCannotBeStartedSaysWhy();

private:
    /// A program in m_folder that prints `version` when it is asked, and has the module `has`.
    QString fakePython(const QString &name, const QByteArray &version, const QByteArray &has = {});
    Places onlyHere() const { return {{m_folder.path()}, {}, {}}; }

    QTemporaryDir m_folder;
    Interpreter m_bash;
};

void TestPrograms::initTestCase()
{
    const Found found = findNow({Language::Bash, {}, {}, {}, {}}, Places::ofThisMachine());
    QVERIFY(std::holds_alternative<Interpreter>(found));
    m_bash = std::get<Interpreter>(found);
}

QString TestPrograms::fakePython(const QString &name, const QByteArray &version, const QByteArray &has)
{
    const QString path = m_folder.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s", qPrintable(file.errorString()));
    file.write("#!/bin/sh\ncase \"$2\" in *python_version*) echo " + version + ";; *) [ \"$3\" = '" + has + "' ];; esac\n");
    file.close();
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    return path;
}

void TestPrograms::anInterpreterIsTheFirstThatSatisfies()
{
    fakePython(QStringLiteral("python3"), "3.11.7");
    const QString bare = fakePython(QStringLiteral("python3.12"), "3.12.1");
    const QString full = fakePython(QStringLiteral("python3.13"), "3.13.0", "livepeer_gateway");
    const Need need{Language::Python, QVersionNumber(3, 12), {}, {}, {}};
    QCOMPARE(std::get<Interpreter>(findNow(need, onlyHere())), (Interpreter{bare, QStringLiteral("3.12.1")}));
    Need module = need;
    module.module = QStringLiteral("livepeer_gateway");
    QCOMPARE(std::get<Interpreter>(findNow(module, onlyHere())).path, full);
    // What a person chose goes before the path, and pyenv's after it.
    Places chosen = onlyHere();
    chosen.first = {fakePython(QStringLiteral("chosen"), "3.12.9", "livepeer_gateway")};
    QCOMPARE(std::get<Interpreter>(findNow(module, chosen)).path, chosen.first.first());
    QFile::remove(full);
    Places later = onlyHere();
    later.later = {fakePython(QStringLiteral("later"), "3.14.0", "livepeer_gateway")};
    QCOMPARE(std::get<Interpreter>(findNow(module, later)).path, later.later.first());
}

void TestPrograms::whatIsMissingIsSaidWithWhatToInstall()
{
    const QTemporaryDir empty;
    const Places nowhere{{empty.path()}, {}, {}};
    Need python{Language::Python, QVersionNumber(3, 12), QStringLiteral("livepeer_gateway"), QStringLiteral("\"livepeer-gateway>=1.0.0\""), {}};
    const Error none = std::get<Error>(findNow(python, nowhere));
    QVERIFY2(none.message().contains(QStringLiteral("3.12")), qPrintable(none.message()));
    QVERIFY2(none.advice().contains(QStringLiteral("livepeer-gateway>=1.0.0")), qPrintable(none.advice()));
    const QString bare = fakePython(QStringLiteral("python3.12"), "3.12.1");
    const Error without = std::get<Error>(findNow(python, onlyHere()));
    QVERIFY2(without.message().contains(QStringLiteral("livepeer_gateway")), qPrintable(without.message()));
    QVERIFY2(without.advice().contains(bare) && without.advice().contains(ownPythonFolder()), qPrintable(without.advice()));
    const Error node = std::get<Error>(findNow({Language::Node, QVersionNumber(18), {}, {}, {}}, nowhere));
    QVERIFY(node.message().contains(QStringLiteral("Node")) && node.advice().contains(QStringLiteral("18")));
    const Error beside = std::get<Error>(findNow({Language::Bash, {}, {}, {}, {QStringLiteral("curl"), QStringLiteral("sluicectl")}}, nowhere));
    QVERIFY(beside.message().contains(QStringLiteral("curl, sluicectl")));
    QVERIFY(!std::get<Error>(findNow({}, nowhere)).message().isEmpty());
}

void TestPrograms::findingNeverBlocksTheCaller()
{
    const QString slow = m_folder.filePath(QStringLiteral("slow"));
    QFile file(slow);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("#!/bin/sh\nread answer <'" + m_folder.filePath(QStringLiteral("gate")).toUtf8() + "'\necho 3.12.2\n");
    file.close();
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::ExeOwner);
    QCOMPARE(QProcess::execute(QStringLiteral("mkfifo"), {m_folder.filePath(QStringLiteral("gate"))}), 0);
    const QTemporaryDir empty;
    const Need need{Language::Python, QVersionNumber(3, 12), {}, {}, {}};
    const QFuture<Found> asked = find(need, {{empty.path()}, {slow}, {}});
    QVERIFY(!asked.isFinished()); // it waits for the gate, and this thread goes on
    QFile gate(m_folder.filePath(QStringLiteral("gate")));
    QVERIFY(gate.open(QIODevice::WriteOnly));
    gate.write("go\n");
    gate.close();
    QTRY_VERIFY_WITH_TIMEOUT(asked.isFinished(), 15'000);
    QCOMPARE(std::get<Interpreter>(asked.result()).path, slow);
}

void TestPrograms::outputErrorsExitCodeAndFilesAreTold()
{
    ProgramRun run;
    Code code = script("cat beside.txt\necho trouble >&2\nprintf abc >made.bin\nread line && echo \"never: $line\"\nexit 7\n");
    code.files = {{QStringLiteral("beside.txt"), "grüße\n"}};
    QSignalSpy ended(&run, &ProgramRun::ended);
    run.start(m_bash, code);
    QCOMPARE(run.state(), ProgramRun::State::Running);
    QVERIFY(ended.wait(20'000));
    QCOMPARE(run.state(), ProgramRun::State::Ended);
    QCOMPARE(run.output(), QByteArray("grüße\n"));
    QCOMPARE(run.errors(), QByteArray("trouble\n"));
    QCOMPARE(run.exitCode(), 7);
    QVERIFY(!run.wasStopped() && run.problem().isEmpty());
    QCOMPARE(run.written(), (QList<WrittenFile>{{QStringLiteral("made.bin"), 3}}));
    QCOMPARE(run.dropped(), 0);
    QVERIFY(run.time().count() >= 0);
}

void TestPrograms::theEnvironmentIsTheOneGivenAndNoOther()
{
    qputenv("SLUICE_SENDER_KEY", "not for everybody");
    ProgramRun run;
    Code code = script("echo \"$LIVEPEER_ORCH_URL|${SLUICE_SENDER_KEY-none}|$(pwd)\"\n");
    code.environment = QProcessEnvironment();
    code.environment.insert(QStringLiteral("LIVEPEER_ORCH_URL"), QStringLiteral("https://127.0.0.1:8935"));
    code.environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    QSignalSpy ended(&run, &ProgramRun::ended);
    run.start(m_bash, code);
    QVERIFY(ended.wait(20'000));
    qunsetenv("SLUICE_SENDER_KEY");
    QCOMPARE(QString::fromUtf8(run.output()).trimmed(), QStringLiteral("https://127.0.0.1:8935|none|%1").arg(QFileInfo(run.folder()).canonicalFilePath()));
}

void TestPrograms::outputIsBoundedAndTheRestCounted()
{
    ProgramRun run;
    QSignalSpy ended(&run, &ProgramRun::ended);
    run.start(m_bash, script("head -c 3000000 /dev/zero | tr '\\0' x\n"));
    QVERIFY(ended.wait(30'000));
    QCOMPARE(run.exitCode(), 0);
    QCOMPARE(run.output().size(), ProgramRun::MaxOutputBytes);
    QCOMPARE(run.dropped(), 3'000'000 - ProgramRun::MaxOutputBytes);
}

void TestPrograms::stoppingEndsTheWholeGroup()
{
    ProgramRun run;
    QSignalSpy ended(&run, &ProgramRun::ended);
    run.start(m_bash, script("sleep 600 & echo $! >grandchild\necho ready\nwait\n"));
    QTRY_VERIFY_WITH_TIMEOUT(run.output().contains("ready"), 20'000);
    const qint64 grandchild = numberIn(run.folder() + QStringLiteral("/grandchild"));
    QVERIFY(isAlive(grandchild));
    run.stop();
    QVERIFY(ended.wait(20'000));
    QVERIFY(run.wasStopped());
    QCOMPARE(run.exitCode(), 128 + SIGTERM);
    QTRY_VERIFY(!isAlive(grandchild));
}

void TestPrograms::aProgramThatDoesNotListenIsKilled()
{
    ProgramRun run;
    QSignalSpy ended(&run, &ProgramRun::ended);
    run.start(m_bash, script("trap '' TERM\necho ready\nwhile :; do sleep 0.1; done\n"));
    QTRY_VERIFY_WITH_TIMEOUT(run.output().contains("ready"), 20'000);
    run.stop();
    QVERIFY(ended.wait(20'000));
    QCOMPARE(run.exitCode(), 128 + SIGKILL);
}

void TestPrograms::whatAProgramLeavesBehindEndsWithIt()
{
    ProgramRun run;
    QSignalSpy ended(&run, &ProgramRun::ended);
    run.start(m_bash, script("sleep 600 >/dev/null 2>&1 & echo $! >left\n"));
    QVERIFY(ended.wait(20'000));
    QCOMPARE(run.exitCode(), 0);
    const qint64 left = numberIn(run.folder() + QStringLiteral("/left"));
    QVERIFY(left > 0);
    QTRY_VERIFY(!isAlive(left));
}

void TestPrograms::theGroupEndsWithTheObject()
{
    auto run = std::make_unique<ProgramRun>();
    run->start(m_bash, script("sleep 600 & echo $! >grandchild\necho ready\nwait\n"));
    QTRY_VERIFY_WITH_TIMEOUT(run->output().contains("ready"), 20'000);
    const qint64 grandchild = numberIn(run->folder() + QStringLiteral("/grandchild"));
    const QString folder = run->folder();
    run.reset();
    QTRY_VERIFY(!isAlive(grandchild));
    QVERIFY(!QFileInfo::exists(folder));
}

void TestPrograms::theGroupEndsWithAWindowThatIsKilled()
{
    // The test again, as the process that is killed.
    QProcess window;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SLUICE_TEST_PIDS"), m_folder.filePath(QStringLiteral("pids")));
    window.setProcessEnvironment(environment);
    window.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--run-and-wait")});
    QTRY_VERIFY_WITH_TIMEOUT(numberIn(m_folder.filePath(QStringLiteral("pids"))) > 0, 20'000);
    const qint64 grandchild = numberIn(m_folder.filePath(QStringLiteral("pids")));
    QVERIFY(isAlive(grandchild));
    window.kill();
    QVERIFY(window.waitForFinished(10'000));
    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(grandchild), 10'000);
}

void TestPrograms::whatCannotBeStartedSaysWhy()
{
    ProgramRun run;
    QSignalSpy ended(&run, &ProgramRun::ended);
    run.start({m_folder.filePath(QStringLiteral("nothing-here")), {}}, script("echo never\n"));
    if (ended.isEmpty())
        QVERIFY(ended.wait(20'000));
    QVERIFY2(run.problem().contains(QStringLiteral("nothing-here")), qPrintable(run.problem()));
    QVERIFY(run.exitCode() != 0);
}

namespace {

/// Runs a program that goes on, and waits to be killed.
int runAndWait()
{
    const Found bash = findNow({Language::Bash, {}, {}, {}, {}}, Places::ofThisMachine());
    ProgramRun run;
    run.start(std::get<Interpreter>(bash), script("sleep 600 & echo $! >\"$SLUICE_TEST_PIDS.part\"; mv \"$SLUICE_TEST_PIDS.part\" \"$SLUICE_TEST_PIDS\"\nwait\n"));
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (app.arguments().contains(QStringLiteral("--run-and-wait")))
        return runAndWait();
    TestPrograms test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_programs.moc"
