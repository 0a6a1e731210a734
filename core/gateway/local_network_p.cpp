#include "local_network_p.h"

#include "sluice/backend/sandbox_files.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QLockFile>
#include <QtCore/QSocketNotifier>
#include <QtCore/QStandardPaths>

#include <csignal>
#include <sys/syscall.h>
#include <unistd.h>

namespace sluice::detail {

namespace {

constexpr qint64 MaxReadyBytes = 64 * 1024;

bool isReady(const Json &json)
{
    return json.isObject() && json.value(QStringLiteral("event")).toString() == QStringLiteral("ready")
        && !json.value(QStringLiteral("orchestrator")).toString().isEmpty();
}

/// The process that the lock beside the state file names; 0 when there is none.
qint64 lockHolder(const QString &stateFile)
{
    qint64 holder = 0;
    QString host;
    QString program;
    const QLockFile lock(SandboxFiles(stateFile).lock);
    return lock.getLockInfo(&holder, &host, &program) ? holder : 0;
}

} // namespace

std::unique_ptr<ProcessWatch> ProcessWatch::open(qint64 pid, QObject *context, std::function<void()> ended)
{
    const long descriptor = syscall(SYS_pidfd_open, pid_t(pid), 0);
    if (descriptor < 0)
        return nullptr;
    return std::unique_ptr<ProcessWatch>(new ProcessWatch(int(descriptor), context, std::move(ended)));
}

ProcessWatch::ProcessWatch(int descriptor, QObject *context, std::function<void()> ended)
    : m_descriptor(descriptor)
    , m_notifier(std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read))
{
    // A process descriptor becomes readable when its process has ended, and stays so.
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, context,
        [notifier = m_notifier.get(), ended = std::move(ended)] {
            notifier->setEnabled(false);
            ended();
        });
}

ProcessWatch::~ProcessWatch()
{
    m_notifier.reset();
    ::close(m_descriptor);
}

bool processLives(qint64 pid)
{
    return pid > 0 && (::kill(pid_t(pid), 0) == 0 || errno == EPERM);
}

std::optional<Json> runningSandbox(const QString &stateFile)
{
    QFile file(SandboxFiles(stateFile).ready);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const auto json = Json::parse(file.read(MaxReadyBytes));
    if (!json || !isReady(*json))
        return std::nullopt;
    const qint64 pid = json->value(QStringLiteral("pid")).toInt64().value_or(0);
    if (!processLives(pid))
        return std::nullopt;
    // The process id may be another program's by now; the lock tells who holds the state.
    if (lockHolder(stateFile) != pid)
        return std::nullopt;
    return *json;
}

bool isHeld(const QString &stateFile)
{
    return processLives(lockHolder(stateFile));
}

std::optional<Json> readyLine(const QByteArray &output)
{
    for (const QByteArray &line : output.left(MaxReadyBytes).split('\n')) {
        if (!line.startsWith('{'))
            continue;
        const auto json = Json::parse(line);
        if (json && isReady(*json))
            return *json;
    }
    return std::nullopt;
}

QString sandboxProgram(const QString &wanted)
{
    if (!wanted.isEmpty())
        return wanted;
    const QFileInfo beside(QCoreApplication::applicationDirPath() + QStringLiteral("/sluicectl"));
    if (beside.isExecutable())
        return beside.absoluteFilePath();
    return QStandardPaths::findExecutable(QStringLiteral("sluicectl"));
}

} // namespace sluice::detail
