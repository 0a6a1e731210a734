#include "await.h"
#include "text.h"
#include "worker_client.h"

namespace sluice::ctl {

using namespace llmworker;

namespace {

CommandLine addLine()
{
    CommandLine line(QStringLiteral("worker add"), QStringLiteral("--template FILE [options] QUERY"),
        Text::tr("Queues a job and prints its answer as it comes. The exit status is 0 only when the worker said that it was done."));
    addWorkerOptions(line, true);
    line.addOption({QStringLiteral("template")}, Text::tr("JSON file with the assistant: {\"streams\":[…]}."), QStringLiteral("FILE"));
    line.addOption({QStringLiteral("history")},
        Text::tr("JSON file with the messages before: [{\"role\":…,\"content\":…},…]. Sent as it is: a worker reads braces in it as placeholders."), QStringLiteral("FILE"));
    line.addJson();
    line.addExample(QStringLiteral("sluicectl worker add --url ws://localhost:8001/ws/ --template assistant.json \"How tall is it?\""), Text::tr("One job, its answer on standard output."));
    return line;
}

/// With the file's name before the place in it.
Error at(Error error, const QString &option, const CommandLine &line)
{
    return error.withMessage(Text::tr("--%1: %2: %3").arg(option, line.value(option), error.message()));
}

} // namespace

QCoro::Task<int> workerAdd(QStringList arguments)
{
    CommandLine line = addLine();
    if (const auto code = line.parse(arguments, 1, 1))
        co_return *code;
    const QString templateOption = QStringLiteral("template");
    const QString historyOption = QStringLiteral("history");
    if (!line.has(templateOption))
        co_return line.refuse(Text::tr("Say which assistant: --template FILE."));
    AddRequest add;
    add.query = line.arguments().first();
    const auto assistant = Assistant::fromJson(readJsonFile(line.value(templateOption), templateOption));
    if (!assistant)
        throw at(assistant.error(), templateOption, line);
    add.assistant = *assistant;
    if (line.has(historyOption)) {
        const auto history = historyFromJson(readJsonFile(line.value(historyOption), historyOption));
        if (!history)
            throw at(history.error(), historyOption, line);
        add.history = *history;
    }
    const auto client = std::make_shared<Client>(workerClientOptions(line));
    const std::shared_ptr<ClientJob> job = client->add(add, workerJobLimits(line));
    co_return co_await followJob(client, job, line.json(), true);
}

} // namespace sluice::ctl
