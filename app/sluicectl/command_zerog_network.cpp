#include "await.h"
#include "connection.h"
#include "output.h"
#include "render.h"
#include "text.h"
#include "zerog_commands.h"
#include "zerog_options.h"

#include "sluice/backend/backend_services.h"
#include "sluice/backend/remote_network.h"
#include "sluice/zerog/backend.h"
#include "sluice/zerog/neuron.h"

namespace sluice::ctl {

namespace {

CommandLine networkLine()
{
    CommandLine line(QStringLiteral("zerog network"), QStringLiteral("[--chain URL] [options]"),
        Text::tr("0G's compute network of today, read from its contracts by a node's JSON-RPC: services and prices, and what a wallet has in itself, in the ledger and at "
                 "providers. Nothing is signed or spent."));
    line.addOption({QStringLiteral("chain")}, Text::tr("JSON-RPC address of a node; default: the profile's."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("ledger-contract")}, Text::tr("Address of LedgerManager; not needed on 0G's mainnet and testnet."), QStringLiteral("ADDRESS"));
    line.addOption({QStringLiteral("wallet")}, Text::tr("Whose money is shown; default: the profile's, else that of its user agent."), QStringLiteral("ADDRESS"));
    line.addOption({QStringLiteral("profile")}, Text::tr("Profile whose settings of 0G serving are used; default: the current one. Not looked at with --chain."), QStringLiteral("NAME"));
    line.addJson();
    addNeuronNote(line);
    line.addExample(QStringLiteral("sluicectl zerog network --chain https://evmrpc.0g.ai --wallet 0xf39F…2266"), Text::tr("Mainnet, and one wallet's three pots."));
    return line;
}

/// A profile's settings of 0G serving, with what the command line says over them.
QCoro::Task<BackendSettings> networkSettings(const CommandLine *line, std::shared_ptr<UserData> data)
{
    BackendSettings settings;
    if (!line->has(QStringLiteral("chain"))) {
        ProfileStore profiles(data);
        const QList<Profile> known = co_await profiles.list();
        QString name = line->value(QStringLiteral("profile"));
        if (name.isEmpty())
            name = co_await profiles.current();
        settings.values = profileNamed(name, known).backends.value(zerog::backendKind().id, Json::object());
        if (settings.text(QStringLiteral("chain_url")).isEmpty())
            throw Error(Error::Kind::Config, Text::tr("The profile \"%1\" names no chain for 0G serving.").arg(name)).withAdvice(Text::tr("Say one: --chain https://evmrpc.0g.ai"));
    }
    const std::pair<const char *, const char *> options[]{{"chain", "chain_url"}, {"ledger-contract", "chain_ledger"}, {"wallet", "wallet"}};
    for (const auto &[option, setting] : options) {
        if (line->has(QLatin1String(option)))
            settings.values.insert(QLatin1String(setting), line->value(QLatin1String(option)));
    }
    co_return settings;
}

QString isoTime(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODate);
}

Json asJson(const NetworkService &service)
{
    return Json{{"provider", service.provider}, {"type", service.type}, {"model", service.model}, {"url", service.url}, {"inputPrice", service.inputPrice},
        {"outputPrice", service.outputPrice}, {"updatedAt", isoTime(service.updatedAt)}, {"verifiability", service.verifiability}, {"signer", service.signer},
        {"ownerAcknowledged", service.ownerAcknowledged}, {"userAcknowledged", service.userAcknowledged}};
}

Json asJson(const NetworkAccount &account)
{
    Json refunds = Json::array();
    for (const AccountRefund &refund : account.refunds)
        refunds.append(Json{{"index", qint64(refund.index)}, {"amount", refund.amount}, {"askedAt", isoTime(refund.askedAt)}, {"dueAt", isoTime(refund.dueAt)}});
    return Json{{"provider", account.provider}, {"balance", account.balance}, {"pendingRefund", account.pendingRefund}, {"refunds", refunds}, {"acknowledged", account.acknowledged}};
}

Json asJson(const NetworkBook &book)
{
    Json services = Json::array();
    for (const NetworkService &service : book.services)
        services.append(asJson(service));
    Json json{{"chainId", book.chainId}, {"chain", book.chain}, {"block", book.block}, {"at", isoTime(book.at)}, {"unit", book.unit}, {"ledgerContract", book.ledgerContract},
        {"serviceContract", book.serviceContract}, {"serviceName", book.serviceName}, {"lockSeconds", book.lockSeconds}, {"whole", book.isWhole}, {"services", services}};
    if (book.owner.isEmpty())
        return json;
    Json accounts = Json::array();
    for (const NetworkAccount &account : book.accounts)
        accounts.append(asJson(account));
    Json money{{"owner", book.owner}, {"wallet", book.wallet}, {"accounts", accounts}};
    if (book.hasLedger)
        money.insert(QStringLiteral("ledger"), Json{{"total", book.ledgerTotal}, {"available", book.ledgerAvailable}});
    json.insert(QStringLiteral("money"), money);
    return json;
}

QString amount(const QString &neuron)
{
    return zerog::neuron::human(orThrow(weiFromDecimal(neuron)), 40);
}

void printMoney(const NetworkBook &book)
{
    if (book.owner.isEmpty()) {
        writeText(book.ownerFault.isEmpty() ? Text::tr("Whose money is there is not shown: say --wallet ADDRESS.") + QLatin1Char('\n')
                                            : Text::tr("Whose money is there is not known: %1").arg(book.ownerFault) + QLatin1Char('\n'));
        return;
    }
    writeText(Text::tr("Money of %1:").arg(book.owner) + QLatin1Char('\n'));
    writeText(Text::tr("  1. in the wallet: %1").arg(amount(book.wallet)) + QLatin1Char('\n'));
    writeText((book.hasLedger ? Text::tr("  2. in the ledger: %1, of it free to be sent to providers or taken back: %2").arg(amount(book.ledgerTotal), amount(book.ledgerAvailable))
                              : Text::tr("  2. in the ledger: nothing, there is none yet")) + QLatin1Char('\n'));
    writeText((book.accounts.isEmpty() ? Text::tr("  3. at providers: no account yet") : Text::tr("  3. at providers:")) + QLatin1Char('\n'));
    for (const NetworkAccount &account : book.accounts) {
        writeText(QStringLiteral("     %1  %2  %3\n").arg(account.provider, amount(account.balance), account.acknowledged ? Text::tr("acknowledged") : Text::tr("not acknowledged")));
        for (const AccountRefund &refund : account.refunds)
            writeText(Text::tr("       of it %1 on the way back to the ledger, due %2").arg(amount(refund.amount), isoTime(refund.dueAt)) + QLatin1Char('\n'));
    }
}

void print(const NetworkBook &book)
{
    const QString chain = book.chain.isEmpty() ? Text::tr("chain %1").arg(book.chainId) : Text::tr("%1 (chain %2)").arg(book.chain, book.chainId);
    writeText(Text::tr("%1, block %2 of %3").arg(chain, book.block, isoTime(book.at)) + QLatin1Char('\n'));
    writeText(Text::tr("ledger %1, %2 %3").arg(book.ledgerContract, book.serviceName, book.serviceContract) + QStringLiteral("\n\n"));
    printMoney(book);
    writeText(QStringLiteral("\n"));
    QList<QStringList> rows{{Text::tr("PROVIDER"), Text::tr("TYPE"), Text::tr("MODEL"), Text::tr("PRICE IN"), Text::tr("PRICE OUT"), Text::tr("ACKNOWLEDGED")}};
    for (const NetworkService &service : book.services)
        rows.append({service.provider, service.type, service.model, amount(service.inputPrice), amount(service.outputPrice), toWords(service.acknowledgement())});
    if (book.services.isEmpty())
        writeText(Text::tr("No provider sells anything there.") + QLatin1Char('\n'));
    else
        writeText(table(rows));
    writeText(QLatin1Char('\n') + acknowledgementMeaning() + QLatin1Char('\n'));
    if (!book.isWhole)
        writeErr(Text::tr("There is more than is shown: reading ended at %1 services.").arg(book.services.size()));
}

} // namespace

QCoro::Task<int> zerogNetwork(QStringList arguments)
{
    CommandLine line = networkLine();
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    const std::shared_ptr<UserData> data = openUserDataToRead();
    QCoro::Task<BackendSettings> finding = networkSettings(&line, data);
    const BackendSettings settings = co_await finding;
    BackendServices services(data, CallTiming(), SpendPolicy());
    const std::unique_ptr<Backend> backend = zerog::backendKind().make(services, settings);
    RemoteNetwork *network = RemoteAccounts::of(*backend)->network();
    const QFuture<NetworkBook> reading = toFuture(network->read(CallContext()));
    const NetworkBook book = co_await settled(reading);
    if (line.json())
        writeOut(asJson(book).dump() + '\n');
    else
        print(book);
    co_return ExitOk;
}

} // namespace sluice::ctl
