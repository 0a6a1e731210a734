#include "sluice/programs/program_run.h"

#include "supervised_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QSocketNotifier>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>

#include <cerrno>
#include <cstring>

#include <unistd.h>

namespace sluice::programs {

namespace {

constexpr qsizetype MaxWritten = 50;
constexpr int FailedToStart = 127;
constexpr int Killed = 128 + 9;
/// Read at once from a pipe, so that no flood of output keeps the caller's thread.
constexpr qsizetype PieceBytes = 64 * 1024;

class Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::programs)
};

} // namespace

class ProgramRun::Private {
public:
    explicit Private(ProgramRun *owner)
        : q(owner)
    {
        stopping.setSingleShot(true);
        stopping.setInterval(StopLimit);
        QObject::connect(&stopping, &QTimer::timeout, q, [this] {
            if (process)
                process->kill();
        });
    }

    bool put(const QString &name, const QByteArray &content);
    bool prepare(const Code &code);
    void watch();
    /// A piece of what there is; false once nothing more comes, for now or for good.
    bool read(int pipe, QByteArray &kept, std::unique_ptr<QSocketNotifier> &notifier);
    void readStatus();
    void take(QByteArray &kept, const QByteArray &bytes);
    void end(int code);

    ProgramRun *q;
    std::unique_ptr<QTemporaryDir> folder;
    QStringList given;
    std::unique_ptr<Supervised> process;
    std::unique_ptr<QSocketNotifier> outputReady;
    std::unique_ptr<QSocketNotifier> errorsReady;
    std::unique_ptr<QSocketNotifier> statusReady;
    QString program;
    QTimer stopping;
    State state = State::Idle;
    QByteArray output;
    QByteArray errors;
    qint64 dropped = 0;
    int exitCode = 0;
    bool stopped = false;
    QString problem;
    QElapsedTimer clock;
    std::chrono::milliseconds took{0};
    QList<WrittenFile> written;
};

bool ProgramRun::Private::put(const QString &name, const QByteArray &content)
{
    // A name only: nothing is written elsewhere.
    QFile file(folder->filePath(QFileInfo(name).fileName()));
    given.append(QFileInfo(name).fileName());
    const bool done = file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.flush();
    if (!done)
        problem = Words::tr("%1 cannot be written: %2").arg(file.fileName(), file.errorString());
    return done;
}

bool ProgramRun::Private::prepare(const Code &code)
{
    folder = std::make_unique<QTemporaryDir>();
    if (!folder->isValid()) {
        problem = Words::tr("There is no folder to run in: %1").arg(folder->errorString());
        return false;
    }
    for (const auto &[name, content] : code.files) {
        if (!put(name, content))
            return false;
    }
    return put(code.fileName, code.text);
}

void ProgramRun::Private::take(QByteArray &kept, const QByteArray &bytes)
{
    const qsizetype room = std::max<qsizetype>(0, MaxOutputBytes - kept.size());
    kept += bytes.left(room);
    dropped += std::max<qsizetype>(0, bytes.size() - room);
}

bool ProgramRun::Private::read(int pipe, QByteArray &kept, std::unique_ptr<QSocketNotifier> &notifier)
{
    QByteArray piece(PieceBytes, Qt::Uninitialized);
    const ssize_t count = ::read(pipe, piece.data(), size_t(piece.size()));
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (count <= 0) {
        if (notifier)
            notifier->setEnabled(false);
        return false;
    }
    piece.truncate(count);
    take(kept, piece);
    return true;
}

void ProgramRun::Private::watch()
{
    outputReady = std::make_unique<QSocketNotifier>(process->outputPipe(), QSocketNotifier::Read);
    errorsReady = std::make_unique<QSocketNotifier>(process->errorPipe(), QSocketNotifier::Read);
    statusReady = std::make_unique<QSocketNotifier>(process->statusPipe(), QSocketNotifier::Read);
    QObject::connect(outputReady.get(), &QSocketNotifier::activated, q, [this] {
        if (read(process->outputPipe(), output, outputReady))
            Q_EMIT q->outputChanged();
    });
    QObject::connect(errorsReady.get(), &QSocketNotifier::activated, q, [this] {
        if (read(process->errorPipe(), errors, errorsReady))
            Q_EMIT q->outputChanged();
    });
    QObject::connect(statusReady.get(), &QSocketNotifier::activated, q, [this] { readStatus(); });
}

void ProgramRun::Private::readStatus()
{
    Ending ending;
    const ssize_t count = ::read(process->statusPipe(), &ending, sizeof(ending));
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    for (auto *notifier : {outputReady.get(), errorsReady.get(), statusReady.get()})
        notifier->setEnabled(false);
    // Its group is gone: what it wrote is there, and at most as much as two pipes hold.
    while (read(process->outputPipe(), output, outputReady)) { }
    while (read(process->errorPipe(), errors, errorsReady)) { }
    Q_EMIT q->outputChanged();
    if (count != ssize_t(sizeof(ending))) {
        end(Killed);
        return;
    }
    if (ending.problem != 0)
        problem = Words::tr("%1 cannot be started: %2").arg(program, QString::fromLocal8Bit(std::strerror(ending.problem)));
    end(ending.problem != 0 ? FailedToStart : ending.code);
}

void ProgramRun::Private::end(int code)
{
    if (state == State::Ended)
        return;
    stopping.stop();
    state = State::Ended;
    exitCode = code;
    took = std::chrono::milliseconds(clock.isValid() ? clock.elapsed() : 0);
    if (folder) {
        const QFileInfoList files = QDir(folder->path()).entryInfoList(QDir::Files | QDir::Hidden, QDir::Name);
        for (const QFileInfo &file : files) {
            if (!given.contains(file.fileName()) && written.size() < MaxWritten)
                written.append({file.fileName(), file.size()});
        }
    }
    Q_EMIT q->ended();
}

ProgramRun::ProgramRun(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

ProgramRun::~ProgramRun() = default;

void ProgramRun::start(const Interpreter &interpreter, const Code &code)
{
    Q_ASSERT(d->state == State::Idle);
    d->state = State::Running;
    d->program = interpreter.path;
    d->clock.start();
    if (d->prepare(code)) {
        auto started = Supervised::start({interpreter.path, {code.fileName}, code.environment.toStringList(), d->folder->path()});
        if (started) {
            d->process = std::move(*started);
            d->watch();
            return;
        }
        d->problem = Words::tr("%1 cannot be started: %2").arg(interpreter.path, started.error().message());
    }
    QTimer::singleShot(0, this, [this] { d->end(FailedToStart); });
}

void ProgramRun::stop()
{
    if (d->state != State::Running || d->stopped)
        return;
    d->stopped = true;
    if (d->process)
        d->process->ask();
    d->stopping.start();
}

ProgramRun::State ProgramRun::state() const
{
    return d->state;
}

QByteArray ProgramRun::output() const
{
    return d->output;
}

QByteArray ProgramRun::errors() const
{
    return d->errors;
}

qint64 ProgramRun::dropped() const
{
    return d->dropped;
}

int ProgramRun::exitCode() const
{
    return d->exitCode;
}

bool ProgramRun::wasStopped() const
{
    return d->stopped;
}

QString ProgramRun::problem() const
{
    return d->problem;
}

std::chrono::milliseconds ProgramRun::time() const
{
    return d->state == State::Running && d->clock.isValid() ? std::chrono::milliseconds(d->clock.elapsed()) : d->took;
}

QList<WrittenFile> ProgramRun::written() const
{
    return d->written;
}

QString ProgramRun::folder() const
{
    return d->folder ? d->folder->path() : QString();
}

} // namespace sluice::programs
