#pragma once

#include "sluice/lv2v/orchestrator.h"
#include "sluice/sandbox/sandbox_service.h"

namespace sluice {

/// `lv2v`: live-video-to-video on the node, gRPC included. Its models are the live capabilities `noop` and `video-filter` of the sandbox's runner,
/// at their price per second; without that it offers none.
class Lv2vService final : public SandboxService {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("lv2v"); }
    void mount(SandboxHost &host) override;
    QCoro::Task<Json> start(SandboxHost &host) override;
    QFuture<void> stop() override;

private:
    trickle::Server *m_channels = nullptr; ///< the host's
    std::unique_ptr<lv2v::Orchestrator> m_orchestrator;
};

} // namespace sluice
