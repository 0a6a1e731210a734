#pragma once

#include "sluice/openai/usage.h"

#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace sluice::openai {

/// One piece of a streamed chat completion (openai.md 6.3). A value that keeps the members that nobody here knows.
struct ChatChunk {
    ChatChunk() = default; // no aggregate: see DESIGN.md 3
    struct Choice {
        Choice() = default;
        int index = 0;
        Json delta = Json::object();          ///< role, content, tool_calls, reasoning, …
        std::optional<QString> finishReason;  ///< null until the choice's last chunk
        Json extra = Json::object();
        [[nodiscard]] QString text() const;
    };

    QString id;
    qint64 created = 0;
    QString model;
    QList<Choice> choices;
    std::optional<Usage> usage;
    bool usageWanted = false; ///< then `usage` is null where there is none, else it is absent
    Json extra = Json::object();

    [[nodiscard]] Json toJson() const;
    /// toJson().dump(), several times as fast: it is written for every piece of every stream.
    [[nodiscard]] QByteArray toText() const;
};

} // namespace sluice::openai
