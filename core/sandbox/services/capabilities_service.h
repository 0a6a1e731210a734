#pragma once

#include "sluice/runner/capability.h"
#include "sluice/sandbox/sandbox_service.h"

#include <memory>
#include <vector>

namespace sluice {

class RunnerServer;

/// `capabilities`: a runner of its own port with the demo capabilities, registered at the sandbox's BYOC orchestrator.
class CapabilitiesService final : public SandboxService {
public:
    CapabilitiesService();
    ~CapabilitiesService() override;

    [[nodiscard]] QString id() const override { return QStringLiteral("capabilities"); }
    [[nodiscard]] QStringList needs() const override { return {QStringLiteral("byoc")}; }
    [[nodiscard]] QStringList ownOptions(const SandboxOptions &options) const override;
    void mount(SandboxHost &host) override;
    QCoro::Task<Json> start(SandboxHost &host) override;
    QFuture<void> stop() override;

private:
    [[nodiscard]] QFuture<void> registered();

    std::vector<std::unique_ptr<Capability>> m_capabilities; ///< until the runner takes them
    std::unique_ptr<RunnerServer> m_runner;
};

} // namespace sluice
