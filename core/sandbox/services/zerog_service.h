#pragma once

#include "sluice/net/http_server.h"
#include "sluice/sandbox/sandbox_service.h"
#include "sluice/sandbox/services/storage_node.h"
#include "sluice/zerog/provider_agent.h"
#include "sluice/zerog/user_agent.h"

namespace sluice {

/// `zerog`: a provider agent of 0G serving that sells the chat of the sandbox's OpenAI-compatible server and a small store of files, a user agent with a
/// filled account there, and the ledger of both, a file beside the sandbox's state.
class ZerogService final : public SandboxService {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("zerog"); }
    [[nodiscard]] QStringList needs() const override { return {QStringLiteral("openai")}; }
    QCoro::Task<Json> start(SandboxHost &host) override;
    QFuture<void> stop() override;

private:
    /// In front of the sandbox's chat: callers need not name its model, as those of a service with one model need not.
    void startChat(SandboxHost &host, const QUrl &server);
    void startProvider(SandboxHost &host, const QString &ledger);
    void startUser(SandboxHost &host, const QString &ledger);
    void startStorage(SandboxHost &host);
    /// Registers a service; at its present address, when it was registered before.
    void sell(SandboxHost &host, const QString &name, const QString &type, const QString &target);
    /// An account at the provider, unless there is one.
    void fillAccount(SandboxHost &host);

    std::unique_ptr<HttpServer> m_chat;
    std::unique_ptr<StorageNode> m_files;
    std::unique_ptr<HttpServer> m_storage;
    std::unique_ptr<zerog::ProviderAgent> m_provider;
    std::unique_ptr<zerog::UserAgent> m_user;
    QUrl m_providerUrl;
    QUrl m_userUrl;
};

} // namespace sluice
