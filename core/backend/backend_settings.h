#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/json.h"
#include "sluice/base/secret.h"

#include <QtCore/QMap>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>
#include <optional>

namespace sluice {

/// What a profile says of one backend: the values of its settings schema, and apart from them the secrets that the schema marks
/// `format: password`, by their JSON pointer ("/token"). A value.
struct BackendSettings {
    Json values = Json::object();
    QMap<QString, Secret> secrets;

    [[nodiscard]] QString text(const QString &key) const { return values.value(key).toString(); }
    [[nodiscard]] Secret secret(const QString &pointer) const { return secrets.value(pointer); }
};

/// Properties of a settings schema, with the marks that the functions below and the profile dialog read. `title` and `description` are words
/// for people, translated by who calls.
namespace settings_schema {

[[nodiscard]] Json text(const QString &title, const QString &description);
/// Of a server; `example` stands in the empty field.
[[nodiscard]] Json address(const QString &title, const QString &description, const QString &example);
/// `noun`, `without`: as SecretSetting has them.
[[nodiscard]] Json secret(const QString &title, const QString &description, const QString &noun, const QString &without);

} // namespace settings_schema

/// A secret that a backend's settings may have.
struct SecretSetting {
    QString pointer; ///< "/api_key"
    QString noun;    ///< what it is called in a sentence: "token"
    QString without; ///< a sentence: what follows where it is missing
};

/// The secrets that a settings schema marks (BackendKind::settingsSchema), in its order. They stand at the top of the settings.
[[nodiscard]] QList<SecretSetting> secretSettings(const Json &schema);
/// Secrets that a settings schema has stored beside those that a person types (`x-stored-secrets`), by their pointers: no form shows them.
[[nodiscard]] QStringList storedSecrets(const Json &schema);
/// What a form gave, without lines that nobody wrote into, and with the secrets apart.
[[nodiscard]] BackendSettings separated(const Json &schema, const Json &values);
/// What settings of this schema may be called at their top, secrets left out: the properties, and what no form shows (`x-unshown`).
[[nodiscard]] QStringList settingNames(const Json &schema);
/// Each setting that the schema itself requires is there and no empty text. InvalidInput, whose field is the setting's pointer.
[[nodiscard]] Expected<void> checkRequired(const Json &schema, const Json &values);
/// Every address (`x-address`) is a whole http, https, ws or wss one with a host, and no secret stands in it; one may be a list with
/// commas. InvalidInput, whose field is the setting's pointer.
[[nodiscard]] Expected<void> checkAddresses(const Json &schema, const Json &values);

/// How long calls wait, whatever the backend.
struct CallTiming {
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds discoveryTimeout{5'000};  ///< of listings, tokens and discovery
    std::chrono::milliseconds streamIdleTimeout{0};     ///< 0 = no limit; counts events, not bytes
    std::chrono::milliseconds livePaymentInterval{20'000}; ///< between two looks at a running job's balance
};

/// What a Gateway's calls may spend, in decimal wei of expected value; absent = only what the key's purse allows, which these never raise.
struct SpendPolicy {
    QString profile; ///< the stored profile that this came from, if any: limits that it names move to the key's purse
    std::optional<QString> perCallWei;
    std::optional<QString> perSessionWei;
    std::optional<QString> perDayWei;
};

} // namespace sluice
