#pragma once

#include <QCoro/QCoroTask>
#include <QtCore/QStringList>

/// The subcommands, one file each. Each gets the arguments after its name, writes results to standard output and everything
/// else to standard error, and gives the exit code; an Error that it throws is printed by main().
namespace sluice::ctl {

QCoro::Task<int> sandboxCommand(QStringList arguments);
QCoro::Task<int> capabilitiesCommand(QStringList arguments);
QCoro::Task<int> capabilityCommand(QStringList arguments);
QCoro::Task<int> describeCommand(QStringList arguments);
QCoro::Task<int> runCommand(QStringList arguments);
QCoro::Task<int> streamCommand(QStringList arguments);
QCoro::Task<int> liveCommand(QStringList arguments);
QCoro::Task<int> sessionCommand(QStringList arguments);
QCoro::Task<int> trickleCommand(QStringList arguments);
QCoro::Task<int> balanceCommand(QStringList arguments);
QCoro::Task<int> accountsCommand(QStringList arguments);
QCoro::Task<int> limitsCommand(QStringList arguments);
QCoro::Task<int> ticketsCommand(QStringList arguments);
QCoro::Task<int> historyCommand(QStringList arguments);
QCoro::Task<int> snippetCommand(QStringList arguments);
QCoro::Task<int> signCommand(QStringList arguments);
QCoro::Task<int> signerCommand(QStringList arguments);
QCoro::Task<int> profileCommand(QStringList arguments);
QCoro::Task<int> serveCommand(QStringList arguments);
QCoro::Task<int> jobsCommand(QStringList arguments);
QCoro::Task<int> networkCommand(QStringList arguments);
QCoro::Task<int> workerCommand(QStringList arguments);
QCoro::Task<int> zerogCommand(QStringList arguments);

struct Command {
    const char *name;
    const char *summary;
    QCoro::Task<int> (*run)(QStringList);
};

/// All of them, in the order in which help lists them.
[[nodiscard]] const QList<Command> &commands();

/// Runs what the program was asked for; prints help, versions and errors itself.
QCoro::Task<int> dispatch(QStringList arguments);

} // namespace sluice::ctl
