#include "sandbox_process_p.h"

#include <QtCore/QDeadlineTimer>

namespace sluice {

QList<Json> Finished::lines() const
{
    QList<Json> list;
    const QByteArrayList pieces = out.trimmed().split('\n');
    for (const QByteArray &line : pieces)
        list.append(Json::parse(line).valueOr(Json()));
    return list;
}

Workplace::Workplace() = default;

QProcessEnvironment Workplace::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"SLUICE_SENDER_KEY", "LIVEPEER_TOKEN", "LIVEPEER_ORCH_URL", "LIVEPEER_GATEWAY_URL", "LIVEPEER_SIGNER_URL",
             "DBUS_SESSION_BUS_ADDRESS", "DISPLAY"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("SLUICE_DATA_DIR"), m_folder.path());
    environment.insert(m_extra);
    return environment;
}

QString Workplace::program()
{
    return QStringLiteral(SLUICE_BIN_DIR "/sluicectl");
}

void Workplace::start(QProcess &process, const QStringList &arguments) const
{
    process.setProcessEnvironment(environment());
    process.start(program(), arguments);
}

Finished Workplace::run(const QStringList &arguments, const QByteArray &input, int timeoutMs) const
{
    QProcess process;
    start(process, arguments);
    if (!process.waitForStarted())
        return {};
    process.write(input);
    process.closeWriteChannel();
    Finished finished;
    if (!process.waitForFinished(timeoutMs)) {
        process.kill();
        process.waitForFinished();
    } else if (process.exitStatus() == QProcess::NormalExit) {
        finished.code = process.exitCode();
    }
    finished.out = process.readAllStandardOutput();
    finished.err = process.readAllStandardError();
    return finished;
}

SandboxProcess::SandboxProcess(const Workplace &place, QStringList arguments, const QString &state)
{
    arguments = QStringList{QStringLiteral("sandbox"), QStringLiteral("--state"), place.path(state)} + arguments;
    place.start(m_process, arguments);
}

SandboxProcess::~SandboxProcess()
{
    if (m_process.state() != QProcess::NotRunning)
        kill();
}

bool SandboxProcess::waitUntilReady()
{
    QDeadlineTimer deadline(30'000);
    QByteArray line;
    while (!line.contains('\n') && !deadline.hasExpired() && m_process.state() != QProcess::NotRunning) {
        m_process.waitForReadyRead(200);
        line += m_process.readAllStandardOutput();
    }
    m_ready = Json::parse(line.left(line.indexOf('\n'))).valueOr(Json());
    return text("event") == QStringLiteral("ready");
}

int SandboxProcess::terminate()
{
    m_process.terminate();
    if (!m_process.waitForFinished(15'000) || m_process.exitStatus() != QProcess::NormalExit)
        return -1;
    return m_process.exitCode();
}

void SandboxProcess::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

} // namespace sluice
