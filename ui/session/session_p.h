#pragma once

#include "sluice/endpoint/profile_worker.h"
#include "sluice/gateway/history.h"
#include "sluice/gateway/local_network.h"
#include "sluice/gateway/profile_store.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>

namespace sluice::ui {

class Session::Private {
public:
    Private(Session *session, std::shared_ptr<UserData> userData)
        : q(session)
        , data(std::move(userData))
        , profileStore(data)
    {
    }

    Session *q;
    std::shared_ptr<UserData> data;
    std::unique_ptr<History> history = historyOf(data);
    ProfileStore profileStore;
    std::unique_ptr<LocalNetwork> network;
    ProfileWorker worker; ///< for templates that ask nothing but the profile's own capabilities
    std::unique_ptr<Gateway> gateway;
    // Calls that were on their way when the sandbox ended fail for what happened to them, not because they were given up.
    std::unique_ptr<Gateway> leaving;
    QList<QDateTime> deaths; ///< of the sandbox, lately
    State state = State::Starting;
    Profile profile;
    QList<Profile> profiles;
    QList<CapabilityInfo> capabilities;
    GatewayConfig inUse;
    BalanceBook balances;
    std::optional<CapabilityId> watched;
    QTimer balanceTimer;
    QPointer<RunController> current;
    QHash<CapabilityId, QString> acceptedPrices; ///< by capability
    // Answers that belong to a profile the user has left since are dropped by comparing this number.
    int generation = 0;
    // The orchestrator whose certificate key is not the one that was pinned.
    struct ChangedKey {
        QUrl server;
        QString fingerprint; ///< that the person was shown
    };
    std::optional<ChangedKey> changedKey;

    void setState(State next);
    void fail(const Error &error);
    void reloadProfiles(const QString &wanted);
    void connectTo(const Profile &next);
    void watchSandbox();
    void openProfile();
    void sandboxEnded(const QString &explanation);
    void askBalances(const QList<CapabilityId> &ids);
    void takeBalance(const CapabilityId &capability, const QUrl &orchestrator, const QString &wei);
    void lookAtBalances();
    void open(const GatewayConfig &config);
    /// For what fails beside the connection, which stays as it is.
    [[nodiscard]] auto report()
    {
        return [this](const Error &error) { Q_EMIT q->connectionFailed(error); };
    }
    /// Of a profile that was saved: `error` says what the keychain did not take, and what follows.
    void secretRefused(const Profile &saved, const Error &error);
    /// The profile as it is stored now, while the connection stays.
    void take(const Profile &changed);
    /// The same of its LLM worker's templates; connects anew where the running backend cannot take them.
    void takeAssistants(const Profile &changed);
    void noteChangedKey(const Error &error)
    {
        if (error.kind() == Error::Kind::TlsChanged)
            changedKey = ChangedKey{error.url(), Gateway::changedKey(error)};
    }
};

} // namespace sluice::ui
