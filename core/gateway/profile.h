#pragma once

#include "sluice/gateway/gateway_config.h"

#include "sluice/base/json.h"

#include <QtCore/QFuture>
#include <QtCore/QList>

#include <memory>

namespace sluice {

class UserData;

/// A named network. Its JSON form holds no secret: token and key stand in the keychain under the profile's name.
struct Profile {
    enum class Kind {
        Sandbox, ///< the local network, started as a child process
        Direct,  ///< orchestrators, paid with a local key
        Gateway, ///< a BYOC gateway that signs and pays
    };
    QString name;
    Kind kind = Kind::Sandbox;
    QStringList orchUrls;
    QString discoveryUrl;
    QString signerUrl;
    QString gatewayUrl;
    std::optional<QString> maxSpendPerSessionWei;
    /// What the purse of the profile's key shall allow; it becomes the purse's when the profile is used, and is absent from then on.
    std::optional<QString> maxSpendPerCallWei;
    std::optional<QString> maxSpendPerDayWei;
    /// What else it reaches, by the id of the backend: the values of its settings schema.
    QMap<QString, Json> backends;
    QList<NamedCapability> capabilities; ///< what the person named by hand, in the order of naming

    /// Sets where the config goes and what it may spend; its secrets stay. The sandbox's addresses are known only once
    /// it runs (LocalNetwork::config()), so that of a sandbox profile only the limits are set.
    void applyTo(GatewayConfig &config) const;
    /// What the secrets of the profile of this name are called in the keychain.
    [[nodiscard]] static QString tokenEntry(const QString &name);
    [[nodiscard]] static QString senderKeyEntry(const QString &name);
    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Expected<Profile> fromJson(const Json &json);
    /// For a profile that a person makes: every address is a whole http(s) one with a host, and no secret stands in it. InvalidInput
    /// names the member. Stored profiles are not held to it.
    [[nodiscard]] Expected<void> checkAddresses() const;
    bool operator==(const Profile &) const = default;
};

/// The profiles and which one is current, kept in UserData; there is always a profile "sandbox".
class ProfileStore {
public:
    explicit ProfileStore(std::shared_ptr<UserData> data);
    ~ProfileStore();
    QFuture<QList<Profile>> list();
    QFuture<void> save(const Profile &profile);
    /// All but its named capabilities, which stay as they are stored; of a new profile they are none.
    QFuture<void> saveSettings(const Profile &profile);
    /// Puts them into the profile, each in place of one of the same name (or of `replaced`, when it was renamed), and gives it as it is now.
    QFuture<Profile> nameCapabilities(const QString &profile, const QList<NamedCapability> &capabilities, const QString &replaced = {});
    /// Takes it out and gives the profile as it is now. InvalidInput when there is none.
    QFuture<Profile> forgetCapability(const QString &profile, const QString &capability);
    QFuture<void> remove(const QString &name);
    QFuture<QString> current();
    QFuture<void> setCurrent(const QString &name);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice
