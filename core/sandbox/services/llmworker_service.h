#pragma once

#include "sluice/llmworker/server.h"
#include "sluice/sandbox/sandbox_service.h"

#include <memory>

namespace sluice {

/// `llmworker`: an LLM worker whose models are those of the sandbox's OpenAI-compatible server, on a port of its own.
class LlmWorkerService final : public SandboxService {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("llmworker"); }
    [[nodiscard]] QStringList needs() const override { return {QStringLiteral("openai")}; }
    QCoro::Task<Json> start(SandboxHost &host) override;
    QFuture<void> stop() override;

private:
    std::unique_ptr<llmworker::Server> m_server;
};

} // namespace sluice
