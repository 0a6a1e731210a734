#include "await.h"
#include "text.h"
#include "worker_client.h"

namespace sluice::ctl {

using namespace llmworker;

QCoro::Task<int> workerListen(QStringList arguments)
{
    CommandLine line(QStringLiteral("worker listen"), QStringLiteral("JOB_ID [options]"),
        Text::tr("Takes over the updates of a job and prints its answer as it comes; whoever listened before gets no more. A worker with the extension "
                 "replay tells what came before, too; any other one says nothing of a job that has ended, or that it does not know."));
    addWorkerOptions(line, true);
    line.addJson();
    if (const auto code = line.parse(arguments, 1, 1))
        co_return *code;
    const auto client = std::make_shared<Client>(workerClientOptions(line));
    const QFuture<void> connected = client->connected();
    co_await settled(connected);
    const JobLimits limits = workerJobLimits(line);
    const std::shared_ptr<ClientJob> job = client->listen(line.arguments().first(), limits);
    writeErr(Text::tr("Listening for job %1. A worker that does not know it says nothing: this ends after %2 s (--timeout), or with Ctrl-C.")
                 .arg(line.arguments().first()).arg(std::chrono::duration_cast<std::chrono::seconds>(limits.total).count()));
    co_return co_await followJob(client, job, line.json(), false);
}

} // namespace sluice::ctl
