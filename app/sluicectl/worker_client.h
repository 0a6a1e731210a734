#pragma once

#include "command_line.h"

#include "sluice/llmworker/client.h"
#include "sluice/llmworker/environment.h"

#include <QCoro/QCoroTask>

/// What the subcommands of `sluicectl worker` share.
namespace sluice::ctl {

QCoro::Task<int> workerAdd(QStringList arguments);
QCoro::Task<int> workerListen(QStringList arguments);
QCoro::Task<int> workerJobs(QStringList arguments);

/// The original's variables, and its file `.env` in the current folder. Throws Config.
[[nodiscard]] llmworker::Environment workerEnvironment();

/// `--url`, and with `job` what bounds and follows a job.
void addWorkerOptions(CommandLine &line, bool job);
/// Where the worker is: `--url`, else LLM_WORKER_URI. InvalidInput when it is no address.
using WorkerClientOptions = llmworker::Client::Options;
[[nodiscard]] WorkerClientOptions workerClientOptions(const CommandLine &line);
[[nodiscard]] llmworker::JobLimits workerJobLimits(const CommandLine &line);

/// Prints a job's text as it comes, until it has ended; the exit code. Ctrl-C cancels it where `ours`.
QCoro::Task<int> followJob(std::shared_ptr<llmworker::Client> client, std::shared_ptr<llmworker::ClientJob> job, bool json, bool ours);

/// A JSON file of at most 16 MiB. InvalidInput.
[[nodiscard]] Json readJsonFile(const QString &fileName, const QString &option);

} // namespace sluice::ctl
