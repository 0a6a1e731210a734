#pragma once

#include "call_handle_p.h"

#include "sluice/gateway/job.h"

#include <QtCore/QList>

namespace sluice {

struct Job::Data {
    QString id;
    std::shared_ptr<CallHandle::State> state; ///< null for one of an earlier program
    Status past = Status::Interrupted;        ///< of such a one
    QFuture<RunResult> result;
};

/// The jobs that run in this program. On one thread for each UserData; a job leaves when it has ended.
namespace jobs {

/// Starts the call; nothing but Job::cancel() ends it before its time.
[[nodiscard]] std::shared_ptr<Job::Data> start(std::shared_ptr<GatewayCore> core, const Call &call);
[[nodiscard]] QList<std::shared_ptr<Job::Data>> running(const UserData *data);
/// What history knows of it. Throws InvalidInput when there is no such run.
QCoro::Task<std::shared_ptr<Job::Data>> fromHistory(std::shared_ptr<GatewayCore> core, QString id);

/// The end of a job, for one of those who wait for it.
QCoro::Task<RunResult> endOf(QFuture<RunResult> job);

} // namespace jobs
} // namespace sluice
