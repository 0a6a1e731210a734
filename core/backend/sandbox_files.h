#pragma once

#include <QtCore/QString>

namespace sluice {

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
