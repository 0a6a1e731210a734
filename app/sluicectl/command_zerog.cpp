#include "command_words.h"
#include "commands.h"
#include "text.h"
#include "zerog_commands.h"

namespace sluice::ctl {

QCoro::Task<int> zerogCommand(QStringList arguments)
{
    CommandLine line(QStringLiteral("zerog"), QStringLiteral("provider|user|ledger|network [options]"),
        Text::tr("0G serving on this machine, and the network of today to be looked at.\n"
                 "  provider  be the agent that sells services, until Ctrl-C\n"
                 "  user      be the agent that calls and pays them, until Ctrl-C\n"
                 "  ledger    set up, show and call the contract's accounts, refunds and settlements in a file that both agents share\n"
                 "  network   show what today's contracts have: services, prices and a wallet's money\n"
                 "Each has --help."));
    line.addExample(QStringLiteral("sluicectl zerog provider --ledger ledger.db --key provider.key"), Text::tr("Sells services."));
    line.addExample(QStringLiteral("sluicectl zerog user --ledger ledger.db --key user.key"), Text::tr("Calls them."));
    line.addExample(QStringLiteral("sluicectl zerog ledger show --ledger ledger.db"), Text::tr("Everything that the ledger holds."));
    line.addExample(QStringLiteral("sluicectl zerog network --chain https://evmrpc.0g.ai"), Text::tr("What is sold on 0G's mainnet, and for how much."));
    const QList<CommandWord> words{{"provider", &zerogProvider}, {"user", &zerogUser}, {"ledger", &zerogLedger}, {"network", &zerogNetwork}};
    QCoro::Task<int> running = runWord(&line, words, arguments);
    co_return co_await running;
}

} // namespace sluice::ctl
