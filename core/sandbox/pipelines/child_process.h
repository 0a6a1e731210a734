#pragma once

#include "sluice/base/call_context.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace sluice::sandbox {

/// A program that does a piece of work on somebody's input, apart from this process: what it may take is bounded, and it ends with its call.
struct ChildProgram {
    QString program; ///< a path
    QStringList arguments;
    QByteArray input; ///< for its standard input
    qsizetype maxOutputBytes = 16 * 1024 * 1024;
    qint64 maxMemoryBytes = qint64(2) * 1024 * 1024 * 1024;
    int maxCpuSeconds = 120;
};

/// Where a program is; empty when it is not installed.
[[nodiscard]] QString programPath(const QString &name);

/// Runs it and gives its standard output; blocking, on any thread. Internal with its last words when it fails or crashes, TooLarge for too
/// much output, Canceled and Timeout as `context` says: it is killed then, and when this thread or process ends.
[[nodiscard]] QByteArray outputOf(const ChildProgram &child, const CallContext &context);

} // namespace sluice::sandbox
