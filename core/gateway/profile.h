#pragma once

#include "sluice/gateway/gateway_config.h"

#include "sluice/base/json.h"

#include <QtCore/QList>
#include <QtCore/QMap>

namespace sluice {

/// A named network: the backends that it reaches, each with its settings, and what may be spent. A value.
///
/// Its JSON form holds no secret: those stand in the keychain (secretEntry()).
struct Profile {
    /// By pointers into `backends`: "/byoc/sender_key".
    using Secrets = QMap<QString, Secret>;

    QString name;
    /// The local network, which runs on this machine and says itself how it is reached; `backends` has what else there is.
    bool local = true;
    /// What it reaches, by the id of the backend: the values of its settings schema (BackendKind::settingsSchema).
    QMap<QString, Json> backends;
    std::optional<QString> maxSpendPerSessionWei;
    /// What the purse of the profile's key shall allow; it becomes the purse's when the profile is used, and is absent from then on.
    std::optional<QString> maxSpendPerCallWei;
    std::optional<QString> maxSpendPerDayWei;
    QList<NamedCapability> capabilities; ///< what the person named by hand, in the order of naming
    SelectionRules selection;            ///< which of several servers calls go to

    /// How it reaches Livepeer's orchestrators, without secrets; empty settings where it does not.
    [[nodiscard]] OrchestratorSettings livepeer() const;
    void setLivepeer(const OrchestratorSettings &settings);
    /// A BYOC gateway signs and pays for its calls.
    [[nodiscard]] bool throughGateway() const;

    /// Of a local profile: whether its settings of this backend have no address of their own, but stand over what the network says of it.
    [[nodiscard]] bool addsToNetwork(const QString &backend) const;
    /// Sets where the config goes and what it may spend; its secrets stay. The local network's addresses are known only once
    /// it runs (LocalNetwork::config()); what the profile says of such a backend stands over them, member by member, and so do the members of an
    /// object among them.
    void applyTo(GatewayConfig &config) const;
    /// The secrets that its backends may have, in the order of the registry.
    [[nodiscard]] QList<SecretSetting> secretSettings() const;
    /// Those that are kept besides, because nobody types them: a sign-in at a clearinghouse.
    [[nodiscard]] QStringList storedSecrets() const;
    /// What a secret of the profile of this name is called in the keychain.
    [[nodiscard]] static QString secretEntry(const QString &name, const QString &pointer);
    [[nodiscard]] Json toJson() const;
    /// Also of earlier versions, which knew orchestrators and gateways alone.
    [[nodiscard]] static Expected<Profile> fromJson(const Json &json);
    /// For a profile that a person makes: whether its backends can be used as they are set. `secretsKept`: there may be others in the
    /// keychain, from before. InvalidInput, whose field is a pointer into `backends`. Stored profiles are not held to it.
    [[nodiscard]] Expected<void> check(const Secrets &secrets = {}, bool secretsKept = false) const;
    bool operator==(const Profile &) const = default;
};

} // namespace sluice
