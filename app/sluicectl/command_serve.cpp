#include "command_line.h"
#include "commands.h"
#include "served_profile.h"
#include "text.h"

namespace sluice::ctl {

QCoro::Task<int> serveCommand(QStringList arguments)
{
    const QString what = arguments.isEmpty() ? QString() : arguments.takeFirst();
    if (what == QLatin1String("openai"))
        co_return co_await serveOpenAi(arguments, &openServedProfile);
    CommandLine line(QStringLiteral("serve"), QStringLiteral("openai [options]"), Text::tr("Serves what a network offers under another API. `sluicectl serve openai --help` has the options."));
    if (what == QLatin1String("--help") || what == QLatin1String("-h")) {
        const auto code = line.parse({what}, 0, 0);
        co_return code.value_or(ExitOk);
    }
    co_return line.refuse(what.isEmpty() ? Text::tr("serve needs a word: openai.") : Text::tr("\"%1\" cannot be served; openai can.").arg(what));
}

} // namespace sluice::ctl
