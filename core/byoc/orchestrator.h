#pragma once

#include "sluice/byoc/orchestrator_capabilities.h"
#include "sluice/byoc/orchestrator_journal.h"
#include "sluice/byoc/orchestrator_options.h"
#include "sluice/node/discovery.h"
#include "sluice/node/node.h"
#include "sluice/payments/recipient.h"
#include "sluice/trickle/server.h"

#include <memory>

namespace sluice::byoc {

/// The orchestrator side of BYOC (byoc.md 2 to 5) with payments checked by `Recipient`, plus what sluice-extensions.md adds.
///
/// Where upstream has a defect this behaves well, unless a Quirk asks for the defect. Every job gives back its slot
/// and is charged exactly once, however it ends. Constructed and stopped from any thread but the I/O thread.
class Orchestrator {
public:
    /// Mounts its routes on `node`, which does not listen yet; live streams get their channels at `channels`, which the node serves below
    /// /ai/trickle/. All references must outlive the node's stop(); `journal` may be null.
    Orchestrator(Node &node, trickle::Server &channels, Recipient &recipient, const ChainView &chain, OrchestratorOptions options,
        TicketJournal *journal = nullptr);
    /// Stops.
    ~Orchestrator();
    Orchestrator(const Orchestrator &) = delete;
    Orchestrator &operator=(const Orchestrator &) = delete;

    /// Lists what is registered, as "byoc/<name>". Before the node listens.
    void listIn(Discovery &discovery) const;
    /// Ends every live stream, its worker included, and begins no more. While the node still answers; jobs end with the node. Harmless twice.
    void stop();
    /// What is registered now, with its load. Any thread; waits for the I/O thread.
    [[nodiscard]] QList<RegisteredCapability> capabilities() const;
    /// The same on the I/O thread.
    [[nodiscard]] QList<RegisteredCapability> capabilitiesNow() const;
    /// Live streams that run. Any thread; waits for the I/O thread.
    [[nodiscard]] QStringList streams() const;

private:
    class Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace sluice::byoc
