#pragma once

#include "sluice/aigateway/pipelines.h"

#include <QtCore/QByteArray>
#include <QtCore/QUrl>

namespace sluice::aigateway {

/// A file that an answer names.
struct MediaReference {
    QString pointer; ///< JSON pointer of its address in the answer: "/images/0/url"
    QString url;     ///< as the gateway wrote it: absolute, "/stream/…", or a data URI
};

/// A pipeline's answer as it came. A value.
struct PipelineAnswer {
    PipelineAnswer() = default; // no aggregate: see DESIGN.md 3
    Json json;
    QList<MediaReference> media;
};

/// Reads the body of a 200 (openai.md 9). Protocol for an empty one, which is how a gateway answers a wrong method (openai.md 4.4), for one that
/// is no JSON object, and for one without what the pipeline gives. Not for `/llm`.
[[nodiscard]] Expected<PipelineAnswer> readAnswer(const Pipeline &pipeline, const QByteArray &body);
/// The same of what an asynchronous job gave as its `result`.
[[nodiscard]] Expected<PipelineAnswer> readAnswer(const Pipeline &pipeline, const Json &json);

/// Where a file is, by the gateway that named it: a path belongs to the gateway's origin, whatever path the gateway's own address has.
[[nodiscard]] QUrl mediaUrl(const QUrl &gateway, const QString &url);

/// What an asynchronous job is asked for (openai.md 9).
struct VideoProgress {
    VideoProgress() = default;
    bool complete = false;
    Json result; ///< when complete
};
/// Reads the body of a 202 that accepts an asynchronous job: its id. Protocol.
[[nodiscard]] Expected<QString> readRequestId(const QByteArray &body);
/// Reads a poll's answer. Http for a job that failed, which comes with 200 as well; Protocol.
[[nodiscard]] Expected<VideoProgress> readProgress(const QByteArray &body);

} // namespace sluice::aigateway
