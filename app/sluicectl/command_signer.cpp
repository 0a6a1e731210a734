#include "call_options.h"
#include "command_line.h"
#include "commands.h"
#include "connection.h"
#include "serving.h"
#include "text.h"

#include "sluice/base/secret_environment.h"
#include "sluice/crypto/keystore.h"
#include "sluice/payments/amount.h"
#include "sluice/signer/server.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>

namespace sluice::ctl {

using signer::PriceCeilings;
using signer::ServerOptions;

namespace {

CommandLine signerLine()
{
    CommandLine line(QStringLiteral("signer"), QStringLiteral("[options]"),
        Text::tr("Signs payments and jobs for programs that have no key, until Ctrl-C: a remote signer as go-livepeer's.\n"
                 "One JSON line on standard output says when it is ready; the log goes to standard error."));
    line.addOption({QStringLiteral("key")}, Text::tr("File with the key that signs: 64 hex digits. Default: SLUICE_SENDER_KEY."), QStringLiteral("FILE"));
    line.addOption({QStringLiteral("keystore")}, Text::tr("Encrypted key file (Web3 secret storage) instead."), QStringLiteral("FILE"));
    line.addOption({QStringLiteral("password-env")}, Text::tr("Environment variable with its password."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("address")}, Text::tr("IP address to listen on; default: 127.0.0.1. Any other one needs --api-key-env or --webhook."), QStringLiteral("IP"));
    line.addOption({QStringLiteral("port")}, Text::tr("Port; default: a free one."), QStringLiteral("N"));
    line.addOption({QStringLiteral("host")},
        Text::tr("A name by which clients reach this server besides the addresses of this machine; may be repeated."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("api-key-env")},
        Text::tr("Environment variable with the key that one caller must bring as a bearer; may be repeated.\nThe variable's name is the caller's."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("max-price")},
        Text::tr("Dearest price to sign for, in wei per unit (second, pixel or job), of one job type (lv2v, live, fixed, byoc)\nor of every other one; may be repeated."),
        QStringLiteral("[TYPE=]AMOUNT"));
    line.addOption({QStringLiteral("cap-per-caller")}, Text::tr("What each caller may spend in all, in expected value; needs --state."), QStringLiteral("AMOUNT"));
    line.addOption({QStringLiteral("state")}, Text::tr("File that keeps what callers spent and how far their payments have come."), QStringLiteral("FILE"));
    line.addOption({QStringLiteral("webhook")}, Text::tr("Is asked before each payment whether it may be signed."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("webhook-key-env")}, Text::tr("Environment variable with the bearer that proves this signer to the webhook."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("discovery")}, Text::tr("Discovery URL whose list of orchestrators is passed on to callers."), QStringLiteral("URL"));
    line.addJson();
    line.addNote(Text::tr("The first line is {\"event\":\"ready\",\"url\":…,\"address\":…}. Without --state, budgets and chains of payments go with the process."));
    line.addExample(QStringLiteral("ALICE=… sluicectl signer --key key.txt --port 8936 --api-key-env ALICE --cap-per-caller \"0.01 ETH\" --state signer.sqlite"),
        Text::tr("One caller, who may spend a hundredth of an ether."));
    return line;
}

PrivateKey keyFrom(const CommandLine &line)
{
    if (line.has(QStringLiteral("keystore"))) {
        QFile file(line.value(QStringLiteral("keystore")));
        if (!file.open(QIODevice::ReadOnly))
            throw Error(Error::Kind::Config, Text::tr("The key file %1 cannot be read: %2.").arg(file.fileName(), file.errorString()));
        if (!line.has(QStringLiteral("password-env")))
            throw Error(Error::Kind::InvalidInput, Text::tr("--keystore needs --password-env NAME."));
        auto key = keystore::decrypt(file.read(64 * 1024), variableNamed(line.value(QStringLiteral("password-env")), QStringLiteral("password-env")));
        if (!key)
            throw key.error().error;
        return std::move(*key);
    }
    const Secret hex = line.has(QStringLiteral("key")) ? readSenderKey(line.value(QStringLiteral("key"))) : secretVariable("SLUICE_SENDER_KEY");
    if (hex.isEmpty())
        throw Error(Error::Kind::Config, Text::tr("There is no key to sign with."))
            .withAdvice(Text::tr("Give it with --key FILE, --keystore FILE or SLUICE_SENDER_KEY."));
    return orThrow(PrivateKey::fromHex(hex.expose()));
}

/// "lv2v=1/2", "8 gwei": a price may be a fraction of a wei.
PriceCeilings ceilingsFrom(const CommandLine &line)
{
    static const QStringList types{QStringLiteral("lv2v"), QStringLiteral("live"), QStringLiteral("fixed"), QStringLiteral("byoc")};
    PriceCeilings ceilings;
    const QStringList given = line.values(QStringLiteral("max-price"));
    for (const QString &written : given) {
        const qsizetype equals = written.indexOf(QLatin1Char('='));
        const QString type = written.left(std::max<qsizetype>(0, equals));
        const QString text = written.mid(equals + 1).trimmed();
        const auto fraction = rationalFromText(text);
        const auto wei = amount::parse(text);
        const bool isKnown = type.isEmpty() || types.contains(type);
        if (!isKnown || (!fraction && !wei) || (fraction && *fraction < 0))
            throw Error(Error::Kind::InvalidInput, Text::tr("--max-price \"%1\" does not read [TYPE=]AMOUNT.").arg(written.left(200)))
                .withAdvice(Text::tr("TYPE is one of %1; an amount is \"8 gwei\", a number of wei, or a fraction such as 1/2.").arg(types.join(QStringLiteral(", "))));
        ceilings.insert(type, fraction ? *fraction : Rational(*wei));
    }
    return ceilings;
}

ServerOptions optionsFrom(const CommandLine &line)
{
    ServerOptions options;
    if (line.has(QStringLiteral("address")))
        options.address = line.value(QStringLiteral("address"));
    options.port = quint16(line.number(QStringLiteral("port"), 0, 0, 65535));
    options.hosts = line.values(QStringLiteral("host"));
    const QStringList names = line.values(QStringLiteral("api-key-env"));
    for (const QString &name : names)
        options.callers.append({name, variableNamed(name, QStringLiteral("api-key-env"))});
    options.rules.maxPrice = ceilingsFrom(line);
    if (const auto cap = weiOption(line, QStringLiteral("cap-per-caller")))
        options.cap = orThrow(weiFromDecimal(*cap));
    if (options.cap && !line.has(QStringLiteral("state")))
        throw Error(Error::Kind::InvalidInput, Text::tr("--cap-per-caller needs --state FILE: what was spent must not be forgotten with the process."));
    options.webhook.url = line.httpUrl(QStringLiteral("webhook"));
    if (line.has(QStringLiteral("webhook-key-env"))) {
        const Secret bearer = variableNamed(line.value(QStringLiteral("webhook-key-env")), QStringLiteral("webhook-key-env"));
        options.webhook.headers.emplaceBack("Authorization", "Bearer " + bearer.expose().toByteArray());
    }
    options.discovery = line.httpUrl(QStringLiteral("discovery"));
    return options;
}

} // namespace

QCoro::Task<int> signerCommand(QStringList arguments)
{
    CommandLine line = signerLine();
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    const ServerOptions options = optionsFrom(line);
    const PrivateKey key = keyFrom(line);
    std::shared_ptr<signer::BudgetBook> book = std::make_shared<signer::MemoryBudgetBook>();
    if (line.has(QStringLiteral("state")))
        book = std::make_shared<signer::StoredBudgetBook>(QFileInfo(line.value(QStringLiteral("state"))).absoluteFilePath());
    IoThread io;
    signer::Server server(io, key, options, book);
    const QUrl url = orThrow(server.listen());
    const bool always = true; // scripts of before read it without --json
    const Json more{{QStringLiteral("address"), key.address().toChecksum()}};
    writeReady(always, url.toString(), more);
    QCoro::Task<int> serving = serveUntilStopped(&server);
    co_return co_await serving;
}

} // namespace sluice::ctl
