#pragma once

#include "sluice/base/error.h"

namespace sluice::ctl {

/// What the program's exit status says; stable, for scripts. The same table stands in `sluicectl --help`.
enum ExitCode {
    ExitOk = 0,
    ExitFailed = 1,    ///< the call was made and failed
    ExitUsage = 2,     ///< the command line, the input or the configuration is wrong; nothing was sent
    ExitNetwork = 3,   ///< no orchestrator could be reached or used
    ExitPayment = 4,   ///< a payment, a price, a balance or a spend limit stood in the way
    ExitCanceled = 5,  ///< cancelled by the other side
    ExitTimeout = 6,   ///< the deadline passed
    ExitInterrupted = 130, ///< Ctrl-C or SIGTERM before the work was done: what shells give for it
};

/// The status that an error ends the program with.
[[nodiscard]] int exitCodeFor(const Error &error);

} // namespace sluice::ctl
