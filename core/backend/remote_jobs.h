#pragma once

#include "sluice/backend/backend.h"

#include <QtCore/QDateTime>

namespace sluice {

/// A job in the queue of a server, whoever gave it there.
struct RemoteJob {
    enum class State { Waiting, Running };
    QString id; ///< the server's
    State state = State::Waiting;
    qint64 place = 0;   ///< of those that wait, from 1; 0 when it runs
    QDateTime addedAt;
    QDateTime begunAt;  ///< invalid while it waits
};

/// The facet of backends whose server works jobs off one after the other, and goes on with them when their caller is gone.
class RemoteJobs {
public:
    virtual ~RemoteJobs() = default;
    /// What waits and runs there, as far as it tells. NotRouted from a server that does not.
    virtual QCoro::Task<QList<RemoteJob>> listJobs(CallContext context) = 0;
    /// Ends a job, begun or not. NotRouted where that cannot be; a job that is not there any more is none to end.
    virtual QCoro::Task<void> cancelJob(QString id, CallContext context) = 0;
    /// Follows a job that was given earlier, from here or elsewhere: its events from now on, and before them, where the server keeps it, the
    /// text so far.
    virtual QCoro::Task<std::shared_ptr<EventSource>> attach(QString id, CallContext context) = 0;

    /// Of this backend; null where there is none.
    [[nodiscard]] static RemoteJobs *of(Backend &backend) { return dynamic_cast<RemoteJobs *>(&backend); }
};

} // namespace sluice
