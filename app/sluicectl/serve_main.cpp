// `sluicectl serve openai` and `sluicectl worker serve` without a profile, with no more libraries than they need (smaller_program.h).

#include "command_line.h"
#include "program.h"
#include "render.h"
#include "served_profile.h"
#include "text.h"

namespace {

using namespace sluice::ctl;

QCoro::Task<std::shared_ptr<ServedProfile>> openNone(QString name)
{
    throw sluice::Error(sluice::Error::Kind::Config, Text::tr("This program has no profiles: serve \"%1\" with sluicectl.").arg(name));
    co_return std::shared_ptr<ServedProfile>();
}

QCoro::Task<int> dispatch(QStringList arguments)
{
    const QString command = arguments.value(0) + QLatin1Char(' ') + arguments.value(1);
    const bool worker = command == QLatin1String("worker serve");
    const bool json = wantsJson(arguments);
    if (!worker && command != QLatin1String("serve openai"))
        co_return refuseUsage(QString(), Text::tr("This program is a part of sluicectl, and only serves: serve openai, worker serve."), json);
    const QStringList options = arguments.mid(2);
    try {
        // Named before the co_await: DESIGN.md 3.
        QCoro::Task<int> running = worker ? workerServe(options, &openNone) : serveOpenAi(options, &openNone);
        const int code = co_await running;
        if (code == ExitOk)
            requireOutput();
        co_return code;
    } catch (const sluice::Error &error) {
        printError(error, json);
        co_return exitCodeFor(error);
    }
}

} // namespace

int main(int argc, char **argv)
{
    return runProgram(argc, argv, &dispatch);
}
