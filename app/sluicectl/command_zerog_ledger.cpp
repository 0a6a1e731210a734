#include "command_words.h"
#include "stdin_lines.h"
#include "text.h"
#include "zerog_commands.h"
#include "zerog_options.h"

#include "sluice/base/async.h"
#include "sluice/zerog/ledger_call.h"
#include "sluice/zerog/local_ledger.h"
#include "sluice/zerog/neuron.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QFileInfo>

namespace sluice::ctl {

using zerog::LocalLedger;

namespace {

constexpr qint64 maxLockTime = 10LL * 365 * 86400;
constexpr qsizetype maxCallBytes = 64 * 1024 * 1024;

std::shared_ptr<LocalLedger> opened(const CommandLine &line)
{
    return std::shared_ptr<LocalLedger>(orThrow(LocalLedger::open(zerogLedgerFile(line))));
}

void print(const Json &json)
{
    writeOut(json.dump() + '\n');
}

/// All of standard input.
QCoro::Task<QByteArray> standardInput()
{
    StdinLines input;
    QByteArray all;
    const Completion<void> over;
    QObject::connect(&input, &StdinLines::line, &input, [&](const QByteArray &bytes) {
        all += bytes;
        if (all.size() > maxCallBytes)
            over.fail(Error(Error::Kind::TooLarge, Text::tr("More than %1 bytes came on standard input.").arg(maxCallBytes)));
        input.taken();
    });
    QObject::connect(&input, &StdinLines::ended, &input, [&] { over.finish(); });
    input.start(true);
    const QFuture<void> ended = over.future();
    co_await ended;
    co_return all;
}

QList<std::pair<Address, U256>> walletsOf(const CommandLine &line)
{
    QList<std::pair<Address, U256>> wallets;
    for (const QString &one : line.values(QStringLiteral("fund"))) {
        const auto address = Address::fromHex(one.section(QLatin1Char('='), 0, 0));
        const auto amount = u256FromDecimal(one.section(QLatin1Char('='), 1));
        if (!address || !amount)
            throw Error(Error::Kind::Config, Text::tr("--fund takes ADDRESS=NEURON, for example 0xf39F…2266=1000000, not \"%1\".").arg(one));
        wallets.append({*address, *amount});
    }
    return wallets;
}

QCoro::Task<int> initLedger(QStringList arguments)
{
    CommandLine line(QStringLiteral("zerog ledger init"), QStringLiteral("--ledger FILE --key HEX [options]"), Text::tr("Sets a new ledger up, as its owner."));
    addZerogOptions(line, Text::tr("The key of the owner, who may change the lock time later."));
    line.addOption({QStringLiteral("lock-time")}, Text::tr("Seconds that a refund is locked; default %1.").arg(LocalLedger::DefaultLockTime), QStringLiteral("SECONDS"));
    line.addOption({QStringLiteral("fund")}, Text::tr("Neuron in a wallet. May be repeated. With it wallets hold what there is and none goes\nbelow zero; without it they are not counted."), QStringLiteral("ADDRESS=NEURON"));
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    LocalLedger::Genesis genesis;
    genesis.owner = zerogKey(line).address();
    genesis.lockTime = line.number(QStringLiteral("lock-time"), LocalLedger::DefaultLockTime, 0, maxLockTime);
    genesis.wallets = walletsOf(line);
    const auto ledger = opened(line);
    const zerog::Settled<void> done = co_await ledger->initialize(genesis);
    if (!done)
        throw done.error().toError();
    print(Json{{"lockTime", genesis.lockTime}, {"owner", genesis.owner.toChecksum()}});
    co_return ExitOk;
}

QCoro::Task<int> showLedger(QStringList arguments)
{
    CommandLine line(QStringLiteral("zerog ledger show"), QStringLiteral("--ledger FILE"), Text::tr("Prints lock time, wallets, accounts and services of one moment as JSON."));
    addNeuronNote(line);
    line.addExample(QStringLiteral("sluicectl zerog ledger show --ledger ledger.db"), Text::tr("Everything that the ledger holds."));
    line.addOption({QStringLiteral("ledger")}, Text::tr("The ledger's file."), QStringLiteral("FILE"));
    line.addJson();
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    const QString file = zerogLedgerFile(line);
    if (!QFileInfo::exists(file))
        throw Error(Error::Kind::Config, Text::tr("There is no ledger %1.").arg(file));
    const auto ledger = opened(line);
    const Json all = co_await ledger->snapshot();
    print(all);
    co_return ExitOk;
}

QCoro::Task<int> callLedger(QStringList arguments)
{
    CommandLine line(QStringLiteral("zerog ledger call"), QStringLiteral("--ledger FILE --key HEX"), Text::tr("Calls a function of the contract as the key's account. Standard input has {\"method\",\"args\",\"value\"}."));
    addZerogOptions(line, Text::tr("The key of the caller."));
    line.addNote(Text::tr("Functions: %1.").arg(zerog::callNames().join(QStringLiteral(", "))));
    line.addNote(Text::tr("Prints {\"ok\":true,\"result\":…}, or {\"ok\":false,\"error\":\"NonceUsed(0,2,1)\"} when the contract refuses; the exit status is then 1."));
    line.addExample(QStringLiteral("echo '{\"method\":\"depositFund\",\"args\":[\"0xf39F…2266\"],\"value\":1000}' | sluicectl zerog ledger call --ledger ledger.db"), Text::tr("A deposit, with the key of SLUICE_ZEROG_KEY."));
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    const PrivateKey caller = zerogKey(line);
    const std::shared_ptr<zerog::Ledger> ledger = opened(line);
    const QByteArray text = co_await standardInput();
    Json::Limits limits;
    limits.maxBytes = maxCallBytes;
    limits.maxMemory = 16 * maxCallBytes;
    const Json request = orThrow(Json::parse(text, limits));
    const Json answer = co_await zerog::callByName(ledger, caller, request);
    print(answer);
    co_return answer.value(QStringLiteral("ok")).toBool() ? ExitOk : ExitFailed;
}

} // namespace

QCoro::Task<int> zerogLedger(QStringList arguments)
{
    CommandLine line(QStringLiteral("zerog ledger"), QStringLiteral("init|show|call --ledger FILE [options]"),
        Text::tr("The contract's accounts, services, refunds and settlements in one file, with its rules.\n"
                 "  init  set a new one up, as its owner\n"
                 "  show  print all that it holds at one moment, as JSON\n"
                 "  call  call a function of the contract\n"
                 "Each has --help."));
    line.addExample(QStringLiteral("sluicectl zerog ledger init --ledger ledger.db --lock-time 3600 --key owner.key"), Text::tr("A new one, with refunds after an hour."));
    const QList<CommandWord> words{{"init", &initLedger}, {"show", &showLedger}, {"call", &callLedger}};
    QCoro::Task<int> running = runWord(&line, words, arguments);
    co_return co_await running;
}

} // namespace sluice::ctl
