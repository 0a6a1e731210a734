#pragma once

#include <QtCore/QByteArray>

namespace sluice::openai {

/// What a free question to `/llm` tells of a gateway (openai.md 5).
enum class LlmSign {
    Gateway,    ///< JSON, from go-livepeer 0.8.3 on
    Legacy,     ///< a form, up to 0.8.2
    KeyNeeded,
    NotThere,   ///< there is no such path
    Unclear,    ///< nothing in it, or something that nobody knows
};

/// Reads the answer to `{}`, which both dialects refuse before they do anything. Pure.
[[nodiscard]] LlmSign readSign(int status, const QByteArray &body);

} // namespace sluice::openai
