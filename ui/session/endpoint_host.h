#pragma once

#include "sluice/base/error.h"
#include "sluice/base/secret.h"
#include "sluice/endpoint/local_endpoint.h"
#include "sluice/gateway/secret_store.h"

#include <QtCore/QObject>

namespace sluice::ui {

class Session;

/// The local endpoint of this window: OpenAI's API in front of the session's profile, with its port and key remembered.
///
/// It serves the profile that it was started with: when another one is chosen it stops, so that no program spends from a purse that
/// nobody meant. It goes on while the same profile connects anew. GUI thread only; the session outlives it.
class EndpointHost final : public QObject {
    Q_OBJECT
public:
    /// `settingsFile` remembers the port; the key stands in the keychain.
    EndpointHost(Session &session, QString settingsFile, QObject *parent = nullptr);
    ~EndpointHost() override;

    [[nodiscard]] LocalEndpoint &endpoint() { return m_endpoint; }
    [[nodiscard]] const Session &session() const { return m_session; }
    [[nodiscard]] bool isRunning() const { return m_endpoint.isRunning(); }
    /// It will run as soon as the keychain has given the key.
    [[nodiscard]] bool isStarting() const { return m_wanted; }

    /// Begins to answer; failed() says why not.
    void start();
    void stop();

    /// What the person chose; 0: a free one, the same as the last time where that is still free.
    [[nodiscard]] quint16 port() const { return m_port; }
    /// From the next start on.
    void setPort(quint16 port);

    /// Asks the keychain for the key, once; the first key of all is made then. keyChanged() follows.
    void loadKey();
    /// What callers must bring; empty until it was loaded.
    [[nodiscard]] const Secret &key() const { return m_key; }
    /// False when it lives for this run only.
    [[nodiscard]] bool keyPersists() const { return m_keyKept && m_secrets.isPersistent().value_or(true); }
    /// A new one; the old one opens nothing from now on. While it runs, it starts again at the same address, which ends its calls.
    void renewKey();

Q_SIGNALS:
    /// It runs, or no longer; or is about to.
    void stateChanged();
    void keyChanged();
    void failed(const sluice::Error &error);
    /// It stopped by itself; `why` is a sentence.
    void stopped(const QString &why);

private:
    void followSession();
    void takeKey(const Secret &key);
    void keepKey();
    bool listen();

    Session &m_session;
    const QString m_settingsFile;
    LocalEndpoint m_endpoint;
    SecretStore m_secrets;
    Secret m_key;
    bool m_keyAsked = false;
    bool m_keyKept = true; ///< the keychain took it, or there is none
    bool m_wanted = false;
    quint16 m_port = 0;
    quint16 m_lastPort = 0; ///< a free one that was taken
};

} // namespace sluice::ui
