#include "commands.h"
#include "call_failure.h"
#include "connection.h"

#include "command_line.h"
#include "render.h"
#include "text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace sluice::ctl {

namespace {

QString overview()
{
    QString text = Text::tr("Usage: sluicectl COMMAND [options]\n\n"
                      "Runs capabilities of the Livepeer AI network, pays for them and shows what they cost. Without a profile\n"
                      "of your own it starts a sandbox network on this machine for the call.\n\nCommands:\n");
    for (const Command &command : commands())
        text += QStringLiteral("  %1  %2\n").arg(QLatin1String(command.name), -13).arg(Text::tr(command.summary));
    text += Text::tr("\nExamples:\n"
               "  sluicectl capabilities\n"
               "      What the current profile's network offers.\n"
               "  sluicectl run text-analysis --input '{\"text\":\"A fine day.\"}'\n"
               "      One call, one answer.\n"
               "  sluicectl stream docs-chat --input '{\"messages\":[{\"role\":\"user\",\"content\":\"What is a ticket?\"}]}'\n"
               "      An answer as it comes.\n"
               "\nEvery command has --help and --json.\n\n");
    text += exitStatusText() + QLatin1Char('\n');
    text += Text::tr("Environment: SLUICE_DATA_DIR (where profiles, history and the sandbox live), SLUICE_SENDER_KEY (key that\n"
               "signs and pays: 64 hex digits, or a file that holds them), SLUICE_ZEROG_KEY (the same for 0G),\n"
               "LIVEPEER_ORCH_URL, LIVEPEER_GATEWAY_URL, LIVEPEER_TOKEN.\n");
    return text;
}

/// Of a program that only printed something.
int outputCode()
{
    if (!Output::instance().failure())
        return ExitOk;
    printError(*Output::instance().failure(), false);
    return ExitFailed;
}

} // namespace

const QList<Command> &commands()
{
    static const QList<Command> list{
        {"run", QT_TRANSLATE_NOOP("sluicectl", "call a capability and print its answer"), runCommand},
        {"stream", QT_TRANSLATE_NOOP("sluicectl", "call a capability and print its answer as it comes"), streamCommand},
        {"live", QT_TRANSLATE_NOOP("sluicectl", "send video (or lines) to a capability and take what comes back"), liveCommand},
        {"session", QT_TRANSLATE_NOOP("sluicectl", "reserve a session with an app of a live runner, and call it"), sessionCommand},
        {"capabilities", QT_TRANSLATE_NOOP("sluicectl", "list what the network offers, with prices"), capabilitiesCommand},
        {"capability", QT_TRANSLATE_NOOP("sluicectl", "name capabilities by hand that no node lists, and share them"), capabilityCommand},
        {"describe", QT_TRANSLATE_NOOP("sluicectl", "show one capability: input, output, examples"), describeCommand},
        {"network", QT_TRANSLATE_NOOP("sluicectl", "show which servers take calls and why; pin or exclude one"), networkCommand},
        {"balance", QT_TRANSLATE_NOOP("sluicectl", "show your credit at the orchestrators"), balanceCommand},
        {"limits", QT_TRANSLATE_NOOP("sluicectl", "show and set what may be spent with your key"), limitsCommand},
        {"tickets", QT_TRANSLATE_NOOP("sluicectl", "list the tickets that were sent and what became of them"), ticketsCommand},
        {"history", QT_TRANSLATE_NOOP("sluicectl", "list, show, export and replay earlier calls"), historyCommand},
        {"snippet", QT_TRANSLATE_NOOP("sluicectl", "print a call as code"), snippetCommand},
        {"sign", QT_TRANSLATE_NOOP("sluicectl", "print the signed and paid HTTP request of a call"), signCommand},
        {"signer", QT_TRANSLATE_NOOP("sluicectl", "sign payments for programs that have no key"), signerCommand},
        {"profile", QT_TRANSLATE_NOOP("sluicectl", "list, choose, add and remove networks"), profileCommand},
        {"serve", QT_TRANSLATE_NOOP("sluicectl", "serve OpenAI's API in front of a gateway or another server"), serveCommand},
        {"worker", QT_TRANSLATE_NOOP("sluicectl", "serve an LLM worker, and queue assistant templates at one"), workerCommand},
        {"jobs", QT_TRANSLATE_NOOP("sluicectl", "list, follow and end the jobs at the profile's LLM workers"), jobsCommand},
        {"accounts", QT_TRANSLATE_NOOP("sluicectl", "show, fill and empty the accounts that pay 0G's services, and settle your sales"), accountsCommand},
        {"zerog", QT_TRANSLATE_NOOP("sluicectl", "0G serving: sell services, call and pay them, and keep their ledger"), zerogCommand},
        {"trickle", QT_TRANSLATE_NOOP("sluicectl", "serve, write and read the channels of live jobs"), trickleCommand},
        {"sandbox", QT_TRANSLATE_NOOP("sluicectl", "run the local network until stopped"), sandboxCommand},
    };
    return list;
}

QCoro::Task<int> dispatch(QStringList arguments)
{
    if (arguments.isEmpty()) {
        writeErr(overview());
        co_return ExitUsage;
    }
    const bool json = wantsJson(arguments);
    QString name = arguments.takeFirst();
    if (name == QLatin1String("help") && !arguments.isEmpty()) {
        name = arguments.takeFirst();
        arguments = {QStringLiteral("--help")};
    }
    if (name == QLatin1String("help") || name == QLatin1String("--help") || name == QLatin1String("-h")) {
        writeOut(overview().toUtf8());
        co_return outputCode();
    }
    if (name == QLatin1String("--version") || name == QLatin1String("version")) {
        writeOut(QStringLiteral("sluicectl %1\n").arg(QCoreApplication::applicationVersion()).toUtf8());
        co_return outputCode();
    }
    QStringList known;
    for (const Command &command : commands()) {
        known.append(QLatin1String(command.name));
        if (name != known.last())
            continue;
        try {
            // Named before the co_await: DESIGN.md 3.
            QCoro::Task<int> running = command.run(arguments);
            const int code = co_await running;
            if (code == ExitOk)
                requireOutput();
            co_return code;
        } catch (const CallFailure &failure) {
            printError(Connection::withWhyGone(failure), json);
            co_return exitCodeFor(failure);
        } catch (const Error &error) {
            printError(Connection::withWhyGone(error), json);
            co_return exitCodeFor(error);
        }
    }
    const QString near = closest(name, known);
    co_return refuseUsage(QString(), Text::tr("there is no command \"%1\".").arg(name) + (near.isEmpty() ? QString() : Text::tr(" Did you mean \"%1\"?").arg(near)), json);
}

} // namespace sluice::ctl
