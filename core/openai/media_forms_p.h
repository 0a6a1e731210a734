#pragma once

#include "sluice/net/headers.h"
#include "sluice/net/multipart_reader.h"
#include "sluice/openai/api_error.h"

#include <QtCore/QList>
#include <QtCore/QStringList>

#include <optional>
#include <variant>

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

/// The parts of a form.
class Form {
public:
    /// What `body` holds, which is shared.
    [[nodiscard]] static Expected<Form, ApiError> from(const QByteArray &body, const QByteArray &boundary);
    [[nodiscard]] const MultipartPart *find(const char *name) const;
    /// Empty where there is none.
    [[nodiscard]] QString text(const char *name) const;
    /// Those of a list, whether or not its name ends in `[]`.
    [[nodiscard]] QList<const MultipartPart *> all(const char *name) const;

private:
    QByteArray m_body; ///< where the parts' bytes lie
    QList<MultipartPart> m_parts;
};

/// A request's body, read once: an object, a form, or what is wrong with it.
class Incoming {
public:
    Incoming(const Headers &headers, const QByteArray &body);
    /// The model that it names; empty where it names none.
    [[nodiscard]] const QString &model() const { return m_model; }
    /// 400 when it is another kind of body, or none.
    [[nodiscard]] Expected<Json, ApiError> json() const;
    [[nodiscard]] Expected<Form, ApiError> form() const;

private:
    std::variant<ApiError, Json, Form> m_body;
    bool m_isForm; ///< by what it says of itself
    QString m_model;
};

[[nodiscard]] Expected<ImageRequest, ApiError> imageGeneration(const Incoming &request, bool base64ByDefault);
[[nodiscard]] Expected<ImageRequest, ApiError> imageEdit(const Incoming &request, bool base64ByDefault);
[[nodiscard]] Expected<TranscriptionRequest, ApiError> transcription(const Incoming &request);
[[nodiscard]] Expected<SpeechRequest, ApiError> speech(const Incoming &request);

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
