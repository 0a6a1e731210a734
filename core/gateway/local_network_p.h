#pragma once

#include "sluice/base/json.h"

#include <QtCore/QObject>
#include <QtCore/QString>

#include <functional>
#include <memory>
#include <optional>

class QSocketNotifier;

namespace sluice::detail {

/// A process that is not our child, watched until it ends.
class ProcessWatch {
public:
    /// Nothing when there is no such process (any more).
    static std::unique_ptr<ProcessWatch> open(qint64 pid, QObject *context, std::function<void()> ended);
    ~ProcessWatch();
    ProcessWatch(const ProcessWatch &) = delete;
    ProcessWatch &operator=(const ProcessWatch &) = delete;

private:
    ProcessWatch(int descriptor, QObject *context, std::function<void()> ended);
    int m_descriptor;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

/// True while a process of that id exists.
[[nodiscard]] bool processLives(qint64 pid);
/// The ready line that a sandbox on this state file left, when the sandbox that wrote it still holds the file.
[[nodiscard]] std::optional<Json> runningSandbox(const QString &stateFile);
/// True while a living process holds the state file's lock.
[[nodiscard]] bool isHeld(const QString &stateFile);
/// The ready line within what the child wrote to its standard output so far, if it is complete.
[[nodiscard]] std::optional<Json> readyLine(const QByteArray &output);
/// `wanted` if given; else sluicectl beside this executable or in PATH; empty when there is none.
[[nodiscard]] QString sandboxProgram(const QString &wanted);

} // namespace sluice::detail
