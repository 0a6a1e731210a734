#include "sluice/sandbox/pipelines/child_process.h"

#include "sluice/base/secret_environment.h"

#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>

#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace sluice::sandbox {

namespace {

/// Between two looks at whether the work is still wanted.
constexpr int LookMs = 20;
constexpr qsizetype MaxWordsBytes = 64 * 1024;

void bound(int resource, qint64 value)
{
    const rlimit limit{rlim_t(value), rlim_t(value)};
    ::setrlimit(__rlimit_resource_t(resource), &limit);
}

/// In the child, before the program: only what may be called there.
void confine(const ChildProgram &child, pid_t parent)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        ::_exit(1);
    bound(RLIMIT_CPU, child.maxCpuSeconds);
    bound(RLIMIT_AS, child.maxMemoryBytes);
    bound(RLIMIT_CORE, 0);
}

/// Kills on every way out.
struct Killed {
    QProcess &process;
    ~Killed()
    {
        if (process.state() == QProcess::NotRunning)
            return;
        process.kill();
        process.waitForFinished();
    }
};

Error failed(const ChildProgram &child, const QString &how, const QByteArray &words)
{
    const QString name = QFileInfo(child.program).fileName();
    const QString said = QString::fromLocal8Bit(words.right(500)).simplified();
    return Error(Error::Kind::Internal, said.isEmpty() ? QStringLiteral("%1 %2.").arg(name, how) : QStringLiteral("%1 %2: %3").arg(name, how, said));
}

} // namespace

QString programPath(const QString &name)
{
    return QStandardPaths::findExecutable(name);
}

QByteArray outputOf(const ChildProgram &child, const CallContext &context)
{
    context.check();
    QProcess process;
    QProcessEnvironment environment = environmentForChildren();
    environment.insert(QStringLiteral("OMP_THREAD_LIMIT"), QStringLiteral("1"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    process.setProcessEnvironment(environment);
    process.setProgram(child.program);
    process.setArguments(child.arguments);
    process.setChildProcessModifier([child, parent = ::getpid()] { confine(child, parent); });
    const Killed killed{process};
    process.start();
    if (!process.waitForStarted())
        throw failed(child, QStringLiteral("could not be started"), process.errorString().toLocal8Bit());
    process.write(child.input);
    process.closeWriteChannel();
    QByteArray output;
    QByteArray words;
    for (bool isDone = false; !isDone;) {
        isDone = process.waitForFinished(LookMs) || process.state() == QProcess::NotRunning;
        context.check();
        output += process.readAllStandardOutput();
        words = (words + process.readAllStandardError()).right(MaxWordsBytes);
        if (output.size() > child.maxOutputBytes)
            throw Error(Error::Kind::TooLarge, QStringLiteral("%1 wrote more than %2 bytes.").arg(QFileInfo(child.program).fileName()).arg(child.maxOutputBytes));
    }
    if (process.exitStatus() != QProcess::NormalExit)
        throw failed(child, QStringLiteral("crashed or took too much"), words);
    if (process.exitCode() != 0)
        throw failed(child, QStringLiteral("ended with %1").arg(process.exitCode()), words);
    return output;
}

} // namespace sluice::sandbox
