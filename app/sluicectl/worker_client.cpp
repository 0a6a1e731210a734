#include "worker_client.h"

#include "await.h"
#include "interrupt.h"
#include "render.h"
#include "text.h"

#include "sluice/base/async.h"

#include <QtCore/QFile>

namespace sluice::ctl {

using namespace llmworker;

void addWorkerOptions(CommandLine &line, bool job)
{
    line.addOption({QStringLiteral("url")}, Text::tr("The worker; default: LLM_WORKER_URI, else ws://localhost:8001/ws/."), QStringLiteral("URL"));
    if (!job)
        return;
    line.addOption({QStringLiteral("timeout")}, Text::tr("Seconds for the whole job, its place in the queue included; default 600."), QStringLiteral("SECONDS"));
    line.addOption({QStringLiteral("idle")}, Text::tr("Seconds between two pieces of the answer; default: no limit."), QStringLiteral("SECONDS"));
}

WorkerClientOptions workerClientOptions(const CommandLine &line)
{
    WorkerClientOptions options;
    options.url = workerEnvironment().worker;
    if (!line.has(QStringLiteral("url")))
        return options;
    const QString given = line.value(QStringLiteral("url"));
    options.url = QUrl(given, QUrl::StrictMode);
    const bool websocket = options.url.scheme() == QLatin1String("ws") || options.url.scheme() == QLatin1String("wss");
    if (!options.url.isValid() || !websocket || options.url.host().isEmpty())
        throw Error(Error::Kind::InvalidInput, Text::tr("--url \"%1\" is no address of a websocket.").arg(given))
            .withAdvice(Text::tr("Write it whole, e.g. ws://localhost:8001/ws/"));
    return options;
}

JobLimits workerJobLimits(const CommandLine &line)
{
    JobLimits limits;
    limits.total = std::chrono::seconds(line.number(QStringLiteral("timeout"), 600, 1, 7 * 86'400));
    limits.idle = std::chrono::seconds(line.number(QStringLiteral("idle"), 0, 0, 7 * 86'400));
    return limits;
}

Json readJsonFile(const QString &fileName, const QString &option)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Error::Kind::InvalidInput, Text::tr("--%1: %2 cannot be read: %3.").arg(option, fileName, file.errorString()));
    const auto json = Json::parse(file.read(MaxMessageBytes + 1));
    if (!json)
        throw Error(Error::Kind::InvalidInput, Text::tr("--%1: %2: %3").arg(option, fileName, json.error().message()));
    return *json;
}

namespace {

void printLine(const Json &json)
{
    writeOut(json.dump() + '\n');
}

/// Says what a job does, until it has ended.
QFuture<void> told(const std::shared_ptr<ClientJob> &job, bool json)
{
    const Completion<void> over;
    const auto accepted = [json](const QString &id) {
        if (json)
            printLine(Json{{QStringLiteral("event"), "accepted"}, {QStringLiteral("job_id"), id}});
        else
            writeErr(Text::tr("Job %1").arg(id));
    };
    if (job->isOver()) {
        over.finish();
        return over.future();
    }
    if (!job->id().isEmpty())
        accepted(job->id());
    QObject::connect(job.get(), &ClientJob::accepted, job.get(), [job = job.get(), accepted] { accepted(job->id()); });
    QObject::connect(job.get(), &ClientJob::fragment, job.get(), [json](const QString &text) {
        if (json)
            printLine(Json{{QStringLiteral("event"), "running"}, {QStringLiteral("message"), text}});
        else
            writeOut(text.toUtf8());
    });
    QObject::connect(job.get(), &ClientJob::ended, job.get(), [over] { over.finish(); });
    return over.future();
}

} // namespace

QCoro::Task<int> followJob(std::shared_ptr<Client> client, std::shared_ptr<ClientJob> job, bool json, bool ours)
{
    const QFuture<void> ended = told(job, json);
    const QFuture<void> waited = endOrInterruption(ended);
    co_await waited;
    if (!json && !job->text().isEmpty() && !job->text().endsWith(QLatin1Char('\n')))
        writeOut("\n");
    if (!job->isOver()) {
        if (ours)
            client->cancel(job);
        throw Error(Error::Kind::Canceled, Text::tr("The job is not followed any more."));
    }
    if (job->error())
        throw Error(*job->error());
    if (!job->isWhole())
        writeErr(Text::tr("Some of the answer may be missing: what came before, or while there was no connection, is not told again."));
    if (json)
        printLine(Json{{QStringLiteral("event"), "done"}, {QStringLiteral("job_id"), job->id()}, {QStringLiteral("whole"), job->isWhole()}});
    co_return ExitOk;
}

} // namespace sluice::ctl
