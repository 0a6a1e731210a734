#pragma once

#include "sluice/base/secret.h"
#include "sluice/byoc/orchestrator_quirks.h"

#include <QtCore/QString>

#include <chrono>

namespace sluice::byoc {

struct OrchestratorOptions {
    /// Where workers are told their channels, when they have a nearer way here than clients; empty: as clients. The node names its host.
    QString workerAddr;
    /// Workers are told channels where the node listens, whatever clients are told: they are on this machine.
    bool workersAreHere = false;
    /// What workers put into `Authorization` to register.
    Secret secret;
    Quirks quirks;
    /// As a node without a chain: it checks no signatures, asks for no tickets and charges nothing (byoc.md 1.4).
    bool offChain = false;
    /// Takes jobs in the V1 form of signature beside the legacy one: the published client has no other (byoc.md 1.3).
    bool takesV1 = false;
    /// Adds the overhead of redeeming to prices, as on a chain (byoc.md 2). It makes the price depend on the sender, and
    /// a sender without reserve fail at the price already, with status 503.
    bool autoAdjustPrice = false;
    /// Streams are debited `debitSeconds` × price every `debitInterval`.
    std::chrono::milliseconds debitInterval{5'000};
    qint64 debitSeconds = 5;
    /// Longest line of a worker's stream.
    qsizetype maxLineBytes = 64 * 1024;
    qsizetype maxBodyBytes = 48 * 1024 * 1024;         ///< of a job
    qsizetype maxWorkerBodyBytes = 256 * 1024 * 1024;  ///< of an answer that is no stream
    /// Live streams (byoc.md 5.4) are debited `liveDebitSeconds` × price every `liveDebitInterval`.
    std::chrono::milliseconds liveDebitInterval{23'000};
    qint64 liveDebitSeconds = 23;
    /// A stream is ended after so long without a request of its client; its channels are swept after the same time.
    std::chrono::milliseconds channelIdle{300'000};
    std::chrono::milliseconds channelSweep{60'000}; ///< between looks at it
    /// For a worker to write the rest of its output after the client closed its input.
    std::chrono::milliseconds drainTimeout{10'000};
    /// For a worker to answer /stream/stop.
    std::chrono::milliseconds farewellTimeout{5'000};
};

} // namespace sluice::byoc
