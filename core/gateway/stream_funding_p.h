#pragma once

#include "gateway_core_p.h"

#include "sluice/byoc/stream_client.h"

namespace sluice {

class CallRecorder;

/// Keeps an event stream paid that may last longer than what its start paid for: orchestrators debit it every few seconds and end it when
/// nothing is left (byoc.md 4.6). Lives on the calls' thread.
class StreamFunding {
public:
    /// Nothing where what was paid covers the whole stream, where a gateway pays, and where nothing is to be paid.
    [[nodiscard]] static std::unique_ptr<StreamFunding> of(
        std::shared_ptr<GatewayCore> core, const Call &call, const byoc::JobAnswer &answer, std::shared_ptr<CallRecorder> recorder);
    /// Looks and pays until `context` is cancelled, or what is paid covers the rest. `onTrouble` gets a sentence once nothing further can
    /// be paid. Never throws; what goes wrong on the way is tried again.
    QCoro::Task<void> run(std::function<void(QString)> onTrouble, CallContext context);

private:
    StreamFunding(std::shared_ptr<GatewayCore> core, byoc::StreamJob job, std::shared_ptr<CallRecorder> recorder);

    std::shared_ptr<GatewayCore> m_core;
    byoc::StreamClient m_client;
    std::chrono::milliseconds m_interval;
    std::chrono::seconds m_limit;
};

} // namespace sluice
