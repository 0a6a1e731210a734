#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/secret.h"
#include "sluice/runner/capability.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <chrono>
#include <memory>

namespace sluice {

class IoThread;

/// How a runner listens and where it registers.
struct RunnerOptions {
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 0;       ///< 0: a free one
    QString publicUrl;      ///< base URL at which the orchestrator reaches this runner, whose host it answers to; empty: http://address:port
    Secret bearerToken;     ///< when set, every route but /health asks for it, and the orchestrator is told it

    QUrl orchestrator;              ///< empty: registers nowhere
    Secret orchestratorSecret;      ///< its -orchSecret
    QString orchestratorFingerprint; ///< SHA-256 of its public key, 64 hex digits; empty: the first one seen is kept
    std::chrono::milliseconds retryInterval{2'000}; ///< between tries to register
    /// Origins whose channels a live job may use besides the orchestrator's, for one that names another address than the one we register
    /// at: "https://orch.example:8935". Channels anywhere else are refused.
    QStringList channelOrigins;
    int maxTries = 0;                               ///< tries per capability; 0: until it succeeds or is refused
    std::chrono::milliseconds watchInterval{10'000}; ///< between checks that the orchestrator still lists them

    /// Registers every capability but live ones as an app of the orchestrator's live runners, instead of BYOC or besides (live-runner.md 3).
    enum class RegisterAs { Byoc, LiveRunner, Both };
    RegisterAs registerAs = RegisterAs::Byoc;
    QString appOwner = QStringLiteral("sluice");        ///< apps are called "owner/name"
    QString appPrice;                                   ///< in dollars for a call, of capabilities whose liveApp() names none
    std::chrono::milliseconds sessionIdleLimit{600'000}; ///< after which a session that nobody uses is stopped; zero: never

    std::chrono::milliseconds callTimeout{300'000}; ///< for one call, waiting included
    qsizetype maxInputBytes = 32 * 1024 * 1024;
    int maxWaitingCalls = 32; ///< per capability, beyond its capacity; more are answered 503

    std::chrono::milliseconds heartbeatInterval{10'000}; ///< of live jobs, on their events channel
    std::chrono::milliseconds statusInterval{5'000};     ///< the same for what they measure

    IoThread *ioThread = nullptr; ///< to share one within a process; must outlive the runner. Null: its own
};

/// Serves capabilities over HTTP and keeps them registered with an orchestrator: the worker side of byoc.md 2 and 8.
///
/// Each capability has the routes `/<name>/health`, `/<name>/schema`, `/<name>/predict` and its own path(); besides there
/// are `/health`, `/capabilities` and `/schema` for all; live ones have `/<name>/stream/start`, `stop`, `params` and `status`, one job per slot. It is registered with the URL `<publicUrl>/<name>`. Capabilities work on threads of
/// their own, as many as their capacity, never on the I/O thread. Needs a QCoreApplication, but no running event loop
/// except for its signals.
class RunnerServer final : public QObject {
    Q_OBJECT
public:
    explicit RunnerServer(RunnerOptions options, QObject *parent = nullptr);
    /// Stops and waits for it, which includes capabilities that are slow to notice their cancellation.
    ~RunnerServer() override;

    /// Before start(). Config when its name is taken or unusable, or a schema, default or example of it is unsound.
    [[nodiscard]] Expected<void> add(std::unique_ptr<Capability> capability);
    /// Listens and begins to register, in the background; the port. Errors: Network (port in use), Config (no capability).
    [[nodiscard]] Expected<quint16> start();
    /// Unregisters (for at most 2 s), stops listening, cancels what runs and waits for it. Harmless twice.
    QFuture<void> stop();

    /// "http://127.0.0.1:8000", once started.
    [[nodiscard]] QString origin() const;
    /// The URL that `name` is registered with, once started.
    [[nodiscard]] QUrl url(const QString &name) const;
    [[nodiscard]] QStringList names() const;

Q_SIGNALS:
    /// The orchestrator took it, for the first time or again; for a live runner's app appRegistered() follows the same rule.
    void registered(const QString &name);
    void appRegistered(const QString &name);
    /// The orchestrator does not list it any more; it is being registered again.
    void forgotten(const QString &name);
    /// Registering was given up: refused (wrong secret, wrong address, changed key) or tried too often.
    void registrationFailed(const QString &name, const sluice::Error &error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice
