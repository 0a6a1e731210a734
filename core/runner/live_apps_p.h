#pragma once

#include "sluice/net/http_client.h"
#include "sluice/net/http_server.h"
#include "sluice/runner/app_session.h"
#include "sluice/runner/live_registration.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <functional>
#include <map>
#include <mutex>
#include <vector>

namespace sluice {

/// The capabilities of one runner as apps of a live runner: their registrations, the addresses at which the orchestrator alone reaches them, and their
/// sessions. Lives on a thread with an event loop; owns() and enter() are for the I/O thread.
class LiveApps final : public QObject {
    Q_OBJECT
public:
    struct App {
        QString name; ///< of the capability
        LiveAppConfig config;
    };
    struct Settings {
        std::chrono::milliseconds idleLimit{0}; ///< after which a session that nobody uses is stopped; zero: never
        QString fingerprint;
    };

    LiveApps(IoThread &io, Settings settings);
    ~LiveApps() override;

    /// What stands before a capability's name in the addresses that an orchestrator gets: nobody else knows it, so that nobody else comes in as one.
    [[nodiscard]] const QByteArray &prefix() const { return m_prefix; }
    void start(const QList<App> &apps);
    /// Unregisters all and ends their sessions.
    void stop(std::function<void()> done);

    [[nodiscard]] bool owns(const QByteArray &path) const;
    /// Takes the prefix away, and gives the session that the orchestrator says; null where it says none. What it says goes no further.
    [[nodiscard]] std::shared_ptr<AppSession> enter(ServerRequest &request);

Q_SIGNALS:
    void registered(const QString &name);
    void lost(const QString &name);
    void problem(const QString &name, const sluice::Error &error, bool isFinal);

private:
    class Session;
    struct Runner {
        App app;
        std::unique_ptr<LiveRegistration> registration;
    };
    struct Key {
        QString name;
        QString id;
        bool operator<(const Key &other) const { return name != other.name ? name < other.name : id < other.id; }
    };

    void begin(const App &app);
    void opened(const QString &name, const QString &id);
    void ended(const QString &name, const QString &id);
    void look();
    [[nodiscard]] LiveRegistration *registrationOf(const QString &name) const;
    /// From any thread: waits for the answer.
    [[nodiscard]] Expected<HttpResponse> ask(const QString &name, HttpRequest request, CancelToken over);
    QCoro::Task<Expected<HttpResponse>> send(QString name, HttpRequest request, CancelToken over);

    IoThread &m_io;
    const Settings m_settings;
    QByteArray m_prefix;
    MemoryPinStore m_pins;
    TlsTrust m_trust;
    HttpClient m_http;
    QTimer m_look;
    std::vector<Runner> m_runners;
    std::mutex m_mutex; ///< of the sessions
    std::map<Key, std::shared_ptr<Session>> m_sessions;
};

} // namespace sluice
