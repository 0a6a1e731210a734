#pragma once

#include "sluice/base/json.h"

#include <QtCore/QList>
#include <QtCore/QString>

namespace sluice::aigateway {

/// A member of a pipeline's request (openai.md 9).
struct Field {
    enum class Kind {
        Text,
        Choice,   ///< one of `choices`
        Integer,
        Number,
        Boolean,
        JsonText, ///< JSON inside a text
        File,     ///< of the form: its bytes
    };
    QString name;
    Kind kind = Kind::Text;
    bool required = false;
    QString title;
    QString description;
    Json fallback; ///< what the network takes where it is left out; null: nothing
    Json minimum;
    Json maximum;
    int multipleOf = 0;  ///< 0: any
    QStringList choices;
    QString mediaType;   ///< of a file: "image/*"
    bool advanced = false; ///< for people who know it
};

/// One of the network's built-in pipelines as a gateway offers it (openai.md 9). A value; no I/O.
struct Pipeline {
    enum class Body { Json, Form };
    enum class Answer {
        Images,  ///< `images[].url`
        Video,   ///< the same, of videos
        Speech,  ///< `audio.url`
        Text,    ///< `text`, and `chunks` of audio
        Masks,   ///< `masks`, `scores`, `logits`: texts that hold nested lists
        Chat,    ///< that of `/llm`
    };
    QString name; ///< also its path
    QString title;
    QString description;
    int capability = 0; ///< the network's number for it
    Body body = Body::Json;
    Answer answer = Answer::Images;
    QString defaultModel;
    QList<Field> fields; ///< without the model
    bool async = false;  ///< takes `Prefer: respond-async`

    /// The name of the member that says the model.
    [[nodiscard]] QString modelField() const;
    /// Null when there is no such field.
    [[nodiscard]] const Field *field(const QString &fieldName) const;
    /// JSON Schema of the input. `models`: those that are offered; empty: nobody says, and any name is taken. `model`: the one to begin with;
    /// empty: the network's usual one, or the first.
    [[nodiscard]] Json inputSchema(const QStringList &models = {}, const QString &model = {}) const;
    /// JSON Schema of the answer; its `x-output` tells how to show it.
    [[nodiscard]] Json outputSchema() const;
};

/// Files above it are refused, by the network for audio and here for all (openai.md 9).
inline constexpr qsizetype MaxFileBytes = 50 * 1024 * 1024;

/// All of them, in the order in which people see them.
[[nodiscard]] const QList<Pipeline> &pipelines();
/// Null when there is no such pipeline.
[[nodiscard]] const Pipeline *pipelineOf(const QString &name);
/// Null when the network's number is another's.
[[nodiscard]] const Pipeline *pipelineOf(int capability);

} // namespace sluice::aigateway
