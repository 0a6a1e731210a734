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
    CommandLine line(QStringLiteral("zerog"), QStringLiteral("ledger [options]"),
        Text::tr("0G serving on this machine: the contract's accounts, refunds and settlements as a file. `sluicectl zerog ledger --help` has the words of each."));
    line.addExample(QStringLiteral("sluicectl zerog ledger show --ledger ledger.db"), Text::tr("Everything that it holds."));
    if (what == QLatin1String("--help") || what == QLatin1String("-h")) {
        const auto code = line.parse({what}, 0, 0);
        co_return code.value_or(ExitOk);
    }
    if (what.isEmpty())
        co_return line.refuse(Text::tr("zerog needs a word: ledger."));
    const QString near = closest(what, {QStringLiteral("ledger")});
    co_return line.refuse(near.isEmpty() ? Text::tr("zerog knows no \"%1\"; there is ledger.").arg(what)
                                         : Text::tr("zerog knows no \"%1\". Did you mean \"%2\"?").arg(what, near));
}

} // namespace sluice::ctl
