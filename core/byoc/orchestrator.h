#pragma once

#include "sluice/base/secret.h"
#include "sluice/byoc/orchestrator_capabilities.h"
#include "sluice/byoc/orchestrator_journal.h"
#include "sluice/byoc/orchestrator_quirks.h"
#include "sluice/net/http_server.h"
#include "sluice/payments/recipient.h"
#include "sluice/trickle/server.h"

#include <QtCore/QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace sluice::byoc {

/// Another protocol's routes on the same server, asked before its own.
struct MountedRoutes {
    std::function<bool(const QByteArray &path)> owns; ///< percent-encoded as received
    HttpHandler handle;
    /// Takes open connections whose client speaks HTTP/2 only, and closes them; unset: there is nothing for those. On the I/O thread.
    std::function<void(int socket)> takeHttp2;
    /// What discovery lists besides this orchestrator itself; under the address where this one listens, with it. On the I/O thread.
    std::function<QList<DiscoveredOrchestrator>()> discovered;
};

struct OrchestratorOptions {
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 0; ///< 0: a free one
    /// The certificate to serve with; none means cleartext HTTP.
    std::optional<TlsIdentity> tls;
    /// What tokens name as the place for jobs; empty: where this orchestrator listens.
    QString serviceAddr;
    /// The same for the channels that a worker is told, when it has a nearer way here; empty: as `serviceAddr`.
    QString workerAddr;
    /// Workers are told channels where this orchestrator listens, whatever `serviceAddr` says: they are on this machine.
    bool workersAreHere = false;
    /// What workers put into `Authorization` to register.
    Secret secret;
    Quirks quirks;
    /// As a node without a chain: it checks no signatures, asks for no tickets and charges nothing (byoc.md 1.4).
    bool offChain = false;
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
    /// A channel without a new segment for so long is removed, and a stream ended of whose client there was no sign.
    std::chrono::milliseconds channelIdle{300'000};
    std::chrono::milliseconds channelSweep{60'000};
    /// For a worker to say its last words after the client closed its input.
    std::chrono::milliseconds drainTimeout{10'000};
    /// For a worker that is told that its stream ended.
    std::chrono::milliseconds farewellTimeout{5'000};
    std::optional<MountedRoutes> mounted;
};

/// The orchestrator side of BYOC (byoc.md 2 to 5) with payments checked by `Recipient`, plus what sluice-extensions.md adds.
///
/// Where upstream has a defect this behaves well, unless a Quirk asks for the defect. Every job gives back its slot
/// and is charged exactly once, however it ends. Constructed, started and stopped from any thread but the I/O thread.
class Orchestrator {
public:
    /// `io`, `recipient`, `chain` and `journal` must outlive this object; `journal` may be null.
    Orchestrator(IoThread &io, Recipient &recipient, const ChainView &chain, OrchestratorOptions options,
        TicketJournal *journal = nullptr);
    /// Stops.
    ~Orchestrator();
    Orchestrator(const Orchestrator &) = delete;
    Orchestrator &operator=(const Orchestrator &) = delete;

    /// Begins to listen. Errors: Network (port in use), Config (certificate unusable).
    [[nodiscard]] Expected<QUrl> start();
    /// Ends every job and closes. Harmless twice.
    void stop();
    /// Where it listens, once started: "https://127.0.0.1:8935".
    [[nodiscard]] QUrl url() const;
    /// Where the channels are, for what is mounted. Once started, until this object goes.
    [[nodiscard]] trickle::Server &channelServer() const;
    /// What is registered now, with its load. Any thread; waits for the I/O thread.
    [[nodiscard]] QList<RegisteredCapability> capabilities() const;
    /// The same on the I/O thread.
    [[nodiscard]] QList<RegisteredCapability> capabilitiesNow() const;
    /// Live streams that run. Any thread; waits for the I/O thread.
    [[nodiscard]] QStringList streams() const;
    /// Trickle channels that exist. Any thread; waits for the I/O thread.
    [[nodiscard]] QList<trickle::ChannelInfo> channels() const;

private:
    class Server;
    std::shared_ptr<Server> m_server;
};

} // namespace sluice::byoc
