#pragma once

#include "sluice/openai/server.h"
#include "sluice/sandbox/sandbox_service.h"

#include <QtCore/QUrl>

#include <memory>

namespace sluice {

/// `openai`: the OpenAI-compatible server in front of the sandbox's AI gateway, on a port of its own.
class OpenAiService final : public SandboxService {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("openai"); }
    [[nodiscard]] QStringList needs() const override { return {QStringLiteral("aigateway")}; }
    QCoro::Task<Json> start(SandboxHost &host) override;
    QFuture<void> stop() override;
    /// With `/v1`; empty until started.
    [[nodiscard]] QUrl url() const { return m_url; }

private:
    QUrl m_url;
    std::unique_ptr<openai::Server> m_server;
};

} // namespace sluice
