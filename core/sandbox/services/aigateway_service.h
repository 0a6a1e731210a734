#pragma once

#include "sluice/aigateway/server.h"
#include "sluice/net/http_server.h"
#include "sluice/node/router.h"
#include "sluice/sandbox/sandbox_service.h"

#include <memory>

namespace sluice {

/// `aigateway`: a Livepeer AI gateway whose pipelines are done by programs and libraries of Debian, on a port of its own in clear text as a
/// gateway of one's own has it.
class AiGatewayService final : public SandboxService {
public:
    ~AiGatewayService() override;

    [[nodiscard]] QString id() const override { return QStringLiteral("aigateway"); }
    [[nodiscard]] QStringList ownOptions(const SandboxOptions &options) const override;
    /// Where it is reached, once started.
    [[nodiscard]] QUrl url() const;
    void mount(SandboxHost &host) override;
    QCoro::Task<Json> start(SandboxHost &host) override;
    QFuture<void> stop() override;

private:
    std::unique_ptr<aigateway::Server> m_gateway;
    Router m_router;
    std::unique_ptr<HttpServer> m_server;
};

} // namespace sluice
