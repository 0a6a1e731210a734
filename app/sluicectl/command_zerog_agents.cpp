#include "serving.h"
#include "text.h"
#include "zerog_commands.h"
#include "zerog_options.h"

#include "sluice/net/io_thread.h"
#include "sluice/zerog/provider_agent.h"
#include "sluice/zerog/user_agent.h"

namespace sluice::ctl {

namespace {

using std::chrono::milliseconds;

constexpr quint16 ProviderPort = 3080;
constexpr quint16 UserPort = 1034;

void addAgentOptions(CommandLine &line, quint16 port)
{
    line.addOption({QStringLiteral("port")}, Text::tr("Port on 127.0.0.1, 0 for a free one; default %1.").arg(port), QStringLiteral("N"));
    line.addOption({QStringLiteral("state")}, Text::tr("File of the agent's own state; default: beside the ledger's file, one for each key."), QStringLiteral("FILE"));
    line.addJson();
    line.addNote(Text::tr("The first line of standard output says where it listens: an address, or with --json {\"event\":\"ready\",\"url\":…,\"address\":…}."));
}

/// Seconds, with a fraction if need be.
milliseconds seconds(const CommandLine &line, const QString &option, milliseconds fallback)
{
    if (!line.has(option))
        return fallback;
    bool number = false;
    const double value = line.value(option).toLatin1().toDouble(&number); // in the C locale, whatever the person's
    constexpr double most = 365.0 * 86400;
    if (!number || !(value >= 0.05) || value > most)
        throw Error(Error::Kind::InvalidInput, Text::tr("--%1 \"%2\": seconds from 0.05 to %3 are expected.").arg(option, line.value(option)).arg(qint64(most)));
    return milliseconds(qint64(value * 1000));
}

QString stateFile(const CommandLine &line, const QString &role, const Address &address)
{
    if (line.has(QStringLiteral("state")))
        return line.value(QStringLiteral("state"));
    if (line.has(QStringLiteral("chain")))
        throw Error(Error::Kind::Config, Text::tr("Say where the agent keeps its state: --state FILE."));
    return zerog::stateFileBeside(zerogLedgerFile(line), role, address);
}

/// An agent until Ctrl-C; its account is the options' key's.
template <typename Agent, typename Options>
QCoro::Task<int> serveAgent(Options options, bool json)
{
    IoThread io;
    Agent agent(io, options);
    const QUrl url = orThrow(agent.listen());
    const QString account = options.key.address().toChecksum();
    const Json more{{QStringLiteral("address"), account}};
    // The next steps need it: users open accounts at a provider by its address.
    writeReady(json, url.toString(), more, Text::tr("%1 (account %2)").arg(url.toString(), account));
    QCoro::Task<int> serving = serveUntilStopped(&agent);
    co_return co_await serving;
}

CommandLine providerLine()
{
    CommandLine line(QStringLiteral("zerog provider"), QStringLiteral("--ledger FILE | --chain URL --contract ADDRESS [options]"),
        Text::tr("Is the provider agent of 0G serving until Ctrl-C: registers services, checks and records signed calls, passes them on and settles what they cost."));
    addZerogOptions(line, Text::tr("The provider's key: whose services they are, and who is paid."));
    addZerogChainOptions(line);
    line.addOption({QStringLiteral("public-url")}, Text::tr("Where users' agents reach this one, as the ledger lists it; default: where it listens."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("address")}, Text::tr("Address to listen on; default 127.0.0.1. Only /v1/proxy is answered to other machines."), QStringLiteral("IP"));
    line.addOption({QStringLiteral("host")}, Text::tr("A name by which clients reach this server besides its addresses; may be repeated."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("settle-interval")}, Text::tr("Seconds from one look at users who may not be able to pay to the next; default 600."), QStringLiteral("SECONDS"));
    line.addOption({QStringLiteral("force-interval")}, Text::tr("Seconds from one settlement of everything to the next; default 86400."), QStringLiteral("SECONDS"));
    addAgentOptions(line, ProviderPort);
    line.addExample(QStringLiteral("sluicectl zerog provider --ledger ledger.db --key provider.key"), Text::tr("Then POST /v1/service registers a service."));
    return line;
}

CommandLine userLine()
{
    CommandLine line(QStringLiteral("zerog user"), QStringLiteral("--ledger FILE | --chain URL --contract ADDRESS [options]"),
        Text::tr("Is the user agent of 0G serving until Ctrl-C: keeps accounts at providers, and signs and pays the calls of this machine's programs."));
    addZerogOptions(line, Text::tr("The user's key: who signs and pays."));
    addZerogChainOptions(line);
    line.addOption({QStringLiteral("refund-interval")}, Text::tr("Seconds from one look for refunds that are due to the next; default 600."), QStringLiteral("SECONDS"));
    addAgentOptions(line, UserPort);
    line.addExample(QStringLiteral("sluicectl zerog user --ledger ledger.db --key user.key"), Text::tr("Then GET /v1/service lists what is offered."));
    line.addExample(QStringLiteral("sluicectl zerog user --chain http://127.0.0.1:8545 --contract 0x5FbD…0aa3 --state user.db --key user.key"), Text::tr("With the contract on a chain."));
    return line;
}

} // namespace

QCoro::Task<int> zerogProvider(QStringList arguments)
{
    CommandLine line = providerLine();
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    zerog::ProviderAgentOptions options(zerogKey(line));
    options.ledger = zerogLedgerMaker(line);
    options.stateFile = stateFile(line, QStringLiteral("provider"), options.key.address());
    options.port = quint16(line.number(QStringLiteral("port"), ProviderPort, 0, 65535));
    if (line.has(QStringLiteral("address")))
        options.address = line.value(QStringLiteral("address"));
    options.hosts = line.values(QStringLiteral("host"));
    options.publicUrl = line.value(QStringLiteral("public-url"));
    options.settleInterval = seconds(line, QStringLiteral("settle-interval"), options.settleInterval);
    options.forceInterval = seconds(line, QStringLiteral("force-interval"), options.forceInterval);
    co_return co_await serveAgent<zerog::ProviderAgent>(options, line.json());
}

QCoro::Task<int> zerogUser(QStringList arguments)
{
    CommandLine line = userLine();
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    zerog::UserAgentOptions options(zerogKey(line));
    options.ledger = zerogLedgerMaker(line);
    options.stateFile = stateFile(line, QStringLiteral("user"), options.key.address());
    options.port = quint16(line.number(QStringLiteral("port"), UserPort, 0, 65535));
    options.refundInterval = seconds(line, QStringLiteral("refund-interval"), options.refundInterval);
    co_return co_await serveAgent<zerog::UserAgent>(options, line.json());
}

} // namespace sluice::ctl
