#pragma once

#include "sluice/byoc/orchestrator.h"
#include "sluice/sandbox/sandbox_service.h"

namespace sluice {

/// `byoc`: the orchestrator side of BYOC on the node, to which workers of any kind register.
class ByocService final : public SandboxService {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("byoc"); }
    [[nodiscard]] QStringList ownOptions(const SandboxOptions &options) const override;
    void mount(SandboxHost &host) override;
    QCoro::Task<Json> start(SandboxHost &host) override;
    QFuture<void> stop() override;

    /// Once mounted.
    [[nodiscard]] const byoc::Orchestrator &orchestrator() const { return *m_orchestrator; }

private:
    std::unique_ptr<byoc::Orchestrator> m_orchestrator;
};

} // namespace sluice
