#pragma once

#include "sluice/lv2v/wire.h"
#include "sluice/node/discovery.h"
#include "sluice/node/router.h"
#include "sluice/payments/recipient.h"
#include "sluice/trickle/server.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace sluice::lv2v {

struct OrchestratorOptions {
    OrchestratorOptions() = default;
    QString address = QStringLiteral("127.0.0.1"); ///< of the gRPC port
    std::optional<TlsIdentity> tls;                ///< none means cleartext HTTP/2
    std::chrono::seconds tokenLife{1800};
    /// As a node without a chain: it checks no signatures, asks for no tickets and charges nothing.
    bool offChain = false;
    /// BYOC capabilities to list beside the models. On the I/O thread.
    std::function<QMap<QString, ExternalOffer>()> external;
    /// Time is billed when a segment of the input begins, at most this often.
    std::chrono::milliseconds debitInterval{5'000};
    /// For a worker to write the rest of its output after the client closed its input.
    std::chrono::milliseconds drainTimeout{10'000};
    std::chrono::milliseconds workerTimeout{30'000};  ///< for a worker to accept a job
    std::chrono::milliseconds farewellTimeout{5'000}; ///< for a worker to answer /stream/stop
    /// Records what became of a payment's tickets, within the transaction that books them. On the I/O thread.
    std::function<void(const WirePayment &payment, const PaymentOutcome &outcome)> note;
};

/// What is offered: a model and the worker that serves it, which speaks `/stream/start` and `/stream/stop` (byoc.md 5.2).
struct Model {
    QString name;
    QUrl worker;
    QByteArray workerToken; ///< bearer, or empty
    quint32 capacity = 1;
    PriceInfo price; ///< wei per pixel
};

/// The orchestrator side of live-video-to-video (trickle.md 5, payments.md 1 to 3): GetOrchestrator over gRPC, on the node's port or one of its
/// own; the routes `/live-video-to-video` and `/payment` on a node's router, the jobs' channels at the trickle server of that node.
///
/// Signatures, auth tokens, tickets, nonces and prices are checked as on a chain; a job whose balance does not cover its time loses its
/// channels. Constructed, started and stopped from any thread but the I/O thread.
class Orchestrator {
public:
    /// `io`, `recipient` and `chain` must outlive this object.
    Orchestrator(IoThread &io, Recipient &recipient, const ChainView &chain, OrchestratorOptions options);
    /// Stops.
    ~Orchestrator();
    Orchestrator(const Orchestrator &) = delete;
    Orchestrator &operator=(const Orchestrator &) = delete;

    /// Mounts its HTTP routes, which are answered from start() on.
    void mount(Router &router) const;
    /// Takes gRPC's connections there, for startOnServicePort().
    void mountRpc(Router &router) const;
    /// Lists its models there, as "live-video-to-video/<model>". Before the node listens.
    void listIn(Discovery &discovery) const;

    /// Begins: `channels` below `service`/ai/trickle carry the jobs, and `service` is told to clients as the place for HTTP. `port` is the
    /// one for gRPC, 0 a free one; gives its address. Errors, after which it may be tried again: Network (port in use), Config
    /// (certificate unusable).
    [[nodiscard]] Expected<QUrl> start(trickle::Server &channels, QUrl service, quint16 port = 0);
    /// The same with the port of `service` for gRPC too, on whose router mountRpc() was called.
    [[nodiscard]] Expected<QUrl> startOnServicePort(trickle::Server &channels, QUrl service);
    /// Ends every job, its worker included, and closes the port. While `channels` still live. Harmless twice.
    void stop();
    [[nodiscard]] QUrl url() const;

    /// Adds a model, or replaces the one of that name for further jobs. Any thread.
    void offer(Model model);
    /// Manifest ids of the jobs that run. Any thread but the I/O thread, for which it waits.
    [[nodiscard]] QStringList jobs() const;

private:
    class Server;
    std::shared_ptr<Server> m_server;
};

} // namespace sluice::lv2v
