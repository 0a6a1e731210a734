#pragma once

#include "sluice/base/json.h"

#include <optional>

namespace sluice::openai {

/// Tokens that a call took. A value; what a server tells beside the three counts is kept.
struct Usage {
    Usage() = default; // no aggregate: see DESIGN.md 3
    qint64 promptTokens = 0;
    qint64 completionTokens = 0;
    qint64 totalTokens = 0;
    Json extra = Json::object(); ///< further members, such as `prompt_tokens_details`
    bool operator==(const Usage &) const = default;

    /// From an object or from the total alone; nothing from anything else.
    [[nodiscard]] static std::optional<Usage> from(const Json &json);
    /// What an answer or a chunk tells, as `usage` or as `tokens_used` (openai.md 1).
    [[nodiscard]] static std::optional<Usage> in(const Json &answer);
    [[nodiscard]] Json toJson() const;
    /// Of several calls together; their further members are of no sum and go.
    Usage &operator+=(const Usage &other);
};

} // namespace sluice::openai
