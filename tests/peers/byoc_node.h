#pragma once

#include "sluice/byoc/orchestrator.h"

namespace sluice::byoc {

/// How a ByocNode is set up: BYOC's own options, and where the node is.
struct ByocNodeOptions : OrchestratorOptions {
    ByocNodeOptions() = default;
    ByocNodeOptions(OrchestratorOptions options) // NOLINT: most tests change nothing else
        : OrchestratorOptions(std::move(options))
    {
    }
    quint16 port = 0; ///< 0: a free one
    std::optional<TlsIdentity> tls;
    QString serviceAddr;
};

/// A node with BYOC, channels and discovery on it, and nothing else.
class ByocNode {
public:
    ByocNode(IoThread &io, Recipient &recipient, const ChainView &chain, ByocNodeOptions options, TicketJournal *journal = nullptr);
    /// Stops.
    ~ByocNode();

    [[nodiscard]] Expected<QUrl> start() { return m_node.listen(m_port); }
    void stop();
    [[nodiscard]] QUrl url() const { return m_node.url(); }
    [[nodiscard]] QList<RegisteredCapability> capabilities() const { return m_orchestrator.capabilities(); }
    [[nodiscard]] QStringList streams() const { return m_orchestrator.streams(); }
    /// Waits for the I/O thread.
    [[nodiscard]] QList<trickle::ChannelInfo> channels() const;

private:
    const quint16 m_port;
    Node m_node;
    trickle::Server m_channels;
    Discovery m_discovery;
    Orchestrator m_orchestrator;
};

} // namespace sluice::byoc
