#pragma once

#include "sluice/backend/call.h"
#include "sluice/base/error.h"

#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QUrl>

#include <optional>

namespace sluice {

/// A job in the queue of a server, whoever gave it there. A value; its texts are the server's own, and plain.
struct RemoteJob {
    RemoteJob() = default; // no aggregate: see DESIGN.md 3
    enum class State {
        Waiting,
        Running,
        Unknown, ///< given from here, and its server does not tell whether it waits or runs
        Done,    ///< of those that were given from here alone: servers tell of what is to be done
        Failed,
    };
    QString backend;
    QString id;         ///< the server's
    QUrl server;
    State state = State::Waiting;
    qint64 place = 0;   ///< of those that wait, from 1; 0 when it does not, or nobody tells
    QDateTime addedAt;
    QDateTime begunAt;  ///< invalid while it waits, and where nobody tells
    QDateTime endedAt;  ///< of one that was given from here

    // Of one that this connection gave or follows.
    bool isOurs = false;
    QString capability; ///< its template
    QString title;      ///< what it was asked
    QString runId;      ///< in the history
    QString text;       ///< the latest of what was heard of its answer, at most MostText characters
    QString problem;    ///< why it failed

    static constexpr qsizetype MostText = 4000;
    [[nodiscard]] bool isOver() const { return state == State::Done || state == State::Failed; }
    bool operator==(const RemoteJob &) const = default;
};

/// The jobs of a connection's servers.
struct RemoteJobList {
    RemoteJobList() = default;
    QList<RemoteJob> jobs;    ///< those that run, those that wait in their order, then what was given from here and has ended, latest first
    bool isWhole = true;      ///< every server told all that it has; else those given from here are all that is known of some
    bool canCancel = true;    ///< every server ends jobs on demand
    bool replays = true;      ///< every server gives the text so far to who follows a job
    QStringList silent;       ///< servers that do not list, as people know them
    std::optional<Error> trouble; ///< why a server could not be asked
};

/// Whether a call follows a job that is there (RemoteJobs::attachment()) instead of asking something.
[[nodiscard]] bool isAttachment(const Call &call);
/// The job that it follows.
[[nodiscard]] QString attachedJob(const Call &call);

} // namespace sluice

Q_DECLARE_METATYPE(sluice::RemoteJobList)
