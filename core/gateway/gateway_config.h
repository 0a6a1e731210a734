#pragma once

#include "sluice/backend/backend_settings.h"
#include "sluice/backend/named_capability.h"
#include "sluice/backend/selection_rules.h"
#include "sluice/livepeer/orchestrator_settings.h"

#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QString>

#include <memory>
#include <optional>

namespace sluice {

class SecretKeeper;

/// How to reach a network; a value, copyable, no I/O (client-sdk.md 2.2, 2.4).
///
/// Livepeer's orchestrators are what its own members name; whatever else a profile reaches stands in `backends`.
struct GatewayConfig : OrchestratorSettings, CallTiming {
    /// Settings of further backends, by their id; one that is named here has these instead of the members' own.
    QMap<QString, BackendSettings> backends;

    /// The stored profile that this came from, if any: limits that it names move to the key's purse (UserData::adoptProfileLimits).
    QString profile;

    /// Decimal wei of expected value; absent = only what the key's purse allows (UserData::purseLimits), which these never raise.
    std::optional<QString> maxSpendPerCallWei;
    std::optional<QString> maxSpendPerSessionWei;
    std::optional<QString> maxSpendPerDayWei;

    /// What the person named by hand; the catalog has them beside what the network lists.
    QList<NamedCapability> capabilities;

    /// Which of several servers calls go to.
    SelectionRules selection;

    /// Where the profile's secrets are kept, for those that are renewed while it is in use; null: they live as long as the Gateway.
    std::shared_ptr<SecretKeeper> secretKeeper;

    /// Every secret of it, to prove that none is in an output.
    [[nodiscard]] QList<Secret> secrets() const;

    /// The environment that snippets read: LIVEPEER_TOKEN, LIVEPEER_SIGNER_URL, LIVEPEER_GATEWAY_URL,
    /// LIVEPEER_ORCH_URL, SLUICE_SENDER_KEY (hex, or the path of a file that holds it).
    [[nodiscard]] static GatewayConfig fromEnvironment();
};

} // namespace sluice
