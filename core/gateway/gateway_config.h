#pragma once

#include "sluice/base/secret.h"
#include "sluice/gateway/named_capability.h"

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>
#include <optional>

namespace sluice {

/// HTTP headers whose values are secrets, such as `Authorization`.
using SecretHeaders = QList<std::pair<QByteArray, Secret>>;

/// How to reach a network; a value, copyable, no I/O (client-sdk.md 2.2, 2.4).
struct GatewayConfig {
    enum class Precedence { SpecV1, Shipped10 };

    Secret token;                 ///< base64 token bundle (payments.md 5)
    QString signerUrl;
    SecretHeaders signerHeaders;  ///< for `signerUrl`; for the token's signer only where no `signerUrl` is given
    QString discoveryUrl;
    SecretHeaders discoveryHeaders;
    QStringList orchUrls;         ///< an entry may itself be a comma list
    QString gatewayUrl;           ///< calls go through this BYOC gateway, which signs and pays
    Secret senderKey;             ///< 64 hex digits: the local key that signs and pays in direct mode
    Precedence precedence = Precedence::SpecV1;

    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds discoveryTimeout{5'000};
    std::chrono::milliseconds streamIdleTimeout{0}; ///< 0 = no limit; counts events, not bytes

    /// How often a live session looks at its balance; debits come every 23 s.
    std::chrono::milliseconds livePaymentInterval{20'000};

    /// The stored profile that this came from, if any: limits that it names move to the key's purse (UserData::adoptProfileLimits).
    QString profile;

    /// Decimal wei of expected value; absent = only what the key's purse allows (UserData::purseLimits), which these never raise.
    std::optional<QString> maxSpendPerCallWei;
    std::optional<QString> maxSpendPerSessionWei;
    std::optional<QString> maxSpendPerDayWei;

    /// What the person named by hand; the catalog has them beside what the network lists.
    QList<NamedCapability> capabilities;

    /// The environment that snippets read: LIVEPEER_TOKEN, LIVEPEER_SIGNER_URL, LIVEPEER_GATEWAY_URL,
    /// LIVEPEER_ORCH_URL, SLUICE_SENDER_KEY (hex, or the path of a file that holds it).
    [[nodiscard]] static GatewayConfig fromEnvironment();
};

} // namespace sluice
