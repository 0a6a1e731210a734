#include "command_words.h"
#include "commands.h"
#include "served_profile.h"
#include "text.h"

namespace sluice::ctl {

QCoro::Task<int> serveCommand(QStringList arguments)
{
    CommandLine line(QStringLiteral("serve"), QStringLiteral("openai [options]"),
        Text::tr("Serves what a network offers under another API, until Ctrl-C.\n"
                 "  openai  OpenAI's API, in front of a gateway, another server or a profile\n"
                 "It has --help."));
    line.addExample(QStringLiteral("sluicectl serve openai --profile sandbox --port 8080"), Text::tr("A profile's capabilities as models."));
    const QList<CommandWord> words{{"openai", [](QStringList more) { return serveOpenAi(std::move(more), &openServedProfile); }}};
    QCoro::Task<int> running = runWord(&line, words, arguments);
    co_return co_await running;
}

} // namespace sluice::ctl
