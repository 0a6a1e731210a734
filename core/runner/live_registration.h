#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/secret.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <chrono>
#include <memory>

namespace sluice {

class IoThread;

/// How an HTTP app registers with an orchestrator as a live runner (live-runner.md 3.1, 20).
struct LiveAppConfig {
    LiveAppConfig() = default; // no aggregate: see DESIGN.md 3
    QUrl orchestrator;
    Secret secret;           ///< its -orchSecret
    QString fingerprint;     ///< SHA-256 of its public key, 64 hex digits; empty: the first one seen is kept
    QString runnerUrl;       ///< where it reaches the app
    QString app;             ///< "owner/name"
    bool singleShot = true;  ///< a call at a time; otherwise through sessions
    int capacity = 1;        ///< sessions at a time
    QString price;           ///< in dollars, "0.01"; empty: none, which a node on a chain refuses
    QString priceUnit = QStringLiteral("hour"); ///< "hour", "720p" or "fixed"
    QString version;
    QString metadata;        ///< public, at most 1024 bytes
    bool proxy = false;      ///< callers get an address that does not show the session
    QString runnerId;        ///< empty: one of its own for each registration object
    std::chrono::milliseconds firstRetry{1'000}; ///< after a failure, doubled up to the heartbeat's interval
    std::chrono::milliseconds requestTimeout{5'000};

    /// Config for what an orchestrator would refuse. No I/O.
    [[nodiscard]] Expected<void> check() const;
};

/// Keeps one app registered: heartbeats at the interval that the orchestrator names, the way back after it forgot the app or was restarted, and its
/// sessions. Lives on a thread with an event loop.
class LiveRegistration final : public QObject {
    Q_OBJECT
public:
    enum class State { Registering, Ready, Lost, Closed };
    Q_ENUM(State)

    /// `io` must outlive it: the channel with events is read there.
    LiveRegistration(IoThread &io, LiveAppConfig config, QObject *parent = nullptr);
    ~LiveRegistration() override;

    /// Begins; Config, and no request, when the configuration is unsound.
    [[nodiscard]] Expected<void> start();
    /// Unregisters (for at most 2 s) and ends every session here. Idempotent.
    QFuture<void> close();

    [[nodiscard]] State state() const;
    [[nodiscard]] QString runnerId() const;
    /// Where further calls go: what the orchestrator named, or what was configured.
    [[nodiscard]] QUrl orchestrator() const;
    /// As far as they are known: by the orchestrator's list, its events, or openSession().
    [[nodiscard]] QStringList sessionIds() const;
    /// A request of this session came.
    void openSession(const QString &id);

Q_SIGNALS:
    void stateChanged(sluice::LiveRegistration::State state);
    /// Something failed and is tried again, or, in the state Closed, will not be. The same problem is told once.
    void problem(const sluice::Error &error);
    /// A session that was not known; by an event, by the orchestrator's list, or by openSession().
    void sessionOpened(const QString &id);
    /// It is over; what works for it must end.
    void sessionEnded(const QString &id);

private:
    class Private;
    std::shared_ptr<Private> d; ///< outlives this while a request is on its way
};

} // namespace sluice
