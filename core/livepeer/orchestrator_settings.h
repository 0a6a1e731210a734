#pragma once

#include "sluice/backend/backend_settings.h"
#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

namespace sluice {

/// HTTP headers whose values are secrets, such as `Authorization`.
using SecretHeaders = QList<std::pair<QByteArray, Secret>>;

/// How to reach Livepeer's orchestrators and with which key to pay them (client-sdk.md 2.2, 2.4); a value, no I/O.
struct OrchestratorSettings {
    enum class Precedence { SpecV1, Shipped10 };

    Secret token{};                 ///< base64 token bundle (payments.md 5)
    QString signerUrl{};
    SecretHeaders signerHeaders{};  ///< for `signerUrl`; for the token's signer only where no `signerUrl` is given
    QString issuerUrl{};            ///< a clearinghouse where a person signs in (RFC 8628); its tokens go to `signerUrl`
    QString clientId{};             ///< by which it knows this program
    QString audience{};             ///< that it is asked for; empty: not said
    Secret signerLogin{};           ///< the sign-in there (oauth::Login); used while it is of `issuerUrl`
    QString discoveryUrl{};
    SecretHeaders discoveryHeaders{};
    QStringList orchUrls{};         ///< an entry may itself be a comma list
    QString gatewayUrl{};           ///< calls go through this BYOC gateway, which signs and pays
    Secret senderKey{};             ///< 64 hex digits: the local key that signs and pays in direct mode
    Precedence precedence = Precedence::SpecV1;
    bool operator==(const OrchestratorSettings &) const = default;

    /// As a profile keeps them, under the SDK's names, and back. A setting that is none of these is left out.
    [[nodiscard]] BackendSettings toSettings() const;
    [[nodiscard]] static OrchestratorSettings from(const BackendSettings &settings);
    /// What a person may set, in words of the program's language: orchestrators and a key, or a gateway.
    [[nodiscard]] static Json schema();
    /// BackendKind::check of these settings.
    [[nodiscard]] static Expected<void> check(const BackendSettings &settings, bool secretsKept);
    /// BackendKind::payer of these settings.
    [[nodiscard]] static std::optional<QString> payer(const BackendSettings &settings);
};

} // namespace sluice
