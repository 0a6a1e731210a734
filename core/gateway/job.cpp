#include "job_p.h"

#include "call_execution_p.h"
#include "stream_response_p.h"

#include "sluice/backend/user_data.h"
#include "sluice/base/async.h"
#include "sluice/gateway/past_run.h"
#include "sluice/store/run_history.h"

#include <QCoro/QCoroFuture>

#include <mutex>

namespace sluice {

namespace jobs {

namespace {

struct Registry {
    std::mutex mutex;
    QList<std::shared_ptr<Job::Data>> running;
};

Registry &registry()
{
    static Registry instance;
    return instance;
}

QCoro::Task<RunRecord> recordOf(std::shared_ptr<UserData> data, QString id)
{
    const std::optional<RunRecord> record = co_await data->history().byId(id);
    if (!record)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("There is no run “%1”.").arg(id));
    co_return *record;
}

/// Reads a stream to its end, and gives all of it as one answer.
QCoro::Task<RunResult> runStream(std::shared_ptr<CallHandle::State> state)
{
    const auto stream = std::make_shared<StreamResponse::Private>(state);
    stream->unattended = true;
    co_await StreamResponse::Private::pump(stream);
    if (stream->failure())
        throw *stream->failure();
    const RunRecord record = co_await recordOf(state->core->data(), state->recorder->runId());
    const QFuture<PastRun> reading = past_run::read(state->core->data(), record);
    const PastRun past = co_await reading;
    co_return past.result;
}

QCoro::Task<RunResult> runJob(std::shared_ptr<Job::Data> job)
{
    std::optional<Error> failure;
    RunResult result;
    try {
        if (job->state->call.verb == Verb::Stream)
            result = co_await runStream(job->state);
        else
            result = co_await execution::run(job->state);
    } catch (const Error &error) {
        failure = error;
    }
    {
        const std::lock_guard lock(registry().mutex);
        registry().running.removeOne(job);
    }
    if (failure)
        throw *failure;
    co_return result;
}

} // namespace

std::shared_ptr<Job::Data> start(std::shared_ptr<GatewayCore> core, const Call &call)
{
    auto job = std::make_shared<Job::Data>();
    job->state = std::make_shared<CallHandle::State>(std::move(core), call, CancelToken());
    job->id = job->state->recorder->runId();
    {
        const std::lock_guard lock(registry().mutex);
        registry().running.append(job);
    }
    job->result = toFuture(runJob(job));
    return job;
}

QList<std::shared_ptr<Job::Data>> running(const UserData *data)
{
    const std::lock_guard lock(registry().mutex);
    QList<std::shared_ptr<Job::Data>> found = registry().running;
    found.removeIf([data](const auto &job) { return job->state->core->data().get() != data; });
    return found;
}

QCoro::Task<std::shared_ptr<Job::Data>> fromHistory(std::shared_ptr<GatewayCore> core, QString id)
{
    const RunRecord record = co_await recordOf(core->data(), id);
    const QFuture<PastRun> reading = past_run::read(core->data(), record);
    const PastRun past = co_await reading;
    auto job = std::make_shared<Job::Data>();
    job->id = id;
    if (record.state == RunRecord::State::Succeeded)
        job->past = Job::Status::Succeeded;
    else if (record.state == RunRecord::State::Failed)
        job->past = Job::Status::Failed;
    else if (record.state == RunRecord::State::Canceled)
        job->past = Job::Status::Canceled;
    else if (record.state == RunRecord::State::Running)
        job->past = Job::Status::Running;
    Error error = past.error.value_or(Error(Error::Kind::Canceled, QStringLiteral("The job was cancelled.")));
    if (job->past == Job::Status::Interrupted)
        error = Error(Error::Kind::NotRouted, QStringLiteral("The program ended before this job did, and its backend (%1) cannot take it up again.").arg(past.call.backend))
                    .withAdvice(QStringLiteral("What had arrived is kept in the history; submit it again to have it whole."));
    else if (job->past == Job::Status::Running)
        error = Error(Error::Kind::NotRouted, QStringLiteral("This job runs in another program.")).withAdvice(QStringLiteral("Its answer is in the history when it has ended."));
    job->result = job->past == Job::Status::Succeeded ? QtFuture::makeReadyFuture(past.result) : QtFuture::makeExceptionalFuture<RunResult>(error);
    co_return job;
}

QCoro::Task<RunResult> endOf(QFuture<RunResult> job)
{
    const QFuture<void> end(job);
    co_await end;
    if (job.isCanceled())
        throw Error(Error::Kind::Canceled, QStringLiteral("The job was cancelled."));
    co_return job.result();
}

} // namespace jobs

Job::Job(std::shared_ptr<Data> data)
    : d(std::move(data))
{
}

QString Job::id() const
{
    return d->id;
}

Job::Status Job::status() const
{
    if (!d->state)
        return d->past;
    switch (d->state->outcome) {
    case CallHandle::Outcome::Running:
        return Status::Running;
    case CallHandle::Outcome::Succeeded:
        return Status::Succeeded;
    case CallHandle::Outcome::Canceled:
        return Status::Canceled;
    case CallHandle::Outcome::Failed:
        break;
    }
    return Status::Failed;
}

QFuture<RunResult> Job::wait() const
{
    // Another future, because cancelling it ends the waiting, not the job.
    const QFuture<RunResult> own = d->result;
    return toFuture(jobs::endOf(own));
}

std::optional<CallHandle> Job::call() const
{
    return d->state ? std::optional(CallHandle::of(d->state)) : std::nullopt;
}

void Job::cancel()
{
    if (d->state)
        d->state->scope.source.cancel();
}

} // namespace sluice
