#pragma once

#include "sluice/gateway/assistants.h"
#include "sluice/gateway/profile.h"
#include "sluice/gateway/secret_store.h"

#include <QtCore/QFuture>

#include <functional>
#include <memory>

namespace sluice {

class LocalNetwork;
class UserData;

/// The profiles, which one is current, and their secrets: values in UserData, secrets in the keychain. There is always a profile "sandbox".
///
/// On the thread that made it; what is under way may outlive it.
class ProfileStore {
public:
    explicit ProfileStore(std::shared_ptr<UserData> data, SecretStore secrets = SecretStore());
    ~ProfileStore();
    QFuture<QList<Profile>> list();
    QFuture<void> save(const Profile &profile);
    /// All but its named capabilities and its choice of servers, which stay as they are stored; a new profile has none. Then each secret that is not
    /// empty; those that are not among them stay. Storage, whose field is the secret's pointer, when the keychain refuses one: what
    /// came before it is kept. InvalidInput for a profile "sandbox" that is not the local network.
    QFuture<void> saveSettings(const Profile &profile, const Profile::Secrets &secrets = {});
    /// Stores one secret of a stored profile, or takes it away when it is empty; by its pointer, "/byoc/signer_login". Storage.
    QFuture<void> saveSecret(const QString &profile, const QString &pointer, const Secret &secret);
    /// The same read.
    QFuture<Secret> readSecret(const QString &profile, const QString &pointer);
    /// Puts them into the profile, each in place of one of the same name (or of `replaced`, when it was renamed), and gives it as it is now.
    QFuture<Profile> nameCapabilities(const QString &profile, const QList<NamedCapability> &capabilities, const QString &replaced = {});
    /// Takes it out and gives the profile as it is now. InvalidInput when there is none.
    QFuture<Profile> forgetCapability(const QString &profile, const QString &capability);
    /// The profile as it is now, with other templates of its LLM worker (assistants::changed()). InvalidInput as that one says.
    QFuture<Profile> changeAssistants(const QString &profile, const QList<assistants::Change> &changes);
    /// The profile as it is now, with other rules for which servers calls go to. `change` gets those that are stored, may run on another thread, and
    /// may throw, which leaves all as it was.
    QFuture<Profile> changeSelection(const QString &profile, std::function<SelectionRules(const SelectionRules &)> change);
    /// With its secrets. "sandbox" is then as it was at first.
    QFuture<void> remove(const QString &name);
    QFuture<QString> current();
    QFuture<void> setCurrent(const QString &name);

    /// The way from a profile to a Gateway: its settings with its secrets, and for the local network, which is started or joined by it,
    /// the addresses. `network` is needed for a local profile alone. `otherKey` signs and pays where the profile has no key of its own.
    /// What the network or the keychain may say; Canceled when `network` goes meanwhile.
    QFuture<GatewayConfig> connection(const Profile &profile, LocalNetwork *network = nullptr, const Secret &otherKey = {});

    /// False when secrets live for this run only; unknown before the keychain was asked.
    [[nodiscard]] std::optional<bool> secretsPersist() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice
