#pragma once

#include <QCoro/QCoroTask>
#include <QtCore/QStringList>

namespace sluice::ctl {

/// A program's main(): sets up what all of them have and runs `dispatch` with the arguments; its exit code.
int runProgram(int argc, char **argv, QCoro::Task<int> (*dispatch)(QStringList));

} // namespace sluice::ctl
