#include "command_words.h"
#include "commands.h"
#include "served_profile.h"
#include "text.h"
#include "worker_client.h"

namespace sluice::ctl {

QCoro::Task<int> workerCommand(QStringList arguments)
{
    CommandLine line(QStringLiteral("worker"), QStringLiteral("serve|add|listen|jobs [options]"),
        Text::tr("Runs assistant templates as jobs in the queue of an LLM worker, or is one.\n"
                 "  serve   be a worker, until Ctrl-C\n"
                 "  add     put a template into the queue and print its answer\n"
                 "  listen  take over the updates of a job and print its answer\n"
                 "  jobs    list what waits and runs, or end one of them\n"
                 "Each has --help."));
    line.addExample(QStringLiteral("sluicectl worker serve --profile sandbox --list-jobs"), Text::tr("A worker in front of a profile's capabilities."));
    line.addExample(QStringLiteral("websocat ws://localhost:8001/ws/"), Text::tr("Another client: each line is a message."));
    const QList<CommandWord> words{{"serve", [](QStringList more) { return workerServe(std::move(more), &openServedProfile); }}, {"add", &workerAdd}, {"listen", &workerListen}, {"jobs", &workerJobs}};
    QCoro::Task<int> running = runWord(&line, words, arguments);
    co_return co_await running;
}

} // namespace sluice::ctl
