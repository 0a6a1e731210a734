#include "await.h"
#include "commands.h"
#include "command_line.h"
#include "interrupt.h"
#include "output.h"
#include "text.h"

#include "sluice/base/secret_environment.h"
#include "sluice/gateway/local_network.h"
#include "sluice/gateway/local_servers.h"
#include "sluice/payments/amount.h"
#include "sluice/sandbox/sandbox_network.h"
#include "sluice/sandbox/sandbox_services.h"

#include <QCoro/QCoroTimer>

#include <limits>

namespace sluice::ctl {

namespace {

/// Between two looks whether others still use a sandbox that was let go of.
constexpr std::chrono::milliseconds UseInterval{50};

const QString Auto = QStringLiteral("auto");

/// The services by id, each with what it needs: "byoc, capabilities (byoc), lv2v".
QString serviceList()
{
    QStringList list;
    for (const auto &service : sandboxServices()) {
        const QStringList needs = service->needs();
        list.append(needs.isEmpty() ? service->id() : QStringLiteral("%1 (%2)").arg(service->id(), needs.join(QStringLiteral(", "))));
    }
    return list.join(QStringLiteral(", "));
}

CommandLine sandboxLine()
{
    CommandLine line(QStringLiteral("sandbox"), QStringLiteral("[options]"),
        Text::tr("Runs a whole network on this machine: an orchestrator, a runner with demo capabilities and an AI gateway, each on\n"
                 "loopback. It checks every signature and every ticket as a real orchestrator does. One JSON line on standard\n"
                 "output says when it is ready; the log goes to standard error. Ctrl-C or SIGTERM stops it."));
    line.addOption({QStringLiteral("state")},
        Text::tr("File with everything it remembers: balances, nonces, keys, certificate.\nDefault: %1").arg(LocalNetwork::defaultStateFile()),
        QStringLiteral("FILE"));
    line.addOption({QStringLiteral("port")}, Text::tr("Port of the orchestrator; default: the last one, if it is free, else 8935, else any."), QStringLiteral("N"));
    line.addOption({QStringLiteral("public-url")},
        Text::tr("Address that clients are told for jobs and channels, when a proxy or a tunnel stands before the orchestrator."),
        QStringLiteral("URL"));
    line.addOption({QStringLiteral("only")}, Text::tr("Start these services only, separated by commas; may be repeated."), QStringLiteral("ID,…"));
    line.addOption({QStringLiteral("without")},
        Text::tr("Leave these services out; with --only, out of those that it names."), QStringLiteral("ID,…"));
    line.addOption({QStringLiteral("off-chain")},
        Text::tr("Be a node without a chain: check no signatures, ask for no tickets and charge nothing."));
    line.addOption({QStringLiteral("fund")},
        Text::tr("Give this sender a deposit and a reserve, so that its tickets are taken; may be repeated."), QStringLiteral("0xADDRESS"));
    line.addOption({QStringLiteral("price")},
        Text::tr("Price per second, as \"8 gwei\" or a number of wei, of one capability or of all; may be repeated."), QStringLiteral("[NAME=]AMOUNT"));
    line.addOption({QStringLiteral("llm-upstream")},
        Text::tr("Offer llm-chat, and the AI gateway's /llm, through this OpenAI-compatible server; its key comes from SLUICE_LLM_KEY.\n"
                 "auto: the first one that answers on this machine, as `sluicectl capabilities --find-local` finds it."),
        QStringLiteral("URL|auto"));
    line.addOption({QStringLiteral("llm-model")}, Text::tr("Model that llm-chat asks it for; with auto: its first one for chats."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("llm-dialect")},
        Text::tr("What the AI gateway's /llm speaks: json (default), or form as gateways up to go-livepeer 0.8.2."), QStringLiteral("json|form"));
    line.addOption({QStringLiteral("quirks")},
        Text::tr("Defects of other orchestrators to show, for testing clients:\n%1").arg(
            QStringLiteral("drop-bad-payment, endless-blank-lines, leak-slots, misleading-timeout,\nold-statuses, string-prices, v1-signatures")),
        QStringLiteral("LIST"));
    line.addOption({QStringLiteral("runners")},
        Text::tr("Further apps of the live runner, as a runners.json names them."), QStringLiteral("FILE"));
    line.addOption({QStringLiteral("block-time")},
        Text::tr("Milliseconds between blocks of its chain; default 12000. Tickets expire after 40 blocks."), QStringLiteral("MS"));
    line.addJson();
    line.addNote(Text::tr("Services, in parentheses what each one needs: %1.").arg(serviceList()));
    line.addNote(Text::tr("While it runs, FILE.lock keeps a second one off the file and FILE.ready.json holds the ready line, so that other\n"
                          "programs find it. The keys in it are worth nothing anywhere else."));
    line.addExample(QStringLiteral("sluicectl sandbox"), Text::tr("What the window and the sandbox profile start by themselves."));
    line.addExample(QStringLiteral("sluicectl sandbox --port 8935 --fund 0xA83Cc3117bfe5153D236F958500E39b397610082"),
        Text::tr("On a fixed port, for a client with a key of its own."));
    line.addExample(QStringLiteral("sluicectl sandbox --state /tmp/s.sqlite --price 0 --quirks endless-blank-lines"),
        Text::tr("A second one, free of charge, that never ends its streams."));
    line.addExample(QStringLiteral("sluicectl sandbox --only byoc"), Text::tr("An orchestrator for workers of your own, with nothing beside it."));
    return line;
}

qint64 weiFrom(const QString &text, const QString &whole)
{
    const auto wei = amount::parse(text);
    if (!wei || *wei > std::numeric_limits<qint64>::max())
        throw Error(Error::Kind::InvalidInput, Text::tr("--price \"%1\" does not read [NAME=]AMOUNT.").arg(whole))
            .withAdvice(wei ? Text::tr("It is too large.") : wei.error().advice());
    return static_cast<qint64>(*wei);
}

/// What an option that takes a comma list names, in all its places.
QStringList listFrom(const CommandLine &line, const QString &name)
{
    QStringList list;
    const QStringList parts = line.values(name).join(QLatin1Char(',')).split(QLatin1Char(','));
    for (const QString &part : parts) {
        if (!part.trimmed().isEmpty())
            list.append(part.trimmed());
    }
    if (line.has(name) && list.isEmpty())
        throw Error(Error::Kind::InvalidInput, Text::tr("--%1 names nothing.").arg(name));
    return list;
}

/// Empty when the option is not given.
QUrl urlFrom(const CommandLine &line, const QString &name)
{
    const QUrl url(line.value(name), QUrl::StrictMode);
    if (line.has(name) && (!url.isValid() || url.host().isEmpty()))
        throw Error(Error::Kind::InvalidInput, Text::tr("--%1 \"%2\" is no URL.").arg(name, line.value(name)));
    return url;
}

SandboxOptions optionsFrom(const CommandLine &line)
{
    SandboxOptions options;
    options.stateFile = line.has(QStringLiteral("state")) ? line.value(QStringLiteral("state")) : LocalNetwork::defaultStateFile();
    options.port = quint16(line.number(QStringLiteral("port"), 0, 0, 65535));
    options.publicUrl = urlFrom(line, QStringLiteral("public-url"));
    options.offChain = line.has(QStringLiteral("off-chain"));
    options.fund = line.values(QStringLiteral("fund"));
    options.quirks = line.values(QStringLiteral("quirks")).join(QLatin1Char(','));
    if (line.value(QStringLiteral("llm-upstream")) != Auto)
        options.llmUpstream = urlFrom(line, QStringLiteral("llm-upstream"));
    options.llmModel = line.value(QStringLiteral("llm-model"));
    options.llmDialect = line.value(QStringLiteral("llm-dialect"));
    if (!QStringList{QString(), QStringLiteral("json"), QStringLiteral("form")}.contains(options.llmDialect))
        throw Error(Error::Kind::InvalidInput, Text::tr("--llm-dialect is json or form, not \"%1\".").arg(options.llmDialect));
    options.runnersFile = line.value(QStringLiteral("runners"));
    options.llmKey = secretVariable("SLUICE_LLM_KEY");
    options.blockTime = std::chrono::milliseconds(line.number(QStringLiteral("block-time"), 12'000, 1, 3'600'000));
    options.only = listFrom(line, QStringLiteral("only"));
    options.without = listFrom(line, QStringLiteral("without"));
    const QStringList prices = line.values(QStringLiteral("price"));
    for (const QString &price : prices) {
        const qsizetype equals = price.lastIndexOf(QLatin1Char('='));
        options.prices.append({price.left(std::max<qsizetype>(0, equals)), weiFrom(price.mid(equals + 1), price)});
    }
    return options;
}

/// The first server of language models on this machine becomes the upstream; without one the sandbox has its own chat alone.
QCoro::Task<void> takeLocalModels(SandboxOptions *options)
{
    const QFuture<local_servers::Found> search = local_servers::find();
    const local_servers::Found found = co_await settled(search);
    for (const local_servers::Server &server : found.servers) {
        const QString model = options->llmModel.isEmpty() ? server.chatModels.value(0) : options->llmModel;
        if (server.isSluice || !server.models.contains(model))
            continue;
        options->llmUpstream = server.baseUrl;
        options->llmModel = model;
        options->llmServer = server.version.isEmpty() ? server.product : server.product + QLatin1Char(' ') + server.version;
        writeErr(Text::tr("llm-chat and /llm are the model %1 of %2 at %3.").arg(model, server.product.isEmpty() ? Text::tr("an OpenAI-compatible server") : options->llmServer, server.baseUrl.toString()));
        co_return;
    }
    for (const Error &other : found.others)
        writeErr(other.message());
    writeErr(options->llmModel.isEmpty() ? Text::tr("No server of language models was found on this machine: the sandbox's own chat stays.")
                                         : Text::tr("No server on this machine has the model %1: the sandbox's own chat stays.").arg(options->llmModel));
    options->llmModel.clear();
}

} // namespace

QCoro::Task<int> sandboxCommand(QStringList arguments)
{
    CommandLine line = sandboxLine();
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    SandboxOptions options = optionsFrom(line);
    if (line.value(QStringLiteral("llm-upstream")) == Auto)
        co_await takeLocalModels(&options);
    Interrupt::instance().takeLettingGo();
    SandboxNetwork network(options);
    const Json ready = co_await network.start();
    writeOut(ready.dump() + '\n');
    co_await outcomeOf(lettingGo());
    // Let go of, it lasts as long as others use it; told to stop, it stops.
    while (!Interrupt::instance().happened() && !network.withdrawIfUnused())
        co_await QCoro::sleepFor(UseInterval);
    co_await network.stop();
    co_return ExitOk;
}

} // namespace sluice::ctl
