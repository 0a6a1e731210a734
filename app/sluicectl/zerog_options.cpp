#include "zerog_options.h"
#include "text.h"

#include "sluice/base/secret_environment.h"
#include "sluice/zerog/neuron.h"

#include <QtCore/QFile>

#include <limits>

namespace sluice::ctl {

namespace {

constexpr qint64 maxKeyFileBytes = 1024;
const char keyVariable[] = "SLUICE_ZEROG_KEY";

PrivateKey keyFrom(const Secret &value, const QString &where)
{
    const auto given = PrivateKey::fromHex(value.expose().toByteArray());
    if (given)
        return *given;
    QFile file(QFile::decodeName(value.expose().toByteArray()));
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Error::Kind::Config, Text::tr("%1 is neither 64 hex digits nor a file that can be read.").arg(where))
            .withAdvice(Text::tr("Make one: (umask 077; openssl rand -hex 32 > provider.key)"));
    const Secret text(file.readLine(maxKeyFileBytes).trimmed());
    const auto key = PrivateKey::fromHex(text.expose().toByteArray());
    if (!key)
        throw Error(Error::Kind::Config, Text::tr("The file of %1 holds no key: 64 hex digits are expected in its first line.").arg(where));
    return *key;
}

} // namespace

void addZerogOptions(CommandLine &line, const QString &whose)
{
    line.addOption({QStringLiteral("ledger")}, Text::tr("The ledger's file, shared with other programs of this machine. Made when it is not there."), QStringLiteral("FILE"));
    line.addOption({QStringLiteral("key")}, whose + QLatin1Char('\n') + Text::tr("64 hex digits, or a file that holds them. Others may see an option: the environment's SLUICE_ZEROG_KEY is better."), QStringLiteral("HEX"));
}

void addNeuronNote(CommandLine &line)
{
    line.addNote(Text::tr("Amounts are neuron: 1 A0GI = 10^18 neuron. JSON has them as strings of digits, exactly."));
}

QString zerogLedgerFile(const CommandLine &line)
{
    const QString file = line.value(QStringLiteral("ledger"));
    if (file.isEmpty())
        throw Error(Error::Kind::Config, Text::tr("Say which ledger: --ledger FILE."));
    return file;
}

void addZerogChainOptions(CommandLine &line)
{
    line.addOption({QStringLiteral("chain")}, Text::tr("In place of a file: JSON-RPC address of a node of the chain on which the ledger's contract is. Each change costs the key's account gas."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("contract")}, Text::tr("The contract's address there."), QStringLiteral("ADDRESS"));
    line.addOption({QStringLiteral("chain-id")}, Text::tr("Which chain it must be; without it, the one that the node names is believed."), QStringLiteral("N"));
    line.addOption({QStringLiteral("max-fee")}, Text::tr("What the gas of one change may cost at most: \"0.5 A0GI\" or \"1000 neuron\"; default 1 A0GI."), QStringLiteral("AMOUNT"));
}

ZerogLedgerMaker zerogLedgerMaker(const CommandLine &line)
{
    const bool chain = line.has(QStringLiteral("chain"));
    if (chain != line.has(QStringLiteral("contract")))
        throw Error(Error::Kind::Config, Text::tr("A ledger on a chain needs both: --chain URL --contract ADDRESS."));
    for (const QString &ofChain : {QStringLiteral("chain-id"), QStringLiteral("max-fee")}) {
        if (!chain && line.has(ofChain))
            throw Error(Error::Kind::Config, Text::tr("--%1 is for a ledger on a chain: say --chain URL --contract ADDRESS, too.").arg(ofChain));
    }
    if (!chain)
        return zerog::ledgerFile(zerogLedgerFile(line));
    if (line.has(QStringLiteral("ledger")))
        throw Error(Error::Kind::Config, Text::tr("The ledger is a file or on a chain: say --ledger or --chain, not both."));
    zerog::ChainLedger::Options options;
    const QString url = line.value(QStringLiteral("chain"));
    options.url = QUrl(url, QUrl::StrictMode);
    const bool isHttp = options.url.scheme() == QLatin1String("http") || options.url.scheme() == QLatin1String("https");
    if (!options.url.isValid() || options.url.host().isEmpty() || !isHttp)
        throw Error(Error::Kind::Config, Text::tr("--chain \"%1\" is no address for HTTP.").arg(url)).withAdvice(Text::tr("Write it whole, e.g. http://127.0.0.1:8545"));
    const auto contract = Address::fromHex(line.value(QStringLiteral("contract")));
    if (!contract)
        throw Error(Error::Kind::Config, Text::tr("--contract: %1").arg(contract.error().message()));
    options.contract = *contract;
    if (line.has(QStringLiteral("chain-id")))
        options.chainId = U256(line.number(QStringLiteral("chain-id"), 0, 1, std::numeric_limits<qint64>::max()));
    if (line.has(QStringLiteral("max-fee"))) {
        const auto most = zerog::neuron::parse(line.value(QStringLiteral("max-fee")));
        if (!most)
            throw Error(Error::Kind::InvalidInput, Text::tr("--max-fee: %1").arg(most.error().message()));
        options.maxFee = *most;
    }
    return zerog::ledgerOnChain(options);
}

PrivateKey zerogKey(const CommandLine &line)
{
    if (line.has(QStringLiteral("key")))
        return keyFrom(Secret(line.value(QStringLiteral("key")).toUtf8()), QStringLiteral("--key"));
    const Secret fromEnvironment = secretVariable(keyVariable);
    if (fromEnvironment.isEmpty())
        throw Error(Error::Kind::Config, Text::tr("Say with which key: --key HEX, or SLUICE_ZEROG_KEY in the environment."));
    return keyFrom(fromEnvironment, QLatin1String(keyVariable));
}

} // namespace sluice::ctl
