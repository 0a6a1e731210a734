#pragma once

#include "sluice/liverunner/orchestrator_options.h"
#include "sluice/node/discovery.h"
#include "sluice/node/node.h"
#include "sluice/payments/recipient.h"
#include "sluice/trickle/server.h"

#include <memory>

namespace sluice::liverunner {

/// The orchestrator side of the live runner (live-runner.md 2 to 16) on a node: apps register by heartbeat or stand in `runners.json`, are
/// listed, called through it, and paid for.
///
/// Signatures, tokens, tickets and prices are checked as on a chain; a challenge is good for the app and the price that it was made for, and
/// nothing else. Constructed, started and stopped from any thread but the I/O thread.
class Orchestrator {
public:
    /// Mounts its routes. `node`, `channels` (below /ai/trickle/ on that node) and `recipient` must outlive start() to stop(); the node must have
    /// stopped before the recipient and the channels go.
    Orchestrator(Node &node, trickle::Server &channels, Recipient &recipient, OrchestratorOptions options);
    /// Stops.
    ~Orchestrator();
    Orchestrator(const Orchestrator &) = delete;
    Orchestrator &operator=(const Orchestrator &) = delete;

    /// Lists its apps there as well, as `runners` of the node: a signer passes them on (live-runner.md 6.3). Before the node listens.
    void listIn(Discovery &discovery) const;
    /// Once the node listens: begins to take apps. Config: options that are no good.
    [[nodiscard]] Expected<void> start();
    /// Ends every session. Harmless twice.
    void stop();

    /// Takes the apps of a `runners.json` (live-runner.md 5), all or none, and asks for their health; those known by label keep id and sessions.
    /// InvalidInput as parseRunnersFile(). Once started.
    [[nodiscard]] Expected<void> load(QByteArrayView runnersFile);
    /// Every app is gone, as after a restart of the orchestrator.
    void forgetAll();

    /// What `GET /discovery` lists now. Any thread but the I/O thread, for which it waits.
    [[nodiscard]] DiscoveredNode listed() const;
    /// Ids of the sessions that run, of all apps. Any thread but the I/O thread.
    [[nodiscard]] QStringList sessions() const;

private:
    class Server;
    std::shared_ptr<Server> m_server;
    bool m_started = false;
};

} // namespace sluice::liverunner
