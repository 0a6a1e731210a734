#pragma once

#include "command_line.h"

#include <QCoro/QCoroTask>

namespace sluice::ctl {

/// One word of a command that is several, as "jobs" of "worker".
struct CommandWord {
    const char *name;
    QCoro::Task<int> (*run)(QStringList arguments);
};

/// Runs the word that `arguments` begin with, with what follows it; without one of `words` the help of `line`, or what there is. `--json` may stand in front of the word, too. `line` must outlive it.
QCoro::Task<int> runWord(CommandLine *line, QList<CommandWord> words, QStringList arguments);

} // namespace sluice::ctl
