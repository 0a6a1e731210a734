#pragma once

#include "sluice/base/secret.h"

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>

namespace sluice::llmworker {

/// How a server of the LLM worker's protocol stands. What the original does not have is off.
struct ServerOptions {
    ServerOptions() = default; // no aggregate: see DESIGN.md 3
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 8001; ///< 0: a free one
    QStringList hosts;   ///< further names of this server, as HostGuard takes them
    int workers = 1;     ///< jobs at a time
    Secret key;          ///< an extension: clients bring it in `Authorization: Bearer`; empty: whoever comes may
    std::chrono::milliseconds pingInterval{20'000};
    std::chrono::milliseconds pongTimeout{20'000};
    int maxConnections = 4000;
    /// Bytes that all connections together may have to read still, and one of them; the one with most is dropped.
    qsizetype maxBacklog = 256 * 1024 * 1024;
    qsizetype maxBacklogPerConnection = 96 * 1024 * 1024;
    /// Bytes of `add`s that may wait; a further one fails at once.
    qsizetype maxWaitingBytes = 256 * 1024 * 1024;

    // Extensions (sluice-extensions.md).
    int maxWaiting = 0;   ///< jobs that may wait; a further one fails at once; 0: only the bytes count
    bool replay = false;  ///< `listen` with `"replay":true` gets the text so far, also of jobs that ended a while ago
    bool cancel = false;  ///< the message `cancel`
    bool listJobs = false; ///< the message `jobs`, which tells everybody every job's id
    bool tellStreams = false; ///< the message `stream`, to who adds or listens with `"tell_streams":true`
    QString queueFile;    ///< jobs that wait survive the program; empty: they do not

    /// Names of those that are on, as the message `extensions` has them.
    [[nodiscard]] QStringList extensions() const;
};

} // namespace sluice::llmworker
