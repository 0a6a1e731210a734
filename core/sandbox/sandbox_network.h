#pragma once

#include "sluice/base/json.h"
#include "sluice/sandbox/sandbox_options.h"

#include <QCoro/QCoroTask>

#include <memory>

namespace sluice {

/// A whole network on loopback: a node with TLS and the services that were chosen for it (sandbox_services.h), all state in one SQLite
/// file (DESIGN.md 4).
///
/// It takes no shortcut: the runner registers by HTTP with the secret, every ticket is verified. Killing the process at
/// any moment leaves balances, nonces and winners consistent. Lives on a thread with an event loop.
class SandboxNetwork {
public:
    explicit SandboxNetwork(SandboxOptions options);
    /// Stops.
    ~SandboxNetwork();
    SandboxNetwork(const SandboxNetwork &) = delete;
    SandboxNetwork &operator=(const SandboxNetwork &) = delete;

    /// Starts the services, one after the other. The ready line: `event`, `orchestrator`, `lv2v`, `runner`, `runner_token`,
    /// `secret`, `sender_key`, `sender`, `recipient`, `fingerprint`, `capabilities`, `state`, `pid`, `services` (the settings of each by its id),
    /// and `ends_with` when this process was told to go with another. What belongs to a service that is left out is left out.
    /// Throws Config (options), Storage (state file in use or damaged), Network (port in use).
    QCoro::Task<Json> start();
    /// Whether nobody uses it any more: then nobody can find it from that moment on, and it may be stopped. Only after start().
    [[nodiscard]] bool withdrawIfUnused();
    /// Ends every job, unregisters and closes.
    QCoro::Task<void> stop();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice
