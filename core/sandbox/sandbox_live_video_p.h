#pragma once

#include "sandbox_capabilities_p.h"

#include "sluice/base/json.h"
#include "sluice/byoc/orchestrator.h"
#include "sluice/lv2v/orchestrator.h"

namespace sluice {

class RunnerServer;
class SandboxStore;

/// The sandbox's live-video-to-video: the orchestrator side beside the BYOC one, over the same purse, channels and workers.
class SandboxLiveVideo {
public:
    SandboxLiveVideo(IoThread &io, Recipient &recipient, const ChainView &chain, SandboxStore &store, lv2v::OrchestratorOptions options);

    /// What the BYOC orchestrator serves for it.
    [[nodiscard]] byoc::MountedRoutes routes();
    /// Once the BYOC orchestrator listens. gRPC shares its port. Errors as for lv2v::Orchestrator::start().
    [[nodiscard]] Expected<QUrl> start(const byoc::Orchestrator &orchestrator);
    [[nodiscard]] QUrl url() const { return m_orchestrator.url(); }
    /// Offers the live capabilities `noop` and `video-filter` of the runner as models, at their price per second.
    void offer(const QList<byoc::RegisteredCapability> &registered);
    /// While the BYOC orchestrator still lives.
    void stop() { m_orchestrator.stop(); }

private:
    /// What BYOC offers is told to gRPC clients too.
    [[nodiscard]] lv2v::OrchestratorOptions listing(lv2v::OrchestratorOptions options) const;

    lv2v::Orchestrator m_orchestrator;
    QStringList m_offered;      ///< as discovery writes them; on the I/O thread
    IoThread &m_io;
    const byoc::Orchestrator *m_byoc = nullptr; ///< on the I/O thread, from start() on
};

} // namespace sluice
