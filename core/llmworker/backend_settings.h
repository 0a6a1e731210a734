#pragma once

#include "sluice/backend/backend_settings.h"
#include "sluice/llmworker/assistant.h"

#include <QtCore/QMap>
#include <QtCore/QUrl>

namespace sluice::llmworker {

/// How a worker is reached, and the templates that are capabilities there: what the backend's settings say. A value.
struct WorkerSettings {
    WorkerSettings() = default; // no aggregate: see DESIGN.md 3
    QUrl url; ///< "ws://localhost:8001/ws/"
    QMap<QString, Assistant> templates; ///< by name
    QUrl here;      ///< of a worker that this program has over the profile, for templates that asksProfileOnly(); put there by who has one
    Secret hereKey; ///< what opens it

    /// Templates that do not fit are left out; check() names them.
    [[nodiscard]] static WorkerSettings from(const BackendSettings &settings);
    /// The form of the profile dialog.
    [[nodiscard]] static Json schema();
    /// InvalidInput, whose field is a pointer into the settings.
    [[nodiscard]] static Expected<void> check(const BackendSettings &settings, bool secretsKept);
};

/// The settings that say where such a worker is: the value `here_url` and the secret "/here_key".
inline constexpr char HereUrl[] = "here_url";
inline constexpr char HereKey[] = "/here_key";
/// Whether all its streams have the provider `local`, which asks the capabilities of a profile.
[[nodiscard]] bool asksProfileOnly(const Assistant &assistant);
/// What a template says of itself: `meta.description`.
[[nodiscard]] QString descriptionOf(const Assistant &assistant);

} // namespace sluice::llmworker
