#pragma once

#include "backend_p.h"

#include "sluice/livepeer/call_funding.h"

namespace sluice::byoc {

/// Keeps an event stream paid that may last longer than what its start paid for: orchestrators debit it every few seconds and end it when
/// nothing is left (byoc.md 4.6). Null where what was paid covers the whole stream, where a gateway pays, and where nothing is to be paid.
[[nodiscard]] std::unique_ptr<livepeer::CallFunding> fundingOf(
    std::shared_ptr<Access> access, const BackendCall &call, const JobAnswer &answer, std::shared_ptr<CallSink> sink);

} // namespace sluice::byoc
