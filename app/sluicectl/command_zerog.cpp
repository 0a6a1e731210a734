#include "command_line.h"
#include "commands.h"
#include "text.h"
#include "zerog_commands.h"

namespace sluice::ctl {

QCoro::Task<int> zerogCommand(QStringList arguments)
{
    const QString what = arguments.isEmpty() ? QString() : arguments.takeFirst();
    if (what == QLatin1String("ledger"))
        co_return co_await zerogLedger(arguments);
    if (what == QLatin1String("provider"))
        co_return co_await zerogProvider(arguments);
    if (what == QLatin1String("user"))
        co_return co_await zerogUser(arguments);
    if (what == QLatin1String("network"))
        co_return co_await zerogNetwork(arguments);
    CommandLine line(QStringLiteral("zerog"), QStringLiteral("provider|user|ledger|network [options]"),
        Text::tr("0G serving on this machine: a provider agent that sells services, a user agent that calls and pays them, and the contract's accounts, refunds and "
                 "settlements as a file that both share; and, to be looked at, the network of today as its contracts have it. `sluicectl zerog provider --help` and the like have the options of each."));
    line.addExample(QStringLiteral("sluicectl zerog provider --ledger ledger.db --key provider.key"), Text::tr("Sells services."));
    line.addExample(QStringLiteral("sluicectl zerog user --ledger ledger.db --key user.key"), Text::tr("Calls them."));
    line.addExample(QStringLiteral("sluicectl zerog ledger show --ledger ledger.db"), Text::tr("Everything that the ledger holds."));
    line.addExample(QStringLiteral("sluicectl zerog network --chain https://evmrpc.0g.ai"), Text::tr("What is sold on 0G's mainnet, and for how much."));
    if (what == QLatin1String("--help") || what == QLatin1String("-h")) {
        const auto code = line.parse({what}, 0, 0);
        co_return code.value_or(ExitOk);
    }
    if (what.isEmpty())
        co_return line.refuse(Text::tr("zerog needs a word: provider, user, ledger or network."));
    const QString near = closest(what, {QStringLiteral("provider"), QStringLiteral("user"), QStringLiteral("ledger"), QStringLiteral("network")});
    co_return line.refuse(near.isEmpty() ? Text::tr("zerog knows no \"%1\"; there are provider, user, ledger and network.").arg(what)
                                         : Text::tr("zerog knows no \"%1\". Did you mean \"%2\"?").arg(what, near));
}

} // namespace sluice::ctl
