#pragma once

#include "sluice/base/error.h"
#include "sluice/base/expected.h"

#include <QtCore/QStringList>

#include <memory>

#include <sys/types.h>

namespace sluice::programs {

/// How a program ended, as its supervisor says it in one write.
struct Ending {
    int problem = 0; ///< errno, when it could not be started; else 0
    int code = 0;    ///< its exit code, or 128 + the signal's number
};

/// A program in a process group of its own below a small supervisor, a process of this program's own code. The group is killed when the program
/// ends, and when this process ends, whatever ends it: neither a program nor what it started outlives a window that was killed.
///
/// QProcess is of no use for that: it starts with vfork, after which nothing but exec may happen. Made on a thread that lives as long as the program may.
class Supervised final {
public:
    struct Start {
        QString program;
        QStringList arguments;
        QStringList environment; ///< "NAME=value"
        QString folder;
    };
    /// Internal when there are no more processes or files.
    [[nodiscard]] static Expected<std::unique_ptr<Supervised>> start(const Start &start);
    /// Kills what runs, and waits for the supervisor, which is at once.
    ~Supervised();
    Supervised(const Supervised &) = delete;
    Supervised &operator=(const Supervised &) = delete;

    /// Pipes, not blocking; each ends when nobody writes to it any more.
    [[nodiscard]] int outputPipe() const { return m_output; }
    [[nodiscard]] int errorPipe() const { return m_errors; }
    /// Has an Ending, or nothing when the supervisor itself was killed.
    [[nodiscard]] int statusPipe() const { return m_status; }
    [[nodiscard]] pid_t supervisor() const { return m_pid; }

    /// To the whole group: SIGTERM, or what cannot be refused.
    void ask() const;
    void kill() const;

private:
    Supervised() = default;

    pid_t m_pid = -1;
    int m_output = -1;
    int m_errors = -1;
    int m_status = -1;
};

} // namespace sluice::programs
