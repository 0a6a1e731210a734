#include "sluice/gateway/local_network.h"

#include "local_network_p.h"

#include "sluice/backend/backend.h"
#include "sluice/backend/sandbox_files.h"
#include "sluice/base/log.h"
#include "sluice/base/secret_environment.h"
#include "sluice/base/use_lock.h"
#include "sluice/gateway/backends.h"
#include "sluice/gateway/json_forms.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QPromise>
#include <QtCore/QStandardPaths>
#include <QtCore/QTimer>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace sluice {

namespace {

constexpr std::chrono::seconds ReadyLimit{30};
constexpr std::chrono::seconds StopLimit{5};
constexpr std::chrono::milliseconds AttachInterval{100};
constexpr qsizetype MaxOutputBytes = 64 * 1024;
constexpr qsizetype MaxLogLineBytes = 8 * 1024;
constexpr qsizetype KeptLogLines = 20;
constexpr int MostLockedOut = 5;

/// Sandboxes of this program that others still use. A QProcess that goes ends its process, so these stay until theirs has ended.
std::vector<QProcess *> &leftToOthers()
{
    static std::vector<QProcess *> all;
    return all;
}

} // namespace

class LocalNetwork::Private {
public:
    explicit Private(LocalNetwork *network)
        : q(network)
    {
        readyTimer.setSingleShot(true);
        QObject::connect(&readyTimer, &QTimer::timeout, q, [this] {
            fail(Error(Error::Kind::Timeout, QStringLiteral("The sandbox was not ready after %1 s.").arg(ReadyLimit.count())));
        });
        attachTimer.setInterval(AttachInterval);
        QObject::connect(&attachTimer, &QTimer::timeout, q, [this] {
            if (attach() || detail::isHeld(stateFile))
                return;
            // The other program's sandbox has ended, and this one may be begun.
            attachTimer.stop();
            launch();
        });
        stopTimer.setInterval(AttachInterval);
        QObject::connect(&stopTimer, &QTimer::timeout, q, [this] {
            if (isUsedByOthers())
                leaveChild();
            else if (stopLimit.hasExpired())
                child->kill();
        });
    }

    LocalNetwork *q;
    QString stateFile;
    QString program;
    QStringList extraArguments;

    std::unique_ptr<QProcess> child;
    std::unique_ptr<detail::ProcessWatch> attached;
    std::shared_ptr<QPromise<Json>> starting;
    std::shared_ptr<QPromise<void>> stopping;
    QTimer readyTimer;
    QTimer attachTimer; ///< while another program's sandbox on the same file is starting
    QTimer stopTimer;   ///< while the child ends
    QDeadlineTimer stopLimit;
    std::unique_ptr<UseLock> use; ///< from start() to stop(): whoever owns the sandbox, it does not end meanwhile
    Json ready;
    std::optional<qint64> pid; ///< of the sandbox that start() gave last, until stop()
    bool joined = false;       ///< which another program runs
    QByteArray output;
    QByteArray logRest;
    QStringList lastLines;
    bool wasLocked = false; ///< there was a lock when the child was started, by one that may have ended since, or that was just writing it
    int lockedOut = 0;      ///< how often that was so, and nobody had the file afterwards

    bool takeUse();
    [[nodiscard]] bool isUsedByOthers() const;
    bool attach();
    void launch();
    void readOutput();
    void readLog();
    void childEnded();
    [[nodiscard]] std::optional<Error> toldFailure() const;
    void becameReady(const Json &line);
    void fail(Error error);
    void lost(const QString &what);
    void endChild();
    void letGo();
    void leaveChild();
};

/// False while a sandbox is just making sure that it has no users.
bool LocalNetwork::Private::takeUse()
{
    if (use)
        return true;
    auto taken = UseLock::share(SandboxFiles(stateFile).users);
    if (!taken) {
        qCDebug(logSandbox, "Nobody knows that this program uses the sandbox: %s", qUtf8Printable(taken.error().message()));
        return true; // where nothing can be written, the sandbox itself tells so
    }
    use = std::move(*taken);
    return use != nullptr;
}

