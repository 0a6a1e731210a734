#include "await.h"
#include "commands.h"
#include "execution.h"
#include "render.h"
#include "text.h"

#include "sluice/backend/remote_jobs.h"

#include <algorithm>

namespace sluice::ctl {

namespace {

CommandLine jobsLine()
{
    CommandLine line(QStringLiteral("jobs"), QStringLiteral("[options]"),
        Text::tr("Lists what waits and runs at the LLM workers of the profile, as far as they tell, follows one of these jobs, or ends one."));
    line.addOption({QStringLiteral("follow")}, Text::tr("Print this job's answer as it comes, from where it is; a run of its own in the history.\nA worker tells one listener: whoever gave the job hears no more of it."),
        QStringLiteral("JOB_ID"));
    line.addOption({QStringLiteral("cancel")}, Text::tr("End this job, begun or not."), QStringLiteral("JOB_ID"));
    Connection::addOptions(line);
    line.addJson();
    line.addNote(Text::tr("A worker without a profile is asked by `sluicectl worker jobs`."));
    return line;
}

QString stateName(RemoteJob::State state)
{
    switch (state) {
    case RemoteJob::State::Waiting:
        return QStringLiteral("waiting");
    case RemoteJob::State::Running:
        return QStringLiteral("running");
    case RemoteJob::State::Done:
        return QStringLiteral("done");
    case RemoteJob::State::Failed:
        return QStringLiteral("failed");
    case RemoteJob::State::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

Json asJson(const RemoteJob &job)
{
    Json json{{QStringLiteral("backend"), job.backend}, {QStringLiteral("id"), job.id}, {QStringLiteral("server"), job.server.toDisplayString()}, {QStringLiteral("state"), stateName(job.state)}};
    if (job.place > 0)
        json.insert(QStringLiteral("place"), job.place);
    if (job.addedAt.isValid())
        json.insert(QStringLiteral("added_at"), job.addedAt.toUTC().toString(Qt::ISODate));
    if (job.begunAt.isValid())
        json.insert(QStringLiteral("begun_at"), job.begunAt.toUTC().toString(Qt::ISODate));
    return json;
}

QString words(const RemoteJob &job)
{
    const auto time = [](const QDateTime &at) { return at.toUTC().toString(Qt::ISODate); };
    if (job.state == RemoteJob::State::Running)
        return Text::tr("running since %1").arg(time(job.begunAt));
    return Text::tr("number %1 in the queue, since %2").arg(QString::number(job.place), time(job.addedAt));
}

void print(const RemoteJobList &list, bool json)
{
    if (json) {
        Json jobs = Json::array();
        for (const RemoteJob &job : list.jobs)
            jobs.append(asJson(job));
        writeOut(Json{{QStringLiteral("jobs"), jobs}, {QStringLiteral("whole"), list.isWhole}}.dump() + '\n');
        return;
    }
    for (const RemoteJob &job : list.jobs)
        writeText(job.id + QStringLiteral("  ") + words(job) + QLatin1Char('\n'));
    for (const QString &server : list.silent)
        writeErr(Text::tr("%1 does not tell what waits and runs there.").arg(server));
    if (list.jobs.isEmpty() && list.isWhole)
        writeErr(Text::tr("Nothing waits or runs."));
}

/// What tells the backend of a job: the listing, else the first that has a queue.
QString backendOf(const QString &id, const RemoteJobList &list)
{
    const auto found = std::find_if(list.jobs.begin(), list.jobs.end(), [&](const RemoteJob &job) { return job.id == id; });
    return found == list.jobs.end() ? QStringLiteral("llmworker") : found->backend;
}

} // namespace

QCoro::Task<int> jobsCommand(QStringList arguments)
{
    CommandLine line = jobsLine();
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    const auto connection = co_await Connection::open(&line, openUserData());
    Gateway &gateway = connection->gateway();
    if (!gateway.hasRemoteJobs())
        throw Error(Error::Kind::NotRouted, Text::tr("The profile \"%1\" reaches no LLM worker.").arg(connection->profileName()))
            .withAdvice(Text::tr("Add one to its backends (sluicectl profile add), or ask one by its address: sluicectl worker jobs --url URL"));
    const QFuture<RemoteJobList> asked = gateway.remoteJobs();
    const RemoteJobList list = co_await settled(asked);
    if (line.has(QStringLiteral("follow"))) {
        const QString id = line.value(QStringLiteral("follow"));
        Call call = gateway.attachment(backendOf(id, list), id);
        call.profile = connection->profileName();
        Presentation presentation;
        presentation.json = line.json();
        presentation.noCheck = true;
        co_return co_await executeStream(std::move(call), connection, std::move(presentation));
    }
    if (line.has(QStringLiteral("cancel"))) {
        const QString id = line.value(QStringLiteral("cancel"));
        const QFuture<void> ended = gateway.cancelRemoteJob(backendOf(id, list), id);
        co_await settled(ended);
        // On the same connection: its answer says that the worker has read both.
        const QFuture<RemoteJobList> again = gateway.remoteJobs();
        const RemoteJobList after = co_await settled(again);
        print(after, line.json());
    } else {
        if (list.trouble && list.jobs.isEmpty())
            throw Error(*list.trouble);
        print(list, line.json());
    }
    co_await connection->close();
    co_return ExitOk;
}

} // namespace sluice::ctl
