#pragma once

#include "sluice/net/http_server.h"
#include "sluice/openai/api_error.h"

#include <QtCore/QList>
#include <QtCore/QStringList>

#include <optional>

/// OpenAI's image and audio routes as a gateway's pipelines, both ways (openai.md 9). Pure.
namespace sluice::openai::media {

struct PipelineRequest {
    QByteArray path;
    QByteArray contentType;
    QByteArray body;
};

struct ImageRequest {
    PipelineRequest request;
    bool base64 = false; ///< the pictures go into the answer
};

struct TranscriptionRequest {
    PipelineRequest request;
    QString format;     ///< "json", "text", "verbose_json", "srt", "vtt"
    bool words = false; ///< a time for each word
};

struct SpeechRequest {
    PipelineRequest request;
    bool raw = false; ///< samples alone
};

/// The model that a request names, in JSON or in a form; empty where it names none.
[[nodiscard]] QString modelOf(const ServerRequest &request);

[[nodiscard]] Expected<ImageRequest, ApiError> imageGeneration(const ServerRequest &request, bool base64ByDefault);
[[nodiscard]] Expected<ImageRequest, ApiError> imageEdit(const ServerRequest &request, bool base64ByDefault);
[[nodiscard]] Expected<TranscriptionRequest, ApiError> transcription(const ServerRequest &request);
[[nodiscard]] Expected<SpeechRequest, ApiError> speech(const ServerRequest &request);

/// The addresses in a pipeline's answer.
[[nodiscard]] QStringList imagesIn(const Json &answer);
/// As a caller of ours reaches it: what has no host of its own lies behind this server.
[[nodiscard]] QString absolute(const QString &url, const QByteArray &ownOrigin);

/// An audio-to-text answer in the format that was asked for.
[[nodiscard]] QByteArray transcript(const Json &answer, const TranscriptionRequest &asked);
[[nodiscard]] QByteArray transcriptType(const QString &format);
/// The samples of a WAV file; all of it when it is none.
[[nodiscard]] QByteArray samplesOf(const QByteArray &wav);

} // namespace sluice::openai::media
