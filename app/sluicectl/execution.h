#pragma once

#include "connection.h"

#include "sluice/backend/call.h"

namespace sluice::ctl {

/// How a call's answer is shown.
struct Presentation {
    bool json = false;
    bool raw = false; ///< of a stream: each event's data on a line of its own, also where it holds chat text
    bool noCheck = false; ///< send it whatever is known of the capability (call_check.h)
    QString outFile;  ///< of a run: where the bytes go; empty: standard output
};

/// Makes the call and prints its answer; Ctrl-C cancels it. The exit code. Closes the connection. Throws what the call throws.
QCoro::Task<int> executeRun(Call call, std::shared_ptr<Connection> connection, Presentation presentation);
QCoro::Task<int> executeStream(Call call, std::shared_ptr<Connection> connection, Presentation presentation);
/// The call that a command line of `run` or `stream` describes, on the network that it names.
QCoro::Task<int> executeLine(const CommandLine *line, Verb verb);
/// Whichever its verb says.
QCoro::Task<int> execute(Call call, std::shared_ptr<Connection> connection, Presentation presentation);

} // namespace sluice::ctl
