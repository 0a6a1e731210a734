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

    /// Templates that do not fit are left out; check() names them.
    [[nodiscard]] static WorkerSettings from(const BackendSettings &settings);
    /// The form of the profile dialog.
    [[nodiscard]] static Json schema();
    /// InvalidInput, whose field is a pointer into the settings.
    [[nodiscard]] static Expected<void> check(const BackendSettings &settings, bool secretsKept);
};

/// What a template says of itself: `meta.description`.
[[nodiscard]] QString descriptionOf(const Assistant &assistant);

} // namespace sluice::llmworker
