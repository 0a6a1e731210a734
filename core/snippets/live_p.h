#pragma once

#include "sluice/snippets/plan_p.h"

namespace sluice::detail {

/// live-video-to-video, which the published Python package opens with start_lv2v.
[[nodiscard]] bool isLiveVideo(const Call &call);

/// A whole script: start, a payment now and then, updates from standard input, stop. `head` and `body` are the script's beginning and
/// the function that prints the parameters.
[[nodiscard]] QStringList liveCurl(const Plan &plan, const Call &call);
/// What comes after the call was made up, to the end of main().
[[nodiscard]] QStringList liveCpp(const CapabilityInfo::LiveChannels &channels);
[[nodiscard]] QStringList liveCppIncludes(const CapabilityInfo::LiveChannels &channels);
[[nodiscard]] QStringList livePreview(const Plan &plan, const Call &call);
[[nodiscard]] Snippet livePublished(const Plan &plan, const Call &call);

} // namespace sluice::detail
