#pragma once

#include "orchestrator_book_p.h"

namespace sluice::liverunner {

/// Where a request goes on to.
struct Passage {
    Passage() = default; // no aggregate: DESIGN.md 3
    std::shared_ptr<Runner> runner;
    std::shared_ptr<Session> session;
    QUrl target;    ///< invalid: the app's own address
    QByteArray path; ///< behind the target's, in its percent-encoding, without a slash before it
};

/// Passes the request on to the app, and the answer back, both as they come; a websocket as well (live-runner.md 7).
Awaitable<void> forward(SharedContext context, Passage passage, ServerRequest request, ServerResponse &response);

/// Whether a path has segments that lead elsewhere once they are decoded.
[[nodiscard]] bool hasDotSegments(const QByteArray &path);

} // namespace sluice::liverunner
