#pragma once

#include "sluice/base/call_context.h"
#include "sluice/base/secret.h"
#include "sluice/base/json.h"
#include "sluice/net/http_client.h"

#include <QCoro/QCoroTask>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <QtCore/QUrl>

#include <functional>

namespace sluice {

/// Keeps capabilities registered with one orchestrator (byoc.md 2): tries until it succeeds, looks whether they are still
/// listed, registers again those that are not, and unregisters them at the end. Lives on one thread with an event loop.
class Registrar final : public QObject {
    Q_OBJECT
public:
    struct Settings {
        QUrl orchestrator;
        Secret secret;          ///< sent raw as `Authorization`
        QString fingerprint;    ///< expected key of the orchestrator's certificate; empty: the first one seen is kept
        std::chrono::milliseconds retryInterval{2'000};
        int maxTries = 0;       ///< 0: for ever
        std::chrono::milliseconds watchInterval{10'000};
    };
    struct Entry {
        QString name;
        QByteArray body; ///< of the registration; holds the worker's token
    };

    Registrar(Settings settings, const QList<Entry> &entries, QObject *parent = nullptr);
    ~Registrar() override;

    void start();
    /// Ends what is running, unregisters what was registered (at most 2 s in all) and calls back.
    void stop(std::function<void()> done);

Q_SIGNALS:
    void registered(const QString &name);
    /// The orchestrator does not list it any more; it is being registered again.
    void forgotten(const QString &name);
    /// It will not be tried again.
    void failed(const QString &name, const sluice::Error &error);

private:
    struct State {
        Entry entry;
        bool registered = false;
        bool givenUp = false;
        int tries = 0;
        QDeadlineTimer due{0};
    };

    void tick();
    QCoro::Task<void> round();
    QCoro::Task<void> attempt(qsizetype index);
    QCoro::Task<void> watch();
    QCoro::Task<void> unregisterAll(std::function<void()> done);
    [[nodiscard]] HttpRequest request(const QByteArray &method, const QString &path, QByteArray body) const;
    [[nodiscard]] CallContext context(std::chrono::milliseconds limit) const;
    void failedTry(State &state, const Error &error);
    void schedule();

    const Settings m_settings;
    QList<State> m_states;
    MemoryPinStore m_pins;
    TlsTrust m_trust;
    HttpClient m_client;
    QTimer m_timer;
    QDeadlineTimer m_nextWatch;
    CancelSource m_cancel;
    bool m_busy = false;
    bool m_lost = false; // the orchestrator could not be reached at the last look
    std::function<void()> m_whenIdle;
};

} // namespace sluice
