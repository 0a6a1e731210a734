#pragma once

#include "sluice/llmworker/format.h"

namespace sluice::llmworker {

/// What a stream tells its model: the settings that count (llm-worker.md 10).
struct ModelSettings {
    ModelSettings() = default; // no aggregate: see DESIGN.md 3
    QString model;
    Json temperature = Json(0); ///< a number
    Json all = Json::object();  ///< as the template has them

    /// InvalidInput with a text as the original's validation has it.
    [[nodiscard]] static Expected<ModelSettings> from(const Json &settings);
};

/// Whether the insert `history_summary` is among the messages and has something to sum up, so that one more model is to be asked.
[[nodiscard]] bool wantsSummary(const Stream &stream, const QList<Message> &history);
/// What that model is asked: the history, and the instruction to sum it up.
[[nodiscard]] QList<Message> summaryPrompt(const QList<Message> &history);

/// A stream's messages as its model gets them: inserts in place, placeholders replaced, history included. `summary`: of the history, where
/// wantsSummary(). InvalidInput as expanded() has it, and for an insert that there is not. Pure.
[[nodiscard]] Expected<QList<Message>> promptOf(const Stream &stream, const PromptValues &values, const QString &summary);

} // namespace sluice::llmworker
