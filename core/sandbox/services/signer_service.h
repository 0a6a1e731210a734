#pragma once

#include "sluice/sandbox/sandbox_service.h"
#include "sluice/signer/server.h"

#include <memory>

namespace sluice {

/// `signer`: a remote signer with a funded key of its own, on a port of its own. It asks for no bearer, as go-livepeer's does on loopback.
class SignerService final : public SandboxService {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("signer"); }
    QCoro::Task<Json> start(SandboxHost &host) override;
    QFuture<void> stop() override;

private:
    std::unique_ptr<signer::Server> m_server;
};

} // namespace sluice
