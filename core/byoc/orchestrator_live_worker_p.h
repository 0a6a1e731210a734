#pragma once

#include "orchestrator_registry_p.h"

namespace sluice::byoc {

/// What a live stream's worker said.
struct WorkerAnswer {
    int status = 0; ///< 0: unreachable or too slow
    Headers headers;
    QByteArray body;
};

/// One of the routes of byoc.md 5.2 at a stream's worker. `capability` must outlive the call. A 401 takes it off the registry.
Awaitable<WorkerAnswer> tellWorker(std::shared_ptr<Registry> registry, const RegisteredCapability &capability, QString path, QString streamId,
    QByteArray body, QByteArray contentType, std::chrono::milliseconds timeout);

} // namespace sluice::byoc
