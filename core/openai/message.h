#pragma once

#include "sluice/base/json.h"

#include <QtCore/QList>
#include <QtCore/QString>

namespace sluice::openai {

/// One message of a chat (openai.md 6.1). A value that keeps what it was read from, with members that nobody here knows.
struct Message {
    Message() = default; // no aggregate: see DESIGN.md 3
    /// A part of the content: text, a picture, sound, a file.
    struct Part {
        Part() = default;
        QString type; ///< "text", "image_url", "input_audio", "file", "refusal"
        QString text; ///< of a text
        Json raw;
        [[nodiscard]] bool isText() const { return type == QLatin1String("text"); }
        bool operator==(const Part &) const = default;
    };
    /// A call of one of the caller's tools, which an answer asked for.
    struct ToolCall {
        ToolCall() = default;
        QString id;
        QString name;      ///< of the function
        QString arguments; ///< a JSON text, as the model wrote it
        Json raw;
        bool operator==(const ToolCall &) const = default;
    };

    QString role;
    QList<Part> parts; ///< a content that is one text is one part
    QList<ToolCall> toolCalls;
    Json raw;
    bool operator==(const Message &) const = default;

    /// The text parts in order, joined.
    [[nodiscard]] QString text() const;
    /// No part but text.
    [[nodiscard]] bool isTextOnly() const;
    [[nodiscard]] static QList<ToolCall> toolCallsIn(const Json &message);
};

} // namespace sluice::openai
