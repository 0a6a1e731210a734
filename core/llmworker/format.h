#pragma once

#include "sluice/llmworker/assistant.h"

namespace sluice::llmworker {

/// What the placeholders of a template stand for (llm-worker.md 8).
struct PromptValues {
    PromptValues() = default; // no aggregate: see DESIGN.md 3
    QString query;
    QString previousStreamOutput; ///< of the first stream: the query
    std::optional<QString> filesCollectionId;
    QList<Message> history;
};

/// Most code units that an expanded text may have: a width is written in a few characters.
inline constexpr qsizetype MaxExpanded = 16 * 1024 * 1024;

/// A message's content with its placeholders replaced, by the rules of Python's `str.format`: `{query}`, `{{`, conversions (`!r`), widths
/// (`:>5`), places in the history (`{history[0][content]}`). Values are not expanded again. InvalidInput with the text that Python has for
/// what is wrong; attributes of values (`{query.x}`) are there for nobody. `fault`, where given, is then where in `content` the brace stands
/// whose placeholder is wrong, or which is alone, in code units. Pure.
[[nodiscard]] Expected<QString> expanded(const QString &content, const PromptValues &values, qsizetype *fault = nullptr);

} // namespace sluice::llmworker
