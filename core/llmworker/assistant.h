#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/json.h"

#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>
#include <variant>

/// The LLM worker's protocol (llm-worker.md): assistant templates as queued jobs over a websocket.
namespace sluice::llmworker {

/// One message of a prompt or of a history (llm-worker.md 7).
struct Message {
    Message() = default; // no aggregate: see DESIGN.md 3
    Message(QString messageRole, QString messageContent)
        : role(std::move(messageRole))
        , content(std::move(messageContent))
    {
    }
    QString role; ///< "system", "user", "assistant" or "function"
    QString content;
    bool operator==(const Message &) const = default;

    [[nodiscard]] static bool isRole(const QString &role);
    [[nodiscard]] Json toJson() const;
    /// InvalidInput when it has not both, or another role.
    [[nodiscard]] static Expected<Message> fromJson(const Json &json);
};

/// The place where named messages go: "history", "history_summary".
struct Insert {
    QString name;
    bool operator==(const Insert &) const = default;
};

using PromptEntry = std::variant<Message, Insert>;

/// A step that asks a model.
struct Stream {
    Stream() = default;
    QString provider;              ///< "openai", "vllm"; ours also has "local"
    Json settings = Json::object();
    QList<PromptEntry> messages;   ///< in prompt order
    bool operator==(const Stream &) const = default;
};

/// A step of another kind; no worker has one.
struct Pipeline {
    QString name;
    bool operator==(const Pipeline &) const = default;
};

using Step = std::variant<Stream, Pipeline>;

/// An assistant template: steps that run in order, each with the last one's answer at hand. A value.
struct Assistant {
    Assistant() = default;
    QList<Step> streams;
    std::optional<QString> filesCollectionId;
    Json others = Json::object(); ///< members that the worker does not read (`id`, `meta`), as they were written
    bool operator==(const Assistant &) const = default;

    [[nodiscard]] Json toJson() const;
    /// InvalidInput names the member that does not fit, as a JSON pointer into the template. What is only found out when a job runs
    /// (unknown providers, settings without a model, placeholders) passes.
    [[nodiscard]] static Expected<Assistant> fromJson(const Json &json);
};

/// A history as it stands in an `add`. InvalidInput names the entry.
[[nodiscard]] Expected<QList<Message>> historyFromJson(const Json &json);
[[nodiscard]] Json historyToJson(const QList<Message> &history);

} // namespace sluice::llmworker
