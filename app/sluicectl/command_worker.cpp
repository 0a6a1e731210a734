#include "commands.h"
#include "served_profile.h"
#include "text.h"
#include "worker_client.h"

namespace sluice::ctl {

QCoro::Task<int> workerCommand(QStringList arguments)
{
    const QString what = arguments.isEmpty() ? QString() : arguments.takeFirst();
    if (what == QLatin1String("serve"))
        co_return co_await workerServe(arguments, &openServedProfile);
    if (what == QLatin1String("add"))
        co_return co_await workerAdd(arguments);
    if (what == QLatin1String("listen"))
        co_return co_await workerListen(arguments);
    if (what == QLatin1String("jobs"))
        co_return co_await workerJobs(arguments);
    CommandLine line(QStringLiteral("worker"), QStringLiteral("serve|add|listen|jobs [options]"),
        Text::tr("Runs assistant templates as jobs in the queue of an LLM worker, or is one. `sluicectl worker serve --help` has the options of each."));
    line.addExample(QStringLiteral("websocat ws://localhost:8001/ws/"), Text::tr("Another client: each line is a message."));
    if (what == QLatin1String("--help") || what == QLatin1String("-h")) {
        const auto code = line.parse({what}, 0, 0);
        co_return code.value_or(ExitOk);
    }
    const QStringList words{QStringLiteral("serve"), QStringLiteral("add"), QStringLiteral("listen"), QStringLiteral("jobs")};
    const QString near = closest(what, words);
    if (what.isEmpty())
        co_return line.refuse(Text::tr("worker needs a word: serve, add, listen or jobs."));
    co_return line.refuse(near.isEmpty() ? Text::tr("worker knows no \"%1\"; there are serve, add, listen and jobs.").arg(what)
                                         : Text::tr("worker knows no \"%1\". Did you mean \"%2\"?").arg(what, near));
}

} // namespace sluice::ctl
