#pragma once

#include "sluice/backend/backend_settings.h"

#include <QtCore/QUrl>

namespace sluice::openai {

/// How an OpenAI-compatible server is reached: what the backend's settings say. A value.
struct ClientSettings {
    ClientSettings() = default; // no aggregate: see DESIGN.md 3
    QUrl base;         ///< "https://api.openai.com/v1", without the slash at its end
    Secret key;        ///< empty where the server wants none
    QString organization;
    bool streamUsage = true; ///< streams ask for their usage (`stream_options`), which some servers refuse

    [[nodiscard]] static ClientSettings from(const BackendSettings &settings);
    /// The form of the profile dialog.
    [[nodiscard]] static Json schema();
    /// InvalidInput, whose field is a pointer into the settings: no address for HTTP, or a key that would go to another network in clear text.
    [[nodiscard]] static Expected<void> check(const BackendSettings &settings, bool secretsKept);

    /// `path` below the base; the base's query stays.
    [[nodiscard]] QUrl at(const QString &path) const;
};

} // namespace sluice::openai