bool LocalNetwork::Private::isUsedByOthers() const
{
    return !use && !UseLock::whenUnused(SandboxFiles(stateFile).users);
}

bool LocalNetwork::Private::attach()
{
    if (!takeUse())
        return false;
    const auto line = detail::runningSandbox(stateFile);
    if (!line)
        return false;
    attached = detail::ProcessWatch::open(*line->value(QStringLiteral("pid")).toInt64(), q, [this] {
        // Deferred: the watch is inside its own notification here.
        QMetaObject::invokeMethod(q, [this] {
            attached.reset();
            ready = {};
            qCInfo(logSandbox, "The sandbox that this program had joined has ended with the program that ran it.");
            Q_EMIT q->ownerLeft();
        }, Qt::QueuedConnection);
    });
    if (!attached)
        return false;
    becameReady(*line);
    return true;
}

void LocalNetwork::Private::launch()
{
    const QString executable = detail::sandboxProgram(program);
    if (executable.isEmpty()) {
        fail(Error(Error::Kind::Config, QStringLiteral("The program sluicectl, which runs the sandbox, was not found."))
                 .withAdvice(QStringLiteral("Install it beside this program or in PATH.")));
        return;
    }
    if (!QDir().mkpath(QFileInfo(stateFile).absolutePath())) {
        fail(Error(Error::Kind::Storage, QStringLiteral("The folder of %1 could not be made.").arg(stateFile)));
        return;
    }
    if (!takeUse()) {
        attachTimer.start();
        return;
    }
    child = std::make_unique<QProcess>();
    child->setProgram(executable);
    child->setProcessEnvironment(environmentForChildren());
    child->setArguments(QStringList{QStringLiteral("sandbox"), QStringLiteral("--json"), QStringLiteral("--state"), stateFile} + extraArguments);
    // The kernel tells the child when this process goes, however it goes. A terminal's Ctrl-C is for this one alone, whose calls still end there.
    child->setChildProcessModifier([parent = getpid()] {
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SandboxLetGoSignal);
        if (getppid() != parent)
            ::_exit(1);
    });
    QObject::connect(child.get(), &QProcess::readyReadStandardOutput, q, [this] { readOutput(); });
    QObject::connect(child.get(), &QProcess::readyReadStandardError, q, [this] { readLog(); });
    QObject::connect(child.get(), &QProcess::finished, q, [this] { childEnded(); });
    QObject::connect(child.get(), &QProcess::errorOccurred, q, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(Error(Error::Kind::Config, QStringLiteral("%1 could not be started: %2").arg(child->program(), child->errorString())));
    });
    output.clear();
    wasLocked = QFile::exists(SandboxFiles(stateFile).lock);
    child->start(QIODevice::ReadOnly);
}

void LocalNetwork::Private::readOutput()
{
    const QByteArray bytes = child->readAllStandardOutput();
    if (!starting || output.size() > MaxOutputBytes)
        return;
    output += bytes;
    // A line is complete only with its end.
    const qsizetype end = output.lastIndexOf('\n');
    if (end < 0)
        return;
    if (const auto line = detail::readyLine(output.left(end)))
        becameReady(*line);
}

void LocalNetwork::Private::readLog()
{
    logRest += child->readAllStandardError();
    for (qsizetype end = logRest.indexOf('\n'); end >= 0 || logRest.size() > MaxLogLineBytes; end = logRest.indexOf('\n')) {
        const qsizetype length = end < 0 ? MaxLogLineBytes : end;
        const QString line = QString::fromUtf8(logRest.left(std::min(length, MaxLogLineBytes)));
        logRest.remove(0, end < 0 ? length : length + 1);
        lastLines.append(line);
        if (lastLines.size() > KeptLogLines)
            lastLines.removeFirst();
        Q_EMIT q->logLine(line);
    }
}

