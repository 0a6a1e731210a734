#pragma once

#include "backend_p.h"

namespace sluice::byoc {

/// Keeps an event stream paid that may last longer than what its start paid for: orchestrators debit it every few seconds and end it when
/// nothing is left (byoc.md 4.6). Lives on the calls' thread.
class StreamFunding {
public:
    /// Nothing where what was paid covers the whole stream, where a gateway pays, and where nothing is to be paid.
    [[nodiscard]] static std::unique_ptr<StreamFunding> of(
        std::shared_ptr<Access> access, const BackendCall &call, const JobAnswer &answer, std::shared_ptr<CallSink> sink);
    /// Looks and pays until `context` is cancelled, or what is paid covers the rest; a sentence goes to the call's notes once nothing
    /// further can be paid. Never throws; what goes wrong on the way is tried again.
    QCoro::Task<void> run(CallContext context);

private:
    StreamFunding(std::shared_ptr<Access> access, StreamJob job, std::shared_ptr<CallSink> sink);

    std::shared_ptr<Access> m_access;
    std::shared_ptr<CallSink> m_sink;
    StreamClient m_client;
    std::chrono::milliseconds m_interval;
    std::chrono::seconds m_limit;
};

} // namespace sluice::byoc
