#pragma once

#include <QtCore/QLoggingCategory>

namespace sluice {

Q_DECLARE_LOGGING_CATEGORY(logNet)
Q_DECLARE_LOGGING_CATEGORY(logPayments)
Q_DECLARE_LOGGING_CATEGORY(logStore)
Q_DECLARE_LOGGING_CATEGORY(logByoc)
Q_DECLARE_LOGGING_CATEGORY(logLiveRunner)
Q_DECLARE_LOGGING_CATEGORY(logRunner)
Q_DECLARE_LOGGING_CATEGORY(logSandbox)
Q_DECLARE_LOGGING_CATEGORY(logTrickle)
Q_DECLARE_LOGGING_CATEGORY(logUi)

/// Sends log lines to standard error as "time level category message"; standard output stays for results. Words of others in
/// them are no commands to a terminal (visibleText()).
void installLogHandler();

} // namespace sluice