void LocalNetwork::Private::childEnded()
{
    readOutput();
    readLog();
    const int code = child->exitCode();
    const bool crashed = child->exitStatus() == QProcess::CrashExit;
    child.release()->deleteLater();
    if (stopping) {
        stopTimer.stop();
        ready = {};
        std::exchange(stopping, nullptr)->finish();
        return;
    }
    const QString how = crashed ? QStringLiteral("crashed or was killed") : QStringLiteral("ended with code %1").arg(code);
    if (starting) {
        // Another program may have begun one on the same file a moment earlier, or its last one is still ending.
        if (attach())
            return;
        if (detail::isHeld(stateFile) || (wasLocked && ++lockedOut <= MostLockedOut))
            attachTimer.start();
        else
            fail(toldFailure().value_or(Error(Error::Kind::Internal, QStringLiteral("The sandbox %1 before it was ready.").arg(how))));
        return;
    }
    lost(QStringLiteral("The sandbox %1.").arg(how));
}

/// What the child said itself of why it could not begin: {"ok":false,"error":{…}}.
std::optional<Error> LocalNetwork::Private::toldFailure() const
{
    for (const QByteArray &line : output.split('\n')) {
        const auto json = Json::parse(line);
        if (!json || !json->value(QStringLiteral("error")).isObject())
            continue;
        const Error said = errorFromJson(json->value(QStringLiteral("error")));
        return Error(said.kind(), QStringLiteral("The local network cannot be begun: %1").arg(said.message())).withAdvice(said.advice());
    }
    return std::nullopt;
}

void LocalNetwork::Private::becameReady(const Json &line)
{
    readyTimer.stop();
    attachTimer.stop();
    ready = line;
    pid = line.value(QStringLiteral("pid")).toInt64();
    joined = attached != nullptr;
    output.clear();
    if (const auto promise = std::exchange(starting, nullptr)) {
        promise->addResult(line);
        promise->finish();
    }
}

void LocalNetwork::Private::fail(Error error)
{
    readyTimer.stop();
    attachTimer.stop();
    endChild();
    if (!lastLines.isEmpty() && error.advice().isEmpty())
        error.withAdvice(QStringLiteral("Its last words were: %1").arg(lastLines.join(QLatin1Char('\n')).right(2000)));
    if (const auto promise = std::exchange(starting, nullptr)) {
        promise->setException(error);
        promise->finish();
    }
}

void LocalNetwork::Private::lost(const QString &what)
{
    ready = {};
    Error error(Error::Kind::Network, what);
    error.withAdvice(QStringLiteral("Start it again; history, balances and tickets are kept in %1.").arg(stateFile));
    qCWarning(logSandbox, "%s", qUtf8Printable(error.describe()));
    Q_EMIT q->died(error);
}

/// One that never became ready is of no use to others either.
void LocalNetwork::Private::letGo()
{
    if (ready.isObject() && child->processId() > 0)
        ::kill(pid_t(child->processId()), SandboxLetGoSignal);
    else
        child->terminate();
}

void LocalNetwork::Private::endChild()
{
    use.reset();
    if (!child)
        return;
    child->disconnect(q);
    letGo();
    for (QDeadlineTimer limit(StopLimit); child->state() != QProcess::NotRunning; child->waitForFinished(int(AttachInterval.count()))) {
        if (ready.isObject() && isUsedByOthers()) {
            leaveChild();
            return;
        }
        if (limit.hasExpired())
            child->kill();
    }
    child.release()->deleteLater();
}

/// It was told that this program leaves it, and ends when the others have left it, too.
void LocalNetwork::Private::leaveChild()
{
    stopTimer.stop();
    QProcess *left = child.release();
    left->disconnect(q);
    leftToOthers().push_back(left);
    const auto discard = [left] {
        left->readAllStandardOutput();
        left->readAllStandardError();
    };
    QObject::connect(left, &QProcess::readyReadStandardOutput, left, discard);
    QObject::connect(left, &QProcess::readyReadStandardError, left, discard);
    QObject::connect(left, &QProcess::finished, left, [left] {
        std::erase(leftToOthers(), left);
        left->deleteLater();
    });
    ready = {};
    if (const auto promise = std::exchange(stopping, nullptr))
        promise->finish();
}

