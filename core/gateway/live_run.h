#pragma once

#include "sluice/gateway/gateway.h"

#include <chrono>
#include <functional>
#include <memory>

namespace sluice {

/// What a script wants of a live job.
struct LiveRunOptions {
    std::shared_ptr<media::VideoSource> source; ///< null: nothing is published
    PublishOptions publish;
    /// From the moment that the job runs; zero: until the source or the job ends.
    std::chrono::milliseconds duration{0};
    QString recordTo; ///< MPEG-TS file for what comes back; empty: none
    std::function<void(const media::Frame &)> frame; ///< on the decoder's thread
    std::function<void(const Json &)> event;
    std::function<void(const Json &)> data;
};

/// How it went.
struct LiveRunResult {
    QString runId;
    LiveStats stats;
    Payment payment;
    std::optional<Error> error; ///< set when the job did not start or did not end as asked
};

/// Runs a live job from start to stop before it returns, for scripts and tests: an event loop of its own turns meanwhile, so
/// that a program with a window must not call it. On the Gateway's thread.
[[nodiscard]] LiveRunResult runLive(Gateway &gateway, const Call &call, const LiveRunOptions &options);

} // namespace sluice
