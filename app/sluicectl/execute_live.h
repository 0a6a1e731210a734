#pragma once

#include "connection.h"

#include "sluice/backend/call.h"

namespace sluice::ctl {

/// What `sluicectl live` sends and shows.
struct LiveWishes {
    QString source; ///< "camera", "camera:NAME", "pattern", a file; empty: standard input, for jobs that are not video
    int width = 640;
    int height = 480;
    PublishOptions publish;
    double maxFramesPerSecond = 60; ///< a file that has more is thinned
    std::chrono::milliseconds duration{0}; ///< zero: until the input ends or Ctrl-C
    QString outFile;
    bool raw = false;
    qint64 linesPerSegment = 0; ///< zero: what comes while a reader takes in a segment
    bool json = false;
};

/// Runs the job and prints what it gives; the exit code. Closes the connection. Throws what keeps the job from running.
QCoro::Task<int> executeLive(Call call, std::shared_ptr<Connection> connection, LiveWishes wishes);

} // namespace sluice::ctl