LocalNetwork::LocalNetwork(QString stateFile, QString program, QStringList extraArguments, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    d->stateFile = QFileInfo(stateFile).absoluteFilePath();
    d->program = std::move(program);
    d->extraArguments = std::move(extraArguments);
}

LocalNetwork::~LocalNetwork()
{
    const Error ended(Error::Kind::Canceled, QStringLiteral("The sandbox was given up before it was ready."));
    d->endChild();
    if (d->starting) {
        d->starting->setException(ended);
        d->starting->finish();
    }
    if (d->stopping)
        d->stopping->finish();
}

QFuture<Json> LocalNetwork::start()
{
    if (d->starting)
        return d->starting->future();
    auto promise = std::make_shared<QPromise<Json>>();
    promise->start();
    const QFuture<Json> future = promise->future();
    if (isRunning()) {
        promise->addResult(d->ready);
        promise->finish();
        return future;
    }
    d->starting = std::move(promise);
    d->lastLines.clear();
    d->lockedOut = 0;
    d->readyTimer.start(ReadyLimit);
    if (!d->attach())
        d->launch();
    return future;
}

QFuture<void> LocalNetwork::stop()
{
    if (d->stopping)
        return d->stopping->future();
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    const QFuture<void> future = promise->future();
    d->pid.reset();
    d->readyTimer.stop();
    d->attachTimer.stop();
    if (const auto starting = std::exchange(d->starting, nullptr)) {
        starting->setException(Error(Error::Kind::Canceled, QStringLiteral("The sandbox was stopped before it was ready.")));
        starting->finish();
    }
    d->use.reset();
    // A joined one is attached, not owned.
    d->attached.reset();
    if (!d->child || d->child->state() == QProcess::NotRunning) {
        d->ready = {};
        promise->finish();
        return future;
    }
    d->stopping = std::move(promise);
    d->letGo();
    d->stopLimit.setRemainingTime(StopLimit);
    d->stopTimer.start();
    if (d->isUsedByOthers())
        d->leaveChild();
    return future;
}

GatewayConfig LocalNetwork::config() const
{
    GatewayConfig config;
    config.orchUrls = {d->ready.value(QStringLiteral("orchestrator")).toString()};
    QByteArray key = d->ready.value(QStringLiteral("sender_key")).toString().toLatin1();
    config.senderKey = Secret::take(key);
    // Services that are backends of their own say what reaches them in the words of their settings.
    for (const BackendKind &kind : backends::kinds()) {
        const Json settings = d->ready.value(QStringLiteral("services")).value(kind.id);
        const bool isLivepeers = kind.id == Call().backend || kind.sharesSettingsOf == Call().backend;
        if (settings.isObject() && !isLivepeers)
            config.backends.insert(kind.id, separated(kind.settingsSchema, settings));
    }
    return config;
}

QString LocalNetwork::signerUrl() const
{
    return d->ready.find(QStringLiteral("/services/signer/url")).value_or(Json()).toString();
}

bool LocalNetwork::isRunning() const
{
    return !d->ready.isNull() && (d->child || d->attached);
}

std::optional<QString> LocalNetwork::whyGone() const
{
    if (!d->pid)
        return std::nullopt;
    // One that is ending takes its ready file back before it closes anything.
    const auto line = isRunning() ? detail::runningSandbox(d->stateFile) : std::nullopt;
    if (line && line->value(QStringLiteral("pid")).toInt64() == d->pid)
        return std::nullopt;
    return d->joined ? QStringLiteral("Another program ran it, and has ended.") : QStringLiteral("It crashed or was killed.");
}

QString LocalNetwork::defaultStateFile()
{
    const QString folder = qEnvironmentVariable("SLUICE_DATA_DIR",
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/sluice"));
    return folder + QStringLiteral("/sandbox.sqlite");
}

} // namespace sluice
