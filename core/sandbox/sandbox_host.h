#pragma once

#include "sluice/byoc/orchestrator_journal.h"
#include "sluice/crypto/private_key.h"
#include "sluice/node/discovery.h"
#include "sluice/node/node.h"
#include "sluice/payments/recipient.h"
#include "sluice/sandbox/sandbox_chain.h"
#include "sluice/sandbox/sandbox_service.h"
#include "sluice/sandbox/sandbox_store.h"
#include "sluice/trickle/server.h"

#include <functional>
#include <memory>
#include <vector>

class QLockFile;

namespace sluice {

/// What the services of a sandbox share: the state file, the chain, the recipient, the I/O thread and the node, whose channels and
/// discovery are made when the first service asks for them.
///
/// Belongs to the sandbox's thread; what it gives lives until it goes, which is after the node has stopped.
class SandboxHost {
public:
    /// Takes the state file. Throws Config (options), Storage (state file in use or damaged).
    explicit SandboxHost(SandboxOptions options);
    /// Stops the node first.
    ~SandboxHost();
    SandboxHost(const SandboxHost &) = delete;
    SandboxHost &operator=(const SandboxHost &) = delete;

    [[nodiscard]] const SandboxOptions &options() const { return m_options; }
    [[nodiscard]] IoThread &io() { return *m_io; }
    [[nodiscard]] SandboxStore &store() { return *m_store; }
    [[nodiscard]] const ChainView &chain() const { return *m_chain; }
    [[nodiscard]] Recipient &recipient() { return *m_recipient; }
    /// The node's certificate, and the SHA-256 of its public key.
    [[nodiscard]] const TlsIdentity &tls() const { return *m_node->options().tls; }
    [[nodiscard]] QString fingerprint() const;
    /// What workers put into `Authorization` to register.
    [[nodiscard]] const QByteArray &secret() const { return m_secret; }
    /// A key of this network, made when it is first asked for. Throws Storage.
    [[nodiscard]] PrivateKey key(const QString &name);
    /// The same of a sender with a deposit and a reserve.
    [[nodiscard]] PrivateKey fundedKey(const QString &name);
    /// The state file itself, for services whose tables are their own room's.
    [[nodiscard]] const std::shared_ptr<Database> &database() const { return m_database; }
    /// The funded sender that comes with the sandbox.
    [[nodiscard]] PrivateKey senderKey() { return key(QStringLiteral("sender_key")); }

    [[nodiscard]] Node &node() { return *m_node; }
    /// Below /ai/trickle/ on the node. First asked for in SandboxService::mount().
    [[nodiscard]] trickle::Server &channels();
    /// `/discover-orchestrators` on the node. First asked for in SandboxService::mount().
    [[nodiscard]] Discovery &discovery();

    /// The other services of this sandbox, for service().
    void introduce(const std::vector<std::unique_ptr<SandboxService>> &services);
    /// The service of this class, or null when it is left out.
    template <typename Service> [[nodiscard]] Service *service() const
    {
        for (SandboxService *one : m_services) {
            if (auto *found = dynamic_cast<Service *>(one))
                return found;
        }
        return nullptr;
    }

    /// Listens at what `listen` takes a port of: at the one of its own that this service had the last time, else, where that is taken or
    /// there was none, at a free one (0), and remembers which it was. Gives the port; throws what `listen` failed with.
    quint16 listenAgain(const QString &service, const std::function<Expected<quint16>(quint16 port)> &listen);
    /// Makes the node listen, when a service mounted something: at the port that was asked for, else at that of the last time if it is
    /// free, else at 8935, else at any. Throws Network.
    void listen();
    /// Sweeps balances and nonces, redeems winners, shortens the journal; what fails is logged.
    void sweep();
    /// Closes the node's connections; services may go then. Harmless twice.
    void stopNode() { m_node->stop(); }

private:
    void lockState();
    void openState();
    void openRecipient();
    void openNode();
    void fund(const Address &address);

    SandboxOptions m_options;
    std::unique_ptr<QLockFile> m_lock;
    std::shared_ptr<Database> m_database;
    std::unique_ptr<SandboxStore> m_store;
    std::unique_ptr<SandboxChain> m_chain;
    std::unique_ptr<Recipient> m_recipient;
    QByteArray m_secret;
    std::unique_ptr<IoThread> m_io;
    std::unique_ptr<Node> m_node;
    std::unique_ptr<trickle::Server> m_channels;
    std::unique_ptr<Discovery> m_discovery;
    std::vector<SandboxService *> m_services;
};

} // namespace sluice
