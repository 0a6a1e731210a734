#include "await.h"
#include "text.h"
#include "worker_client.h"

#include "sluice/base/async.h"

#include <QtCore/QDateTime>

namespace sluice::ctl {

using namespace llmworker;

namespace {

QString timeIn(const Json &job, const QString &key)
{
    const auto time = job.value(key).toInt64();
    return time ? QDateTime::fromMSecsSinceEpoch(*time, Qt::UTC).toString(Qt::ISODate) : QString();
}

} // namespace

QCoro::Task<int> workerJobs(QStringList arguments)
{
    CommandLine line(QStringLiteral("worker jobs"), QStringLiteral("[options]"),
        Text::tr("Lists what waits and runs at a worker that tells it (sluicectl worker serve --list-jobs), or ends one of them."));
    addWorkerOptions(line, false);
    line.addOption({QStringLiteral("cancel")}, Text::tr("End this job, begun or not, at a worker with --cancel."), QStringLiteral("JOB_ID"));
    line.addJson();
    line.addExample(QStringLiteral("sluicectl worker jobs --url ws://localhost:8001/ws/"), Text::tr("What is before a new job there."));
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    const auto client = std::make_shared<Client>(workerClientOptions(line));
    const QFuture<void> connected = client->connected();
    co_await settled(connected);
    if (line.has(QStringLiteral("cancel"))) {
        if (!client->extensions().contains(QLatin1String("cancel")))
            throw Error(Error::Kind::NotRouted, Text::tr("This LLM worker ends no jobs on demand."));
        client->cancelById(line.value(QStringLiteral("cancel")));
        // Behind it, on the same connection, the question below: its answer says that the worker has read both.
        if (!client->extensions().contains(QLatin1String("jobs"))) {
            const Pause sent(std::chrono::milliseconds(300), CancelToken());
            const QFuture<void> over = sent.over();
            co_await over;
            writeErr(Text::tr("The job was told to end; this worker does not tell what became of it."));
            co_return ExitOk;
        }
    }
    const QFuture<Json> asked = client->jobs();
    const Json told = co_await settled(asked);
    if (line.json()) {
        writeOut(told.dump() + '\n');
        co_return ExitOk;
    }
    const QList<Json> jobs = told.value(QStringLiteral("jobs")).items();
    if (jobs.isEmpty())
        writeErr(Text::tr("Nothing waits or runs."));
    for (const Json &job : jobs) {
        const bool running = job.value(QStringLiteral("state")).toString() == QLatin1String("running");
        const QString state = running ? Text::tr("running since %1").arg(timeIn(job, QStringLiteral("begun_at")))
                                      : Text::tr("number %1 in the queue, since %2").arg(QString::fromLatin1(job.value(QStringLiteral("place")).numberText()), timeIn(job, QStringLiteral("added_at")));
        writeText(job.value(QStringLiteral("job_id")).toString() + QStringLiteral("  ") + state + QLatin1Char('\n'));
    }
    co_return ExitOk;
}

} // namespace sluice::ctl
