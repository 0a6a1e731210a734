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
    CommandLine line(QStringLiteral("zerog"), QStringLiteral("provider|user|ledger [options]"),
        Text::tr("0G serving on this machine: a provider agent that sells services, a user agent that calls and pays them, and the contract's accounts, refunds and "
                 "settlements as a file that both share. `sluicectl zerog provider --help` and the like have the options of each."));
    line.addExample(QStringLiteral("sluicectl zerog provider --ledger ledger.db --key provider.key"), Text::tr("Sells services."));
    line.addExample(QStringLiteral("sluicectl zerog user --ledger ledger.db --key user.key"), Text::tr("Calls them."));
    line.addExample(QStringLiteral("sluicectl zerog ledger show --ledger ledger.db"), Text::tr("Everything that the ledger holds."));
    if (what == QLatin1String("--help") || what == QLatin1String("-h")) {
        const auto code = line.parse({what}, 0, 0);
        co_return code.value_or(ExitOk);
    }
    if (what.isEmpty())
        co_return line.refuse(Text::tr("zerog needs a word: provider, user or ledger."));
    const QString near = closest(what, {QStringLiteral("provider"), QStringLiteral("user"), QStringLiteral("ledger")});
    co_return line.refuse(near.isEmpty() ? Text::tr("zerog knows no \"%1\"; there are provider, user and ledger.").arg(what)
                                         : Text::tr("zerog knows no \"%1\". Did you mean \"%2\"?").arg(what, near));
}

} // namespace sluice::ctl
