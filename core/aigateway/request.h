#pragma once

#include "sluice/aigateway/pipelines.h"

#include <QtCore/QByteArray>

namespace sluice::aigateway {

/// A request of a pipeline, as its bytes. A value.
struct PipelineRequest {
    PipelineRequest() = default; // no aggregate: see DESIGN.md 3
    QString path; ///< below the gateway's base URL
    QByteArray contentType;
    QByteArray body;
};

/// The request for `input` (openai.md 9): JSON, or a form with a file part that has a name. The model is always said: the input's own, else
/// `model`, else the pipeline's default. Members that the pipeline does not know are sent as they are, null is left out.
///
/// InvalidInput at the field: one that is missing, a file that is no base64 or too large, JSON that is none. Not for `/llm`.
[[nodiscard]] Expected<PipelineRequest> requestFor(const Pipeline &pipeline, const Json &input, const QString &model);

} // namespace sluice::aigateway
