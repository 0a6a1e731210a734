#pragma once

#include "sluice/backend/capability_info.h"
#include "sluice/net/multipart_form.h"

#include <optional>

namespace sluice::openai {

/// One of the calls that OpenAI-compatible servers have, by its path below the base URL. A value.
struct Endpoint {
    Endpoint() = default; // no aggregate: see DESIGN.md 3
    enum class Kind { Chat, Embeddings, Images, Transcription, Speech, Other };
    Kind kind = Kind::Chat;
    QString path;      ///< "chat/completions"
    bool form = false; ///< it takes `multipart/form-data` instead of JSON

    /// The one at `path`; where that is empty, the one that a model of this name is for: servers list models, not what they do.
    [[nodiscard]] static Endpoint of(const QString &model, const QString &path = {});
    /// Of a call: its own path, else the one that is known of its capability.
    [[nodiscard]] static Endpoint of(const Call &call, const std::optional<CapabilityInfo> &info);

    /// In order of preference.
    [[nodiscard]] QList<Verb> verbs() const;
    /// The usual parameters; servers know more, and take them. Null for a path that nobody here knows.
    [[nodiscard]] Json inputSchema() const;
    [[nodiscard]] Json outputSchema() const;
    [[nodiscard]] QList<CapabilityExample> examples() const;
};

/// What is sent for a call: its input, with the model in front where the input names none, `stream` as the verb says, and, where
/// `streamUsage`, a chat's wish for its usage. Null counts as an empty object; InvalidInput for anything else that is no object.
[[nodiscard]] Expected<Json> requestBody(const Call &call, const Endpoint &endpoint, bool streamUsage);

/// Names of the members that a form sends as files: their values are base64 or data URLs, or lists of them.
[[nodiscard]] bool isFileMember(const QString &name);
/// The same as a form. InvalidInput names the member whose file is no base64.
[[nodiscard]] Expected<MultipartForm> requestForm(const Json &body);

} // namespace sluice::openai
