#pragma once

#include "command_line.h"

#include "sluice/base/async.h"
#include "sluice/endpoint/profile_worker.h"
#include "sluice/endpoint/seat.h"
#include "sluice/gateway/gateway.h"
#include "sluice/gateway/local_network.h"
#include "sluice/gateway/profile_store.h"
#include "sluice/backend/user_data.h"

#include <QCoro/QCoroTask>
#include <QtCore/QDateTime>

#include <memory>

namespace sluice::ctl {

/// The user's file, opened. Throws Storage.
[[nodiscard]] std::shared_ptr<UserData> openUserData();

/// The user's file for reading only: where it cannot be opened because its disk is full or may not be written to, a copy of it that
/// goes with the program. Throws Storage.
[[nodiscard]] std::shared_ptr<UserData> openUserDataToRead();

/// A Gateway for the network that the command line or the current profile names, and, for the sandbox, the
/// network itself: started for this program's time unless one is running already.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection();
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;
    /// The options that choose a network.
    static void addOptions(CommandLine &line);
    /// Throws Config, Storage, and what starting the sandbox may throw.
    static QCoro::Task<std::shared_ptr<Connection>> open(const CommandLine *line, std::shared_ptr<UserData> data);
    /// The same for the profile of that name, whatever the environment says.
    static QCoro::Task<std::shared_ptr<Connection>> open(QString profile, std::shared_ptr<UserData> data);

    [[nodiscard]] Gateway &gateway() { return *m_gateway; }
    [[nodiscard]] UserData &data() { return *m_data; }
    /// Name of the profile; empty when the command line named the orchestrator.
    [[nodiscard]] QString profileName() const { return m_profile.name; }
    /// The profile, or one without a name made of what the command line said.
    [[nodiscard]] const Profile &profile() const { return m_profile; }
    /// What the person named of the profile, which is known without its network.
    [[nodiscard]] QList<CapabilityInfo> named() const;
    /// The same for a network that answers with `silent`, which is thrown where nothing is named, and where the question was cancelled.
    [[nodiscard]] QList<CapabilityInfo> namedWithout(const Error &silent) const;
    /// Every secret that this connection uses (sender key, token), to prove that none is in an output. Valid after close().
    [[nodiscard]] const QList<Secret> &secrets() const { return m_secrets; }
    [[nodiscard]] bool hasToken() const { return m_hasToken; }
    /// True while a local network runs that this program may have started.
    [[nodiscard]] bool isSandbox() const { return m_network != nullptr; }
    /// For who serves until Ctrl-C: a local network that ends meanwhile, because its owner left or by itself, is begun anew, and a Gateway to
    /// it takes the old one's place in seat(). Finishes at Ctrl-C; fails when it cannot be begun, or ends again and again.
    [[nodiscard]] QFuture<void> keptUp();
    /// Where the Gateway sits.
    [[nodiscard]] const std::shared_ptr<endpoint::Seat> &seat() const { return m_seat; }
    /// Closes, and opens once more, with a local network of this program's own where there is none.
    QCoro::Task<void> openAgain();
    /// Stops what was started for this program.
    QCoro::Task<void> close();
    /// Why the local network that this program used is there no more, also after close(); nothing while it stands, and where there was none.
    [[nodiscard]] static std::optional<QString> whyNetworkGone();
    /// The same error, which says so where that may be why the network did not answer.
    template <typename Failure> [[nodiscard]] static Failure withWhyGone(Failure error)
    {
        explain(error);
        return error;
    }

private:
    QCoro::Task<GatewayConfig> configFor(ProfileStore *profiles);
    void use(GatewayConfig config);
    void networkEnded(const QString &why);
    static QCoro::Task<void> mend(std::shared_ptr<Connection> self);
    static void explain(Error &error);
    void noteNetwork();

    std::shared_ptr<UserData> m_data;
    std::unique_ptr<LocalNetwork> m_network;
    ProfileWorker m_worker; ///< for templates that ask nothing but the profile's own capabilities
    std::unique_ptr<Gateway> m_gateway;
    std::unique_ptr<Gateway> m_leaving; ///< to a network that has ended: calls still end there
    std::shared_ptr<endpoint::Seat> m_seat;
    Completion<void> m_over;            ///< of keptUp()
    QList<QDateTime> m_deaths;          ///< of networks of one's own, the latest
    QString m_stateFile;                ///< of the local network
    Profile m_profile;
    QList<Secret> m_secrets;
    bool m_hasToken = false;
};

/// The one of that name. NotRouted, with the nearest name, when there is none.
[[nodiscard]] CapabilityInfo capabilityNamed(const QString &name, const QList<CapabilityInfo> &all);
/// The one of that name among what the network lists and the person named; where the network has no list of its own, also one that
/// nobody knows, as far as its name says. NotRouted as above.
[[nodiscard]] CapabilityInfo capabilityNamed(const QString &name, const QList<CapabilityInfo> &all, const Gateway &gateway);
/// The profile of that name. Config, with where to look, when there is none.
[[nodiscard]] Profile profileNamed(const QString &name, const QList<Profile> &all);

/// A secret from a file, whole but for line ends at its end. Config when there is none.
[[nodiscard]] Secret readSecretFile(const QString &fileName);

/// A sender key from a file's content or a text: 64 hex digits, "0x" and one line end allowed. Config when it is none.
[[nodiscard]] Secret readSenderKey(const QString &fileName);

} // namespace sluice::ctl
