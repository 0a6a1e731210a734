#pragma once

#include "sluice/base/json.h"
#include "sluice/sandbox/sandbox_options.h"

#include <QCoro/QCoroTask>
#include <QtCore/QFuture>

namespace sluice {

class SandboxHost;

/// One part of a sandbox that can be there or not: a protocol's server side on the node, or a server of its own.
///
/// In this order, on the sandbox's thread: mount() for all services, then the node listens, then start() one after the other, each after
/// those that it needs; stop() in the opposite order, while the node still answers; the object goes once the node has stopped.
class SandboxService {
public:
    virtual ~SandboxService() = default;

    /// As the ready line and `--only` name it.
    [[nodiscard]] virtual QString id() const = 0;
    /// Ids of the services without which it cannot be. They are started before it.
    [[nodiscard]] virtual QStringList needs() const { return {}; }
    /// Those of the given options, as the command line names them, that are for this service: where no service is left that has a use for one, it
    /// is refused.
    [[nodiscard]] virtual QStringList ownOptions(const SandboxOptions &) const { return {}; }

    /// Mounts its routes on the host's node. Throws Config for options that are no good.
    virtual void mount(SandboxHost &) {}
    /// Begins to serve; its endpoints and what a client needs to use them. `host` outlives the service.
    virtual QCoro::Task<Json> start(SandboxHost &host) = 0;
    /// Ends what runs. The future needs no event loop to finish, so that it can be waited for. Harmless twice, and without start().
    virtual QFuture<void> stop() = 0;
};

} // namespace sluice
