#pragma once

#include <QtCore/QString>

#include <csignal>

namespace sluice {

/// By which the program that began a sandbox lets go of it, as does the kernel when that program is gone: it ends when nobody uses it any more. SIGTERM
/// ends it at once.
inline constexpr int SandboxLetGoSignal = SIGUSR1;

/// The files beside the state of a sandbox by which programs find it and keep out of each other's way (sluice-extensions.md 4).
struct SandboxFiles {
    explicit SandboxFiles(const QString &stateFile)
        : lock(stateFile + QStringLiteral(".lock"))
        , ready(stateFile + QStringLiteral(".ready.json"))
        , users(stateFile + QStringLiteral(".users"))
    {
    }
    QString lock;  ///< held while one runs, so that no second one does
    QString ready; ///< its ready line, while others may join
    QString users; ///< UseLock of those who use it
};

} // namespace sluice
