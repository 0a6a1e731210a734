#include "call_options.h"
#include "commands.h"
#include "execution.h"
#include "text.h"

namespace sluice::ctl {

namespace {

CommandLine streamLine()
{
    CommandLine line(QStringLiteral("stream"), QStringLiteral("NAME --input JSON|@FILE|- [options]"),
        Text::tr("Calls a capability and prints its answer as it comes. What it cost goes to standard error."));
    addCallOptions(line);
    line.addOption({QStringLiteral("raw")}, Text::tr("Print each event's data on a line of its own, also where text could be shown."));
    Connection::addOptions(line);
    line.addJson();
    line.addExample(QStringLiteral("sluicectl stream docs-chat --input '{\"messages\":[{\"role\":\"user\",\"content\":\"What is a ticket?\"}]}'"),
        Text::tr("Chat answers in OpenAI's form are shown as text."));
    line.addExample(QStringLiteral("sluicectl stream docs-chat --input @chat.json --json"),
        Text::tr("One JSON object per line: opened, event, balance, end or error."));
    return line;
}

} // namespace

QCoro::Task<int> streamCommand(QStringList arguments)
{
    CommandLine line = streamLine();
    if (const auto code = line.parse(arguments, 1, 1))
        co_return *code;
    QCoro::Task<int> running = executeLine(&line, Verb::Stream);
    co_return co_await running;
}

} // namespace sluice::ctl
