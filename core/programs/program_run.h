#pragma once

#include "sluice/programs/finding.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QProcessEnvironment>

#include <chrono>
#include <memory>

class QTemporaryDir;

namespace sluice::programs {

/// A piece of code, to be run once.
struct Code {
    QString fileName;                          ///< its own, without a folder
    QByteArray text;
    QList<std::pair<QString, QByteArray>> files; ///< beside it
    QProcessEnvironment environment;           ///< all of it
};

/// A file that the code wrote.
struct WrittenFile {
    QString name;
    qint64 bytes = 0;
    bool operator==(const WrittenFile &) const = default;
};

/// Code as a process of its own, in an empty folder of its own, without standard input. Never blocks. Its process group ends with it, with this
/// object, and with this process however that ends. Of the thread that made it, which must outlive the program.
class ProgramRun final : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Running, Ended };
    Q_ENUM(State)

    /// What is kept of each of its two outputs, from their beginning; the rest is read and counted.
    static constexpr qsizetype MaxOutputBytes = 256 * 1024;
    /// Between being asked to stop and being killed.
    static constexpr std::chrono::milliseconds StopLimit{2'000};

    explicit ProgramRun(QObject *parent = nullptr);
    /// Kills what runs.
    ~ProgramRun() override;

    /// Once per object.
    void start(const Interpreter &interpreter, const Code &code);
    /// Asks it to stop, and kills it after a while.
    void stop();

    [[nodiscard]] State state() const;
    [[nodiscard]] QByteArray output() const;
    [[nodiscard]] QByteArray errors() const;
    /// Bytes of both that were not kept.
    [[nodiscard]] qint64 dropped() const;
    /// Once ended; 128 + the signal's number when a signal ended it.
    [[nodiscard]] int exitCode() const;
    [[nodiscard]] bool wasStopped() const;
    /// Why it could not be started or prepared; empty otherwise.
    [[nodiscard]] QString problem() const;
    /// Since it was started; of the whole run once it ended.
    [[nodiscard]] std::chrono::milliseconds time() const;
    /// The files that it wrote, once ended; at most 50.
    [[nodiscard]] QList<WrittenFile> written() const;
    /// Where they are, until this object goes.
    [[nodiscard]] QString folder() const;

Q_SIGNALS:
    void outputChanged();
    void ended();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice::programs
