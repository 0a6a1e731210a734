#pragma once

#include "sluice/liverunner/orchestrator.h"
#include "sluice/runner/capability.h"
#include "sluice/sandbox/sandbox_service.h"

#include <memory>
#include <vector>

namespace sluice {

class RunnerServer;

/// `liverunner`: the orchestrator side of the live runner on the node. Its apps are demo capabilities, on a port of their own, the apps of the file
/// that `runnersFile` names, and those that register with the sandbox's secret.
class LiveRunnerService final : public SandboxService {
public:
    LiveRunnerService();
    ~LiveRunnerService() override;

    [[nodiscard]] QString id() const override { return QStringLiteral("liverunner"); }
    [[nodiscard]] QStringList ownOptions(const SandboxOptions &options) const override;
    void mount(SandboxHost &host) override;
    QCoro::Task<Json> start(SandboxHost &host) override;
    QFuture<void> stop() override;

private:
    void loadFile(const QString &path);
    /// Registers the demo apps; how many there are.
    int serveDemos(bool isFree);

    std::vector<std::unique_ptr<Capability>> m_capabilities; ///< until the server takes them
    std::unique_ptr<RunnerServer> m_apps;
    std::unique_ptr<liverunner::Orchestrator> m_orchestrator;
};

} // namespace sluice
