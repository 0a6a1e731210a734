#pragma once

#include "sluice/aigateway/request.h"
#include "sluice/backend/call.h"
#include "sluice/backend/capability_info.h"
#include "sluice/openai/chat_request.h"
#include "sluice/openai/dialect.h"

#include <optional>

namespace sluice::aigateway {

/// What is sent for a call, before it is written as bytes: the backend sends it, and code of the call says the same. A value.
struct SentCall {
    SentCall() = default; // no aggregate: see DESIGN.md 3
    QString path;                ///< below the gateway's base URL
    bool form = false;           ///< `multipart/form-data` instead of JSON
    QList<Json::Member> members; ///< in the order of sending; a file is base64 or a data URI
    QStringList files;           ///< names of the members that a form sends as files
    bool async = false;          ///< asked for with `Prefer: respond-async`: the answer may be a job to ask for

    /// A value as a form has it: text as it is, numbers and booleans plain, all else as JSON.
    [[nodiscard]] static QByteArray formText(const Json &value);
    /// As its bytes. InvalidInput at the member whose file is none.
    [[nodiscard]] Expected<PipelineRequest> written() const;
};

/// The model of a call: what it says beside its input, else the one that the capability's schema begins with.
[[nodiscard]] QString modelOf(const Pipeline &pipeline, const Call &call, const std::optional<CapabilityInfo> &info);

/// Of a pipeline with this input (openai.md 9), as requestFor() has it.
[[nodiscard]] Expected<SentCall> sentFor(const Pipeline &pipeline, const Json &input, const QString &model);

/// The chat that a call of `/llm` is. InvalidInput.
[[nodiscard]] Expected<openai::ChatRequest> chatOf(const Call &call, const std::optional<CapabilityInfo> &info);
/// Of a chat in the gateway's dialect (openai.md 3, 4.1). InvalidInput for what that dialect cannot say.
[[nodiscard]] Expected<SentCall> sentFor(const openai::ChatRequest &chat, openai::Dialect dialect);

/// Of any call. `dialect` is that of `/llm`; the other pipelines have one only. NotRouted where there is no such pipeline; InvalidInput.
[[nodiscard]] Expected<SentCall> sentFor(const Call &call, const std::optional<CapabilityInfo> &info, openai::Dialect dialect);

} // namespace sluice::aigateway
