#include "call_options.h"
#include "commands.h"
#include "execution.h"
#include "text.h"

namespace sluice::ctl {

namespace {

CommandLine runLine()
{
    CommandLine line(QStringLiteral("run"), QStringLiteral("NAME --input JSON|@FILE|- [options]"),
        Text::tr("Calls a capability once, pays for it, and prints its answer. What it cost goes to standard error."));
    addCallOptions(line);
    line.addOption({QStringLiteral("o"), QStringLiteral("out")}, Text::tr("Write the answer's bytes to a file, whole, or into a pipe or device."), QStringLiteral("FILE"));
    Connection::addOptions(line);
    line.addJson();
    line.addExample(QStringLiteral("sluicectl run text-analysis --input '{\"text\":\"A fine day.\"}'"),
        Text::tr("On the current profile; a fresh machine starts its own sandbox for the call."));
    line.addExample(QStringLiteral("sluicectl run image-filter --input '{\"filter\":\"edges\"}' --file image=photo.jpg --out edges.png"),
        Text::tr("A file in, a file out."));
    line.addExample(QStringLiteral("echo '{\"text\":\"hi\"}' | sluicectl run text-analysis --input - --json"),
        Text::tr("For scripts: one JSON document with the answer, the tickets and the timeline."));
    line.addExample(QStringLiteral("sluicectl run NAME --input @in.json --orchestrator https://host:8935 --key key.txt --max-spend 5000000000"),
        Text::tr("Against an orchestrator of your choice, with a limit on what it may cost."));
    return line;
}

} // namespace

QCoro::Task<int> runCommand(QStringList arguments)
{
    CommandLine line = runLine();
    if (const auto code = line.parse(arguments, 1, 1))
        co_return *code;
    QCoro::Task<int> running = executeLine(&line, Verb::Run);
    co_return co_await running;
}

} // namespace sluice::ctl
